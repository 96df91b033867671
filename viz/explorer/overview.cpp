#include <algorithm>
#include <cmath>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

/// Where the columns of the table stand.
struct Columns {
    double label, plot0, plot1, base, difference, verdict, right;
};

/// How much better, in sizes that matter, cut at the edge of the drawing.
constexpr double reach = 5;
double improvement(const ScoreLine& line, double difference) {
    const double way = line.direction == '-' ? -1 : line.direction == '0' ? (line.base > 0 ? -1 : 1) : 1;
    return way * difference / (line.smallest > 0 ? line.smallest : 1);
}

void draw_interval(const Context& c, Scene& scene, const Columns& at, const ScoreLine& line, std::size_t arm, double y,
                   double radius) {
    const ScoreLine::Cell& cell = line.arms[arm];
    if (!std::isfinite(cell.difference.middle) || line.direction == ' ')
        return;
    const auto x = [&](double v) {
        return at.plot0 + (at.plot1 - at.plot0) * (std::clamp(v, -reach, reach) + reach) / (2 * reach);
    };
    double a = improvement(line, cell.difference.low), b = improvement(line, cell.difference.high);
    if (a > b)
        std::swap(a, b);
    const int index = static_cast<int>(arm) + 1;
    const bool grey = cell.sign == Sign::cannot_tell || cell.sign == Sign::same;
    const Ink colour = grey ? ink(Role::untold, cell.sign == Sign::same ? 0.9 : 0.75) : arm_ink(index);
    if (std::isfinite(a) && std::isfinite(b)) {
        scene.line({{x(a), y}, {x(b), y}}, colour, 2);
        if (a < -reach)
            scene.area({{at.plot0 - 5, y}, {at.plot0 + 2, y - 4}, {at.plot0 + 2, y + 4}}, colour);
        if (b > reach)
            scene.area({{at.plot1 + 5, y}, {at.plot1 - 2, y - 4}, {at.plot1 - 2, y + 4}}, colour);
    }
    scene.arm_mark({x(improvement(line, cell.difference.middle)), y}, radius, index,
                   index == arm_of(c) && grey ? ink(Role::muted) : colour);
}

std::string family_words(const std::vector<ScoreLine>& lines, int family, std::size_t arm) {
    int count[5] = {};
    for (const ScoreLine& line : lines)
        if (line.family == family && line.direction != ' ')
            ++count[static_cast<int>(line.arms[arm].sign)];
    std::vector<std::string> parts;
    const auto add = [&](Sign sign, const std::string& words) {
        if (const int n = count[static_cast<int>(sign)]; n > 0)
            parts.push_back(fill(words, {{"n", n}}));
    };
    add(Sign::better, tr("{n} better"));
    add(Sign::worse, tr("{n} worse"));
    add(Sign::same, tr("{n} the same"));
    add(Sign::cannot_tell, tr("{n} cannot tell"));
    std::string out;
    for (const std::string& part : parts)
        out += (out.empty() ? "" : ", ") + part;
    return out;
}

void draw_line(const Context& c, Scene& scene, const Columns& at, const ScoreLine& line, const Box& box) {
    const double base_y = box.y0 + box.height() / 2 + 4.5;
    const auto arm = static_cast<std::size_t>(std::max(0, arm_of(c) - 1));
    const double room = at.plot0 - at.label - 24;
    std::string label = line.label;
    const bool wide = c.measure.width(label, Type::body) > room;
    scene.words_in({at.label + 8, base_y}, label, wide ? Type::small : Type::body, room, c.measure, ink(Role::text));
    const double zone0 = at.plot0 + (at.plot1 - at.plot0) * (reach - 1) / (2 * reach),
                 zone1 = at.plot0 + (at.plot1 - at.plot0) * (reach + 1) / (2 * reach);
    if (line.direction != ' ')
        scene.box({zone0, box.y0, zone1, box.y1}, ink(Role::grid));
    const std::size_t lanes = std::max<std::size_t>(1, line.arms.size());
    for (std::size_t i = 0; i < line.arms.size(); ++i) {
        const double y = box.y0 + box.height() * (static_cast<double>(i) + 0.5) / static_cast<double>(lanes);
        draw_interval(c, scene, at, line, i, y, lanes > 2 ? 3.4 : 4.2);
    }
    scene.words({at.base, base_y}, level_text(line.base, line.digits), Type::body, ink(Role::text), Anchor::end);
    if (!line.arms.empty()) {
        const ScoreLine::Cell& cell = line.arms[arm];
        const bool dim = cell.sign == Sign::cannot_tell || cell.sign == Sign::same;
        scene.words({at.difference, base_y}, text::range(cell.difference, line.digits), Type::body,
                    ink(dim ? Role::muted : Role::text), Anchor::end);
        if (cell.sign != Sign::none) {
            scene.sign_mark({at.verdict + 7, box.y0 + box.height() / 2}, 5, cell.sign);
            scene.words({at.verdict + 20, base_y}, sign_word(cell.sign), Type::small,
                        cell.sign == Sign::better  ? ink(Role::better)
                        : cell.sign == Sign::worse ? ink(Role::worse)
                                                   : ink(Role::muted));
        }
    }
    const measure::Score& score = measure::score(c.snapshot->compared.rows[static_cast<std::size_t>(line.row)].score);
    scene.spot({at.label, box.y0, at.right, box.y1}, "score " + std::to_string(line.row) + "; view compare",
               line.label + "\n" + line.unit + "\n" + tr(score.how_to_read));
}

