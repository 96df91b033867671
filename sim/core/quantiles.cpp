// The quantiles that need an iterative inverse. Apart from math.cpp, so that the heavy headers are compiled once and
// seldom.
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"

namespace tresse {

namespace {

namespace bm = boost::math;

/// Plain doubles: with long double the last digits would depend on the processor.
using Policy = bm::policies::policy<bm::policies::promote_double<false>>;

constexpr int kept_digits = 6;

void check_probability(double p) {
    TRESSE_CHECK(p > 0.0 && p < 1.0, "a quantile is asked between 0 and 1");
}

}  // namespace

double gamma_quantile(double p, double variance) {
    check_probability(p);
    TRESSE_CHECK(variance >= 0.0, "a variance is never negative");
    if (variance == 0.0)
        return 1.0;
    // Mean 1 means scale = 1 / shape = variance.
    return round_digits(bm::quantile(bm::gamma_distribution<double, Policy>(1.0 / variance, variance), p), kept_digits);
}

double beta_quantile(double p, double a, double b) {
    check_probability(p);
    TRESSE_CHECK(a > 0.0 && b > 0.0, "a beta law needs two positive parameters");
    return round_digits(bm::quantile(bm::beta_distribution<double, Policy>(a, b), p), kept_digits);
}

double student_quantile(double p, double degrees_of_freedom) {
    check_probability(p);
    TRESSE_CHECK(degrees_of_freedom > 0.0, "Student's law needs a positive number of degrees of freedom");
    return round_digits(bm::quantile(bm::students_t_distribution<double, Policy>(degrees_of_freedom), p), kept_digits);
}

}  // namespace tresse
