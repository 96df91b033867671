#include "tresse/measure/care_team.hpp"

#include <algorithm>
#include <bit>

#include "tresse/core/check.hpp"
#include "tresse/measure/network.hpp"
#include "tresse/world/bits.hpp"

namespace tresse::measure {

namespace {

Value over(double scale, std::int64_t above, std::int64_t below) {
    if (below <= 0)
        return {};
    return scale * static_cast<double>(above) / static_cast<double>(below);
}

/// Providers whom a person saw in this year and the last.
void team_of(const world::Neighbourhood& place, const world::Persons& p, int slot, std::vector<std::uint32_t>& team) {
    team.clear();
    for (std::uint32_t seen = static_cast<std::uint32_t>(p.seen_year[slot] | p.seen_last_year[slot]); seen != 0; seen &= seen - 1) {
        const int team_slot = std::countr_zero(seen);
        const int rank = world::team_rank(p.team[slot], team_slot);
        const ProviderIndex provider = rank == 0 ? no_provider : place.by_slot[static_cast<std::size_t>(team_slot)][static_cast<std::size_t>(rank)];
        if (provider != no_provider)
            team.push_back(provider);
    }
}

void count_team(const world::Ties& ties, const std::vector<std::uint32_t>& team, TeamCount& out) {
    if (team.empty())
        return;
    out.patients += 1;
    out.members += static_cast<std::int64_t>(team.size());
    const Value density = care_density(ties, team);
    if (!density)
        return;
    out.in_density += 1;
    out.density += static_cast<std::int64_t>(*density * 65535 + 0.5);
    for (std::size_t i = 0; i < team.size(); ++i)
        for (std::size_t j = i + 1; j < team.size(); ++j) {
            out.handovers += 1;
            out.untied += ties.strength(team[i], team[j]) == 0 && ties.strength(team[j], team[i]) == 0;
        }
}

void count_practice(const world::Neighbourhood& place, std::size_t role, int rank, TeamCount& out) {
    if (rank == 0 || place.provider[role][static_cast<std::size_t>(rank)] == no_provider)
        return;
    int least = 255;
    for (std::size_t k = 1; k < world::limit::ranks; ++k)
        if (place.provider[role][k] != no_provider)
            least = std::min<int>(least, place.minutes_away[role][k]);
    const int away = place.minutes_away[role][static_cast<std::size_t>(rank)];
    out.with_gp += 1, out.minutes += away, out.nearest += away <= least;
}

}  // namespace

void TeamCount::add(const TeamCount& o) {
    patients += o.patients, members += o.members, in_density += o.in_density, density += o.density;
    handovers += o.handovers, untied += o.untied, with_gp += o.with_gp, minutes += o.minutes, nearest += o.nearest;
}

Value TeamCount::mean_members() const { return over(1, members, patients); }
Value TeamCount::mean_density() const { return over(1 / 65535.0, density, in_density); }
Value TeamCount::untied_percent() const { return over(100, untied, handovers); }
Value TeamCount::minutes_to_gp() const { return over(1, minutes, with_gp); }
Value TeamCount::nearest_percent() const { return over(100, nearest, with_gp); }

std::vector<TeamCount> count_care_teams(const world::World& world, const world::Catalogue& catalogue) {
    std::vector<TeamCount> out(catalogue.places.size());
    const int role = catalogue.role("gp");
    const auto team_slot = role < 0 ? 0 : catalogue.roles[static_cast<std::size_t>(role)].team_slot;
    std::vector<std::uint32_t> team;
    for (const world::Cell& cell : world.cells) {
        TRESSE_CHECK(cell.municipality < out.size(), "a cell lies in a place of the catalogue");
        const world::Neighbourhood& place = world.neighbourhoods[cell.neighbourhood];
        const world::Persons& p = cell.persons;
        for (int slot = 0; slot < cell.slots; ++slot) {
            if (p.empty(slot))
                continue;
            TeamCount& sum = out[cell.municipality];
            if (role >= 0)
                count_practice(place, static_cast<std::size_t>(role), world::team_rank(p.team[slot], team_slot), sum);
            if (world::Conditions{p.conditions[slot]}.none() && world::status::Dependence::get(p.status[slot]) == 0)
                continue;
            team_of(place, p, slot, team);
            count_team(world.ties, team, sum);
        }
    }
    return out;
}

}  // namespace tresse::measure
