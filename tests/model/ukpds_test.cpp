#include "tresse/model/ukpds.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace tresse::model;

namespace {

/// The person of the worked values: all that is not named is nought.
UkpdsPerson worked(bool woman) {
    UkpdsPerson p;
    p.woman = woman, p.age_at_diagnosis = 55, p.duration = 5, p.hba1c = 7.5, p.hdl = 1.2, p.ldl = 3.0, p.sbp = 140, p.white_cells = 7;
    return p;
}

}  // namespace

TEST_CASE("UKPDS-OM2 gives the worked probability of a first infarction", "[model]") {
    // computed from the published coefficients: man, diagnosed at 55, five years ago, HbA1c 7.5 %, HDL 1.2, LDL 3.0, 140 mmHg, white cells 7
    CHECK(ukpds_year_probability(worked(false), UkpdsOutcome::first_infarction) == Approx(0.01022).margin(5e-6));
}

TEST_CASE("UKPDS-OM2 gives the worked probabilities of death without history at 65", "[model]") {
    UkpdsPerson p = worked(false);
    p.age_at_diagnosis = 60, p.duration = 5;
    CHECK(ukpds_year_probability(p, UkpdsOutcome::death_no_history) == Approx(0.01117).margin(5e-6));
    p.woman = true;
    CHECK(ukpds_year_probability(p, UkpdsOutcome::death_no_history) == Approx(0.00890).margin(5e-6));
}

TEST_CASE("a constant hazard of UKPDS-OM2 does not depend on the duration, a rising one does", "[model]") {
    UkpdsPerson p = worked(false), q = p;
    q.duration = 12;
    CHECK(ukpds_year_probability(p, UkpdsOutcome::blindness) == Approx(ukpds_year_probability(q, UkpdsOutcome::blindness)).epsilon(1e-9));
    CHECK(ukpds_year_probability(q, UkpdsOutcome::first_stroke) > ukpds_year_probability(p, UkpdsOutcome::first_stroke));
    CHECK(ukpds_year_probability(q, UkpdsOutcome::heart_failure) > ukpds_year_probability(p, UkpdsOutcome::heart_failure));
}

TEST_CASE("each outcome has the hazard ratio that its paper prints for a point of HbA1c", "[model]") {
    UkpdsPerson p = worked(false), q = p;
    q.hba1c += 1;
    const auto change = [&](UkpdsOutcome o) { return ukpds_log_hazard(q, o) - ukpds_log_hazard(p, o); };
    CHECK(change(UkpdsOutcome::first_infarction) == Approx(0.108).margin(1e-9));
    CHECK(change(UkpdsOutcome::first_stroke) == Approx(0.092).margin(1e-9));
    CHECK(change(UkpdsOutcome::blindness) == Approx(0.171).margin(1e-9));
    CHECK(change(UkpdsOutcome::ulcer) == Approx(0.16).margin(1e-9));
    CHECK(change(UkpdsOutcome::first_amputation_no_ulcer) == Approx(0.248).margin(1e-9));
    CHECK(change(UkpdsOutcome::second_amputation) == Approx(0.127).margin(1e-9));
    CHECK(change(UkpdsOutcome::heart_failure) == Approx(0.0).margin(1e-9));
    p.woman = q.woman = true;
    CHECK(change(UkpdsOutcome::first_infarction) == Approx(0.078).margin(1e-9));
}

TEST_CASE("every probability of UKPDS-OM2 is one and kidneys that fail raise it", "[model]") {
    for (int o = 0; o < static_cast<int>(UkpdsOutcome::count); ++o)
        for (const bool woman : {false, true}) {
            const double p = ukpds_year_probability(worked(woman), static_cast<UkpdsOutcome>(o));
            CHECK(p >= 0);
            CHECK(p <= 1);
        }
    UkpdsPerson well = worked(false), ill = well;
    well.egfr = 90, ill.egfr = 35;
    CHECK(ukpds_year_probability(ill, UkpdsOutcome::renal_failure) > 10 * ukpds_year_probability(well, UkpdsOutcome::renal_failure));
}
