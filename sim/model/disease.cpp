#include <algorithm>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/control.hpp"
#include "tresse/model/effects.hpp"
#include "tresse/model/home_care.hpp"
#include "tresse/model/lethal.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;
namespace st2 = world::status2;

namespace {

struct Candidate {
    int slot = 0;
    int mark = 0;
    Block luck{};
    PersonFacts facts;
};

/// Fall of mortality since the base year at this age: natural, equal in all arms.
float improvement(const MortalityTables& m, int age, int year) {
    const float yearly = age >= 95 ? 0.0f : age >= 85 ? m.improvement_85 : m.improvement_young;
    float factor = 1;
    for (int y = m.base_year; y < year; ++y) factor *= 1.0f - yearly;
    return factor;
}

float coordination_factor(const Here& here, int slot) {
    const CoordinationTables& k = here.tables.coordination;
    if (k.admission_log_ratio_coordination == 0 || here.board.coordination_reference < 0) return 1.0f;
    const float centred = static_cast<float>(here.cell.persons.coordination[slot]) / 255.0f - here.board.coordination_reference;
    return exp_f(k.admission_log_ratio_coordination * k.density_causal * centred);
}

float lever_factor(const Here& here, int slot, LeverKind kind, int condition) {
    const Effect effect = effect_on(here, slot, kind, condition);
    const float common = hazard_change(here, kind, condition);
    return effect.any ? common * exp_f(effect.log_ratio) : common;
}

float admission_factor(const Here& here, const Candidate& c, int condition) {
    float factor = lever_factor(here, c.slot, LeverKind::admission, condition) * coordination_factor(here, c.slot);
    if (st2::SinceDischarge::get(c.facts.status2) == 1) factor *= lever_factor(here, c.slot, LeverKind::readmission, condition);
    if (condition < 0) factor *= lever_factor(here, c.slot, LeverKind::adverse_drug_event, -1);
    return factor;
}

/// What adherence and better or worse control of blood pressure, lipids and HbA1c do through the published equations.
float control_factor(const Here& here, const Candidate& c, int condition) {
    const auto k = static_cast<std::size_t>(condition);
    const RiskTables& r = here.tables.risk;
    const int stage = c.facts.conditions.stage(condition);
    if ((stage == 0 ? r.onset[k] : r.progression[k][static_cast<std::size_t>(stage)]) == RiskEngine::none) return 1.0f;
    return exp_f(risk_shift(here.tables, c.facts, condition, change_of_control(here, c.slot, c.facts)));
}

/// Current hazard over natural hazard: all that policy, season and providers do. 1 in `today` apart from the calendar.
float current_factor(const Here& here, const Candidate& c) {
    const int condition = c.mark < mark_unplanned ? c.mark & 15 : -1;
    if (c.mark < mark_down) {
        const bool present = c.facts.conditions.has(condition);
        const float by_age = present ? worse_at(here.tables.disease.condition[static_cast<std::size_t>(condition)], c.facts.age) : 1.0f;
        return by_age * lever_factor(here, c.slot, present ? LeverKind::progression : LeverKind::onset, condition) * control_factor(here, c, condition);
    }
    if (c.mark < mark_exacerbation)
        return condition != here.tables.disease.obesity ? 1.0f
                                                        : std::min(here.prepared.hazards.headroom[static_cast<std::size_t>(c.mark)],
                                                                   lever_factor(here, c.slot, LeverKind::risk_factor_change, static_cast<int>(RiskFactor::obesity)));
    const auto month = static_cast<std::size_t>(here.month.of_year());
    const float winter = condition == here.tables.disease.copd ? here.tables.hospital.season_respiratory[month] : 1.0f;
    if (c.mark < mark_admission) return winter * lever_factor(here, c.slot, LeverKind::exacerbation, condition);
    if (c.mark < mark_found) return winter * admission_factor(here, c, condition);
    if (c.mark < mark_unplanned) return lever_factor(here, c.slot, LeverKind::diagnosis, condition);
    switch (c.mark) {
        case mark_unplanned: return admission_factor(here, c, -1);
        case mark_death:
            return improvement(here.tables.mortality, c.facts.age, here.month.year()) * here.tables.mortality.season[month] *
                   here.tables.mortality.constant(c.facts.region, c.facts.sex, c.facts.age, here.month.year());
        case mark_home_wish: return lever_factor(here, c.slot, LeverKind::nursing_home_entry, -1);
        case mark_return: return lever_factor(here, c.slot, LeverKind::return_to_work, -1);
        default: return 1.0f;
    }
}

void change_stage(Here& here, const Candidate& c, int condition, int stage) {
    TRESSE_CHECK(stage >= 0 && stage <= here.tables.disease.condition[static_cast<std::size_t>(condition)].stages, "a condition has the stages of its file");
    flush(here, c.slot, here.now);
    world::Conditions conditions{here.cell.persons.conditions[c.slot]};
    conditions.set_stage(condition, stage);
    here.cell.persons.conditions[c.slot] = conditions.word;
    here.cell.refresh.push_back(static_cast<Slot>(c.slot));
}

void raise_dependence(Here& here, int slot, int by) {
    std::uint32_t& status = here.cell.persons.status[slot];
    const int before = static_cast<int>(st::Dependence::get(status));
    const int after = std::min(3, before + by);
    if (after == before) return;
    flush(here, slot, here.now);
    status = st::Dependence::set(status, static_cast<std::uint32_t>(after));
    here.did(Did::dependence_worse);
    dependence_changed(here, slot, before);
    here.cell.refresh.push_back(static_cast<Slot>(slot));
}

/// A further word from two of a block, for a question that the four words do not reach.
std::uint32_t mixed(std::uint32_t a, std::uint32_t b) { return static_cast<std::uint32_t>(mix64(a, b) >> 32); }

void admit(Here& here, const Candidate& c, int cause, bool planned, bool dies);

/// Later stages from the top, each with its share at this age; the first stage in which cases start takes the rest.
int starting_stage(const ConditionTable& table, int age, double u) {
    int first = 1;
    while (first < table.stages && !(table.start_share[static_cast<std::size_t>(first)] > 0)) ++first;
    const double late = static_cast<double>(table.start_late_scale) * static_cast<double>(worse_at(table, age));
    double until = 1;
    for (int stage = table.stages; stage > first; --stage)
        if (u >= (until -= late * static_cast<double>(table.start_share[static_cast<std::size_t>(stage)]))) return stage;
    return first;
}

void go_up(Here& here, const Candidate& c, int condition) {
    const ConditionTable& table = here.tables.disease.condition[static_cast<std::size_t>(condition)];
    const int before = c.facts.conditions.stage(condition);
    int stage = before + 1;
    if (before == 0) {
        stage = starting_stage(table, c.facts.age, unit(c.luck.word[2]));
        change_stage(here, c, condition, stage);
        const bool known = table.always_diagnosed_from > 0 && stage >= table.always_diagnosed_from;
        if (known || unit(c.luck.word[3]) < static_cast<double>(table.diagnosed_at_onset)) {
            world::Conditions conditions{here.cell.persons.conditions[c.slot]};
            conditions.set_diagnosed(condition, true);
            here.cell.persons.conditions[c.slot] = conditions.word;
        }
        if (table.first_year_log_mortality > 0) {
            std::uint16_t& word = here.cell.persons.treatment[c.slot];
            word = treatment::with(word, treatment::recent, treatment::recent_quarters);
        }
        here.book.condition(ConditionCount::onsets, condition) += 1;
        here.did(Did::onset);
        if (table.cause >= 0 && unit(mixed(c.luck.word[3], c.luck.word[1])) < static_cast<double>(table.admission_at_onset)) admit(here, c, table.cause, false, false);
    } else {
        change_stage(here, c, condition, stage);
        here.book.condition(ConditionCount::progressions, condition) += 1;
        here.did(Did::progression);
    }
    const float jump = table.dependence[static_cast<std::size_t>(stage)] - table.dependence[static_cast<std::size_t>(before)];
    if (jump > 0) {
        const int whole = static_cast<int>(jump);
        const bool more = unit(mixed(c.luck.word[2], c.luck.word[3])) < static_cast<double>(jump - static_cast<float>(whole));
        raise_dependence(here, c.slot, whole + (more ? 1 : 0));
    }
}

/// Whether a death of the condition itself, no step down, stands behind the candidate.
bool dies_of_it(const Here& here, const Candidate& c, int condition) {
    const auto k = static_cast<std::size_t>(condition), s = static_cast<std::size_t>(c.facts.conditions.stage(condition));
    return here.tables.disease.condition[k].lethal[s] &&
           unit(mixed(c.luck.word[1], c.luck.word[2])) < static_cast<double>(here.prepared.hazards.remission_part[k][s]);
}

void go_down(Here& here, const Candidate& c, int condition) {
    const auto k = static_cast<std::size_t>(condition);
    const int stage = c.facts.conditions.stage(condition);
    const bool remits = !here.tables.disease.condition[k].lethal[static_cast<std::size_t>(stage)] &&
                        (stage == 1 || unit(c.luck.word[2]) < static_cast<double>(here.prepared.hazards.remission_part[k][static_cast<std::size_t>(stage)]));
    change_stage(here, c, condition, remits ? 0 : stage - 1);
    here.book.condition(ConditionCount::remissions, condition) += remits;
    here.did(remits ? Did::remission : Did::step_down);
}

void ask(Here& here, int slot, int service, int count, std::uint8_t source, std::uint8_t flags) {
    if (service < 0) return;
    here.cell.requests.push_back({static_cast<Slot>(slot), static_cast<std::uint8_t>(service), 0, 0, static_cast<std::uint16_t>(count), source, flags});
}

int days_of_stay(const Here& here, int cause, int age, std::uint32_t word) {
    const HospitalTables& h = here.tables.hospital;
    const float by_cause = h.days[static_cast<std::size_t>(cause)];
    const double mean = static_cast<double>(by_cause > 0 ? by_cause : h.days_by_age[static_cast<std::size_t>(age)]);
    // a geometric law from one day on, whose spread is near what stays show; at most 120 days
    const double extra = mean > 1 ? -log_d(unit_open(word)) * (mean - 1.0) + 0.5 : 0.0;
    const int days = 1 + static_cast<int>(extra);
    return days > 120 ? 120 : days;
}

void admit(Here& here, const Candidate& c, int cause, bool planned, bool dies) {
    using namespace world::line_flag;
    const bool again = !planned && st2::SinceDischarge::get(c.facts.status2) == 1;
    std::uint8_t flags = planned ? 0 : static_cast<std::uint8_t>(emergency | unplanned | (again ? readmission : 0));
    if (dies) flags |= static_cast<std::uint8_t>(world::line_flag::dies | emergency | unplanned);
    float factor = 1;
    const Effect shorter = effect_on(here, c.slot, LeverKind::length_of_stay, -1);
    if (shorter.any) factor = exp_f(shorter.log_ratio);
    const int days = std::max(1, static_cast<int>(static_cast<float>(days_of_stay(here, cause, c.facts.age, c.luck.word[2])) * factor + 0.5f));
    if (!planned && unit(c.luck.word[3]) < static_cast<double>(here.tables.hospital.emergency_before_unplanned))
        ask(here, c.slot, here.prepared.s_emergency, 1, 255, emergency);
    ask(here, c.slot, here.prepared.s_hospital_day, days, static_cast<std::uint8_t>(cause), flags);
}

/// Whether a stay of a condition was planned: its share, less where the months after a discharge raise the unplanned ones.
bool is_planned(const Here& here, const Candidate& c, int condition) {
    const double planned = static_cast<double>(here.prepared.hazards.planned_share[static_cast<std::size_t>(condition)]);
    const std::uint32_t since = st2::SinceDischarge::get(c.facts.status2);
    const double after = static_cast<double>(here.tables.hospital.post_discharge[since > 6 ? 6 : since]);
    return unit(mixed(c.luck.word[1], c.luck.word[3])) * (planned + (1.0 - planned) * after) < planned;
}

void die(Here& here, const Candidate& c) {
    const world::Persons& p = here.cell.persons;
    here.cell.dying.push_back(static_cast<Slot>(c.slot));
    const int g = p.group[c.slot];
    here.book.group(GroupCount::deaths, g) += 1;
    if (c.facts.age < 75) here.book.group(GroupCount::deaths_before_75, g) += 1;
    here.book.deaths_at(c.facts.sex, c.facts.age) += 1;
    for (int k = 0; k < here.tables.disease.conditions; ++k) here.book.condition(ConditionCount::deaths, k) += c.facts.conditions.has(k);
    here.did(Did::death);
    const bool resident = st::NursingHome::get(c.facts.status) != 0;
    const double share = static_cast<double>(here.tables.hospital.death_in_hospital) * (resident ? 0.5 : 1.1);
    if (unit(c.luck.word[2]) < share) admit(here, c, 0, false, true);
}

void change_work(Here& here, const Candidate& c, world::WorkState to, Did what) {
    std::uint32_t& status = here.cell.persons.status[c.slot];
    const auto from = static_cast<world::WorkState>(st::Work::get(status));
    flush(here, c.slot, here.now);
    here.stock(world::Stock::sick) += (to == world::WorkState::sick_leave) - (from == world::WorkState::sick_leave);
    here.stock(world::Stock::disabled) += (to == world::WorkState::disabled) - (from == world::WorkState::disabled);
    status = st::Work::set(status, static_cast<std::uint32_t>(to));
    here.cell.persons.status2[c.slot] = st2::SpellMonths::set(here.cell.persons.status2[c.slot], 0);
    here.cell.refresh.push_back(static_cast<Slot>(c.slot));
    here.did(what);
}

void wish_home(Here& here, const Candidate& c) {
    if (here.prepared.s_home_day < 0) return;
    for (auto& row : here.cell.home_care) {
        if (row.slot != c.slot) continue;
        if (row.waits_for_home == 0) row.waits_for_home = 1, here.stock(world::Stock::waiting_for_home) += 1;
        return;
    }
    here.cell.home_care.push_back({static_cast<Slot>(c.slot), 255, 0, 0, 0, 1, 0});
    std::uint32_t& status = here.cell.persons.status[c.slot];
    status = st::AtHomeCare::set(status, 1);
    here.stock(world::Stock::waiting_for_home) += 1;
}

void find(Here& here, const Candidate& c, int condition) {
    world::Conditions conditions{here.cell.persons.conditions[c.slot]};
    flush(here, c.slot, here.now);
    conditions.set_diagnosed(condition, true);
    here.cell.persons.conditions[c.slot] = conditions.word;
    here.book.condition(ConditionCount::diagnoses, condition) += 1;
    here.did(Did::diagnosis);
    here.cell.refresh.push_back(static_cast<Slot>(c.slot));
}

void exacerbate(Here& here, const Candidate& c, int condition) {
    here.book.condition(ConditionCount::exacerbations, condition) += 1;
    here.did(Did::exacerbation);
    ask(here, c.slot, here.tables.need.exacerbation_service, 1, 254, 0);
}

/// Returns false when the list of this month's events ends (death, departure).
bool apply(Here& here, const Candidate& c) {
    const int condition = c.mark & 15;
    if (c.mark < mark_down) return go_up(here, c, condition), true;
    if (c.mark < mark_exacerbation) {
        if (dies_of_it(here, c, condition)) return die(here, c), false;
        return go_down(here, c, condition), true;
    }
    if (c.mark < mark_admission) return exacerbate(here, c, condition), true;
    if (c.mark < mark_found) {
        const int cause = here.tables.disease.condition[static_cast<std::size_t>(condition)].cause;
        return admit(here, c, cause, is_planned(here, c, condition), false), true;
    }
    if (c.mark < mark_unplanned) return find(here, c, condition), true;
    switch (c.mark) {
        case mark_unplanned: admit(here, c, 0, false, false); break;
        case mark_planned: admit(here, c, 1, true, false); break;
        case mark_death: die(here, c); return false;
        case mark_dependence_up: raise_dependence(here, c.slot, 1); break;
        case mark_dependence_down: {
            std::uint32_t& status = here.cell.persons.status[c.slot];
            flush(here, c.slot, here.now);
            status = st::Dependence::set(status, st::Dependence::get(status) - 1);
            here.did(Did::dependence_better);
            dependence_changed(here, c.slot, static_cast<int>(st::Dependence::get(status)) + 1);
            here.cell.refresh.push_back(static_cast<Slot>(c.slot));
            break;
        }
        case mark_carer_loss: carer_lost(here, c.slot); break;
        case mark_carer_gain: carer_found(here, c.slot); break;
        case mark_home_wish: wish_home(here, c); break;
        case mark_birth: here.cell.mothers.push_back(static_cast<Slot>(c.slot)); break;
        case mark_departure: here.cell.dying.push_back(static_cast<Slot>(c.slot)); here.did(Did::departure); return false;
        case mark_sick: change_work(here, c, world::WorkState::sick_leave, Did::sick_leave_started); break;
        case mark_return: change_work(here, c, world::WorkState::employed, Did::returned_to_work); break;
        case mark_work_change: {
            const bool employed = static_cast<world::WorkState>(st::Work::get(c.facts.status)) == world::WorkState::employed;
            change_work(here, c, employed ? world::WorkState::unemployed : world::WorkState::employed, employed ? Did::work_lost : Did::returned_to_work);
            break;
        }
        default: break;
    }
    return true;
}

/// Marks that stand still while settling: births, deaths, moves, onset and the course of conditions. Exacerbations and stays do happen.
bool frozen(int mark) {
    return mark < mark_exacerbation || (mark >= mark_found && mark < mark_unplanned) || mark == mark_death || mark == mark_dependence_up ||
           mark == mark_dependence_down || mark == mark_birth || mark == mark_departure || (mark >= mark_sick && mark <= mark_work_change) || mark == mark_home_wish;
}

/// The mark at a place of the envelope: first its block of sixteen, whose sums go side by side, then the mark in it.
int mark_at(const Hazards& hazards, const std::array<float, mark_count>& headroom, std::uint32_t word) {
    const float x = static_cast<float>(unit(word) * static_cast<double>(hazards.envelope));
    const auto at = [&](std::size_t m) { return hazards.rate[m] * headroom[m]; };
    float before = 0, through = 0;  // sums before and through the block
    std::size_t block = 0;          // the last that holds anything, where rounding leaves x at the very end
    for (std::size_t b = 0; b < mark_count; b += 16) {
        if (hazards.healthy && b >= mark_down && b < mark_unplanned) continue;
        std::array<float, 4> part{};
        for (std::size_t k = 0; k < 16; k += 4)
            for (std::size_t lane = 0; lane < 4; ++lane) part[lane] += at(b + k + lane);
        const float sum = (part[0] + part[1]) + (part[2] + part[3]);
        if (!(sum > 0)) continue;
        block = b, before = through, through += sum;
        if (x < through) break;
    }
    int last = 0;
    for (std::size_t m = block; m < block + 16; ++m) {
        const float r = at(m);
        if (!(r > 0)) continue;
        last = static_cast<int>(m);
        before += r;
        if (x < before) break;
    }
    return last;
}

/// Whether a candidate of the month's start still makes sense after those before it in the list: what it would change is as it was. A death, a stay or a wish
/// does not depend on them; so an eventful month keeps its share of deaths.
bool still_holds(const PersonFacts& start, const PersonFacts& now, int mark) {
    const int condition = mark & 15;
    if (mark < mark_exacerbation) return start.conditions.stage(condition) == now.conditions.stage(condition);
    if (mark < mark_found) return now.conditions.has(condition);
    if (mark < mark_unplanned) return now.conditions.has(condition) && !now.conditions.diagnosed(condition);
    switch (mark) {
        case mark_dependence_up:
        case mark_dependence_down: return st::Dependence::get(start.status) == st::Dependence::get(now.status);
        case mark_carer_loss:
        case mark_carer_gain: return st::Carer::get(start.status) == st::Carer::get(now.status);
        case mark_sick:
        case mark_return:
        case mark_work_change: return st::Work::get(start.status) == st::Work::get(now.status);
        default: return true;
    }
}

void events_of(Here& here, int slot, std::uint32_t word) {
    Candidate c;
    c.slot = slot;
    c.facts = facts_of(here.cell.persons, slot, here.region, here.age_index);
    Hazards hazards;
    natural_hazards(here.prepared.hazards, c.facts, hazards);
    TRESSE_CHECK(gate_of(hazards.envelope) == here.cell.persons.event_gate[slot], "a gate follows every change of the facts it was made from");
    const int n = candidates(word, here.cell.persons.event_gate[slot], hazards.envelope);
    const PersonFacts start = c.facts;
    for (int k = 0; k < n; ++k) {
        c.luck = draw(here.rules.seed, here.cell.persons.id[slot], static_cast<std::uint32_t>(here.month.index), sub(Purpose::event, static_cast<std::uint32_t>(k)));
        c.mark = mark_at(hazards, here.prepared.hazards.headroom, c.luck.word[0]);
        if (here.rules.settling && frozen(c.mark)) continue;
        if (k > 0 && !still_holds(start, c.facts, c.mark)) continue;
        const float factor = current_factor(here, c);
        const float headroom = here.prepared.hazards.headroom[static_cast<std::size_t>(c.mark)];
        TRESSE_CHECK(factor <= headroom, "no effect may lift a hazard above its declared headroom: raise disease.headroom in population.yaml");
        if (unit(c.luck.word[1]) * static_cast<double>(headroom) >= static_cast<double>(factor)) continue;
        if (here.rules.log_events) here.sums.seen.push_back({here.cell.persons.id[slot], c.mark});
        if (!apply(here, c)) break;
        // the hazards of a month are those of the facts at its start; what an event changes, the next one sees
        if (k + 1 < n) c.facts = facts_of(here.cell.persons, slot, here.region, here.age_index);
    }
}

}  // namespace

void disease(Here& here) {
    const world::Persons& p = here.cell.persons;
    auto& s = here.scratch;
    std::size_t n = 0;
    for (int slot = 0; slot < here.cell.slots; ++slot) {
        s.chosen[n] = static_cast<Slot>(slot);
        n += s.luck[0][static_cast<std::size_t>(slot)] < p.event_gate[slot];
    }
    for (std::size_t i = 0; i < n; ++i) events_of(here, s.chosen[i], s.luck[0][s.chosen[i]]);
}

}  // namespace tresse::model
