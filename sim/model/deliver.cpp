#include <algorithm>

#include "tresse/core/check.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;
namespace st2 = world::status2;
namespace flag = world::line_flag;

namespace {

enum class Outcome { served, pooled, waits, gone };

Outcome outcome_of(const Here& here, const world::Line& line, ProviderIndex provider, int role) {
    if (line.flags & flag::moved) return Outcome::gone;
    if (provider == no_provider) return Outcome::gone;
    const std::uint64_t id = here.cell.persons.id[line.slot];
    if (line.flags & flag::pooled) {
        const std::size_t queue = static_cast<std::size_t>(here.pool * limit::roles + role);
        const std::uint32_t key = queue_key(here.rules.seed, id, 0x80000000u + static_cast<std::uint32_t>(queue), here.month, line.waited);
        return key < here.board.pool_cut[queue] ? Outcome::pooled : Outcome::waits;
    }
    const std::uint32_t cut = here.board.row[provider].cut;
    if (cut == world::everybody) return Outcome::served;
    return queue_key(here.rules.seed, id, provider, here.month, line.waited) < cut ? Outcome::served : Outcome::waits;
}

void count_contact(Here& here, const world::Line& line, std::uint8_t bits, bool own) {
    world::Persons& p = here.cell.persons;
    std::int64_t* g = here.book.group_row(p.group[line.slot]);
    std::uint32_t& status2 = p.status2[line.slot];
    if (bits & service_bit::gp) {
        g[static_cast<int>(GroupCount::gp_contacts)] += line.count;
        status2 |= st2::CareUse::mask;
        if (p.gp_contacts[line.slot] < 255) ++p.gp_contacts[line.slot];
        auto& counter = own ? p.gp_own[line.slot] : p.gp_second[line.slot];
        if (counter < 255) ++counter;
    } else if (bits & service_bit::specialist) {
        g[static_cast<int>(GroupCount::specialist_contacts)] += line.count;
        status2 |= st2::SpecialistUse::mask;
    } else if (bits & service_bit::test) {
        g[static_cast<int>(GroupCount::tests)] += line.count;
    }
    if (bits & service_bit::emergency) {
        g[static_cast<int>(GroupCount::emergency_visits)] += line.count;
        status2 |= st2::EmergencyUse::mask;
    }
}

void enter_home(Here& here, int slot) {
    world::Persons& p = here.cell.persons;
    flush(here, slot, here.now);
    p.status[slot] = st::NursingHome::set(p.status[slot], 1);
    here.stock(world::Stock::in_nursing_home) += 1;
    for (auto& row : here.cell.home_care) {
        if (row.slot != slot) continue;
        here.stock(world::Stock::waiting_for_home) -= row.waits_for_home > 0;
        row.waits_for_home = 0, row.nursing_service = 255, row.nursing_days = 0, row.help_hours = 0, row.carer_hours = 0;
    }
    here.cell.refresh.push_back(static_cast<Slot>(slot));
    here.did(Did::nursing_home_entered);
}

std::uint8_t moved_by(std::uint8_t now, float change) {
    const float to = static_cast<float>(now) + change;
    return static_cast<std::uint8_t>(to < 0 ? 0 : to > 255 ? 255 : to + 0.5f);
}

/// What a contact leaves with the person: activation, adherence, experience (points of 100, spread over the year of the effect).
void learn(Here& here, int slot, const Action& action, float dose) {
    world::Persons& p = here.cell.persons;
    for (const Lever& lever : action.levers) {
        if (lever.is_ratio) continue;
        const float change = lever.effect * dose * 2.55f / 12.0f;
        if (lever.kind == LeverKind::activation) p.activation[slot] = moved_by(p.activation[slot], change);
        else if (lever.kind == LeverKind::adherence) p.adherence[slot] = moved_by(p.adherence[slot], change);
        else if (lever.kind == LeverKind::experience) p.experience[slot] = moved_by(p.experience[slot], change);
        else if (lever.kind == LeverKind::administration_time) {
            for (const int role : action.partner_roles) {
                if (here.catalogue.roles[static_cast<std::size_t>(role)].in_days) continue;  // paperwork takes nobody's bed
                const int rank = provider_rank(here, slot, role);
                if (rank > 0) here.scratch.node_admin[static_cast<std::size_t>(node(role, rank))] += static_cast<std::int64_t>(lever.effect * 10.0f);
            }
        } else continue;
        if (lever.mechanism >= 0) here.book.touch(lever.mechanism);
    }
}

/// A contact of a programme: the dose follows what was really delivered, and other roles lose the minutes that it takes from them.
void programme_delivered(Here& here, const world::Line& line) {
    const Action& action = here.rules.policy.actions[line.source];
    for (auto& e : here.cell.enrolments) {
        if (e.slot != line.slot || e.action != line.source) continue;
        const bool first = e.delivered == 0;
        if (e.delivered < 65535) ++e.delivered;
        const int months = std::max(1, here.now - e.since);
        const int wanted = action.enrolled_months > 0 ? std::min(months, action.enrolled_months) : months;
        const float share = static_cast<float>(e.delivered) / static_cast<float>(wanted) / action.trial_share * action.fidelity;
        if (!action.target.at_discharge) e.dose = static_cast<std::uint8_t>(share >= 1.0f ? 255.0f : share * 255.0f);
        here.scratch.action_counts[static_cast<std::size_t>(line.source * action_count + action_delivered)] += 1;
        learn(here, line.slot, action, static_cast<float>(e.dose) / 255.0f);
        const auto& minutes = first ? action.minutes_intake : action.minutes_month;
        for (std::size_t role = 0; role < limit::roles; ++role) {
            const float m = minutes[role];
            if (!(m > 0) || static_cast<int>(role) == action.staff_role || here.catalogue.roles[role].in_days) continue;
            const int rank = provider_rank(here, line.slot, static_cast<int>(role));
            if (rank > 0) here.scratch.node_admin[static_cast<std::size_t>(node(static_cast<int>(role), rank))] += static_cast<std::int64_t>(m * 10.0f);
        }
        const float own = first ? action.staff_minutes_intake : action.staff_minutes_month;
        const auto staff = static_cast<Cents>(static_cast<double>(own) / 60.0 * static_cast<double>(action.staff_cents_hour) + 0.5);
        here.scratch.action_cents[line.source] += staff + action.other_cents_month;
        here.scratch.action_counts[static_cast<std::size_t>(line.source * action_count + action_minutes)] += static_cast<std::int64_t>(own * 10.0f);
        if (action.mechanism_delivered >= 0) here.book.touch(action.mechanism_delivered, static_cast<std::int64_t>(own * 10.0f), staff + action.other_cents_month);
        world::Persons& p = here.cell.persons;
        if (here.catalogue.services[line.service].id == "case_manager_month" && !st::CaseManager::get(p.status[line.slot])) {
            p.status[line.slot] = st::CaseManager::set(p.status[line.slot], 1);
            here.stock(world::Stock::with_case_manager) += 1;
        }
        return;
    }
}

void served(Here& here, world::Line& line, ProviderIndex provider, bool own) {
    line.flags |= flag::served;
    const std::size_t s = line.service;
    std::int64_t* counts = here.book.service_row(line.service);
    counts[static_cast<int>(ServiceCount::served)] += 1;
    counts[static_cast<int>(ServiceCount::units)] += line.count;
    world::Persons& p = here.cell.persons;
    p.seen_year[line.slot] |= static_cast<std::uint16_t>(1u << here.prepared.slot_of[s]);
    if (!(line.flags & (flag::emergency | flag::no_queue))) counts[static_cast<int>(ServiceCount::days_waited)] += line.waited * 30 + here.board.row[provider].wait_days;
    const std::uint8_t bits = here.prepared.bits[s];
    if (bits == 0) return;
    if (bits & service_bit::counted) count_contact(here, line, bits, own);
    if (bits & service_bit::programme) programme_delivered(here, line);
    if (bits & service_bit::hospital_day) here.cell.stays.push_back({line.slot, line.source, line.flags, line.count, 100});
    if ((bits & service_bit::home_day) && !st::NursingHome::get(p.status[line.slot])) enter_home(here, line.slot);
}

void wait(Here& here, const world::Line& line, std::uint32_t deci) {
    here.book.service(ServiceCount::waiting, line.service) += 1;
    here.did(Did::waited, deci);
    if (line.service == here.prepared.s_home_day) {
        for (auto& row : here.cell.home_care)
            if (row.slot == line.slot && row.waits_for_home < 250) row.waits_for_home += 1;
        return;
    }
    world::Line later = line;
    later.flags = static_cast<std::uint8_t>(later.flags & (flag::unplanned | flag::readmission));
    here.cell.waiting.push_back(later);
}

}  // namespace

