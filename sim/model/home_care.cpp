#include "tresse/model/home_care.hpp"

#include <algorithm>

namespace tresse::model {

namespace st = world::status;

namespace {

std::uint8_t whole(float expected, std::uint32_t word) {
    const double x = std::clamp(static_cast<double>(expected), 0.0, 200.0) + unit(word);
    return static_cast<std::uint8_t>(x);
}

world::HomeCare* row_of(Here& here, int slot) {
    for (world::HomeCare& row : here.cell.home_care)
        if (row.slot == slot) return &row;
    return nullptr;
}

/// The row of a person at home follows the class of dependence and whether somebody cares. Random: by person and class, so that a class that comes
/// back brings the same care back.
void lay(Here& here, int slot) {
    world::Persons& p = here.cell.persons;
    if (st::NursingHome::get(p.status[slot])) return;
    const DependenceTables& d = here.tables.dependence;
    const auto katz = st::Dependence::get(p.status[slot]);
    world::HomeCare* row = st::AtHomeCare::get(p.status[slot]) ? row_of(here, slot) : nullptr;
    if (row == nullptr) {
        here.cell.home_care.push_back({static_cast<std::uint16_t>(slot), 255, 0, 0, 0, 0, 0});
        row = &here.cell.home_care.back();
        p.status[slot] = st::AtHomeCare::set(p.status[slot], 1);
    }
    const Block luck = draw(here.rules.seed, p.id[slot], katz, sub(Purpose::carer, 2));
    const bool nursed = d.nursing_service[katz] != 255 && unit(luck.word[0]) < static_cast<double>(d.nursing_prob[katz]);
    row->nursing_service = nursed ? d.nursing_service[katz] : std::uint8_t{255}, row->nursing_days = nursed ? 30 : 0;
    const bool helped = unit(luck.word[1]) < static_cast<double>(d.help_prob[katz]);
    row->help_hours = helped ? whole(d.help_hours_week[katz] * (52.0f / 12.0f), luck.word[2]) : std::uint8_t{0};
    row->carer_hours = st::Carer::get(p.status[slot]) ? whole(d.carer_hours_week[katz], luck.word[3]) : std::uint8_t{0};
}

void gain(Here& here, int slot) {
    world::Persons& p = here.cell.persons;
    const bool alone = here.cell.households[p.household[slot]].members == 1;
    flush(here, slot, here.now);
    p.status[slot] = st::Carer::set(p.status[slot], alone ? 2 : 1);   // another relative; or somebody of the household
    p.status2[slot] = world::status2::CarerStrain::set(p.status2[slot], 0);
    here.cell.refresh.push_back(static_cast<Slot>(slot));
    here.did(Did::carer_found);
}

}  // namespace

void dependence_changed(Here& here, int slot, int before) {
    const std::uint32_t status = here.cell.persons.status[slot];
    if (st::NursingHome::get(status)) return;
    const int after = static_cast<int>(st::Dependence::get(status));
    if (after > before && st::Carer::get(status) == 0) {
        const auto& has = here.tables.start.has_carer;
        const float from = before == 0 && age_at(here.cell.persons.birth_month[slot], here.age_index) < carers_from_age ? 0.0f : has[static_cast<std::size_t>(before)];
        const float now = has[static_cast<std::size_t>(after)];
        const Block luck = draw(here.rules.seed, here.cell.persons.id[slot], static_cast<std::uint32_t>(here.month.index), sub(Purpose::carer, 3));
        if (from < 1 && unit(luck.word[0]) * static_cast<double>(1 - from) < static_cast<double>(now - from)) gain(here, slot);
    }
    lay(here, slot);
}

void carer_found(Here& here, int slot) {
    gain(here, slot);
    lay(here, slot);
}

void carer_lost(Here& here, int slot) {
    std::uint32_t& status = here.cell.persons.status[slot];
    flush(here, slot, here.now);
    status = st::Carer::set(status, 0);
    if (st::AtHomeCare::get(status))
        if (world::HomeCare* row = row_of(here, slot)) row->carer_hours = 0;
    here.cell.refresh.push_back(static_cast<Slot>(slot));
    here.did(Did::carer_lost);
}

void carer_of_old_age(Here& here, int slot, int age) {
    const world::Persons& p = here.cell.persons;
    if (age != carers_from_age || st::Dependence::get(p.status[slot]) != 0 || st::Carer::get(p.status[slot]) != 0 || st::NursingHome::get(p.status[slot])) return;
    const Block luck = draw(here.rules.seed, p.id[slot], static_cast<std::uint32_t>(here.month.index), sub(Purpose::carer, 4));
    if (unit(luck.word[0]) < static_cast<double>(here.tables.start.has_carer[0])) carer_found(here, slot);
}

}  // namespace tresse::model
