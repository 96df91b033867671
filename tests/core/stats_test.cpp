#include "tresse/core/stats.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"

using namespace tresse;

namespace {
using Values = std::vector<double>;
using Pairs = std::vector<std::pair<double, double>>;
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
}  // namespace

TEST_CASE("a summary is the one done by hand", "[core][stats]") {
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 9+1+1+1+0+0+4+16 = 32, over 7.
    const Summary s = summary(Values{2, 4, 4, 4, 5, 5, 7, 9});
    CHECK(s.count == 8);
    CHECK(s.mean == 5.0);
    CHECK(s.variance == Approx(32.0 / 7).epsilon(1e-15));
    CHECK(s.low == 2.0);
    CHECK(s.high == 9.0);
}

TEST_CASE("an empty sample is missing, and one value has no spread", "[core][stats]") {
    CHECK_FALSE(summary(Values{}).defined());
    const Summary one = summary(Values{-3});
    CHECK(one.defined());
    CHECK(one.mean == -3.0);
    CHECK(one.variance == 0.0);
    CHECK(one.high == -3.0);
}

TEST_CASE("the variance survives a large mean", "[core][stats]") {
    CHECK(summary(Values{1e9 + 1, 1e9 + 2, 1e9 + 3}).variance == Approx(1.0).epsilon(1e-12));
    CHECK(summary(Values{0.1, 0.1, 0.1}).variance == 0.0);
}

TEST_CASE("the interval of a mean is Student's", "[core][stats]") {
    // 1, 2, 3: mean 2, deviation 1, t(2) = 4.30265 (printed tables), reach 4.30265 / sqrt 3 = 2.48414.
    const Range r = mean_interval(Values{1, 2, 3}, 0.95);
    CHECK(r.middle == 2.0);
    CHECK(r.low == Approx(2 - 2.48414).epsilon(1e-5));
    CHECK(r.high == Approx(2 + 2.48414).epsilon(1e-5));
    const Range narrower = mean_interval(Values{1, 2, 3}, 0.8);
    CHECK(narrower.low > r.low);
    CHECK(narrower.high < r.high);
    CHECK_THROWS_AS(mean_interval(Values{1, 2, 3}, 1.0), BrokenRule);
}

TEST_CASE("fewer than two values know nothing about their mean", "[core][stats]") {
    const Range one = mean_interval(Values{7}, 0.95);
    CHECK(one.middle == 7.0);
    CHECK(one.low == -infinity);
    CHECK(one.high == infinity);
    CHECK(std::isnan(mean_interval(Values{}, 0.95).middle));
}

TEST_CASE("sample quantiles are those of type 7", "[core][stats]") {
    // By hand: position 3 p in 1, 2, 4, 8, on the line between neighbours; 0.9 is at 2.7, so 4 + 0.7 * 4.
    const Values values = {8, 1, 4, 2};
    CHECK(quantile(values, 0) == 1.0);
    CHECK(quantile(values, 0.25) == 1.75);
    CHECK(quantile(values, 0.5) == 3.0);
    CHECK(quantile(values, 0.9) == Approx(6.8).epsilon(1e-14));
    CHECK(quantile(values, 1) == 8.0);
    CHECK(quantile({5}, 0.3) == 5.0);
    CHECK(quantile({infinity, infinity, 1}, 0.75) == infinity);
    CHECK_THROWS_AS(quantile({}, 0.5), BrokenRule);
    CHECK_THROWS_AS(quantile({1, nan_value}, 0.5), BrokenRule);
    CHECK_THROWS_AS(quantile({1}, 1.1), BrokenRule);
}

TEST_CASE("a weighted quantile is the first value at which the share of weight is reached", "[core][stats]") {
    const Pairs pairs = {{30, 1}, {10, 2}, {20, 1}};
    CHECK(weighted_quantile(pairs, 0) == 10.0);
    CHECK(weighted_quantile(pairs, 0.5) == 10.0);
    CHECK(weighted_quantile(pairs, 0.51) == 20.0);
    CHECK(weighted_quantile(pairs, 0.75) == 20.0);
    CHECK(weighted_quantile(pairs, 0.76) == 30.0);
    CHECK(weighted_quantile(pairs, 1) == 30.0);
}

TEST_CASE("a value without weight counts for nothing in a weighted quantile", "[core][stats]") {
    CHECK(weighted_quantile({{-5, 0}, {1, 1}, {99, 0}}, 0) == 1.0);
    CHECK(weighted_quantile({{-5, 0}, {1, 1}, {99, 0}}, 1) == 1.0);
    CHECK_THROWS_AS(weighted_quantile({{1, 0}}, 0.5), BrokenRule);
    CHECK_THROWS_AS(weighted_quantile({{1, -1}, {2, 5}}, 0.5), BrokenRule);
    CHECK_THROWS_AS(weighted_quantile({{nan_value, 1}}, 0.5), BrokenRule);
    CHECK_THROWS_AS(weighted_quantile({}, 0.5), BrokenRule);
}

TEST_CASE("a correlation is one on a line, minus one on a falling line, and the hand's value between",
          "[core][stats]") {
    CHECK(correlation(Values{1, 2, 3}, Values{10, 20, 30}) == Approx(1.0).epsilon(1e-15));
    CHECK(correlation(Values{1, 2, 3}, Values{5, 4, 3}) == Approx(-1.0).epsilon(1e-15));
    // x = 1 2 3, y = 1 3 2: products 1, squares 2 and 2.
    CHECK(correlation(Values{1, 2, 3}, Values{1, 3, 2}) == Approx(0.5).epsilon(1e-15));
}

TEST_CASE("a correlation without pairs or without variance is missing", "[core][stats]") {
    CHECK(std::isnan(correlation(Values{}, Values{})));
    CHECK(std::isnan(correlation(Values{1}, Values{1})));
    CHECK(std::isnan(correlation(Values{0.1, 0.1, 0.1}, Values{1, 2, 3})));
    CHECK(std::isnan(correlation(Values{1, 2, 3}, Values{0.1, 0.1, 0.1})));
    CHECK_THROWS_AS(correlation(Values{1, 2}, Values{1}), BrokenRule);
}
