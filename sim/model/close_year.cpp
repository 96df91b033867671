#include "tresse/model/risk_laws.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;
namespace st2 = world::status2;

namespace {

constexpr std::uint32_t chronic_quarter_cents = 30000;  // S-204: eight quarters above EUR 300 give the status of chronic illness

void census(Here& here, int slot) {
    const world::Persons& p = here.cell.persons;
    const std::uint32_t status = p.status[slot], status2 = p.status2[slot];
    const int g = p.group[slot];
    const auto add = [&](GroupCount what, std::int64_t n) { here.book.group(what, g) += n; };
    const world::Conditions conditions{p.conditions[slot]};
    const int n = conditions.count();
    const bool money = st2::ForgoneMoney::get(status2), distance = st2::ForgoneDistance::get(status2), waiting = st2::ForgoneWaiting::get(status2);
    const bool complex = n >= 3 || st::Dependence::get(status) >= 2;
    add(GroupCount::census_persons, 1);
    add(GroupCount::census_adult, age_at(p.birth_month[slot], here.age_index) >= 16);
    add(GroupCount::census_without_care, money || distance || waiting);
    add(GroupCount::census_without_money, money);
    add(GroupCount::census_without_distance, distance);
    add(GroupCount::census_without_waiting, waiting);
    add(GroupCount::census_complex, complex);
    add(GroupCount::census_complex_plan, complex && st::Plan::get(status));
    add(GroupCount::census_gp_user, st2::CareUse::get(status2));
    add(GroupCount::census_specialist_user, st2::SpecialistUse::get(status2));
    add(GroupCount::census_emergency_user, st2::EmergencyUse::get(status2));
    add(GroupCount::census_upc_own, p.gp_own[slot]);
    add(GroupCount::census_upc_all, p.gp_contacts[slot]);
    add(GroupCount::census_gp_squares, p.gp_contacts[slot] * p.gp_contacts[slot]);
    add(GroupCount::census_gp_loyal, p.gp_contacts[slot] > 0 && 4 * p.gp_own[slot] >= 3 * p.gp_contacts[slot]);
    const auto ordered = [](std::int64_t contacts) { return contacts * (contacts - 1); };
    add(GroupCount::census_gp_same, p.gp_contacts[slot] > 1 ? ordered(p.gp_own[slot]) + ordered(p.gp_second[slot]) : 0);
    add(GroupCount::census_gp_pairs, p.gp_contacts[slot] > 1 ? ordered(p.gp_contacts[slot]) : 0);
    add(GroupCount::census_good_health, p.utility[slot] >= 45875);
    add(GroupCount::census_one_condition, n >= 1);
    add(GroupCount::census_two_conditions, n >= 2);
    const world::Household& h = here.cell.households[p.household[slot]];
    add(GroupCount::census_over_ceiling, static_cast<Cents>(h.paid) > ceiling_of(here, h));
}

void new_year(Here& here, int slot) {
    world::Persons& p = here.cell.persons;
    p.life_cost[slot] += p.spend_year[slot] / 100;
    p.spend_last_year[slot] = p.spend_year[slot];
    p.share_last_year[slot] = p.share_year[slot];
    p.spend_year[slot] = p.spend_quarter[slot] = p.share_year[slot] = 0;
    p.seen_last_year[slot] = p.seen_year[slot];
    p.seen_year[slot] = 0;
    p.gp_contacts[slot] = p.gp_own[slot] = p.gp_second[slot] = 0;
    std::uint32_t& s = p.status2[slot];
    s = st2::AdmissionsBefore::set(s, st2::Admissions::get(s));
    s = st2::Admissions::set(s, 0);
    s = st2::ForgoneMoney::set(s, 0), s = st2::ForgoneDistance::set(s, 0), s = st2::ForgoneWaiting::set(s, 0);
    s = st2::CareUse::set(s, 0), s = st2::SpecialistUse::set(s, 0), s = st2::EmergencyUse::set(s, 0);
}

}  // namespace

