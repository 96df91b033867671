#include "tresse/model/ration.hpp"

namespace tresse::model {

namespace {

namespace flag = world::line_flag;

enum class Fate { later, other, out_of_hours, emergency, lost };

Fate fate_of(const Here& here, const world::Line& line) {
    const Block luck = draw(here.rules.seed, here.cell.persons.id[line.slot], static_cast<std::uint32_t>(here.month.index), sub(Purpose::redirect, line.service));
    const double u = unit(luck.word[0]);
    const auto& share = here.tables.behaviour.fate;
    double sum = 0;
    for (int f = 0; f < 4; ++f)
        if (u < (sum += static_cast<double>(share[static_cast<std::size_t>(f)]))) return static_cast<Fate>(f);
    return Fate::lost;
}

void give_up(Here& here, world::Line& line) {
    line.flags |= flag::moved;
    const int g = here.cell.persons.group[line.slot];
    here.book.group(GroupCount::forgone_waiting, g) += 1;
    here.book.service(ServiceCount::lost, line.service) += 1;
    auto& status2 = here.cell.persons.status2[line.slot];
    status2 = world::status2::ForgoneWaiting::set(status2, 1);
    here.did(Did::forgone_waiting);
}

/// The request becomes one to a desk that never refuses.
bool turn_to(Here& here, world::Line& line, int service, std::uint32_t* late, ServiceCount counted, Did what) {
    if (service < 0) return false;
    const int role = here.prepared.role_of[static_cast<std::size_t>(service)];
    const int rank = provider_rank(here, line.slot, role);
    if (rank == 0) return false;
    here.book.service(counted, line.service) += 1;
    here.did(what);
    line.service = static_cast<std::uint8_t>(service);
    line.count = 1;
    line.rank = static_cast<std::uint8_t>(rank & 15);
    line.flags |= flag::emergency;
    late[node(role, rank)] += here.tables.provider.deci_minutes[static_cast<std::size_t>(service)];
    return true;
}

}  // namespace

void redirect(Here& here, std::span<const Tight> lines, std::uint32_t* late) {
    const ProviderIndex* providers = here.place.provider[0].data();
    for (const Tight& one : lines) {
        world::Line& line = here.cell.requests[one.line];
        const std::uint32_t cut = here.board.row[providers[node(here.prepared.role_of[line.service], line.rank)]].cut;
        if (cut == world::everybody || one.key < cut) continue;
        const bool standing = line.source == 255 || here.prepared.programme_service[line.service];
        if (standing) {
            if (line.service != here.prepared.s_home_day) give_up(here, line);  // help that did not come this month cannot come later
            continue;
        }
        const bool gp = here.catalogue.services[line.service].gp_contact;
        switch (fate_of(here, line)) {
            case Fate::other: line.flags |= flag::pooled; break;
            case Fate::out_of_hours:
                if (!gp || !turn_to(here, line, here.prepared.s_ooh, late, ServiceCount::moved_out_of_hours, Did::moved_out_of_hours)) line.flags |= flag::pooled;
                break;
            case Fate::emergency:
                if (!gp || !turn_to(here, line, here.prepared.s_emergency, late, ServiceCount::moved_emergency, Did::moved_emergency)) line.flags |= flag::pooled;
                break;
            case Fate::lost: give_up(here, line); break;
            case Fate::later: break;
        }
    }
}

}  // namespace tresse::model
