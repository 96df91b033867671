#include <algorithm>
#include <cmath>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

/// Fewer futures than this say nothing about chance: no curve is drawn from them.
constexpr std::size_t fewest_points = 6;
constexpr double threshold = 30000;  // EUR a QALY, for the sentence alone; the curve shows all

/// What a share of so many futures can stand for. Formula: 95 % interval of Wilson 1927.
Range share_range(double share, std::size_t points) {
    constexpr double z = 1.96;
    const auto n = static_cast<double>(points);
    const double middle = (share + z * z / (2 * n)) / (1 + z * z / n),
                 half = z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return {share, std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Panel plane_panel(const Context& c) {
    const Snapshot& s = *c.snapshot;
    Panel panel;
    panel.title = tr("Cost-effectiveness plane");
    panel.x.title = tr("quality-adjusted years gained per 1,000 people over the horizon");
    panel.y.title = tr("cost of all payers, thousand EUR per 1,000 people over the horizon");
    double x = 0.5, y = 1;
    for (std::size_t arm = 1; arm < s.arms(); ++arm) {
        Mark points;
        points.kind = Mark::Kind::points;
        points.series = static_cast<int>(arm);
        for (const PlanePoint& p : plane_of(s, static_cast<int>(arm))) {
            points.x.push_back(p.qalys), points.y.push_back(p.eur / 1000);
            x = std::max(x, std::fabs(p.qalys) * 1.15), y = std::max(y, std::fabs(p.eur) / 1000 * 1.15);
        }
        panel.marks.push_back(std::move(points));
    }
    panel.x.low = -x, panel.x.high = x, panel.y.low = -y, panel.y.high = y;
    panel.x.ticks = nice_ticks(-x, x, 5), panel.y.ticks = nice_ticks(-y, y, 5);
    Mark level, upright;
    level.kind = upright.kind = Mark::Kind::rule;
    level.y = {0};
    upright.x = {0};
    panel.marks.push_back(level);
    panel.marks.push_back(upright);
    return panel;
}

Panel acceptability_panel(const Context& c) {
    const Snapshot& s = *c.snapshot;
    Panel panel;
    panel.title = tr("Acceptability");
    panel.x.title = tr("worth of a quality-adjusted year, thousand EUR");
    panel.y.title = tr("share of futures in which the arm is worth its money, %");
    panel.x.low = 0, panel.x.high = 100;
    panel.y.low = -2, panel.y.high = 102;
    panel.x.ticks = nice_ticks(0, 100, 5);
    panel.y.ticks = {{0, "0"}, {25, "25"}, {50, "50"}, {75, "75"}, {100, "100"}};
    for (std::size_t arm = 1; arm < s.arms(); ++arm) {
        const auto points = plane_of(s, static_cast<int>(arm));
        Mark curve, band;
        curve.kind = Mark::Kind::line, band.kind = Mark::Kind::band;
        curve.series = band.series = static_cast<int>(arm);
        for (int k = 0; k <= 40 && points.size() >= fewest_points; ++k) {
            const double share = acceptable(points, k * 2500.0);
            const Range range = share_range(share, points.size());
            curve.x.push_back(k * 2.5), curve.y.push_back(share * 100);
            band.x.push_back(k * 2.5), band.y.push_back(range.low * 100), band.y2.push_back(range.high * 100);
        }
        if (static_cast<int>(arm) == arm_of(c))
            panel.marks.push_back(std::move(band));
        panel.marks.push_back(std::move(curve));
    }
    return panel;
}

/// Widths of ranges against what matters: where more futures or better numbers would help most.
void draw_widths(const Context& c, Scene& scene, const Box& box) {
    const auto arm = static_cast<std::size_t>(arm_of(c)) - 1;
    std::vector<ScoreLine> lines = score_lines(*c.snapshot, c.state.scope, -1);
    std::erase_if(lines, [&](const ScoreLine& l) {
        return l.direction == ' ' || !(l.smallest > 0) || !std::isfinite(l.arms[arm].difference.high);
    });
    const auto width = [&](const ScoreLine& l) {
        return (l.arms[arm].difference.high - l.arms[arm].difference.low) / l.smallest;
    };
    std::stable_sort(lines.begin(), lines.end(),
                     [&](const ScoreLine& a, const ScoreLine& b) { return width(a) > width(b); });
    scene.words({box.x0, box.y0 + 12}, tr("Width of the 95 % range, in sizes that matter"), Type::label);
    const double labels = std::min(470.0, box.width() * 0.64);
    double most = 1;
    for (const ScoreLine& l : lines)
        most = std::max(most, width(l));
    double y = box.y0 + 30;
    const double row =
        std::clamp((box.height() - 34) / std::max<double>(1, static_cast<double>(lines.size())), 16.0, 26.0);
    for (const ScoreLine& l : lines) {
        if (y + row > box.y1 + 2)
            break;
        const bool gap = l.family == static_cast<int>(measure::Family::equity);
        const std::string name = gap ? fill(tr("income gap: {name}"), {{"name", l.label}}) : l.label;
        const bool wide = c.measure.width(name, Type::small) > labels - 12;
        scene.words_in({box.x0, y + row / 2 + 4.5}, name, wide ? Type::caption : Type::small, labels - 12, c.measure);
        const double full = box.width() - labels - 56;
        const bool narrow = width(l) <= 2;
        scene.box({box.x0 + labels, y + 4, box.x0 + labels + std::max(1.0, full * width(l) / most), y + row - 4},
                  narrow ? arm_ink(static_cast<int>(arm) + 1) : ink(Role::untold), 2);
        scene.words({box.x1, y + row / 2 + 4.5}, text::number(width(l), 1), Type::small, ink(Role::text), Anchor::end);
        y += row;
    }
    const double x = box.x0 + labels + (box.width() - labels - 56) * 2 / most;
    if (most > 2) {
        scene.line({{x, box.y0 + 28}, {x, y}}, ink(Role::text), 1, true);
        const std::string words = tr("right of the dashed line: too wide for a verdict");
        const double heading = c.measure.width(tr("Width of the 95 % range, in sizes that matter"), Type::label);
        if (c.measure.width(words, Type::small) + heading + 16 < box.width())
            scene.words({box.x1, box.y0 + 12}, words, Type::small, ink(Role::muted), Anchor::end);
    }
}

/// The score of the study that the tornado shows: the one chosen, or the study's own. Null: nothing was varied.
const app::StudyScore* tornado_of(const Context& c) {
    const app::StudyAnswer* study = c.work.study.get();
    if (!study)
        return nullptr;
    const app::StudyScore* out = nullptr;
    for (const app::StudyScore& score : study->scores) {
        const bool chosen = c.state.score >= 0 && static_cast<std::size_t>(c.state.score) < c.snapshot->compared.rows.size() &&
                            c.snapshot->compared.rows[static_cast<std::size_t>(c.state.score)].id == score.id;
        if (!score.inputs.empty() && (!out || chosen))
            out = &score;
    }
    return out;
}

std::string score_title(const std::string& id) {
    const measure::Score* score = measure::find_score(id);
    return score ? tr(score->name) : id;
}

/// One input at a time at its low and its high end, the others at their centre; grey: chance could give so much.
void draw_tornado(const Context& c, Scene& scene, const Box& box, const app::StudyScore& score) {
    const app::StudyAnswer& study = *c.work.study;
    scene.words_in({box.x0, box.y0 + 12}, fill(tr("{score}: one input at a time"), {{"score", score_title(score.id)}}),
                   Type::label, box.width(), c.measure);
    const double head = 20 + scene.paragraph({box.x0, box.y0 + 17, box.x1, box.y1},
                                             tr("change of the difference, the input at its low (pale) and high end") +
                                                 " \u00b7 " +
                                                 fill(tr("study {run}, {draws} draws"),
                                                      {{"run", study.run}, {"draws", study.draws}}),
                                             Type::caption, c.measure, ink(Role::muted));
    double most = 1e-12;
    for (const app::StudyInput& i : score.inputs)
        most = std::max({most, std::fabs(i.low), std::fabs(i.high)});
    const double labels = box.width() * 0.5, middle = (box.x0 + labels + box.x1 - 40) / 2,
                 half = (box.width() - labels - 96) / 2;
    const double row = std::clamp((box.height() - head) / static_cast<double>(score.inputs.size()), 17.0, 30.0);
    const int digits = text::decimals_for(most, 2, 3);
    double y = box.y0 + head;
    for (const app::StudyInput& i : score.inputs) {
        if (y + row > box.y1 + 4)
            break;
        const std::string name = app::input_name(study, i) + "  " + i.at_low + " \u2013 " + i.at_high;
        const std::vector<std::string> lines = wrapped(name, labels - 12, Type::caption, c.measure);
        for (std::size_t k = 0; k < std::min<std::size_t>(2, lines.size()); ++k)
            scene.words({box.x0, y + row / 2 + 4 + (lines.size() > 1 ? 11.0 * static_cast<double>(k) - 5.5 : 0)}, lines[k],
                        Type::caption, ink(i.told ? Role::text : Role::muted));
        const auto end = [&](double value, double opacity) {
            const double x = middle + half * value / most;
            Ink colour = i.told ? arm_ink(arm_of(c)) : ink(Role::untold);
            colour.opacity = opacity;
            scene.box({std::min(middle, x), y + row * 0.2, std::max(middle, x) + 0.5, y + row * 0.8}, colour, 1);
        };
        end(i.low, 0.45), end(i.high, 1);
        scene.words({box.x1, y + row / 2 + 4}, text::signed_number(i.high, digits), Type::caption,
                    ink(i.told ? Role::text : Role::muted), Anchor::end);
        scene.spot({box.x0, y, box.x1, y + row}, "",
                   name + "\n" + text::signed_number(i.low, digits) + "  \u2026  " + text::signed_number(i.high, digits));
        y += row;
    }
    scene.line({{middle, box.y0 + head}, {middle, y}}, ink(Role::faint), 1);
}

/// What decides most, from the study.
std::string tornado_sentence(const Context& c, const app::StudyScore& score) {
    std::vector<std::string> names;
    for (const app::StudyInput& i : score.inputs)
        if (i.told && names.size() < 3)
            names.push_back(app::input_name(*c.work.study, i));
    if (names.empty())
        return fill(tr("No single input moves {score} by more than chance does."), {{"score", score_title(score.id)}});
    return fill(tr("What decides most in {score}: {inputs}."),
                {{"score", score_title(score.id)}, {"inputs", text::list(names)}});
}

}  // namespace

std::string uncertainty_answer(const Context& c) {
    if (!c.snapshot)
        return tr("Open a run to see how sure its differences are.");
    const int arm = arm_of(c);
    if (arm == 0)
        return tr("This run has one arm only: there is nothing to compare it with.");
    const auto points = plane_of(*c.snapshot, arm);
    std::string out =
        fill(text::tr_n("{n} paired future.", "{n} paired futures.", static_cast<long long>(points.size())),
             {{"n", static_cast<long long>(points.size())}}) +
        " ";
    if (points.size() < fewest_points)
        return out + fill(tr("That is too few to say how likely anything is; from {n} on the curve is drawn."),
                          {{"n", static_cast<long long>(fewest_points)}});
    int better = 0, cheaper = 0;
    for (const PlanePoint& p : points)
        better += p.qalys > 0, cheaper += p.eur < 0;
    out += fill(tr("{arm}: more health than its twin in {better} of them, lower cost in {cheaper}. At {worth} "
                         "EUR a quality-adjusted year it is worth its money in {worthy} of them."),
                      {{"arm", c.snapshot->arm_label(static_cast<std::size_t>(arm))},
                       {"better", better},
                       {"cheaper", cheaper},
                       {"worth", text::number(threshold, 0)},
                       {"worthy", std::llround(acceptable(points, threshold) * static_cast<double>(points.size()))}});
    if (const app::StudyScore* score = tornado_of(c))
        out += " " + tornado_sentence(c, *score);
    return out;
}

void draw_uncertainty(const Context& c, const Box& box, Scene& scene, Page& page) {
    if (!c.snapshot || c.snapshot->arms() < 2 || arm_of(c) == 0) {
        page.is_empty = true;
        empty_state(c, scene, box,
                    c.snapshot ? tr("This run has one arm only: there is nothing to compare it with.")
                               : tr("No run is open."),
                    "./tresse compare first-look");
        return;
    }
    const Snapshot& s = *c.snapshot;
    take_picture(scene, box, page, [&](Scene& own) {
        const double half = (box.width() - 16) / 2, upper = std::max(box.height() * 0.5, 200.0);
        PlotStyle style;
        for (std::size_t i = 0; i < s.arms(); ++i)
            style.names.push_back(s.arm_label(i));
        plot(plane_panel(c), card(own, {box.x0, box.y0, box.x0 + half, box.y0 + upper}), {}, c.measure, own);
        const Box right = card(own, {box.x0 + half + 16, box.y0, box.x1, box.y0 + upper});
        plot(acceptability_panel(c), right, style, c.measure, own);
        if (plane_of(s, arm_of(c)).size() < fewest_points)
            own.words({right.middle().x, right.middle().y}, tr("too few futures"), Type::body, ink(Role::muted),
                      Anchor::middle);
        const app::StudyScore* tornado = tornado_of(c);
        draw_widths(c, own,
                    card(own, {box.x0, box.y0 + upper + 16, tornado ? box.x0 + half : box.x1, box.y1}));
        if (tornado)
            draw_tornado(c, own, card(own, {box.x0 + half + 16, box.y0 + upper + 16, box.x1, box.y1}), *tornado);
    });
    name_picture(c, page, "uncertainty",
                 tr("a mark is a future against its twin; lower right is better and cheaper. Bars longer than the "
                    "dashed line are too wide for a verdict: more futures or better numbers would help there. What "
                    "each uncertain number does to the answer needs a study."));
    page.picture.table.columns = {tr("Arm"), tr("Quality-adjusted years per 1,000"), tr("EUR per 1,000")};
    for (std::size_t arm = 1; arm < s.arms(); ++arm)
        for (const PlanePoint& p : plane_of(s, static_cast<int>(arm)))
            page.picture.table.rows.push_back(
                {s.arm_name(arm), text::signed_number(p.qalys, 3), text::signed_number(p.eur, 0)});
}

}  // namespace tresse::viz::explorer
