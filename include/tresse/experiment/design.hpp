#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

/// Where in the space of uncertain numbers a study looks. A point holds one quantile for each number, inside (0, 1).
namespace tresse::experiment {

using Points = std::vector<std::vector<double>>;  ///< [point][number]

/// Leaves a number at its central value.
inline constexpr double central = std::numeric_limits<double>::quiet_NaN();

/// Points that fill the space more evenly than chance: the first `count` of Sobol's sequence, each number shifted by
/// digits of its own, so that no quantile is 0 or 1 and the means over seeds are unbiased.
/// Law: the first 2^k points have exactly one in each of 2^k equal parts of every number.
/// Random: the shift of number j by (seed, j); 32 bits. Source: Sobol' 1967; directions of Joe and Kuo 2008 in
/// Boost.Random; digital shift: L'Ecuyer and Lemieux 2002. Requires: at most 3,667 numbers.
Points sobol_points(std::size_t numbers, std::size_t count, std::uint64_t seed);

/// Numbers that are high or low together, in pairs with this rank correlation.
struct Correlated {
    std::vector<std::size_t> of;
    double rank_correlation = 0;
};
/// Makes the numbers of each group move together; each keeps its own law.
/// Formula: normal scores z' = L z with the lower triangle L of the matrix with 1 and r = 2 sin(pi s / 6), s the rank
/// correlation. Requires: 0 <= s < 1; no number stands in two groups.
void correlate(Points& points, std::span<const Correlated> groups);

/// Trajectories of Morris: in each, every number moves once by delta = 2/3 on the levels 0, 1/3, 2/3, 1 of the middle
/// 95 % of its law. Shape: trajectories x (numbers + 1) points. Random: start, order and direction by (seed, trajectory).
/// Source: Morris, Technometrics 1991.
Points morris_points(std::size_t numbers, int trajectories, std::uint64_t seed);
/// Size of a Morris step in quantiles of the law.
inline constexpr double morris_step = 2.0 / 3 * 0.95;

/// Points of Saltelli: `base` of A, `base` of B, then for each number `base` points of A with that number from B.
/// Shape: base x (numbers + 2). Source: Saltelli et al., Computer Physics Communications 2010.
Points saltelli_points(std::size_t numbers, std::size_t base, std::uint64_t seed);

/// One by one: first all at their centre, then each number at its low and at its high end (2.5 % and 97.5 %).
/// Shape: 1 + 2 x numbers; the others stay `central`.
Points one_way_points(std::size_t numbers);

}  // namespace tresse::experiment
