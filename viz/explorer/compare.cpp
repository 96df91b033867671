#include <algorithm>
#include <cmath>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

void stretch(Axis& axis, double low, double high, int ticks) {
    if (!(low <= high))
        low = 0, high = 1;
    const double pad = std::max((high - low) * 0.08, std::fabs(high) * 1e-4 + 1e-9);
    axis.low = low - pad, axis.high = high + pad;
    axis.ticks = nice_ticks(axis.low, axis.high, ticks);
}

void years_on(Panel& panel, const Snapshot& s) {
    panel.x.low = s.years.front() - 0.25;
    panel.x.high = s.years.back() + 0.25;
    const int step = s.years.size() > 14 ? 5 : 1;
    for (const int year : s.years)
        if ((year - s.years.front()) % step == 0)
            panel.x.ticks.push_back({static_cast<double>(year), std::to_string(year)});
}

struct Extent {
    double low = 1e300, high = -1e300;
    void add(double v) {
        if (std::isfinite(v))
            low = std::min(low, v), high = std::max(high, v);
    }
};

std::vector<double> years_of(const Snapshot& s) {
    return {s.years.begin(), s.years.end()};
}

Mark mark_of(Mark::Kind kind, int series, std::vector<double> x) {
    Mark mark;
    mark.kind = kind;
    mark.series = series;
    mark.x = std::move(x);
    return mark;
}

Panel level_panel(const Context& c, const Course& course, const ScoreLine& line) {
    const Snapshot& s = *c.snapshot;
    Panel panel;
    panel.title = line.label;
    panel.y.title = line.unit;
    years_on(panel, s);
    Extent extent;
    for (std::size_t arm = 0; arm < s.arms(); ++arm) {
        Mark curve = mark_of(Mark::Kind::line, static_cast<int>(arm), years_of(s));
        for (const Range& r : course.level[arm]) {
            curve.y.push_back(r.middle);
            extent.add(r.middle);
        }
        panel.marks.push_back(std::move(curve));
    }
    stretch(panel.y, extent.low, extent.high, 4);
    return panel;
}

Panel difference_panel(const Context& c, const Course& course, const ScoreLine& line) {
    const Snapshot& s = *c.snapshot;
    const auto focus = static_cast<std::size_t>(arm_of(c));
    Panel panel;
    panel.title = fill(tr("Difference from {arm}, with its 95 % range"), {{"arm", s.arm_name(0)}});
    years_on(panel, s);
    Extent extent;
    extent.add(0);
    if (line.direction != ' ') {
        Mark zone;
        zone.kind = Mark::Kind::zone;
        zone.y = {-line.smallest, line.smallest};
        panel.marks.push_back(zone);
        extent.add(line.smallest), extent.add(-line.smallest);
    }
    Mark zero;
    zero.kind = Mark::Kind::rule;
    zero.y = {0};
    panel.marks.push_back(zero);
    for (std::size_t arm = 1; arm < s.arms(); ++arm) {
        Mark band = mark_of(Mark::Kind::band, static_cast<int>(arm), years_of(s)),
             curve = mark_of(Mark::Kind::line, static_cast<int>(arm), years_of(s));
        bool told = false;
        for (std::size_t y = 0; y < s.years.size(); ++y) {
            const Range& r = course.difference[arm][y];
            band.y.push_back(r.low), band.y2.push_back(r.high), curve.y.push_back(r.middle);
            extent.add(r.middle);
            if (arm == focus)
                extent.add(std::max(r.low, r.middle - 40 * line.smallest)),
                    extent.add(std::min(r.high, r.middle + 40 * line.smallest));
            told = told || course.sign[arm][y] == Sign::better || course.sign[arm][y] == Sign::worse;
        }
        if (!told && line.direction != ' ')
            band.sign = curve.sign = Sign::cannot_tell;
        if (arm == focus)
            panel.marks.push_back(std::move(band));
        panel.marks.push_back(std::move(curve));
    }
    stretch(panel.y, extent.low, extent.high, 4);
    return panel;
}

/// Months of a measure that the monthly table has for a score. Empty: none.
std::string monthly_measure(const std::string& score) {
    if (score.find("avoidable") != std::string::npos)
        return "avoidable_admissions";
    if (score.find("over_110") != std::string::npos)
        return "over_time_milli_posts";
    if (score.find("unpaid") != std::string::npos)
        return "unpaid_hours";
    if (score.find("cost_per_head") != std::string::npos)
        return "cents_public";
    return "";
}

