#include "tresse/viz/explorer/screen.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

/// The frame around the views: list of views, heading, arms, months, foot.
namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

constexpr double side = 188, edge = 28;

/// Marks a message for the catalogues; the words are looked up when they are drawn.
constexpr const char* later(const char* words) {
    return words;
}

void draw_side(const Context& c, Scene& scene, double height) {
    scene.box({0, 0, side, height}, ink(Role::surface));
    scene.line({{side + 0.5, 0}, {side + 0.5, height}}, ink(Role::rule), 1);
    // three strands, woven
    for (int i = 0; i < 3; ++i)
        scene.line({{22.0 + i * 6, 26}, {30.0 - i * 2 + 4, 34}, {22.0 + (2 - i) * 6, 44}}, arm_ink(i), 3);
    scene.words({48, 42}, "Tresse", Type::heading);
    const struct {
        int before;
        std::string words;
    } groups[] = {{0, tr("RESULTS")}, {6, tr("REASONS")}, {9, tr("WORK")}};
    double y = 72;
    std::size_t group = 0;
    for (const ViewEntry& entry : view_entries()) {
        const int index = static_cast<int>(entry.view);
        if (group < 3 && groups[group].before == index) {
            y += group > 0 ? 12 : 0;
            scene.words({22, y + 12}, groups[group].words, Type::caption, ink(Role::faint));
            y += 22;
            ++group;
        }
        const bool chosen = c.state.view == entry.view;
        const Box line{12, y, side - 12, y + 30};
        if (chosen)
            scene.box(line, ink(Role::raised), 6);
        if (chosen)
            scene.box({12, y + 6, 15, y + 24}, ink(Role::accent), 1.5);
        scene.words({24, y + 19.5}, tr(entry.name), chosen ? Type::label : Type::body,
                    chosen ? ink(Role::text) : ink(Role::muted));
        scene.spot(line, "view " + std::string(view_word(entry.view)), tr(entry.question));
        y += 32;
    }
    double foot = height - 108;
    constexpr const char* langs[] = {"EN", "FR", "NL", "DE"};
    double x = 18;
    for (int i = 0; i < lang_count; ++i) {
        const bool chosen = c.state.lang == static_cast<Lang>(i);
        const Box box{x, foot, x + 36, foot + 26};
        if (chosen)
            scene.box(box, ink(Role::raised), 5);
        scene.words({x + 18, foot + 17.5}, langs[i], Type::small, chosen ? ink(Role::text) : ink(Role::muted),
                    Anchor::middle);
        scene.spot(box, "lang " + std::string(lang_code(static_cast<Lang>(i))));
        x += 38;
    }
    foot += 34;
    const std::pair<const char*, const char*> tools[] = {
        {"A\u2212", "text smaller"},
        {"A+", "text larger"},
        {c.state.theme == Theme::light ? "\u263e" : "\u2600", "theme toggle"},
        {"?", "help"}};
    x = 18;
    for (const auto& [words, command] : tools) {
        scene.words({x + 18, foot + 17.5}, words, Type::small, ink(Role::muted), Anchor::middle);
        scene.spot({x, foot, x + 36, foot + 26}, command);
        x += 38;
    }
    const std::string open = tr("Open a run");
    scene.words({24, foot + 50}, open, Type::small, ink(Role::accent));
    scene.spot({14, foot + 34, side - 14, foot + 58}, "browse", "Ctrl+O");
}

/// Area, people, time; the code of the run at the right.
void draw_where(const Context& c, Scene& scene, const Box& box) {
    if (!c.brief) {
        scene.words({box.x0, box.y0 + 12}, tr("No run is open"), Type::small, ink(Role::muted));
        return;
    }
    const Brief& b = *c.brief;
    const std::string where =
        fill(tr("{area} · {people} people · {from} – {to}"), {{"area", b.area},
                                                              {"people", text::number(b.people, 0)},
                                                              {"from", text::month_name(b.start)},
                                                              {"to", text::month_name(b.start + (b.months - 1))}});
    const std::string run = fill(text::tr_n("run {run} · {n} future", "run {run} · {n} futures", b.replicates),
                                 {{"run", b.run}, {"n", b.replicates}});
    scene.words({box.x0, box.y0 + 12}, where, Type::small, ink(Role::muted));
    scene.words({box.x1, box.y0 + 12}, run, Type::small, ink(Role::faint), Anchor::end);
}

