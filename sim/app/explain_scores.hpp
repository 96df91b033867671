#pragma once

#include <string>

#include "tresse/app/answer.hpp"
#include "tresse/store/table.hpp"

namespace tresse::app {

/// Every score of a run beside each other, arm by arm, at most 100 columns. `network`: the table of that name, may have no rows.
std::string scores_text(const Compared& compared, const store::Table& network);

}  // namespace tresse::app
