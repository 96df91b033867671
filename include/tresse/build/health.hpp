#pragma once

#include <span>
#include <vector>

#include "tresse/build/draft.hpp"
#include "tresse/build/norms.hpp"
#include "tresse/build/parameters.hpp"
#include "tresse/model/hazards.hpp"
#include "tresse/model/tables.hpp"
#include "tresse/world/catalogue.hpp"

namespace tresse::build {

/// Log odds of each later stage of a condition per ten years of age: its own number, else the one for all.
inline double stage_slope(const model::ConditionTable& table, const BuildParameters& parameters) {
    return table.stage_log_odds_per_decade == model::build_decides ? parameters.stage_per_decade : static_cast<double>(table.stage_log_odds_per_decade);
}

/// Tables in the order in which health is given; made once per build.
struct PreparedHealth {
    PreparedHealth(const model::Tables& tables, const HealthNorms& norms, const BuildParameters& parameters);

    const model::Tables* tables;
    const HealthNorms* norms;
    const BuildParameters* parameters;
    int conditions = 0;
    static constexpr int combinations = 5 * 3 * 2 * 2 * 2;  ///< fifth, smoking, inactive, overweight, resident
    /// Log odds by condition, sex, single age: table and national level. Below -30: nobody.
    std::array<std::array<std::array<float, 111>, 2>, model::limit::conditions> base{};
    /// Log odds that a person's habits, income and home add.
    std::array<std::array<float, combinations>, model::limit::conditions> habit{};
    /// P(stage <= s) by condition and age, s = 1..7.
    std::array<std::array<std::array<float, 7>, 111>, model::limit::conditions> stage_until{};
    /// Share known in the stages below `always_diagnosed_from`, such that the share over all stages is the table's.
    std::array<double, model::limit::conditions> known_below{};
};

/// Conditions with stage and diagnosis, dependence, carers, and who among the sick does not work.
/// Formula: P(condition) = logistic(table of sex and age + national level + log ratios of habits, income and conditions before it in the causal order).
/// Order: causes first. Cases are taken by systematic sampling inside (place, sex, five-year band), so counts follow their expectation.
void give_health(Settlement& settlement, const PlaceInput& place, const PreparedHealth& prepared, const SocialNorms& social, std::uint64_t seed);

/// Solves the national levels on the reference sample and gives health to its people.
HealthNorms solve_health(std::span<Settlement> sample, std::span<const PlaceInput> strata, const world::Catalogue& catalogue, const model::Tables& tables,
                         const SocialNorms& social, const BuildParameters& parameters, std::uint64_t seed);

/// The condition indices of a catalogue in causal order: obesity, hypertension, diabetes, coronary disease, kidney disease, asthma, COPD, stroke,
/// heart failure, depression, dementia, cancer, osteoarthritis; others last.
std::vector<int> causal_order(const world::Catalogue& catalogue);

/// Hours a week from all carers before scaling: more from a partner who lives along and with dementia.
double carer_hours(const Inhabitant& person, const model::Tables& tables);

/// The two words of packed facts of a person at the start, without those that care gives (record, plan, programmes).
std::uint32_t status_of(const Inhabitant& person);
std::uint32_t status2_of(const Inhabitant& person, const model::Tables& tables);
/// The facts that the model's hazards read.
model::PersonFacts facts_of(const Inhabitant& person, const model::Tables& tables);

}  // namespace tresse::build
