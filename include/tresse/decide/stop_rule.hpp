#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tresse/decide/comparison.hpp"

/// When to stop running futures: when more of them would not change a word. Pure.
namespace tresse::decide {

enum class Standing : std::uint8_t {
    settled,      ///< the word stands: chance could no longer change it
    undecidable,  ///< "cannot tell" stands too: what is open are the uncertain numbers, not chance
    open,         ///< more futures could still change the word
};

/// What more futures would do to the verdict of one row.
struct Outlook {
    Standing standing = Standing::open;
    Verdict shown = Verdict::cannot_tell;  ///< now
    Verdict limit = Verdict::cannot_tell;  ///< with endless futures, if the mean stays where it is
    int draws_needed = 0;     ///< in all, at as many futures a draw as now; 0 = no more; `too_many` = beyond counting
    bool upper_bound = false;  ///< chance was not told from parameters: the outlook errs to "undecidable"
};
inline constexpr int too_many = 1000000;

/// Formula: m the mean improvement, s the SD of the k means of draws, p that of the expected difference. With endless futures
/// the range would be m +- 1.96 p; its word changes where |m| passes size - 1.96 p or max(size, 1.96 p). d is the distance of m to the
/// nearest such border. The word stands when t(k-1) s / sqrt(k) <= d and the range shown has the same word; draws_needed is the smallest k at
/// which both hold. "Cannot tell" is undecidable when it would stand with p at its lower 95 % bound too, p^2 - 1.645 sqrt(2/(k-1)) s^2;
/// else it is open and twice as many draws are asked for.
/// Missing: fewer than `fewest_draws` means are always open.
Outlook outlook(const Difference& way, double smallest_difference);

/// One verdict that a table or a ranking needs.
struct Question {
    int arm = 0, against = 0;  ///< `against` the base: a row of the table; else a place in the ranking
    std::size_t row = 0;
    Outlook outlook;
};

struct Look {
    std::vector<Question> questions;  ///< rows of the table first, then ranks, both by (arm, against, row)
    bool done = false;                ///< none is open, or none of the open ones can be had below `most_draws`
    int draws_wanted = 0;             ///< that the next look should have; 0 when done
};

/// All rows of all arms against the base, and all pairs of other arms on the same rows.
/// Formula: next look at the smallest number that settles another question, at least half as many more as now.
Look look(std::span<const PieceValues> pieces, std::span<const Ruler> rulers, int base, int most_draws);

}  // namespace tresse::decide
