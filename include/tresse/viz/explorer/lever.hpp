#pragma once

#include <string>
#include <vector>

#include "tresse/scenario/scenario.hpp"
#include "tresse/viz/explorer/state.hpp"

namespace tresse::viz::explorer {

/// A number or a month of an arm that may be changed: dose, pace, start, money.
struct Lever {
    std::string key;    ///< as --set takes it: "arms.integrated.components[0].reach.persons"
    std::string group;  ///< the action or rule
    std::string label, unit;
    double value = 0, low = 0, high = 1, step = 1;
    bool share = false;     ///< shown as percent
    bool dose = false;      ///< at 0 its part of the arm does nothing
    bool is_month = false;  ///< value counts months from `origin`
    Month origin;
    std::string part;  ///< beginning of `key` that all levers of an action or rule have: "arms.integrated.components[0]"
};

/// All of an arm, in the order of the file, with the values of the scenario. The dose stands first of its part.
std::vector<Lever> levers_of(const scenario::Scenario& scenario, int arm);

/// Where a lever stands: moved by the user, or as in the scenario.
double lever_value(const Lever& lever, const State& state);
bool lever_moved(const Lever& lever, const State& state);
/// The command that puts a lever at a value, kept inside its limits.
std::string lever_command(const Lever& lever, double value);

/// KEY=VALUE pairs of the levers that were moved, in the order in which they were first moved.
std::vector<std::pair<std::string, std::string>> settings_of(const State& state);

/// The command that adds an action to an arm, with a dose to begin with. `added`: how many were added before it.
std::string add_command(const scenario::Scenario& scenario, int arm, int added, const std::string& use, bool on_providers);
/// Uses of the actions that the user added to an arm.
std::vector<std::string> added_to(const scenario::Scenario& scenario, int arm, const State& state);

}  // namespace tresse::viz::explorer
