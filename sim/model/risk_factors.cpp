#include "tresse/core/math.hpp"
#include "tresse/model/control.hpp"
#include "tresse/model/effects.hpp"
#include "tresse/model/home_care.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;

namespace {

/// Factor of the levers on the rate of leaving a risk factor.
double leaving(const Here& here, int slot, RiskFactor what) {
    const Effect effect = effect_on(here, slot, LeverKind::risk_factor_change, static_cast<int>(what));
    return effect.any ? static_cast<double>(exp_f(effect.log_ratio)) : 1.0;
}

void smoking(Here& here, int slot, int age, std::uint32_t word) {
    const RiskFactorTables& r = here.tables.risk_factor;
    std::uint32_t& status = here.cell.persons.status[slot];
    const std::uint32_t now = st::Smoking::get(status);
    const double u = unit(word);
    if (now == 2) {
        if (u >= static_cast<double>(r.smoking_quit) * leaving(here, slot, RiskFactor::smoking)) return;
        flush(here, slot, here.now);
        status = st::Smoking::set(status, 1);
        here.did(Did::smoking_stopped);
    } else if (age >= 15 && age < 25) {
        if (u >= static_cast<double>(r.smoking_start * r.smoking_start_ratio_education[st::Education::get(status)])) return;
        flush(here, slot, here.now);
        status = st::Smoking::set(status, 2);
        here.did(Did::smoking_started);
    }
}

void activity(Here& here, int slot, std::uint32_t word) {
    const RiskFactorTables& r = here.tables.risk_factor;
    std::uint32_t& status = here.cell.persons.status[slot];
    const bool inactive = st::Activity::get(status) == 0;
    if (unit(word) >= (inactive ? static_cast<double>(r.becomes_active) * leaving(here, slot, RiskFactor::inactivity) : static_cast<double>(r.becomes_inactive))) return;
    flush(here, slot, here.now);
    status = st::Activity::set(status, inactive ? 2 : 0);
    here.did(Did::activity_changed);
}

/// Overweight is the step before obesity, which is a condition with its own course.
void weight(Here& here, int slot, std::uint32_t word) {
    const RiskFactorTables& r = here.tables.risk_factor;
    std::uint32_t& status = here.cell.persons.status[slot];
    const int obesity = here.tables.disease.obesity;
    if (obesity >= 0 && world::Conditions{here.cell.persons.conditions[slot]}.has(obesity)) return;
    const bool over = st::Overweight::get(status) != 0;
    if (unit(word) >= (over ? static_cast<double>(r.overweight_loss) * leaving(here, slot, RiskFactor::overweight) : static_cast<double>(r.overweight_gain))) return;
    flush(here, slot, here.now);
    status = st::Overweight::set(status, over ? 0 : 1);
    here.did(Did::weight_changed);
}

}  // namespace

void risk_factors(Here& here) {
    if (here.rules.settling) return;
    const Birthdays& today = here.scratch.birthdays;
    for (std::size_t i = 0; i < today.slot.size(); ++i) {
        const Slot slot = today.slot[i];
        const int age = age_at(here.cell.persons.birth_month[slot], here.age_index);
        if (age < 2) continue;
        const Block& luck = today.steps(i);
        smoking(here, slot, age, luck.word[1]);
        activity(here, slot, luck.word[2]);
        weight(here, slot, luck.word[3]);
        control_at_birthday(here, slot, age, today.laws(i), today.work(i).word[3]);
        carer_of_old_age(here, slot, age);
    }
}

}  // namespace tresse::model
