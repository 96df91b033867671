#pragma once

#include <string>
#include <vector>

#include "tresse/scenario/scenario.hpp"
#include "tresse/viz/explorer/state.hpp"

namespace tresse::viz::explorer {

/// A number of an arm that may be dragged: dose, pace, start money.
struct Lever {
    std::string key;    ///< as --set takes it: "arms.integrated.components[0].reach.persons"
    std::string group;  ///< the action or rule
    std::string label, unit;
    double value = 0, low = 0, high = 1, step = 1;
    bool share = false;  ///< shown as percent
};

/// All of an arm, in the order of the file, with the values of the scenario.
std::vector<Lever> levers_of(const scenario::Scenario& scenario, int arm);

/// Where a lever stands: moved by the user, or as in the scenario.
double lever_value(const Lever& lever, const State& state);
bool lever_moved(const Lever& lever, const State& state);

/// KEY=VALUE pairs of the levers that were moved.
std::vector<std::pair<std::string, std::string>> settings_of(const State& state);

}  // namespace tresse::viz::explorer
