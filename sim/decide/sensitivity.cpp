#include "tresse/decide/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tresse/core/check.hpp"
#include "tresse/core/draw.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/math.hpp"

namespace tresse::decide {

namespace {

constexpr int resamples = 400;

double mean(std::span<const double> values) {
    return summary(values).mean;
}

/// Numbers of a resample with replacement.
std::vector<std::size_t> resample(std::size_t size, std::uint64_t seed, int round) {
    std::vector<std::size_t> out(size);
    const std::uint64_t what = hash_text("study: resample");
    for (std::size_t i = 0; i < size; ++i) {
        const Block luck = draw(mix64(seed, static_cast<std::uint64_t>(round)), what, static_cast<std::uint32_t>(i),
                                Purpose::parameter);
        out[i] = static_cast<std::size_t>((static_cast<std::uint64_t>(luck.word[0]) * size) >> 32);
    }
    return out;
}

Range range_of(double middle, const std::vector<double>& again) {
    return {middle, quantile(again, 0.025), quantile(again, 0.975)};
}

/// Places in ascending order, ties at their mean.
std::vector<double> ranks(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return values[a] != values[b] ? values[a] < values[b] : a < b; });
    std::vector<double> out(values.size());
    for (std::size_t from = 0; from < order.size();) {
        std::size_t to = from;
        while (to < order.size() && values[order[to]] == values[order[from]])
            ++to;
        for (std::size_t i = from; i < to; ++i)
            out[order[i]] = static_cast<double>(from + to - 1) / 2;
        from = to;
    }
    return out;
}

}  // namespace

std::string_view enough_word(Enough enough) {
    return enough == Enough::yes ? "enough runs" : "too few runs to say";
}

Tornado tornado(const std::vector<std::vector<double>>& results) {
    TRESSE_CHECK(results.size() % 2 == 1, "a centre, and two ends of every input");
    Tornado out;
    out.centre = mean(results[0]);
    for (std::size_t input = 0; 2 * input + 2 < results.size(); ++input) {
        const std::vector<double>&low = results[1 + 2 * input], &high = results[2 + 2 * input];
        TRESSE_CHECK(low.size() == high.size(), "all points have the same futures");
        TornadoBar bar;
        bar.input = input;
        bar.low = mean(low), bar.high = mean(high);
        std::vector<double> gaps;
        for (std::size_t i = 0; i < low.size(); ++i)
            gaps.push_back(high[i] - low[i]);
        const Summary s = summary(gaps);
        bar.chance = s.count > 1 ? std::sqrt(s.variance / static_cast<double>(s.count)) : 0;
        out.bars.push_back(bar);
    }
    std::stable_sort(out.bars.begin(), out.bars.end(),
                     [](const TornadoBar& a, const TornadoBar& b) { return a.swing() > b.swing(); });
    return out;
}

std::vector<MorrisIndex> morris(const std::vector<std::vector<double>>& points, std::span<const double> results,
                                double step, std::uint64_t seed) {
    TRESSE_CHECK(points.size() == results.size() && !points.empty(), "every point has a result");
    const std::size_t inputs = points[0].size(), length = inputs + 1, trajectories = points.size() / length;
    TRESSE_CHECK(points.size() == trajectories * length, "whole trajectories");
    std::vector<std::vector<double>> effects(inputs);
    for (std::size_t t = 0; t < trajectories; ++t)
        for (std::size_t i = 1; i < length; ++i) {
            const std::size_t at = t * length + i;
            for (std::size_t j = 0; j < inputs; ++j)
                if (const double move = points[at][j] - points[at - 1][j]; move != 0)
                    effects[j].push_back((results[at] - results[at - 1]) / (move > 0 ? step : -step));
        }
    std::vector<MorrisIndex> out(inputs);
    for (std::size_t j = 0; j < inputs; ++j) {
        const Summary s = summary(effects[j]);
        std::vector<double> sizes;
        for (const double e : effects[j])
            sizes.push_back(std::fabs(e));
        out[j].mean = s.mean, out[j].mean_size = mean(sizes), out[j].spread = std::sqrt(s.variance);
        std::vector<double> again;
        for (int r = 0; r < resamples && sizes.size() > 1; ++r) {
            double sum = 0;
            for (const std::size_t i : resample(sizes.size(), mix64(seed, j), r))
                sum += sizes[i];
            again.push_back(sum / static_cast<double>(sizes.size()));
        }
        out[j].interval = again.empty() ? Range{out[j].mean_size, 0, out[j].mean_size} : range_of(out[j].mean_size, again);
        const double width = out[j].interval.high - out[j].interval.low;
        out[j].enough = trajectories >= 10 && width <= out[j].mean_size ? Enough::yes : Enough::too_few;
    }
    return out;
}

