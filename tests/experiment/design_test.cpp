#include "tresse/experiment/design.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <catch2/catch.hpp>

#include "tresse/core/math.hpp"
#include "tresse/core/stats.hpp"

using namespace tresse;
using namespace tresse::experiment;

TEST_CASE("a power of two of Sobol' points has one in each equal part of every number", "[experiment][design][laws]") {
    const Points p = sobol_points(40, 64, 5);
    REQUIRE(p.size() == 64);
    for (std::size_t j = 0; j < 40; ++j) {
        std::set<int> parts;
        for (const auto& point : p) {
            CHECK(point[j] > 0);
            CHECK(point[j] < 1);
            parts.insert(static_cast<int>(point[j] * 64));
        }
        CHECK(parts.size() == 64);
    }
}

TEST_CASE("points are the same for the same seed, begin the same when there are more of them, and differ by seed", "[experiment][design]") {
    const Points a = sobol_points(10, 16, 1), b = sobol_points(10, 32, 1), c = sobol_points(10, 16, 2);
    CHECK(std::equal(a.begin(), a.end(), b.begin()));
    CHECK(a != c);
    CHECK(sobol_points(2000, 4, 1).front().size() == 2000);
}

TEST_CASE("Sobol' points find an integral faster than chance would", "[experiment][design]") {
    // the mean of the product of 2 u over five numbers is 1; 256 points of chance have a standard error of 0.11
    double sum = 0;
    for (const auto& p : sobol_points(5, 256, 9)) {
        double product = 1;
        for (const double u : p)
            product *= 2 * u;
        sum += product / 256;
    }
    CHECK(sum == Approx(1).margin(0.03));
}

TEST_CASE("correlated numbers have the rank correlation asked for and keep their own law", "[experiment][design]") {
    Points p = sobol_points(4, 2048, 3);
    const Points before = p;
    const Correlated group[] = {{{0, 2, 3}, 0.6}};
    correlate(p, group);
    const auto column = [&](const Points& q, std::size_t j) {
        std::vector<double> out;
        for (const auto& point : q)
            out.push_back(point[j]);
        return out;
    };
    // the correlation of uniform numbers is their rank correlation
    CHECK(correlation(column(p, 0), column(p, 2)) == Approx(0.6).margin(0.03));
    CHECK(correlation(column(p, 2), column(p, 3)) == Approx(0.6).margin(0.03));
    CHECK(std::fabs(correlation(column(p, 0), column(p, 1))) < 0.05);
    CHECK(column(p, 1) == column(before, 1));
    for (const std::size_t j : {0u, 2u, 3u}) {
        CHECK(quantile(column(p, j), 0.1) == Approx(0.1).margin(0.02));
        CHECK(quantile(column(p, j), 0.9) == Approx(0.9).margin(0.02));
    }
}

TEST_CASE("a trajectory of Morris moves every number once by the same step", "[experiment][design][laws]") {
    const Points p = morris_points(6, 5, 1);
    REQUIRE(p.size() == 5 * 7);
    for (std::size_t t = 0; t < 5; ++t) {
        std::set<std::size_t> moved;
        for (std::size_t i = 1; i < 7; ++i) {
            int changes = 0;
            for (std::size_t j = 0; j < 6; ++j)
                if (p[t * 7 + i][j] != p[t * 7 + i - 1][j]) {
                    ++changes;
                    moved.insert(j);
                    CHECK(std::fabs(p[t * 7 + i][j] - p[t * 7 + i - 1][j]) == Approx(morris_step));
                }
            CHECK(changes == 1);
        }
        CHECK(moved.size() == 6);
    }
}

TEST_CASE("Saltelli's points take one number of B into A at a time", "[experiment][design]") {
    const std::size_t k = 3, n = 8;
    const Points p = saltelli_points(k, n, 2);
    REQUIRE(p.size() == n * (k + 2));
    for (std::size_t j = 0; j < k; ++j)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t c = 0; c < k; ++c)
                CHECK(p[(2 + j) * n + i][c] == (c == j ? p[n + i][c] : p[i][c]));
}

TEST_CASE("one-way points leave all other numbers at their centre", "[experiment][design]") {
    const Points p = one_way_points(2);
    REQUIRE(p.size() == 5);
    CHECK(std::isnan(p[0][0]));
    CHECK(p[1][0] == 0.025);
    CHECK(std::isnan(p[1][1]));
    CHECK(p[4][1] == 0.975);
}
