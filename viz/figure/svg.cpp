#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/markup.hpp"
#include "tresse/viz/figure/draw.hpp"

#include "canvas.hpp"

namespace tresse::viz {

namespace {

/// Two decimals are a hundredth of a pixel.
std::string place(double value) {
    std::array<char, 64> buffer;
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 2).ptr;
    std::string out(buffer.data(), end);
    while (out.ends_with('0'))
        out.pop_back();
    if (out.ends_with('.'))
        out.pop_back();
    return out == "-0" ? "0" : out;
}

std::string colour_text(std::uint32_t colour) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "#";
    for (int shift = 20; shift >= 0; shift -= 4)
        out += digits[(colour >> shift) & 15u];
    return out;
}

/// Escaped; a line break or another control character, which a drawing cannot hold, is a space.
std::string svg_text(std::string_view words) {
    std::string plain(words);
    std::replace_if(plain.begin(), plain.end(), [](unsigned char c) { return c < 0x20; }, ' ');
    return text::escaped(plain);
}

std::string points_text(const std::vector<Point>& points) {
    std::string out;
    for (const Point& p : points)
        out += (out.empty() ? "" : " ") + place(p.x) + "," + place(p.y);
    return out;
}

class SvgCanvas : public Canvas {
public:
    std::string body;

    void line(const std::vector<Point>& points, const Stroke& stroke) override {
        body += "<polyline points=\"" + points_text(points) + "\" fill=\"none\" stroke=\"" +
                colour_text(stroke.colour) + "\" stroke-width=\"" + place(stroke.width) + "\"" +
                (stroke.dashed ? " stroke-dasharray=\"6 3\"" : "") + "/>\n";
    }
    void area(const std::vector<Point>& points, std::uint32_t colour, double opacity) override {
        body += "<polygon points=\"" + points_text(points) + "\" fill=\"" + colour_text(colour) + "\"" +
                (opacity < 1 ? " fill-opacity=\"" + place(opacity) + "\"" : "") + "/>\n";
    }
    void circle(Point centre, double radius, std::uint32_t colour, bool filled) override {
        body += "<circle cx=\"" + place(centre.x) + "\" cy=\"" + place(centre.y) + "\" r=\"" + place(radius) + "\"" +
                (filled ? " fill=\"" + colour_text(colour) + "\""
                        : " fill=\"#ffffff\" stroke-width=\"1.5\" stroke=\"" + colour_text(colour) + "\"") +
                "/>\n";
    }
    void words(Point at, std::string_view text, const Letters& letters) override {
        if (text.empty())
            return;
        static constexpr std::array<std::string_view, 3> anchors = {"", " text-anchor=\"middle\"",
                                                                    " text-anchor=\"end\""};
        body += "<text x=\"" + place(at.x) + "\" y=\"" + place(at.y) + "\" font-size=\"" + place(letters.size) + "\"";
        body += anchors[static_cast<std::size_t>(letters.anchor)];
        body += std::string(letters.bold ? " font-weight=\"bold\"" : "") + " fill=\"" + colour_text(letters.colour) +
                "\">" + svg_text(text) + "</text>\n";
    }
};

}  // namespace

namespace {

std::string document(const std::string& id, const std::string& title, const std::string& alt, const SvgCanvas& canvas,
                     const Size& size) {
    const std::string width = place(size.width + 2 * margin), height = place(size.height + 2 * margin);
    const std::string corner = place(-margin);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"" + corner + " " + corner + " " + width + " " + height +
           "\" width=\"" + width + "\" height=\"" + height + "\" role=\"img\" aria-labelledby=\"" + id + "-title " +
           id + "-alt\" lang=\"" + std::string(lang_code(text::language())) +
           "\" font-family=\"'DejaVu Sans',Verdana,sans-serif\">\n<title id=\"" + id + "-title\">" + svg_text(title) +
           "</title>\n<desc id=\"" + id + "-alt\">" + svg_text(alt) + "</desc>\n<rect x=\"" + corner + "\" y=\"" +
           corner + "\" width=\"" + width + "\" height=\"" + height + "\" fill=\"#ffffff\"/>\n" + canvas.body +
           "</svg>\n";
}

}  // namespace

std::string svg(const Figure& figure, const std::string& prefix) {
    SvgCanvas canvas;
    draw(figure, canvas);
    return document(prefix + figure.id, figure.title, figure.alt, canvas, size_of(figure));
}

std::string svg(const Picture& picture) {
    const Scene sheet = sheet_of(picture);
    SvgCanvas canvas;
    draw(sheet, canvas);
    return document(picture.id, picture.title, picture.alt, canvas, {sheet.width, sheet.height});
}

}  // namespace tresse::viz
