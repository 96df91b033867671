#pragma once

#include <vector>

#include "tresse/scenario/reader.hpp"

namespace tresse::scenario {

/// The keys of funding rules and of payers.yaml, for scenarios/README.md.
std::vector<KeyDoc> funding_keys();

}  // namespace tresse::scenario
