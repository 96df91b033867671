#include "tresse/experiment/design.hpp"

#include <algorithm>
#include <cmath>

#include <boost/random/sobol.hpp>

#include "tresse/core/check.hpp"
#include "tresse/core/draw.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/math.hpp"

namespace tresse::experiment {

namespace {

constexpr std::size_t most_numbers = 3667;

std::uint64_t entity(const char* what) {
    return hash_text(what);
}

}  // namespace

Points sobol_points(std::size_t numbers, std::size_t count, std::uint64_t seed) {
    TRESSE_CHECK(numbers <= most_numbers, "the directions of the sequence are known for 3,667 numbers");
    Points out(count, std::vector<double>(numbers));
    if (numbers == 0)
        return out;
    std::vector<std::uint32_t> shift(numbers);
    const std::uint64_t what = entity("study: shift of a number");
    for (std::size_t j = 0; j < numbers; ++j)
        shift[j] = draw(seed, what, static_cast<std::uint32_t>(j), Purpose::parameter).word[0];
    using Engine = boost::random::sobol_engine<std::uint32_t, 32>;
    Engine engine(numbers);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < numbers; ++j) {
            // the library leaves out the origin, which belongs to every even cover
            const std::uint32_t word = i == 0 ? 0u : engine();
            out[i][j] = unit_open(word ^ shift[j]);
        }
    return out;
}

void correlate(Points& points, std::span<const Correlated> groups) {
    for (const Correlated& group : groups) {
        const std::size_t n = group.of.size();
        TRESSE_CHECK(group.rank_correlation >= 0 && group.rank_correlation < 1, "checked when the study is loaded");
        const double r = 2 * std::sin(std::acos(-1.0) * group.rank_correlation / 6);
        // lower triangle of the matrix with ones and r, row by row
        std::vector<std::vector<double>> low(n, std::vector<double>(n, 0));
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j <= i; ++j) {
                double sum = i == j ? 1.0 : r;
                for (std::size_t k = 0; k < j; ++k)
                    sum -= low[i][k] * low[j][k];
                low[i][j] = i == j ? std::sqrt(std::max(sum, 0.0)) : sum / low[j][j];
            }
        for (std::vector<double>& point : points) {
            std::vector<double> z(n);
            for (std::size_t i = 0; i < n; ++i)
                z[i] = normal_quantile(point[group.of[i]]);
            for (std::size_t i = 0; i < n; ++i) {
                double sum = 0;
                for (std::size_t j = 0; j <= i; ++j)
                    sum += low[i][j] * z[j];
                point[group.of[i]] = std::clamp(normal_cdf(sum), 1e-12, 1 - 1e-12);
            }
        }
    }
}

Points morris_points(std::size_t numbers, int trajectories, std::uint64_t seed) {
    Points out;
    const std::uint64_t what = entity("study: trajectory of Morris");
    const auto at = [](int level) { return 0.025 + 0.95 * level / 3.0; };
    for (int t = 0; t < trajectories; ++t) {
        std::vector<int> level(numbers);
        std::vector<std::pair<std::uint32_t, std::size_t>> order(numbers);
        for (std::size_t j = 0; j < numbers; ++j) {
            const Block luck = draw(mix64(seed, static_cast<std::uint64_t>(t)), what, static_cast<std::uint32_t>(j),
                                    Purpose::parameter);
            level[j] = static_cast<int>(below(luck.word[0], 4));
            order[j] = {luck.word[1], j};
        }
        std::sort(order.begin(), order.end());
        const auto add = [&] {
            std::vector<double> point(numbers);
            for (std::size_t j = 0; j < numbers; ++j)
                point[j] = at(level[j]);
            out.push_back(std::move(point));
        };
        add();
        for (const auto& [key, j] : order) {
            level[j] += level[j] < 2 ? 2 : -2;  // 2 of 3 levels: the step of 2/3
            add();
        }
    }
    return out;
}

Points saltelli_points(std::size_t numbers, std::size_t base, std::uint64_t seed) {
    const Points both = sobol_points(2 * numbers, base, seed);
    Points out;
    out.reserve(base * (numbers + 2));
    const auto part = [&](std::size_t from) {
        for (const std::vector<double>& p : both)
            out.emplace_back(p.begin() + static_cast<std::ptrdiff_t>(from),
                             p.begin() + static_cast<std::ptrdiff_t>(from + numbers));
    };
    part(0);
    part(numbers);
    for (std::size_t j = 0; j < numbers; ++j)
        for (const std::vector<double>& p : both) {
            std::vector<double> point(p.begin(), p.begin() + static_cast<std::ptrdiff_t>(numbers));
            point[j] = p[numbers + j];
            out.push_back(std::move(point));
        }
    return out;
}

Points one_way_points(std::size_t numbers) {
    Points out(1 + 2 * numbers, std::vector<double>(numbers, central));
    for (std::size_t j = 0; j < numbers; ++j) {
        out[1 + 2 * j][j] = 0.025;
        out[2 + 2 * j][j] = 0.975;
    }
    return out;
}

}  // namespace tresse::experiment
