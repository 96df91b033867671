#include <algorithm>
#include <cmath>
#include <tuple>

#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/scenario/arm.hpp"
#include "tresse/viz/explorer/lever.hpp"

#include "parts.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

std::string value_words(const Lever& lever, double value) {
    if (lever.is_month)
        return text::month_name(lever.origin + static_cast<int>(std::lround(value)));
    return lever.share ? text::percent(value, 1) : text::number(value, lever.step < 1 ? 1 : 0);
}

/// The key below its arm: "components[0].start". Files number arms, levers name them.
std::string below_arm(const std::string& key) {
    const std::size_t first = key.find('.');
    const std::size_t second = key.starts_with("arms.") ? key.find('.', first + 1) : first;
    return second == std::string::npos ? key : key.substr(second + 1);
}

bool ends_at(const std::string& where, const std::string& key) {
    return !where.empty() && where.starts_with("arms[") && below_arm(where) == below_arm(key);
}

std::string problem_of(const Context& c, const std::string& key) {
    for (const Problem& p : c.work.problems)
        if (ends_at(p.where, key))
            return p.message;
    return "";
}

/// Problems that stand at no field of this arm.
std::vector<std::string> other_problems(const Context& c, const std::vector<Lever>& levers) {
    std::vector<std::string> out;
    for (const Problem& p : c.work.problems)
        if (std::none_of(levers.begin(), levers.end(), [&](const Lever& l) { return ends_at(p.where, l.key) || ends_at(p.where, l.part); }))
            out.push_back((p.where.empty() ? p.file : p.where) + ": " + p.message);
    return out;
}

/// A slider of forty notches, with minus and plus for the keyboard.
void draw_slider(const Context& c, Scene& scene, const Box& box, const Lever& lever) {
    const double value = lever_value(lever, c.state), y = box.y0 + 13;
    const bool moved = lever_moved(lever, c.state);
    const double label = 112, right = 84;
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
    for (int i = 0; i <= notches; ++i) {
        const double v = lever.low + lever.step * i, half = track.width() / notches / 2;
        scene.spot({x(v) - half, box.y0, x(v) + half, box.y0 + 26}, lever_command(lever, v), "", false);
    }
    scene.words({track.x0 - 16, y + 5}, "\u2212", Type::label, ink(Role::muted), Anchor::middle);
    scene.spot({track.x0 - 26, box.y0, track.x0 - 8, box.y0 + 26}, lever_command(lever, value - lever.step), lever.key);
    scene.words({track.x1 + 16, y + 5}, "+", Type::label, ink(Role::muted), Anchor::middle);
    scene.spot({track.x1 + 8, box.y0, track.x1 + 26, box.y0 + 26}, lever_command(lever, value + lever.step), lever.key);
    scene.words({track.x1 + 30 + right, y + 4.5}, value_words(lever, value), Type::label,
                ink(moved ? Role::accent : Role::text), Anchor::end);
    scene.words_in({track.x1 + 38 + right, y + 4.5}, lever.unit, Type::small, box.x1 - track.x1 - 38 - right, c.measure,
                   ink(Role::muted));
}

/// A value with arrows: a step, and for months a year. Gives the right edge.
double draw_stepper(const Context& c, Scene& scene, Point at, const Lever& lever) {
    const double value = lever_value(lever, c.state);
    const bool moved = lever_moved(lever, c.state);
    double x = at.x;
    const double y = at.y + 17;
    scene.words({x, y}, lever.label, Type::small, ink(Role::muted));
    x += c.measure.width(lever.label, Type::small) + 10;
    const auto arrow = [&](const char* words, double by) {
        scene.words({x + 8, y}, words, Type::label, ink(Role::muted), Anchor::middle);
        scene.spot({x, at.y, x + 16, at.y + 26}, lever_command(lever, value + by), lever.key);
        x += 18;
    };
    if (lever.is_month)
        arrow("\u00ab", -12);
    arrow("\u2212", -lever.step);
    const auto months = static_cast<long long>(std::lround(value));
    const std::string words = lever.is_month ? value_words(lever, value) : fill(text::tr_n("{n} month", "{n} months", months), {{"n", months}});
    const double room = std::max(lever.is_month ? 108.0 : 84.0, c.measure.width(words, Type::small) + 12);
    scene.words({x + room / 2, y}, words, Type::small, ink(moved ? Role::accent : Role::text), Anchor::middle);
    x += room;
    arrow("+", lever.step);
    if (lever.is_month)
        arrow("\u00bb", 12);
    return x;
}

