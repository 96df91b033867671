#include "tresse/viz/figure/scene.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"

#include "canvas.hpp"

namespace tresse::viz {

namespace {

constexpr double pi = 3.14159265358979;

class PaperMeasure : public Measure {
public:
    double width(std::string_view text, Type type) const override {
        const Face face = face_of(type);
        return text_width(text, face.size, face.bold);
    }
};

std::uint32_t mixed(std::uint32_t a, std::uint32_t b, double share) {
    std::uint32_t out = 0;
    for (const int shift : {16, 8, 0}) {
        const double from = (a >> shift) & 255u, to = (b >> shift) & 255u;
        out |= static_cast<std::uint32_t>(std::lround(from + (to - from) * share)) << shift;
    }
    return out;
}

template <std::size_t N> std::uint32_t ramp(const std::array<std::uint32_t, N>& stops, double share) {
    const double at = std::clamp(share, 0.0, 1.0) * (N - 1);
    const auto i = std::min(static_cast<std::size_t>(at), N - 2);
    return mixed(stops[i], stops[i + 1], at - static_cast<double>(i));
}

}  // namespace

const Measure& paper_measure() {
    static const PaperMeasure measure;
    return measure;
}

std::uint32_t colour_of(const Ink& ink, Theme theme) {
    // page, surface, raised, rule, grid, faint, muted, text, accent, on_accent, better, worse, unknown
    static constexpr std::uint32_t light[] = {0xF5F6F8, 0xFFFFFF, 0xEDEFF3, 0xDADEE5, 0xECEEF2, 0x98A1AF, 0x5A6472,
                                              0x1A212C, 0x1D4F91, 0xFFFFFF, 0x0F6FB5, 0xB8500A, 0xA3A9B3};
    static constexpr std::uint32_t dark[] = {0x12161D, 0x1A2029, 0x252D39, 0x303A48, 0x262E3A, 0x6E7A8C, 0xA3AFBF,
                                             0xEAEEF4, 0x7FB2F0, 0x10151C, 0x5CB0EA, 0xF08A4B, 0x7B8492};
    // Okabe-Ito; blue is lifted on dark ground
    static constexpr std::uint32_t arms_light[] = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7,
                                                   0x56B4E9, 0xE69F00, 0x8C7A00};
    static constexpr std::uint32_t arms_dark[] = {0x4FA8DE, 0xE8803A, 0x2FBF97, 0xDB95BC, 0x8CCBF2, 0xE69F00, 0xF0E442};
    if (ink.role == Role::plain)
        return ink.value;
    if (ink.role == Role::arm)
        return (theme == Theme::light ? arms_light : arms_dark)[ink.value % 7];
    return (theme == Theme::light ? light : dark)[static_cast<int>(ink.role)];
}

std::uint32_t amount_colour(double share) {
    static constexpr std::array<std::uint32_t, 9> cividis = {0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173,
                                                             0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55};
    return ramp(cividis, share);
}

std::uint32_t difference_colour(double share, Theme theme) {
    static constexpr std::array<std::uint32_t, 7> on_light = {0xA63F00, 0xDE8240, 0xF6CBA6, 0xF1F2F4,
                                                              0xAFD2EC, 0x4C9BD0, 0x06538F};
    static constexpr std::array<std::uint32_t, 7> on_dark = {0xFF9E5E, 0xC8682A, 0x7A4A2B, 0x2E3744,
                                                             0x2C5577, 0x3C8AC4, 0x8CCBFA};
    return ramp(theme == Theme::light ? on_light : on_dark, (share + 1) / 2);
}

Face face_of(Type type) {
    static constexpr Face faces[types] = {{11, false}, {12, false}, {13.5, false}, {13.5, true},
                                          {16, true},  {25, true},  {30, true}};
    return faces[static_cast<int>(type)];
}

bool Spot::contains(Point p) const {
    if (!box.contains(p))
        return false;
    if (outline.empty())
        return true;
    bool inside = false;
    for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
        const Point &a = outline[i], &b = outline[j];
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
            inside = !inside;
    }
    return inside;
}

void Scene::area(std::vector<Point> points, Ink ink, std::vector<std::uint32_t> triangles) {
    Shape shape;
    shape.triangles = std::move(triangles);
    shape.points = std::move(points);
    shape.ink = ink;
    shapes.push_back(std::move(shape));
}

namespace {

std::vector<Point> rounded(const Box& b, double radius) {
    const double r = std::min({radius, b.width() / 2, b.height() / 2});
    if (r <= 0.5)
        return {{b.x0, b.y0}, {b.x1, b.y0}, {b.x1, b.y1}, {b.x0, b.y1}};
    std::vector<Point> out;
    const Point corners[] = {{b.x1 - r, b.y0 + r}, {b.x1 - r, b.y1 - r}, {b.x0 + r, b.y1 - r}, {b.x0 + r, b.y0 + r}};
    constexpr int steps = 5;
    for (int c = 0; c < 4; ++c)
        for (int i = 0; i <= steps; ++i) {
            const double angle = (c - 1) * pi / 2 + i * pi / 2 / steps;
            out.push_back({corners[c].x + r * std::cos(angle), corners[c].y + r * std::sin(angle)});
        }
    return out;
}

}  // namespace

