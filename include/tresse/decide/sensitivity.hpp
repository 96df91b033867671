#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tresse/core/stats.hpp"

/// Which input moves the result. The points stand in `experiment/design.hpp`; here are the sums over their results. Pure.
namespace tresse::decide {

/// Whether there are enough runs to speak of an index.
enum class Enough : std::uint8_t { yes, too_few };
/// English message ids: a clear word about a result with too few runs.
std::string_view enough_word(Enough enough);

/// One-way: the result with one input at its low and at its high end.
struct TornadoBar {
    std::size_t input = 0;
    double low = 0, high = 0;  ///< result at 2.5 % and 97.5 % of the input's law
    double chance = 0;         ///< standard error of high - low over the futures at these points
    double swing() const { return high > low ? high - low : low - high; }
    bool clear() const { return swing() > 2 * chance; }  ///< chance alone would not give so much
};
struct Tornado {
    double centre = 0;
    std::vector<TornadoBar> bars;  ///< largest swing first, ties by input
};
/// Shape: results[point][future] in the order of `one_way_points`; all points have the same futures.
Tornado tornado(const std::vector<std::vector<double>>& results);

/// Elementary effects. Units: of the result, for a move over the whole of an input's range.
struct MorrisIndex {
    double mean = 0, mean_size = 0;  ///< mu and mu*
    double spread = 0;               ///< sigma: curved, or depends on other inputs
    Range interval;                  ///< 95 % of mu* by resampling of trajectories
    Enough enough = Enough::too_few;
};
/// Shape: points and results in the order of `morris_points`; step as the size of a move in units of the points.
/// `enough`: ten trajectories and an interval no wider than mu* itself, or no effect in ten. Random: by seed.
/// Source: Morris 1991; mu*: Campolongo, Cariboni and Saltelli 2007.
std::vector<MorrisIndex> morris(const std::vector<std::vector<double>>& points, std::span<const double> results,
                                double step, std::uint64_t seed);

/// Shares of the variance: by an input alone, and with all it takes part in.
struct SobolIndex {
    Range first, total;  ///< with 95 % intervals by resampling of base points
    Enough enough = Enough::too_few;
};
/// Formula: first = mean(f_B (f_ABi - f_A)) / V (Saltelli 2010); total = mean((f_A - f_ABi)^2) / 2V (Jansen 1999); results
/// are centred first. Shape: results in the order of `saltelli_points`. `enough`: both half widths at most 0.1.
/// Missing: a result that does not vary gives no index. Random: by seed.
std::vector<SobolIndex> sobol(std::size_t inputs, std::span<const double> results, std::uint64_t seed);

/// Rank correlation of every input with a result, from runs that were made anyway.
struct Correlation {
    std::size_t input = 0;
    double value = 0;
};
/// Strongest first, ties by input. Formula: Spearman. Missing: inputs that do not vary are left out.
std::vector<Correlation> rank_correlations(const std::vector<std::vector<double>>& points,
                                           std::span<const double> results);
/// The size that the largest of so many correlations reaches by chance in one case of twenty.
/// Formula: normal quantile at 1 - 0.025 / inputs over sqrt(points - 1).
double correlation_by_chance(std::size_t inputs, std::size_t points);

}  // namespace tresse::decide
