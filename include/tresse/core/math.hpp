#pragma once

#include <bit>
#include <cstdint>

namespace tresse {

/// exp, log and pow with the same bits on every processor and compiler (given -ffp-contract=off): branch-free
/// polynomials, no libm.
/// Accuracy: the float forms within 4 units in the last place, the double forms within 4e-15 relative, on the ranges
/// below.
/// Requires: exp_f |x| <= 87, exp_d |x| <= 700 (beyond that the argument is clamped), log and pow of a positive normal
/// number (else BrokenRule).
inline float exp_f(float x) {
    x = x < -87.0f ? -87.0f : x;
    x = x > 87.0f ? 87.0f : x;
    const float scaled = x * 1.44269504088896341f;
    const float shifted = scaled + 12582912.0f;  // 1.5 * 2^23: rounds to nearest integer
    const float k = shifted - 12582912.0f;
    const float r = (x - k * 0.693359375f) - k * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    const float e = p * r * r + r + 1.0f;
    const auto bits = static_cast<std::uint32_t>(static_cast<std::int32_t>(k) + 127) << 23;
    return e * std::bit_cast<float>(bits);
}

/// exp of four numbers side by side, the same bits as exp_f each. Shape: x and out hold 4 floats, 16-byte aligned; they may be the same.
inline void exp_4(const float* x, float* out) {
    typedef float Four __attribute__((vector_size(16), may_alias));
    typedef std::int32_t FourInts __attribute__((vector_size(16)));
    Four v = *reinterpret_cast<const Four*>(x);
    const Four low = {-87.0f, -87.0f, -87.0f, -87.0f}, high = {87.0f, 87.0f, 87.0f, 87.0f};
    v = v < low ? low : v;
    v = v > high ? high : v;
    const Four k = (v * 1.44269504088896341f + 12582912.0f) - 12582912.0f;
    const Four r = (v - k * 0.693359375f) - k * -2.12194440e-4f;
    Four p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    const Four e = p * r * r + r + 1.0f;
    const FourInts bits = (__builtin_convertvector(k, FourInts) + 127) << 23;
    *reinterpret_cast<Four*>(out) = e * std::bit_cast<Four>(bits);
}

/// The same of sixteen numbers.
inline void exp_16(const float* x, float* out) {
    for (int i = 0; i < 16; i += 4) exp_4(x + i, out + i);
}

double exp_d(double x);
double log_d(double x);
/// x^y for x > 0.
double pow_d(double x, double y);
/// Logistic and its inverse.
double logistic(double x);
double logit(double p);
/// Normal distribution function (error below 1e-15, in the tails below 1e-8 of its size) and quantile (relative error
/// below 1e-14); same bits everywhere, so not rounded.
/// Requires: quantiles here and below, 0 < p < 1.
double normal_cdf(double x);
double normal_quantile(double p);
/// Quantile of a gamma law with mean 1 and the given variance. Formula: Boost.Math inverse, rounded to 6 significant
/// digits.
double gamma_quantile(double p, double variance);
/// Quantiles of the usual laws of uncertain parameters, rounded to 6 significant digits.
double beta_quantile(double p, double a, double b);
double student_quantile(double p, double degrees_of_freedom);
/// Rounds to `digits` significant decimal digits, the same everywhere.
double round_digits(double x, int digits);
/// Probability of at least one event in a month at a yearly rate: 1 - exp(-rate/12).
double month_probability(double rate_per_year);

}  // namespace tresse