void draw_heads(const Context& c, Scene& scene, const Columns& at, double y) {
    const double middle = (at.plot0 + at.plot1) / 2;
    scene.words({at.plot0, y}, "\u2190 " + tr("worse"), Type::small, ink(Role::worse));
    scene.words({middle, y}, c.snapshot->arm_label(0), Type::small, ink(Role::muted), Anchor::middle);
    scene.words({at.plot1, y}, tr("better") + " \u2192", Type::small, ink(Role::better), Anchor::end);
    scene.words({at.base, y}, c.snapshot->arm_name(0).substr(0, 1), Type::small, ink(Role::muted), Anchor::end);
    if (arm_of(c) > 0)
        scene.words(
            {at.difference, y},
            fill(tr("{arm} minus A (95 % range)"), {{"arm", std::string(1, static_cast<char>('A' + arm_of(c)))}}),
            Type::small, ink(Role::muted), Anchor::end);
}

void draw_reach(const Context& c, Scene& scene, const Box& box) {
    const auto arm = static_cast<std::size_t>(arm_of(c));
    if (arm == 0 || arm >= c.brief->arms.size())
        return;
    const BriefMeans& all = c.brief->arms[arm].all;
    double x = box.x0;
    const double y = box.y0 + 16;
    const auto meter = [&](const std::string& words, double share) {
        scene.words({x, y}, words, Type::small, ink(Role::muted));
        x += c.measure.width(words, Type::small) + 12;
        const Box bar{x, y - 10, x + 120, y - 1};
        scene.box(bar, ink(Role::raised), 4);
        scene.box({bar.x0, bar.y0, bar.x0 + bar.width() * std::clamp(share, 0.0, 1.0), bar.y1},
                  arm_ink(static_cast<int>(arm)), 4);
        x += 148;
    };
    if (all.meant > 0)
        meter(fill(tr("Reached {reached} of {meant} people meant a year"),
                   {{"reached", text::number(all.reached, 0)}, {"meant", text::number(all.meant, 0)}}),
              all.reached / all.meant);
    if (all.posts_wanted > 0)
        meter(fill(tr("Posts filled {filled} of {wanted}"),
                   {{"filled", text::number(all.posts_filled, 1)}, {"wanted", text::number(all.posts_wanted, 1)}}),
              all.posts_filled / all.posts_wanted);
    scene.words(
        {box.x0, y + 22},
        fill(tr("{assumed} of {all} numbers are our assumptions. Seen by an evaluation of this area alone: {seen}"),
             {{"assumed", text::whole(c.brief->assumed)},
              {"all", text::whole(c.brief->uncertain)},
              {"seen", c.brief->arms[arm].seen.empty() ? "\u2013" : c.brief->arms[arm].seen}}),
        Type::small, ink(Role::muted));
}

