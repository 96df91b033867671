#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Choices that hold up in many futures, and what the bad futures have in common. Pure.
namespace tresse::decide {

/// Regret of an arm: what the best arm of a future has more than it.
struct Regret {
    double worst = 0, mean = 0;
    double often_below = 0;   ///< 90 % of futures have less regret
    double best_share = 0;    ///< of futures in which it is the best
};
struct RegretTable {
    std::vector<Regret> arms;
    std::size_t least_worst = 0;  ///< arm whose worst regret is smallest; ties to the earlier
};
/// Shape: worth[future][arm], more is better. Source: Savage, Journal of the American Statistical Association 1951.
RegretTable regret(const std::vector<std::vector<double>>& worth);

/// A border of a box: inputs at most (or at least) so high.
struct BoxBorder {
    std::size_t input = 0;
    bool is_upper = false;  ///< the box lies below the value
    double value = 0;       ///< in the scale of the points
    double chance = 1;      ///< probability that so much density is gained by chance when the input means nothing
};
struct Box {
    std::vector<BoxBorder> borders;  ///< most telling first
    double coverage = 0;             ///< of all interesting futures, how many lie inside
    double density = 0;              ///< of futures inside, how many are interesting
    double support = 0;              ///< of all futures, how many lie inside
};
/// What interesting futures have in common: a box of few borders in which they are dense. Patient rule induction:
/// peels 5 % at a time off the side whose loss raises the density most, keeps the box whose density x coverage is best with at
/// least `least_support`, then drops borders that say nothing (chance above 5 %, by the binomial test of Bryant and Lempert).
/// Missing: no interesting futures, all are, or fewer than 40 futures. Source: Friedman and Fisher, Statistics and
/// Computing 1999; Bryant and Lempert, Technological Forecasting and Social Change 2010.
std::optional<Box> prim(const std::vector<std::vector<double>>& points, const std::vector<std::uint8_t>& interesting,
                        double least_support = 0.05);

/// A set of parts and what it does, for choices under a budget.
struct Portfolio {
    std::uint32_t parts = 0;  ///< bit i is part i
    double cost = 0, worth = 0;
};
/// The best that costs no more than the budget; of equals the cheapest. Missing: none is cheap enough.
std::optional<Portfolio> best_under(std::span<const Portfolio> all, double budget);

/// What an input would have to be for the result to reach 0, the others as they may be.
struct Needed {
    double quantile = 0;      ///< of the input's law, 2.5 % to 97.5 %
    bool at_least = true;     ///< or at most
};
/// Formula: straight line through (normal score of the input, result), where it crosses 0. Missing: the slope could be
/// chance (|t| < 3), or the crossing lies outside the middle 95 % of the input's law.
std::optional<Needed> needed_for_zero(std::span<const double> input, std::span<const double> result);

}  // namespace tresse::decide
