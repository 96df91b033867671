#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/viz/figure/figure.hpp"

/// A picture as simple shapes: what the screen, SVG, PDF and PNG draw alike. Colours are roles, so that one scene serves
/// light and dark; places that answer the mouse or the keyboard are spots with a command. Pure data.
/// Units: pixels of 1/96 inch at text size 100 %, from the upper left corner.
namespace tresse::viz {

struct Point {
    double x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

struct Box {
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    double width() const { return x1 - x0; }
    double height() const { return y1 - y0; }
    Point middle() const { return {(x0 + x1) / 2, (y0 + y1) / 2}; }
    Box inset(double by) const { return {x0 + by, y0 + by, x1 - by, y1 - by}; }
    bool contains(Point p) const { return p.x >= x0 && p.x < x1 && p.y >= y0 && p.y < y1; }
    bool operator==(const Box&) const = default;
};

enum class Anchor : std::uint8_t { start, middle, end };
enum class Theme : std::uint8_t { light, dark };

/// What a colour is for; `plain` is the given one in both themes.
enum class Role : std::uint8_t {
    page,
    surface,
    raised,
    rule,
    grid,
    faint,
    muted,
    text,
    accent,
    on_accent,
    better,
    worse,
    untold,
    arm,
    plain
};

struct Ink {
    Role role = Role::text;
    std::uint32_t value = 0;  ///< plain: 0xRRGGBB; arm: its place in the list
    double opacity = 1;
    bool operator==(const Ink&) const = default;
};
inline Ink ink(Role role, double opacity = 1) {
    return {role, 0, opacity};
}
inline Ink plain(std::uint32_t rgb, double opacity = 1) {
    return {Role::plain, rgb, opacity};
}
inline Ink arm_ink(int arm, double opacity = 1) {
    return {Role::arm, static_cast<std::uint32_t>(arm), opacity};
}

/// Shape: 0xRRGGBB.
std::uint32_t colour_of(const Ink& ink, Theme theme);

/// Dark to pale for `share` 0 to 1, readable without colour vision. Source: cividis, Nunez, Anderton & Renslow, PLoS ONE 2018.
std::uint32_t amount_colour(double share);
/// Worse (-1, orange) over equal (0, near the paper) to better (1, blue).
std::uint32_t difference_colour(double share, Theme theme);

/// Sizes of letters; there are no others.
enum class Type : std::uint8_t { caption, small, body, label, heading, title, number };
inline constexpr int types = 7;
struct Face {
    double size = 0;
    bool bold = false;
};
Face face_of(Type type);

/// Widths of texts in the letters that will be used.
class Measure {
public:
    virtual ~Measure() = default;
    virtual double width(std::string_view text, Type type) const = 0;
};
/// Widths as the files use them: no fonts needed.
const Measure& paper_measure();

struct Shape {
    enum class Kind : std::uint8_t { area, line, dot, ring, words } kind = Kind::area;
    std::vector<Point> points;  ///< words, dot, ring: one
    Ink ink;
    double size = 0;  ///< width of a line, radius of a dot
    bool dashed = false;
    Type type = Type::body;
    Anchor anchor = Anchor::start;
    std::string text;
    double room = 0;                       ///< words: width given to them; 0 = as wide as they are
    std::vector<std::uint32_t> triangles;  ///< of an area that is not convex, when they are known: corners, three each
};

/// A place that answers.
struct Spot {
    Box box;
    std::vector<Point> outline;  ///< empty: the box
    std::string command;         ///< what happens on a click or Enter; empty: it only shows its tip
    std::string tip;             ///< lines shown while the pointer rests there
    bool stop = true;            ///< the keyboard stops here
    bool contains(Point p) const;
};

struct Scene {
    double width = 0, height = 0;
    std::vector<Shape> shapes;
    std::vector<Spot> spots;
    int shortened = 0;  ///< texts that did not fit and end in "..."

    void area(std::vector<Point> points, Ink ink, std::vector<std::uint32_t> triangles = {});
    void box(const Box& box, Ink ink, double radius = 0);
    void frame(const Box& box, Ink ink, double width = 1, double radius = 0);
    void line(std::vector<Point> points, Ink ink, double width = 1, bool dashed = false);
    void dot(Point at, double radius, Ink ink);
    void ring(Point at, double radius, Ink ink, double width = 1.5);
    /// `at` is on the line on which letters stand.
    void words(Point at, std::string text, Type type, Ink ink = {}, Anchor anchor = Anchor::start);
    /// Shortened when wider than `room`.
    void words_in(Point at, std::string text, Type type, double room, const Measure& measure, Ink ink = {},
                  Anchor anchor = Anchor::start);
    /// Wrapped to the box from its top; gives the height used. Lines are 1.45 letters apart.
    double paragraph(const Box& box, std::string_view text, Type type, const Measure& measure, Ink ink = {});
    void spot(const Box& box, std::string command, std::string tip = "", bool stop = true);
    /// The shape of an arm: circle, triangle, square, diamond, lower triangle, cross; the second cue beside colour.
    void arm_mark(Point at, double radius, int arm, Ink ink);
    /// Up: better; down: worse; square: same; empty ring: cannot tell.
    void sign_mark(Point at, double radius, Sign sign);
    /// Slanted lines over a convex shape: modelled or assumed.
    void hatch(const std::vector<Point>& outline, Ink ink, double apart);
    void append(const Scene& other, double dx, double dy);
};

/// Lines of a text no wider than `width`; a longer word is broken.
std::vector<std::string> wrapped(std::string_view text, double width, Type type, const Measure& measure);

/// A scene that leaves the program: with its words for those who do not see it, and its numbers.
struct Picture {
    std::string id, title, alt, how_to_read, run;
    Scene scene;
    DataTable table;
    bool empty() const { return scene.shapes.empty(); }
};
std::string svg(const Picture& picture);
std::string pdf(const Picture& picture);
/// `theme`: of the screen; files are light. `scale` times 96 dots to the inch.
std::string png(const Picture& picture, double scale = 2);
std::string csv(const Picture& picture);

}  // namespace tresse::viz
