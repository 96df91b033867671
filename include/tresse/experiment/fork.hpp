#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tresse/model/rules.hpp"
#include "tresse/world/world.hpp"

/// The steps between settling and policy period, and between calendar years: what a world needs done to it from outside
/// the month.
namespace tresse::experiment {

/// Persons by entity and age in years at the policy date. Shape: [entity][age].
using Inhabitants = std::vector<std::array<std::int64_t, world::oldest_age + 1>>;
Inhabitants inhabitants(const world::World& world, const world::Catalogue& catalogue);

/// Books large enough for the price rows of these rules. What stands in them is kept only when they are large enough.
void fit_books(world::World& world, const model::Rules& rules);

/// Books person-months and quality that no event has closed yet, up to World::now, and starts them anew. By piece.
/// Law: afterwards the person-months of a period add to persons x months, exactly.
std::vector<world::Book> close_open_months(world::World& world, const model::Rules& rules);

/// Cents of the hospitals' fixed budget that a stay of the year carries: what is paid for no stay in particular, spread
/// evenly, so that persons' spending adds up. Requires: a December was just computed, the year's sums still stand.
std::int64_t fixed_cents_of_a_stay(const world::World& world, const model::Rules& rules);

/// Marks who was in the dearest tenth of the year that just ended: one more bit in decile_history.
/// Law: at most a tenth is marked. Requires: as above, once a year.
void mark_heavy_users(world::World& world, std::int64_t stay_cents);

/// A new calendar year: the year's sums of the world start from nothing. Called after each December.
void open_year(world::World& world);

/// The fork: the arm's actions and organisation get their state, all that counts since the policy date starts from
/// nothing, books fit the arm's prices. Requires: World::now is the policy date.
void open_policy(world::World& world, const model::Rules& rules);

}  // namespace tresse::experiment
