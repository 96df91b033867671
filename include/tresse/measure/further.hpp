#pragma once

#include <span>
#include <string_view>

#include "tresse/measure/score.hpp"

/// Measures beside the rows of the score table: no verdict of their own, for those who want to see more. Pure.
namespace tresse::measure {

struct FurtherScore {
    std::string_view id;  ///< key in files
    Family family = Family::experience;
    std::string_view name, unit;  ///< English message ids of the catalogues
    int digits = 1;
};
/// All of them, in the order of their families.
std::span<const FurtherScore> further_scores();

/// Units: of the score. Over a horizon: sum of what happened over the sum of those it could happen to, as for the rows of the score table.
/// Missing: an empty group; days waited by anything but the whole area; care workers by anything but the area or a place.
Value further_value(std::size_t which, const RunRecord& record, const world::Catalogue& catalogue, const Slice& slice = {});

}  // namespace tresse::measure
