#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace tresse {

/// Mean, spread and number of a sample. Missing: an empty sample has count 0 and says `defined() == false`; never 0 by
/// default.
struct Summary {
    std::size_t count = 0;
    double mean = 0, variance = 0, low = 0, high = 0;  ///< variance: n-1; low/high: extremes
    bool defined() const { return count > 0; }
};
Summary summary(std::span<const double> values);

/// A number with a range. Units: those of the value.
struct Range {
    double middle = 0, low = 0, high = 0;
};

/// Student interval of the mean at `level` (0.95). Missing: fewer than two values give low = -inf, high = +inf; none
/// gives NaN in the middle.
Range mean_interval(std::span<const double> values, double level);
/// Sample quantile, type 7. Requires: not empty, 0 <= p <= 1.
double quantile(std::vector<double> values, double p);
/// The smallest value at which at least the share p of all weight lies at or below it. Requires: (value, weight) pairs,
/// weights >= 0, sum > 0.
double weighted_quantile(std::vector<std::pair<double, double>> values, double p);
/// Pearson correlation. Missing: fewer than 2 pairs or no variance gives NaN.
double correlation(std::span<const double> x, std::span<const double> y);

}  // namespace tresse
