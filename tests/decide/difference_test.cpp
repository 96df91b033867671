#include "tresse/decide/difference.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/draw.hpp"
#include "tresse/core/math.hpp"

using namespace tresse;
using namespace tresse::decide;

namespace {

using Outcomes = std::vector<Outcome>;

/// Pairs with a base of 100 and the given differences, each future its own draw.
Outcomes own_draws(const std::vector<double>& differences, double base = 100) {
    Outcomes out;
    for (std::size_t i = 0; i < differences.size(); ++i)
        out.push_back({static_cast<int>(i), static_cast<int>(i) + 1, base, base + differences[i]});
    return out;
}

double normal(std::uint64_t seed, std::uint64_t trial, std::uint32_t k) {
    return normal_quantile(unit_open(draw(seed, trial, k, Purpose::parameter).word[0]));
}

}  // namespace

TEST_CASE("differences 1, 2, 3 give the intervals done by hand", "[decide][difference]") {
    // mean 2, SD 1, t(2) = 4.30265: (1) 4.30265 / sqrt 3 = 2.48414; (2) 4.30265 sqrt(1 + 1/3) = 4.96828
    const Difference d = difference(own_draws({1, 2, 3}));
    CHECK(d.pairs == 3);
    CHECK(d.draws == 3);
    CHECK(d.expected == Approx(2));
    CHECK(d.simulation.low == Approx(2 - 2.48414).epsilon(1e-5));
    CHECK(d.simulation.high == Approx(2 + 2.48414).epsilon(1e-5));
    CHECK(d.uncertainty.low == Approx(2 - 4.96828).epsilon(1e-5));
    CHECK(d.uncertainty.high == Approx(2 + 4.96828).epsilon(1e-5));
    CHECK(d.parameters_varied);
    CHECK_FALSE(d.chance_separated);
    CHECK(d.parameter_sd == Approx(1));
}

TEST_CASE("with central values alone the range is that of the simulation", "[decide][difference]") {
    Outcomes o = own_draws({1, 2, 3});
    for (auto& x : o)
        x.draw = 0;
    const Difference d = difference(o);
    CHECK_FALSE(d.parameters_varied);
    CHECK(d.draws == 1);
    CHECK(d.uncertainty.low == d.simulation.low);
    CHECK(d.simulation.high == Approx(2 + 2.48414).epsilon(1e-5));
    CHECK(d.chance_sd == Approx(1));
    CHECK(d.parameter_sd == 0);
}

TEST_CASE("repeated draws tell chance from parameters", "[decide][difference]") {
    // draws 1-6 twice each, values m - 1 and m + 1 around m = 1 .. 6. Inside draws: mean square 2, six degrees of
    // freedom, chi2 (0.99, 6) = 16.8119, so surely 2 x 6 / 16.8119 = 0.71378. Between: 2 x variance of the means (3.5) = 7.
    // t(5) = 2.57058. (1) t sqrt(3.5 / 6) = 1.96332; (2) t sqrt((7 - 0.71378) / 2 + 3.5 / 6) = 4.96225
    Outcomes o;
    for (int k = 1; k <= 6; ++k)
        for (int j = 0; j < 2; ++j)
            o.push_back({2 * k + j, k, 0.0, k + (j == 0 ? -1.0 : 1.0)});
    const Difference d = difference(o);
    CHECK(d.chance_separated);
    CHECK(d.expected == Approx(3.5));
    CHECK(d.chance_sd == Approx(std::sqrt(2.0)));
    CHECK(d.parameter_sd == Approx(std::sqrt(2.5)));  // (7 - 2) / 2
    CHECK(d.simulation.high - 3.5 == Approx(1.96332).epsilon(1e-5));
    CHECK(d.uncertainty.high - 3.5 == Approx(4.96225).epsilon(1e-5));
}

TEST_CASE("too few repeats are not used to make a range narrower", "[decide][difference]") {
    Outcomes o = own_draws({1, 2, 3, 4});
    o.push_back({9, 1, 100.0, 101.2});  // one repeat: one degree of freedom
    CHECK_FALSE(difference(o).chance_separated);
}

