#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/decide/verdict.hpp"

/// Whole tables: every score of every arm against the base, and what is said about it.
namespace tresse::decide {

/// The scores of one finished piece.
struct PieceValues {
    int arm = 0, replicate = 0, draw = 0;
    std::vector<Value> values;  ///< by row of the table
};

struct ComparedArm {
    int arm = 0;
    std::vector<ComparedRow> rows;  ///< as the rulers
};

/// Pairs of one row: futures that both arms have finished, by replicate. Throws: BrokenRule when the two arms of a
/// future had different draws, or a piece stands twice.
std::vector<Outcome> pairs_of(std::span<const PieceValues> pieces, int base, int arm, std::size_t row);

/// Every arm but the base, ascending. Shape: `rulers` by row. Order: of the pieces does not matter.
std::vector<ComparedArm> compare_arms(std::span<const PieceValues> pieces, std::span<const Ruler> rulers, int base);

/// What a sentence says; its words are a message with places for score names and numbers.
enum class Say : std::uint8_t {
    better,        ///< scores
    worse,         ///< scores
    costs_more,    ///< numbers: EUR per head and year, low, high
    costs_less,    ///< numbers: EUR less, low, high of the difference
    cost_unclear,  ///< numbers: as costs_more; the range holds zero
    cost_no_range, ///< numbers: as costs_more; one pair of futures gives no range
    pays_most,     ///< scores: the account that the difference falls on most; numbers: EUR per head and year
    saves_most,
    same,          ///< scores: no difference that matters
    all_the_same,  ///< no score differs by what matters
    cannot_tell,   ///< scores
    seen,          ///< scores that an evaluation of this one area could have seen
    seen_none,     ///< it could have seen no row
    count
};
/// English message id with the places {scores}, {number}, {low}, {high}.
std::string_view message(Say say);

/// Made from numbers alone; the writer puts names and words in.
struct Sentence {
    Say say = Say::all_the_same;
    std::vector<std::string> scores;  ///< ids
    std::vector<double> numbers;      ///< number, low, high
};

/// Order: as the list above. `smallest_account`: an account is named when its expected difference is at least that.
/// Units: EUR per head and year.
std::vector<Sentence> sentences(const ComparedArm& arm, double smallest_account = 1.0);

}  // namespace tresse::decide
