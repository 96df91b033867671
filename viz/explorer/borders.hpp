#pragma once

#include <string>
#include <vector>

#include "tresse/viz/figure/chart.hpp"
#include "tresse/world/catalogue.hpp"

namespace tresse::viz::explorer {

/// Cells with real borders from a GeoJSON file. Empty, with a remark, when the file cannot serve; municipalities that it
/// lacks are drawn by their centroid and named in a remark.
std::vector<MapCell> bordered_cells(const std::string& path, const world::Catalogue& catalogue,
                                    std::vector<std::string>& remarks);

}  // namespace tresse::viz::explorer
