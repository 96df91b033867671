#pragma once

#include <string>

#include "tresse/scenario/arm.hpp"
#include "tresse/scenario/scenario.hpp"

/// Pieces of loading a scenario that stand in files of their own.
namespace tresse::scenario {

/// Names under which the ledger books what no rule file pays.
inline constexpr const char* grant_rule = "organisation-grant";
inline constexpr const char* programme_rule = "programme-costs";
inline constexpr const char* provider_rule = "provider-income";

/// Names of rules and contract classes, after the library's own.
void fill_rules(const FundingRules& rules, world::Catalogue& catalogue, Problems& problems);

/// Places and zones of the area.
void fill_places(const Region& region, const Area& area, const Payers& payers, world::Catalogue& catalogue, Problems& problems);

/// Actions of all arms in order of first appearance, and the list of mechanisms.
void fill_actions(const std::vector<Arm>& arms, world::Catalogue& catalogue, Problems& problems);

/// Names of an action's mechanisms in the catalogue.
std::string mechanism_of_lever(const std::string& action, const LeverSpec& lever);

/// The whole scenario as YAML with every default; reads back to the same.
std::string resolved_text(const Scenario& scenario, const std::string& region_id, const std::vector<std::pair<std::string, std::vector<double>>>& parameters);

}  // namespace tresse::scenario
