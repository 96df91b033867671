#pragma once

#include <span>

#include "tresse/core/stats.hpp"
#include "tresse/measure/life_table.hpp"

/// What two arms differ by, and how sure that is. Three intervals that are never mixed. Pure.
namespace tresse::decide {

using measure::Value;

/// One score in two arms of the same future: same people, same luck, same draw of the uncertain numbers.
struct Outcome {
    int replicate = 0;
    int draw = 0;  ///< number of the parameter draw; 0 = central values
    Value base, arm;
};

inline constexpr double level = 0.95;

/// Fewer draws, or repeats of draws with fewer degrees of freedom, say too little about chance to be used.
inline constexpr int fewest_draws = 6, fewest_repeats = 6;

/// The paired difference arm - base of one score.
struct Difference {
    int pairs = 0;        ///< futures in which both arms have a value
    int missing = 0;      ///< futures in which one of them has none
    int draws = 0;        ///< different parameter draws among the pairs
    double expected = 0;  ///< mean over draws of the mean over their futures
    /// (1) Simulation error of `expected`: shrinks to 0 with more futures. Infinite with fewer than two.
    Range simulation;
    /// (2) Where the expected difference lies, given that the uncertain numbers are not known: shown by default.
    Range uncertainty;
    bool parameters_varied = false;  ///< false: one draw only; (2) is then (1) and knows nothing of the parameters
    bool chance_separated = false;   ///< true: repeats told chance from parameters; false: (2) also holds chance
    double chance_sd = 0;            ///< of one future's difference, given the parameters; 0 when not separated
    double parameter_sd = 0;  ///< of the expected difference over draws (with W); all of the spread when not separated

    bool defined() const { return pairs > 0; }
};

/// Formula: d = arm - base per future; y = mean of d per draw, k draws; s = SD of the k values y.
/// (1) mean(y) +- t(k-1) s / sqrt(k).
/// (2) mean(y) +- t(k-1) sqrt(p^2 + s^2 / k): where a new draw's expected difference lies, the mean itself being
/// uncertain. p^2 is the variance of the expected difference over draws. Without repeats of draws chance and parameters
/// cannot be told apart and p = s: then (2) is an upper bound, too wide by the share of chance in s. With at least
/// `fewest_draws` draws and `fewest_repeats` repeats, only what is surely chance is taken out: p^2 = max(0, (B - W') /
/// n0), B and W the mean squares between and inside draws, W' the lower 99 % bound of W. (Taking out W itself holds a
/// new draw in 84 % of cases only when chance is large; the test counts.)
/// With one draw only, (1) is Student's interval over the futures and (2) is the same.
/// Law: (2) contains (1). Missing: no pair with both values. Order: of the outcomes does not matter, to the last bit.
/// Requires: a replicate occurs once.
Difference difference(std::span<const Outcome> outcomes);

/// Question (3): could an evaluation of this one area over this horizon have seen it?
struct Detectability {
    bool defined = false;
    double outcome_sd = 0;     ///< of one area's outcome in the base arm
    double smallest_seen = 0;  ///< 1.96 x sqrt(2) x outcome_sd
    bool seen = false;         ///< |expected difference| is above that
    bool upper_bound = false;  ///< futures differ in parameters too: the SD holds more than chance, errs to "not seen"
};
/// Formula: SD over futures of the base arm, unpaired; within draws when draws are repeated often enough.
/// Missing: fewer than two futures, or no difference.
Detectability detectability(std::span<const Outcome> outcomes, const Difference& difference);

}  // namespace tresse::decide
