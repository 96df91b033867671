#pragma once

#include "tresse/build/providers.hpp"
#include "tresse/world/world.hpp"

namespace tresse::build {

inline constexpr int most_ties = 64;  ///< of a provider; the strongest are kept

/// Collaboration ties of all providers, as compressed rows sorted by neighbour.
/// Formula: strength = shared part s/(s + half) + nearness exp(-km/5) + one roof, with the declared weights; s = expected patients with a chronic condition whom both
/// know, from the shares of each neighbourhood and how often patients see each role. Departments are tied to their house and among each other, and to their
/// house's partners at half strength. `shared` holds the strength too: what the tie returns to.
/// Shape: at most 64 a provider. Order: as stored; no randomness.
world::Ties make_ties(const world::World& world, const SupplyPlan& plan, const Placement& placement);

}  // namespace tresse::build
