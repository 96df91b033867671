#include <algorithm>
#include <cmath>

#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/viz/explorer/lever.hpp"

#include "parts.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

std::string value_words(const Lever& lever, double value) {
    return lever.share ? text::percent(value, 1) : text::number(value, lever.step < 1 ? 1 : 0);
}

std::string problem_of(const Context& c, const Lever& lever) {
    for (const Problem& p : c.work.problems)
        if (!p.where.empty() &&
            (lever.key.find(p.where) != std::string::npos || p.where.find(lever.key) != std::string::npos ||
             p.where.ends_with(lever.key.substr(lever.key.rfind('.') + 1))))
            return p.message;
    return "";
}

/// A slider of forty notches, with minus and plus for the keyboard.
void draw_lever(const Context& c, Scene& scene, const Box& box, const Lever& lever) {
    const double value = lever_value(lever, c.state), y = box.y0 + 13;
    const bool moved = lever_moved(lever, c.state);
    const double label = 138, right = 84;
    scene.words_in({box.x0, y + 4.5}, lever.label, Type::small, label - 8, c.measure, ink(Role::muted));
    const Box track{box.x0 + label + 26, y - 2, box.x1 - right - 206, y + 2};
    const auto x = [&](double v) {
        return track.x0 + track.width() * std::clamp((v - lever.low) / (lever.high - lever.low), 0.0, 1.0);
    };
    scene.box(track, ink(Role::rule), 2);
    scene.box({track.x0, track.y0, x(value), track.y1}, ink(moved ? Role::accent : Role::faint), 2);
    if (moved)
        scene.line({{x(lever.value), y - 6}, {x(lever.value), y + 6}}, ink(Role::faint), 1.5);
    scene.dot({x(value), y}, 7, ink(moved ? Role::accent : Role::muted));
    const int notches = static_cast<int>(std::lround((lever.high - lever.low) / lever.step));
    const auto command = [&](double v) {
        return "lever " + lever.key + " " +
               number_text(std::clamp(std::round(v / lever.step * 1e6) / 1e6 * lever.step, lever.low, lever.high));
    };
    for (int i = 0; i <= notches; ++i) {
        const double v = lever.low + lever.step * i, half = track.width() / notches / 2;
        scene.spot({x(v) - half, box.y0, x(v) + half, box.y0 + 26}, command(v), "", false);
    }
    scene.words({track.x0 - 16, y + 5}, "\u2212", Type::label, ink(Role::muted), Anchor::middle);
    scene.spot({track.x0 - 26, box.y0, track.x0 - 8, box.y0 + 26}, command(value - lever.step), lever.key);
    scene.words({track.x1 + 16, y + 5}, "+", Type::label, ink(Role::muted), Anchor::middle);
    scene.spot({track.x1 + 8, box.y0, track.x1 + 26, box.y0 + 26}, command(value + lever.step), lever.key);
    scene.words({track.x1 + 30 + right, y + 4.5}, value_words(lever, value), Type::label,
                ink(moved ? Role::accent : Role::text), Anchor::end);
    scene.words_in({track.x1 + 38 + right, y + 4.5}, lever.unit, Type::small, box.x1 - track.x1 - 38 - right, c.measure,
                   ink(Role::muted));
}

void draw_levers(const Context& c, Scene& scene, const Box& box, const std::vector<Lever>& levers) {
    double y = box.y0;
    std::string group;
    const double heads = 26, rows = 28;
    for (const Lever& lever : levers) {
        if (lever.group != group) {
            if (y + heads + rows > box.y1)
                break;
            group = lever.group;
            scene.words_in({box.x0, y + 16}, group, Type::label, box.width(), c.measure);
            y += heads;
        }
        if (y + rows > box.y1)
            break;
        draw_lever(c, scene, {box.x0, y, box.x1, y + rows}, lever);
        y += rows;
        if (const std::string problem = problem_of(c, lever); !problem.empty())
            y += scene.paragraph({box.x0 + 16, y, box.x1, y}, problem, Type::small, c.measure, ink(Role::worse)) + 4;
    }
    if (levers.empty())
        scene.paragraph({box.x0, box.y0, box.x1, box.y1},
                        tr("This arm adds nothing: there is nothing to move. Choose another arm."), Type::body,
                        c.measure, ink(Role::muted));
}

