#include <algorithm>
#include <tuple>
#include <vector>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/contacts.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace {

constexpr const char* words[] = {
    "birth", "death", "departure", "arrival", "move", "union_formed", "separation", "left_parents", "retired", "nursing_home_entered",
    "smoking_started", "smoking_stopped", "weight_changed", "activity_changed",
    "onset", "progression", "step_down", "remission", "exacerbation", "diagnosis",
    "need_planned", "need_baseline", "need_standing",
    "price_response", "ceiling_reached", "forgone_money", "forgone_distance", "forgone_waiting",
    "waited", "served_pool", "moved_out_of_hours", "moved_emergency", "gave_up", "overtime",
    "repeated_test", "record_read", "plan_made", "coordination_refreshed",
    "admission_planned", "admission_unplanned", "readmission", "avoidable_admission", "discharge", "death_in_hospital", "bed_blocked", "dependence_worse", "dependence_better",
    "refund", "record_fee", "capitation", "closed_budget", "benefit", "supplement",
    "burnt_out", "recovered", "exit", "vacancy_filled", "record_adopted", "guideline_adopted", "tie_grown", "tie_faded",
    "carer_strained", "carer_lost", "carer_found", "sick_leave_started", "returned_to_work", "disability_started", "work_lost", "provider_chosen", "capitation_visits", "row_closed",
    "person_payment", "gate_closed", "act_for_payment", "budget_closed", "practice_premium", "limit_exceeded",
    "contact_added", "contact_left_out", "patient_passed_over",
};
static_assert(sizeof(words) / sizeof(words[0]) == static_cast<std::size_t>(Did::count), "one word per mechanism");

Prepared::Counted counted_of(std::uint8_t bits, std::uint8_t team_slot) {
    Prepared::Counted out;
    const auto column = [&](GroupCount c) { out.column = static_cast<std::uint8_t>(c), out.weight = 1; };
    if (bits & service_bit::test) column(GroupCount::tests);
    if (bits & service_bit::specialist) column(GroupCount::specialist_contacts), out.used = world::status2::SpecialistUse::mask;
    if (bits & service_bit::gp) column(GroupCount::gp_contacts), out.used = world::status2::CareUse::mask;
    out.gp = bits & service_bit::gp, out.programme = bits & service_bit::programme, out.more = bits & service_bit::more;
    out.team_bit = static_cast<std::uint16_t>(1u << team_slot);
    return out;
}

}  // namespace

std::vector<std::string> standard_mechanisms() { return {std::begin(words), std::end(words)}; }