/// The arms with their shapes; a click looks at one.
double draw_arms(const Context& c, Scene& scene, Point at) {
    double x = at.x;
    for (std::size_t i = 0; i < c.snapshot->arms(); ++i) {
        const std::string name = c.snapshot->arm_name(i);
        const double w = c.measure.width(name, Type::small) + 40;
        const bool chosen = static_cast<int>(i) == arm_of(c) && i > 0;
        const Box box{x, at.y, x + w, at.y + 28};
        if (chosen) {
            scene.box(box, ink(Role::surface), 6);
            scene.frame(box, arm_ink(static_cast<int>(i)), 1.5, 6);
        }
        scene.arm_mark({x + 16, at.y + 14}, 5, static_cast<int>(i), arm_ink(static_cast<int>(i)));
        scene.words({x + 28, at.y + 18.5}, name, Type::small, chosen || i == 0 ? ink(Role::text) : ink(Role::muted));
        if (i > 0)
            scene.spot(box, "arm " + std::to_string(i),
                       c.brief && i < c.brief->arms.size() ? c.brief->arms[i].adds : "");
        x += w + 6;
    }
    return x;
}

bool uses_time(View view) {
    return view == View::overview || view == View::compare || view == View::map || view == View::money;
}

/// A year a notch, a month a step; the whole horizon stands before.
void draw_time(const Context& c, Scene& scene, const Box& box) {
    const Snapshot& s = *c.snapshot;
    const std::string all = fill(text::tr_n("the whole year", "all {n} years", (s.months_of_policy() + 11) / 12),
                                 {{"n", (s.months_of_policy() + 11) / 12}});
    double x = button(c, scene, {box.x0, box.y0}, all, "month all", c.state.month < 0) + 20;
    const std::string now = c.state.month < 0 ? "" : text::month_name(s.start() + c.state.month);
    const double right = box.x1 - 132, y = box.y0 + 10;
    const int months = std::max(1, s.months_of_policy());
    const auto place = [&](int month) { return x + (right - x) * month / months; };
    scene.line({{x, y}, {right, y}}, ink(Role::rule), 3);
    if (c.state.month >= 0) {
        const int first = c.state.month / 12 * 12;
        scene.line({{place(first), y}, {place(std::min(first + 12, months)), y}}, ink(Role::accent, 0.35), 3);
    }
    for (int m = 0; m <= months; ++m) {
        if (m % 12 == 0 && m < months) {
            scene.line({{place(m), y - 4}, {place(m), y + 4}}, ink(Role::faint), 1);
            scene.words({place(m), y + 19}, std::to_string((s.start() + m).year()), Type::caption, ink(Role::muted),
                        Anchor::start);
        }
        if (m < months)
            scene.spot({place(m), box.y0 - 4, place(m + 1), box.y0 + 28}, "month " + std::to_string(m),
                       text::month_name(s.start() + m), false);
    }
    if (c.state.month >= 0) {
        scene.dot({place(c.state.month), y}, 7, ink(Role::accent));
        scene.words({box.x1, y + 5}, now, Type::label, ink(Role::text), Anchor::end);
    }
}

void draw_foot(const Context& c, Scene& scene, const Box& box) {
    scene.line({{side + 1, box.y0 + 0.5}, {box.x1 + edge, box.y0 + 0.5}}, ink(Role::rule), 1);
    const double y = box.y0 + 19;
    if (c.work.busy) {
        const Box bar{box.x0, box.y0 + 11, box.x0 + 180, box.y0 + 19};
        scene.box(bar, ink(Role::raised), 4);
        scene.box({bar.x0, bar.y0, bar.x0 + bar.width() * std::clamp(c.work.share, 0.0, 1.0), bar.y1},
                  ink(Role::accent), 4);
        std::string words = c.work.what + "  " + text::percent(c.work.share);
        if (c.work.paused)
            words = tr("paused");
        else if (c.work.left >= 0)
            words += "  " + fill(tr("{time} left"), {{"time", text::duration(c.work.left)}});
        scene.words({bar.x1 + 12, y}, words, Type::small, ink(Role::muted));
        const double x = bar.x1 + 24 + c.measure.width(words, Type::small);
        scene.words({x, y}, c.work.paused ? tr("go on") : tr("pause"), Type::small, ink(Role::accent));
        const double w = c.measure.width(c.work.paused ? tr("go on") : tr("pause"), Type::small);
        scene.spot({x - 6, box.y0 + 4, x + w + 6, box.y0 + 27}, "pause");
        scene.words({x + w + 16, y}, tr("cancel"), Type::small, ink(Role::accent));
        scene.spot({x + w + 10, box.y0 + 4, x + w + 22 + c.measure.width(tr("cancel"), Type::small), box.y0 + 27},
                   "cancel");
        return;
    }
    std::string words = c.work.message;
    if (words.empty() && c.snapshot && !c.snapshot->remarks.empty())
        words = c.snapshot->remarks.front();
    const std::string last = words.empty() && c.brief && !c.brief->warnings.empty() ? c.brief->warnings.front() : words;
    if (!last.empty()) {
        const bool loud = c.work.failed || !c.work.message.empty() ? c.work.failed : true;
        if (loud)
            scene.area({{box.x0 + 6, box.y0 + 9}, {box.x0 + 12, box.y0 + 20}, {box.x0, box.y0 + 20}}, ink(Role::worse));
        const std::vector<std::string> lines = wrapped(last, box.width() - 330, Type::small, c.measure);
        scene.words({box.x0 + (loud ? 20 : 0), y}, lines.size() > 1 ? lines.front() + " \u2026" : last, Type::small,
                    ink(loud ? Role::text : Role::muted));
        scene.spot({box.x0, box.y0 + 2, box.x0 + box.width() - 320, box.y0 + 28}, "", last);
    }
}