/// The number under the cursor, one line an arm.
void draw_readout(const Context& c, Scene& scene, const Box& box, const Course& course, const ScoreLine& line) {
    const Snapshot& s = *c.snapshot;
    const int year = s.year_of(c.state.month);
    double y = box.y0 + 14;
    const std::string when = year < 0 ? tr("Whole horizon") : std::to_string(s.years[static_cast<std::size_t>(year)]);
    scene.words({box.x0, y}, when, Type::label);
    for (std::size_t arm = 0; arm < s.arms(); ++arm) {
        y += 26;
        const double level = year < 0 ? (arm == 0 ? line.base : line.arms[arm - 1].level)
                                      : course.level[arm][static_cast<std::size_t>(year)].middle;
        scene.arm_mark({box.x0 + 6, y - 4.5}, 4.5, static_cast<int>(arm), arm_ink(static_cast<int>(arm)));
        scene.words_in({box.x0 + 18, y}, s.arm_label(arm), Type::small, box.width() - 90, c.measure);
        scene.words({box.x1, y}, level_text(level, line.digits), Type::body, ink(Role::text), Anchor::end);
        if (arm == 0)
            continue;
        y += 18;
        const Range d =
            year < 0 ? line.arms[arm - 1].difference : course.difference[arm][static_cast<std::size_t>(year)];
        const Sign sign = year < 0 ? line.arms[arm - 1].sign : course.sign[arm][static_cast<std::size_t>(year)];
        scene.words({box.x1, y}, text::range(d, line.digits), Type::small, ink(Role::muted), Anchor::end);
        if (line.direction != ' ')
            scene.sign_mark({box.x0 + 6, y - 4}, 4.5, sign);
    }
}

void fill_table(const Context& c, const Course& course, const ScoreLine& line, Page& page) {
    const Snapshot& s = *c.snapshot;
    DataTable& t = page.picture.table;
    t.columns = {tr("Year")};
    for (std::size_t arm = 0; arm < s.arms(); ++arm) {
        t.columns.push_back(s.arm_name(arm));
        if (arm > 0)
            t.columns.insert(t.columns.end(), {s.arm_name(arm) + " \u2212 A", tr("From"), tr("To")});
    }
    for (std::size_t y = 0; y < s.years.size(); ++y) {
        std::vector<std::string> row = {std::to_string(s.years[y])};
        for (std::size_t arm = 0; arm < s.arms(); ++arm) {
            row.push_back(level_text(course.level[arm][y].middle, line.digits + 1));
            if (arm > 0)
                for (const double v :
                     {course.difference[arm][y].middle, course.difference[arm][y].low, course.difference[arm][y].high})
                    row.push_back(text::signed_number(v, line.digits + 1));
        }
        t.rows.push_back(std::move(row));
    }
}

/// The chosen score month by month, per 1,000 people: thin lines under the yearly picture.
Panel month_panel(const Context& c, const std::string& measure) {
    const Snapshot& s = *c.snapshot;
    Panel panel;
    std::size_t column = 0, persons = 0;
    for (std::size_t i = 0; i < s.month_measures.size(); ++i) {
        if (s.month_measures[i] == measure)
            column = i;
        if (s.month_measures[i] == (measure == "over_time_milli_posts" ? "filled_milli_posts" : "persons"))
            persons = i;
    }
    panel.title = tr("Month by month");
    panel.y.title = measure == "over_time_milli_posts" ? tr("share of posts over their time, all kinds, %")
                    : measure == "cents_public"        ? tr("public payments, EUR a head and month")
                    : measure == "unpaid_hours"        ? tr("hours a head and month")
                                                       : tr("per 1,000 people and month");
    const double scale = measure == "over_time_milli_posts" ? 100
                         : measure == "cents_public"        ? 0.01
                         : measure == "unpaid_hours"        ? 1
                                                            : 1000;
    years_on(panel, s);
    for (Tick& tick : panel.x.ticks)
        tick.value -= 0;
    Extent extent;
    for (std::size_t arm = 0; arm < s.months.size(); ++arm) {
        Mark curve = mark_of(Mark::Kind::line, static_cast<int>(arm), {});
        const auto& futures = s.months[arm].futures;
        const std::size_t months = futures.empty() ? 0 : futures.front().size();
        for (std::size_t m = 0; m < months; ++m) {
            double sum = 0;
            int count = 0;
            for (const auto& future : futures)
                if (m < future.size() && future[m][persons] > 0)
                    sum += future[m][column] / future[m][persons], ++count;
            const Month month = s.start() + static_cast<int>(m);
            curve.x.push_back(month.year() + (month.of_year() + 0.5) / 12 - 0.5);
            curve.y.push_back(count > 0 ? sum / count * scale : unknown);
            extent.add(curve.y.back());
        }
        panel.marks.push_back(std::move(curve));
    }
    stretch(panel.y, extent.low, extent.high, 3);
    return panel;
}

}  // namespace

