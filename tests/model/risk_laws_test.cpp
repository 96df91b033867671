#include "tresse/model/risk_laws.hpp"

#include <cmath>
#include <memory>

#include <catch2/catch.hpp>

#include "tresse/model/score2.hpp"

using namespace tresse;
using namespace tresse::model;

namespace {

enum : int { hypertension, diabetes, coronary, heart_failure, kidney };

/// Five conditions, 40 % hypertension at all ages; coronary disease by SCORE2, heart failure by UKPDS, the first step of diabetes by UKPDS.
std::unique_ptr<Tables> tables_of() {
    auto t = std::make_unique<Tables>();
    t->disease.conditions = 5;
    t->disease.hypertension = hypertension, t->disease.diabetes = diabetes, t->disease.coronary = coronary, t->disease.heart_failure = heart_failure, t->disease.kidney = kidney;
    for (std::size_t c = 0; c < 5; ++c) t->disease.condition[c].stages = c == kidney ? 4 : 2;
    for (auto& sex : t->disease.condition[hypertension].prevalence) sex.fill(0.4f);
    t->risk.onset[coronary] = RiskEngine::score2_low;
    t->risk.onset[heart_failure] = RiskEngine::ukpds_heart_failure;
    t->risk.progression[diabetes][1] = RiskEngine::ukpds_blindness;
    make_risk_laws(*t);
    return t;
}

PersonFacts person(int age, int sex) {
    PersonFacts f;
    f.age = age, f.sex = sex;
    return f;
}

float onset_ratio(const Tables& t, const PersonFacts& f, int condition) {
    std::array<float, limit::conditions> lr{};
    add_engine_ratios(t, f, risk_values(t, f), lr);
    return lr[static_cast<std::size_t>(condition)];
}

}  // namespace

TEST_CASE("whoever has hypertension stands above whoever has not, and together they are the law of everybody", "[model][risk]") {
    const auto t = tables_of();
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t band = 8; band < 16; ++band) {
            const Law& without = t->risk.pressure[sex][band][0];
            const Law& with = t->risk.pressure[sex][band][1];
            CHECK(without.value.back() < with.value.front());
            // 60 % below and 40 % above: the mean of the whole law, declared as a line in age
            const double mean = 0.6 * static_cast<double>(without.mean) + 0.4 * static_cast<double>(with.mean);
            const double declared = static_cast<double>(t->risk.pressure_at_55[sex]) + static_cast<double>(t->risk.pressure_per_year[sex]) * (static_cast<double>(band) * 5 + 2.5 - 55);
            CHECK(mean == Approx(declared).margin(0.4));
        }
    // the limit of the upper 40 % of a normal law with 17 mmHg: 0.2533 x 17 above its mean
    const double limit = 0.5 * (static_cast<double>(t->risk.pressure[1][11][0].value.back()) + static_cast<double>(t->risk.pressure[1][11][1].value.front()));
    CHECK(limit == Approx(134 + 0.35 * 2.5 + 0.2533 * 17).margin(1.0));
}

TEST_CASE("a person's hazard relative to another's is that of SCORE2", "[model][risk]") {
    const auto t = tables_of();
    PersonFacts low = person(57, 1), high = low;
    low.sbp = 8, high.sbp = 248, high.lipid = 200;
    const RiskValues a = risk_values(*t, low), b = risk_values(*t, high);
    Score2Person p, q;
    p.man = q.man = true, p.age = q.age = 57.5;
    p.sbp = static_cast<double>(a.pressure), p.cholesterol = static_cast<double>(a.cholesterol), p.hdl = static_cast<double>(a.hdl);
    q.sbp = static_cast<double>(b.pressure), q.cholesterol = static_cast<double>(b.cholesterol), q.hdl = static_cast<double>(b.hdl);
    const auto log_hazard = [](double risk) { return std::log(-std::log(1 - risk)); };
    const double published = log_hazard(score2_risk(q, RiskRegion::low)) - log_hazard(score2_risk(p, RiskRegion::low));
    CHECK(static_cast<double>(onset_ratio(*t, high, coronary) - onset_ratio(*t, low, coronary)) == Approx(published).epsilon(1e-3));
    CHECK(published > 0.2);
}

TEST_CASE("below 30 and without a named equation nothing is added", "[model][risk]") {
    const auto t = tables_of();
    PersonFacts f = person(25, 0);
    f.sbp = 250;
    CHECK(onset_ratio(*t, f, coronary) == 0);
    f.age = 55;
    CHECK(onset_ratio(*t, f, coronary) != 0);
    CHECK(onset_ratio(*t, f, kidney) == 0);
    CHECK(onset_ratio(*t, f, heart_failure) == 0);  // UKPDS speaks of people with diabetes
}

