#pragma once

#include <string>
#include <vector>

#include "tresse/scenario/reader.hpp"

/// Every key that a file of ours may have: what scenarios/README.md shows.
namespace tresse::scenario {

/// Keys of scenarios, components, organisations, scores, region packs and the register of sources.
std::vector<KeyDoc> scenario_keys();

/// Keys of every kind of file that this room reads, by kind.
std::vector<KeyDoc> all_keys();

/// One Markdown table a kind: key, unit, range, default, meaning.
std::string keys_table(const std::vector<KeyDoc>& keys);

/// The closed list of mechanisms with the form and unit of each, as a Markdown table.
std::string mechanisms_table();

}  // namespace tresse::scenario
