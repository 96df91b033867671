#pragma once

#include <cstdint>
#include <vector>

#include "tresse/model/close.hpp"
#include "tresse/model/stages.hpp"

/// The parts of programmes that are not money: where an action runs and how far it has come, whom it has reached, which providers took it up, what
/// its contacts find, and where its posts stand.
namespace tresse::model {

/// How far the ramp of an action has come: 0 before the start and after the end, 1 when full.
double ramp(const Action& action, Month month);

/// Whether the action runs in a place this month: inside its federated bodies, and its zone's turn has come.
bool runs_in(const Action& action, const world::Place& place, Month month);
/// Share of the area's inhabitants in whose place the action runs.
double share_of_area(const Action& action, const world::World& world, const world::Catalogue& catalogue, Month month);

/// Months for which a person who joined has been out of support: 0 while supported. A course ends by itself, every action with its last month.
int months_after_support(const Action& action, int months_since_start, Month month);

/// Persons taking part and those still served, counted anew from the cells.
void count_enrolled(world::World& world, const Policy& policy);

/// Posts that open or close are spread over the teams of the role where the action runs: to where most work is asked for its staff, from all alike.
/// Most newcomers leave the home nursing of the area, from all teams alike. Unit: thousandths of a post.
void place_posts(world::World& world, const Prepared& prepared, const Action& action, std::int32_t change);

/// Providers take up actions on providers: own start and imitation over ties, up to the reach. Law: without such an action nothing changes.
/// Random: keyed by provider, month and action.
void adopt_actions(world::World& world, const Prepared& prepared, Month month);
/// Factor on the pace at which a provider takes up `what`, from the actions that it has taken up itself and from the organisation.
double adoption_pace(const world::World& world, const Rules& rules, const world::Provider& provider, LeverKind what, Month month);
/// Counts the levers of a kind in these actions: they helped a provider or a tie to change.
void touch_levers(world::World& world, const Rules& rules, std::uint32_t actions, LeverKind what);
/// Growth of a tie from actions on ties that both ends have taken up. 0 without.
double tie_lever(const Rules& rules, const world::Provider& from, const world::Provider& to);
/// Paperwork of actions on providers, added to the work of those who took them up.
void add_provider_paperwork(world::World& world, const Rules& rules);

/// What this month's programme contacts do beside their dose: unknown cases are found, contacts with the partners take longer or shorter.
void contacts_of_programmes(Here& here);

}  // namespace tresse::model
