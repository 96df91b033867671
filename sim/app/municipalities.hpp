#pragma once

#include <string>

#include "tresse/app/answer.hpp"
#include "tresse/store/table.hpp"

#include "network_tables.hpp"

namespace tresse::app {

/// Supply against need, waiting, care gone without and the network, one row a municipality. From the records of all futures; what a record does not
/// hold (ways, waiting by place, teams, ties) from the first one.
store::Table municipality_table(const ArmRun& arm, const NetworkValues& network);

/// The same for the screen: at most 100 columns; of a large area those with the longest and with the shortest waits for care.
std::string municipality_text(const store::Table& municipalities);

/// The network of the area in a few lines.
std::string network_text(const std::string& arm, const NetworkValues& network);

}  // namespace tresse::app
