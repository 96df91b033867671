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
/// effect x dose, after its lag, while supported or for `lasts_months` from then on, and falls by `decay` a year once
/// support has ended. Actions on providers act where the own GP has taken them up. The sum is cut at the headroom of events.
/// `condition` -1 asks for levers on all; for risk factors it is one of them.
/// Cost: one test of a list when no action has such a lever, and of a status bit for those in no programme.
Effect gathered_effect(const Here& here, int slot, LeverKind kind, int condition);
inline Effect effect_on(const Here& here, int slot, LeverKind kind, int condition) {
    if (here.prepared.levers[static_cast<std::size_t>(kind)].empty() || !(here.prepared.acts_through_gp || world::status::Enrolled::get(here.cell.persons.status[slot]))) return {};
    return gathered_effect(here, slot, kind, condition);
}

/// Factor that acts on everybody: changes of a hazard for tests and teaching. 1 when there is none.
float hazard_change(const Here& here, LeverKind kind, int condition);

}  // namespace tresse::model