void fill_table(const Context& c, const std::vector<ScoreLine>& lines, Page& page) {
    page.picture.table.columns = {tr("Score"), tr("Unit"), c.snapshot->arm_name(0)};
    for (std::size_t arm = 1; arm < c.snapshot->arms(); ++arm)
        page.picture.table.columns.insert(page.picture.table.columns.end(), {c.snapshot->arm_name(arm) + " \u2212 A",
                                                                             tr("From"), tr("To"), tr("Verdict")});
    for (const ScoreLine& line : lines) {
        std::vector<std::string> row = {line.label, line.unit, level_text(line.base, line.digits)};
        for (const ScoreLine::Cell& cell : line.arms)
            row.insert(row.end(), {text::signed_number(cell.difference.middle, line.digits + 1),
                                   text::signed_number(cell.difference.low, line.digits + 1),
                                   text::signed_number(cell.difference.high, line.digits + 1),
                                   cell.sign == Sign::none ? "" : sign_word(cell.sign)});
        page.picture.table.rows.push_back(std::move(row));
    }
}

std::string family_name(const Context& c, int family) {
    return c.brief->families[static_cast<std::size_t>(family)];
}

}  // namespace

std::string overview_answer(const Context& c) {
    if (!c.snapshot)
        return tr("Open a run or make one; then this page says in one sentence what each policy would change.");
    const auto arm = static_cast<std::size_t>(arm_of(c));
    if (arm == 0 || arm >= c.brief->arms.size())
        return tr("This run has one arm only: there is nothing to compare it with.");
    return c.snapshot->arm_label(arm) + ": " + c.brief->arms[arm].in_words;
}

void draw_overview(const Context& c, const Box& box, Scene& scene, Page& page) {
    if (!c.snapshot) {
        page.is_empty = true;
        empty_state(c, scene, box,
                    tr("No run yet. Open one with Ctrl+O, or press R to run the scenario first-look: about a minute "
                       "for each future."),
                    "./tresse compare first-look");
        return;
    }
    const Snapshot& s = *c.snapshot;
    const std::vector<ScoreLine> lines = score_lines(s, c.state.scope, s.year_of(c.state.month));
    std::vector<int> families;
    for (const ScoreLine& line : lines)
        if (families.empty() || families.back() != line.family)
            families.push_back(line.family);
    const double foot = 46, head = 26;
    const double room = box.height() - foot - head - 16;
    const double row = std::clamp(
        room / (static_cast<double>(lines.size()) + static_cast<double>(families.size()) * 0.95), 17.0, 32.0);
    take_picture(scene, {box.x0, box.y0, box.x1, box.y1 - foot}, page, [&](Scene& own) {
        const Box sheet{box.x0, box.y0, box.x1, box.y1 - foot};
        own.box(sheet, ink(Role::surface), 8);
        own.frame(sheet, ink(Role::rule, 0.8), 1, 8);
        const double right = sheet.x1 - 16, verdict = right - 116;
        const Columns at{sheet.x0 + 16, sheet.x0 + 16 + (sheet.width() - 32) * 0.315,
                         verdict - 306, verdict - 226,
                         verdict - 16,  verdict,
                         right};
        draw_heads(c, own, at, sheet.y0 + 20);
        double y = sheet.y0 + head + 6;
        int family = -1;
        for (const ScoreLine& line : lines) {
            if (line.family != family) {
                family = line.family;
                const double h = row * 0.95;
                own.line({{at.label, y + 1.5}, {right, y + 1.5}}, ink(Role::rule), 1);
                own.words({at.label, y + h - 6}, family_name(c, family), Type::caption, ink(Role::muted));
                if (arm_of(c) > 0)
                    own.words({right, y + h - 6}, family_words(lines, family, static_cast<std::size_t>(arm_of(c) - 1)),
                              Type::caption, ink(Role::muted), Anchor::end);
                y += h;
            }
            draw_line(c, own, at, line, {at.label, y, right, y + row});
            y += row;
        }
        const double x = (at.plot0 + at.plot1) / 2;
        own.line({{x, sheet.y0 + head}, {x, y}}, ink(Role::faint), 1);
    });
    draw_reach(c, scene, {box.x0, box.y1 - foot + 2, box.x1, box.y1});
    name_picture(c, page, "overview",
                 tr("a mark right of the line is better than today. Inside the grey part a difference is too small to "
                    "matter. The line is the 95 % range; an arrow means that it goes on."));
    fill_table(c, lines, page);
}

}  // namespace tresse::viz::explorer