void sum_nodes(Here& here, std::uint32_t* demand, std::uint32_t* emergency) {
    for (world::Line& line : here.cell.requests) {
        const int role = here.prepared.role_of[line.service];
        if (line.rank == 0) line.rank = static_cast<std::uint8_t>(provider_rank(here, line.slot, role) & 15);
        if (line.flags & flag::no_queue) continue;
        if (line.rank == 0) continue;
        const std::uint32_t minutes = here.tables.provider.deci_minutes[line.service] * line.count;
        demand[node(role, line.rank)] += minutes;
        if (line.flags & flag::emergency) emergency[node(role, line.rank)] += minutes;
    }
}

void deliver(Here& here) {
    here.cell.stays.clear();
    const ProviderIndex* providers = here.place.provider[0].data();
    for (world::Line& line : here.cell.requests) {
        const int role = here.prepared.role_of[line.service];
        const ProviderIndex provider = line.rank == 0 ? no_provider : providers[node(role, line.rank)];
        if (line.flags & (flag::no_queue | flag::emergency)) {
            served(here, line, provider, true);
            continue;
        }
        switch (outcome_of(here, line, provider, role)) {
            case Outcome::served: served(here, line, provider, line.rank == world::team_rank(here.cell.persons.team[line.slot], here.prepared.team_slot_of[static_cast<std::size_t>(role)])); break;
            case Outcome::pooled:
                here.book.service(ServiceCount::pooled, line.service) += 1;
                here.did(Did::served_pool, here.tables.provider.deci_minutes[line.service] * line.count);
                served(here, line, provider, false);
                break;
            case Outcome::waits: wait(here, line, here.tables.provider.deci_minutes[line.service] * line.count); break;
            case Outcome::gone: break;
        }
    }
    join(here);
}

}  // namespace tresse::model
