#include <algorithm>
#include <bit>

#include "alike.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/effects.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;

namespace {

/// What the team of a person knows and agrees, 0-1: density of its ties, shared records, a plan, a case manager.
float coordination_of(const Here& here, int slot) {
    const CoordinationTables& k = here.tables.coordination;
    const world::Persons& p = here.cell.persons;
    int members = 0, sharing = 0, density = 0;
    for (std::uint32_t seen = static_cast<std::uint32_t>(p.seen_year[slot] | p.seen_last_year[slot]); seen != 0; seen &= seen - 1) {
        const int team_slot = std::countr_zero(seen);
        const int rank = world::team_rank(p.team[slot], team_slot);
        const ProviderIndex provider = rank == 0 ? no_provider : here.place.by_slot[static_cast<std::size_t>(team_slot)][static_cast<std::size_t>(rank)];
        // nobody counts nothing, without a branch: which of the team are there cannot be guessed
        const bool there = provider != no_provider;
        const auto& row = here.board.row[there ? provider : 0];
        members += there;
        sharing += there & (row.shares_record != 0);
        density += there ? row.coordination : 0;
    }
    if (members == 0) return 0;
    const float n = static_cast<float>(members);
    return k.weight_ties * static_cast<float>(density) / (255.0f * n) + k.weight_record * static_cast<float>(sharing) / n +
           k.weight_plan * static_cast<float>(st::Plan::get(p.status[slot])) + k.weight_manager * static_cast<float>(st::CaseManager::get(p.status[slot]));
}

bool complex_need(const Here& here, int slot) {
    const world::Persons& p = here.cell.persons;
    return world::Conditions{p.conditions[slot]}.count() >= 3 || st::Dependence::get(p.status[slot]) >= 2;
}

/// Ordinary care makes few plans with a patient's own goals; a lever adds to the yearly chance.
void maybe_plan(Here& here, int slot) {
    std::uint32_t& status = here.cell.persons.status[slot];
    if (st::Plan::get(status) || !complex_need(here, slot)) return;
    double yearly = static_cast<double>(here.tables.coordination.plan_per_year_today);
    const Effect lever = effect_on(here, slot, LeverKind::goals_and_plan, -1);
    if (lever.any) yearly += static_cast<double>(lever.adds);
    const Block luck = draw(here.rules.seed, here.cell.persons.id[slot], static_cast<std::uint32_t>(here.month.index), sub(Purpose::carer, 1));
    if (unit(luck.word[0]) >= yearly / 4.0) return;
    status = st::Plan::set(status, 1);
    here.stock(world::Stock::with_plan) += 1;
    here.did(Did::plan_made);
}

void refresh_coordination(Here& here) {
    const int third = here.month.index % 3;
    if (static_cast<int>(here.cell.neighbourhood % 3) != third) return;
    world::Persons& p = here.cell.persons;
    auto& chosen = here.scratch.chosen;
    here.scratch.fit(p.capacity());  // the working memory of the second half of a month may be another than of the first
    std::size_t n = 0;
    for (int slot = 0; slot < here.cell.slots; ++slot) {  // without a branch: half of the people, and which half cannot be guessed
        const bool needs = !world::Conditions{p.conditions[slot]}.none() | (st::Dependence::get(p.status[slot]) != 0);
        chosen[n] = static_cast<Slot>(slot);
        n += needs & ((p.seen_year[slot] | p.seen_last_year[slot]) != 0) & !p.empty(slot);
    }
    // those seen by as many together
    alike_together<17>(here.scratch, n, [&](std::size_t i) {
        return static_cast<std::size_t>(std::popcount(static_cast<std::uint32_t>(p.seen_year[chosen[i]] | p.seen_last_year[chosen[i]])));
    });
    for (const std::uint16_t i : here.scratch.order) {
        const int slot = chosen[i];
        const float c = coordination_of(here, slot);
        p.coordination[slot] = static_cast<std::uint8_t>(c >= 1 ? 255.0f : c * 255.0f);
        here.did(Did::coordination_refreshed);
        maybe_plan(here, slot);
    }
}

/// Strain of carers: rises with hours beyond what formal help covers, recovers slowly.
void carers(Here& here) {
    const DependenceTables& d = here.tables.dependence;
    world::Persons& p = here.cell.persons;
    for (const world::HomeCare& row : here.cell.home_care) {
        if (st::Carer::get(p.status[row.slot]) == 0 || st::NursingHome::get(p.status[row.slot])) continue;
        const float formal = static_cast<float>(row.help_hours + row.nursing_days) / 60.0f;
        const float step = d.carer_strain_step * (static_cast<float>(row.carer_hours) / 20.0f - formal) - d.carer_recovery;
        const Effect lever = effect_on(here, row.slot, LeverKind::carer_strain, -1);
        const float change = step * 16.0f + (lever.any ? lever.adds : 0.0f);
        std::uint32_t& status2 = p.status2[row.slot];
        const int before = static_cast<int>(world::status2::CarerStrain::get(status2));
        const Block luck = draw(here.rules.seed, p.id[row.slot], static_cast<std::uint32_t>(here.month.index), Purpose::carer);
        const float whole = change < 0 ? -static_cast<float>(static_cast<int>(-change)) : static_cast<float>(static_cast<int>(change));
        const float rest = change < 0 ? whole - change : change - whole;
        int after = before + static_cast<int>(whole) + (unit(luck.word[0]) < static_cast<double>(rest) ? (change < 0 ? -1 : 1) : 0);
        after = std::clamp(after, 0, 15);
        if (after == before) continue;
        status2 = world::status2::CarerStrain::set(status2, static_cast<std::uint32_t>(after));
        if (before < 10 && after >= 10) here.did(Did::carer_strained);
        if ((before >= 5) != (after >= 5) || (before >= 10) != (after >= 10)) here.cell.refresh.push_back(row.slot);
    }
}

}  // namespace

void coordinate(Here& here) {
    carers(here);
    refresh_coordination(here);
}

}  // namespace tresse::model
