#pragma once

#include <string>

#include "tresse/scenario/reader.hpp"

/// What the readers of calls and proposals share.
namespace tresse::scenario {

/// A day as "2017-09-18"; "" with a problem when it is none, "" alone when it is absent.
std::string date_of(const Node& node);

}  // namespace tresse::scenario
