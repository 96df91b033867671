#include "tresse/core/uncertain.hpp"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"

using namespace tresse;

namespace {

Uncertain estimate(double value, double low, double high, Law law) {
    Uncertain u;
    u.value = value;
    u.low = low;
    u.high = high;
    u.law = law;
    u.source = "A-001";
    u.key = "test.number";
    return u;
}

const std::vector<Uncertain>& split_laws() {
    static const std::vector<Uncertain> all = {
        estimate(2.0, -1.0, 3.0, Law::normal),
        estimate(1.7, 1.2, 3.1, Law::lognormal),
        estimate(0.3, 0.22, 0.61, Law::logit),
    };
    return all;
}

}  // namespace

TEST_CASE("the middle of a split law is its value, exactly", "[core][uncertain]") {
    for (const Uncertain& u : split_laws())
        CHECK(u.at(0.5) == u.value);
}

TEST_CASE("the stated ends of a range are the 2.5 % and the 97.5 % points", "[core][uncertain]") {
    for (const Uncertain& u : split_laws()) {
        CHECK(u.at(0.025) == Approx(u.low).epsilon(1e-13));
        CHECK(u.at(0.975) == Approx(u.high).epsilon(1e-13));
        CHECK(u.at(0.02) < u.low);
        CHECK(u.at(0.98) > u.high);
    }
}

TEST_CASE("a law rises with the quantile and stays inside its range between the ends", "[core][uncertain]") {
    auto all = split_laws();
    all.push_back(estimate(4, 1, 5, Law::uniform));
    all.push_back(estimate(1, 1, 1, Law::lognormal));
    for (const Uncertain& u : all) {
        double last = -1e300;
        for (int i = 1; i < 4000; ++i) {
            const double p = i / 4000.0;
            const double x = u.at(p);
            REQUIRE(x >= last);
            if (p >= 0.025 && p <= 0.975)
                REQUIRE((x >= u.low && x <= u.high));
            last = x;
        }
    }
}

TEST_CASE("the two sides of a split law have their own width", "[core][uncertain]") {
    // Normal 2 (-1, 3): one deviation is 3 / 1.959964 below and 1 / 1.959964 above; 0.8413447 and 0.1586553 are one
    // deviation off.
    const Uncertain u = split_laws()[0];
    CHECK(u.at(0.1586552539) == Approx(2 - 3 / 1.959964).epsilon(1e-6));
    CHECK(u.at(0.8413447461) == Approx(2 + 1 / 1.959964).epsilon(1e-6));
    // Lognormal: the same on the log scale.
    const Uncertain r = split_laws()[1];
    CHECK(r.at(0.8413447461) == Approx(1.7 * std::pow(3.1 / 1.7, 1 / 1.959964)).epsilon(1e-6));
}

TEST_CASE("factors stay positive and shares stay between 0 and 1, however far out", "[core][uncertain]") {
    for (double p : {1e-12, 1 - 1e-12}) {
        CHECK(estimate(1, 0.01, 50, Law::lognormal).at(p) > 0);
        const double share = estimate(0.5, 0.001, 0.999, Law::logit).at(p);
        CHECK(share > 0);
        CHECK(share < 1);
    }
}

TEST_CASE("a uniform law goes from low to high, a fixed number nowhere", "[core][uncertain]") {
    const Uncertain u = estimate(4, 1, 5, Law::uniform);
    CHECK(u.at(0) == 1.0);
    CHECK(u.at(0.25) == 2.0);
    CHECK(u.at(1) == 5.0);
    CHECK(estimate(4, 1, 5, Law::fixed).at(0.01) == 4.0);
}

TEST_CASE("a range that contradicts its law is a broken rule", "[core][uncertain]") {
    CHECK_THROWS_AS(estimate(4, 1, 3, Law::normal).at(0.3), BrokenRule);
    CHECK_THROWS_AS(estimate(2, 3, 1, Law::uniform).at(0.3), BrokenRule);
    CHECK_THROWS_AS(estimate(2, 0, 3, Law::lognormal).at(0.3), BrokenRule);
    CHECK_THROWS_AS(estimate(0.5, 0.1, 1, Law::logit).at(0.3), BrokenRule);
    CHECK_THROWS_AS(estimate(2, 1, 3, Law::normal).at(0), BrokenRule);
    CHECK_THROWS_AS(estimate(2, 1, 3, Law::normal).at(1), BrokenRule);
    CHECK_THROWS_AS(estimate(2, 1, 3, Law::uniform).at(1.5), BrokenRule);
}

TEST_CASE("parameter set 0 is the central value everywhere, also of what may be nothing", "[core][uncertain]") {
    Uncertain u = split_laws()[1];
    u.nil_prob = 1;
    u.nil_value = 1;
    CHECK(u.drawn(42, 0) == u.value);
    CHECK(u.drawn(42, 1) == 1.0);
    CHECK_THROWS_AS(u.drawn(42, -1), BrokenRule);
}

TEST_CASE("a draw depends on seed, set and key, and on nothing else", "[core][uncertain]") {
    const Uncertain u = split_laws()[1];
    Uncertain other_source = u, other_key = u;
    other_source.source = "S-007";
    other_key.key = "test.other";
    CHECK(u.drawn(42, 3) == other_source.drawn(42, 3));
    CHECK(u.drawn(42, 3) != u.drawn(42, 4));
    CHECK(u.drawn(42, 3) != u.drawn(43, 3));
    CHECK(u.drawn(42, 3) != other_key.drawn(42, 3));
}

TEST_CASE("drawn values follow their law, and the chance of nothing is the stated one", "[core][uncertain]") {
    // 4,000 draws: the share below the median has standard error 0.008, the share outside the range 0.0034, the share
    // of nothing 0.0073; four errors are allowed.
    Uncertain u = split_laws()[1];
    int below_value = 0, outside = 0;
    for (int k = 1; k <= 4000; ++k) {
        const double x = u.drawn(7, k);
        below_value += x < u.value;
        outside += x < u.low || x > u.high;
    }
    CHECK(below_value / 4000.0 == Approx(0.5).margin(0.032));
    CHECK(outside / 4000.0 == Approx(0.05).margin(0.014));
    u.nil_prob = 0.3;
    u.nil_value = 1;
    int nothing = 0, below_among_rest = 0;
    for (int k = 1; k <= 4000; ++k) {
        const double x = u.drawn(7, k);
        nothing += x == 1.0;
        below_among_rest += x != 1.0 && x < u.value;
    }
    CHECK(nothing / 4000.0 == Approx(0.3).margin(0.03));
    // Whether there is nothing says nothing about how much there is: the middle of the rest stays the value.
    CHECK(below_among_rest / (4000.0 - nothing) == Approx(0.5).margin(0.04));
}

TEST_CASE("only a source that starts with A is an assumption of ours", "[core][uncertain]") {
    Uncertain u;
    CHECK_FALSE(u.is_assumption());
    u.source = "S-101";
    CHECK_FALSE(u.is_assumption());
    u.source = "A-003";
    CHECK(u.is_assumption());
}
