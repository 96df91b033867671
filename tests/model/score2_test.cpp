#include "tresse/model/score2.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace tresse::model;

namespace {

/// The published example: 50 years old, smoker, 140 mmHg, 5.5 and 1.3 mmol/L.
Score2Person example(bool man) {
    Score2Person p;
    p.man = man, p.age = 50, p.smoker = true, p.sbp = 140, p.cholesterol = 5.5, p.hdl = 1.3;
    return p;
}

double percent(double risk) { return 100 * risk; }

}  // namespace

TEST_CASE("SCORE2 gives the risks of its published example in the low and the very high region", "[model]") {
    // Eur Heart J 2021;42:2439, worked example: 5.9 and 4.2 %; 14.0 and 13.7 %
    CHECK(percent(score2_risk(example(true), RiskRegion::low)) == Approx(5.9).margin(0.05));
    CHECK(percent(score2_risk(example(false), RiskRegion::low)) == Approx(4.2).margin(0.05));
    CHECK(percent(score2_risk(example(true), RiskRegion::very_high)) == Approx(14.0).margin(0.05));
    CHECK(percent(score2_risk(example(false), RiskRegion::very_high)) == Approx(13.7).margin(0.05));
}

TEST_CASE("the risk of SCORE2 rises from region to region", "[model]") {
    for (const bool man : {false, true}) {
        const double low = score2_risk(example(man), RiskRegion::low), moderate = score2_risk(example(man), RiskRegion::moderate);
        const double high = score2_risk(example(man), RiskRegion::high), very_high = score2_risk(example(man), RiskRegion::very_high);
        CHECK(low < moderate);
        CHECK(moderate < high);
        CHECK(high < very_high);
    }
}

TEST_CASE("SCORE2-OP at its means is its base survival, calibrated", "[model]") {
    // by hand: man of 73, no diabetes, no smoking, 150 mmHg, 6.0, 1.4: lp = 0; r0 = 1 - 0.7576^exp(-0.0929) = 0.22351;
    // low region: 1 - exp(-exp(-0.34 + 1.19 ln(-ln(1 - 0.22351)))) = 0.12949; woman: r0 = 1 - 0.8082^exp(-0.229) = 0.15580,
    // 1 - exp(-exp(-0.52 + 1.01 ln(0.16936))) = 0.09418
    Score2Person p;
    p.age = 73, p.sbp = 150, p.cholesterol = 6, p.hdl = 1.4;
    p.man = true;
    CHECK(score2_op_predictor(p) == Approx(0.0).margin(1e-12));
    CHECK(score2_op_risk(p, RiskRegion::low) == Approx(0.12949).margin(1e-5));
    p.man = false;
    CHECK(score2_op_risk(p, RiskRegion::low) == Approx(0.09418).margin(1e-5));
}

TEST_CASE("SCORE2-Diabetes without its own terms is SCORE2 with its diabetes coefficient at 60", "[model]") {
    // at age 60, HbA1c 31, ln eGFR 4.5, diagnosis at 50 only the diabetes coefficient remains: 0.6457 and 0.8096
    Score2Person p;
    p.age = 60, p.sbp = 120, p.cholesterol = 6, p.hdl = 1.3, p.hba1c = 31, p.egfr = 90.017131300522, p.age_at_diagnosis = 50;
    p.man = true;
    CHECK(score2_diabetes_predictor(p) == Approx(0.6457).margin(1e-9));
    p.man = false;
    CHECK(score2_diabetes_predictor(p) == Approx(0.8096).margin(1e-9));
    p.hba1c = 53;
    CHECK(score2_diabetes_predictor(p) == Approx(0.8096 + 0.1173 * 22 / 9.34).margin(1e-9));
}

TEST_CASE("each risk factor moves the scores in its known direction at every age", "[model]") {
    for (const bool man : {false, true})
        for (double age = 40; age < 70; age += 3) {
            Score2Person p = example(man);
            p.age = age;
            const double base = score2_predictor(p);
            const double base_d = score2_diabetes_predictor(p);
            const auto with = [&](auto change) {
                Score2Person q = p;
                change(q);
                return q;
            };
            CHECK(score2_predictor(with([](auto& q) { q.sbp += 10; })) > base);
            CHECK(score2_predictor(with([](auto& q) { q.cholesterol += 1; })) > base);
            CHECK(score2_predictor(with([](auto& q) { q.hdl += 0.3; })) < base);
            CHECK(score2_predictor(with([](auto& q) { q.smoker = false; })) < base);
            CHECK(score2_diabetes_predictor(with([](auto& q) { q.hba1c += 11; })) > base_d);
        }
}

TEST_CASE("the log hazard of a person moves by the slope of the region times the predictor", "[model]") {
    // so a relative risk inside a cell needs no calibration constant k1
    Score2Person p = example(true), q = p;
    q.sbp = 160;
    const auto log_hazard = [](double risk) { return std::log(-std::log(1 - risk)); };
    const double change = log_hazard(score2_risk(q, RiskRegion::low)) - log_hazard(score2_risk(p, RiskRegion::low));
    CHECK(change == Approx(score2_slope(true, RiskRegion::low) * (score2_predictor(q) - score2_predictor(p))).epsilon(1e-9));
}
