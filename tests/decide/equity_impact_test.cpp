#include "tresse/decide/equity_impact.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace tresse::decide;

namespace {

std::vector<Group> fifths(std::vector<double> gain) {
    // five groups of 1,000 with 62, 65, 68, 70, 72 quality-adjusted years
    std::vector<Group> out;
    const double health[] = {62, 65, 68, 70, 72};
    for (std::size_t i = 0; i < 5; ++i)
        out.push_back({1000, health[i], gain[i]});
    return out;
}

}  // namespace

TEST_CASE("without aversion the equal equivalent is the mean, with much of it the worst off", "[decide][equity]") {
    const auto g = fifths({0, 0, 0, 0, 0});
    CHECK(*equal_equivalent(g, 0, Aversion::relative, false) == Approx(67.4));
    CHECK(*equal_equivalent(g, 0, Aversion::absolute, false) == Approx(67.4));
    CHECK(*equal_equivalent(g, 500, Aversion::relative, false) == Approx(62).epsilon(0.005));
    CHECK(*equal_equivalent(g, 50, Aversion::absolute, false) == Approx(62).epsilon(0.002));
}

TEST_CASE("the equal equivalent of two persons with 40 and 80 years is done by hand", "[decide][equity]") {
    // Atkinson at 1: sqrt(40 x 80) = 56.569; at 2: 2 / (1/40 + 1/80) = 53.333; Kolm at 0.1: -10 ln((e^-4 + e^-8) / 2)
    const std::vector<Group> g = {{1, 40, 0}, {1, 80, 0}};
    CHECK(*equal_equivalent(g, 1, Aversion::relative, false) == Approx(std::sqrt(3200.0)));
    CHECK(*equal_equivalent(g, 2, Aversion::relative, false) == Approx(160.0 / 3));
    CHECK(*equal_equivalent(g, 0.1, Aversion::absolute, false) == Approx(-10 * std::log((std::exp(-4.0) + std::exp(-8.0)) / 2)));
}

TEST_CASE("what a plan costs is taken from all groups, and total health adds up", "[decide][equity][laws]") {
    // gains 10 years in the poorest fifth of 1,000; costs 400,000 at 40,000 a year: 10 years forgone, 2 in each fifth
    auto g = fifths({0.01, 0, 0, 0, 0});
    const auto net = after_forgone(g, 400000, 40000);
    CHECK(net[0].gain == Approx(0.008));
    CHECK(net[4].gain == Approx(-0.002));
    double sum = 0;
    for (const Group& one : net)
        sum += one.gain * one.persons;
    CHECK(sum == Approx(0).margin(1e-9));
    const double poor_bear_all[] = {1, 0, 0, 0, 0};
    CHECK(after_forgone(g, 400000, 40000, poor_bear_all)[0].gain == Approx(0).margin(1e-12));
}

TEST_CASE("a gain for the poorest counts as equity, the same gain for the richest against it", "[decide][equity]") {
    const Impact poor = impact(fifths({1, 0, 0, 0, 0}), 5, Aversion::relative), rich = impact(fifths({0, 0, 0, 0, 1}), 5, Aversion::relative);
    CHECK(poor.mean == Approx(0.2));
    CHECK(rich.mean == Approx(0.2));
    CHECK(poor.equity > 0);
    CHECK(rich.equity < 0);
    CHECK(poor.slope > 0);
    CHECK(rich.slope < 0);
    const Impact all = impact(fifths({0, 0, 0, 0, 0}), 5, Aversion::relative);
    CHECK(all.mean == 0);
    CHECK(all.equity == Approx(0).margin(1e-12));
}

TEST_CASE("a smaller gain for the poor overtakes a larger one for the rich at the aversion where both are worth the same", "[decide][equity]") {
    const auto rich = fifths({0, 0, 0, 0, 1.2}), poor = fifths({1.0, 0, 0, 0, 0});
    const auto flip = flip_aversion(rich, poor, 20, Aversion::relative);
    REQUIRE(flip);
    CHECK(*flip > 0);
    CHECK(*flip < 20);
    CHECK(*equal_equivalent(rich, *flip, Aversion::relative, true) == Approx(*equal_equivalent(poor, *flip, Aversion::relative, true)).epsilon(1e-9));
    CHECK_FALSE(flip_aversion(poor, fifths({0, 0, 0, 0, 0.5}), 20, Aversion::relative));
}

TEST_CASE("persons win or lose money from a size on, and the shares add to one", "[decide][equity]") {
    const double more[] = {-30, -25, -24, 0, 10, 25, 100, 0};
    const WinLose w = winners_and_losers(more, 25);
    CHECK(w.persons == 8);
    CHECK(w.win == Approx(0.25));
    CHECK(w.lose == Approx(0.25));
    CHECK(w.same == Approx(0.5));
    CHECK(w.won == Approx(27.5));
    CHECK(w.lost == Approx(62.5));
    CHECK(winners_and_losers({}, 25).persons == 0);
}
