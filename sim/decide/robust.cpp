#include "tresse/decide/robust.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"
#include "tresse/core/stats.hpp"

namespace tresse::decide {

RegretTable regret(const std::vector<std::vector<double>>& worth) {
    RegretTable out;
    if (worth.empty())
        return out;
    const std::size_t arms = worth[0].size();
    std::vector<std::vector<double>> all(arms);
    out.arms.resize(arms);
    for (const auto& future : worth) {
        TRESSE_CHECK(future.size() == arms, "every future has every arm");
        const double best = *std::max_element(future.begin(), future.end());
        for (std::size_t a = 0; a < arms; ++a) {
            all[a].push_back(best - future[a]);
            out.arms[a].best_share += (future[a] == best) / static_cast<double>(worth.size());
        }
    }
    for (std::size_t a = 0; a < arms; ++a) {
        const Summary s = summary(all[a]);
        out.arms[a].worst = s.high, out.arms[a].mean = s.mean;
        out.arms[a].often_below = quantile(all[a], 0.9);
        if (out.arms[a].worst < out.arms[out.least_worst].worst)
            out.least_worst = a;
    }
    return out;
}

namespace {

using Points = std::vector<std::vector<double>>;
using Inside = std::vector<std::size_t>;  // numbers of the points inside, ascending

struct Limits {
    std::vector<double> low, high;
    std::vector<std::uint8_t> has_low, has_high;
    explicit Limits(std::size_t n) : low(n, 0), high(n, 0), has_low(n, 0), has_high(n, 0) {}
};

double hits(const Inside& inside, const std::vector<std::uint8_t>& interesting) {
    double sum = 0;
    for (const std::size_t i : inside)
        sum += interesting[i];
    return sum;
}

Inside within(const Points& points, const Limits& l, std::size_t without = static_cast<std::size_t>(-1), bool upper = false) {
    Inside out;
    for (std::size_t i = 0; i < points.size(); ++i) {
        bool in = true;
        for (std::size_t j = 0; j < points[i].size() && in; ++j) {
            const bool skip_low = j == without && !upper, skip_high = j == without && upper;
            in = (!l.has_low[j] || skip_low || points[i][j] >= l.low[j]) &&
                 (!l.has_high[j] || skip_high || points[i][j] <= l.high[j]);
        }
        if (in)
            out.push_back(i);
    }
    return out;
}

/// One peel: the side whose removal leaves the densest box. False when no side can go.
bool peel(const Points& points, const std::vector<std::uint8_t>& interesting, Inside& inside, Limits& limits) {
    const std::size_t inputs = points[0].size(), cut = std::max<std::size_t>(1, inside.size() / 20);
    double best = hits(inside, interesting) / static_cast<double>(inside.size());
    std::size_t input = inputs;
    bool upper = false;
    double border = 0;
    for (std::size_t j = 0; j < inputs; ++j) {
        std::vector<double> x;
        for (const std::size_t i : inside)
            x.push_back(points[i][j]);
        std::sort(x.begin(), x.end());
        for (const bool side : {false, true}) {
            const double value = side ? x[x.size() - cut - 1] : x[cut];
            double left = 0, good = 0;
            for (const std::size_t i : inside)
                if (side ? points[i][j] <= value : points[i][j] >= value)
                    ++left, good += interesting[i];
            if (left > 0 && left < static_cast<double>(inside.size()) && good / left > best) {
                best = good / left, input = j, upper = side, border = value;
            }
        }
    }
    if (input == inputs)
        return false;
    (upper ? limits.high : limits.low)[input] = border;
    (upper ? limits.has_high : limits.has_low)[input] = 1;
    std::erase_if(inside, [&](std::size_t i) { return upper ? points[i][input] > border : points[i][input] < border; });
    return true;
}

/// Probability of at least `k` of `n` at rate p.
double at_least(double k, double n, double p) {
    if (p <= 0)
        return k > 0 ? 0.0 : 1.0;
    if (p >= 1)
        return 1;
    double sum = 0;
    for (double i = k; i <= n; ++i)
        sum += std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1) + i * std::log(p) + (n - i) * std::log1p(-p));
    return std::min(1.0, sum);
}