void Scene::box(const Box& b, Ink ink, double radius) {
    if (b.width() > 0 && b.height() > 0)
        area(rounded(b, radius), ink);
}

void Scene::frame(const Box& b, Ink ink, double stroke, double radius) {
    std::vector<Point> around = rounded(b, radius);
    around.push_back(around.front());
    line(std::move(around), ink, stroke);
}

void Scene::line(std::vector<Point> points, Ink ink, double stroke, bool dashed) {
    Shape shape;
    shape.kind = Shape::Kind::line;
    shape.points = std::move(points);
    shape.ink = ink;
    shape.size = stroke;
    shape.dashed = dashed;
    shapes.push_back(std::move(shape));
}

void Scene::dot(Point at, double radius, Ink ink) {
    Shape shape;
    shape.kind = Shape::Kind::dot;
    shape.points = {at};
    shape.ink = ink;
    shape.size = radius;
    shapes.push_back(std::move(shape));
}

void Scene::ring(Point at, double radius, Ink ink, double stroke) {
    std::vector<Point> round;
    constexpr int steps = 20;
    for (int i = 0; i <= steps; ++i)
        round.push_back({at.x + radius * std::cos(i * 2 * pi / steps), at.y + radius * std::sin(i * 2 * pi / steps)});
    line(std::move(round), ink, stroke);
}

void Scene::words(Point at, std::string text, Type type, Ink ink, Anchor anchor) {
    if (text.empty())
        return;
    Shape shape;
    shape.kind = Shape::Kind::words;
    shape.points = {at};
    shape.text = std::move(text);
    shape.type = type;
    shape.ink = ink;
    shape.anchor = anchor;
    shapes.push_back(std::move(shape));
}

void Scene::words_in(Point at, std::string text, Type type, double room, const Measure& measure, Ink ink,
                     Anchor anchor) {
    if (measure.width(text, type) > room) {
        ++shortened;
        while (!text.empty() && measure.width(text + "\u2026", type) > room) {
            while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0u) == 0x80u)
                text.pop_back();
            if (!text.empty())
                text.pop_back();
        }
        text += "\u2026";
    }
    words(at, std::move(text), type, ink, anchor);
    if (!shapes.empty())
        shapes.back().room = room;
}

double Scene::paragraph(const Box& b, std::string_view text, Type type, const Measure& measure, Ink ink) {
    const double size = face_of(type).size, step = std::round(size * 1.45);
    double y = b.y0 + size;
    for (std::string& one : wrapped(text, b.width(), type, measure)) {
        words({b.x0, y}, std::move(one), type, ink);
        y += step;
    }
    return y - size - b.y0;
}

void Scene::spot(const Box& b, std::string command, std::string tip, bool stop) {
    spots.push_back({b, {}, std::move(command), std::move(tip), stop});
}

void Scene::arm_mark(Point at, double r, int arm, Ink ink) {
    const double x = at.x, y = at.y;
    switch (arm % 6) {
    case 0:
        dot(at, r, ink);
        break;
    case 1:
        area({{x, y - r * 1.15}, {x + r * 1.1, y + r * 0.85}, {x - r * 1.1, y + r * 0.85}}, ink);
        break;
    case 2:
        area({{x - r * 0.92, y - r * 0.92},
              {x + r * 0.92, y - r * 0.92},
              {x + r * 0.92, y + r * 0.92},
              {x - r * 0.92, y + r * 0.92}},
             ink);
        break;
    case 3:
        area({{x, y - r * 1.25}, {x + r * 1.25, y}, {x, y + r * 1.25}, {x - r * 1.25, y}}, ink);
        break;
    case 4:
        area({{x, y + r * 1.15}, {x - r * 1.1, y - r * 0.85}, {x + r * 1.1, y - r * 0.85}}, ink);
        break;
    default:
        line({{x - r, y - r}, {x + r, y + r}}, ink, 2.2);
        line({{x - r, y + r}, {x + r, y - r}}, ink, 2.2);
    }
}

void Scene::sign_mark(Point at, double r, Sign sign) {
    const double x = at.x, y = at.y;
    switch (sign) {
    case Sign::better:
        area({{x, y - r}, {x + r, y + r * 0.8}, {x - r, y + r * 0.8}}, ink(Role::better));
        break;
    case Sign::worse:
        area({{x, y + r}, {x - r, y - r * 0.8}, {x + r, y - r * 0.8}}, ink(Role::worse));
        break;
    case Sign::same:
        line({{x - r, y - r * 0.4}, {x + r, y - r * 0.4}}, ink(Role::muted), 1.6);
        line({{x - r, y + r * 0.4}, {x + r, y + r * 0.4}}, ink(Role::muted), 1.6);
        break;
    case Sign::cannot_tell:
        ring(at, r * 0.85, ink(Role::untold));
        break;
    case Sign::none:
        break;
    }
}

