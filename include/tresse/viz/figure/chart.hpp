#pragma once

#include <string>
#include <vector>

#include "tresse/viz/figure/scene.hpp"

/// Charts as scenes: axes with curves, maps, flows, networks. The same layout serves the screen and the files.
namespace tresse::viz {

/// Draws a panel with numbers on both axes into a box: zones, bands, rules, lines, points; names at the line ends.
/// Curves that lie on each other stay visible: later ones are thinner.
struct PlotStyle {
    std::vector<std::string> names;  ///< of series, at the right end of their lines; empty: none
    double cursor = 0;               ///< an upright line at this x
    bool has_cursor = false;
    bool dim_unknown = true;  ///< marks whose sign is `cannot_tell` are grey
};
struct PlotPlace {
    Box inner;  ///< between the axes
    double x_low = 0, x_high = 1, y_low = 0, y_high = 1;
    double x(double value) const { return inner.x0 + inner.width() * (value - x_low) / (x_high - x_low); }
    double y(double value) const { return inner.y1 - inner.height() * (value - y_low) / (y_high - y_low); }
};
PlotPlace plot(const Panel& panel, const Box& box, const PlotStyle& style, const Measure& measure, Scene& scene);

/// A municipality on paper. Units: kilometres east and south of the area's upper left corner.
struct MapCell {
    std::vector<std::vector<Point>> rings;              ///< outer borders; holes are not drawn
    std::vector<std::vector<std::uint32_t>> triangles;  ///< per ring, for filling; empty when the ring is convex
    Point centre;
    double area = 0;  ///< of the rings
};

/// A place with its true size. Units: degrees, square kilometres.
struct MapSite {
    double lat = 0, lon = 0, area_km2 = 1;
};

/// Kilometres on a plane for one area; good to a percent within Belgium.
std::vector<Point> projected(const std::vector<MapSite>& sites, std::vector<Point>* more = nullptr);

/// Cells around centroids, shifted until their areas are near the true ones: weighted Voronoi cells inside circles that a
/// place can reach. Order: of the sites. Source: power diagrams, Aurenhammer 1987.
std::vector<MapCell> voronoi_cells(const std::vector<MapSite>& sites);

/// Corner numbers, three a triangle. Empty: the ring crosses itself.
std::vector<std::uint32_t> triangulated(const std::vector<Point>& ring);
double ring_area(const std::vector<Point>& ring);

/// Flows from left to right through columns of nodes; heights are amounts.
struct FlowNode {
    std::string name;
    int column = 0;
    Ink ink;
    std::string amount = {};  ///< written beside it; empty: the height of the node as a number
};
struct FlowLink {
    int from = 0, to = 0;
    double amount = 0;  ///< at least 0
    Ink ink;
    std::string tip;
};
struct FlowChart {
    std::vector<FlowNode> nodes;
    std::vector<FlowLink> links;
    std::vector<std::string> columns;  ///< headings
    std::string unit;
    int digits = 1;
};
void flows(const FlowChart& chart, const Box& box, const Measure& measure, Scene& scene);

/// Places for the nodes of a network by their ties: those that work together stand together. The same input gives the
/// same picture. Shape: by node, inside the unit square.
std::vector<Point> force_layout(std::size_t nodes, const std::vector<std::pair<int, int>>& ties,
                                const std::vector<double>& strength, const std::vector<Point>& start, int rounds = 120);

}  // namespace tresse::viz
