#include "tresse/decide/stop_rule.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "tresse/core/draw.hpp"
#include "tresse/core/math.hpp"

using namespace tresse;
using namespace tresse::decide;

namespace {

double normal(std::uint64_t seed, int i, int purpose, int word) {
    return normal_quantile(unit_open(draw(seed, static_cast<std::uint64_t>(purpose), static_cast<std::uint32_t>(i), Purpose::parameter).word[word]));
}

/// Futures of one row: parameters with SD p, chance with SD c, mean m.
std::vector<Outcome> futures(std::uint64_t seed, int draws, int repeats, double m, double p, double c) {
    std::vector<Outcome> out;
    for (int d = 0; d < draws; ++d) {
        const double expected = m + p * normal(seed, d, 1, 0);
        for (int r = 0; r < repeats; ++r)
            out.push_back({d * repeats + r, d + 1, 0.0, expected + c * normal(seed, d * repeats + r, 2, 1)});
    }
    return out;
}

Outlook of(const std::vector<Outcome>& f, double size) {
    return outlook(compare_row({"x", measure::Direction::more, size}, f).way, size);
}

}  // namespace

TEST_CASE("a large and well known difference is settled", "[decide][stop]") {
    const Outlook o = of(futures(1, 64, 2, 10, 1, 1), 2);
    CHECK(o.shown == Verdict::better);
    CHECK(o.standing == Standing::settled);
    CHECK(o.draws_needed == 0);
    CHECK(of(futures(1, 64, 2, 0, 0.1, 0.1), 2).standing == Standing::settled);
    CHECK(of(futures(1, 64, 2, 0, 0.1, 0.1), 2).shown == Verdict::same);
}

TEST_CASE("what only the uncertain numbers leave open is undecidable, however many futures", "[decide][stop]") {
    const Outlook o = of(futures(2, 256, 2, 3, 6, 0.5), 2);
    CHECK(o.shown == Verdict::cannot_tell);
    CHECK(o.limit == Verdict::cannot_tell);
    CHECK(o.standing == Standing::undecidable);
}

TEST_CASE("what chance leaves open says how many draws it would take, and that many settle it", "[decide][stop]") {
    const auto few = futures(3, 12, 2, 4, 0.2, 6);
    const Outlook o = of(few, 1);
    REQUIRE(o.standing == Standing::open);
    CHECK(o.draws_needed > 12);
    CHECK(o.draws_needed < 3000);
    CHECK(of(futures(3, std::max(64, 3 * o.draws_needed), 2, 4, 0.2, 6), 1).standing == Standing::settled);
}

TEST_CASE("a difference right at the border takes more futures than anyone has", "[decide][stop]") {
    // mean exactly at the size that matters: 1 and 3 around 2, the border between `same` and `better`
    std::vector<Outcome> f;
    for (int d = 0; d < 20; ++d)
        f.push_back({d, d + 1, 0.0, d % 2 ? 2.01 : 1.99});
    CHECK(of(f, 2).draws_needed > 1000);
}

TEST_CASE("with fewer than six draws everything is open", "[decide][stop]") {
    CHECK(of(futures(1, 4, 1, 100, 0.1, 0.1), 1).standing == Standing::open);
    CHECK(of(futures(1, 4, 1, 100, 0.1, 0.1), 1).draws_needed == fewest_draws);
}

TEST_CASE("a look asks every row and every pair of arms, and is done when more futures change no word", "[decide][stop]") {
    std::vector<PieceValues> pieces;
    const Ruler rulers[] = {{"a", measure::Direction::more, 1}, {"b", measure::Direction::less, 1}, {"c", measure::Direction::none, 0}};
    for (int r = 0; r < 40; ++r) {
        const double noise = normal(4, r, 3, 0) * 0.1;
        pieces.push_back({0, r, r / 2 + 1, {0.0, 5.0, 1.0}});  // two futures a draw: chance is told from parameters
        pieces.push_back({1, r, r / 2 + 1, {4.0 + noise, 5.0 + noise, 1.0}});
        pieces.push_back({2, r, r / 2 + 1, {8.0 + noise, 5.0 - noise, 1.0}});
    }
    const Look l = look(pieces, rulers, 0, 1000);
    CHECK(l.questions.size() == 6);  // two rows of two arms, two rows of one pair
    CHECK(l.done);
    for (const Question& q : l.questions)
        CHECK(q.outlook.standing == Standing::settled);
    // with noise as large as the difference the next look wants more, and never more than allowed
    for (PieceValues& p : pieces)
        if (p.arm > 0)
            p.values[0] = *p.values[0] + 20 * normal(5, p.replicate, 4 + p.arm, 0);
    const Look m = look(pieces, rulers, 0, 100000);
    CHECK_FALSE(m.done);
    CHECK(m.draws_wanted >= 30);
    CHECK(look(pieces, rulers, 0, 25).draws_wanted <= 25);
}

TEST_CASE("ranges still cover 95 % when the stop rule chose the number of futures", "[decide][stop][coverage]") {
    // 1,500 studies of a true difference drawn anew; batches as the program makes them, at most 192 draws; the range of a new
    // draw's expected difference, as in tests/decide/difference_test.cpp
    int inside = 0, simulation = 0, wrong = 0;
    const int studies = 1500;
    for (int s = 0; s < studies; ++s) {
        const auto seed = static_cast<std::uint64_t>(1000 + s);
        const double m = 3 * normal(seed, 0, 9, 0), p = 1, c = 2, size = 1.5;
        int draws = 12;
        ComparedRow row;
        for (;;) {
            row = compare_row({"x", measure::Direction::more, size}, futures(seed, draws, 2, m, p, c));
            const Outlook o = outlook(row.way, size);
            if (o.standing != Standing::open || draws >= 192)
                break;
            draws = std::min(192, std::max(draws + draws / 2, std::min(o.draws_needed, 192)));
        }
        const double next = m + p * normal(seed, 999, 1, 2);
        inside += row.difference.uncertainty.low <= next && next <= row.difference.uncertainty.high;
        simulation += row.difference.simulation.low <= m && m <= row.difference.simulation.high;
        wrong += (row.verdict == Verdict::better && m < 0) || (row.verdict == Verdict::worse && m > 0);
    }
    CHECK(inside > 0.93 * studies);
    CHECK(inside < 0.99 * studies);
    CHECK(simulation > 0.93 * studies);
    CHECK(wrong < 0.01 * studies);
}