void Scene::hatch(const std::vector<Point>& outline, Ink ink, double apart) {
    double low = 1e30, high = -1e30;
    for (const Point& p : outline)
        low = std::min(low, p.x + p.y), high = std::max(high, p.x + p.y);
    for (double k = std::ceil(low / apart) * apart; k < high; k += apart) {
        std::vector<Point> cut;  // where x + y = k crosses the outline: two points of a convex one
        for (std::size_t i = 0; i < outline.size(); ++i) {
            const Point &a = outline[i], &b = outline[(i + 1) % outline.size()];
            const double da = a.x + a.y - k, db = b.x + b.y - k;
            if ((da < 0) == (db < 0))
                continue;
            const double t = da / (da - db);
            cut.push_back({a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t});
        }
        if (cut.size() == 2)
            line(std::move(cut), ink, 1);
    }
}

void Scene::append(const Scene& other, double dx, double dy) {
    for (Shape shape : other.shapes) {
        for (Point& p : shape.points)
            p.x += dx, p.y += dy;
        shapes.push_back(std::move(shape));
    }
    for (Spot spot_copy : other.spots) {
        for (Point& p : spot_copy.outline)
            p.x += dx, p.y += dy;
        Box& b = spot_copy.box;
        b = {b.x0 + dx, b.y0 + dy, b.x1 + dx, b.y1 + dy};
        spots.push_back(std::move(spot_copy));
    }
    shortened += other.shortened;
}

std::vector<std::string> wrapped(std::string_view text, double width, Type type, const Measure& measure) {
    std::vector<std::string> out;
    std::string current;
    const double space = measure.width(" ", type);
    double used = 0;
    for (std::size_t at = 0; at <= text.size();) {
        std::size_t end = text.find_first_of(" \n", at);
        if (end == std::string_view::npos)
            end = text.size();
        std::string_view word = text.substr(at, end - at);
        double w = word.empty() ? 0 : measure.width(word, type);
        if (w > width) {
            // a key of a file: broken behind a point or a line where there is one
            std::size_t fit = 1, good = 0;
            while (fit < word.size() && ((static_cast<unsigned char>(word[fit]) & 0xC0u) == 0x80u ||
                                         measure.width(word.substr(0, fit), type) <= width)) {
                if (word[fit - 1] == '.' || word[fit - 1] == '_' || word[fit - 1] == '-')
                    good = fit;
                ++fit;
            }
            end = at + (good > 0 ? good : std::max<std::size_t>(1, fit - 1));
            word = text.substr(at, end - at);
            w = measure.width(word, type);
            if (!current.empty())
                out.push_back(std::move(current));
            out.emplace_back(word);
            current.clear();
            used = 0;
            at = end;
            continue;
        }
        if (!word.empty()) {
            if (!current.empty() && used + space + w > width) {
                out.push_back(std::move(current));
                current.clear();
                used = 0;
            }
            used += (current.empty() ? 0 : space) + w;
            current += (current.empty() ? "" : " ") + std::string(word);
        }
        if (end < text.size() && text[end] == '\n') {
            out.push_back(std::move(current));
            current.clear();
            used = 0;
        }
        at = end + 1;
    }
    if (!current.empty())
        out.push_back(std::move(current));
    return out;
}

void draw(const Scene& scene, Canvas& canvas) {
    for (const Shape& s : scene.shapes) {
        const std::uint32_t colour = colour_of(s.ink, Theme::light);
        switch (s.kind) {
        case Shape::Kind::area:
            canvas.area(s.points, colour, s.ink.opacity);
            break;
        case Shape::Kind::line:
            canvas.line(s.points,
                        {s.ink.opacity < 1 ? mixed(0xFFFFFF, colour, s.ink.opacity) : colour, s.size, s.dashed});
            break;
        case Shape::Kind::dot:
        case Shape::Kind::ring:
            canvas.circle(s.points.front(), s.size, colour, s.kind == Shape::Kind::dot);
            break;
        case Shape::Kind::words: {
            const Face face = face_of(s.type);
            // Files use DejaVu, which is wider than the letters of the screen.
            canvas.words(s.points.front(), s.text, {face.size * 0.9, s.anchor, colour, face.bold});
            break;
        }
        }
    }
}

Scene sheet_of(const Picture& picture) {
    const Measure& measure = paper_measure();
    Scene out;
    out.width = picture.scene.width;
    double y = 0;
    y += out.paragraph({0, y, out.width, y}, picture.title, Type::heading, measure) + 8;
    out.append(picture.scene, 0, y);
    y += picture.scene.height + 8;
    if (!picture.how_to_read.empty())
        y += out.paragraph({0, y, out.width, y}, text::tr("How to read:") + " " + picture.how_to_read, Type::small,
                           measure, ink(Role::muted));
    out.words({out.width, y + 12}, text::tr("Run") + " " + picture.run, Type::caption, ink(Role::muted), Anchor::end);
    out.height = y + 16;
    return out;
}

std::string csv(const Picture& picture) {
    std::string out = csv_line(picture.table.columns);
    for (const auto& row : picture.table.rows)
        out += csv_line(row);
    return out;
}

}  // namespace tresse::viz
