#include <algorithm>
#include <string>

#include "compile_parts.hpp"
#include "tresse/model/risk_laws.hpp"

namespace tresse::scenario {

namespace {

using model::ConditionTable;

std::array<double, model::five_year_bands> ten_to_five_year(const std::vector<Uncertain>& ten) {
    std::array<double, model::five_year_bands> out{};
    for (int b = 0; b < model::five_year_bands; ++b) out[static_cast<std::size_t>(b)] = ten[static_cast<std::size_t>(world::age_band(b * 5))].value;
    return out;
}

/// True shares: a table of known cases is divided by the share that is known. Missing: without a table nobody has it at the start.
void prevalence(const Draws& draws, const ConditionSpec& spec, ConditionTable& out) {
    const auto table = draws.region.prevalence.find(spec.id);
    for (std::size_t sex = 0; sex < 2; ++sex) {
        std::array<double, model::five_year_bands> bands{};
        if (table != draws.region.prevalence.end()) bands = table->second[sex];
        else if (spec.numbers.has("prevalence.women")) bands = ten_to_five_year(spec.numbers.list(sex == 0 ? "prevalence.women" : "prevalence.men"));
        const std::array<double, model::ages> by_age = smooth_by_age(bands);
        for (std::size_t age = 0; age < by_age.size(); ++age) {
            const double share = spec.counts_diagnosed ? by_age[age] / static_cast<double>(out.diagnosed_share) : by_age[age];
            out.prevalence[sex][age] = static_cast<float>(std::min(share, 0.95));
        }
    }
}

using Stages = std::array<float, 8>;

/// A list of the file, shifted to 1..stages. Missing: `standard` everywhere.
Stages stages_of(const Draws& draws, const ConditionSpec& spec, const char* key, float standard = 0) {
    Stages out{};
    const std::string full = std::string("by_stage.") + key;
    for (std::size_t s = 0; s < spec.stages.size(); ++s) out[s + 1] = standard;
    if (!spec.numbers.has(full)) return out;
    const std::vector<Uncertain>& values = spec.numbers.list(full);
    for (std::size_t s = 0; s < values.size(); ++s) out[s + 1] = static_cast<float>(draws(values[s]));
    return out;
}

void to_sum_one(Stages& shares) {
    float sum = 0;
    for (const float s : shares) sum += s;
    for (float& s : shares) s /= sum;
}

float optional(const Draws& draws, const ConditionSpec& spec, const char* key, float standard) {
    return spec.numbers.has(key) ? static_cast<float>(draws(spec.numbers.one(key))) : standard;
}

void course(const Draws& draws, const ConditionSpec& spec, ConditionTable& out) {
    out.stages = static_cast<int>(spec.stages.size());
    out.stage_share = stages_of(draws, spec, "share");
    out.start_share = stages_of(draws, spec, "start_share");
    to_sum_one(out.stage_share);
    to_sum_one(out.start_share);
    out.progression = stages_of(draws, spec, "progression");
    out.progression[static_cast<std::size_t>(out.stages)] = 0;
    out.step_down = stages_of(draws, spec, "step_down");
    out.step_down[1] = 0;
    out.remission = stages_of(draws, spec, "remission");
    const Stages deaths = stages_of(draws, spec, "deaths_per_year");
    for (std::size_t s = 1; s <= spec.stages.size(); ++s)
        if (deaths[s] > 0) out.lethal[s] = true, out.remission[s] = deaths[s];
    out.remission_youngest = static_cast<float>(spec.remission_from);
    out.remission_oldest = static_cast<float>(spec.remission_to);
    out.exacerbation = stages_of(draws, spec, "exacerbation");
    out.admission = stages_of(draws, spec, "admission");
    out.dependence = stages_of(draws, spec, "dependence");
    out.medicines = stages_of(draws, spec, "medicines");
    const Stages mortality = stages_of(draws, spec, "mortality_ratio", 1), loss = stages_of(draws, spec, "utility_loss"), sick = stages_of(draws, spec, "sick_leave_ratio", 1);
    out.utility_keep[0] = 1;
    for (std::size_t s = 1; s <= spec.stages.size(); ++s) {
        out.log_mortality[s] = log_f(mortality[s]);
        out.utility_keep[s] = 1.0f - std::clamp(loss[s], 0.0f, 0.95f);
        out.work_log_ratio[s] = log_f(sick[s]);
        out.dependence[s] = std::max(0.0f, out.dependence[s]);
        out.medicines[s] = std::max(0.0f, out.medicines[s]);
    }
    out.stage_log_odds_per_decade = optional(draws, spec, "stage_log_odds_per_decade", model::build_decides);
    out.worse_log_ratio_per_decade = optional(draws, spec, "worse_log_ratio_per_decade", 0);
    out.first_year_log_mortality = log_f(optional(draws, spec, "first_year_mortality_ratio", 1));
    out.trend_points_per_year = optional(draws, spec, "trend_points_per_year", 0);
    out.received_share = optional(draws, spec, "received_share", 1);
}

void who_knows(const Draws& draws, const ConditionSpec& spec, ConditionTable& out) {
    out.diagnosed_share = static_cast<float>(draws(spec.numbers.one("diagnosed.share")));
    out.diagnosed_at_onset = static_cast<float>(draws(spec.numbers.one("diagnosed.at_onset")));
    out.found_per_year = static_cast<float>(draws(spec.numbers.one("diagnosed.found_per_year")));
    out.always_diagnosed_from = spec.always_from_stage == 0 ? 8 : spec.always_from_stage;
}

/// Row of a risk factor, or of a condition.
int row_of(const Library& library, const std::string& word) {
    if (word == "daily_smoker") return model::risk_daily_smoker;
    if (word == "former_smoker") return model::risk_former_smoker;
    if (word == "inactive") return model::risk_inactive;
    if (word == "overweight") return model::risk_overweight;
    const int c = library.condition(word);
    TRESSE_CHECK(c >= 0, "names of onset ratios are checked when the library is loaded");
    return model::risk_condition + c;
}

void onset_ratios(const Draws& draws, std::size_t c, model::DiseaseTables& out) {
    const ConditionSpec& spec = draws.library.conditions[c];
    for (const OnsetRatio& r : spec.raises) {
        const auto target = static_cast<std::size_t>(draws.library.condition(r.of));
        out.log_ratio[static_cast<std::size_t>(model::risk_condition) + c][target] = static_cast<float>(log_d(draws(r.ratio)));
    }
    for (const OnsetRatio& r : spec.raised_by) out.log_ratio[static_cast<std::size_t>(row_of(draws.library, r.of))][c] = static_cast<float>(log_d(draws(r.ratio)));
    const double log_gap = log_d(draws(spec.numbers.one("income_onset_ratio_q1_q5")));
    for (int q = 0; q < model::quintiles; ++q)
        out.log_ratio[static_cast<std::size_t>(model::risk_quintile + q)][c] = static_cast<float>(log_gap * (2.0 - q) / 4.0);
}

}  // namespace

void compile_diseases(const Draws& draws, model::Tables& tables) {
    const Library& library = draws.library;
    model::DiseaseTables& out = tables.disease;
    out.conditions = static_cast<int>(library.conditions.size());
    int cause = static_cast<int>(library.other_causes.size());
    for (std::size_t c = 0; c < library.conditions.size(); ++c) {
        const ConditionSpec& spec = library.conditions[c];
        ConditionTable& table = out.condition[c];
        who_knows(draws, spec, table);
        course(draws, spec, table);
        prevalence(draws, spec, table);
        onset_ratios(draws, c, out);
        if (const auto found = draws.region.constants.onset.find(spec.id); found != draws.region.constants.onset.end())
            for (std::size_t sex = 0; sex < 2; ++sex)
                for (std::size_t b = 0; b < model::five_year_bands; ++b) table.onset_log_constant[sex][b] = static_cast<float>(log_d(found->second[sex][b]));
        table.cause = spec.has_cause ? cause++ : -1;
        table.admission_at_onset = optional(draws, spec, "cause.at_onset", 0);
        if (spec.numbers.has("exacerbation_prior_ratio")) out.exacerbation_prior_ratio = static_cast<float>(draws(spec.numbers.one("exacerbation_prior_ratio")));
    }
    out.obesity = library.condition("obesity");
    out.hypertension = library.condition("hypertension");
    out.diabetes = library.condition("type2_diabetes");
    out.dementia = library.condition("dementia");
    out.depression = library.condition("depression");
    out.cancer = library.condition("cancer");
    out.heart_failure = library.condition("heart_failure");
    out.copd = library.condition("copd");
    out.kidney = library.condition("chronic_kidney_disease");
    out.coronary = library.condition("coronary");
    out.stroke = library.condition("stroke");
    for (std::size_t c = 0; c < library.conditions.size(); ++c) {
        tables.risk.onset[c] = library.conditions[c].engine;
        for (std::size_t s = 0; s < library.conditions[c].progression_engine.size(); ++s) tables.risk.progression[c][s + 1] = library.conditions[c].progression_engine[s];
    }
    model::make_risk_laws(tables);
    out.headroom = draws.one("population.disease.headroom");
}

}  // namespace tresse::scenario
