#include "tresse/decide/verdict.hpp"

#include <limits>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"

using namespace tresse;
using namespace tresse::decide;
using measure::Direction;

namespace {

std::vector<Outcome> outcomes(const std::vector<double>& differences, double base = 100) {
    std::vector<Outcome> out;
    for (std::size_t i = 0; i < differences.size(); ++i)
        out.push_back({static_cast<int>(i), static_cast<int>(i) + 1, base, base + differences[i]});
    return out;
}

}  // namespace

TEST_CASE("the four verdicts follow from the range and the size that matters", "[decide][verdict]") {
    CHECK(verdict_of({3, 1, 5}, 2) == Verdict::better);
    CHECK(verdict_of({-3, -5, -1}, 2) == Verdict::worse);
    CHECK(verdict_of({0.5, -1, 2}, 2) == Verdict::same);
    CHECK(verdict_of({1, 0.9, 1.1}, 2) == Verdict::same);           // certain and tiny
    CHECK(verdict_of({1.5, 0.5, 2.5}, 2) == Verdict::cannot_tell);  // excludes zero, too small in its middle
    CHECK(verdict_of({3, -1, 7}, 2) == Verdict::cannot_tell);
    CHECK(verdict_of({0, -3, 3}, 2) == Verdict::cannot_tell);
}

TEST_CASE("limits: a range that ends at the size is the same, one that touches zero is not better",
          "[decide][verdict]") {
    CHECK(verdict_of({0, -2, 2}, 2) == Verdict::same);
    CHECK(verdict_of({3, 0, 6}, 2) == Verdict::cannot_tell);
    CHECK(verdict_of({0, 0, 0}, 0) == Verdict::same);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(verdict_of({3, -infinity, infinity}, 2) == Verdict::cannot_tell);
    CHECK_THROWS_AS(verdict_of({0, 0, 0}, -1), BrokenRule);
}

TEST_CASE("which way is better turns the verdict, not the difference", "[decide][verdict]") {
    const auto rising = outcomes({5, 5.1, 4.9});
    const ComparedRow more = compare_row({"x", Direction::more, 1}, rising);
    const ComparedRow less = compare_row({"x", Direction::less, 1}, rising);
    CHECK(more.verdict == Verdict::better);
    CHECK(less.verdict == Verdict::worse);
    CHECK(more.difference.expected == less.difference.expected);
    CHECK(less.improvement.middle == Approx(-5));
    CHECK(compare_row({"x", Direction::none, 1}, rising).verdict == Verdict::none);
    CHECK(*more.base == Approx(100));
    CHECK(*more.arm == Approx(105));
}

TEST_CASE("a gap is better when it comes closer to zero, from either side", "[decide][verdict]") {
    const Ruler ruler{"gap", Direction::closer_to_zero, 1};
    CHECK(compare_row(ruler, outcomes({-3, -3.1, -2.9}, 9)).verdict == Verdict::better);
    CHECK(compare_row(ruler, outcomes({3, 3.1, 2.9}, 9)).verdict == Verdict::worse);
    CHECK(compare_row(ruler, outcomes({3, 3.1, 2.9}, -9)).verdict == Verdict::better);
    CHECK(compare_row(ruler, outcomes({-3, -3.1, -2.9}, -9)).verdict == Verdict::worse);
    // from 2 to -2: as far from zero as before
    const ComparedRow mirrored = compare_row(ruler, outcomes({-4, -4, -4}, 2));
    CHECK(mirrored.improvement.middle == Approx(0));
    CHECK(mirrored.verdict == Verdict::same);
    // far beyond zero is worse
    CHECK(compare_row(ruler, outcomes({-9, -9.1, -8.9}, 2)).verdict == Verdict::worse);
}

TEST_CASE("an arm that changes nothing is the same on every score", "[decide][verdict]") {
    for (const Direction direction : {Direction::more, Direction::less, Direction::closer_to_zero}) {
        CHECK(compare_row({"x", direction, 0.01}, outcomes({0, 0, 0, 0})).verdict == Verdict::same);
        CHECK(compare_row({"x", direction, 0}, outcomes({0, 0, 0, 0})).verdict == Verdict::same);
    }
}

TEST_CASE("nothing to compare cannot be told", "[decide][verdict]") {
    const ComparedRow row = compare_row({"x", Direction::more, 1}, std::vector<Outcome>{{0, 1, {}, 3.0}});
    CHECK(row.verdict == Verdict::cannot_tell);
    CHECK_FALSE(row.difference.defined());
    CHECK_FALSE(row.base);
    CHECK_FALSE(row.detectability.defined);
    CHECK(compare_row({"x", Direction::more, 1}, outcomes({5})).verdict == Verdict::cannot_tell);
}