/// On or off: off is a dose of nothing, which every kind of dose knows.
void draw_switch(const Context& c, Scene& scene, Point at, const Lever& dose) {
    const bool on = lever_value(dose, c.state) > 0;
    scene.box({at.x, at.y, at.x + 30, at.y + 16}, ink(on ? Role::accent : Role::rule), 8);
    scene.dot({on ? at.x + 22 : at.x + 8, at.y + 8}, 6, ink(Role::surface));
    scene.words({at.x + 38, at.y + 12.5}, on ? tr("on") : tr("off"), Type::caption, ink(Role::muted));
    const std::string again = dose.value > 0 ? "lever-back " + dose.key : lever_command(dose, dose.step);
    scene.spot({at.x - 4, at.y - 4, at.x + 80, at.y + 20}, on ? "lever " + dose.key + " 0" : again, on ? tr("leave this out") : tr("take this up"));
}

using Part = std::vector<Lever>;

std::vector<Part> parts_of(const std::vector<Lever>& levers) {
    std::vector<Part> out;
    for (const Lever& lever : levers) {
        if (out.empty() || out.back().front().part != lever.part)
            out.emplace_back();
        out.back().push_back(lever);
    }
    return out;
}

/// A part of the arm: its name with a switch, its amounts, then its start and pace on one line. Gives the height used.
double draw_part(const Context& c, Scene& scene, const Box& box, const Part& part) {
    const bool off = part.front().dose && !(lever_value(part.front(), c.state) > 0);
    double y = box.y0;
    scene.words_in({box.x0, y + 16}, part.front().group, Type::label, box.width() - 100, c.measure, ink(off ? Role::muted : Role::text));
    if (part.front().dose)
        draw_switch(c, scene, {box.x1 - 76, y + 4}, part.front());
    y += 24;
    const auto trouble = [&](const std::string& key) {
        if (const std::string problem = problem_of(c, key); !problem.empty())
            y += scene.paragraph({box.x0 + 16, y, box.x1, y}, problem, Type::small, c.measure, ink(Role::worse)) + 4;
    };
    trouble(part.front().part);
    for (const Lever& lever : part)
        if (!lever.is_month && lever.key.find("full_after_months") == std::string::npos) {
            if (!off) {
                draw_slider(c, scene, {box.x0, y, box.x1, y + 26}, lever);
                y += 26;
            }
            trouble(lever.key);
        }
    if (off)
        return y + 4 - box.y0;
    double x = box.x0;
    for (const Lever& lever : part)
        if (lever.is_month || lever.key.find("full_after_months") != std::string::npos)
            x = draw_stepper(c, scene, {x, y}, lever) + 24;
    y += 28;
    for (const Lever& lever : part)
        if (lever.is_month || lever.key.find("full_after_months") != std::string::npos)
            trouble(lever.key);
    return y + 6 - box.y0;
}

/// Levers of the arm as it is, and of the actions that were added to it.
std::vector<Lever> all_levers(const Context& c, int arm) {
    std::vector<Lever> out = levers_of(*c.work.scenario, arm);
    if (!c.work.edited || c.work.edited->id != c.work.scenario->id)
        return out;
    const std::vector<std::string> added = added_to(*c.work.scenario, arm, c.state);
    for (Lever& lever : levers_of(*c.work.edited, arm))
        if (!added.empty() && std::none_of(out.begin(), out.end(), [&](const Lever& l) { return l.part == lever.part; }))
            out.push_back(std::move(lever));
    return out;
}

/// Which rows of a list are seen, and that it can be moved.
void say_rows(Scene& scene, const Box& box, std::size_t first, std::size_t end, std::size_t all) {
    if (first == 0 && end >= all)
        return;
    const std::string words = fill(tr("{from} – {to} of {all}"), {{"from", static_cast<long long>(first + 1)}, {"to", static_cast<long long>(end)}, {"all", static_cast<long long>(all)}});
    const double y = box.y0 - 22, x = box.x1 - 52;
    scene.words({x, y}, words, Type::small, ink(Role::muted), Anchor::end);
    for (const auto& [sign, by, at] : {std::tuple{"\u2191", "scroll -3", x + 14}, std::tuple{"\u2193", "scroll 3", x + 38}}) {
        scene.words({at, y}, sign, Type::label, ink(Role::accent), Anchor::middle);
        scene.spot({at - 11, y - 18, at + 11, y + 8}, by);
    }
}