TEST_CASE("an arm that changes nothing differs by exactly nothing", "[decide][difference]") {
    const Difference d = difference(own_draws(std::vector<double>(12, 0.0)));
    CHECK(d.expected == 0);
    CHECK(d.uncertainty.low == 0);
    CHECK(d.uncertainty.high == 0);
}

TEST_CASE("one future has no range, none has no difference", "[decide][difference]") {
    const Difference one = difference(own_draws({0.5}));
    CHECK(one.expected == 0.5);
    CHECK(std::isinf(one.uncertainty.low));
    CHECK(std::isinf(one.simulation.high));
    CHECK_FALSE(difference(Outcomes{}).defined());
}

TEST_CASE("a future in which one arm has no value is left out and counted", "[decide][difference]") {
    Outcomes o = own_draws({1, 2, 3});
    o.push_back({7, 8, {}, 5.0});
    o.push_back({8, 9, 5.0, {}});
    const Difference d = difference(o);
    CHECK(d.pairs == 3);
    CHECK(d.missing == 2);
    CHECK(d.expected == Approx(2));
    const Difference none = difference(Outcomes{{0, 1, {}, {}}});
    CHECK_FALSE(none.defined());
    CHECK(none.missing == 1);
}

TEST_CASE("the order of the futures does not matter to the last bit", "[decide][difference]") {
    Outcomes o;
    for (int i = 0; i < 20; ++i)
        o.push_back({i, i % 8 + 1, 100.0 + normal(3, 1, static_cast<std::uint32_t>(i)),
                     100.0 + normal(3, 2, static_cast<std::uint32_t>(i))});
    const Difference a = difference(o);
    std::reverse(o.begin(), o.end());
    std::swap(o[3], o[11]);
    const Difference b = difference(o);
    CHECK(a.expected == b.expected);
    CHECK(a.uncertainty.low == b.uncertainty.low);
    CHECK(a.simulation.high == b.simulation.high);
    CHECK(detectability(o, a).outcome_sd == detectability(o, b).outcome_sd);
}

TEST_CASE("adding the same to both arms changes nothing", "[decide][difference]") {
    // whole numbers, so that the sums are exact
    const Difference a = difference(own_draws({3, -1, 4, 1, 5}, 100)),
                     b = difference(own_draws({3, -1, 4, 1, 5}, 100000));
    CHECK(a.expected == b.expected);
    CHECK(a.uncertainty.low == b.uncertainty.low);
}

TEST_CASE("the range of uncertainty always contains that of the simulation error", "[decide][difference]") {
    for (std::uint64_t trial = 0; trial < 200; ++trial) {
        Outcomes o;
        for (std::uint32_t i = 0; i < 12; ++i)
            o.push_back(
                {static_cast<int>(i), static_cast<int>(i) / (trial % 2 == 0 ? 1 : 2) + 1, 0.0, normal(11, trial, i)});
        const Difference d = difference(o);
        REQUIRE(d.uncertainty.low <= d.simulation.low);
        REQUIRE(d.uncertainty.high >= d.simulation.high);
    }
}

TEST_CASE("what an evaluator could see is 2.77 times the SD of one area's outcome", "[decide][detectability]") {
    // base outcomes 10, 12, 14: SD 2; 1.96 x 1.41421 x 2 = 5.54372
    Outcomes o{{0, 0, 10.0, 16.0}, {1, 0, 12.0, 18.0}, {2, 0, 14.0, 20.0}};
    const Difference d = difference(o);
    const Detectability seen = detectability(o, d);
    CHECK(seen.outcome_sd == Approx(2));
    CHECK(seen.smallest_seen == Approx(5.54372).epsilon(1e-5));
    CHECK(seen.seen);
    CHECK_FALSE(seen.upper_bound);
    for (auto& x : o)
        x.arm = *x.base + 5.5;
    CHECK_FALSE(detectability(o, difference(o)).seen);
}