Prepared::Prepared(const Rules& r) : rules(&r), hazards(*r.tables), free_stream(free_headroom(*r.tables)) {
    const world::Catalogue& c = *r.catalogue;
    const Tables& t = *r.tables;
    TRESSE_CHECK(c.services.size() <= limit::services && c.roles.size() <= limit::roles, "limits of services and roles are load errors");
    for (std::size_t minutes = 0; minutes < farther.size(); ++minutes) farther[minutes] = exp_d(static_cast<double>(t.behaviour.choice_per_minute) * static_cast<double>(minutes));
    for (std::size_t role = 0; role < c.roles.size(); ++role) {
        team_slot_of[role] = static_cast<std::uint8_t>(c.roles[role].team_slot);
        for (std::size_t minutes = 0; minutes < 256; ++minutes) {
            const float beyond = minutes > 10 ? static_cast<float>(minutes - 10) : 0.0f;
            forgone_distance[role][minutes] = static_cast<std::uint32_t>((1.0 - static_cast<double>(exp_f(-t.behaviour.decay_per_minute[role] * beyond))) * 0x1p32);
        }
    }
    for (std::size_t s = 0; s < c.services.size(); ++s) {
        role_of[s] = static_cast<std::uint8_t>(c.services[s].role);
        slot_of[s] = team_slot_of[role_of[s]];
        for (std::size_t q = 0; q < quintiles; ++q) {
            const float free = free_response(t.behaviour, s, q);
            const float mean = 1.0f + t.behaviour.free_share * (free - 1.0f);
            price_factor[0][s][q] = 1.0f / mean;
            price_factor[1][s][q] = free / mean;
        }
    }
    for (std::size_t s = 0; s < c.services.size(); ++s) {
        const world::Service& service = c.services[s];
        bits[s] = static_cast<std::uint8_t>((service.gp_contact ? service_bit::gp : 0) | (service.specialist_contact ? service_bit::specialist : 0) |
                                            (service.emergency_visit ? service_bit::emergency : 0) | (service.test ? service_bit::test : 0));
        line_flags[s] = service.queue == world::QueueLaw::emergency ? world::line_flag::emergency : service.queue == world::QueueLaw::none ? world::line_flag::no_queue : std::uint8_t{0};
    }
    for (int k = 0; k < t.disease.conditions; ++k)
        for (int s = 1; s <= t.disease.condition[static_cast<std::size_t>(k)].stages; ++s)
            condition_of_mix[t.disease.condition[static_cast<std::size_t>(k)].mix[static_cast<std::size_t>(s)]] = static_cast<std::uint8_t>(k);
    headroom_room = static_cast<float>(log_d(static_cast<double>(t.disease.headroom)) * 0.999);
    mix_rows = mix_rows_of(t);
    mix_columns.resize(t.need.mix.size());
    for (std::size_t row = 0; row < t.need.mix.size(); ++row) {
        const Mix& mix = t.need.mix[row];
        for (std::size_t s = 0; s < limit::services; ++s) {
            mix_columns[row][s] = {mix.threshold[s], mix.count[s], mix.again[s], mix.alias[s]};
        }
    }
    std::vector<std::size_t> planned;
    for (std::size_t row = static_cast<std::size_t>(t.need.mix_dependence) + 3; row < t.need.mix.size(); ++row) planned.push_back(row);
    for (std::size_t s = 0; s < limit::services; ++s) {
        std::sort(planned.begin(), planned.end(), [&](std::size_t a, std::size_t b) {
            const float x = t.need.mix[a].rate_month[s], y = t.need.mix[b].rate_month[s];
            return std::tie(x, condition_of_mix[b], b) < std::tie(y, condition_of_mix[a], a);
        });
        for (std::size_t k = 0; k < planned.size(); ++k) ask_rank[s][planned[k]] = static_cast<std::uint8_t>(k + 1);
    }
    const auto& actions = r.policy.actions;
    for (std::size_t a = 0; a < actions.size(); ++a) {
        if (actions[a].service >= 0) {
            programme_service[static_cast<std::size_t>(actions[a].service)] = true;
            bits[static_cast<std::size_t>(actions[a].service)] |= service_bit::programme;
        }
        for (const Lever& l : actions[a].levers) acts_through_gp |= actions[a].reach == Reach::share_of_providers && !moves_providers(l.kind) && l.kind != LeverKind::administration_time;
        for (std::size_t l = 0; l < actions[a].levers.size(); ++l)
            levers[static_cast<std::size_t>(actions[a].levers[l].kind)].push_back({static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(l)});
    }
    for (std::size_t k = 0; k < c.contracts.size() && k < capitated.size(); ++k) capitated[k] = c.contracts[k] != "fee_for_service" && c.contracts[k] != "none";
    has_capitation = c.contracts.size() > 1;
    gp_slot = c.role("gp") < 0 ? 0 : team_slot_of[static_cast<std::size_t>(c.role("gp"))];
    s_gp = c.service("gp_consultation"), s_gp_home = c.service("gp_home_visit"), s_ooh = c.service("gp_out_of_hours"), s_emergency = c.service("emergency_visit");
    s_hospital_day = c.service("hospital_day"), s_stay_fees = c.service("stay_fees"), s_stay_medicines = c.service("stay_medicines");
    s_first_day = c.service("hospital_first_day"), s_room = c.service("room_supplement"), s_home_day = c.service("nursing_home_day");
    s_record_year = c.service("global_record_year"), s_federal = c.service("federal_baseline"), s_lump_sums = c.service("hospital_lump_sums"), s_home_help = c.service("home_help");
    s_plan_meeting = c.service("care_plan_meeting"), s_lab = c.service("lab_set");
    if (s_home_day >= 0) bits[static_cast<std::size_t>(s_home_day)] |= service_bit::home_day;
    if (s_hospital_day >= 0) bits[static_cast<std::size_t>(s_hospital_day)] |= service_bit::hospital_day;
    find_answers(*this);
    for (std::size_t s = 0; s < c.services.size(); ++s) counted[s] = counted_of(bits[s], slot_of[s]);
}

void Scratch::fit(int capacity) {
    const auto n = static_cast<std::size_t>(capacity);
    if (chosen.size() >= n + 1) return;
    for (auto& l : luck) l.resize(n);
    chosen.resize(n + 1);
}

void PieceSums::open_month(std::size_t payments, std::size_t state_payments, std::size_t actions) {
    seen.clear();
    payment_cents.assign(payments, 0);
    left = {};
    state_cents.assign(state_payments, 0);
    action_cents.assign(actions, 0);
    action_counts.assign(actions * action_count, 0);
    asked_actions.fill(0);
}

}  // namespace tresse::model
