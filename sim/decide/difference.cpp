#include "tresse/decide/difference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <vector>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"

namespace tresse::decide {

namespace {

struct Number {
    int draw = 0, replicate = 0;
    double value = 0;
};

/// Means of the draws and the parts of an analysis of variance with one factor.
struct Factor {
    std::vector<double> means;
    std::vector<double> all;
    double within = 0;  // mean square inside draws
    int within_freedom = 0;
    double between = 0;          // variance of the expected value over draws, not below 0
    double between_at_most = 0;  // the same, with only the sure part of chance taken out
};

Factor factor_of(std::vector<Number> numbers) {
    // the order of the sums is fixed, so that the order of the futures does not matter
    std::sort(numbers.begin(), numbers.end(), [](const Number& a, const Number& b) {
        return std::tie(a.draw, a.replicate) < std::tie(b.draw, b.replicate);
    });
    Factor f;
    std::vector<double> sizes;
    double squares = 0;
    for (std::size_t from = 0; from < numbers.size();) {
        std::size_t to = from;
        std::vector<double> group;
        for (; to < numbers.size() && numbers[to].draw == numbers[from].draw; ++to)
            group.push_back(numbers[to].value);
        const Summary s = summary(group);
        f.means.push_back(s.mean);
        f.all.insert(f.all.end(), group.begin(), group.end());
        sizes.push_back(static_cast<double>(group.size()));
        squares += s.variance * static_cast<double>(group.size() - 1);
        f.within_freedom += static_cast<int>(group.size()) - 1;
        from = to;
    }
    if (f.within_freedom > 0)
        f.within = squares / f.within_freedom;
    if (f.means.size() < 2)
        return f;
    double n = 0, n_squared = 0, weighted = 0, spread = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i)
        n += sizes[i], n_squared += sizes[i] * sizes[i], weighted += sizes[i] * f.means[i];
    for (std::size_t i = 0; i < sizes.size(); ++i)
        spread += sizes[i] * (f.means[i] - weighted / n) * (f.means[i] - weighted / n);
    const double freedom = static_cast<double>(f.means.size() - 1);
    const double typical = (n - n_squared / n) / freedom;
    f.between = std::max(0.0, (spread / freedom - f.within) / typical);
    const double sure = f.within_freedom > 0 ? f.within / gamma_quantile(0.99, 2.0 / f.within_freedom) : 0.0;
    f.between_at_most = std::max(0.0, (spread / freedom - sure) / typical);
    return f;
}

Range around(double middle, double reach) {
    return {middle, middle - reach, middle + reach};
}

}  // namespace

Difference difference(std::span<const Outcome> outcomes) {
    Difference out;
    std::vector<Number> numbers;
    for (const Outcome& o : outcomes) {
        if (o.base && o.arm)
            numbers.push_back({o.draw, o.replicate, *o.arm - *o.base});
        else
            ++out.missing;
    }
    out.pairs = static_cast<int>(numbers.size());
    if (numbers.empty())
        return out;
    const Factor f = factor_of(std::move(numbers));
    out.draws = static_cast<int>(f.means.size());
    out.parameters_varied = out.draws > 1;
    const std::vector<double>& values = out.parameters_varied ? f.means : f.all;
    const Summary s = summary(values);
    out.expected = s.mean;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (s.count < 2) {
        out.simulation = out.uncertainty = {s.mean, -infinity, infinity};
        return out;
    }
    const double k = static_cast<double>(s.count);
    const double t = student_quantile(0.5 + level / 2, k - 1);
    out.simulation = around(s.mean, t * std::sqrt(s.variance / k));
    if (!out.parameters_varied) {
        out.chance_separated = true;
        out.chance_sd = std::sqrt(s.variance);
        out.uncertainty = out.simulation;
        return out;
    }
    out.chance_separated = out.draws >= fewest_draws && f.within_freedom >= fewest_repeats;
    const double between = out.chance_separated ? std::min(f.between_at_most, s.variance) : s.variance;
    out.chance_sd = out.chance_separated ? std::sqrt(f.within) : 0;
    out.parameter_sd = std::sqrt(out.chance_separated ? f.between : s.variance);
    out.uncertainty = around(s.mean, t * std::sqrt(between + s.variance / k));
    return out;
}

Detectability detectability(std::span<const Outcome> outcomes, const Difference& difference) {
    std::vector<Number> numbers;
    for (const Outcome& o : outcomes)
        if (o.base)
            numbers.push_back({o.draw, o.replicate, *o.base});
    Detectability out;
    if (numbers.size() < 2 || !difference.defined())
        return out;
    const Factor f = factor_of(std::move(numbers));
    const bool separated = f.means.size() == 1 || f.within_freedom >= fewest_repeats;
    out.defined = true;
    out.upper_bound = !separated;
    out.outcome_sd = std::sqrt(separated ? f.within : summary(f.all).variance);
    out.smallest_seen = 1.96 * std::sqrt(2.0) * out.outcome_sd;
    out.seen = std::abs(difference.expected) > out.smallest_seen;
    return out;
}

}  // namespace tresse::decide
