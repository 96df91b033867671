#include "letters.hpp"

#include <algorithm>
#include <cmath>

#include <imgui.h>
#include <imgui_freetype.h>

#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/viz/figure/chart.hpp"

namespace tresse::viz::explorer {

namespace {

struct Family {
    const char *regular, *bold;
    double size;  ///< of a letter against Inter's
};
constexpr Family families[] = {
    {"/usr/share/fonts/opentype/inter/Inter-Regular.otf", "/usr/share/fonts/opentype/inter/Inter-SemiBold.otf", 1},
    {"/usr/share/fonts/truetype/inter/Inter-Regular.ttf", "/usr/share/fonts/truetype/inter/Inter-SemiBold.ttf", 1},
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf", 0.88},
};
constexpr const char* signs =
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";  // arrows and signs that a family may lack

/// Latin of our four languages with what the program writes besides. Lives as long as the atlas.
const ImWchar* ranges() {
    static const ImVector<ImWchar> all = [] {
        ImFontGlyphRangesBuilder builder;
        static const ImWchar latin[] = {0x20, 0x17F, 0x2010, 0x2027, 0x202F, 0x202F, 0};
        builder.AddRanges(latin);
        builder.AddText("\u20ac\u2264\u2265\u2212\u00d7\u2190\u2191\u2192\u2193\u2248\u221e\u25b2\u25bc\u25cb\u25cf"
                        "\u25a0\u25a1\u2713\u263e\u2600\u03b2\u0394\u2030\u2009\u2026\u203a\u2039\u00b7");
        ImVector<ImWchar> out;
        builder.BuildRanges(&out);
        return out;
    }();
    return all.Data;
}

const Family& family_here() {
    for (const Family& one : families)
        if (exists(one.regular) && exists(one.bold))
            return one;
    throw MachineRefused("No letters for the window: neither Inter (package fonts-inter) nor DejaVu (package "
                         "fonts-dejavu-core) is here.");
}

ImVec2 at(const Point& p, double scale) {
    return {static_cast<float>(p.x * scale), static_cast<float>(p.y * scale)};
}

ImU32 colour(const Ink& ink, Theme theme) {
    const std::uint32_t c = colour_of(ink, theme);
    const auto alpha = static_cast<ImU32>(std::lround(std::clamp(ink.opacity, 0.0, 1.0) * 255));
    return IM_COL32((c >> 16) & 255u, (c >> 8) & 255u, c & 255u, alpha);
}

bool is_convex(const std::vector<Point>& p) {
    int turns = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const Point &a = p[i], &b = p[(i + 1) % p.size()], &c = p[(i + 2) % p.size()];
        const double cross = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
        if (std::fabs(cross) < 0.05)  // corners that nearly lie on one line
            continue;
        const int turn = cross > 0 ? 1 : -1;
        if (turns != 0 && turn != turns)
            return false;
        turns = turn;
    }
    return true;
}

/// Triangles without soft edges, so that no seams show between them; the rim is softened by a fine line.
void paint_triangles(const Shape& s, const std::vector<std::uint32_t>& corners, ImU32 ink, double scale,
                     ImDrawList& list) {
    const ImDrawListFlags before = list.Flags;
    list.Flags &= ~ImDrawListFlags_AntiAliasedFill;
    for (std::size_t i = 0; i + 2 < corners.size(); i += 3)
        list.AddTriangleFilled(at(s.points[corners[i]], scale), at(s.points[corners[i + 1]], scale),
                               at(s.points[corners[i + 2]], scale), ink);
    list.Flags = before;
}

void paint_area(const Shape& s, ImU32 ink, double scale, ImDrawList& list) {
    if (s.points.size() < 3)
        return;
    if (s.points.size() == 4 && s.points[0].y == s.points[1].y && s.points[1].x == s.points[2].x &&
        s.points[2].y == s.points[3].y && s.points[3].x == s.points[0].x)
        return list.AddRectFilled(at(s.points[0], scale), at(s.points[2], scale), ink);
    if (!s.triangles.empty())
        return paint_triangles(s, s.triangles, ink, scale, list);
    if (!is_convex(s.points))
        return paint_triangles(s, triangulated(s.points), ink, scale, list);
    // ImGui wants corners clockwise on a screen that counts downwards for soft edges outside
    double turn = 0;
    for (std::size_t i = 0; i < s.points.size(); ++i) {
        const Point &a = s.points[i], &b = s.points[(i + 1) % s.points.size()];
        turn += a.x * b.y - b.x * a.y;
    }
    std::vector<ImVec2> corners;
    for (const Point& p : s.points)
        corners.push_back(at(p, scale));
    if (turn < 0)
        std::reverse(corners.begin(), corners.end());
    list.AddConvexPolyFilled(corners.data(), static_cast<int>(corners.size()), ink);
}

void paint_line(const Shape& s, ImU32 ink, double scale, ImDrawList& list) {
    std::vector<ImVec2> points;
    for (const Point& p : s.points)
        points.push_back(at(p, scale));
    const auto width = static_cast<float>(s.size * scale);
    if (s.dashed && points.size() == 2) {
        const float dx = points[1].x - points[0].x, dy = points[1].y - points[0].y,
                    length = std::max(1.0F, std::hypot(dx, dy));
        for (float t = 0; t < length; t += 9) {
            const float end = std::min(t + 5, length);
            list.AddLine({points[0].x + dx * t / length, points[0].y + dy * t / length},
                         {points[0].x + dx * end / length, points[0].y + dy * end / length}, ink, width);
        }
        return;
    }
    if (points.size() == 2)
        list.AddLine(points[0], points[1], ink, width);
    else if (points.size() > 2)
        list.AddPolyline(points.data(), static_cast<int>(points.size()), ink, 0, width);
}

}  // namespace