std::string compare_answer(const Context& c) {
    if (!c.snapshot)
        return tr("Open a run to see its arms side by side over the years.");
    const Snapshot& s = *c.snapshot;
    const int row = score_row(c, measure::ScoreId::complex_with_plan_percent), arm = arm_of(c);
    const Course course = course_of(s, row, c.state.scope);
    const ScoreLine line = score_line(s, row, c.state.scope, -1);
    if (arm == 0 || s.years.empty())
        return line.label + ": " + level_text(line.base, line.digits) + " " + line.unit + ".";
    const auto one = static_cast<std::size_t>(arm);
    std::size_t best = 0;
    for (std::size_t y = 0; y < s.years.size(); ++y)
        if (std::isfinite(course.difference[one][y].middle) &&
            (!std::isfinite(course.difference[one][best].middle) ||
             std::fabs(course.difference[one][y].middle) > std::fabs(course.difference[one][best].middle)))
            best = y;
    std::size_t last = s.years.size() - 1;
    while (last > 0 && !std::isfinite(course.difference[one][last].middle))
        --last;
    const std::string verdict =
        line.arms[one - 1].sign == Sign::none
            ? ""
            : " " + fill(tr("Over all years: {verdict}."), {{"verdict", sign_word(line.arms[one - 1].sign)}});
    return fill(tr("{score}: {arm} differs most in {year}, by {difference} {unit}, and by {last} in {last_year}."),
                {{"score", line.label},
                 {"arm", s.arm_label(one)},
                 {"year", std::to_string(s.years[best])},
                 {"difference", text::range(course.difference[one][best], line.digits)},
                 {"unit", line.unit},
                 {"last", text::signed_number(course.difference[one][last].middle, line.digits)},
                 {"last_year", std::to_string(s.years[last])}}) +
           verdict;
}

void draw_compare(const Context& c, const Box& box, Scene& scene, Page& page) {
    if (!c.snapshot) {
        page.is_empty = true;
        empty_state(c, scene, box, tr("No run is open."), "./tresse compare first-look");
        return;
    }
    const Snapshot& s = *c.snapshot;
    const int row = score_row(c, measure::ScoreId::complex_with_plan_percent);
    const Course course = course_of(s, row, c.state.scope);
    const ScoreLine line = score_line(s, row, c.state.scope, -1);
    const double list = 284;
    const Box left = card(scene, {box.x0, box.y0, box.x0 + list, box.y1}, 14);
    const double used = score_list(c, scene, left, row);
    if (left.height() - used > 60.0 + 44.0 * static_cast<double>(s.arms()))
        draw_readout(c, scene, {left.x0, left.y0 + used + 22, left.x1, left.y1}, course, line);
    const Box charts{box.x0 + list + 16, box.y0, box.x1, box.y1};
    PlotStyle style;
    for (std::size_t arm = 0; arm < s.arms(); ++arm)
        style.names.push_back(s.arm_label(arm));
    if (c.state.month >= 0) {
        const Month month = s.start() + c.state.month;
        style.has_cursor = true;
        style.cursor = month.year() + (month.of_year() + 0.5) / 12 - 0.5;
    }
    const std::string measure = s.months.empty() || !c.state.scope.all() ? "" : monthly_measure(line.id);
    std::vector<Panel> panels = {level_panel(c, course, line)};
    if (s.arms() > 1)
        panels.push_back(difference_panel(c, course, line));
    if (!measure.empty() && charts.height() > 420)
        panels.push_back(month_panel(c, measure));
    take_picture(scene, charts, page, [&](Scene& own) {
        const Box in = card(own, charts);
        const double each =
            (in.height() - 20 * static_cast<double>(panels.size() - 1)) / static_cast<double>(panels.size());
        for (std::size_t i = 0; i < panels.size(); ++i) {
            const double y = in.y0 + (each + 20) * static_cast<double>(i);
            PlotStyle own_style = style;
            if (i == 1)
                own_style.names[0].clear();
            const PlotPlace at = plot(panels[i], {in.x0, y, in.x1, y + each}, own_style, c.measure, own);
            for (std::size_t k = 0; k < s.years.size(); ++k)
                own.spot({at.x(s.years[k] - 0.5), at.inner.y0, at.x(s.years[k] + 0.5), at.inner.y1},
                         "month " + std::to_string(k * 12), std::to_string(s.years[k]), false);
        }
    });
    name_picture(
        c, page, "over-time",
        tr("one line per arm, the mean over futures. Below, the difference from the same futures of the base with its "
           "95 % range; in the grey part it is too small to matter; a grey line means: cannot tell in any year."));
    page.picture.title = line.label;
    fill_table(c, course, line, page);
}

}  // namespace tresse::viz::explorer
