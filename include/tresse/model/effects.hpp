#pragma once

#include "tresse/model/stages.hpp"

/// How policy acts on a person's mechanisms: the levers of the actions in which the person takes part, combined on the log scale with overlap.
namespace tresse::model {

/// What the levers of one kind do to one person this month.
struct Effect {
    float log_ratio = 0;   ///< on rates
    float adds = 0;        ///< in the mechanism's unit
    bool any = false;
};

/// Formula: by size within one mechanism, total = e1 + w e2 + w^2 e3 ..., w = 0.35 (log ratios); opposite signs are added whole. Each effect is
/// effect x dose, after its lag, while enrolled or for `lasts_months` after the start. `condition` -1 asks for levers on all.
/// Cost: one test of a status bit for those in no programme.
Effect effect_on_enrolled(const Here& here, int slot, LeverKind kind, int condition);
inline Effect effect_on(const Here& here, int slot, LeverKind kind, int condition) {
    if (here.prepared.levers[static_cast<std::size_t>(kind)].empty() || !world::status::Enrolled::get(here.cell.persons.status[slot])) return {};
    return effect_on_enrolled(here, slot, kind, condition);
}

/// Factor that acts on everybody: changes of a hazard for tests and teaching. 1 when there is none.
float hazard_change(const Here& here, LeverKind kind, int condition);

}  // namespace tresse::model