/// What the small trial says.
void draw_trial(const Context& c, Scene& scene, const Box& box) {
    const Rehearsal& r = c.work.rehearsal;
    scene.words({box.x0, box.y0 + 12}, tr("Quick trial"), Type::label);
    double y = box.y0 + 24;
    if (!r.ready) {
        scene.paragraph({box.x0, y, box.x1, box.y1},
                        tr("Move a lever: a small sample is simulated at once, in both arms with the same people and "
                           "the same luck, and sharpened while you wait."),
                        Type::small, c.measure, ink(Role::muted));
        return;
    }
    y += scene.paragraph({box.x0, y, box.x1, y},
                         fill(tr("One household in {n}, {futures}, {seconds}. A sketch: not to be quoted."),
                              {{"n", r.sample}, {"futures", text::futures(r.futures)}, {"seconds", text::duration(r.seconds)}}),
                         Type::small, c.measure, ink(Role::worse)) +
         12;
    for (const ScoreLine& line : r.lines) {
        if (line.direction == ' ' || line.arms.empty())
            continue;
        if (y + 40 > box.y1)
            break;
        scene.words_in({box.x0, y + 12}, line.label, Type::small, box.width() - 20, c.measure);
        scene.sign_mark({box.x1 - 6, y + 8}, 4.5, line.arms[0].sign);
        scene.words({box.x1, y + 28}, range_text(line.arms[0].difference, line.digits), Type::small, ink(Role::muted),
                    Anchor::end);
        y += 40;
    }
}

}  // namespace

int scenario_arm(const Context& c) {
    const scenario::Scenario& s = *c.work.scenario;
    if (c.snapshot && c.snapshot->compared.scenario().id == s.id && arm_of(c) > 0)
        return c.snapshot->compared.arms[static_cast<std::size_t>(arm_of(c))].arm;
    return std::clamp(c.state.arm < 0 ? static_cast<int>(s.arms.size()) - 1 : c.state.arm, 0,
                      static_cast<int>(s.arms.size()) - 1);
}

std::string scenario_answer(const Context& c) {
    if (!c.work.scenario)
        return tr("No scenario is loaded.");
    const std::size_t moved = settings_of(c.state).size();
    const std::string name = tr(c.work.scenario->title);
    if (moved == 0)
        return fill(tr("{scenario}: move a lever to try it on a small sample; run it to be sure."),
                    {{"scenario", name}});
    return fill(text::tr_n("{scenario}: {n} lever moved. The trial is a sketch; a run gives the answer.",
                           "{scenario}: {n} levers moved. The trial is a sketch; a run gives the answer.",
                           static_cast<long long>(moved)),
                {{"scenario", name}, {"n", static_cast<long long>(moved)}});
}

void draw_scenario(const Context& c, const Box& box, Scene& scene, Page& page) {
    if (!c.work.scenario) {
        page.is_empty = true;
        empty_state(c, scene, box,
                    c.work.problems.empty() ? tr("No scenario is loaded.")
                                            : c.work.problems.front().file + ": " + c.work.problems.front().message,
                    "./tresse explore first-look");
        return;
    }
    const double right = 284;
    const Box sheet = card(scene, {box.x0, box.y0, box.x1 - right - 16, box.y1});
    const int arm = scenario_arm(c);
    const scenario::Scenario& s = *c.work.scenario;
    const std::string label = tr(s.arms[static_cast<std::size_t>(arm)].label);
    scene.arm_mark({sheet.x0 + 6, sheet.y0 + 8}, 5, arm, arm_ink(arm));
    scene.words({sheet.x0 + 20, sheet.y0 + 13}, label.empty() ? s.arms[static_cast<std::size_t>(arm)].id : label,
                Type::heading);
    const Box body{sheet.x0, sheet.y0 + 32, sheet.x1, sheet.y1 - 44};
    draw_levers(c, scene, body, levers_of(s, arm));
    double x = button(c, scene, {sheet.x0, sheet.y1 - 28}, tr("Run"), "run", true) + 8;
    x = button(c, scene, {x, sheet.y1 - 28}, tr("Save as YAML"), "save") + 8;
    if (!c.state.levers.empty())
        button(c, scene, {x, sheet.y1 - 28}, tr("Levers back"), "levers-back");
    draw_trial(c, scene, card(scene, {box.x1 - right, box.y0, box.x1, box.y1}));
}

}  // namespace tresse::viz::explorer
