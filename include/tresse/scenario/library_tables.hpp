#pragma once

#include <array>
#include <cstdint>

#include "tresse/model/tables.hpp"
#include "tresse/scenario/library.hpp"
#include "tresse/scenario/region.hpp"

/// From the library and a region pack to the numbers of the stages.
namespace tresse::scenario {

/// Tables of one parameter draw (0 = central values); everything that needs no population. Left for `build`: the hazards of onset and all log_norm,
/// quality of life without conditions, the factor on minutes.
/// Random: each number by its own key, seed and draw. Requires: a library without problems.
model::Tables tables_of(const Library& library, const Region& region, std::uint64_t seed, int draw);

/// Values by single age, linear inside and between five-year ages, whose mean over each five-year age is the table's. Never below 0.
std::array<double, model::ages> smooth_by_age(const std::array<double, model::five_year_bands>& table);

}  // namespace tresse::scenario