void draw_levers(const Context& c, Scene& scene, const Box& box, int arm) {
    const std::vector<Lever> levers = all_levers(c, arm);
    const std::vector<Part> parts = parts_of(levers);
    double y = box.y0;
    for (const std::string& problem : other_problems(c, levers))
        y += scene.paragraph({box.x0, y, box.x1, y}, problem, Type::small, c.measure, ink(Role::worse)) + 4;
    const std::size_t first = std::min(static_cast<std::size_t>(c.state.scroll / 3), parts.empty() ? 0 : parts.size() - 1);
    std::size_t shown = first;
    for (; shown < parts.size(); ++shown) {
        Scene one;  // drawn aside, so that what does not fit is left for later
        const double height = draw_part(c, one, {box.x0, 0, box.x1, 0}, parts[shown]);
        if (y + height > box.y1 && shown > first)
            break;
        scene.append(one, 0, y);
        y += height;
    }
    say_rows(scene, box, first, shown, parts.size());
    if (levers.empty())
        scene.paragraph({box.x0, y, box.x1, box.y1}, tr("This arm adds nothing yet. Add an action, or choose another arm."), Type::body, c.measure, ink(Role::muted));
}

/// Actions of the library that the arm does not have yet.
void draw_actions(const Context& c, Scene& scene, const Box& box, int arm) {
    const scenario::Scenario& s = *c.work.scenario;
    const std::vector<std::string> added = added_to(s, arm, c.state);
    double y = box.y0;
    y += scene.paragraph({box.x0, y, box.x1, y}, tr("A click adds the action with a first dose: a tenth of those meant, or three in ten providers, full after two years, paid by health insurance. Then move its levers."),
                         Type::small, c.measure, ink(Role::muted)) + 10;
    const double column = (box.width() - 24) / 2, top = y;
    double x = box.x0;
    const std::vector<scenario::ComponentUse>& have = s.arms[static_cast<std::size_t>(arm)].spec->components;
    const std::size_t first = std::min(static_cast<std::size_t>(c.state.scroll), c.work.actions.empty() ? 0 : c.work.actions.size() - 1);
    std::size_t shown = first;
    for (; shown < c.work.actions.size(); ++shown) {
        const ActionEntry& action = c.work.actions[shown];
        const bool taken = std::find(added.begin(), added.end(), action.use) != added.end() ||
                           std::any_of(have.begin(), have.end(), [&](const scenario::ComponentUse& use) { return use.use == action.use; });
        const std::vector<std::string> name = wrapped(tr(action.name), column - 30, Type::small, c.measure);
        const std::vector<std::string> of = wrapped(tr(action.component), column - 30, Type::caption, c.measure);
        const double below = 14 + 15.0 * static_cast<double>(name.size());
        const double height = below - 5 + 14.0 * static_cast<double>(of.size());
        if (y + height > box.y1) {
            if (x > box.x0)
                break;
            x += column + 24, y = top;
        }
        for (std::size_t k = 0; k < name.size(); ++k)
            scene.words({x, y + 14 + 15.0 * static_cast<double>(k)}, name[k], Type::small, ink(taken ? Role::faint : Role::text));
        for (std::size_t k = 0; k < of.size(); ++k)
            scene.words({x, y + below + 14.0 * static_cast<double>(k)}, of[k], Type::caption, ink(Role::faint));
        scene.words({x + column - 8, y + 20}, taken ? "\u2713" : "+", Type::label, ink(taken ? Role::faint : Role::accent), Anchor::middle);
        if (!taken)
            scene.spot({x - 6, y, x + column + 4, y + height - 2}, add_command(s, arm, static_cast<int>(added.size()), action.use, action.on_providers),
                       action.use);
        y += height;
    }
    say_rows(scene, box, first, shown, c.work.actions.size());
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
        scene.words({box.x1, y + 28}, text::range(line.arms[0].difference, line.digits), Type::small, ink(Role::muted),
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
    const bool adding = c.state.sheet == 1;
    choices(c, scene, {sheet.x0, sheet.y0 + 26}, {{tr("What it does"), "sheet 0"}, {tr("Add an action"), "sheet 1"}}, adding ? 1 : 0);
    const Box body{sheet.x0, sheet.y0 + 66, sheet.x1, sheet.y1 - 40};
    if (adding)
        draw_actions(c, scene, body, arm);
    else
        draw_levers(c, scene, body, arm);
    double x = button(c, scene, {sheet.x0, sheet.y1 - 28}, tr("Run"), "run", true) + 8;
    x = button(c, scene, {x, sheet.y1 - 28}, tr("Save as YAML"), "save") + 8;
    if (!c.state.levers.empty())
        button(c, scene, {x, sheet.y1 - 28}, tr("Levers back"), "levers-back");
    draw_trial(c, scene, card(scene, {box.x1 - right, box.y0, box.x1, box.y1}));
}

}  // namespace tresse::viz::explorer
