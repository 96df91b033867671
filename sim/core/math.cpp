#include "tresse/core/math.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "tresse/core/check.hpp"

namespace tresse {

namespace {

constexpr double log2_of_e = 1.44269504088896340736;
// ln 2 in two parts; the first has so few bits that its product with an exponent is exact.
constexpr double ln2_high = 6.93145751953125e-1;
constexpr double ln2_low = 1.42860682030941723212e-6;

constexpr std::uint64_t bits_of_one = 0x3ff0000000000000u;
constexpr std::uint64_t bits_of_root_half = 0x3fe6a09e00000000u;
constexpr std::uint64_t mantissa_mask = 0x000fffffffffffffu;

/// A sum of two doubles that do not overlap: about 106 bits.
struct Pair {
    double high, low;
};

/// Product without error. Requires: both factors below 2^970, since they are split in halves of 26 bits.
Pair exact_product(double a, double b) {
    constexpr double splitter = 134217729.0;  // 2^27 + 1
    const double a_scaled = a * splitter, b_scaled = b * splitter;
    const double a_high = a_scaled - (a_scaled - a), b_high = b_scaled - (b_scaled - b);
    const double a_low = a - a_high, b_low = b - b_high;
    const double product = a * b;
    return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

/// Sum without error. Requires: |a| >= |b| or a == 0.
Pair quick_sum(double a, double b) {
    const double sum = a + b;
    return {sum, b - (sum - a)};
}

struct Reduced {
    double fraction;      // r in exp(x) = 2^k (1 + expm1(r)), |r| <= 0.35
    double power_of_two;  // 2^k
};

Reduced reduce(double x) {
    x = x < -700.0 ? -700.0 : x;
    x = x > 700.0 ? 700.0 : x;
    constexpr double magic = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to the nearest integer
    const double shifted = x * log2_of_e + magic;
    const double k = shifted - magic;
    const auto exponent = std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(magic);
    return {(x - k * ln2_high) - k * ln2_low, std::bit_cast<double>((exponent + 1023u) << 52)};
}

/// exp(r) - 1 for a small r. Source: Cephes, rational form of the double exponential (Moshier 1989).
double expm1_small(double r) {
    const double rr = r * r;
    const double p =
        r * ((1.26177193074810590878e-4 * rr + 3.02994407707441961300e-2) * rr + 9.99999999999999999910e-1);
    const double q =
        ((3.00198505138664455042e-6 * rr + 2.52448340349684104192e-3) * rr + 2.27265548208155028766e-1) * rr +
        2.00000000000000000009;
    return 2.0 * p / (q - p);
}

struct Split {
    double mantissa;  // in [sqrt(1/2), sqrt(2))
    double exponent;
};

Split split_log(double x) {
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(x) + (bits_of_one - bits_of_root_half);
    const auto exponent = static_cast<std::int64_t>(bits >> 52) - 1023;
    return {std::bit_cast<double>((bits & mantissa_mask) + bits_of_root_half), static_cast<double>(exponent)};
}

/// log((1 + s) / (1 - s)) = 2 s + s R(s^2): this is R. Source: FreeBSD msun, e_log.c (Sun Microsystems 1993), |error| <
/// 2^-58.
double log_series(double s) {
    const double z = s * s;
    const double w = z * z;
    const double even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
    const double odd =
        z * (6.666666666666735130e-1 +
             w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
    return odd + even;
}

/// log x with about ten bits more than a double has: a power multiplies the error of its logarithm by up to 700.
Pair log_pair(double x) {
    const Split part = split_log(x);
    const double f = part.mantissa - 1.0;
    const double d = 2.0 + f;
    const double d_rest = f - (d - 2.0);
    const double s = f / d;
    const Pair back = exact_product(s, d);
    const double s_rest = (((f - back.high) - back.low) - s * d_rest) / d;
    const double tail = s * log_series(s) + 2.0 * s_rest;
    const Pair inner = quick_sum(2.0 * s, tail);
    const Pair outer = quick_sum(part.exponent * ln2_high, inner.high);
    return quick_sum(outer.high, outer.low + (inner.low + part.exponent * ln2_low));
}

void check_positive_normal(double x) {
    TRESSE_CHECK(x >= std::numeric_limits<double>::min() && x <= std::numeric_limits<double>::max(),
                 "the logarithm is defined for positive normal numbers");
}

template <int Count> double polynomial(const double (&coefficients)[Count], double x) {
    double sum = 0;
    for (int i = Count - 1; i >= 0; --i)
        sum = sum * x + coefficients[i];
    return sum;
}

}  // namespace

double exp_d(double x) {
    const Reduced part = reduce(x);
    return (1.0 + expm1_small(part.fraction)) * part.power_of_two;
}

double log_d(double x) {
    check_positive_normal(x);
    const Split part = split_log(x);
    const double f = part.mantissa - 1.0;
    const double s = f / (2.0 + f);
    const double half_square = 0.5 * f * f;
    return part.exponent * ln2_high +
           (f - (half_square - (s * (half_square + log_series(s)) + part.exponent * ln2_low)));
}

double pow_d(double x, double y) {
    check_positive_normal(x);
    // Beyond this the result is clamped for every x but 1, and the exact product below needs room.
    y = y < -1e20 ? -1e20 : y;
    y = y > 1e20 ? 1e20 : y;
    const Pair log_x = log_pair(x);
    const Pair product = exact_product(y, log_x.high);
    const Pair exponent = quick_sum(product.high, product.low + y * log_x.low);
    Reduced part = reduce(exponent.high);
    const bool clamped = exponent.high < -700.0 || exponent.high > 700.0;
    part.fraction += clamped ? 0.0 : exponent.low;
    return (1.0 + expm1_small(part.fraction)) * part.power_of_two;
}

double logistic(double x) {
    return 1.0 / (1.0 + exp_d(-x));
}

double logit(double p) {
    TRESSE_CHECK(p > 0.0 && p < 1.0, "the logit is defined between 0 and 1");
    return log_d(p / (1.0 - p));
}

/// Source: Hart 1968, algorithm 5666, as given by West 2005; beyond 7.07 a continued fraction.
double normal_cdf(double x) {
    static constexpr double top[] = {220.206867912376, 221.213596169931,  112.079291497871,   33.912866078383,
                                     6.37396220353165, 0.700383064443688, 3.52624965998911e-2};
    static constexpr double bottom[] = {440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674,
                                        86.7807322029461, 16.064177579207,  1.75566716318264, 8.83883476483184e-2};
    const double distance = std::fabs(x);
    double tail = 0;
    if (distance < 7.07106781186547) {
        tail = exp_d(-0.5 * distance * distance) * polynomial(top, distance) / polynomial(bottom, distance);
    } else if (distance < 37.0) {
        const double fraction = distance + 1 / (distance + 2 / (distance + 3 / (distance + 4 / (distance + 0.65))));
        tail = exp_d(-0.5 * distance * distance) / fraction * 0.398942280401432678;
    } else if (!(distance >= 37.0)) {
        return x;  // NaN stays missing
    }
    return x > 0 ? 1.0 - tail : tail;
}

/// Source: Wichura 1988, algorithm AS 241 (PPND16), relative error about 1e-16.
double normal_quantile(double p) {
    static constexpr double a[] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                   1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                   3.3430575583588128105e4, 2.5090809287301226727e3};
    static constexpr double b[] = {1.0,
                                   4.2313330701600911252e1,
                                   6.8718700749205790830e2,
                                   5.3941960214247511077e3,
                                   2.1213794301586595867e4,
                                   3.9307895800092710610e4,
                                   2.8729085735721942674e4,
                                   5.2264952788528545610e3};
    static constexpr double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                   3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                   2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static constexpr double d[] = {1.0,
                                   2.05319162663775882187e0,
                                   1.67638483018380384940e0,
                                   6.89767334985100004550e-1,
                                   1.48103976427480074590e-1,
                                   1.51986665636164571966e-2,
                                   5.47593808499534494600e-4,
                                   1.05075007164441684324e-9};
    static constexpr double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                   2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                   2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static constexpr double f[] = {1.0,
                                   5.99832206555887937690e-1,
                                   1.36929880922735805310e-1,
                                   1.48753612908506148525e-2,
                                   7.86869131145613259100e-4,
                                   1.84631831751005468180e-5,
                                   1.42151175831644588870e-7,
                                   2.04426310338993978564e-15};
    TRESSE_CHECK(p > 0.0 && p < 1.0, "a normal quantile is finite only between 0 and 1");
    const double q = p - 0.5;
    if (std::fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(a, r) / polynomial(b, r);
    }
    const double tail = q < 0 ? p : 1.0 - p;
    const double r = std::sqrt(-log_d(tail));
    const double size =
        r <= 5.0 ? polynomial(c, r - 1.6) / polynomial(d, r - 1.6) : polynomial(e, r - 5.0) / polynomial(f, r - 5.0);
    return q < 0 ? -size : size;
}

double round_digits(double x, int digits) {
    TRESSE_CHECK(digits >= 1 && digits <= 17, "a double has at most 17 significant digits");
    if (!std::isfinite(x) || x == 0)
        return x;
    char text[48];
    const auto written = std::to_chars(text, text + sizeof text, x, std::chars_format::scientific, digits - 1);
    double rounded = 0;
    // Only the largest doubles fail here: rounded up they leave the range.
    return std::from_chars(text, written.ptr, rounded).ec == std::errc() ? rounded : x;
}

double month_probability(double rate_per_year) {
    TRESSE_CHECK(rate_per_year >= 0.0, "a rate is never negative");
    // 1 - exp(-small) would lose digits, so the whole and the small part are taken separately.
    const Reduced part = reduce(-rate_per_year / 12.0);
    return (1.0 - part.power_of_two) - expm1_small(part.fraction) * part.power_of_two;
}

}  // namespace tresse
