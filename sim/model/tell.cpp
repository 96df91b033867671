#include "tresse/model/tell.hpp"

#include <algorithm>

#include "tresse/core/math.hpp"
#include "tresse/model/control.hpp"
#include "tresse/model/effects.hpp"
#include "tresse/model/programme.hpp"

namespace tresse::model {

namespace {

namespace st2 = world::status2;

/// Reads effects as stage 3 does. Effects count themselves in the book of the cell: here they get one of their own.
class Teller {
public:
    Teller(const Here& here, int slot)
        : book_(here.book.shape()),
          here_{here.cell, book_, here.stocks, here.place, here.prepared, here.rules, here.tables, here.catalogue, here.board, here.month, here.region, here.pool,
                here.age_index, here.now, here.policy_now, here.first_newcomer, here.scratch, here.sums},
          slot_(slot), facts_(facts_of(here.cell.persons, slot, here.region, here.age_index)) {
        natural_hazards(here_.prepared.hazards, facts_, hazards_);
    }

    std::vector<ToldEvent> events() {
        std::vector<ToldEvent> out;
        const std::uint32_t word = here_.scratch.luck[0][static_cast<std::size_t>(slot_)];
        const int n = candidates(word, here_.cell.persons.event_gate[slot_], hazards_.envelope);
        for (int k = 0; k < n; ++k) {
            const Block luck = draw(here_.rules.seed, here_.cell.persons.id[slot_], static_cast<std::uint32_t>(here_.month.index), sub(Purpose::event, static_cast<std::uint32_t>(k)));
            out.push_back(told(mark_of(luck.word[0]), luck.word[1]));
        }
        return out;
    }

private:
    int mark_of(std::uint32_t word) const {
        const float x = static_cast<float>(unit(word) * static_cast<double>(hazards_.envelope));
        float sum = 0;
        int last = 0;
        for (int m = 0; m < mark_count; ++m) {
            if (hazards_.healthy && m == mark_down) m = mark_unplanned;
            const float r = hazards_.rate[static_cast<std::size_t>(m)] * here_.prepared.hazards.headroom[static_cast<std::size_t>(m)];
            if (!(r > 0)) continue;
            last = m;
            sum += r;
            if (x < sum) return m;
        }
        return last;
    }

    float lever(LeverKind kind, int condition) const {
        const Effect effect = effect_on(here_, slot_, kind, condition);
        const float common = hazard_change(here_, kind, condition);
        return effect.any ? common * exp_f(effect.log_ratio) : common;
    }

    float coordination() const {
        const CoordinationTables& k = here_.tables.coordination;
        if (k.admission_log_ratio_coordination == 0 || here_.board.coordination_reference < 0) return 1.0f;
        const float centred = static_cast<float>(here_.cell.persons.coordination[slot_]) / 255.0f - here_.board.coordination_reference;
        return exp_f(k.admission_log_ratio_coordination * k.density_causal * centred);
    }

    float control(int condition) const {
        const auto k = static_cast<std::size_t>(condition);
        const RiskTables& r = here_.tables.risk;
        const int stage = facts_.conditions.stage(condition);
        if ((stage == 0 ? r.onset[k] : r.progression[k][static_cast<std::size_t>(stage)]) == RiskEngine::none) return 1.0f;
        return exp_f(risk_shift(here_.tables, facts_, condition, change_of_control(here_, slot_, facts_)));
    }

    float improvement() const {
        const MortalityTables& m = here_.tables.mortality;
        const float yearly = facts_.age >= 95 ? 0.0f : facts_.age >= 85 ? m.improvement_85 : m.improvement_young;
        float factor = 1;
        for (int y = m.base_year; y < here_.month.year(); ++y) factor *= 1.0f - yearly;
        return factor;
    }

    float stays(int condition) const {
        float factor = lever(LeverKind::admission, condition);
        if (st2::SinceDischarge::get(facts_.status2) == 1) factor *= lever(LeverKind::readmission, condition);
        if (condition < 0) factor *= lever(LeverKind::adverse_drug_event, -1);
        return factor;
    }

    /// Fills the parts of the factor; returns what is the same in all arms (season, calendar).
    float parts(ToldEvent& e) const {
        const int mark = e.mark, condition = mark < mark_unplanned ? mark & 15 : -1;
        const auto month = static_cast<std::size_t>(here_.month.of_year());
        const float winter = condition == here_.tables.disease.copd ? here_.tables.hospital.season_respiratory[month] : 1.0f;
        if (mark < mark_down) {
            e.levers = lever(facts_.conditions.has(condition) ? LeverKind::progression : LeverKind::onset, condition);
            e.control = control(condition);
            return 1;
        }
        if (mark < mark_exacerbation) {
            if (condition == here_.tables.disease.obesity)
                e.levers = std::min(here_.prepared.hazards.headroom[static_cast<std::size_t>(mark)], lever(LeverKind::risk_factor_change, static_cast<int>(RiskFactor::obesity)));
            return 1;
        }
        if (mark < mark_admission) return e.levers = lever(LeverKind::exacerbation, condition), winter;
        if (mark < mark_found || mark == mark_unplanned) {
            const int of = mark == mark_unplanned ? -1 : condition;
            e.levers = stays(of), e.coordination = coordination();
            return mark == mark_unplanned ? 1.0f : winter;
        }
        if (mark < mark_unplanned) return e.levers = lever(LeverKind::diagnosis, condition), 1.0f;
        if (mark == mark_death)
            return improvement() * here_.tables.mortality.season[month] * here_.tables.mortality.constant(facts_.region, facts_.sex, facts_.age, here_.month.year());
        if (mark == mark_home_wish) e.levers = lever(LeverKind::nursing_home_entry, -1);
        if (mark == mark_return) e.levers = lever(LeverKind::return_to_work, -1);
        return 1;
    }

    ToldEvent told(int mark, std::uint32_t take) const {
        ToldEvent e;
        e.mark = mark;
        const float common = parts(e);
        const auto rate = static_cast<double>(hazards_.of(mark));
        const double factor = static_cast<double>(common) * static_cast<double>(e.levers) * static_cast<double>(e.coordination) * static_cast<double>(e.control);
        const auto headroom = static_cast<double>(here_.prepared.hazards.headroom[static_cast<std::size_t>(mark)]);
        e.natural = 1 - exp_d(-rate);
        e.chance = 1 - exp_d(-rate * factor);
        e.luck = 1 - exp_d(-rate * headroom * unit(take));
        return e;
    }

    world::Book book_;
    Here here_;
    int slot_;
    PersonFacts facts_;
    Hazards hazards_;
};

}  // namespace

std::vector<ToldEvent> told_events(const Here& here, int slot) {
    if (here.scratch.luck[0][static_cast<std::size_t>(slot)] >= here.cell.persons.event_gate[slot]) return {};
    return Teller(here, slot).events();
}

ToldInvitation told_invitation(const Rules& rules, PersonId person, std::uint32_t status, int action, Month month) {
    const Action& a = rules.policy.actions[static_cast<std::size_t>(action)];
    const std::uint32_t when = a.target.at_discharge ? static_cast<std::uint32_t>(month.index) : 0u;
    const Block luck = draw(rules.seed, person, when, sub(Purpose::programme, static_cast<std::uint32_t>(a.index)));
    return {a.accepts[world::status::Quintile::get(status)], static_cast<float>(unit(luck.word[0]))};
}

}  // namespace tresse::model