double border_chance(const Points& points, const std::vector<std::uint8_t>& interesting, const Limits& limits, std::size_t input, bool upper) {
    const Inside box = within(points, limits), without = within(points, limits, input, upper);
    return at_least(hits(box, interesting), static_cast<double>(box.size()), hits(without, interesting) / static_cast<double>(without.size()));
}

}  // namespace

std::optional<Box> prim(const Points& points, const std::vector<std::uint8_t>& interesting, double least_support) {
    TRESSE_CHECK(points.size() == interesting.size(), "every future is interesting or not");
    const std::size_t n = points.size();
    double all = 0;
    for (const std::uint8_t one : interesting)
        all += one;
    if (n < 40 || all == 0 || all == static_cast<double>(n))
        return {};
    Inside inside(n);
    for (std::size_t i = 0; i < n; ++i)
        inside[i] = i;
    Limits limits(points[0].size()), best = limits;
    double best_worth = all / static_cast<double>(n);
    while (static_cast<double>(inside.size()) > least_support * static_cast<double>(n) && inside.size() > 10 &&
           peel(points, interesting, inside, limits)) {
        const double good = hits(inside, interesting), worth = good / static_cast<double>(inside.size()) * (good / all);
        if (worth > best_worth)
            best_worth = worth, best = limits;
    }
    Box out;
    for (bool dropped = true; dropped;) {
        dropped = false;
        out.borders.clear();
        double weakest = 0.05;
        std::size_t input = 0;
        bool upper = false;
        for (std::size_t j = 0; j < points[0].size(); ++j)
            for (const bool side : {false, true}) {
                if (!(side ? best.has_high : best.has_low)[j])
                    continue;
                const double chance = border_chance(points, interesting, best, j, side);
                out.borders.push_back({j, side, (side ? best.high : best.low)[j], chance});
                if (chance > weakest)
                    weakest = chance, input = j, upper = side, dropped = true;
            }
        if (dropped)
            (upper ? best.has_high : best.has_low)[input] = 0;
    }
    if (out.borders.empty())
        return {};
    std::stable_sort(out.borders.begin(), out.borders.end(), [](const BoxBorder& a, const BoxBorder& b) { return a.chance < b.chance; });
    const Inside box = within(points, best);
    const double good = hits(box, interesting);
    out.coverage = good / all;
    out.density = good / static_cast<double>(box.size());
    out.support = static_cast<double>(box.size()) / static_cast<double>(n);
    return out;
}

std::optional<Portfolio> best_under(std::span<const Portfolio> all, double budget) {
    const Portfolio* best = nullptr;
    for (const Portfolio& p : all)
        if (p.cost <= budget && (!best || p.worth > best->worth || (p.worth == best->worth && p.cost < best->cost)))
            best = &p;
    return best ? std::optional(*best) : std::nullopt;
}

std::optional<Needed> needed_for_zero(std::span<const double> input, std::span<const double> result) {
    TRESSE_CHECK(input.size() == result.size(), "every future has its input");
    const double n = static_cast<double>(input.size());
    if (n < 10)
        return {};
    std::vector<double> z;
    for (const double u : input)
        z.push_back(normal_quantile(std::clamp(u, 1e-9, 1 - 1e-9)));
    const Summary sz = summary(z), sy = summary(result);
    const double r = correlation(z, result);
    if (std::isnan(r) || !(sz.variance > 0))
        return {};
    const double t = std::fabs(r) * std::sqrt((n - 2) / std::max(1e-12, 1 - r * r));
    const double slope = r * std::sqrt(sy.variance / sz.variance);
    if (t < 3 || slope == 0)
        return {};
    const double cross = sz.mean - sy.mean / slope;
    if (std::fabs(cross) > 1.959963984540054)
        return {};
    return Needed{normal_cdf(cross), slope > 0};
}

}  // namespace tresse::decide
