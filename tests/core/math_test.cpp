#include "tresse/core/math.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"
#include "tresse/core/draw.hpp"
#include "tresse/core/hash.hpp"

using namespace tresse;

namespace {

/// A number in [low, high], spread evenly over many calls.
double spread(std::uint32_t i, std::uint32_t count, double low, double high) {
    return low + (high - low) * (i + 0.5) / count;
}

double relative_error(double found, long double wanted) {
    return static_cast<double>(std::fabs((static_cast<long double>(found) - wanted) / wanted));
}

void add_bits(Hasher& hasher, double x) {
    hasher.add(std::bit_cast<std::uint64_t>(x));
}

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("exp in floats is within four units in the last place", "[core][math]") {
    // Against expf's big sister in long double from the C library.
    constexpr std::uint32_t count = 400000;
    double worst = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto x = static_cast<float>(spread(i, count, -87, 87));
        const long double wanted = std::exp(static_cast<long double>(x));
        const auto near = static_cast<float>(wanted);
        const double unit_in_last_place =
            static_cast<double>(std::nextafterf(near, std::numeric_limits<float>::infinity())) -
            static_cast<double>(near);
        worst = std::max(worst, std::fabs(static_cast<double>(static_cast<long double>(exp_f(x)) - wanted)) /
                                    unit_in_last_place);
    }
    CHECK(worst < 4.0);
    CHECK(exp_f(0.0f) == 1.0f);
    CHECK(exp_f(1e30f) == exp_f(87.0f));
    CHECK(exp_f(-1e30f) == exp_f(-87.0f));
}

TEST_CASE("exponentials side by side have the bits of each alone", "[core][math]") {
    for (std::uint32_t first = 0; first < 4000; first += 16) {
        alignas(16) std::array<float, 16> x, four, sixteen;
        for (std::uint32_t k = 0; k < 16; ++k) x[k] = static_cast<float>(spread(first + k, 4000, -95, 95));
        exp_16(x.data(), sixteen.data());
        for (std::size_t k = 0; k < 16; k += 4) exp_4(x.data() + k, four.data() + k);
        for (std::size_t k = 0; k < 16; ++k) {
            REQUIRE(std::bit_cast<std::uint32_t>(sixteen[k]) == std::bit_cast<std::uint32_t>(exp_f(x[k])));
            REQUIRE(std::bit_cast<std::uint32_t>(four[k]) == std::bit_cast<std::uint32_t>(exp_f(x[k])));
        }
    }
}

TEST_CASE("exp, log and pow are within 4e-15 of the C library's long doubles", "[core][math]") {
    constexpr std::uint32_t count = 200000;
    double worst_exp = 0, worst_log = 0, worst_near_one = 0, worst_pow = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const double x = spread(i, count, -700, 700);
        worst_exp = std::max(worst_exp, relative_error(exp_d(x), std::exp(static_cast<long double>(x))));
        const double any = std::exp(spread(i, count, -708, 709));
        worst_log = std::max(worst_log, relative_error(log_d(any), std::log(static_cast<long double>(any))));
        const double near_one = spread(i, count, 0.6, 1.6);
        worst_near_one =
            std::max(worst_near_one, relative_error(log_d(near_one), std::log(static_cast<long double>(near_one))));
        const Block luck = draw(3, i, 0, Purpose::parameter);
        const double base = std::exp(spread(luck.word[0] >> 8, 1u << 24, -300, 300));
        const double power =
            spread(luck.word[1] >> 8, 1u << 24, -1, 1) * 690.0 / std::max(1.0, std::fabs(std::log(base)));
        worst_pow = std::max(worst_pow, relative_error(pow_d(base, power), std::pow(static_cast<long double>(base),
                                                                                    static_cast<long double>(power))));
    }
    CHECK(worst_exp < 4e-15);
    CHECK(worst_log < 4e-15);
    CHECK(worst_near_one < 4e-15);
    CHECK(worst_pow < 4e-15);
}

TEST_CASE("a power close to one with a large exponent keeps its digits", "[core][math]") {
    // A plain exp(y log x) would be wrong in the thirteenth digit here.
    CHECK(relative_error(pow_d(1.0000001, 6.5e9), std::pow(static_cast<long double>(1.0000001), 6.5e9L)) < 4e-15);
    CHECK(relative_error(pow_d(0.999, 600000), std::pow(static_cast<long double>(0.999), 600000.0L)) < 4e-15);
}

TEST_CASE("exp, log and pow are exact where their value is a plain number", "[core][math]") {
    CHECK(exp_d(0) == 1.0);
    CHECK(exp_d(-0.0) == 1.0);
    CHECK(log_d(1) == 0.0);
    CHECK(pow_d(3.7, 0) == 1.0);
    CHECK(pow_d(1, 1e300) == 1.0);
    CHECK(pow_d(1, -infinity) == 1.0);
    for (int k = -1000; k <= 1000; k += 125)
        CHECK(pow_d(2, k) == std::ldexp(1.0, k));
    CHECK(pow_d(10, 3) == Approx(1000).epsilon(1e-15));
    CHECK(pow_d(9, 0.5) == Approx(3).epsilon(1e-15));
}

