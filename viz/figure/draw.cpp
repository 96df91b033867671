#include "tresse/viz/figure/draw.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/layout.hpp"

#include "canvas.hpp"

namespace tresse::viz {

namespace {

constexpr double page_width = 700;
constexpr double lane_height = 15;
constexpr double heading_height = 20;
constexpr double plot_height = 210;  // of a panel whose vertical axis has numbers
constexpr std::uint32_t print_ink = 0x222222, faint = 0xBBBBBB, paper_grey = 0xEEEEEE;

/// Where things of a panel stand.
struct Frame {
    double left = 0, right = 0, top = 0, bottom = 0;
    const Panel* panel = nullptr;
    std::vector<double> row_top;

    double x(double value) const {
        const double share = (value - panel->x.low) / (panel->x.high - panel->x.low);
        return left + (right - left) * share;
    }
    double y(double value) const {
        const double share = (value - panel->y.low) / (panel->y.high - panel->y.low);
        return bottom - (bottom - top) * share;
    }
    double row_middle(const Mark& mark) const {
        return row_top[static_cast<std::size_t>(mark.row)] + lane_height * (mark.lane + 0.5) + 1;
    }
};

double row_height(const Panel& panel, const Row& row) {
    return row.heading ? heading_height : lane_height * panel.lanes + 4;
}

double body_height(const Panel& panel) {
    if (panel.rows.empty())
        return plot_height;
    double height = 4;
    for (const Row& row : panel.rows)
        height += row_height(panel, row);
    return height;
}

double panel_height(const Panel& panel) {
    return (panel.title.empty() ? 6 : 26) + body_height(panel) + 40;
}

/// Lines of the key: names and shapes, wrapped to the width of the page.
struct KeyEntry {
    int series = -1;
    Sign sign = Sign::none;
    std::string words;
};
std::vector<std::vector<KeyEntry>> key_lines(const Figure& figure) {
    std::vector<KeyEntry> all;
    for (std::size_t i = 0; i < figure.series.size(); ++i)
        if (!figure.series[i].empty())
            all.push_back({static_cast<int>(i), Sign::none, figure.series[i]});
    for (const auto& [sign, words] : figure.signs)
        all.push_back({-1, sign, words});
    std::vector<std::vector<KeyEntry>> lines;
    double used = page_width;
    for (const KeyEntry& entry : all) {
        const double width = text_width(entry.words, 11) + 36;
        if (used + width > page_width) {
            lines.emplace_back();
            used = 0;
        }
        lines.back().push_back(entry);
        used += width;
    }
    return lines;
}

void draw_sign(Canvas& canvas, Point at, Sign sign, std::uint32_t colour) {
    const double r = 5;
    switch (sign) {
    case Sign::better:
        canvas.area({{at.x, at.y - r}, {at.x + r, at.y + r * 0.8}, {at.x - r, at.y + r * 0.8}}, colour, 1);
        break;
    case Sign::worse:
        canvas.area({{at.x, at.y + r}, {at.x - r, at.y - r * 0.8}, {at.x + r, at.y - r * 0.8}}, colour, 1);
        break;
    case Sign::same:
        canvas.area({{at.x - 4, at.y - 4}, {at.x + 4, at.y - 4}, {at.x + 4, at.y + 4}, {at.x - 4, at.y + 4}}, colour,
                    1);
        break;
    case Sign::cannot_tell:
        canvas.circle(at, 4, 0x888888, false);
        break;
    case Sign::none:
        canvas.circle(at, 3.5, colour, true);
        break;
    }
}

/// A range that may leave the axis: it ends in an arrow there.
void draw_interval(Canvas& canvas, const Frame& frame, const Mark& mark) {
    const double y = frame.row_middle(mark);
    const std::uint32_t colour = mark.sign == Sign::cannot_tell ? 0x888888 : series_colour(mark.series);
    if (mark.x.size() == 3 && std::isfinite(mark.x[0])) {
        const double low = std::max(frame.x(mark.x[1]), frame.left), high = std::min(frame.x(mark.x[2]), frame.right);
        if (low <= high)
            canvas.line({{low, y}, {high, y}}, {colour, 2, false});
        if (mark.x[1] < frame.panel->x.low)
            canvas.line({{frame.left + 5, y - 4}, {frame.left, y}, {frame.left + 5, y + 4}}, {colour, 1.5, false});
        if (mark.x[2] > frame.panel->x.high)
            canvas.line({{frame.right - 5, y - 4}, {frame.right, y}, {frame.right - 5, y + 4}}, {colour, 1.5, false});
        draw_sign(canvas, {std::clamp(frame.x(mark.x[0]), frame.left, frame.right), y}, mark.sign, colour);
    }
    canvas.words({page_width, y + 4}, mark.note, {11, Anchor::end, print_ink, false});
}

void draw_bar(Canvas& canvas, const Frame& frame, const Mark& mark) {
    const double y = frame.row_middle(mark), half = lane_height * 0.36;
    if (mark.x.size() >= 2 && std::isfinite(mark.x[0]) && std::isfinite(mark.x[1])) {
        const double from = frame.x(mark.x[0]), to = frame.x(mark.x[1]);
        canvas.area({{from, y - half}, {to, y - half}, {to, y + half}, {from, y + half}}, series_colour(mark.series),
                    0.75);
        if (mark.x.size() == 4 && std::isfinite(mark.x[2]) && std::isfinite(mark.x[3]))
            canvas.line({{frame.x(mark.x[2]), y}, {frame.x(mark.x[3]), y}}, {print_ink, 1.2, false});
    }
    canvas.words({page_width, y + 4}, mark.note, {11, Anchor::end, print_ink, false});
}

void draw_line(Canvas& canvas, const Frame& frame, const Mark& mark) {
    std::vector<Point> run;
    const Stroke stroke{series_colour(mark.series), 2, mark.series == 0};
    for (std::size_t i = 0; i <= mark.x.size(); ++i) {
        if (i < mark.x.size() && std::isfinite(mark.y[i])) {
            run.push_back({frame.x(mark.x[i]), frame.y(mark.y[i])});
            continue;
        }
        if (run.size() == 1)
            canvas.circle(run[0], 2.5, stroke.colour, true);
        else if (run.size() > 1)
            canvas.line(run, stroke);
        run.clear();
    }
}

void draw_band(Canvas& canvas, const Frame& frame, const Mark& mark) {
    std::vector<Point> around;
    for (std::size_t i = 0; i < mark.x.size(); ++i)
        if (std::isfinite(mark.y[i]))
            around.push_back({frame.x(mark.x[i]), frame.y(mark.y[i])});
    for (std::size_t i = mark.x.size(); i-- > 0;)
        if (std::isfinite(mark.y2[i]))
            around.push_back({frame.x(mark.x[i]), frame.y(mark.y2[i])});
    if (around.size() > 2)
        canvas.area(around, series_colour(mark.series), 0.15);
}

void draw_mark(Canvas& canvas, const Frame& frame, const Mark& mark) {
    switch (mark.kind) {
    case Mark::Kind::interval:
        draw_interval(canvas, frame, mark);
        break;
    case Mark::Kind::bar:
        draw_bar(canvas, frame, mark);
        break;
    case Mark::Kind::line:
        draw_line(canvas, frame, mark);
        break;
    case Mark::Kind::band:
        draw_band(canvas, frame, mark);
        break;
    case Mark::Kind::points:
        for (std::size_t i = 0; i < mark.x.size(); ++i)
            canvas.circle({frame.x(mark.x[i]), frame.y(mark.y[i])}, 3.5, series_colour(mark.series), true);
        break;
    case Mark::Kind::reach:
        if (mark.x.size() == 2)
            canvas.line({{frame.x(mark.x[0]), frame.y(mark.y[0])}, {frame.x(mark.x[1]), frame.y(mark.y[1])}},
                        {series_colour(mark.series), 1.2, false});
        break;
    case Mark::Kind::rule: {
        const double x = frame.x(mark.x[0]);
        canvas.line({{x, frame.top}, {x, frame.bottom}}, {print_ink, 1, false});
        break;
    }
    case Mark::Kind::zone: {
        const double from = std::clamp(frame.x(mark.x[0]), frame.left, frame.right);
        const double to = std::clamp(frame.x(mark.x[1]), frame.left, frame.right);
        canvas.area({{from, frame.top}, {to, frame.top}, {to, frame.bottom}, {from, frame.bottom}}, paper_grey, 1);
        break;
    }
    }
}

void draw_axes(Canvas& canvas, const Frame& frame) {
    const Panel& panel = *frame.panel;
    for (const Tick& tick : panel.x.ticks) {
        const double x = frame.x(tick.value);
        if (x < frame.left - 0.5 || x > frame.right + 0.5)
            continue;
        canvas.line({{x, frame.bottom}, {x, frame.bottom + 4}}, {print_ink, 1, false});
        canvas.words({x, frame.bottom + 16}, tick.label, {11, Anchor::middle, print_ink, false});
    }
    canvas.line({{frame.left, frame.bottom}, {frame.right, frame.bottom}}, {print_ink, 1, false});
    canvas.words({(frame.left + frame.right) / 2, frame.bottom + 31}, panel.x.title,
                 {11, Anchor::middle, print_ink, false});
    if (!panel.rows.empty())
        return;
    for (const Tick& tick : panel.y.ticks) {
        const double y = frame.y(tick.value);
        if (y < frame.top - 0.5 || y > frame.bottom + 0.5)
            continue;
        canvas.line({{frame.left, y}, {frame.right, y}}, {paper_grey, 1, false});
        canvas.words({frame.left - 5, y + 4}, tick.label, {11, Anchor::end, print_ink, false});
    }
    canvas.words({0, frame.top - 6}, panel.y.title, {11, Anchor::start, print_ink, false});
}

void draw_rows(Canvas& canvas, const Frame& frame) {
    const Panel& panel = *frame.panel;
    for (std::size_t i = 0; i < panel.rows.size(); ++i) {
        const Row& row = panel.rows[i];
        const double top = frame.row_top[i];
        if (row.heading) {
            canvas.words({0, top + 15}, row.label, {12, Anchor::start, print_ink, true});
            canvas.line({{0, top + 1}, {page_width, top + 1}}, {faint, 0.5, false});
        } else {
            canvas.words({8, top + (lane_height * panel.lanes) / 2 + 5}, row.label,
                         {11, Anchor::start, print_ink, false});
        }
    }
}

/// Width that the longest label and the longest note take.
double label_room(const Panel& panel) {
    double room = 0;
    for (const Row& row : panel.rows)
        if (!row.heading)
            room = std::max(room, text_width(row.label, 11) + 20);
    return std::min(room, page_width * 0.46);
}
double note_room(const Panel& panel) {
    double room = 0;
    for (const Mark& mark : panel.marks)
        if (!mark.note.empty())
            room = std::max(room, text_width(mark.note, 11) + 14);
    return std::min(room, page_width * 0.32);
}

void draw_panel(Canvas& canvas, const Panel& panel, double top) {
    if (!panel.title.empty())
        canvas.words({0, top + 15}, panel.title, {12, Anchor::start, print_ink, true});
    Frame frame;
    frame.panel = &panel;
    frame.top = top + (panel.title.empty() ? 6 : 26);
    frame.bottom = frame.top + body_height(panel);
    frame.left = panel.rows.empty() ? 64 : label_room(panel);
    frame.right = page_width - (panel.rows.empty() ? 12 : note_room(panel) + 8);
    if (panel.rows.empty())
        frame.top += 10;
    double at = frame.top + 2;
    for (const Row& row : panel.rows) {
        frame.row_top.push_back(at);
        at += row_height(panel, row);
    }
    for (const Mark& mark : panel.marks)
        if (mark.kind == Mark::Kind::zone)
            draw_mark(canvas, frame, mark);
    draw_axes(canvas, frame);
    draw_rows(canvas, frame);
    for (const Mark& mark : panel.marks)
        if (mark.kind != Mark::Kind::zone)
            draw_mark(canvas, frame, mark);
}

void draw_key(Canvas& canvas, const std::vector<std::vector<KeyEntry>>& lines, double top) {
    for (const auto& line : lines) {
        double x = 0;
        for (const KeyEntry& entry : line) {
            if (entry.sign == Sign::none)
                canvas.line({{x, top + 8}, {x + 16, top + 8}}, {series_colour(entry.series), 3, false});
            else
                draw_sign(canvas, {x + 8, top + 8}, entry.sign, print_ink);
            canvas.words({x + 21, top + 12}, entry.words, {11, Anchor::start, print_ink, false});
            x += text_width(entry.words, 11) + 36;
        }
        top += 18;
    }
}

std::vector<std::string> footer_lines(const Figure& figure) {
    if (figure.how_to_read.empty())
        return {};
    return text::wrap(text::tr("How to read:") + " " + figure.how_to_read, 112);
}

}  // namespace

double text_width(std::string_view text, double size, bool bold) {
    double units = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xc0u) == 0x80u)
            continue;
        if (c == 'i' || c == 'l' || c == 'j' || c == ' ' || c == '.' || c == ',' || c == '\'')
            units += 0.34;
        else if (c == 'm' || c == 'w' || c == 'M' || c == 'W')
            units += 0.95;
        else
            units += c >= 'A' && c <= 'Z' ? 0.70 : 0.61;
    }
    return units * size * (bold ? 1.1 : 1);
}

