#pragma once

#include <memory>
#include <vector>

#include "tresse/funding/tariff.hpp"
#include "tresse/model/policy.hpp"
#include "tresse/model/tables.hpp"
#include "tresse/world/book.hpp"
#include "tresse/world/catalogue.hpp"

namespace tresse::model {

class Witness;

/// Rows of the catalogue's mechanism list that the stages name; filled once at load by `standard_mechanisms`.
enum class Did : std::int16_t {
    birth, death, departure, arrival, move, union_formed, separation, left_parents, retired, nursing_home_entered,
    smoking_started, smoking_stopped, weight_changed, activity_changed,
    onset, progression, step_down, remission, exacerbation, diagnosis,
    need_planned, need_baseline, need_standing,
    price_response, ceiling_reached, forgone_money, forgone_distance, forgone_waiting,
    waited, served_pool, moved_out_of_hours, moved_emergency, gave_up, overtime,
    repeated_test, record_read, plan_made, coordination_refreshed,
    admission_planned, admission_unplanned, readmission, avoidable_admission, discharge, death_in_hospital, bed_blocked, dependence_worse, dependence_better,
    refund, record_fee, capitation, closed_budget, benefit, supplement,
    burnt_out, recovered, exit, vacancy_filled, record_adopted, guideline_adopted, tie_grown, tie_faded,
    carer_strained, carer_lost, carer_found, sick_leave_started, returned_to_work, disability_started, work_lost, provider_chosen, capitation_visits, row_closed,
    person_payment, gate_closed, act_for_payment, budget_closed, practice_premium, limit_exceeded,
    contact_added, contact_left_out, patient_passed_over,
    count
};
/// Words of the list above, in order; then the caller appends levers, actions and roles.
std::vector<std::string> standard_mechanisms();

/// Everything that a month needs to know and that does not change in it: one arm, one parameter draw.
struct Rules {
    const world::Catalogue* catalogue = nullptr;
    const Tables* tables = nullptr;
    Policy policy;
    std::vector<funding::Tariffs> tariffs;   ///< by calendar year from `tariff_year0`; the last one is used for later years
    int tariff_year0 = 2023;
    bool settling = false;                   ///< stages 1 to 3 stand still
    bool unlimited_capacity = false;
    bool log_events = false;                 ///< keep every accepted event of a month (Engine::seen)
    std::uint64_t seed = 0;
    Witness* witness = nullptr;              ///< looks on while a life is told; changes nothing

    const funding::Tariffs& tariff(Month month) const {
        const int i = month.year() - tariff_year0;
        const int last = static_cast<int>(tariffs.size()) - 1;
        return tariffs[static_cast<std::size_t>(i < 0 ? 0 : i > last ? last : i)];
    }
};

}  // namespace tresse::model