TEST_CASE("parameters in the spread of the base are declared, and taken out when draws are repeated",
          "[decide][detectability]") {
    Outcomes o{{0, 1, 10.0, 16.0}, {1, 2, 12.0, 18.0}, {2, 3, 14.0, 20.0}};
    CHECK(detectability(o, difference(o)).upper_bound);
    CHECK(detectability(o, difference(o)).outcome_sd == Approx(2));  // of 10, 12, 14
    // six draws far apart, each twice with a difference of 2: inside a draw the SD is sqrt 2
    Outcomes twice;
    for (int k = 1; k <= 6; ++k)
        for (int j = 0; j < 2; ++j)
            twice.push_back({2 * k + j, k, 100.0 * k + 2 * j, 100.0 * k + 2 * j + 1});
    const Detectability seen = detectability(twice, difference(twice));
    CHECK_FALSE(seen.upper_bound);
    CHECK(seen.outcome_sd == Approx(std::sqrt(2.0)));
    CHECK_FALSE(detectability(Outcomes{{0, 1, 1.0, 2.0}}, difference(Outcomes{{0, 1, 1.0, 2.0}})).defined);
}

namespace {

/// Share of trials in which the range of uncertainty holds the expected difference of a new parameter draw.
double coverage(std::uint64_t seed, int draws, int repeats, double parameter_sd, double chance_sd) {
    constexpr int trials = 4000;
    int held = 0;
    for (std::uint64_t trial = 0; trial < trials; ++trial) {
        Outcomes o;
        std::uint32_t k = 0;
        for (int d = 0; d < draws; ++d) {
            const double expected = 3 + parameter_sd * normal(seed, trial, k++);
            for (int j = 0; j < repeats; ++j)
                o.push_back({d * repeats + j, d + 1, 0.0, expected + chance_sd * normal(seed, trial, k++)});
        }
        const double next = 3 + parameter_sd * normal(seed, trial, k);
        const Range r = difference(o).uncertainty;
        held += r.low <= next && next <= r.high;
    }
    return static_cast<double>(held) / trials;
}

}  // namespace

TEST_CASE("the range of uncertainty holds a new draw's expected difference as often as it says", "[decide][coverage]") {
    // 4,000 trials: the standard error of a share of 0.95 is 0.0034; three of them are 0.010
    SECTION("without chance: exactly 95 %") {
        CHECK(coverage(1, 12, 1, 1, 0) == Approx(0.95).margin(0.010));
    }
    SECTION("with chance not told apart: never less") {
        CHECK(coverage(2, 12, 1, 1, 0.5) > 0.94);
        CHECK(coverage(3, 12, 1, 1, 2) > 0.94);
        CHECK(coverage(4, 4, 1, 1, 1) > 0.94);
    }
    SECTION("with every draw twice: hardly less, and narrower than without telling chance apart") {
        CHECK(coverage(5, 12, 2, 1, 0.5) > 0.94);
        CHECK(coverage(6, 12, 2, 1, 1) > 0.94);
        CHECK(coverage(7, 12, 2, 1, 2) > 0.94);
        CHECK(coverage(8, 6, 2, 1, 2) > 0.935);
        CHECK(coverage(9, 12, 2, 0, 1) > 0.94);
    }
}

TEST_CASE("the interval of the simulation error holds the mean over all draws as often as it says",
          "[decide][coverage]") {
    constexpr int trials = 4000;
    int held = 0;
    for (std::uint64_t trial = 0; trial < trials; ++trial) {
        Outcomes o;
        for (std::uint32_t i = 0; i < 10; ++i)
            o.push_back({static_cast<int>(i), static_cast<int>(i) + 1, 0.0,
                         3 + normal(21, trial, 2 * i) + normal(21, trial, 2 * i + 1)});
        const Range r = difference(o).simulation;
        held += r.low <= 3 && 3 <= r.high;
    }
    CHECK(static_cast<double>(held) / trials == Approx(0.95).margin(0.010));
}

TEST_CASE("more futures make the simulation error small and leave the uncertainty", "[decide][coverage]") {
    const auto ranges = [](int n) {
        Outcomes o;
        for (int i = 0; i < n; ++i)
            o.push_back({i, i + 1, 0.0, normal(31, 5, static_cast<std::uint32_t>(i))});
        return difference(o);
    };
    const Difference few = ranges(20), many = ranges(2000);
    CHECK(many.simulation.high - many.simulation.low < 0.2 * (few.simulation.high - few.simulation.low));
    CHECK(many.uncertainty.high - many.uncertainty.low > 3.5);  // 2 x 1.96
    CHECK(many.uncertainty.high - many.uncertainty.low < 4.4);
}
