#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/draw.hpp"
#include "tresse/model/hazards.hpp"
#include "tresse/model/tables.hpp"

/// The variables between a person and the published risk equations, and what the equations make of them.
///
/// A person stores its place (0-255) among people of its sex, age and state; the value follows from the law. Hypertension is the upper part of the law of
/// untreated blood pressure: with a prevalence p, whoever has it stands in its top p, whoever has not stands below. eGFR follows the stage of kidney disease,
/// BMI the classes of weight, HbA1c is read of people with diabetes only. A place drifts by being drawn anew now and then; the law moves with age.
/// Treatment lowers the value by steps. What a person's adherence and the levers of policy change is applied when an event is accepted (`risk_shift`), so
/// the candidates stay the same in all arms.
namespace tresse::model {

RiskEngine parse_engine(std::string_view word);        ///< none when there is no such word
std::vector<std::string> engine_words();
constexpr bool is_score2(RiskEngine e) { return e >= RiskEngine::score2_low && e <= RiskEngine::score2_very_high; }

/// Laws and slopes from the declared numbers and the prevalence of hypertension. Cost: some thousand logarithms, once per draw.
void make_risk_laws(Tables& tables);

/// Values of a person as the equations read them, treated as far as the person is, at today's adherence.
struct RiskValues {
    float pressure = 0, cholesterol = 0, hdl = 0, hba1c = 0, egfr = 0, egfr_log = 0, bmi = 0;
};
/// Of those below 30 nothing, of those without diabetes pressure, cholesterol and HDL: no equation reads more of them.
RiskValues risk_values(const Tables& tables, const PersonFacts& person);

/// Adds the equations' log ratios to those of onset, for the conditions that name one. Below 30 years nothing.
/// Formula: slope x (value - mean of the person's sex, age and state), less half the variance for UKPDS, so that the mean in people with diabetes is one.
void add_engine_ratios(const Tables& tables, const PersonFacts& person, const RiskValues& values, std::array<float, limit::conditions>& log_ratio);

/// Log ratio on the step from the present stage of a condition; 0 where no equation is named.
float progression_ratio(const Tables& tables, const PersonFacts& person, const RiskValues& values, int condition);

/// A change of the values against today's: mmHg, mmol/L, percentage points.
struct RiskChange {
    float pressure = 0, cholesterol = 0, hba1c = 0;
};
/// What it adds to the log hazard of an onset or a step of a condition.
float risk_shift(const Tables& tables, const PersonFacts& person, int condition, const RiskChange& change);
/// What adherence other than today's mean does to a treated person.
RiskChange adherence_change(const RiskTables& tables, const PersonFacts& person, std::uint8_t adherence);

/// Steps of treatment, four bits each from the lowest: blood pressure, lipids, glucose.
namespace treatment {
constexpr int steps(std::uint16_t word, int what) { return (word >> (4 * what)) & 15; }
constexpr std::uint16_t with(std::uint16_t word, int what, int n) {
    return static_cast<std::uint16_t>((word & ~(15 << (4 * what))) | ((n & 15) << (4 * what)));
}
inline constexpr int pressure = 0, lipids = 1, glucose = 2;
/// The fourth: quarters left of the first year after a diagnosis with a higher hazard of death (`first_year_mortality_ratio` of a condition).
inline constexpr int recent = 3;
inline constexpr int recent_quarters = 4;
constexpr bool first_year(std::uint16_t word) { return steps(word, recent) > 0; }
}  // namespace treatment

/// Whether a treatment is meant for the person: known hypertension; known coronary disease, stroke or diabetes from 50 on; known diabetes.
bool treatment_meant(const Tables& tables, const world::Conditions& conditions, int age, int what);
/// Treatment of a person at the start of a world: those whom today's shares reach; two steps where blood pressure is controlled.
/// Shape: bytes of `luck` are read from the lowest.
std::uint16_t treatment_today(const Tables& tables, const world::Conditions& conditions, int age, std::uint32_t luck);
/// Quarters left of a first year, at the start of a world: new cases a year over all cases are in it. Shape: as treatment_today.
std::uint16_t recent_today(const Tables& tables, const world::Conditions& conditions, int sex, int age, std::uint16_t treatment, std::uint32_t luck);
/// The year's step: starts at the yearly rate, ends when no longer meant.
std::uint16_t treatment_next(const Tables& tables, const world::Conditions& conditions, int age, std::uint16_t now, std::uint32_t luck);

}  // namespace tresse::model
