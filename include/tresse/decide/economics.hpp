#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "tresse/core/stats.hpp"

/// Cost per quality-adjusted year after the reference case of the Belgian Health Care Knowledge Centre (KCE): the payers
/// of health care, the cohort alive at the start, 3 % on costs and 1.5 % on health. Pure.
namespace tresse::decide {

/// Yearly rates of discount.
struct Rates {
    double cost = 0.03, health = 0.015;
};
/// The reference case, then its scenarios 0/0, 3/3 and 5/5.
inline constexpr Rates kce_rates[] = {{0.03, 0.015}, {0, 0}, {0.03, 0.03}, {0.05, 0.05}};

struct CostEffect {
    double eur = 0, qaly = 0;
};

/// Formula: sum of x_t / (1 + r)^t, t whole years since the start (the first year is not discounted).
double present_value(std::span<const double> by_year, double rate);

enum class Place : std::uint8_t {
    on_frontier,
    dominated,           ///< another arm costs no more and gives no less
    extended_dominated,  ///< a mix of two others does
};
struct OnFrontier {
    std::size_t arm = 0;
    Place place = Place::on_frontier;
    /// EUR per quality-adjusted year against the arm before it on the frontier. Missing: the cheapest, and those beside it.
    std::optional<double> icer;
};
/// By cost, ties by effect. Law: on the frontier the ratios rise. Formula: as in Drummond et al. 2015, ch. 5.
std::vector<OnFrontier> frontier(std::span<const CostEffect> arms);

inline double net_benefit(const CostEffect& x, double eur_per_qaly) {
    return x.qaly * eur_per_qaly - x.eur;
}

/// Results of one draw of the uncertain numbers, by arm; differences from the base or levels, the same for all draws.
using Draws = std::vector<std::vector<CostEffect>>;

struct AcceptabilityAt {
    double eur_per_qaly = 0;
    std::vector<double> share;   ///< by arm: of draws in which it has the highest net benefit; adds to 1
    std::size_t best = 0;        ///< arm of the highest expected net benefit: the frontier of the curves
    std::vector<Range> benefit;  ///< by arm: expected net benefit, 95 % of draws
    double perfect = 0;          ///< expected value of perfect information
};
/// Formula: draws with equal highest benefit are shared evenly. Perfect information: mean of the highest minus highest of
/// the means. Source: Van Hout et al. 1994; Fenwick et al. 2001.
std::vector<AcceptabilityAt> acceptability(const Draws& draws, std::span<const double> thresholds);

/// Takes chance out of the results of draws that were repeated: around the mean over all draws, differences shrink so
/// that their variance is that of the expected value, which is itself known only as well as the mean over all draws. Else perfect
/// information would seem to know the dice.
/// Formula: factor sqrt(min(1, max(0, B - W) / B + 1/k)) with B, W the mean squares between and inside k draws. Shape: [draw][repeat].
struct Expected {
    std::vector<double> by_draw;
    double factor = 1;          ///< 1 when nothing was repeated: then chance is still inside
    bool separated = false;
};
Expected expected_by_draw(const std::vector<std::vector<double>>& values);

struct PartialInformation {
    double value = 0;  ///< EUR
    double noise = 0;  ///< what an input without any meaning would give with so many draws: 95 % of shuffles stay below
    bool clear() const { return value > noise; }
};
/// Expected value of knowing one input. Formula: net benefits of each arm against the first are fitted by a cubic in the
/// normal score of the input; mean of the highest fitted minus highest of the means. Random: shuffles by seed.
/// Source: regression: Strong, Oakley and Brennan, Medical Decision Making 2014. Missing: fewer than 30 draws.
std::optional<PartialInformation> partial_information(const std::vector<std::vector<double>>& benefit,
                                                      std::span<const double> input, std::uint64_t seed);

}  // namespace tresse::decide