namespace {

/// Long sick leave becomes invalidity after a year. Who fell ill in this quarter has been off for one, two or three months, alike likely.
void spell(Here& here, int slot) {
    world::Persons& p = here.cell.persons;
    const std::uint32_t before = st2::SpellMonths::get(p.status2[slot]);
    const Block luck = draw(here.rules.seed, p.id[slot], static_cast<std::uint32_t>(here.month.index), sub(Purpose::work, 2));
    const std::uint32_t months = before == 0 ? 1 + below(luck.word[0], 3) : before + 3;
    p.status2[slot] = st2::SpellMonths::set(p.status2[slot], months > 63 ? 63 : months);
    here.cell.refresh.push_back(static_cast<Slot>(slot));
    if (months < 12) return;
    flush(here, slot, static_cast<std::uint16_t>(here.now + 1));
    p.status[slot] = st::Work::set(p.status[slot], static_cast<std::uint32_t>(world::WorkState::disabled));
    here.stock(world::Stock::sick) -= 1;
    here.stock(world::Stock::disabled) += 1;
    here.did(Did::disability_started);
}

/// A quarter less of the first year after a diagnosis.
void first_year_passes(Here& here, int slot) {
    world::Persons& p = here.cell.persons;
    p.treatment[slot] = treatment::with(p.treatment[slot], treatment::recent, treatment::steps(p.treatment[slot], treatment::recent) - 1);
    here.cell.refresh.push_back(static_cast<Slot>(slot));
}

}  // namespace

void close_quarter(Here& here) {
    world::Persons& p = here.cell.persons;
    for (int slot = 0; slot < here.cell.slots; ++slot) {
        if (p.empty(slot)) continue;
        if (!here.rules.settling && static_cast<world::WorkState>(st::Work::get(p.status[slot])) == world::WorkState::sick_leave) spell(here, slot);
        if (!here.rules.settling && treatment::first_year(p.treatment[slot])) first_year_passes(here, slot);
        const std::uint32_t quarter = p.spend_year[slot] - p.spend_quarter[slot];
        p.quarters_over[slot] = static_cast<std::uint8_t>((p.quarters_over[slot] << 1) | (quarter > chronic_quarter_cents));
        p.spend_quarter[slot] = p.spend_year[slot];
        const bool chronic = p.quarters_over[slot] == 0xff;
        if (chronic == (st::Chronic::get(p.status[slot]) != 0)) continue;
        p.status[slot] = st::Chronic::set(p.status[slot], chronic);
        here.cell.refresh.push_back(static_cast<Slot>(slot));
    }
}

void close_year(Here& here) {
    world::Persons& p = here.cell.persons;
    for (int slot = 0; slot < here.cell.slots; ++slot) {  // everybody before anything is turned to the next year: the ceiling is the household's
        if (p.empty(slot)) continue;
        flush(here, slot, static_cast<std::uint16_t>(here.now + 1));
        census(here, slot);
    }
    for (auto& h : here.cell.households) h.ceiling_class = static_cast<std::uint8_t>(h.ceiling_class & ~chronic_household);
    for (int slot = 0; slot < here.cell.slots; ++slot) {
        if (p.empty(slot)) continue;
        const bool admitted_before = st2::AdmissionsBefore::get(p.status2[slot]) + st2::Admissions::get(p.status2[slot]) > 0;
        new_year(here, slot);
        if (admitted_before && here.tables.dependence.home_entry[static_cast<std::size_t>(age_at(p.birth_month[slot], here.age_index))] > 0) here.cell.refresh.push_back(static_cast<Slot>(slot));
        if (st::Chronic::get(p.status[slot])) here.cell.households[p.household[slot]].ceiling_class |= chronic_household;
    }
    for (auto& h : here.cell.households) h.paid = 0;
}

}  // namespace tresse::model
