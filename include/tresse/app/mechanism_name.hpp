#pragma once

#include <map>
#include <string>

#include "tresse/world/catalogue.hpp"

/// Mechanisms of the model in a reader's words.
namespace tresse::app {

/// Names of all mechanisms of a catalogue in the language chosen, by id. What has no word of its own keeps its id, spaced.
std::map<std::string, std::string> mechanism_names(const world::Catalogue& catalogue);

/// False for the model's own bookkeeping and for counts of who is in a programme: they are no step from a policy to a score.
bool is_step(const std::string& mechanism);

}  // namespace tresse::app
