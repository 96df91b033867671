#pragma once

#include <array>
#include <map>
#include <vector>

#include "tresse/app/answer.hpp"
#include "tresse/store/table.hpp"

/// Tables of money, for files and for readers.
namespace tresse::app {

std::vector<store::Table> money_result_tables(const Compared& c);
std::vector<viz::BriefTable> money_tables(const Compared& c);

}  // namespace tresse::app
