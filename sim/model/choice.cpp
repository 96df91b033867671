#include "tresse/core/math.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {
/// A provider for a role of which the person has none: nearest in a keyed sense. Random: Gumbel by person, role and rank, so nobody else's choice matters.
int choose_provider(Here& here, int slot, int role) {
    const auto r = static_cast<std::size_t>(role);
    int best = 0;
    double best_value = -1e300;
    for (std::size_t k = 1; k < limit::ranks; ++k) {
        const ProviderIndex provider = here.place.provider[r][k];
        if (provider == no_provider || here.board.row[provider].accepts == 0) continue;
        const Block luck = draw(here.rules.seed, here.cell.persons.id[slot], provider, sub(Purpose::choice, static_cast<std::uint32_t>(role)));
        const double value = -0.15 * static_cast<double>(here.place.minutes_away[r][k]) - log_d(-log_d(unit_open(luck.word[0])));
        if (value > best_value) best_value = value, best = static_cast<int>(k);
    }
    if (best > 0) {
        auto& team = here.cell.persons.team[slot];
        team = world::with_team_rank(team, here.prepared.team_slot_of[r], best);
        here.did(Did::provider_chosen);
    }
    return best;
}

int provider_rank(Here& here, int slot, int role) {
    const auto r = static_cast<std::size_t>(role);
    const int rank = world::team_rank(here.cell.persons.team[slot], here.prepared.team_slot_of[r]);
    if (rank > 0 && here.place.provider[r][static_cast<std::size_t>(rank)] != no_provider) return rank;
    return choose_provider(here, slot, role);
}

ProviderIndex provider_of(const Here& here, int slot, int role) {
    const auto r = static_cast<std::size_t>(role);
    const int rank = world::team_rank(here.cell.persons.team[slot], here.prepared.team_slot_of[r]);
    return rank == 0 ? no_provider : here.place.provider[r][static_cast<std::size_t>(rank)];
}

}  // namespace tresse::model
