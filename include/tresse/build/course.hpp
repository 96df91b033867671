#pragma once

#include <vector>

#include "tresse/build/reference.hpp"
#include "tresse/model/tables.hpp"

namespace tresse::build {

/// Makes the course of conditions keep their stage shares, and worsening keep the shares of the Katz classes, so that a year of `today` finds the people as
/// ill as the year before. Formula: across each boundary between stages, what is lost above it (deaths, remission, steps down) less the new cases that start
/// above it equals what must come from below. Where that is negative, the step down is solved instead and the step up stays as declared.
/// Order: persons of the sample. Idempotent. Requires: norms of death and onset are set.
std::vector<SolvedStep> keep_course(model::Tables& tables, const Reference& reference);

}  // namespace tresse::build
