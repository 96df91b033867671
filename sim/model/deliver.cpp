#include <algorithm>

#include "tresse/core/check.hpp"
#include "pay_line.hpp"
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
        here.sums.action_counts[static_cast<std::size_t>(line.source * action_count + action_delivered)] += 1;
        learn(here, line.slot, action, static_cast<float>(e.dose) / 255.0f);
        // the first month has the work of the start and that of a month
        for (std::size_t role = 0; role < limit::roles; ++role) {
            const float m = action.minutes_month[role] + (first ? action.minutes_intake[role] : 0.0f);
            if (!(m > 0) || static_cast<int>(role) == action.staff_role || here.catalogue.roles[role].in_days) continue;
            const int rank = provider_rank(here, line.slot, static_cast<int>(role));
            if (rank > 0) here.scratch.node_admin[static_cast<std::size_t>(node(static_cast<int>(role), rank))] += static_cast<std::int64_t>(m * 10.0f);
        }
        const float own = action.staff_minutes_month + (first ? action.staff_minutes_intake : 0.0f);
        const auto staff = static_cast<Cents>(static_cast<double>(own) / 60.0 * static_cast<double>(action.staff_cents_hour) + 0.5);
        here.sums.action_cents[line.source] += staff + action.other_cents_month;
        here.sums.action_counts[static_cast<std::size_t>(line.source * action_count + action_minutes)] += static_cast<std::int64_t>(own * 10.0f);
        if (action.mechanism_delivered >= 0) here.book.touch(action.mechanism_delivered, static_cast<std::int64_t>(own * 10.0f), staff + action.other_cents_month);
        world::Persons& p = here.cell.persons;
        if (here.catalogue.services[line.service].id == "case_manager_month" && !st::CaseManager::get(p.status[line.slot])) {
            p.status[line.slot] = st::CaseManager::set(p.status[line.slot], 1);
            here.stock(world::Stock::with_case_manager) += 1;
        }
        return;
    }
}

/// What a delivered line leaves in the books and with the person, as pointers of their own (see Till).
struct Desk {
    explicit Desk(Here& here)
        : till(here), services(here.book.service_row(0)), facts(here.scratch.node_facts.data()), counts_as(here.prepared.counted.data()),
          seen_year(here.cell.persons.seen_year), status2(here.cell.persons.status2), gp_contacts(here.cell.persons.gp_contacts), gp_by{here.cell.persons.gp_second, here.cell.persons.gp_own}, gp_line(here.scratch.gp_lines.data()) {}

    /// The count of continuity: contacts with general practice, of which with the own practice.
    void count_gp(const GpLine& line) const {
        const auto more = [n = line.count](std::uint8_t& counter) { counter = static_cast<std::uint8_t>(std::min<std::uint32_t>(counter + n, 255)); };
        more(gp_contacts[line.slot]);
        more(gp_by[line.own][line.slot]);
    }

    [[gnu::always_inline]] void serve(world::Line& line, std::size_t at, bool own) {
        const std::size_t s = line.service, slot = line.slot;
        const std::uint32_t n = line.count;
        std::int64_t* counts = services + s * static_cast<std::size_t>(ServiceCount::count);
        counts[static_cast<int>(ServiceCount::served)] += 1;
        counts[static_cast<int>(ServiceCount::units)] += n;
        counts[static_cast<int>(ServiceCount::days_waited)] += line.flags & (flag::emergency | flag::no_queue) ? 0 : line.waited * 30 + facts[at].wait_days;
        line.flags |= flag::served;
        const Prepared::Counted& counted = counts_as[s];
        seen_year[slot] |= counted.team_bit;
        status2[slot] |= counted.used;
        till.group_row(slot)[counted.column] += counted.weight * n;
        // kept for later without a branch: whether a line is one of general practice cannot be guessed
        *gp_line = {static_cast<Slot>(slot), static_cast<std::uint16_t>(n), own};
        gp_line += counted.gp;
        if (!counted.programme) [[likely]] till.pay(slot, s, n, at, facts[at].contract);
    }

    Till till;
    std::int64_t* services;
    const NodeFacts* facts;
    const Prepared::Counted* counts_as;
    std::uint16_t* seen_year;
    std::uint32_t* status2;
    std::uint8_t* gp_contacts;
    std::uint8_t* gp_by[2];  ///< [by the own practice]
    GpLine* gp_line;
};