TEST_CASE("arguments beyond the range are clamped, not overflowed", "[core][math]") {
    CHECK(exp_d(1e308) == exp_d(700));
    CHECK(exp_d(-infinity) == exp_d(-700));
    CHECK(exp_d(-700) > 0);
    CHECK(std::isfinite(exp_d(700)));
    CHECK(pow_d(1e300, 1e308) == exp_d(700));
    CHECK(pow_d(1e300, -1e308) == exp_d(-700));
    CHECK(pow_d(0.5, infinity) == exp_d(-700));
    CHECK(std::isnan(exp_d(nan_value)));
    CHECK(std::isnan(pow_d(2, nan_value)));
}

TEST_CASE("the logarithm of what has none is a broken rule", "[core][math]") {
    for (double x : {0.0, -0.0, -1.0, nan_value, infinity, 1e-310}) {
        CHECK_THROWS_AS(log_d(x), BrokenRule);
        CHECK_THROWS_AS(pow_d(x, 2), BrokenRule);
    }
    CHECK(log_d(std::numeric_limits<double>::min()) == Approx(-708.3964185322641).epsilon(1e-15));
    CHECK(log_d(std::numeric_limits<double>::max()) == Approx(709.782712893384).epsilon(1e-15));
}

TEST_CASE("exp and log undo each other, and both rise", "[core][math]") {
    double last_exp = 0, last_log = -1000;
    for (std::uint32_t i = 0; i < 20000; ++i) {
        const double x = spread(i, 20000, -50, 50);
        REQUIRE(log_d(exp_d(x)) == Approx(x).margin(2e-15).epsilon(1e-15));
        REQUIRE(exp_d(x) > last_exp);
        last_exp = exp_d(x);
        REQUIRE(log_d(last_exp) > last_log);
        last_log = log_d(last_exp);
    }
}

TEST_CASE("the bits of every function are the stored ones", "[core][math]") {
    // One hash per function over a grid: another compiler, processor or optimisation must agree to the last bit.
    Hasher exp_float, exp_double, log_double, pow_double, others;
    for (std::uint32_t i = 0; i < 5000; ++i) {
        exp_float.add(std::bit_cast<std::uint32_t>(exp_f(static_cast<float>(spread(i, 5000, -90, 90)))));
        add_bits(exp_double, exp_d(spread(i, 5000, -710, 710)));
        const double positive = std::bit_cast<double>((mix64(i) % 0x7fd0000000000000u) + 0x0010000000000000u);
        add_bits(log_double, log_d(positive));
        add_bits(pow_double, pow_d(positive, spread(i, 5000, -3, 3)));
        add_bits(others, logistic(spread(i, 5000, -40, 40)));
        add_bits(others, logit(spread(i, 5000, 0, 1)));
        add_bits(others, normal_cdf(spread(i, 5000, -10, 10)));
        add_bits(others, normal_quantile(spread(i, 5000, 0, 1)));
        add_bits(others, month_probability(spread(i, 5000, 0, 30)));
    }
    CHECK(hex(exp_float.value()) == "5661c7b0f47d8e78");
    CHECK(hex(exp_double.value()) == "da24375e6a674999");
    CHECK(hex(log_double.value()) == "b01975f5dfb29fc3");
    CHECK(hex(pow_double.value()) == "0ae86234805c4e36");
    CHECK(hex(others.value()) == "d147dc1a268f4eea");
}

TEST_CASE("the logistic and its inverse undo each other and stay between 0 and 1", "[core][math]") {
    CHECK(logistic(0) == 0.5);
    CHECK(logit(0.5) == 0.0);
    CHECK(logit(0.8) == Approx(std::log(4.0)).epsilon(1e-14));
    for (double p : {1e-9, 0.01, 0.3, 0.7, 0.99})
        CHECK(logistic(logit(p)) == Approx(p).epsilon(1e-13));
    CHECK(logistic(-1e9) >= 0);
    CHECK(logistic(1e9) <= 1);
    CHECK_THROWS_AS(logit(0), BrokenRule);
    CHECK_THROWS_AS(logit(1), BrokenRule);
    CHECK_THROWS_AS(logit(nan_value), BrokenRule);
}

TEST_CASE("the normal distribution function is within 1e-15 of erfc, in the tails within 1e-8 of its size",
          "[core][math]") {
    double worst = 0, worst_relative = 0;
    for (std::uint32_t i = 0; i < 40000; ++i) {
        const double x = spread(i, 40000, -12, 12);
        const long double wanted = 0.5L * std::erfc(-static_cast<long double>(x) / std::sqrt(2.0L));
        worst = std::max(worst, static_cast<double>(std::fabs(static_cast<long double>(normal_cdf(x)) - wanted)));
        worst_relative = std::max(worst_relative, relative_error(normal_cdf(x), wanted));
    }
    CHECK(worst < 1e-15);
    CHECK(worst_relative < 1e-8);
    CHECK(normal_cdf(-infinity) == 0.0);
    CHECK(normal_cdf(infinity) == 1.0);
    CHECK(std::isnan(normal_cdf(nan_value)));
    CHECK(normal_cdf(-3) + normal_cdf(3) == Approx(1).epsilon(1e-15));
}