TEST_CASE("among people with diabetes the mean ratio of UKPDS is one", "[model][risk]") {
    // 100,000 places drawn evenly; two standard errors of the mean are below 0.5 %
    const auto t = tables_of();
    double sum = 0, steps = 0;
    constexpr int n = 100000;
    for (int i = 0; i < n; ++i) {
        const Block b = draw(3, static_cast<std::uint64_t>(i), 0, Purpose::population);
        PersonFacts f = person(64, i % 2);
        f.conditions.set_stage(diabetes, 1);
        f.conditions.set_diagnosed(diabetes, true);
        f.sbp = static_cast<std::uint8_t>(b.word[0]), f.lipid = static_cast<std::uint8_t>(b.word[0] >> 8), f.hdl = static_cast<std::uint8_t>(b.word[0] >> 16);
        f.hba1c = static_cast<std::uint8_t>(b.word[1]), f.egfr = static_cast<std::uint8_t>(b.word[1] >> 8), f.bmi = static_cast<std::uint8_t>(b.word[1] >> 16);
        sum += std::exp(static_cast<double>(onset_ratio(*t, f, heart_failure)));
        steps += std::exp(static_cast<double>(progression_ratio(*t, f, risk_values(*t, f), diabetes)));
    }
    CHECK(sum / n == Approx(1.0).margin(0.02));
    CHECK(steps / n == Approx(1.0).margin(0.02));
}

TEST_CASE("ten mmHg less lower the hazard of coronary disease by the slope of SCORE2 at that age", "[model][risk]") {
    const auto t = tables_of();
    // man of 57.5: a = -0.5; k2 x (0.2777 - 0.0255 a) / 20 per mmHg = 0.7476 x 0.29045 / 20
    const double by_hand = -10 * 0.7476 * (0.2777 + 0.5 * 0.0255) / 20;
    CHECK(static_cast<double>(risk_shift(*t, person(57, 1), coronary, {-10, 0, 0})) == Approx(by_hand).epsilon(1e-4));
    CHECK(risk_shift(*t, person(57, 1), coronary, {}) == 0);
    PersonFacts d = person(64, 1);
    d.conditions.set_stage(diabetes, 1);
    // blindness: 0.171 per point of HbA1c, 0.0068 per mmHg
    CHECK(static_cast<double>(risk_shift(*t, d, diabetes, {-10, 0, -1})) == Approx(-0.068 - 0.171).epsilon(1e-4));
}

TEST_CASE("treatment lowers the value by its steps, and adherence at today's mean changes nothing more", "[model][risk]") {
    const auto t = tables_of();
    PersonFacts f = person(60, 0), treated = f;
    treated.treatment = treatment::with(0, treatment::pressure, 2);
    CHECK(risk_values(*t, treated).pressure == Approx(risk_values(*t, f).pressure - 18));
    const auto at = [&](double share) { return adherence_change(t->risk, treated, static_cast<std::uint8_t>(share * 255 + 0.5)); };
    CHECK(at(0.7).pressure == Approx(0.0f).margin(0.1));
    CHECK(at(0.56).pressure == Approx(3.6f).margin(0.1));   // four fifths of today's: a fifth of the fall is lost
    CHECK(at(0.1).pressure == Approx(5.4f).margin(0.01));   // at most three tenths
    CHECK(at(1.0).pressure < 0);
    CHECK(adherence_change(t->risk, f, 0).pressure == 0);   // nothing prescribed, nothing lost
}

TEST_CASE("only a known condition is treated, and treatment ends with its reason", "[model][risk]") {
    const auto t = tables_of();
    world::Conditions c;
    c.set_stage(hypertension, 2);
    CHECK(treatment_today(*t, c, 60, 0) == 0);
    c.set_diagnosed(hypertension, true);
    CHECK(treatment::steps(treatment_today(*t, c, 60, 0), treatment::pressure) == 1);
    CHECK(treatment::steps(treatment_today(*t, c, 60, 0xffffffffu), treatment::pressure) == 0);  // beyond today's share
    c.set_stage(hypertension, 1);
    const auto controlled = treatment_today(*t, c, 60, 0xffffffffu);
    CHECK(treatment::steps(controlled, treatment::pressure) == 2);
    c.set_stage(hypertension, 0);
    CHECK(treatment_next(*t, c, 60, controlled, 0) == 0);
    CHECK(treatment_next(*t, c, 60, static_cast<std::uint16_t>(treatment::with(controlled, treatment::recent, 3)), 0) == treatment::with(0, treatment::recent, 3));
}

TEST_CASE("every equation has a word of its own", "[model][risk]") {
    const auto words = engine_words();
    for (std::size_t k = 1; k < words.size(); ++k) CHECK(parse_engine(words[k]) == static_cast<RiskEngine>(k));
    CHECK(parse_engine("framingham") == RiskEngine::none);
}