/// The few lines that are more than a contact.
[[gnu::noinline]] void more_than_a_contact(Here& here, const world::Line& line) {
    const std::uint8_t bits = here.prepared.bits[line.service];
    if (bits & service_bit::emergency) {
        here.book.group(GroupCount::emergency_visits, here.cell.persons.group[line.slot]) += line.count;
        here.cell.persons.status2[line.slot] |= st2::EmergencyUse::mask;
    }
    if (bits & service_bit::programme) programme_delivered(here, line);
    if (bits & service_bit::hospital_day) here.cell.stays.push_back({line.slot, line.source, line.flags, line.count, 100});
    if ((bits & service_bit::home_day) && !st::NursingHome::get(here.cell.persons.status[line.slot])) enter_home(here, line.slot);
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
    const Scratch& s = here.scratch;
    for (std::size_t n = 0; n < nodes; ++n) demand[n] += s.demand[n], emergency[n] += s.emergency[n];
    const auto sum = [&](world::Line& line) {
        const int role = here.prepared.role_of[line.service];
        if (line.rank == 0) line.rank = static_cast<std::uint8_t>(provider_rank(here, line.slot, role) & 15);
        if (line.flags & flag::no_queue) return;
        if (line.rank == 0) return;
        const std::uint32_t minutes = here.tables.provider.deci_minutes[line.service] * line.count;
        demand[node(role, line.rank)] += minutes;
        if (line.flags & flag::emergency) emergency[node(role, line.rank)] += minutes;
    };
    auto& requests = here.cell.requests;
    for (std::size_t i = 0; i < s.summed_from; ++i) sum(requests[i]);
    for (std::size_t i = s.summed_to; i < requests.size(); ++i) sum(requests[i]);
}

namespace {

/// What a line needs to know of each provider of the neighbourhood, read from the board once a cell.
void read_nodes(Here& here) {
    const ProviderIndex* providers = here.place.provider[0].data();
    for (std::size_t n = 0; n < here.scratch.node_facts.size(); ++n) {
        const ProviderIndex provider = providers[n];
        const bool some = n % limit::ranks != 0 && provider != no_provider;
        here.scratch.node_facts[n] = some ? NodeFacts{here.board.row[provider].cut, here.board.row[provider].contract, here.board.row[provider].wait_days} : NodeFacts{};
    }
}

/// Who stands in a queue: true when served, by the own provider or by the pool; the others wait or are gone elsewhere.
[[gnu::noinline]] bool passes_queue(Here& here, world::Line& line, int role, bool& own) {
    const std::uint32_t deci = here.tables.provider.deci_minutes[line.service] * line.count;
    const ProviderIndex provider = line.rank == 0 ? no_provider : here.place.provider[0].data()[node(role, line.rank)];
    const Outcome outcome = outcome_of(here, line, provider, role);
    if (outcome == Outcome::waits) wait(here, line, deci);
    if (outcome == Outcome::pooled) {
        here.book.service(ServiceCount::pooled, line.service) += 1;
        here.did(Did::served_pool, deci);
        own = false;
    }
    return outcome == Outcome::served || outcome == Outcome::pooled;
}

}  // namespace

void deliver(Here& here) {
    here.cell.stays.clear();
    Scratch& s = here.scratch;
    const auto& households = here.cell.households;
    s.paid_before.resize(households.size());
    for (std::size_t h = 0; h < households.size(); ++h) s.paid_before[h] = households[h].paid;
    read_nodes(here);
    s.gp_lines.resize(here.cell.requests.size() + 1);
    Desk desk(here);
    const std::uint64_t* team = here.cell.persons.team;
    const std::uint8_t *role_of = here.prepared.role_of.data(), *slot_of = here.prepared.slot_of.data();
    world::Line* const end = here.cell.requests.data() + here.cell.requests.size();
    constexpr std::ptrdiff_t ahead = 5;
    for (world::Line* line = here.cell.requests.data(); line != end; ++line) {
        if (end - line > ahead) [[likely]] {
            const world::Line& soon = line[ahead];
            desk.till.fetch(soon.slot, soon.service, desk.facts[node(role_of[soon.service], soon.rank)].contract);
        }
        const int role = role_of[line->service];
        const int at = node(role, line->rank);
        const bool sure = line->flags & (flag::no_queue | flag::emergency);
        bool own = sure | (line->rank == world::team_rank(team[line->slot], slot_of[line->service]));
        if (!sure && desk.facts[at].cut != world::everybody) [[unlikely]] {
            bool by_own = own;
            if (!passes_queue(here, *line, role, by_own)) continue;
            own = by_own;
        }
        desk.serve(*line, static_cast<std::size_t>(at), own);
        if (desk.counts_as[line->service].more) [[unlikely]] more_than_a_contact(here, *line);
    }
    for (const GpLine* line = s.gp_lines.data(); line != desk.gp_line; ++line) desk.count_gp(*line);
    s.paid_lines = here.cell.requests.size();
    join(here);
}

}  // namespace tresse::model
