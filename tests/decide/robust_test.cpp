#include "tresse/decide/robust.hpp"

#include <catch2/catch.hpp>

#include "tresse/core/math.hpp"
#include "tresse/experiment/design.hpp"

using namespace tresse;
using namespace tresse::decide;

TEST_CASE("regret is measured against the best of the same future", "[decide][robust]") {
    // by hand: best 10, 6, 8; arm 0 regrets 0, 4, 3; arm 1 5, 0, 0; arm 2 2, 1, 2
    const RegretTable t = regret({{10, 5, 8}, {2, 6, 5}, {5, 8, 6}});
    CHECK(t.arms[0].worst == 4);
    CHECK(t.arms[1].worst == 5);
    CHECK(t.arms[2].worst == 2);
    CHECK(t.least_worst == 2);
    CHECK(t.arms[2].best_share == 0);
    CHECK(t.arms[1].best_share == Approx(2.0 / 3));
    CHECK(t.arms[0].mean == Approx(7.0 / 3));
}

TEST_CASE("a box that was hidden in the futures is found again, and only its two inputs are named", "[decide][robust]") {
    // the plan fails when input 1 exceeds 0.6 and input 3 stays under 0.3: 12 % of 1,024 futures of six inputs
    const auto points = experiment::sobol_points(6, 1024, 2);
    std::vector<std::uint8_t> fails;
    for (const auto& p : points)
        fails.push_back(p[1] > 0.6 && p[3] < 0.3);
    const auto box = prim(points, fails);
    REQUIRE(box);
    CHECK(box->coverage > 0.9);
    CHECK(box->density > 0.9);
    REQUIRE(box->borders.size() == 2);
    for (const BoxBorder& b : box->borders) {
        if (b.input == 1) {
            CHECK_FALSE(b.is_upper);
            CHECK(b.value == Approx(0.6).margin(0.05));
        } else {
            CHECK(b.input == 3);
            CHECK(b.is_upper);
            CHECK(b.value == Approx(0.3).margin(0.05));
        }
        CHECK(b.chance < 0.01);
    }
}

TEST_CASE("where failures have nothing in common no box is named", "[decide][robust]") {
    const auto points = experiment::sobol_points(4, 256, 2);
    std::vector<std::uint8_t> all(points.size(), 1), none(points.size(), 0), few(30, 1);
    CHECK_FALSE(prim(points, all));
    CHECK_FALSE(prim(points, none));
    CHECK_FALSE(prim(experiment::Points(points.begin(), points.begin() + 30), few));
}

TEST_CASE("the best set of parts under a budget costs no more than it", "[decide][robust]") {
    const Portfolio all[] = {{0, 0, 0}, {1, 4, 3}, {2, 6, 5}, {3, 10, 9}, {4, 6, 5}};
    CHECK(best_under(all, 10)->parts == 3);
    CHECK(best_under(all, 9)->worth == 5);
    CHECK(best_under(all, 9)->parts == 2);
    CHECK(best_under(all, 1)->parts == 0);
    CHECK_FALSE(best_under(all, -1));
}

TEST_CASE("what must be true to break even is where the line through the futures crosses zero", "[decide][robust]") {
    // result = 2 z - 1.5 in the normal score z of the input: zero at z = 0.75
    std::vector<double> input, result, flat, always;
    for (const auto& p : experiment::sobol_points(2, 256, 7)) {
        const double z = normal_quantile(p[0]), e = normal_quantile(p[1]);
        input.push_back(p[0]);
        result.push_back(2 * z - 1.5 + 0.5 * e);
        flat.push_back(-1 + e);
        always.push_back(0.1 * z - 5 + 0.01 * e);
    }
    const auto n = needed_for_zero(input, result);
    REQUIRE(n);
    CHECK(n->at_least);
    CHECK(normal_quantile(n->quantile) == Approx(0.75).margin(0.06));
    CHECK_FALSE(needed_for_zero(input, flat));    // the slope could be chance
    CHECK_FALSE(needed_for_zero(input, always));  // zero lies far outside what the input may be
}
