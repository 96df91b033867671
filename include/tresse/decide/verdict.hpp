#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tresse/decide/difference.hpp"
#include "tresse/measure/score.hpp"

/// One word for a difference.
namespace tresse::decide {

/// What matters of a score: which way is better, and from what size on a difference matters.
struct Ruler {
    std::string score;  ///< id of the row
    measure::Direction direction = measure::Direction::none;
    double smallest_difference = 0;  ///< in the unit of the score
};

enum class Verdict : std::uint8_t {
    better,  ///< the range excludes zero and its middle exceeds the smallest difference that matters
    worse,
    same,         ///< the whole range lies inside that size
    cannot_tell,  ///< everything else
    none,         ///< a row that is shown without a verdict
};
/// "better", "worse", "same", "cannot_tell", "none": keys in files.
std::string_view verdict_word(Verdict verdict);

/// From interval (2) of how much better the arm is (positive = better). Requires: smallest_difference >= 0.
Verdict verdict_of(const Range& improvement, double smallest_difference);

/// A row of the table: one score of one arm against the base.
struct ComparedRow {
    std::string score;
    Value base, arm;  ///< means over the futures in which both have a value
    Difference difference;
    Difference way;     ///< the difference turned so that more is better
    Range improvement;  ///< its interval (2): what the verdict is made from
    Verdict verdict = Verdict::cannot_tell;
    Detectability detectability;
};

/// Formula: improvement of one future is d (more is better), -d (less), or |B| - |B + d| with B the mean gap of the
/// base (closer to zero): the way towards zero counts, what goes beyond counts against it.
/// Missing: no pair gives `cannot_tell` with an undefined difference.
ComparedRow compare_row(const Ruler& ruler, std::span<const Outcome> outcomes);

}  // namespace tresse::decide
