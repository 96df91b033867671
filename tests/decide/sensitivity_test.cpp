#include "tresse/decide/sensitivity.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "tresse/experiment/design.hpp"

using namespace tresse;
using namespace tresse::decide;

namespace {

const double pi = std::acos(-1.0);

/// Ishigami and Homma 1990 with a = 7, b = 0.1; inputs uniform on [-pi, pi].
double ishigami(const std::vector<double>& u) {
    const auto x = [&](std::size_t i) { return -pi + 2 * pi * u[i]; };
    return std::sin(x(0)) + 7 * std::sin(x(1)) * std::sin(x(1)) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

/// The g-function of Sobol' with a = 0, 1, 4.5, 9.
const double g_a[] = {0, 1, 4.5, 9};
double g_function(const std::vector<double>& u) {
    double y = 1;
    for (std::size_t i = 0; i < 4; ++i)
        y *= (std::fabs(4 * u[i] - 2) + g_a[i]) / (1 + g_a[i]);
    return y;
}

std::vector<double> results_of(const experiment::Points& points, auto&& f) {
    std::vector<double> out;
    for (const auto& p : points)
        out.push_back(f(p));
    return out;
}

}  // namespace

TEST_CASE("Sobol' indices of the Ishigami function are those of its closed form", "[decide][sensitivity]") {
    // V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2; V1 = (1 + b pi^4/5)^2 / 2; V2 = a^2/8; V13 = b^2 pi^8 8/225
    const double a = 7, b = 0.1, p4 = std::pow(pi, 4), p8 = p4 * p4;
    const double v = a * a / 8 + b * p4 / 5 + b * b * p8 / 18 + 0.5, v1 = std::pow(1 + b * p4 / 5, 2) / 2, v2 = a * a / 8, v13 = b * b * p8 * 8 / 225;
    const auto points = experiment::saltelli_points(3, 4096, 1);
    const auto s = sobol(3, results_of(points, ishigami), 1);
    REQUIRE(s.size() == 3);
    CHECK(s[0].first.middle == Approx(v1 / v).margin(0.02));       // 0.3139
    CHECK(s[1].first.middle == Approx(v2 / v).margin(0.02));       // 0.4424
    CHECK(s[2].first.middle == Approx(0).margin(0.02));
    CHECK(s[0].total.middle == Approx((v1 + v13) / v).margin(0.02));  // 0.5576
    CHECK(s[1].total.middle == Approx(v2 / v).margin(0.02));
    CHECK(s[2].total.middle == Approx(v13 / v).margin(0.02));      // 0.2437
    for (const SobolIndex& one : s) {
        CHECK(one.enough == Enough::yes);
        CHECK(one.first.low <= one.first.middle);
        CHECK(one.total.high >= one.total.middle);
    }
    CHECK(s[0].first.low < v1 / v);
    CHECK(s[0].first.high > v1 / v);
}

TEST_CASE("Sobol' indices of the g-function are those of its closed form", "[decide][sensitivity]") {
    // Saltelli and Sobol' 1995: V_i = 1 / (3 (1 + a_i)^2), V = prod(1 + V_i) - 1, total V_Ti = V_i prod_{j != i}(1 + V_j)
    double product = 1, vi[4];
    for (int i = 0; i < 4; ++i)
        product *= 1 + (vi[i] = 1 / (3 * (1 + g_a[i]) * (1 + g_a[i])));
    const auto s = sobol(4, results_of(experiment::saltelli_points(4, 4096, 3), g_function), 3);
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(s[i].first.middle == Approx(vi[i] / (product - 1)).margin(0.02));
        CHECK(s[i].total.middle == Approx(vi[i] * product / (1 + vi[i]) / (product - 1)).margin(0.02));
    }
}

TEST_CASE("with few runs an index says that it has too few", "[decide][sensitivity]") {
    const auto s = sobol(3, results_of(experiment::saltelli_points(3, 16, 1), ishigami), 1);
    CHECK(s[0].enough == Enough::too_few);
    CHECK(std::string(enough_word(Enough::too_few)).find("too few") == 0);
    const auto m = morris(experiment::morris_points(3, 4, 1), results_of(experiment::morris_points(3, 4, 1), ishigami), experiment::morris_step, 1);
    CHECK(m[0].enough == Enough::too_few);
    CHECK(sobol(2, std::vector<double>(8, 3.0), 1).empty());
}

TEST_CASE("Morris finds slopes of a plane exactly and a product as interaction", "[decide][sensitivity]") {
    const auto points = experiment::morris_points(4, 12, 5);
    REQUIRE(points.size() == 12 * 5);
    const auto plane = morris(points, results_of(points, [](const auto& u) { return 3 * u[0] - 2 * u[1] + 0 * u[2]; }), experiment::morris_step, 1);
    CHECK(plane[0].mean == Approx(3));
    CHECK(plane[1].mean == Approx(-2));
    CHECK(plane[1].mean_size == Approx(2));
    CHECK(plane[2].mean_size == Approx(0).margin(1e-12));
    CHECK(plane[0].spread == Approx(0).margin(1e-9));
    CHECK(plane[0].enough == Enough::yes);
    const auto product = morris(points, results_of(points, [](const auto& u) { return u[0] * u[3]; }), experiment::morris_step, 1);
    CHECK(product[0].spread > 0.1);
}

TEST_CASE("Morris orders the inputs of the g-function by their numbers a", "[decide][sensitivity]") {
    const auto points = experiment::morris_points(4, 60, 11);
    const auto m = morris(points, results_of(points, g_function), experiment::morris_step, 2);
    CHECK(m[0].mean_size > m[1].mean_size);
    CHECK(m[1].mean_size > m[2].mean_size);
    CHECK(m[2].mean_size > m[3].mean_size);
}

TEST_CASE("a tornado stands the widest bar first and marks what chance could do", "[decide][sensitivity]") {
    // centre, then low and high of three inputs, two futures each
    const std::vector<std::vector<double>> r = {{10, 10}, {9, 9}, {11, 11}, {5, 7}, {13, 15}, {10, 4}, {10.1, 16.3}};
    const Tornado t = tornado(r);
    REQUIRE(t.bars.size() == 3);
    CHECK(t.centre == 10);
    CHECK(t.bars[0].input == 1);
    CHECK(t.bars[0].swing() == Approx(8));
    CHECK(t.bars[0].clear());
    CHECK(t.bars[1].input == 2);
    CHECK_FALSE(t.bars[1].clear());  // gaps of 0.1 and 12.3
    CHECK(t.bars[2].input == 0);
}

TEST_CASE("rank correlations see a curve and know what chance gives", "[decide][sensitivity]") {
    const auto points = experiment::sobol_points(5, 256, 4);
    const auto y = results_of(points, [](const auto& u) { return std::exp(5 * u[2]); });
    const auto c = rank_correlations(points, y);
    CHECK(c[0].input == 2);
    CHECK(c[0].value == Approx(1));
    CHECK(std::fabs(c[1].value) < correlation_by_chance(5, 256));
    CHECK(correlation_by_chance(1000, 256) > correlation_by_chance(5, 256));
}
