#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tresse/core/problems.hpp"

namespace tresse::scenario {

/// Borders of a municipality, for maps. Outer rings only: (longitude, latitude), not closed.
struct Boundary {
    int nis = 0;
    std::vector<std::vector<std::pair<double, double>>> rings;
};

/// Reads a GeoJSON feature collection of polygons whose properties hold the NIS code of the municipality (`nis`, `NIS`,
/// `niscode`, `cd_munty_refnis`). Features that cannot serve are added to the problems, all at once; the rest is given.
std::vector<Boundary> read_boundaries(const std::string& path, Problems& problems);

}  // namespace tresse::scenario
