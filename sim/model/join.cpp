#include <algorithm>

#include "tresse/model/programme.hpp"

namespace tresse::model {

namespace st = world::status;
namespace st2 = world::status2;

namespace {

/// The household has a child of this age or younger, the person not counted.
bool has_child_to(const Here& here, int slot, int age) {
    const world::Persons& p = here.cell.persons;
    const world::Household& h = here.cell.households[p.household[slot]];
    for (int s = h.first_slot; s < h.first_slot + h.members && s < here.cell.slots; ++s)
        if (s != slot && !p.empty(s) && age_at(p.birth_month[s], here.age_index) <= age) return true;
    // a child born this year stands apart until January
    for (int s = 0; s < here.cell.slots && age <= 1; ++s)
        if (s != slot && !p.empty(s) && p.household[s] == p.household[slot] && age_at(p.birth_month[s], here.age_index) <= age) return true;
    return false;
}

bool is_off_work(std::uint32_t status) {
    const auto work = static_cast<world::WorkState>(st::Work::get(status));
    return work == world::WorkState::sick_leave || work == world::WorkState::disabled;
}

bool holds(const Here& here, int slot, const Test& test) {
    const world::Persons& p = here.cell.persons;
    const std::uint32_t status = p.status[slot], status2 = p.status2[slot];
    const auto value = static_cast<std::uint32_t>(test.value);
    const world::Conditions conditions{p.conditions[slot]};
    switch (test.kind) {
        case Test::Kind::age_from: return age_at(p.birth_month[slot], here.age_index) >= test.value;
        case Test::Kind::age_to: return age_at(p.birth_month[slot], here.age_index) <= test.value;
        case Test::Kind::conditions_from: return conditions.count() >= test.value;
        case Test::Kind::condition: return ((conditions.word >> 48) & test.mask) != 0;
        case Test::Kind::dependence_from: return st::Dependence::get(status) >= value;
        case Test::Kind::admissions_from: return st2::Admissions::get(status2) + st2::AdmissionsBefore::get(status2) >= value;
        case Test::Kind::medicines_from: return st2::Medicines::get(status2) >= value;
        case Test::Kind::tier_from: return st::Tier::get(status) >= value;
        case Test::Kind::increased_reimbursement: return st::Bim::get(status) == value;
        case Test::Kind::at_home: return (st::NursingHome::get(status) == 0) == (value != 0);
        case Test::Kind::has_carer: return (st::Carer::get(status) != 0) == (value != 0);
        case Test::Kind::lives_alone: return (here.cell.households[p.household[slot]].members == 1) == (value != 0);
        case Test::Kind::quintile_to: return st::Quintile::get(status) <= value;
        case Test::Kind::sex: return st::Sex::get(status) == value;
        case Test::Kind::work_state: return st::Work::get(status) == value;
        case Test::Kind::self_rated_poor: return p.utility[slot] < 45875;
        case Test::Kind::youngest_child_to: return has_child_to(here, slot, test.value);
        case Test::Kind::months_off_work_from: return is_off_work(status) && st2::SpellMonths::get(status2) >= value;
        case Test::Kind::has_risk_factor:
            switch (static_cast<RiskFactor>(test.value)) {
                case RiskFactor::smoking: return st::Smoking::get(status) == 2;
                case RiskFactor::inactivity: return st::Activity::get(status) == 0;
                case RiskFactor::overweight: return st::Overweight::get(status) != 0;
                case RiskFactor::obesity: return here.tables.disease.obesity >= 0 && conditions.has(here.tables.disease.obesity);
            }
            return false;
    }
    return false;
}

bool is_meant(const Here& here, int slot, const Target& target) {
    for (const Test& t : target.all)
        if (!holds(here, slot, t)) return false;
    if (target.any.empty()) return true;
    return std::any_of(target.any.begin(), target.any.end(), [&](const Test& t) { return holds(here, slot, t); });
}

bool takes_part(const Here& here, int slot, int action) {
    if (!st::Enrolled::get(here.cell.persons.status[slot])) return false;
    return std::any_of(here.cell.enrolments.begin(), here.cell.enrolments.end(), [&](const auto& e) { return e.slot == slot && e.action == action; });
}

std::int64_t& counted(const Here& here, int action, ActionCount what) { return here.sums.action_counts[static_cast<std::size_t>(action * action_count + what)]; }

/// Those who refused and for whom somebody comes by. Random: the word that nothing else of the invitation uses.
bool persuaded(Here& here, int slot, int index, const Action& action, std::uint32_t word) {
    if (static_cast<int>(st::Quintile::get(here.cell.persons.status[slot])) > action.outreach.quintile_to) return false;
    here.sums.action_cents[static_cast<std::size_t>(index)] += action.outreach.cents;
    return unit(word) < static_cast<double>(action.outreach.accepts);
}

/// Invitation, refusal and wish. Random: acceptance and the share that is meant are keyed by person and action, not by month: who refuses stays refused.
bool invite(Here& here, int slot, int index, std::uint32_t& key) {
    const Action& action = here.rules.policy.actions[static_cast<std::size_t>(index)];
    if (takes_part(here, slot, index) || !is_meant(here, slot, action.target)) return false;
    counted(here, index, action_meant) += 1;
    const std::uint64_t id = here.cell.persons.id[slot];
    const std::uint32_t month = action.target.at_discharge ? static_cast<std::uint32_t>(here.month.index) : 0u;
    const Block luck = draw(here.rules.seed, id, month, sub(Purpose::programme, static_cast<std::uint32_t>(action.index)));
    const double share = action.reach == Reach::share_of_target ? action.reach_value : 1.0;
    if (unit(luck.word[1]) >= share * ramp(action, here.month)) return false;
    counted(here, index, action_invited) += 1;
    if (action.mechanism_invited >= 0) here.book.touch(action.mechanism_invited);
    const bool refuses = unit(luck.word[0]) >= static_cast<double>(action.accepts[st::Quintile::get(here.cell.persons.status[slot])]);
    if (refuses && !persuaded(here, slot, index, action, luck.word[3])) {
        counted(here, index, action_refused) += 1;
        return false;
    }
    key = luck.word[2];
    return true;
}

}  // namespace

void ask_to_join(Here& here) {
    here.cell.wishes.clear();
    const auto& actions = here.rules.policy.actions;
    if (actions.empty() || here.rules.settling) return;
    const world::Persons& p = here.cell.persons;
    const world::Place& place = here.catalogue.places[here.cell.municipality];
    const auto today = static_cast<std::uint8_t>(here.month.of_year());
    for (std::size_t a = 0; a < actions.size(); ++a) {
        if (actions[a].target.at_discharge) continue;  // asked when they leave hospital
        if (here.month < actions[a].start || here.month > actions[a].end || actions[a].reach == Reach::share_of_providers || !runs_in(actions[a], place, here.month)) continue;
        // one twelfth of the people hears of it each month, in their birthday month
        for (int slot = 0; slot < here.cell.slots; ++slot)
            if (std::uint32_t key = 0; p.birthday[slot] == today && invite(here, slot, static_cast<int>(a), key))
                here.cell.wishes.push_back({static_cast<Slot>(slot), static_cast<std::uint8_t>(a), 0, key});
    }
}

namespace {

void enrol(Here& here, int slot, int index, std::uint8_t dose) {
    const Action& action = here.rules.policy.actions[static_cast<std::size_t>(index)];
    world::Persons& p = here.cell.persons;
    here.cell.enrolments.push_back({static_cast<std::uint16_t>(slot), static_cast<std::uint8_t>(index), dose, here.now, 0});
    p.status[slot] = st::Enrolled::set(p.status[slot], 1);
    here.stock(world::Stock::enrolled) += 1;
    counted(here, index, action_reached) += 1;
    if (action.mechanism_enrolled >= 0) here.book.touch(action.mechanism_enrolled);
    here.sums.action_cents[static_cast<std::size_t>(index)] += action.other_cents_intake;
}

/// Support has ended and no effect is left of it.
bool is_over(const Action& action, int months, Month month) {
    const int after = months_after_support(action, months, month);
    if (after == 0) return false;
    for (const Lever& lever : action.levers)
        if (lever.lasts_months > 0 && months <= lever.lag_months + lever.lasts_months) return false;
    return true;
}

}  // namespace

/// Whoever leaves hospital is asked there and then. Whether somebody will come in time is as likely as it was last month; who gets no visit in time
/// takes part without a dose.
void invite_at_discharge(Here& here, int slot) {
    const auto& actions = here.rules.policy.actions;
    if (actions.empty() || here.rules.settling) return;
    for (std::size_t a = 0; a < actions.size(); ++a) {
        if (!actions[a].target.at_discharge || here.month < actions[a].start || here.month > actions[a].end) continue;
        if (!runs_in(actions[a], here.catalogue.places[here.cell.municipality], here.month)) continue;
        std::uint32_t key = 0;
        if (!invite(here, slot, static_cast<int>(a), key)) continue;
        // places go by a cut like everywhere else; nobody knows at a discharge how many more there will be this month, so it follows last month's
        if (static_cast<std::uint32_t>(mix64(key, a + 1) >> 32) >= here.board.actions[a].cut) continue;
        const double in_time = static_cast<double>(here.board.actions[a].delivered_permille) / 1000.0;
        const float dose = actions[a].fidelity / actions[a].trial_share;
        const bool comes = unit(key) < in_time;
        enrol(here, slot, static_cast<int>(a), comes ? static_cast<std::uint8_t>(dose >= 1 ? 255.0f : dose * 255.0f) : std::uint8_t{0});
    }
}

void join(Here& here) {
    contacts_of_programmes(here);
    world::Persons& p = here.cell.persons;
    for (std::size_t a = 0; a < here.rules.policy.actions.size(); ++a) counted(here, static_cast<int>(a), action_asked) += here.sums.asked_actions[a];
    here.sums.asked_actions.fill(0);
    for (const world::Wish& w : here.cell.wishes) {
        if (p.empty(w.slot) || w.key >= here.board.actions[w.action].cut) continue;
        enrol(here, w.slot, w.action, 0);
    }
    here.cell.wishes.clear();
    // courses that are over and whose effect has passed leave the table
    auto& rows = here.cell.enrolments;
    for (std::size_t i = 0; i < rows.size();) {
        const Action& action = here.rules.policy.actions[rows[i].action];
        if (!is_over(action, here.now - rows[i].since, here.month)) {
            ++i;
            continue;
        }
        const int slot = rows[i].slot;
        const bool manager = action.service >= 0 && here.catalogue.services[static_cast<std::size_t>(action.service)].id == "case_manager_month";
        counted(here, rows[i].action, action_left) += 1;
        here.stock(world::Stock::enrolled) -= 1;
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i));
        const bool still = std::any_of(rows.begin(), rows.end(), [&](const auto& e) { return e.slot == slot; });
        if (!still) p.status[slot] = st::Enrolled::set(p.status[slot], 0);
        if (manager && st::CaseManager::get(p.status[slot])) {
            p.status[slot] = st::CaseManager::set(p.status[slot], 0);
            here.stock(world::Stock::with_case_manager) -= 1;
        }
    }
}

}  // namespace tresse::model
