#include <algorithm>
#include <cmath>

#include <Eigen/QR>

#include "tresse/core/check.hpp"
#include "tresse/core/draw.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/math.hpp"
#include "tresse/decide/economics.hpp"

namespace tresse::decide {

namespace {

constexpr std::size_t fewest = 30;
constexpr int shuffles = 60;

double mean_of_highest(const Eigen::MatrixXd& fitted) {
    double sum = 0;
    for (Eigen::Index i = 0; i < fitted.rows(); ++i)
        sum += std::max(0.0, fitted.row(i).maxCoeff());  // the first arm is 0
    return sum / static_cast<double>(fitted.rows());
}

double highest_mean(const Eigen::MatrixXd& values) {
    double best = 0;
    for (Eigen::Index j = 0; j < values.cols(); ++j)
        best = std::max(best, values.col(j).mean());
    return best;
}

Eigen::MatrixXd cubic(std::span<const double> input, const std::vector<std::size_t>& order) {
    Eigen::MatrixXd x(static_cast<Eigen::Index>(order.size()), 4);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const double z = normal_quantile(std::clamp(input[order[i]], 1e-6, 1 - 1e-6));
        x.row(static_cast<Eigen::Index>(i)) << 1, z, z * z, z * z * z;
    }
    return x;
}

}  // namespace

std::optional<PartialInformation> partial_information(const std::vector<std::vector<double>>& benefit,
                                                      std::span<const double> input, std::uint64_t seed) {
    TRESSE_CHECK(benefit.size() == input.size(), "every draw has its input");
    const std::size_t n = benefit.size();
    if (n < fewest || benefit[0].size() < 2)
        return {};
    const auto arms = static_cast<Eigen::Index>(benefit[0].size()) - 1;
    Eigen::MatrixXd y(static_cast<Eigen::Index>(n), arms);
    for (std::size_t i = 0; i < n; ++i)
        for (Eigen::Index a = 0; a < arms; ++a)
            y(static_cast<Eigen::Index>(i), a) = benefit[i][static_cast<std::size_t>(a) + 1] - benefit[i][0];
    const double without = highest_mean(y);
    const auto value = [&](const std::vector<std::size_t>& order) {
        const Eigen::MatrixXd x = cubic(input, order);
        const Eigen::MatrixXd fitted = x * x.colPivHouseholderQr().solve(y);
        return std::max(0.0, mean_of_highest(fitted) - without);
    };
    std::vector<std::size_t> order(n);
    for (std::size_t i = 0; i < n; ++i)
        order[i] = i;
    PartialInformation out;
    out.value = value(order);
    std::vector<double> meaningless;
    const std::uint64_t what = hash_text("study: shuffle");
    for (int s = 0; s < shuffles; ++s) {
        std::vector<std::pair<std::uint32_t, std::size_t>> keys;
        for (std::size_t i = 0; i < n; ++i)
            keys.emplace_back(draw(mix64(seed, static_cast<std::uint64_t>(s)), what, static_cast<std::uint32_t>(i),
                                   Purpose::parameter)
                                  .word[0],
                              i);
        std::sort(keys.begin(), keys.end());
        for (std::size_t i = 0; i < n; ++i)
            order[i] = keys[i].second;
        meaningless.push_back(value(order));
    }
    out.noise = quantile(meaningless, 0.95);
    return out;
}

}  // namespace tresse::decide
