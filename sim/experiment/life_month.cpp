#include "life_month.hpp"

#include <algorithm>

#include "tresse/model/stages.hpp"
#include "tresse/model/tell.hpp"

namespace tresse::experiment {

namespace {

namespace flag = world::line_flag;
using measure::CareFate;
using measure::LifeCare;
using measure::LifeMonth;

CareFate fate_of(const world::Line& line) {
    if (line.flags & flag::served)
        return line.flags & flag::pooled ? CareFate::by_another : CareFate::delivered;
    return line.flags & flag::moved || line.rank == 0 ? CareFate::given_up : CareFate::waits;
}

void add_care(const world::World& world, const model::Rules& rules, Standing at, LifeMonth& out) {
    const world::Neighbourhood& place = world.neighbourhoods[at.cell->neighbourhood];
    for (const world::Line& line : at.cell->requests) {
        if (line.slot != at.slot)
            continue;
        LifeCare c;
        c.service = line.service, c.fate = fate_of(line), c.emergency = (line.flags & flag::emergency) != 0, c.waited = line.waited;
        const auto& actions = rules.policy.actions;
        if (line.source < actions.size() && actions[line.source].service == line.service)
            c.action = static_cast<std::int16_t>(actions[line.source].index);
        const auto role = static_cast<std::size_t>(rules.catalogue->services[line.service].role);
        c.provider = line.rank == 0 ? no_provider : place.provider[role][line.rank];
        if ((c.fate == CareFate::waits || c.fate == CareFate::given_up) && c.provider != no_provider) {
            c.key = model::queue_key(rules.seed, out.row.id, c.provider, out.month, line.waited);
            c.cut = world.board[c.provider].cut;
        }
        const auto same = std::find_if(out.care.begin(), out.care.end(), [&](const LifeCare& o) {
            return o.service == c.service && o.fate == c.fate && o.emergency == c.emergency && o.waited == c.waited && o.action == c.action && o.provider == c.provider;
        });
        LifeCare& into = same != out.care.end() ? *same : out.care.emplace_back(c);
        into.lines += 1, into.count += line.count;
    }
}

void add_team(const world::World& world, const model::Rules& rules, Standing at, LifeMonth& out) {
    const world::Neighbourhood& place = world.neighbourhoods[at.cell->neighbourhood];
    const int gp = rules.catalogue->role("gp");
    for (int slot = 0; slot < world::limit::team_slots; ++slot) {
        const int rank = world::team_rank(out.row.team, slot);
        const ProviderIndex provider = rank == 0 ? no_provider : place.by_slot[static_cast<std::size_t>(slot)][static_cast<std::size_t>(rank)];
        out.team[static_cast<std::size_t>(slot)] = provider;
        if (provider == no_provider)
            continue;
        const world::BoardRow& row = world.board[provider];
        out.team_shares = static_cast<std::uint16_t>(out.team_shares | (row.shares_record != 0) << slot);
        if (gp >= 0 && slot == rules.catalogue->roles[static_cast<std::size_t>(gp)].team_slot)
            out.gp_contract = row.contract;
    }
}

void add_tables(const world::World& world, const model::Rules& rules, Standing at, LifeMonth& out) {
    for (const world::HomeCare& h : at.cell->home_care)
        if (h.slot == at.slot)
            out.standing = true, out.nursing_days = h.nursing_days, out.help_hours = h.help_hours, out.carer_hours = h.carer_hours, out.waits_for_home = h.waits_for_home;
    for (const world::Stay& s : at.cell->stays)
        if (s.slot == at.slot)
            out.stays.push_back({s.cause, (s.flags & flag::unplanned) != 0, (s.flags & flag::readmission) != 0, (s.flags & flag::dies) != 0, s.days});
    for (const world::Enrolment& e : at.cell->enrolments) {
        if (e.slot != at.slot)
            continue;
        const Month since = world.start_of_time + e.since;
        const model::ToldInvitation told = model::told_invitation(rules, out.row.id, out.row.status, e.action, since);
        out.enrolments.push_back({static_cast<std::int16_t>(rules.policy.actions[e.action].index), since, e.dose, e.delivered, told.accepts, told.luck});
    }
}

/// What a running sum of the calendar year grew by; in December it stands as that of last year already.
Cents grown(Month month, std::uint32_t year, std::uint32_t last_year, std::uint32_t before) {
    const std::uint32_t now = month.is_december() ? last_year : year;
    return static_cast<Cents>(now) - static_cast<Cents>(before);
}

}  // namespace

int members_of(const world::Cell& cell, std::uint16_t household) {
    int n = 0;
    for (int s = 0; s < cell.slots; ++s)
        n += !cell.persons.empty(s) && cell.persons.household[s] == household;
    return n;
}

LifeMonth life_month(const world::World& world, const model::Rules& rules, Month month, Standing at, const world::PersonRow& before) {
    LifeMonth out;
    out.month = month;
    out.row = at.cell->persons.row(at.slot);
    const world::Household& home = at.cell->households[out.row.household];
    out.household = home.id;
    out.members = members_of(*at.cell, out.row.household);
    out.place = at.cell->municipality;
    out.household_paid = home.paid;
    out.household_ceiling = model::ceiling_of_class(rules.tariff(month).ceiling, home.ceiling_class);
    out.own_cents = grown(month, out.row.share_year, out.row.share_last_year, before.share_year);
    out.public_cents = grown(month, out.row.spend_year, out.row.spend_last_year, before.spend_year);
    add_team(world, rules, at, out);
    add_care(world, rules, at, out);
    add_tables(world, rules, at, out);
    return out;
}

}  // namespace tresse::experiment
