#include "tresse/decide/economics.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "tresse/core/draw.hpp"
#include "tresse/core/math.hpp"

using namespace tresse;
using namespace tresse::decide;

TEST_CASE("a published HIV screening frontier is found: one strategy dominated, ratios 37,500, 58,286 and 100,800", "[decide][economics]") {
    // Paltiel et al., New England Journal of Medicine 2005 (expanded HIV screening), the table that the package dampack works out in
    // its guide: costs and quality-adjusted months of no screening, once, every five years, every three years, every year
    const std::vector<CostEffect> arms = {{26000, 277.25 / 12}, {27000, 277.57 / 12}, {28020, 277.78 / 12}, {28440, 277.83 / 12}, {29440, 277.76 / 12}};
    const auto f = frontier(arms);
    REQUIRE(f.size() == 5);
    CHECK_FALSE(f[0].icer);
    CHECK(*f[1].icer == Approx(37500).epsilon(1e-4));
    CHECK(*f[2].icer == Approx(58285.7).epsilon(1e-4));
    CHECK(*f[3].icer == Approx(100800).epsilon(1e-4));
    CHECK(f[4].arm == 4);
    CHECK(f[4].place == Place::dominated);
}

TEST_CASE("a mix of two others rules out an arm between them, and ratios on the frontier rise", "[decide][economics]") {
    // by hand: the middle arm costs 100 for its first year, the last one 60 a year on the whole way
    const std::vector<CostEffect> arms = {{0, 0}, {100, 1}, {120, 2}, {400, 3}};
    const auto f = frontier(arms);
    CHECK(f[1].place == Place::extended_dominated);
    CHECK(*f[2].icer == Approx(60));
    CHECK(*f[3].icer == Approx(280));
    // the order in which arms are given does not matter
    const std::vector<CostEffect> other = {{400, 3}, {120, 2}, {0, 0}, {100, 1}};
    const auto g = frontier(other);
    CHECK(g[0].arm == 2);
    CHECK(g[1].place == Place::extended_dominated);
}

TEST_CASE("the published example of perfect information about stroke prevention is reproduced", "[decide][economics]") {
    // Journal of the American Heart Association 2014, PMC4323782, table 1: ten iterations of warfarin and an occlusion device at
    // 100,000 dollars a QALY; net benefits as printed; expected 443,750.50 for the device, 446,688.00 with perfect information
    const double warfarin[] = {438601.6, 437745.5, 433453.8, 435035, 437617.4, 435430.2, 434030.5, 433893.7, 435033.6, 437555.7};
    const double device[] = {419543.2, 463363.4, 467280, 440207.7, 449992.3, 445595.7, 424200.5, 435406.7, 434547.6, 457368.1};
    Draws draws;
    for (int i = 0; i < 10; ++i)
        draws.push_back({{-warfarin[i], 0}, {-device[i], 0}});
    const double at[] = {100000};
    const auto rows = acceptability(draws, at);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].best == 1);
    CHECK(rows[0].benefit[1].middle == Approx(443750.5).epsilon(1e-6));
    CHECK(rows[0].perfect == Approx(446688.00 - 443750.5).epsilon(1e-4));
    CHECK(rows[0].share[0] == Approx(0.3));  // iterations 1, 7 and 9
    CHECK(rows[0].share[1] == Approx(0.7));
}

TEST_CASE("a lecture's pay-off table gives 1030 with and 680 without perfect information", "[decide][economics]") {
    // three options, three states with 50, 30 and 20 %: a worked example of decision analysis (expected value tables), done again by hand
    const double pay[3][3] = {{1500, 300, -800}, {900, 600, -200}, {500, 500, 500}};
    Draws draws;
    for (const auto& [state, times] : {std::pair{0, 5}, {1, 3}, {2, 2}})
        for (int k = 0; k < times; ++k)
            draws.push_back({{-pay[0][state], 0}, {-pay[1][state], 0}, {-pay[2][state], 0}});
    const double zero[] = {0};
    const auto rows = acceptability(draws, zero);
    CHECK(rows[0].benefit[rows[0].best].middle == Approx(680));
    CHECK(rows[0].perfect == Approx(350));
}

