#include "tresse/core/stats.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"

namespace tresse {

Summary summary(std::span<const double> values) {
    Summary out;
    out.count = values.size();
    if (values.empty())
        return out;
    const double n = static_cast<double>(values.size());
    double sum = 0;
    out.low = out.high = values[0];
    for (const double value : values) {
        sum += value;
        out.low = std::min(out.low, value);
        out.high = std::max(out.high, value);
    }
    out.mean = sum / n;
    if (values.size() < 2 || out.low == out.high)
        return out;
    // Two passes: with euros in the millions the square of the sum would eat the variance.
    double squares = 0, rest = 0;
    for (const double value : values) {
        const double gap = value - out.mean;
        squares += gap * gap;
        rest += gap;
    }
    out.variance = (squares - rest * rest / n) / (n - 1);
    return out;
}

Range mean_interval(std::span<const double> values, double level) {
    TRESSE_CHECK(level > 0 && level < 1, "the level of an interval lies between 0 and 1");
    const Summary s = summary(values);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (s.count < 2)
        return {s.defined() ? s.mean : std::numeric_limits<double>::quiet_NaN(), -infinity, infinity};
    const double n = static_cast<double>(s.count);
    const double reach = student_quantile(0.5 + level / 2, n - 1) * std::sqrt(s.variance / n);
    return {s.mean, s.mean - reach, s.mean + reach};
}

double quantile(std::vector<double> values, double p) {
    TRESSE_CHECK(!values.empty(), "an empty sample has no quantile: the caller says what is missing");
    TRESSE_CHECK(p >= 0 && p <= 1, "a quantile is asked from 0 to 1");
    for (const double value : values)
        TRESSE_CHECK(!std::isnan(value), "a missing value has no place in an ordered sample");
    std::sort(values.begin(), values.end());
    const double position = p * static_cast<double>(values.size() - 1);
    const double whole = std::floor(position);
    const auto at = static_cast<std::size_t>(whole);
    if (at + 1 >= values.size())
        return values.back();
    const double share = position - whole;
    // The second form of the interpolation would give NaN between two infinite values.
    return share == 0 || values[at] == values[at + 1] ? values[at] : values[at] + share * (values[at + 1] - values[at]);
}

double weighted_quantile(std::vector<std::pair<double, double>> values, double p) {
    TRESSE_CHECK(p >= 0 && p <= 1, "a quantile is asked from 0 to 1");
    for (const auto& [value, weight] : values) {
        TRESSE_CHECK(!std::isnan(value), "a missing value has no place in an ordered sample");
        TRESSE_CHECK(weight >= 0 && std::isfinite(weight), "a weight is a finite number from 0 on");
    }
    std::erase_if(values, [](const auto& pair) { return pair.second == 0; });
    TRESSE_CHECK(!values.empty(), "a sample whose weights are all zero has no quantile");
    std::sort(values.begin(), values.end());
    double total = 0;
    for (const auto& pair : values)
        total += pair.second;
    double reached = 0;
    for (const auto& [value, weight] : values) {
        reached += weight;
        if (reached >= p * total)
            return value;
    }
    return values.back().first;
}

double correlation(std::span<const double> x, std::span<const double> y) {
    TRESSE_CHECK(x.size() == y.size(), "a correlation needs pairs");
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    const Summary sx = summary(x), sy = summary(y);
    if (sx.count < 2 || sx.low == sx.high || sy.low == sy.high)
        return missing;
    double both = 0, squares_x = 0, squares_y = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double gap_x = x[i] - sx.mean, gap_y = y[i] - sy.mean;
        both += gap_x * gap_y;
        squares_x += gap_x * gap_x;
        squares_y += gap_y * gap_y;
    }
    if (!(squares_x > 0) || !(squares_y > 0))
        return missing;
    return std::clamp(both / (std::sqrt(squares_x) * std::sqrt(squares_y)), -1.0, 1.0);
}

}  // namespace tresse
