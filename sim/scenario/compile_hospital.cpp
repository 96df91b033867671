#include <algorithm>

#include "compile_parts.hpp"

namespace tresse::scenario {

namespace {

using Group = std::array<int, 8>;
/// First ages of the seven groups of the stays, and the end.
constexpr Group first_age = {0, 15, 25, 45, 65, 75, 85, model::ages};

std::size_t group_of(int age) {
    std::size_t g = 0;
    while (age >= first_age[g + 1]) ++g;
    return g;
}

/// Stays a person and year at one age that the conditions cause: by stage, raised by the months after a discharge, and at onset. The new cases at
/// an age are what holds prevalence there: its slope and the excess deaths. Nobody's own history is known here, so both are means.
double condition_stays(const model::Tables& tables, int sex, int age, double after) {
    double sum = 0;
    const auto s = static_cast<std::size_t>(sex), a = static_cast<std::size_t>(age);
    for (int c = 0; c < tables.disease.conditions; ++c) {
        const model::ConditionTable& t = tables.disease.condition[static_cast<std::size_t>(c)];
        if (t.cause < 0) continue;
        const double p = static_cast<double>(t.prevalence[s][a]);
        double rate = 0, ratio = 0, remission = 0;
        for (std::size_t k = 1; k <= static_cast<std::size_t>(t.stages); ++k) {
            rate += static_cast<double>(t.stage_share[k]) * static_cast<double>(t.admission[k]);
            ratio += static_cast<double>(t.stage_share[k]) * exp_d(static_cast<double>(t.log_mortality[k]));
            remission += static_cast<double>(t.stage_share[k]) * static_cast<double>(t.remission[k]);
        }
        sum += p * rate * after;
        if (!(t.admission_at_onset > 0)) continue;
        const double next = static_cast<double>(t.prevalence[s][std::min(a + 1, static_cast<std::size_t>(model::ages - 1))]);
        const double death = 12.0 * static_cast<double>(tables.mortality.base_month[0][s][a]);
        const double without = death / (1.0 + p * (ratio - 1.0));
        sum += static_cast<double>(t.admission_at_onset) * std::max(0.0, next - p + p * (1.0 - p) * without * (ratio - 1.0) + p * remission);
    }
    return sum;
}

/// Other stays by sex and age: all stays of the age group, split by sex, less what the conditions cause at that age group on average.
void other_stays(const Draws& draws, model::Tables& tables) {
    model::HospitalTables& h = tables.hospital;
    std::array<float, 7> per_1000{}, women_over_men{}, days{};
    draws.list("hospital.stays.per_1000", per_1000);
    draws.list("hospital.stays.women_over_men", women_over_men);
    draws.list("hospital.stays.days", days);
    for (std::size_t g = 0; g < 7; ++g) {
        const double rate = static_cast<double>(per_1000[g]) / 1000.0, ratio = static_cast<double>(women_over_men[g]);
        const double women = draws.inhabitants_of(0, first_age[g], first_age[g + 1] - 1), men = draws.inhabitants_of(1, first_age[g], first_age[g + 1] - 1);
        const double of_men = rate * (women + men) / (women * ratio + men);
        // six months of raised hazard after each discharge, for patients with half more stays than their age
        double raised = 0;
        for (std::size_t m = 1; m < 7; ++m) raised += static_cast<double>(h.post_discharge[m]) - 1.0;
        const double after = 1.0 + raised / 12.0 * rate * 1.5;
        for (int sex = 0; sex < 2; ++sex) {
            double caused = 0, people = 0;
            for (int age = first_age[g]; age < first_age[g + 1]; ++age) {
                const double n = draws.inhabitants_of(sex, age, age);
                caused += n * condition_stays(tables, sex, age, after);
                people += n;
            }
            const double all = sex == 0 ? of_men * ratio : of_men;
            const double other = all - (people > 0 ? caused / people : 0.0);
            for (int age = first_age[g]; age < first_age[g + 1]; ++age)
                h.baseline[static_cast<std::size_t>(sex)][static_cast<std::size_t>(age)] = static_cast<float>(std::max(other, 0.2 * all));
        }
    }
    for (int age = 0; age < model::ages; ++age) h.days_by_age[static_cast<std::size_t>(age)] = days[group_of(age)];
}

void causes(const Draws& draws, model::HospitalTables& h) {
    std::size_t cause = 0;   // the order of fill_catalogue: other unplanned, other planned, then those of the conditions
    for (const bool planned : {false, true}) {
        h.weight[cause] = draws.one("hospital.stays.weight_other");
        h.fatality[cause] = draws.one(planned ? "hospital.stays.fatality_other_planned" : "hospital.stays.fatality_other_acute");
        h.planned_share[cause] = planned ? 1.0f : 0.0f;
        ++cause;
    }
    for (const ConditionSpec& spec : draws.library.conditions) {
        if (!spec.has_cause) continue;
        h.days[cause] = static_cast<float>(draws(spec.numbers.one("cause.days")));
        h.weight[cause] = static_cast<float>(draws(spec.numbers.one("cause.weight")));
        h.fatality[cause] = static_cast<float>(draws(spec.numbers.one("cause.fatality_30d")));
        h.planned_share[cause] = static_cast<float>(draws(spec.numbers.one("cause.planned_share")));
        ++cause;
    }
}

}  // namespace

void compile_hospital(const Draws& draws, model::Tables& tables) {
    model::HospitalTables& h = tables.hospital;
    draws.list("hospital.after.factor", h.post_discharge);
    other_stays(draws, tables);
    causes(draws, h);
    h.baseline_planned_share = draws.one("hospital.stays.planned_share");
    h.log_per_condition = log_f(draws.one("hospital.stays.per_condition_ratio"));
    h.log_condition_cap = log_f(draws.one("hospital.stays.condition_cap"));
    h.death_in_hospital = draws.one("hospital.stays.deaths_in_hospital");
    h.utility_loss_month = draws.one("hospital.after.utility_loss_month");
    h.decline_prob = draws.one("hospital.after.decline_prob");
    h.blocked_days = static_cast<int>(draws.one("hospital.after.blocked_days") + 0.5f);
    h.blocks_bed_share = draws.one("hospital.after.blocks_bed_share");
    draws.list("hospital.stay.single_room", h.single_room);
    h.emergency_before_unplanned = draws.one("hospital.stay.emergency_before_unplanned");
    draws.list("hospital.stay.season_respiratory", h.season_respiratory);
    to_mean_one(h.season_respiratory);
}

}  // namespace tresse::scenario