std::vector<SobolIndex> sobol(std::size_t inputs, std::span<const double> results, std::uint64_t seed) {
    TRESSE_CHECK(inputs > 0 && results.size() % (inputs + 2) == 0, "points of A, of B, and of A with each input of B");
    const std::size_t n = results.size() / (inputs + 2);
    std::vector<double> f(results.begin(), results.end());
    const double centre = mean(std::span(f).first(2 * n));
    for (double& v : f)
        v -= centre;
    const double *a = f.data(), *b = a + n;
    const Summary both = summary(std::span(f).first(2 * n));
    if (!(both.variance > 0))
        return {};
    std::vector<SobolIndex> out(inputs);
    const auto indices = [&](std::size_t input, auto&& at, double& first, double& total) {
        const double* ab = f.data() + (2 + input) * n;
        double sum_first = 0, sum_total = 0, sum = 0, squares = 0;
        for (std::size_t k = 0; k < n; ++k) {
            const std::size_t i = at(k);
            sum_first += b[i] * (ab[i] - a[i]);
            sum_total += (a[i] - ab[i]) * (a[i] - ab[i]);
            sum += a[i] + b[i];
            squares += a[i] * a[i] + b[i] * b[i];
        }
        const double count = static_cast<double>(n), m = sum / (2 * count), v = squares / (2 * count) - m * m;
        first = v > 0 ? sum_first / count / v : 0;
        total = v > 0 ? sum_total / (2 * count) / v : 0;
    };
    for (std::size_t j = 0; j < inputs; ++j) {
        double first = 0, total = 0;
        indices(j, [](std::size_t k) { return k; }, first, total);
        std::vector<double> firsts, totals;
        for (int r = 0; r < resamples; ++r) {
            const auto chosen = resample(n, seed, r);
            double one = 0, all = 0;
            indices(j, [&](std::size_t k) { return chosen[k]; }, one, all);
            firsts.push_back(one), totals.push_back(all);
        }
        out[j].first = range_of(first, firsts), out[j].total = range_of(total, totals);
        const auto narrow = [](const Range& r) { return r.high - r.low <= 0.2; };
        out[j].enough = narrow(out[j].first) && narrow(out[j].total) ? Enough::yes : Enough::too_few;
    }
    return out;
}

std::vector<Correlation> rank_correlations(const std::vector<std::vector<double>>& points,
                                           std::span<const double> results) {
    std::vector<Correlation> out;
    if (points.empty())
        return out;
    const std::vector<double> y = ranks(results);
    for (std::size_t j = 0; j < points[0].size(); ++j) {
        std::vector<double> x;
        for (const auto& point : points)
            x.push_back(point[j]);
        const double r = correlation(ranks(x), y);
        if (!std::isnan(r))
            out.push_back({j, r});
    }
    std::stable_sort(out.begin(), out.end(), [](const Correlation& a, const Correlation& b) {
        return std::fabs(a.value) > std::fabs(b.value);
    });
    return out;
}

double correlation_by_chance(std::size_t inputs, std::size_t points) {
    if (inputs == 0 || points < 3)
        return 1;
    return std::min(1.0, normal_quantile(1 - 0.025 / static_cast<double>(inputs)) /
                             std::sqrt(static_cast<double>(points - 1)));
}

}  // namespace tresse::decide