/// Ways in which the figure leaves.
void draw_exports(const Context& c, Scene& scene, double right, double y) {
    double x = right;
    for (const auto& [words, command] : std::vector<std::pair<std::string, std::string>>{{tr("copy"), "export copy"},
                                                                                         {"CSV", "export csv"},
                                                                                         {"PNG", "export png"},
                                                                                         {"PDF", "export pdf"},
                                                                                         {"SVG", "export svg"}}) {
        const double w = c.measure.width(words, Type::small);
        scene.words({x - w, y}, words, Type::small, ink(Role::muted));
        scene.spot({x - w - 5, y - 16, x + 5, y + 8}, command);
        x -= w + 16;
    }
    scene.words({x, y}, tr("Figure as"), Type::small, ink(Role::faint), Anchor::end);
}

void draw_list_of_runs(const Context& c, Scene& scene, const Box& over) {
    scene.spots.clear();  // what is below does not answer
    scene.box(over, ink(Role::page, 0.75));
    const Box sheet{over.middle().x - 360, over.y0 + 80, over.middle().x + 360, over.y1 - 80};
    scene.spot(over, "browse");
    scene.box(sheet, ink(Role::surface), 10);
    scene.frame(sheet, ink(Role::rule), 1, 10);
    scene.spot(sheet, "scroll 0");
    scene.words({sheet.x0 + 28, sheet.y0 + 40}, tr("Which run?"), Type::heading);
    if (c.work.runs.empty())
        scene.paragraph({sheet.x0 + 28, sheet.y0 + 64, sheet.x1 - 28, sheet.y1},
                        tr("No run yet. Close this and press R to run the scenario first-look, which takes about a "
                           "minute for each future."),
                        Type::body, c.measure);
    double y = sheet.y0 + 64;
    for (std::size_t i = static_cast<std::size_t>(c.state.scroll); i < c.work.runs.size() && y + 44 < sheet.y1 - 16;
         ++i) {
        const RunEntry& run = c.work.runs[i];
        const Box line{sheet.x0 + 16, y, sheet.x1 - 16, y + 44};
        scene.words_in({sheet.x0 + 28, y + 18}, run.title, Type::label, 480, c.measure);
        scene.words({sheet.x0 + 28, y + 35},
                    run.date + " \u00b7 " + fill(text::tr_n("{n} arm", "{n} arms", run.arms), {{"n", run.arms}}) +
                        " \u00b7 " + fill(text::tr_n("{n} future", "{n} futures", run.futures), {{"n", run.futures}}) +
                        (run.complete ? "" : " \u00b7 " + tr("not complete")),
                    Type::small, ink(Role::muted));
        scene.words({sheet.x1 - 28, y + 18}, run.code, Type::small, ink(Role::faint), Anchor::end);
        scene.spot(line, "open " + run.path);
        y += 48;
    }
}

