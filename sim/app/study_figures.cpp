#include <algorithm>
#include <cmath>
#include <limits>

#include "study_pages.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/viz/figure/make.hpp"

/// Figures of a study. Short names, ticks and tables beside them are made here.
namespace tresse::app {

namespace {

using text::tr;
using viz::Axis;
using viz::Figure;
using viz::Mark;
using viz::Panel;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

struct Ends {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    void add(double v) {
        if (std::isfinite(v))
            low = std::min(low, v), high = std::max(high, v);
    }
};

void fit(Axis& axis, Ends ends, int ticks) {
    if (!(ends.low <= ends.high))
        ends.low = 0, ends.high = 1;
    if (ends.high - ends.low < 1e-9)
        ends.low -= std::max(1e-6, std::fabs(ends.low) * 0.1), ends.high += std::max(1e-6, std::fabs(ends.high) * 0.1);
    const double air = (ends.high - ends.low) * 0.05;
    axis.low = ends.low - air, axis.high = ends.high + air;
    axis.ticks = viz::nice_ticks(axis.low, axis.high, ticks);
}

Figure begin(const std::string& id, const std::string& title, const std::string& how_to_read) {
    Figure f;
    f.id = id, f.title = title, f.how_to_read = how_to_read, f.alt = title + ".";
    return f;
}

}  // namespace

Figure bar_figure(const std::string& id, const std::string& title, const std::string& unit, const std::vector<BarRow>& rows,
                  const std::string& how_to_read) {
    Figure f = begin(id, title, how_to_read);
    f.table.columns = {tr("What"), unit, tr("From"), tr("To")};
    Panel panel;
    panel.x.title = unit;
    Ends ends;
    ends.add(0);
    for (const BarRow& row : rows) {
        for (const double v : {row.range.middle, row.range.low, row.range.high})
            ends.add(v);
        const int digits = digits_for(row.range);
        Mark mark{.kind = Mark::Kind::bar, .series = 1, .x = {0, row.range.middle, row.range.low, row.range.high}, .y = {}, .y2 = {}, .note = text::range(row.range, digits)};
        mark.row = static_cast<int>(panel.rows.size());
        panel.rows.push_back({row.name, false});
        f.alt += " " + row.name + ": " + mark.note + ".";
        f.table.rows.push_back({row.name, text::signed_number(row.range.middle, digits), text::signed_number(row.range.low, digits), text::signed_number(row.range.high, digits)});
        panel.marks.push_back(std::move(mark));
    }
    panel.marks.push_back({.kind = Mark::Kind::rule, .x = {0}, .y = {}, .y2 = {}, .note = {}});
    fit(panel.x, ends, 5);
    f.panels.push_back(std::move(panel));
    return f;
}

Figure curve_figure(const std::string& id, const std::string& title, const std::string& x_title, const std::string& y_title,
                    const std::vector<double>& x, const std::vector<Curve>& curves, const std::string& how_to_read) {
    Figure f = begin(id, title, how_to_read);
    Panel panel;
    panel.x.title = x_title, panel.y.title = y_title;
    Ends across, up;
    for (const double v : x)
        across.add(v);
    f.table.columns = {x_title};
    for (std::size_t c = 0; c < curves.size(); ++c) {
        f.series.push_back(curves[c].name);
        f.table.columns.push_back(curves[c].name);
        for (const double v : curves[c].y)
            up.add(v);
        panel.marks.push_back({.kind = Mark::Kind::line, .series = static_cast<int>(c), .x = x, .y = curves[c].y, .y2 = {}, .note = {}});
    }
    const int digits = text::decimals_for(std::max(std::fabs(up.low), std::fabs(up.high)), 3, 4);
    for (std::size_t i = 0; i < x.size(); ++i) {
        std::vector<std::string> row = {text::number(x[i], text::decimals_for(x[i], 3, 2))};
        for (const Curve& c : curves)
            row.push_back(text::number(i < c.y.size() ? c.y[i] : missing, digits));
        f.table.rows.push_back(std::move(row));
    }
    fit(panel.x, across, 6);
    fit(panel.y, up, 5);
    f.panels.push_back(std::move(panel));
    return f;
}

Figure cloud_figure(const std::string& id, const std::string& title, const std::string& x_title, const std::string& y_title,
                    const std::vector<Cloud>& clouds, const std::string& how_to_read) {
    Figure f = begin(id, title, how_to_read);
    Panel panel;
    panel.x.title = x_title, panel.y.title = y_title;
    Ends across, up;
    across.add(0), up.add(0);
    for (const Cloud& c : clouds) {
        for (const double v : c.x)
            across.add(v);
        for (const double v : c.y)
            up.add(v);
    }
    fit(panel.x, across, 6);
    fit(panel.y, up, 5);
    const double dx = (panel.x.high - panel.x.low) * 0.006, dy = (panel.y.high - panel.y.low) * 0.009;
    panel.marks.push_back({.kind = Mark::Kind::rule, .x = {0}, .y = {}, .y2 = {}, .note = {}});
    panel.marks.push_back({.kind = Mark::Kind::line, .series = -1, .x = {panel.x.low, panel.x.high}, .y = {0, 0}, .y2 = {}, .note = {}});
    f.table.columns = {tr("Arm"), tr("Mean of") + " " + x_title, tr("Mean of") + " " + y_title, tr("Points")};
    for (std::size_t c = 0; c < clouds.size(); ++c) {
        f.series.push_back(clouds[c].name);
        Mark mark{.kind = Mark::Kind::line, .series = static_cast<int>(c), .x = {}, .y = {}, .y2 = {}, .note = {}};
        for (std::size_t i = 0; i < clouds[c].x.size(); ++i) {
            // a small cross: two strokes with a gap
            const double px = clouds[c].x[i], py = clouds[c].y[i];
            mark.x.insert(mark.x.end(), {px - dx, px + dx, missing, px, px, missing});
            mark.y.insert(mark.y.end(), {py, py, missing, py - dy, py + dy, missing});
        }
        const double mx = summary(clouds[c].x).mean, my = summary(clouds[c].y).mean;
        f.table.rows.push_back({clouds[c].name, text::signed_number(mx, text::decimals_for(mx, 3, 5)), text::signed_number(my, text::decimals_for(my, 3, 5)), std::to_string(clouds[c].x.size())});
        panel.marks.push_back(std::move(mark));
    }
    f.panels.push_back(std::move(panel));
    return f;
}

}  // namespace tresse::app
