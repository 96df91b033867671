#include "tresse/measure/equity.hpp"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

using namespace tresse::measure;

namespace {
using Groups = std::vector<RankedGroup>;
const Groups two{{10, 1.0}, {10, 3.0}};
const Groups equal{{10, 2.0}, {30, 2.0}, {5, 2.0}};
}  // namespace

TEST_CASE("the concentration index of two groups is the one done by hand", "[measure][equity]") {
    // shares 1/2, ranks 1/4 and 3/4, mean 2: 2/2 (1/2 x 1 x 1/4 + 1/2 x 3 x 3/4) - 1 = 1.25 - 1
    CHECK(concentration_index(two).value() == Approx(0.25));
    // all of it with the poorest of four equal groups: 2 x 1/8 - 1
    CHECK(concentration_index(Groups{{1, 4.0}, {1, 0.0}, {1, 0.0}, {1, 0.0}}).value() == Approx(-0.75));
}

TEST_CASE("indices are zero when all have the same", "[measure][equity]") {
    CHECK(concentration_index(equal).value() == Approx(0).margin(1e-15));
    CHECK(wagstaff_index(equal, 0, 10).value() == Approx(0).margin(1e-15));
    CHECK(erreygers_index(equal, 0, 10).value() == Approx(0).margin(1e-15));
    CHECK(slope_index(equal).value() == Approx(0).margin(1e-15));
    CHECK(atkinson_index(equal, 1).value() == Approx(0).margin(1e-15));
    CHECK(first_minus_last(equal).value() == 0);
}

TEST_CASE("Wagstaff's and Erreygers's corrections are those done by hand", "[measure][equity]") {
    // mean 2 in [0, 4], C = 0.25: 0.25 x 2 x 4 / (2 x 2) = 0.5; 0.25 x 4 x 2 / 4 = 0.5
    CHECK(wagstaff_index(two, 0, 4).value() == Approx(0.5));
    CHECK(erreygers_index(two, 0, 4).value() == Approx(0.5));
    // a binary score that the whole richer half has and the poorer has not: Wagstaff reaches 1, and Erreygers at one half too
    const Groups half{{1, 0.0}, {1, 1.0}};
    CHECK(wagstaff_index(half, 0, 1).value() == Approx(1.0));
    CHECK(erreygers_index(half, 0, 1).value() == Approx(1.0));
}

TEST_CASE("Erreygers's index of having and of lacking are mirrors", "[measure][equity]") {
    const Groups have{{2, 0.1}, {3, 0.4}, {5, 0.6}}, lack{{2, 0.9}, {3, 0.6}, {5, 0.4}};
    CHECK(erreygers_index(have, 0, 1).value() == Approx(-erreygers_index(lack, 0, 1).value()));
    CHECK(wagstaff_index(have, 0, 1).value() == Approx(-wagstaff_index(lack, 0, 1).value()));
}

TEST_CASE("the slope index is the line through the ranks", "[measure][equity]") {
    // ranks 1/4 and 3/4, means 1 and 3: slope (3 - 1) / 0.5 = 4, relative to the mean 2
    CHECK(slope_index(two).value() == Approx(4));
    CHECK(relative_index(two).value() == Approx(2));
    // means exactly on the line 10 - 6 R with unequal groups: shares .2 .3 .5, ranks .1 .35 .75
    const Groups line{{2, 9.4}, {3, 7.9}, {5, 5.5}};
    CHECK(slope_index(line).value() == Approx(-6));
}

TEST_CASE("Atkinson's index and the equally-distributed equivalent are those done by hand", "[measure][equity]") {
    // aversion 1: geometric mean sqrt(3) against 2; aversion 2: harmonic mean 1.5 against 2; aversion 0: no loss
    CHECK(atkinson_index(two, 1).value() == Approx(1 - std::sqrt(3.0) / 2));
    CHECK(atkinson_index(two, 2).value() == Approx(0.25));
    CHECK(atkinson_index(two, 0).value() == Approx(0).margin(1e-15));
    CHECK(equally_distributed(two, 2).value() == Approx(1.5));
}

TEST_CASE("groups without persons do not count, and a mean that is not known makes the index missing",
          "[measure][equity]") {
    const Groups with_empty{{10, 1.0}, {0, {}}, {10, 3.0}};
    CHECK(concentration_index(with_empty).value() == Approx(0.25));
    const Groups unknown{{10, 1.0}, {10, {}}};
    CHECK_FALSE(concentration_index(unknown));
    CHECK_FALSE(slope_index(unknown));
    CHECK_FALSE(first_minus_last(unknown));
    CHECK_FALSE(overall_mean(Groups{}));
    CHECK_FALSE(concentration_index(Groups{{1, 0.0}, {1, 0.0}}));  // no mean to relate to
    CHECK_FALSE(atkinson_index(Groups{{1, 0.0}, {1, 2.0}}, 1));
    CHECK_FALSE(slope_index(Groups{{1, 2.0}}));
}

TEST_CASE("the size of all groups together does not matter to an index", "[measure][equity]") {
    Groups a{{2, 0.1}, {3, 0.4}, {5, 0.6}}, b = a;
    for (auto& g : b)
        g.persons *= 1000;
    CHECK(concentration_index(a).value() == Approx(concentration_index(b).value()).epsilon(1e-12));
    CHECK(slope_index(a).value() == Approx(slope_index(b).value()).epsilon(1e-12));
}
