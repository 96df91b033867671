#include "library_fixture.hpp"

using namespace library_fixture;

namespace {

/// Persons in Belgium who have a condition.
double patients(const model::ConditionTable& c) {
    double n = 0;
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t age = 0; age < model::ages; ++age) n += people()[sex][age] * static_cast<double>(c.prevalence[sex][age]);
    return n;
}

double stays_by_stage(const model::ConditionTable& c) {
    double rate = 0;
    for (std::size_t s = 1; s < 8; ++s) rate += static_cast<double>(c.stage_share[s] * c.admission[s]);
    return patients(c) * rate;
}

const model::ConditionTable& table(const std::string& id) { return tables().disease.condition[static_cast<std::size_t>(shipped().condition(id))]; }

}  // namespace

TEST_CASE("stage shares add to one in every parameter draw", "[scenario][conditions]") {
    for (int draw : {0, 1, 2}) {
        const model::Tables t = tables_of(shipped(), belgium(), 3, draw);
        for (int c = 0; c < t.disease.conditions; ++c) {
            float share = 0, start = 0;
            for (std::size_t s = 1; s < 8; ++s) share += t.disease.condition[static_cast<std::size_t>(c)].stage_share[s], start += t.disease.condition[static_cast<std::size_t>(c)].start_share[s];
            CHECK(share == Approx(1));
            CHECK(start == Approx(1));
        }
    }
}

TEST_CASE("numbers of patients agree with the counts behind the prevalence table", "[scenario][conditions]") {
    // diabetes: 840,000 known, 37 % of all unknown; dementia 218,000 and cancer 465,000 from the validation table
    CHECK(patients(table("type2_diabetes")) * 0.63 == Approx(840000).epsilon(0.03));
    CHECK(patients(table("dementia")) == Approx(218000).epsilon(0.03));
    CHECK(patients(table("cancer")) == Approx(465000).epsilon(0.03));
    // half of the unscaled foreign table: not scaled twice
    CHECK(patients(table("heart_failure")) == Approx(118000).epsilon(0.03));
}

TEST_CASE("worse stages are worse: death, quality of life and hospital follow the stage", "[scenario][conditions]") {
    for (const auto& spec : shipped().conditions) {
        if (spec.id == "cancer" || spec.id == "coronary") continue;   // the year after an event stands between milder years
        const model::ConditionTable& c = table(spec.id);
        for (std::size_t s = 2; s <= spec.stages.size(); ++s) {
            INFO(spec.id << " stage " << s);
            CHECK(c.log_mortality[s] >= c.log_mortality[s - 1]);
            CHECK(c.utility_keep[s] <= c.utility_keep[s - 1]);
            CHECK(c.admission[s] >= c.admission[s - 1]);
        }
    }
}

TEST_CASE("stays by cause come near the national numbers of the evidence", "[scenario][conditions]") {
    // by stage, before the months after a discharge raise them by 5 to 25 %; stays at onset are apart
    CHECK(stays_by_stage(table("heart_failure")) == Approx(15000 / 1.25).epsilon(0.05));
    CHECK(stays_by_stage(table("copd")) == Approx(16000 / 1.15).epsilon(0.05));
    CHECK(stays_by_stage(table("type2_diabetes")) == Approx(12000 / 1.12).epsilon(0.05));
    CHECK(stays_by_stage(table("osteoarthritis_back")) == Approx(70000 / 1.05).epsilon(0.05));
    CHECK(stays_by_stage(table("cancer")) == Approx(180000 / 1.2).epsilon(0.05));
    // a quarter of 1.7 million stays are caused by the thirteen conditions (0.18 to 0.33)
    double all = 0;
    for (int c = 0; c < tables().disease.conditions; ++c) all += stays_by_stage(tables().disease.condition[static_cast<std::size_t>(c)]);
    CHECK(all > 0.18 * 1.7e6);
    CHECK(all < 0.33 * 1.7e6);
}

TEST_CASE("stages do not drift away by themselves: what enters a stage is near what leaves it", "[scenario][conditions]") {
    // new cases here: those that hold the number of patients, so the drift of a stage is against the drift of the whole
    for (const auto& spec : shipped().conditions) {
        const model::ConditionTable& c = table(spec.id);
        double deaths = 0, mean = 0;
        for (std::size_t s = 1; s < 8; ++s) mean += static_cast<double>(c.stage_share[s]) * std::exp(static_cast<double>(c.log_mortality[s]));
        for (std::size_t sex = 0; sex < 2; ++sex)
            for (std::size_t age = 0; age < model::ages; ++age) {
                const double p = static_cast<double>(c.prevalence[sex][age]);
                deaths += people()[sex][age] * p * 12.0 * static_cast<double>(tables().mortality.base_month[0][sex][age]) / (1 + p * (mean - 1));
            }
        const double base = deaths / patients(c);
        const auto leave = [&](std::size_t s) { return base * std::exp(static_cast<double>(c.log_mortality[s])) + static_cast<double>(c.remission[s]); };
        double lost = 0;
        for (std::size_t s = 1; s < 8; ++s) lost += static_cast<double>(c.stage_share[s]) * leave(s);
        for (std::size_t s = 1; s <= spec.stages.size(); ++s) {
            const double share = static_cast<double>(c.stage_share[s]);
            double in = lost * static_cast<double>(c.start_share[s]);
            if (s > 1) in += static_cast<double>(c.stage_share[s - 1] * c.progression[s - 1]);
            if (s < spec.stages.size()) in += static_cast<double>(c.stage_share[s + 1] * c.step_down[s + 1]);
            const double out = share * (leave(s) + static_cast<double>(c.progression[s] + c.step_down[s]));
            INFO(spec.id << " stage " << s << " grows by " << (in - out) / share << " a year of its own size, turnover " << out / share);
            CHECK(std::abs(in - out) / share < std::max(0.06, 0.3 * out / share));
        }
    }
}

TEST_CASE("the income gap of onset is log-linear and its middle is nothing", "[scenario][conditions]") {
    const auto copd = static_cast<std::size_t>(shipped().condition("copd"));
    const auto& rows = tables().disease.log_ratio;
    const float low = rows[model::risk_quintile][copd], high = rows[model::risk_quintile + 4][copd];
    CHECK(std::exp(low - high) == Approx(2.3));   // lowest against highest fifth
    CHECK(rows[model::risk_quintile + 2][copd] == 0);
    CHECK(low == Approx(-high));
}

TEST_CASE("known cases stay in balance: who is found makes up for who was not known at once", "[scenario][conditions]") {
    for (const auto& spec : shipped().conditions) {
        const model::ConditionTable& c = table(spec.id);
        CHECK(c.diagnosed_at_onset <= c.diagnosed_share);
        if (c.diagnosed_share < 1) CHECK(c.found_per_year > 0);
    }
}
