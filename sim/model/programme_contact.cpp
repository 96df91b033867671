#include <algorithm>

#include "tresse/core/math.hpp"
#include "tresse/model/programme.hpp"

namespace tresse::model {

namespace st = world::status;
namespace flag = world::line_flag;

namespace {

void find_case(Here& here, int slot, int condition) {
    world::Conditions conditions{here.cell.persons.conditions[slot]};
    flush(here, slot, here.now);
    conditions.set_diagnosed(condition, true);
    here.cell.persons.conditions[slot] = conditions.word;
    here.book.condition(ConditionCount::diagnoses, condition) += 1;
    here.did(Did::diagnosis);
    here.cell.refresh.push_back(static_cast<Slot>(slot));
}

/// Unknown cases that a contact finds. Random: keyed by person, month, action and condition.
void find_cases(Here& here, int slot, const Action& action, const Lever& lever) {
    const world::Conditions conditions{here.cell.persons.conditions[slot]};
    const double chance = static_cast<double>(lever.effect * action.fidelity);
    for (int c = 0; c < here.tables.disease.conditions; ++c) {
        if (!conditions.has(c) || conditions.diagnosed(c) || (lever.condition >= 0 && lever.condition != c)) continue;
        const auto purpose = sub(Purpose::programme, 64u + static_cast<std::uint32_t>(action.index * limit::conditions + c));
        if (unit(draw(here.rules.seed, here.cell.persons.id[slot], static_cast<std::uint32_t>(here.month.index), purpose).word[0]) >= chance) continue;
        find_case(here, slot, c);
        if (lever.mechanism >= 0) here.book.touch(lever.mechanism);
    }
}

/// Contacts of a person who takes part last longer or shorter with the partners of the action. Unit: tenths of a minute.
void contact_time(Here& here, const world::Line& line) {
    const int role = here.prepared.role_of[line.service];
    if (line.rank == 0 || here.catalogue.roles[static_cast<std::size_t>(role)].in_days) return;
    for (const auto& e : here.cell.enrolments) {
        if (e.slot != line.slot || e.dose == 0) continue;
        const Action& a = here.rules.policy.actions[e.action];
        if (a.service == line.service || std::find(a.partner_roles.begin(), a.partner_roles.end(), role) == a.partner_roles.end()) continue;
        for (const Lever& l : a.levers) {
            if (l.kind != LeverKind::contact_time) continue;
            const float more = exp_f(l.effect * static_cast<float>(e.dose) / 255.0f) - 1.0f;
            const auto tenths = static_cast<std::int64_t>(more * static_cast<float>(here.tables.provider.deci_minutes[line.service] * line.count));
            here.scratch.node_admin[static_cast<std::size_t>(node(role, line.rank))] += tenths;
            if (l.mechanism >= 0) here.book.touch(l.mechanism, tenths);
        }
    }
}

}  // namespace

void contacts_of_programmes(Here& here) {
    const auto& levers = here.prepared.levers;
    const bool finds = !levers[static_cast<std::size_t>(LeverKind::diagnosis)].empty();
    const bool longer = !levers[static_cast<std::size_t>(LeverKind::contact_time)].empty();
    if (!finds && !longer) return;
    for (const world::Line& line : here.cell.requests) {
        if (!(line.flags & flag::served) || !st::Enrolled::get(here.cell.persons.status[line.slot])) continue;
        if (finds && (here.prepared.bits[line.service] & service_bit::programme)) {
            const Action& action = here.rules.policy.actions[line.source];
            for (const Lever& l : action.levers)
                if (l.kind == LeverKind::diagnosis) find_cases(here, line.slot, action, l);
        }
        if (longer) contact_time(here, line);
    }
}

}  // namespace tresse::model
