#include <algorithm>

#include "tresse/model/effects.hpp"
#include "tresse/model/home_care.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;
namespace st2 = world::status2;
namespace flag = world::line_flag;

namespace {

/// The parts of a stay that are paid beside its days. They take nobody's minutes: these are in the day.
void bill(Here& here, const world::Stay& stay) {
    const auto add = [&](int service, int count) {
        if (service < 0 || count <= 0) return;
        here.cell.requests.push_back({stay.slot, static_cast<std::uint8_t>(service), 0, static_cast<std::uint8_t>(provider_rank(here, stay.slot, here.prepared.role_of[static_cast<std::size_t>(service)]) & 15), static_cast<std::uint16_t>(count), stay.cause,
                                      static_cast<std::uint8_t>(flag::no_queue | flag::served)});
        here.book.service(ServiceCount::served, service) += 1;
        here.book.service(ServiceCount::units, service) += count;
    };
    const float weight = here.tables.hospital.weight[stay.cause];
    const int hundredths = static_cast<int>((weight > 0 ? weight : 1.0f) * 100.0f + 0.5f);
    add(here.prepared.s_stay_fees, hundredths);
    add(here.prepared.s_stay_medicines, hundredths);
    add(here.prepared.s_first_day, 1);
    const auto quintile = st::Quintile::get(here.cell.persons.status[stay.slot]);
    const Block luck = draw(here.rules.seed, here.cell.persons.id[stay.slot], static_cast<std::uint32_t>(here.month.index), sub(Purpose::stay, 1));
    if (unit(luck.word[0]) < static_cast<double>(here.tables.hospital.single_room[quintile])) {
        add(here.prepared.s_room, 1);
        here.did(Did::supplement);
    }
}

void lose_function(Here& here, const world::Stay& stay) {
    world::Persons& p = here.cell.persons;
    const int age = age_at(p.birth_month[stay.slot], here.age_index);
    if (age < 75 || !(stay.flags & flag::unplanned)) return;
    const std::uint32_t katz = st::Dependence::get(p.status[stay.slot]);
    const Block luck = draw(here.rules.seed, p.id[stay.slot], static_cast<std::uint32_t>(here.month.index), sub(Purpose::stay, 2));
    if (katz >= 3 || unit(luck.word[0]) >= static_cast<double>(here.tables.hospital.decline_prob)) return;
    flush(here, stay.slot, here.now);
    p.status[stay.slot] = st::Dependence::set(p.status[stay.slot], katz + 1);
    here.did(Did::dependence_worse);
    dependence_changed(here, stay.slot, static_cast<int>(katz));
}

void leave_hospital(Here& here, const world::Stay& stay) {
    world::Persons& p = here.cell.persons;
    std::uint32_t& status2 = p.status2[stay.slot];
    const int g = p.group[stay.slot];
    here.book.group(GroupCount::discharges, g) += 1;
    here.did(Did::discharge);
    if (st2::SinceDischarge::get(status2) == 0) here.cell.recent.push_back(stay.slot);
    status2 = st2::SinceDischarge::set(status2, 1);
    const std::uint32_t n = st2::Admissions::get(status2);
    status2 = st2::Admissions::set(status2, n < 3 ? n + 1 : 3);
    here.cell.refresh.push_back(stay.slot);
    if (!here.rules.settling) lose_function(here, stay);
    invite_at_discharge(here, stay.slot);
}

/// The clock of those who left hospital: who came home last month is in the first month after.
void months_since_discharge(Here& here) {
    world::Persons& p = here.cell.persons;
    auto& recent = here.cell.recent;
    for (std::size_t i = 0; i < recent.size();) {
        const Slot slot = recent[i];
        const std::uint32_t since = st2::SinceDischarge::get(p.status2[slot]);
        const auto& factor = here.tables.hospital.post_discharge;
        if (factor[since] != factor[since >= 6 ? 0 : since + 1]) here.cell.refresh.push_back(slot);
        if (since >= 6) {
            p.status2[slot] = st2::SinceDischarge::set(p.status2[slot], 0);
            recent[i] = recent.back();
            recent.pop_back();
        } else {
            p.status2[slot] = st2::SinceDischarge::set(p.status2[slot], since + 1);
            ++i;
        }
    }
}

/// Who waits for a nursing home sometimes cannot go home: the bed stays taken for a while.
void block_bed(Here& here, const world::Stay& stay) {
    const auto waits = [&](const world::HomeCare& row) { return row.slot == stay.slot && row.waits_for_home > 0; };
    if (std::none_of(here.cell.home_care.begin(), here.cell.home_care.end(), waits)) return;
    const Block luck = draw(here.rules.seed, here.cell.persons.id[stay.slot], static_cast<std::uint32_t>(here.month.index), sub(Purpose::stay, 3));
    if (unit(luck.word[0]) >= static_cast<double>(here.tables.hospital.blocks_bed_share)) return;
    const int rank = provider_rank(here, stay.slot, here.prepared.role_of[static_cast<std::size_t>(here.prepared.s_hospital_day)]);
    here.cell.requests.push_back({stay.slot, static_cast<std::uint8_t>(here.prepared.s_hospital_day), 0, static_cast<std::uint8_t>(rank & 15),
                                  static_cast<std::uint16_t>(here.tables.hospital.blocked_days), stay.cause, static_cast<std::uint8_t>(flag::no_queue | flag::served)});
    here.book.group(GroupCount::hospital_days, here.cell.persons.group[stay.slot]) += here.tables.hospital.blocked_days;
    here.did(Did::bed_blocked);
}

void one_stay(Here& here, world::Stay& stay) {
    world::Persons& p = here.cell.persons;
    const int g = p.group[stay.slot];
    const bool unplanned = stay.flags & flag::unplanned, again = stay.flags & flag::readmission, dies = stay.flags & flag::dies;
    here.book.group(GroupCount::admissions, g) += 1;
    here.book.group(GroupCount::hospital_days, g) += stay.days;
    here.book.cause(world::CauseCount::stays, stay.cause) += 1;
    here.book.cause(world::CauseCount::days, stay.cause) += stay.days;
    here.book.cause(world::CauseCount::unplanned, stay.cause) += unplanned;
    here.book.cause(world::CauseCount::readmissions, stay.cause) += again;
    here.did(unplanned ? Did::admission_unplanned : Did::admission_planned);
    if (again) {
        here.book.group(GroupCount::readmissions, g) += 1;
        here.did(Did::readmission);
    }
    if (here.catalogue.causes[stay.cause].avoidable) {
        here.book.group(GroupCount::avoidable, g) += 1;
        here.did(Did::avoidable_admission);
    }
    bill(here, stay);
    if (!dies) block_bed(here, stay);
    if (dies) {
        here.book.group(GroupCount::deaths_in_hospital, g) += 1;
        here.book.cause(world::CauseCount::deaths, stay.cause) += 1;
        here.did(Did::death_in_hospital);
        return;
    }
    leave_hospital(here, stay);
}

}  // namespace

void hospital(Here& here) {
    months_since_discharge(here);
    for (world::Stay& stay : here.cell.stays) one_stay(here, stay);
}

}  // namespace tresse::model
