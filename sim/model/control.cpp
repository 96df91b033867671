#include "tresse/model/control.hpp"

#include "tresse/model/effects.hpp"

namespace tresse::model {

void control_at_birthday(Here& here, int slot, int age, const Block& anew, std::uint32_t start) {
    if (age < 18) return;
    world::Persons& p = here.cell.persons;
    std::uint8_t* const places[] = {&p.sbp[slot], &p.lipid[slot], &p.hdl[slot], &p.hba1c[slot], &p.egfr[slot], &p.bmi[slot]};
    for (int k = 0; k < 6; ++k) {
        // twenty bits say whether, twelve where to
        const std::uint32_t word = k < 4 ? anew.word[k] : static_cast<std::uint32_t>(mix64(anew.word[k - 4], static_cast<std::uint64_t>(k)));
        if ((word >> 12) * 0x1p-20 < static_cast<double>(here.tables.risk.redraw_per_year)) *places[k] = static_cast<std::uint8_t>(word >> 4);
    }
    p.treatment[slot] = static_cast<std::uint16_t>((p.treatment[slot] & 0xf000u) | (treatment_next(here.tables, {p.conditions[slot]}, age, p.treatment[slot], start) & 0x0fffu));
}

RiskChange change_of_control(const Here& here, int slot, const PersonFacts& facts) {
    RiskChange change = adherence_change(here.tables.risk, facts, here.cell.persons.adherence[slot]);
    change.pressure += effect_on(here, slot, LeverKind::systolic_pressure, -1).adds;
    change.cholesterol += effect_on(here, slot, LeverKind::cholesterol, -1).adds;
    change.hba1c += effect_on(here, slot, LeverKind::hba1c, -1).adds;
    return change;
}

}  // namespace tresse::model
