#include "tresse/core/uncertain.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/core/check.hpp"
#include "tresse/core/draw.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/math.hpp"

namespace tresse {

namespace {

constexpr double low_point = 0.025, high_point = 0.975;

/// Steps from the middle, in units of the half range on that side: -1 at 2.5 %, 0 at 50 %, 1 at 97.5 %.
double steps(double p) {
    constexpr double edge = 1.959963984540054;  // the normal quantile of high_point
    return normal_quantile(p) / edge;
}

double split_normal(double value, double low, double high, double step) {
    return value + step * (step < 0 ? value - low : high - value);
}

}  // namespace

double Uncertain::at(double p) const {
    TRESSE_CHECK(p >= 0 && p <= 1, "a quantile is asked from 0 to 1");
    if (law == Law::fixed)
        return value;
    TRESSE_CHECK(low <= high, "a range goes from low to high");
    if (law == Law::uniform)
        return std::clamp(low + p * (high - low), low, high);
    TRESSE_CHECK(p > 0 && p < 1, "a law without ends has no quantile at 0 or 1");
    TRESSE_CHECK(low <= value && value <= high, "the central value lies inside its range");
    const double step = steps(p);
    if (step == 0)
        return value;
    double result = 0;
    if (law == Law::normal) {
        result = split_normal(value, low, high, step);
    } else if (law == Law::lognormal) {
        TRESSE_CHECK(low > 0, "a factor on the log scale is positive");
        result = exp_d(split_normal(log_d(value), log_d(low), log_d(high), step));
    } else {
        TRESSE_CHECK(low > 0 && high < 1, "a share on the logit scale lies between 0 and 1");
        result = logistic(split_normal(logit(value), logit(low), logit(high), step));
    }
    // The way over the log scale may miss the stated points by a last digit.
    if (p < low_point)
        return std::min(result, low);
    if (p > high_point)
        return std::max(result, high);
    return step < 0 ? std::clamp(result, low, value) : std::clamp(result, value, high);
}

double Uncertain::drawn(std::uint64_t seed, int draw_number) const {
    TRESSE_CHECK(draw_number >= 0, "parameter sets are numbered from 0");
    if (draw_number == 0)
        return value;
    const Block luck = draw(seed, hash_text(key), static_cast<std::uint32_t>(draw_number), Purpose::parameter);
    if (unit(luck.word[1]) < nil_prob)
        return nil_value;
    return at(unit_open(luck.word[0]));
}

}  // namespace tresse