void draw_help(const Context& c, Scene& scene, const Box& over) {
    scene.spots.clear();
    scene.box(over, ink(Role::page, 0.75));
    scene.spot(over, "help");
    const auto keys = key_help();
    const double height = 84 + 26.0 * static_cast<double>(keys.size()) + 62;
    const Box sheet{over.middle().x - 320, over.middle().y - height / 2, over.middle().x + 320,
                    over.middle().y + height / 2};
    scene.box(sheet, ink(Role::surface), 10);
    scene.frame(sheet, ink(Role::rule), 1, 10);
    scene.words({sheet.x0 + 32, sheet.y0 + 42}, tr("Keys"), Type::heading);
    double y = sheet.y0 + 76;
    for (const auto& [key, what] : keys) {
        scene.words({sheet.x0 + 32, y}, key, Type::label);
        scene.words_in({sheet.x0 + 180, y}, what, Type::body, sheet.x1 - sheet.x0 - 212, c.measure);
        y += 26;
    }
    scene.paragraph(
        {sheet.x0 + 32, y - 4, sheet.x1 - 32, y + 60},
        tr("Grey means: cannot tell, or no difference that matters. Every view is also in the report, as text."),
        Type::small, c.measure, ink(Role::muted));
}

}  // namespace

const std::vector<ViewEntry>& view_entries() {
    static const std::vector<ViewEntry> entries = {
        {View::overview, later("Overview"), later("What would each policy change?"), overview_answer, draw_overview},
        {View::compare, later("Over time"), later("When does it change, and does it last?"), compare_answer,
         draw_compare},
        {View::map, later("Map"), later("Where does it change?"), map_answer, draw_map},
        {View::equity, later("Equity"), later("Who gains, who loses?"), equity_answer, draw_equity},
        {View::money, later("Money"), later("Who pays whom, and by which rule?"), money_answer, draw_money},
        {View::network, later("Network"), later("Who works with whom?"), network_answer, draw_network},
        {View::why, later("Why"), later("Through what does it change?"), why_answer, draw_why},
        {View::uncertainty, later("Uncertainty"), later("How sure is that, and is it worth its money?"),
         uncertainty_answer, draw_uncertainty},
        {View::person, later("Person"), later("What would one life be like?"), person_answer, draw_person},
        {View::scenario, later("Scenario"), later("What if it were done differently?"), scenario_answer, draw_scenario},
        {View::jury, later("Jury"), later("Which proposals stand out, and which cannot be told apart?"), jury_answer, draw_jury},
        {View::sources, later("Sources"), later("Where do the numbers come from?"), sources_answer, draw_sources},
        {View::lessons, later("Lessons"), later("What do you expect, and what does a run show?"), lessons_answer, draw_lessons},
    };
    return entries;
}

int arm_of(const Context& c) {
    if (!c.snapshot || c.snapshot->arms() < 2)
        return 0;
    const int last = static_cast<int>(c.snapshot->arms()) - 1;
    return c.state.arm < 0 ? last : std::clamp(c.state.arm, 0, last);
}

Screen screen_of(const Context& c, double width, double height) {
    Screen out;
    Scene& scene = out.scene;
    scene.width = width;
    scene.height = height;
    draw_side(c, scene, height);
    const Box inside{side + edge, 20, width - edge, height - 34};
    const bool of_run = c.state.view != View::jury && c.state.view != View::lessons;  // a round has dossiers, a lesson its own run
    if (of_run)
        draw_where(c, scene, inside);
    else if (c.work.round && c.state.view == View::jury)
        scene.words({inside.x0, inside.y0 + 12}, c.work.round->folder.substr(c.work.round->folder.rfind('/') + 1) + " \u00b7 " + c.work.round->sitting,
                    Type::small, ink(Role::muted));
    const ViewEntry& entry = view_entries()[static_cast<std::size_t>(c.state.view)];
    out.page.title = tr(entry.question);
    out.page.answer = entry.answer(c);
    double y = inside.y0 + 46;
    scene.words({inside.x0, y}, out.page.title, Type::title);
    y += 14;
    y += scene.paragraph({inside.x0, y, inside.x1 - 20, y}, out.page.answer, Type::body, c.measure, ink(Role::muted)) +
         10;
    const bool time = c.snapshot && uses_time(c.state.view);
    if (c.snapshot && of_run) {
        const double x = draw_arms(c, scene, {inside.x0, y});
        scope_chip(c, scene, {x + 6, y});
        y += 40;
    } else {
        y += 6;
    }
    out.body = {inside.x0, y, inside.x1, inside.y1 - (time ? 50 : 8)};
    entry.draw(c, out.body, scene, out.page);
    if (time)
        draw_time(c, scene, {inside.x0, inside.y1 - 36, inside.x1, inside.y1});
    draw_foot(c, scene, {inside.x0, height - 32, inside.x1, height});
    if (!out.page.picture.empty())
        draw_exports(c, scene, inside.x1, height - 13);
    if (c.state.browser)
        draw_list_of_runs(c, scene, {0, 0, width, height});
    else if (c.state.help)
        draw_help(c, scene, {0, 0, width, height});
    return out;
}

}  // namespace tresse::viz::explorer