TEST_CASE("the normal quantile is the inverse of its distribution function", "[core][math]") {
    CHECK(normal_quantile(0.5) == 0.0);
    // The usual printed values, 16 digits.
    CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-15));
    CHECK(normal_quantile(0.001) == Approx(-3.090232306167813).epsilon(1e-14));
    CHECK(normal_quantile(1e-20) == Approx(-9.262340089798408).epsilon(1e-14));
    for (std::uint32_t i = 0; i < 20000; ++i) {
        const double p = spread(i, 20000, 0, 1);
        REQUIRE(normal_cdf(normal_quantile(p)) == Approx(p).epsilon(1e-12));
    }
    for (double p : {0.0, 1.0, -0.1, nan_value})
        CHECK_THROWS_AS(normal_quantile(p), BrokenRule);
}

TEST_CASE("a gamma quantile is the one of a law with mean one", "[core][quantile]") {
    // Variance 1 is the exponential law: -log(1 - p).
    CHECK(gamma_quantile(0.5, 1) == 0.693147);
    CHECK(gamma_quantile(0.9, 1) == 2.30259);
    // Variance 1/2 is a quarter of a chi-squared law with 4 degrees of freedom, whose median 3.356694 is in printed
    // tables.
    CHECK(gamma_quantile(0.5, 0.5) == Approx(3.356694 / 4).epsilon(2e-6));
    CHECK(gamma_quantile(0.3, 0) == 1.0);
    double sum = 0;
    for (std::uint32_t i = 0; i < 4000; ++i)
        sum += gamma_quantile(spread(i, 4000, 0, 1), 0.4);
    CHECK(sum / 4000 == Approx(1.0).epsilon(1e-3));
    CHECK_THROWS_AS(gamma_quantile(0, 1), BrokenRule);
    CHECK_THROWS_AS(gamma_quantile(0.5, -1), BrokenRule);
}

TEST_CASE("beta and Student quantiles are those of the printed tables", "[core][quantile]") {
    CHECK(beta_quantile(0.25, 1, 1) == 0.25);
    // Beta(2, 1) has the distribution function x^2.
    CHECK(beta_quantile(0.5, 2, 1) == 0.707107);
    CHECK(student_quantile(0.975, 1) == 12.7062);
    CHECK(student_quantile(0.975, 10) == 2.22814);
    CHECK(student_quantile(0.025, 10) == -2.22814);
    CHECK(student_quantile(0.5, 3) == 0.0);
    CHECK(student_quantile(0.975, 1e9) == 1.95996);
    CHECK_THROWS_AS(beta_quantile(0.5, 0, 1), BrokenRule);
    CHECK_THROWS_AS(beta_quantile(1, 1, 1), BrokenRule);
    CHECK_THROWS_AS(student_quantile(0.5, 0), BrokenRule);
}

TEST_CASE("rounding keeps the stated number of significant digits", "[core][math]") {
    CHECK(round_digits(1.23456789, 6) == 1.23457);
    CHECK(round_digits(-123456789, 3) == -123000000.0);
    CHECK(round_digits(0.00012344, 4) == 0.0001234);
    CHECK(round_digits(9.9999999, 6) == 10.0);
    CHECK(round_digits(0.1, 17) == 0.1);
    CHECK(round_digits(0, 6) == 0.0);
    // 2.5 and 3.5 are exact ties and go to the even digit.
    CHECK(round_digits(2.5, 1) == 2.0);
    CHECK(round_digits(3.5, 1) == 4.0);
    CHECK(round_digits(1.5e308, 1) == 1.5e308);  // 2e308 is no double
    CHECK(round_digits(infinity, 6) == infinity);
    CHECK(std::isnan(round_digits(nan_value, 6)));
    CHECK_THROWS_AS(round_digits(1, 0), BrokenRule);
    CHECK_THROWS_AS(round_digits(1, 18), BrokenRule);
}

TEST_CASE("a monthly probability is one minus the chance of twelve quiet months, by the twelfth root", "[core][math]") {
    CHECK(month_probability(0) == 0.0);
    CHECK(month_probability(12) == Approx(1 - std::exp(-1.0)).epsilon(1e-15));
    CHECK(month_probability(1e-12) == Approx(1e-12 / 12).epsilon(1e-12));  // a plain 1 - exp would keep four digits
    CHECK(month_probability(1e9) == 1.0);
    CHECK(1 - std::pow(1 - month_probability(0.7), 12) == Approx(1 - std::exp(-0.7)).epsilon(1e-14));
    CHECK_THROWS_AS(month_probability(-0.1), BrokenRule);
    CHECK_THROWS_AS(month_probability(nan_value), BrokenRule);
}
