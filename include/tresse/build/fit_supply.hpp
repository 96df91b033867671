#pragma once

#include "tresse/model/tables.hpp"
#include "tresse/world/catalogue.hpp"
#include "tresse/world/world.hpp"

namespace tresse::build {

/// Gives the providers of a world the posts of other numbers: those of a draw instead of the central ones. Minutes a contact are balanced against the
/// posts of the same draw (`complete_tables`), so posts that stayed central would be too few or too many for every service of a kind.
/// Formula: posts x drawn rate of kind and region / placed rate; filled posts by the drawn share filled, never more than the posts; ages keep their
/// proportions (the first takes the rest); burnt out and load as when providers are placed. Where a second kind of a role is absent from the world,
/// its rate counts with that of the first, as when providers are placed. A house outside the area follows the region of the place it is listed under.
/// With the same numbers nothing changes, not even by rounding.
void fit_supply(world::World& world, const world::Catalogue& catalogue, const model::ProviderTables& placed, const model::ProviderTables& drawn);

}  // namespace tresse::build