Size size_of(const Figure& figure) {
    double height = 24;
    height += 18 * static_cast<double>(key_lines(figure).size()) + 4;
    for (const Panel& panel : figure.panels)
        height += panel_height(panel);
    height += 14 * static_cast<double>(footer_lines(figure).size()) + 20;
    return {page_width, height};
}

void draw(const Figure& figure, Canvas& canvas) {
    canvas.words({0, 15}, figure.title, {14, Anchor::start, print_ink, true});
    const auto key = key_lines(figure);
    double top = 24;
    draw_key(canvas, key, top);
    top += 18 * static_cast<double>(key.size()) + 4;
    for (const Panel& panel : figure.panels) {
        draw_panel(canvas, panel, top);
        top += panel_height(panel);
    }
    top += 10;
    for (const std::string& line : footer_lines(figure)) {
        canvas.words({0, top}, line, {11, Anchor::start, 0x555555, false});
        top += 14;
    }
    canvas.words({page_width, top + 2}, text::tr("Run") + " " + figure.run, {10, Anchor::end, 0x555555, false});
}

std::string csv(const Figure& figure) {
    std::string out = csv_line(figure.table.columns);
    for (const auto& row : figure.table.rows)
        out += csv_line(row);
    return out;
}

}  // namespace tresse::viz
