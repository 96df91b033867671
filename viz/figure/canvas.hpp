#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/viz/figure/scene.hpp"

/// What a figure needs of paper: lines, areas, words. Units: pixels of 1/96 inch, from the upper left corner.
namespace tresse::viz {

struct Stroke {
    std::uint32_t colour = 0;
    double width = 1;
    bool dashed = false;
};

struct Letters {
    double size = 12;
    Anchor anchor = Anchor::start;
    std::uint32_t colour = 0x222222;
    bool bold = false;
};

class Canvas {
public:
    virtual ~Canvas() = default;
    virtual void line(const std::vector<Point>& points, const Stroke& stroke) = 0;
    /// A closed shape; `opacity` 0 to 1.
    virtual void area(const std::vector<Point>& points, std::uint32_t colour, double opacity) = 0;
    virtual void circle(Point centre, double radius, std::uint32_t colour, bool filled) = 0;
    /// `at` is on the line on which letters stand.
    virtual void words(Point at, std::string_view text, const Letters& letters) = 0;
};

struct Size {
    double width = 0, height = 0;
};

/// White around the drawing, on every side. Units: pixels.
inline constexpr double margin = 10;

/// Draws a figure on any canvas. The layout uses one estimate of text widths, so that all outputs look the same.
struct Figure;
Size size_of(const Figure& figure);
void draw(const Figure& figure, Canvas& canvas);

/// A picture with its title, how to read it and the code of the run.
Scene sheet_of(const Picture& picture);
/// Draws a scene as files have it: light.
void draw(const Scene& scene, Canvas& canvas);

/// About how wide a text is in the report's letters.
double text_width(std::string_view text, double size, bool bold = false);

}  // namespace tresse::viz
