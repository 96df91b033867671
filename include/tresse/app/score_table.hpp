#pragma once

#include <string>

#include "tresse/store/table.hpp"
#include "tresse/viz/report/brief.hpp"

namespace tresse::app {

/// The score table as the screen shows it: at most 100 columns, two arms beside the base, further arms below. Colour is
/// a second cue only.
std::string score_table(const viz::Brief& brief, bool colour);

/// Heading, arms and means: what stands above the scores.
std::string table_heading(const viz::Brief& brief);
/// Sentences, how to go on, cost of the run: what stands below.
std::string table_foot(const viz::Brief& brief);

}  // namespace tresse::app
