#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tresse/viz/figure/sign.hpp"

/// A chart, described once and drawn in several ways: SVG, PNG, PDF, a table. The description holds finished words (in
/// the reader's language) and numbers; how to draw stands elsewhere. The same figure gives the same bytes.
namespace tresse::viz {

struct Tick {
    double value = 0;
    std::string label;
};

struct Axis {
    std::string title;  ///< with its unit
    double low = 0, high = 1;
    std::vector<Tick> ticks;
};

/// A line of a panel whose vertical axis has names instead of numbers. Headings carry no marks.
struct Row {
    std::string label;
    bool heading = false;
};

/// One thing drawn.
struct Mark {
    enum class Kind : std::uint8_t {
        interval,  ///< x: middle, low, high; at `row`
        bar,       ///< x: from, to, low, high (the range may be NaN); at `row`
        line,      ///< x and y: points in order; NaN breaks it
        band,      ///< x, y (lower) and y2 (upper)
        rule,      ///< x[0]: an upright line; without x, y[0]: a level one
        zone,      ///< x[0] to x[1]: a shaded part of the axis; y[0] to y[1] when there is no x
        points,    ///< x and y: one mark each
        reach,     ///< x and y: a thin line without marks, how far a point may lie
    };
    Kind kind = Kind::interval;
    int series = -1;  ///< arm, for its colour; -1 = grey
    Sign sign = Sign::none;
    int row = 0;
    int lane = 0;  ///< place inside a row, one per arm
    std::vector<double> x, y, y2;
    std::string note;  ///< written at the right end
};

struct Panel {
    std::string title;
    Axis x, y;
    std::vector<Row> rows;  ///< empty: the vertical axis has numbers
    int lanes = 1;          ///< marks side by side in a row
    std::vector<Mark> marks;
};

/// The twin of a figure for those who read numbers, or listen.
struct DataTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    bool empty() const { return columns.empty(); }
};

struct Figure {
    std::string id;  ///< file name without ending: "differences"
    std::string title;
    std::string how_to_read;          ///< one sentence below
    std::string alt;                  ///< what it shows, for those who do not see it; made from the numbers
    std::string run;                  ///< short code of the run, drawn in a corner
    std::vector<std::string> series;  ///< names of the arms, for the key; empty names are left out
    std::vector<Panel> panels;        ///< one below the other
    std::vector<std::pair<Sign, std::string>> signs;  ///< key of the shapes, when they are used
    DataTable table;
};

/// Colours of arms, safe for colour blindness, in order; grey for -1. Source: Okabe and Ito 2008, "Color universal
/// design". Shape: 0xRRGGBB.
std::uint32_t series_colour(int series);
inline constexpr int series_colours = 7;

/// Round numbers that cover [low, high], about `wanted` of them, with labels in the reader's language.
/// Requires: low <= high, both finite; equal ends are spread a little.
std::vector<Tick> nice_ticks(double low, double high, int wanted);

}  // namespace tresse::viz
