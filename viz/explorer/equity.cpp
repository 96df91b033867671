#include <algorithm>
#include <cmath>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/measure/equity.hpp"

#include "parts.hpp"

namespace tresse::viz::explorer {

namespace {

using measure::By;
using text::fill;
using text::tr;

const std::vector<Scope>& groups() {
    static const std::vector<Scope> all = {{By::quintile, 0}, {By::quintile, 1}, {By::quintile, 2}, {By::quintile, 3},
                                           {By::quintile, 4}, {By::bim, 1},      {By::bim, 0},      {By::sex, 0},
                                           {By::sex, 1},      {By::age_band, 5}, {By::age_band, 6}, {By::age_band, 7},
                                           {By::age_band, 8}};
    return all;
}

/// Mean over futures of the concentration index of a score in an arm.
double concentration(const Snapshot& s, int row, std::size_t arm) {
    double sum = 0;
    int count = 0;
    for (const measure::RunRecord* r : s.compared.arms[arm].futures)
        if (const auto v = measure::concentration_index(measure::by_income(
                s.compared.rows[static_cast<std::size_t>(row)], *r, *s.compared.arms[arm].scenario->catalogue)))
            sum += *v, ++count;
    return count > 0 ? sum / count : unknown;
}

/// A point of a concentration curve after each fifth: people from poor to rich, share of the score.
std::vector<Point> curve_of(const Snapshot& s, int row, std::size_t arm) {
    std::vector<Point> out = {{0, 0}};
    std::vector<double> people(5, 0), amount(5, 0);
    for (const measure::RunRecord* r : s.compared.arms[arm].futures) {
        const auto ranked = measure::by_income(s.compared.rows[static_cast<std::size_t>(row)], *r,
                                               *s.compared.arms[arm].scenario->catalogue);
        for (std::size_t q = 0; q < ranked.size() && q < 5; ++q) {
            if (!ranked[q].mean)
                return {};
            people[q] += ranked[q].persons;
            amount[q] += ranked[q].persons * *ranked[q].mean;
        }
    }
    double all_people = 0, all = 0, x = 0, y = 0;
    for (std::size_t q = 0; q < 5; ++q)
        all_people += people[q], all += amount[q];
    if (all_people <= 0 || all == 0)
        return {};
    for (std::size_t q = 0; q < 5; ++q) {
        x += people[q] / all_people, y += amount[q] / all;
        out.push_back({x, y});
    }
    return out;
}

struct Group {
    Scope scope;
    ScoreLine line;
};

std::vector<Group> group_lines(const Context& c, int row) {
    std::vector<Group> out;
    for (const Scope& scope : groups()) {
        ScoreLine line = score_line(*c.snapshot, row, scope, -1);
        if (std::isfinite(line.base))
            out.push_back({scope, std::move(line)});
    }
    return out;
}

/// Levels of the groups as dots, one shape per arm, and the difference of the arm in words.
void draw_groups(const Context& c, Scene& scene, const Box& box, const std::vector<Group>& lines) {
    const Snapshot& s = *c.snapshot;
    const auto arm = static_cast<std::size_t>(arm_of(c));
    double low = 1e300, high = -1e300;
    for (const Group& g : lines) {
        low = std::min(low, g.line.base), high = std::max(high, g.line.base);
        for (const auto& cell : g.line.arms)
            if (std::isfinite(cell.level))
                low = std::min(low, cell.level), high = std::max(high, cell.level);
    }
    const double pad = std::max((high - low) * 0.08, 1e-9);
    low -= pad, high += pad;
    const double words = 200, right = 196;
    const Box plot_box{box.x0 + words, box.y0 + 20, box.x1 - right, box.y1 - 26};
    const auto x = [&](double v) { return plot_box.x0 + plot_box.width() * (v - low) / (high - low); };
    for (const Tick& tick : nice_ticks(low, high, 4)) {
        scene.line({{x(tick.value), plot_box.y0}, {x(tick.value), plot_box.y1}}, ink(Role::grid), 1);
        scene.words({x(tick.value), plot_box.y1 + 18}, tick.label, Type::small, ink(Role::muted), Anchor::middle);
    }
    if (arm > 0)
        scene.words(
            {box.x1, box.y0 + 8},
            fill(tr("{arm} minus A (95 % range)"), {{"arm", std::string(1, static_cast<char>('A' + arm_of(c)))}}),
            Type::small, ink(Role::muted), Anchor::end);
    const double row = std::min(30.0, plot_box.height() / std::max<double>(1, static_cast<double>(lines.size())));
    By by = By::all;
    double y = plot_box.y0;
    for (const Group& g : lines) {
        if (g.scope.by != by && by != By::all)
            scene.line({{box.x0, y}, {box.x1, y}}, ink(Role::rule), 1);
        by = g.scope.by;
        const double middle = y + row / 2;
        const bool chosen = c.state.scope == g.scope;
        if (chosen)
            scene.box({box.x0 - 8, y + 1, box.x1 + 8, y + row - 1}, ink(Role::raised), 5);
        scene.words_in({box.x0, middle + 4.5}, scope_name(s, g.scope), Type::small, words - 12, c.measure,
                       ink(chosen ? Role::accent : Role::text));
        for (std::size_t i = 0; i < s.arms(); ++i) {
            const double v = i == 0 ? g.line.base : g.line.arms[i - 1].level;
            if (std::isfinite(v))
                scene.arm_mark({x(v), middle + (static_cast<double>(i) - (static_cast<double>(s.arms()) - 1) / 2) *
                                                   std::min(5.0, row / 5)},
                               i == arm || i == 0 ? 5 : 3.8, static_cast<int>(i), arm_ink(static_cast<int>(i)));
        }
        if (arm > 0) {
            const ScoreLine::Cell& cell = g.line.arms[arm - 1];
            const bool told = cell.sign == Sign::better || cell.sign == Sign::worse;
            scene.words({box.x1 - 18, middle + 4.5}, text::range(cell.difference, g.line.digits), Type::small,
                        ink(told ? Role::text : Role::muted), Anchor::end);
            scene.sign_mark({box.x1 - 6, middle}, 4.5, cell.sign);
        }
        static constexpr const char* by_words[] = {"all", "fifth", "bim", "sex", "age", "place"};
        scene.spot({box.x0 - 8, y, box.x1 + 8, y + row},
                   std::string("scope ") + by_words[static_cast<int>(g.scope.by)] + " " + std::to_string(g.scope.index),
                   tr("Choose this group: the other views then show its numbers."));
        y += row;
    }
}

Panel curve_panel(const Context& c, int row) {
    const Snapshot& s = *c.snapshot;
    Panel panel;
    panel.title = tr("Concentration curve");
    panel.x.title = tr("people, poorest first, %");
    panel.y.title = tr("share of the total, %");
    panel.x.ticks = panel.y.ticks = {{0, "0"}, {50, "50"}, {100, "100"}};
    panel.x.low = panel.y.low = 0, panel.x.high = panel.y.high = 100;
    Mark even;
    even.kind = Mark::Kind::line;
    even.series = -1;  // grey
    even.x = {0, 100}, even.y = {0, 100};
    panel.marks.push_back(even);
    for (std::size_t arm = 0; arm < s.arms(); ++arm) {
        Mark curve;
        curve.kind = Mark::Kind::line;
        curve.series = static_cast<int>(arm);
        for (const Point& p : curve_of(s, row, arm))
            curve.x.push_back(p.x * 100), curve.y.push_back(p.y * 100);
        panel.marks.push_back(std::move(curve));
    }
    return panel;
}

/// Health gained against inequality lost: right and up is better for both.
Panel plane_panel(const Context& c) {
    const Snapshot& s = *c.snapshot;
    Panel panel;
    panel.title = tr("Equity-impact plane");
    panel.x.title = tr("fewer go without care \u2192");
    panel.y.title = tr("smaller gap \u2191, points");
    int without = -1, gap = -1;
    for (std::size_t i = 0; i < s.compared.rows.size(); ++i) {
        without =
            s.compared.rows[i].score == measure::ScoreId::went_without_care_percent ? static_cast<int>(i) : without;
        gap = s.compared.rows[i].score == measure::ScoreId::gap_forgone_points ? static_cast<int>(i) : gap;
    }
    double most = 0.5;
    for (std::size_t arm = 1; arm < s.arms() && without >= 0 && gap >= 0; ++arm) {
        const ScoreLine a = score_line(s, without, {}, -1), b = score_line(s, gap, {}, -1);
        const Range &x = a.arms[arm - 1].difference, &y = b.arms[arm - 1].difference;
        if (!std::isfinite(x.middle) || !std::isfinite(y.middle))
            continue;
        const auto told = [](const Range& r) { return r.low > 0 || r.high < 0; };
        const Sign sign = told(x) || told(y) ? Sign::none : Sign::cannot_tell;
        const auto mark = [&](Mark::Kind kind, std::vector<double> xs, std::vector<double> ys) {
            for (const double v : xs)
                most = std::max(most, std::fabs(v) * 1.1);
            for (const double v : ys)
                most = std::max(most, std::fabs(v) * 1.1);
            Mark out;
            out.kind = kind, out.series = static_cast<int>(arm), out.sign = sign;
            out.x = std::move(xs), out.y = std::move(ys);
            panel.marks.push_back(std::move(out));
        };
        if (std::isfinite(x.low) && std::isfinite(x.high) && std::isfinite(y.low) && std::isfinite(y.high)) {
            mark(Mark::Kind::reach, {-x.high, -x.low}, {-y.middle, -y.middle});
            mark(Mark::Kind::reach, {-x.middle, -x.middle}, {-y.high, -y.low});
        }
        mark(Mark::Kind::points, {-x.middle}, {-y.middle});
    }
    panel.x.low = panel.y.low = -most, panel.x.high = panel.y.high = most;
    panel.x.ticks = panel.y.ticks = nice_ticks(-most, most, 4);
    Mark level, upright;
    level.kind = upright.kind = Mark::Kind::rule;
    level.y = {0};
    upright.x = {0};
    panel.marks.push_back(level);
    panel.marks.push_back(upright);
    return panel;
}

}  // namespace

std::string equity_answer(const Context& c) {
    if (!c.snapshot)
        return tr("Open a run to see who gains and who loses.");
    const int row = score_row(c, measure::ScoreId::went_without_care_percent), arm = arm_of(c);
    const std::vector<Group> lines = group_lines(c, row);
    if (lines.empty())
        return fill(tr("{score}: this score is not counted by group. Choose another."),
                    {{"score", score_line(*c.snapshot, row, {}, -1).label}});
    std::string out;
    const ScoreLine &first = lines.front().line, &last = lines[std::min<std::size_t>(4, lines.size() - 1)].line;
    if (lines.front().scope.by == By::quintile && lines.size() > 4)
        out = fill(tr("{score}: {low} in the lowest income fifth and {high} in the highest, today."),
                   {{"score", first.label},
                    {"low", level_text(first.base, first.digits)},
                    {"high", level_text(last.base, last.digits)}});
    if (arm == 0)
        return out;
    int better = 0, worse = 0;
    for (const Group& g : lines) {
        const Sign sign = g.line.arms[static_cast<std::size_t>(arm) - 1].sign;
        better += sign == Sign::better, worse += sign == Sign::worse;
    }
    const std::string name = c.snapshot->arm_label(static_cast<std::size_t>(arm));
    out += " " +
           fill(tr("{arm}: of {all} groups {better} are better off, {worse} worse off; of the others it cannot be told "
                   "or does not matter."),
                {{"arm", name}, {"all", static_cast<long long>(lines.size())}, {"better", better}, {"worse", worse}});
    const double before = concentration(*c.snapshot, row, 0),
                 after = concentration(*c.snapshot, row, static_cast<std::size_t>(arm));
    if (std::isfinite(before) && std::isfinite(after))
        out += " " + fill(tr("Concentration index {before}, then {after}."),
                          {{"before", text::signed_number(before, 3)}, {"after", text::signed_number(after, 3)}});
    return out;
}

void draw_equity(const Context& c, const Box& box, Scene& scene, Page& page) {
    if (!c.snapshot) {
        page.is_empty = true;
        empty_state(c, scene, box, tr("No run is open."), "./tresse compare first-look");
        return;
    }
    const int row = score_row(c, measure::ScoreId::went_without_care_percent);
    const std::vector<Group> lines = group_lines(c, row);
    const double list = 284;
    score_list(c, scene, card(scene, {box.x0, box.y0, box.x0 + list, box.y1}, 14), row);
    const Box rest{box.x0 + list + 16, box.y0, box.x1, box.y1};
    take_picture(scene, rest, page, [&](Scene& own) {
        const double lower_height = std::clamp(rest.height() * 0.36, 190.0, 280.0), half = (rest.width() - 16) / 2;
        const Box left = card(own, {rest.x0, rest.y0, rest.x1, rest.y1 - lower_height - 16}, 14);
        const ScoreLine whole = score_line(*c.snapshot, row, {}, -1);
        own.words_in({left.x0, left.y0 + 12}, whole.label, Type::label, left.width(), c.measure);
        if (lines.empty())
            own.paragraph({left.x0, left.y0 + 40, left.x1, left.y1}, tr("This score is not counted by group."),
                          Type::body, c.measure, ink(Role::muted));
        else
            draw_groups(c, own, {left.x0, left.y0 + 16, left.x1, left.y1 + 6}, lines);
        const Box upper = card(own, {rest.x0, rest.y1 - lower_height, rest.x0 + half, rest.y1}, 14);
        const Box lower = card(own, {rest.x1 - half, rest.y1 - lower_height, rest.x1, rest.y1}, 14);
        plot(curve_panel(c, row), upper, {}, c.measure, own);
        if (c.snapshot->arms() > 1)
            plot(plane_panel(c), lower, {}, c.measure, own);
    });
    name_picture(c, page, "equity",
                 tr("one mark per arm and group. Below the diagonal of the curve the score lies with the rich, above "
                    "it with the poor. In the plane right and up is better; a cross shows the 95 % ranges, grey: "
                    "neither can be told from nothing."));
    DataTable& t = page.picture.table;
    t.columns = {tr("Group"), c.snapshot->arm_name(0)};
    for (std::size_t arm = 1; arm < c.snapshot->arms(); ++arm)
        t.columns.insert(t.columns.end(),
                         {c.snapshot->arm_name(arm) + " \u2212 A", tr("From"), tr("To"), tr("Verdict")});
    for (const Group& g : lines) {
        std::vector<std::string> cells = {scope_name(*c.snapshot, g.scope), level_text(g.line.base, g.line.digits + 1)};
        for (const auto& cell : g.line.arms)
            cells.insert(cells.end(), {text::signed_number(cell.difference.middle, g.line.digits + 1),
                                       text::signed_number(cell.difference.low, g.line.digits + 1),
                                       text::signed_number(cell.difference.high, g.line.digits + 1),
                                       cell.sign == Sign::none ? "" : sign_word(cell.sign)});
        t.rows.push_back(std::move(cells));
    }
}

}  // namespace tresse::viz::explorer
