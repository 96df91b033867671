#pragma once

#include <string>

#include "tresse/viz/figure/figure.hpp"

namespace tresse::viz {

/// The figure as SVG with text as text: it can be searched, read aloud and edited, and its bytes do not depend on the
/// fonts of the machine. `prefix` makes the ids of several figures on one page different.
std::string svg(const Figure& figure, const std::string& prefix = "");

/// The same picture in dots, `scale` times 96 to the inch. Throws: MachineRefused when memory or fonts fail.
std::string png(const Figure& figure, double scale = 2);

/// One page as large as the figure. Its bytes hold no date.
std::string pdf(const Figure& figure);

/// The table beside the figure, for a spreadsheet.
std::string csv(const Figure& figure);

}  // namespace tresse::viz