ScreenLetters::ScreenLetters(double scale) : scale_(scale) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.Clear();
    atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
    atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
    atlas.TexDesiredWidth = 2048;
    const Family& family = family_here();
    for (int i = 0; i < types; ++i) {
        const Face face = face_of(static_cast<Type>(i));
        const auto size = static_cast<float>(std::round(face.size * scale * family.size * 2) / 2 *
                                             1.21);  // ImGui counts the height of a line
        ImFontConfig config;
        config.OversampleH = 1;
        fonts_[static_cast<std::size_t>(i)] =
            atlas.AddFontFromFileTTF(face.bold ? family.bold : family.regular, size, &config, ranges());
        ImFontConfig more;
        more.MergeMode = true;
        more.OversampleH = 1;
        if (exists(signs))
            atlas.AddFontFromFileTTF(signs, size * 0.9F, &more, ranges());
    }
    if (!atlas.Build())
        throw MachineRefused("The letters of the window could not be made.");
}

double ScreenLetters::width(std::string_view text, Type type) const {
    const ImFont* f = font(type);
    return static_cast<double>(f->CalcTextSizeA(f->FontSize, 1e9F, 0, text.data(), text.data() + text.size()).x) /
           scale_;
}

void paint(const Scene& scene, Theme theme, const ScreenLetters& letters, ImDrawList& list) {
    const double scale = letters.scale();
    for (const Shape& s : scene.shapes) {
        const ImU32 ink = colour(s.ink, theme);
        switch (s.kind) {
        case Shape::Kind::area:
            paint_area(s, ink, scale, list);
            break;
        case Shape::Kind::line:
            paint_line(s, ink, scale, list);
            break;
        case Shape::Kind::dot:
        case Shape::Kind::ring:
            list.AddCircleFilled(at(s.points.front(), scale), static_cast<float>(s.size * scale), ink);
            break;
        case Shape::Kind::words: {
            ImFont* font = letters.font(s.type);
            const double width = letters.width(s.text, s.type);
            const double shift = s.anchor == Anchor::start ? 0 : s.anchor == Anchor::middle ? 0.5 : 1;
            const ImVec2 place = at({s.points.front().x - shift * width, s.points.front().y}, scale);
            list.AddText(font, font->FontSize, {std::round(place.x), std::round(place.y - font->Ascent)}, ink,
                         s.text.data(), s.text.data() + s.text.size());
            break;
        }
        }
    }
}

}  // namespace tresse::viz::explorer