TEST_CASE("present values discount from the second year on", "[decide][economics]") {
    const double ten[] = {10, 10, 10};
    CHECK(present_value(ten, 0) == 30);
    CHECK(present_value(ten, 0.03) == Approx(10 + 10 / 1.03 + 10 / 1.0609));
    // an annuity of 1 over 30 years from today at 1.5 %: (1 - 1.015^-30) / 0.015 x 1.015 by the textbook
    const std::vector<double> ones(30, 1.0);
    CHECK(present_value(ones, 0.015) == Approx((1 - std::pow(1.015, -30)) / 0.015 * 1.015));
}

TEST_CASE("the Belgian reference case comes first, then its three scenarios", "[decide][economics]") {
    // KCE guidelines for economic evaluations: 3 % on costs and 1.5 % on effects; scenarios 0/0, 3/3, 5/5
    CHECK(kce_rates[0].cost == 0.03);
    CHECK(kce_rates[0].health == 0.015);
    CHECK(kce_rates[1].cost == 0);
    CHECK(kce_rates[2].health == 0.03);
    CHECK(kce_rates[3].health == 0.05);
}

TEST_CASE("shares of the acceptability curve add to one and equal arms share evenly", "[decide][economics][laws]") {
    Draws draws(7, {{0, 0}, {0, 0}, {100, 0.5}});
    const double at[] = {0, 200, 1000};
    for (const auto& row : acceptability(draws, at)) {
        double sum = 0;
        for (const double s : row.share)
            sum += s;
        CHECK(sum == Approx(1));
        CHECK(row.perfect == Approx(0).margin(1e-9));
    }
    CHECK(acceptability(draws, at)[0].share[0] == Approx(0.5));
    CHECK(acceptability(draws, at)[2].share[2] == Approx(1));
}

namespace {

/// Standard normal numbers by key.
double normal(std::uint64_t seed, int i, int word) {
    return normal_quantile(unit_open(draw(seed, 99, static_cast<std::uint32_t>(i), Purpose::parameter).word[word]));
}

}  // namespace

TEST_CASE("the value of knowing one of two normal numbers agrees with the unit normal loss", "[decide][economics]") {
    // Raiffa and Schlaifer 1961: with benefit b = m + s z and the choice b or 0, perfect information on z is worth
    // s (phi(u) - u (1 - Phi(u))), u = |m| / s. Here m = 10, and z has s = 40, noise of 30 stands beside it.
    const int n = 4096;
    const double m = 10, s = 40;
    std::vector<std::vector<double>> benefit;
    std::vector<double> input, nothing;
    for (int i = 0; i < n; ++i) {
        const double z = normal(5, i, 0);
        benefit.push_back({0, m + s * z + 30 * normal(5, i, 1)});
        input.push_back(normal_cdf(z));
        nothing.push_back(normal_cdf(normal(5, i, 2)));
    }
    const double u = m / s, phi = std::exp(-u * u / 2) / std::sqrt(2 * std::acos(-1.0));
    const double expected = s * (phi - u * (1 - normal_cdf(u)));
    const auto known = partial_information(benefit, input, 1), useless = partial_information(benefit, nothing, 1);
    REQUIRE(known);
    CHECK(known->value == Approx(expected).epsilon(0.06));
    CHECK(known->clear());
    CHECK_FALSE(useless->value > known->value / 10);
    CHECK_FALSE(partial_information({{0, 1}, {0, 2}}, std::vector<double>{0.2, 0.6}, 1));
}

TEST_CASE("chance is taken out of repeated draws, so that perfect information does not know the dice", "[decide][economics]") {
    // parameters with SD 3, chance with SD 6, two futures a draw: the spread of means is 5.2, that of expectations 3
    std::vector<std::vector<double>> values, dice;
    for (int i = 0; i < 4000; ++i) {
        const double mean = 3 * normal(8, i, 0);
        values.push_back({mean + 6 * normal(8, i, 1), mean + 6 * normal(8, i, 2)});
        dice.push_back({normal(9, i, 0), normal(9, i, 1)});
    }
    const Expected e = expected_by_draw(values);
    CHECK(e.separated);
    CHECK(std::sqrt(summary(e.by_draw).variance) == Approx(3).epsilon(0.06));
    CHECK(expected_by_draw(dice).factor < 0.2);
    CHECK_FALSE(expected_by_draw({{1}, {2}, {3}}).separated);
    CHECK(expected_by_draw({{1}, {2}, {3}}).by_draw == std::vector<double>{1, 2, 3});
}
