#include "tresse/model/working_life.hpp"

namespace tresse::model {

namespace st = world::status;
namespace st2 = world::status2;
using world::WorkState;

int final_diploma(const WorkTables& tables, std::uint64_t seed, PersonId person, std::uint32_t status, int region) {
    const auto& until = tables.diploma_until[static_cast<std::size_t>(region)][st::Sex::get(status)][st::Quintile::get(status)];
    const double u = unit(draw(seed, person, 0, sub(Purpose::work, 1)).word[0]);
    return u < static_cast<double>(until[0]) ? 0 : u < static_cast<double>(until[1]) ? 1 : 2;
}

namespace {

WorkState after_school(const WorkTables& w, double u) {
    const double job = static_cast<double>(w.first_job), none = job + static_cast<double>(w.first_unemployed);
    return u < job ? WorkState::employed : u < none ? WorkState::unemployed : WorkState::at_home;
}

WorkState at_sixty_and_later(const WorkTables& w, WorkState work, std::size_t sex, int age, double u) {
    if (age % 5 != 0 || age > 75) return work;
    const double retires = work == WorkState::employed ? static_cast<double>(w.retires[sex][static_cast<std::size_t>(age - 60) / 5]) : 0.0;
    if (u < retires) return WorkState::retired;
    const bool active = work == WorkState::employed || work == WorkState::unemployed;
    return active && age == 60 && u < retires + static_cast<double>(w.stops_at_60[sex]) ? WorkState::at_home : work;
}

}  // namespace

WorkState next_work(const WorkTables& w, float retirement_age, std::uint32_t status, int age, const Block& luck, bool higher) {
    const auto work = static_cast<WorkState>(st::Work::get(status));
    if (age < 15) return WorkState::child;
    if (age == 15) return WorkState::student;
    if (work == WorkState::student) {
        if (age < 18) return work;
        const double leaves = age >= 27 ? 1.0 : higher && age < 21 ? 0.0 : static_cast<double>(higher ? w.leaves_higher_school : w.leaves_school);
        return unit(luck.word[0]) < leaves ? after_school(w, unit(luck.word[1])) : work;
    }
    if (work == WorkState::retired || work == WorkState::at_home) return work;
    if (work != WorkState::employed && static_cast<float>(age) >= retirement_age) return WorkState::retired;
    return age >= 60 ? at_sixty_and_later(w, work, st::Sex::get(status), age, unit(luck.word[2])) : work;
}

void grow_older_at_work(Here& here, int slot, int age, const Block& luck) {
    world::Persons& p = here.cell.persons;
    const std::uint32_t status = p.status[slot];
    const auto before = static_cast<WorkState>(st::Work::get(status));
    const int diploma = before == WorkState::student ? final_diploma(here.tables.work, here.rules.seed, p.id[slot], status, here.region) : 0;
    const WorkState after = next_work(here.tables.work, here.tables.demography.retirement_age, status, age, luck, diploma == 2);
    if (after == before) return;
    here.stock(world::Stock::sick) -= before == WorkState::sick_leave;
    here.stock(world::Stock::disabled) -= before == WorkState::disabled;
    p.status2[slot] = st2::SpellMonths::set(p.status2[slot], 0);
    std::uint32_t now = st::Work::set(status, static_cast<std::uint32_t>(after));
    if (before == WorkState::student) now = st::Education::set(now, static_cast<std::uint32_t>(diploma));
    p.status[slot] = now;
    if (after == WorkState::retired) here.did(Did::retired);
}

}  // namespace tresse::model
