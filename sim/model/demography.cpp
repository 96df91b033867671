#include <bit>

#include "tresse/core/check.hpp"
#include "tresse/model/stages.hpp"
#include "tresse/model/working_life.hpp"

namespace tresse::model {

namespace st = world::status;
namespace st2 = world::status2;

void flush(Here& here, int slot, std::uint16_t at) {
    world::Persons& p = here.cell.persons;
    const int months = static_cast<int>(at) - static_cast<int>(p.utility_since[slot]);
    if (months <= 0) return;
    const std::int64_t quality = static_cast<std::int64_t>(p.utility[slot]) * months;
    const int g = p.group[slot];
    here.book.group(GroupCount::person_months, g) += months;
    here.book.group(GroupCount::quality, g) += quality;
    const bool cohort = p.id[slot] < here.first_newcomer;
    here.book.group(GroupCount::cohort_months, g) += cohort ? months : 0;
    here.book.group(GroupCount::cohort_quality, g) += cohort ? quality : 0;
    const std::uint32_t status = p.status[slot];
    const int age = age_at(p.birth_month[slot], here.age_index + (static_cast<int>(at) - static_cast<int>(here.now)) - 1);
    here.book.exposure(static_cast<int>(st::Sex::get(status)), age) += months;
    const world::Conditions conditions{p.conditions[slot]};
    for (std::uint64_t left = conditions.present(); left != 0; left &= left - 1) {
        const int c = std::countr_zero(left) / 3;
        here.book.condition(ConditionCount::months, c) += months;
        here.book.condition(ConditionCount::diagnosed_months, c) += conditions.diagnosed(c) ? months : 0;
    }
    const auto work = static_cast<world::WorkState>(st::Work::get(status));
    if (work == world::WorkState::sick_leave) here.book.group(GroupCount::sick_months, g) += months;
    if (work == world::WorkState::disabled) here.book.group(GroupCount::disabled_months, g) += months;
    if (st::NursingHome::get(status)) here.book.group(GroupCount::nursing_home_months, g) += months;
    if (at > here.policy_now) p.life_health[slot] += static_cast<std::uint32_t>(quality >> 8);
    p.utility_since[slot] = at;
}

namespace {

int free_slot(Cell& cell) {
    for (int s = 0; s < cell.slots; ++s)
        if (cell.persons.empty(s)) return s;
    if (cell.slots == cell.persons.capacity()) cell.persons.set_capacity(cell.slots + cell.slots / 8 + 8);
    return cell.slots++;
}

/// The child of a woman: an id that is the same in every arm, facts from her household and its own luck.
void add_child(Here& here, int mother, int number_of_hers) {
    const std::uint64_t mother_id = here.cell.persons.id[mother];
    const std::uint64_t id = (std::uint64_t{1} << 63) | (mix64(mother_id, static_cast<std::uint64_t>(number_of_hers)) >> 2);
    const int slot = free_slot(here.cell);
    world::Persons& p = here.cell.persons;
    p.clear_row(slot);
    const Block a = draw(here.rules.seed, id, 0, Purpose::birth);
    const Block b = draw(here.rules.seed, id, 0, sub(Purpose::birth, 1));
    const std::uint32_t from = p.status[mother];
    std::uint32_t status = 0;
    status = st::Sex::set(status, unit(a.word[0]) < static_cast<double>(here.tables.demography.boys_share) ? 1 : 0);
    status = st::Quintile::set(status, st::Quintile::get(from));
    status = st::Education::set(status, st::Education::get(from));
    status = st::Bim::set(status, st::Bim::get(from));
    status = st::Work::set(status, static_cast<std::uint32_t>(world::WorkState::child));
    status = st::Activity::set(status, 2);
    status = st::Record::set(status, st::Record::get(from));
    status = st::MedicalHouse::set(status, st::MedicalHouse::get(from));
    p.id[slot] = id;
    p.status[slot] = status;
    // GP, pharmacy and hospital of the mother
    p.team[slot] = world::with_team_rank(0, 0, world::team_rank(p.team[mother], 0));
    p.team[slot] = world::with_team_rank(p.team[slot], 2, world::team_rank(p.team[mother], 2));
    p.team[slot] = world::with_team_rank(p.team[slot], 4, world::team_rank(p.team[mother], 4));
    p.household[slot] = p.household[mother];
    p.birthday[slot] = static_cast<std::uint8_t>(here.month.of_year());
    p.birth_month[slot] = static_cast<std::int16_t>(here.month.index - world::birth_month_zero);
    p.frailty_permanent[slot] = static_cast<std::uint8_t>(a.word[1] >> 24);
    p.frailty_now[slot] = static_cast<std::uint8_t>(a.word[2] >> 24);
    p.sbp[slot] = static_cast<std::uint8_t>(b.word[0]), p.lipid[slot] = static_cast<std::uint8_t>(b.word[0] >> 8);
    p.hdl[slot] = static_cast<std::uint8_t>(b.word[0] >> 16), p.hba1c[slot] = static_cast<std::uint8_t>(b.word[0] >> 24);
    p.egfr[slot] = static_cast<std::uint8_t>(b.word[1]), p.bmi[slot] = static_cast<std::uint8_t>(b.word[1] >> 8);
    p.activation[slot] = p.activation[mother], p.adherence[slot] = p.adherence[mother], p.trust[slot] = p.trust[mother];
    p.utility[slot] = 65535;
    p.utility_since[slot] = here.now;
    p.group[slot] = static_cast<std::uint16_t>(world::group_index(static_cast<int>(st::Quintile::get(status)), static_cast<int>(st::Sex::get(status)), 0, static_cast<int>(st::Bim::get(status))));
    here.cell.refresh.push_back(static_cast<Slot>(slot));
    here.stock(world::Stock::persons) += 1;
    here.stock(world::Stock::with_record) += st::Record::get(status);
    here.book.group(GroupCount::births, p.group[slot]) += 1;
    here.did(Did::birth);
}

void births(Here& here) {
    for (const Slot mother : here.cell.mothers) {
        world::Persons& p = here.cell.persons;
        const std::uint32_t number = st2::Births::get(p.status2[mother]);
        add_child(here, mother, static_cast<int>(number));
        const Block luck = draw(here.rules.seed, here.cell.persons.id[mother], static_cast<std::uint32_t>(number), sub(Purpose::birth, 2));
        std::uint32_t children = 1;
        if (unit(luck.word[0]) < static_cast<double>(here.tables.demography.twins_share)) add_child(here, mother, static_cast<int>(number + ++children - 1));
        world::Persons& now = here.cell.persons;
        now.status2[mother] = st2::Births::set(now.status2[mother], number + children > 15 ? 15 : number + children);
    }
    here.cell.mothers.clear();
}

template <class Rows>
void drop_rows(Rows& rows, int slot) {
    std::erase_if(rows, [slot](const auto& r) { return r.slot == slot; });
}

}  // namespace

void leave(Here& here, int slot) {
    world::Persons& p = here.cell.persons;
    flush(here, slot, here.now);
    const std::uint32_t status = p.status[slot];
    const auto work = static_cast<world::WorkState>(st::Work::get(status));
    here.stock(world::Stock::persons) -= 1;
    here.stock(world::Stock::sick) -= work == world::WorkState::sick_leave;
    here.stock(world::Stock::disabled) -= work == world::WorkState::disabled;
    here.stock(world::Stock::in_nursing_home) -= st::NursingHome::get(status);
    here.stock(world::Stock::with_record) -= st::Record::get(status);
    here.stock(world::Stock::with_plan) -= st::Plan::get(status);
    here.stock(world::Stock::with_case_manager) -= st::CaseManager::get(status);
    if (st::Enrolled::get(status)) {
        for (const auto& e : here.cell.enrolments) here.stock(world::Stock::enrolled) -= e.slot == slot;
        drop_rows(here.cell.enrolments, slot);
    }
    for (const auto& h : here.cell.home_care) here.stock(world::Stock::waiting_for_home) -= h.slot == slot && h.waits_for_home > 0;
    drop_rows(here.cell.home_care, slot);
    drop_rows(here.cell.waiting, slot);
    if (here.board.guarantee_cut >= 0)
        here.sums.left[static_cast<std::size_t>(risk_cell(status, age_at(p.birth_month[slot], here.age_index)))].add(p.spend_year[slot], here.month.of_year(), here.board.guarantee_cut);
    std::erase(here.cell.recent, static_cast<Slot>(slot));
    std::erase(here.cell.refresh, static_cast<Slot>(slot));
    p.clear_row(slot);
    here.did(Did::row_closed);
}

namespace {

void departures(Here& here) {
    for (const Slot slot : here.cell.dying) leave(here, slot);
    here.cell.dying.clear();
}

/// One step of the slow frailty: the underlying normal keeps `year_correlation` of itself. Kept as a quantile in 256 steps.
std::uint8_t next_frailty(const FrailtyTables& table, std::uint8_t now, std::uint32_t word);

void find_birthdays(Here& here) {
    Scratch& s = here.scratch;
    const world::Persons& p = here.cell.persons;
    const auto today = static_cast<std::uint8_t>(here.month.of_year());
    s.ids.clear(), s.purposes.clear();
    s.birthdays.slot.resize(static_cast<std::size_t>(here.cell.slots) + 1);
    std::size_t n = 0;
    for (int slot = 0; slot < here.cell.slots; ++slot) {
        s.birthdays.slot[n] = static_cast<Slot>(slot);
        n += p.birthday[slot] == today;
    }
    s.birthdays.slot.resize(n);
    for (const Slot slot : s.birthdays.slot)
        for (const Purpose purpose : {Purpose::frailty, Purpose::work, Purpose::risk_factor}) {
            s.ids.push_back(p.id[slot]);
            s.purposes.push_back(static_cast<std::uint32_t>(purpose));
        }
    s.birthdays.luck.resize(s.ids.size());
    draw_list(here.rules.seed, s.ids.data(), s.purposes.data(), s.ids.size(), static_cast<std::uint32_t>(here.month.index), s.birthdays.luck.data());
}

void grow_older(Here& here, std::size_t i) {
    const Slot slot = here.scratch.birthdays.slot[i];
    world::Persons& p = here.cell.persons;
    flush(here, slot, here.now);
    p.frailty_now[slot] = next_frailty(here.tables.frailty, p.frailty_now[slot], here.scratch.birthdays.steps(i).word[0]);
    if (!here.rules.settling) {
        grow_older_at_work(here, slot, age_at(p.birth_month[slot], here.age_index), here.scratch.birthdays.work(i));
        if (p.gp_years[slot] < 255) p.gp_years[slot] += 1;
    }
    here.cell.refresh.push_back(slot);
}

std::uint8_t next_frailty(const FrailtyTables& table, std::uint8_t now, std::uint32_t word) {
    // the quantile walks on a circle-free grid: with probability `year_correlation` it stays near, else it is drawn anew; the law of the
    // quantile stays uniform, and the correlation of the values is that probability
    const double keep = static_cast<double>(table.year_correlation);
    const double u = unit(word);
    if (u < keep) return now;
    return static_cast<std::uint8_t>((u - keep) / (1.0 - keep) * 256.0);
}

void yearly_lines(Here& here, int slot) {
    const auto push = [&](int service) {
        if (service < 0) return;
        here.cell.requests.push_back({static_cast<Slot>(slot), static_cast<std::uint8_t>(service), 0, 0, 1, 255, world::line_flag::no_queue});
    };
    push(here.prepared.s_federal);
    push(here.prepared.s_lump_sums);
}

}  // namespace

void demography(Here& here) {
    Cell& cell = here.cell;
    cell.requests.clear();
    births(here);
    departures(here);
    find_birthdays(here);
    for (std::size_t i = 0; i < here.scratch.birthdays.slot.size(); ++i) {
        grow_older(here, i);
        yearly_lines(here, here.scratch.birthdays.slot[i]);
    }
}

}  // namespace tresse::model
