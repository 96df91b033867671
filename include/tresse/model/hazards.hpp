#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "tresse/model/tables.hpp"
#include "tresse/world/bits.hpp"
#include "tresse/world/cell.hpp"

/// Natural hazards of a person: what the envelope of events is made of. They depend on the person's facts alone (age, sex, conditions, frailty, place),
/// never on arm, provider or price; so they are equal in all arms for the same person with the same facts.
namespace tresse::model {

/// Kinds of events of stage 3, 4 and 8, in the fixed order of the envelope. Append only.
enum Mark : int {
    mark_up = 0,            ///< + condition: onset when absent, next stage when present
    mark_down = 16,         ///< + condition: remission or one stage back
    mark_exacerbation = 32, ///< + condition: moderate, outside hospital
    mark_admission = 48,    ///< + condition: stay with this primary cause
    mark_found = 64,        ///< + condition: an undiagnosed case is diagnosed
    mark_unplanned = 80,    ///< stay not caused by the conditions
    mark_planned,
    mark_death,
    mark_dependence_up,
    mark_dependence_down,
    mark_carer_loss,
    mark_home_wish,         ///< wants to enter a nursing home
    mark_birth,
    mark_departure,
    mark_sick,              ///< long sick leave starts
    mark_return,            ///< returns to work
    mark_work_change,       ///< employed to unemployed or back
    mark_carer_gain,
    mark_count = 96,
};

/// Facts that hazards read, taken from the columns once.
struct PersonFacts {
    world::Conditions conditions;
    std::uint32_t status = 0, status2 = 0;
    int age = 0, sex = 0, region = 0;
    std::uint8_t frailty_permanent = 0, frailty_now = 0;
    std::uint8_t sbp = 0, lipid = 0, hdl = 0, hba1c = 0, egfr = 0, bmi = 0;  ///< places in the laws of risk_laws.hpp
    std::uint16_t treatment = 0;
};

/// Month hazards of one person, before headroom.
struct Hazards {
    alignas(64) std::array<float, mark_count> rate;
    float envelope = 0;     ///< sum of rate x headroom: what candidates come from
    bool healthy = false;   ///< no condition: `rate` holds nothing from mark_down to mark_unplanned

    float of(int mark) const { return healthy && mark >= mark_down && mark < mark_unplanned ? 0.0f : rate[static_cast<std::size_t>(mark)]; }
};

/// Tables of `Tables` in the order in which a person reads them; made once per parameter draw.
struct PreparedHazards {
    explicit PreparedHazards(const Tables& tables);

    struct alignas(64) Row {
        std::array<float, limit::conditions> value{};
    };
    std::array<std::array<Row, ages>, 2> onset_month;                      ///< [sex][age][condition]; 0 where none
    std::array<std::array<Row, five_year_bands>, 2> onset_log_norm;
    std::array<Row, risk_rows> log_ratio;
    std::array<Row, 4> smoking_ratio{};                        ///< of log_ratio by status::Smoking; nothing for those who never did
    std::array<Row, 2> inactive_ratio{}, overweight_ratio{};   ///< of log_ratio: [no, yes]
    /// Month rates by condition and stage 0..7.
    std::array<std::array<float, 8>, limit::conditions> progression{}, down{}, remission_part{}, exacerbation{}, admission{}, log_mortality{};
    std::array<float, limit::conditions> found_month{}, planned_share{};
    std::array<float, 4> carer_gain{};                                     ///< a month, by Katz class: as many find a carer as lose one at the shares of the start (A-1320)
    std::array<float, 4> return_month{};                                   ///< back to work, by quarter of the spell
    std::array<std::array<float, 2>, limit::conditions> remission_age{};
    alignas(64) std::array<float, mark_count> headroom{};                  ///< declared, x the season where there is one
    const Tables* tables = nullptr;
    int conditions = 0;
};

void natural_hazards(const PreparedHazards& prepared, const PersonFacts& person, Hazards& out);

/// ln of the death multiplier from conditions, dependence, home and smoking: largest + overlap x rest, capped; without income, education and norm.
float log_death_multiplier(const PreparedHazards& prepared, const PersonFacts& person);

/// Sum of the log onset ratios that apply, by condition.
void log_onset_ratios(const PreparedHazards& prepared, const PersonFacts& person, std::array<float, limit::conditions>& out);

PersonFacts facts_of(const world::Persons& persons, int slot, int region, int month_index);

/// Age in completed years at the start of a month; a birthday counts from its own month on.
constexpr int age_at(int birth_month, int month_index) {
    const int months = month_index - world::birth_month_zero - birth_month;
    const int years = months < 0 ? 0 : months / 12;
    return years > oldest_age ? oldest_age : years;
}

/// n with P(N >= 1) = gate: the number of candidates of a Poisson law with mean `rate`, by inversion of one word below the gate.
int candidates(std::uint32_t word, std::uint32_t gate, float rate);
/// The same of four persons side by side, as most have few. Shape: four each; rates are positive.
void candidates_4(const std::uint32_t* word, const std::uint32_t* gate, const float* rate, std::uint16_t* out);
/// P(N >= 1) x 2^32, rounded up; what `candidates` inverts.
std::uint32_t gate_of(float rate);
/// The same where exp(-rate), the chance of none, is known.
std::uint32_t gate_of(float rate, float none);

}  // namespace tresse::model
