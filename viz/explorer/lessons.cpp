#include <algorithm>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/lesson/view.hpp"

#include "parts.hpp"

/// Lessons: a prediction before anything is shown, a run on a village, the comparison, a file of one's own, a question back.
namespace tresse::viz::explorer {

namespace {

using app::LessonDesk;
using lesson::FactView;
using lesson::OptionView;
using lesson::Step;
using text::fill;
using text::tr;

constexpr double side_width = 268;

const LessonDesk* desk_of(const Context& c) {
    if (c.work.lessons.empty())
        return nullptr;
    return c.work.lessons[std::min(static_cast<std::size_t>(c.state.lesson), c.work.lessons.size() - 1)].get();
}

lesson::View view_of(const LessonDesk& desk) {
    return lesson::view(desk.lesson, desk.sheet, desk.facts);
}

/// How far a lesson is, as the list of the command line says it.
std::string progress_of(const LessonDesk& desk) {
    const scenario::AnswerSheet& sheet = desk.sheet;
    if (sheet.of > 0)
        return fill(tr("checked: {right} of {of} right"), {{"right", sheet.right}, {"of", sheet.of}});
    if (!sheet.shown.empty())
        return tr("compared");
    return sheet.prediction.empty() ? tr("not begun") : tr("predicted");
}

/// Writes from the top down.
struct Sheet {
    const Context& c;
    Scene& scene;
    Box in;
    double y;

    Sheet(const Context& context, Scene& into, const Box& box) : c(context), scene(into), in(box), y(box.y0) {}
    void say(const std::string& words, Type type, Role role, double gap, double indent = 0) {
        if (!words.empty())
            y += scene.paragraph({in.x0 + indent, y, in.x1, in.y1}, words, type, c.measure, ink(role)) + gap;
    }
    void rule(double gap) {
        scene.line({{in.x0, y}, {in.x1, y}}, ink(Role::rule), 1);
        y += gap;
    }
    /// A line to write in. Gives what stands in it.
    std::string field(const std::string& key, const std::string& kept, const std::string& label, const Box& box) {
        std::string words = kept;
        for (const auto& [name, written] : c.state.entries)
            if (name == key)
                words = written;
        const bool open = c.state.typing && c.state.field == key;
        scene.box(box, ink(Role::raised), 6);
        if (open)
            scene.frame(box, ink(Role::accent), 1.5, 6);
        // the end of a long line is what is being written
        std::string shown = words;
        while (c.measure.width(shown, Type::small) > box.width() - 30 && !shown.empty()) {
            shown.erase(0, 1);
            while (!shown.empty() && (static_cast<unsigned char>(shown.front()) & 0xC0u) == 0x80u)
                shown.erase(0, 1);
        }
        const bool hint = words.empty() && !open;
        scene.words({box.x0 + 12, box.y0 + 18.5}, hint ? label : shown + (open ? "|" : ""), Type::small, ink(hint ? Role::faint : Role::text));
        scene.spot(box, "edit " + key + " " + words, label);
        return words;
    }
};

void draw_list(const Context& c, Scene& scene, const Box& box) {
    double y = box.y0;
    for (std::size_t i = 0; i < c.work.lessons.size(); ++i) {
        const LessonDesk& one = *c.work.lessons[i];
        const bool chosen = &one == desk_of(c);
        const std::vector<std::string> lines = wrapped(tr(one.lesson.title), box.width() - 26, Type::small, c.measure);
        const double height = 28 + 15.0 * static_cast<double>(lines.size());
        const Box row{box.x0 - 8, y, box.x1 + 8, y + height};
        if (row.y1 > box.y1 + 10)
            break;
        if (chosen)
            scene.box(row, ink(Role::raised), 6);
        scene.words({box.x0 + 14, y + 18}, std::to_string(one.lesson.number), Type::small, ink(Role::muted), Anchor::end);
        for (std::size_t k = 0; k < lines.size(); ++k)
            scene.words({box.x0 + 24, y + 18 + 15.0 * static_cast<double>(k)}, lines[k], Type::small, ink(chosen ? Role::accent : Role::text));
        const bool all_right = one.sheet.of > 0 && one.sheet.right == one.sheet.of;
        scene.words_in({box.x0 + 24, y + height - 7}, (all_right ? "\u2713 " : "") + progress_of(one), Type::caption, box.width() - 26, c.measure,
                       ink(all_right ? Role::better : Role::faint));
        scene.spot(row, "lesson " + std::to_string(i));
        y += height + 1;
    }
}

/// The answers to choose from; after the prediction they only show what was said and what the run says.
void draw_options(Sheet& s, const lesson::View& view, bool open) {
    for (const OptionView& option : view.options) {
        const std::vector<std::string> lines = wrapped(option.text, s.in.width() - 60, Type::body, s.c.measure);
        const Box row{s.in.x0, s.y, s.in.x1, s.y + 12 + 20.0 * static_cast<double>(lines.size())};
        const bool chosen = open ? s.c.state.guess == option.letter : option.chosen;
        s.scene.box(row, ink(Role::raised), 6);
        if (chosen)
            s.scene.frame(row, ink(Role::accent), 1.5, 6);
        s.scene.ring({row.x0 + 20, row.y0 + 16}, 6, ink(chosen ? Role::accent : Role::faint), 1.5);
        if (chosen)
            s.scene.dot({row.x0 + 20, row.y0 + 16}, 3.5, ink(Role::accent));
        s.scene.words({row.x0 + 36, row.y0 + 21}, option.letter, Type::label, ink(Role::muted));
        for (std::size_t k = 0; k < lines.size(); ++k)
            s.scene.words({row.x0 + 54, row.y0 + 21 + 20.0 * static_cast<double>(k)}, lines[k], Type::body);
        if (open)
            s.scene.spot(row, "predict " + option.letter);
        s.y = row.y1 + 6;
    }
}

void draw_prediction(Sheet& s, const LessonDesk& desk, const lesson::View& view) {
    s.say(view.story, Type::body, Role::muted, 14);
    s.say(view.question, Type::heading, Role::text, 12);
    const bool open = desk.sheet.prediction.empty();
    draw_options(s, view, open);
    s.y += 6;
    if (open)
        s.field("why", desk.sheet.why, tr("Why do you think so? (one line, kept on your answer sheet): "), {s.in.x0, s.y, s.in.x1, s.y + 28});
    else if (!desk.sheet.why.empty())
        s.say(desk.sheet.why, Type::small, Role::muted, 0);
    s.y += 40;
    if (open && s.c.state.guess.empty())
        return s.say(tr("Choose an answer first: nothing is shown before a prediction."), Type::small, Role::muted, 0);
    if (view.step == Step::run || open)
        button(s.c, s.scene, {s.in.x0, s.y}, open ? tr("Keep my prediction and run the village") : tr("Run the village"), "learn run", true);
    else
        button(s.c, s.scene, {s.in.x0, s.y}, tr("Predict anew"), "sheet 0; learn again");
}

void draw_facts(Sheet& s, const lesson::View& view) {
    const double number = s.in.x1 - 130;
    for (const FactView& fact : view.facts) {
        const std::vector<std::string> lines = wrapped(fact.label, number - 90 - s.in.x0, Type::small, s.c.measure);
        for (std::size_t k = 0; k < lines.size(); ++k)
            s.scene.words({s.in.x0, s.y + 13 + 15.0 * static_cast<double>(k)}, lines[k], Type::small);
        s.scene.words({number - 8, s.y + 13}, fact.number, Type::label, ink(Role::text), Anchor::end);
        s.scene.words_in({number, s.y + 13}, fact.unit, Type::small, 130, s.c.measure, ink(Role::muted));
        s.y += 4 + 15.0 * static_cast<double>(std::max<std::size_t>(lines.size(), 1));
        s.scene.line({{s.in.x0, s.y}, {s.in.x1, s.y}}, ink(Role::grid), 1);
        s.y += 3;
    }
}

void draw_comparison(Sheet& s, const LessonDesk& desk, const lesson::View& view) {
    if (view.step == Step::predict)
        return s.say(tr("Nothing is shown before a prediction."), Type::body, Role::muted, 0);
    if (view.facts.empty()) {
        s.say(tr("Not run yet in this sitting: run the village, it takes seconds."), Type::body, Role::muted, 12);
        button(s.c, s.scene, {s.in.x0, s.y}, tr("Run the village"), "learn run", true);
        return;
    }
    draw_facts(s, view);
    s.y += 10;
    s.say(view.verdict, Type::label, Role::text, 6);
    s.say(view.says, Type::small, Role::text, 8);
    s.say(view.explains, Type::small, Role::text, 8);
    s.say(tr("What this run cannot show") + ": " + view.honest, Type::small, Role::muted, 12);
    double x = button(s.c, s.scene, {s.in.x0, s.y}, tr("Look at this run in the other views"), "view overview; open " + desk.run) + 8;
    button(s.c, s.scene, {x, s.y}, tr("Your turn"), "sheet 2", true);
}

/// Whether the result was shown, now or before this sitting: only then comes the task.
bool was_shown(const LessonDesk& desk) {
    return !desk.sheet.prediction.empty() && !desk.sheet.shown.empty();
}

void draw_task(Sheet& s, const LessonDesk& desk) {
    if (!was_shown(desk))
        return s.say(tr("First predict and run: then comes a file of your own."), Type::body, Role::muted, 0);
    s.say(tr(desk.lesson.exercise.task), Type::small, Role::text, 8);
    s.say(fill(tr("1. Finish this file:       {file}"), {{"file", desk.own_file}}), Type::small, Role::muted, 4);
    s.say(tr("2. Run it here, and read its numbers in the other views."), Type::small, Role::muted, 4);
    s.say(tr("3. Write the numbers below, and check."), Type::small, Role::muted, 10);
    for (const scenario::LessonNumber& number : desk.lesson.exercise.numbers) {
        const scenario::AnswerNumber* kept = desk.sheet.number(number.id);
        const std::vector<std::string> lines = wrapped(tr(number.ask), s.in.width() - 180, Type::small, s.c.measure);
        for (std::size_t k = 0; k < lines.size(); ++k)
            s.scene.words({s.in.x0, s.y + 14 + 16.0 * static_cast<double>(k)}, lines[k], Type::small);
        s.field(number.id, kept && kept->given ? text::number(kept->value, number.tolerance < 1 ? 3 : 0) : "", tr("a number"), {s.in.x1 - 160, s.y, s.in.x1, s.y + 28});
        s.y += std::max(36.0, 16.0 * static_cast<double>(lines.size()) + 10);
    }
    double x = button(s.c, s.scene, {s.in.x0, s.y}, tr("Run my file"), "run " + desk.own_file) + 8;
    button(s.c, s.scene, {x, s.y}, tr("Keep and check"), "sheet 3; learn check", true);
}

void draw_check(Sheet& s, const LessonDesk& desk) {
    if (!was_shown(desk))
        return s.say(tr("First predict and run: then comes a file of your own."), Type::body, Role::muted, 0);
    for (const lesson::Finding& finding : desk.findings) {
        s.scene.words({s.in.x0, s.y + 13}, finding.right ? "\u2713" : "\u2717", Type::label, ink(finding.right ? Role::better : Role::worse));
        s.say(finding.text, Type::small, finding.right ? Role::muted : Role::text, 5, 20);
    }
    if (desk.findings.empty())
        s.say(tr("Not checked yet in this sitting."), Type::small, Role::muted, 8);
    button(s.c, s.scene, {s.in.x0, s.y + 4}, tr("Keep and check"), "learn check", true);
    s.y += 48;
    s.rule(14);
    s.say(tr("A question back"), Type::label, Role::muted, 6);
    s.say(tr(desk.lesson.question_back), Type::body, Role::text, 10);
    s.field("reply", desk.sheet.reply, tr("Your answer (one line, or Enter for later): "), {s.in.x0, s.y, s.in.x1, s.y + 28});
    s.y += 40;
    button(s.c, s.scene, {s.in.x0, s.y}, tr("Keep my answer"), "learn keep");
    s.y += 44;
    s.say(fill(tr("Your answer sheet: {file} (no name in it)"), {{"file", desk.sheet_file}}), Type::caption, Role::faint, 0);
}

int page_of(const Context& c, const lesson::View& view) {
    if (c.state.sheet >= 0)
        return c.state.sheet;
    return view.step == Step::compare ? 1 : view.step == Step::your_turn ? 3 : 0;
}

/// The page in words: what the twin and a file hold.
void fill_table(const LessonDesk& desk, const lesson::View& view, Page& page) {
    DataTable& t = page.picture.table;
    t.columns = {tr("step"), tr("what"), tr("value"), tr("unit")};
    t.rows.push_back({tr("predict"), view.question, "", ""});
    for (const OptionView& option : view.options)
        t.rows.push_back({tr("predict"), option.letter + ") " + option.text, option.chosen ? tr("you said") : "", ""});
    for (const FactView& fact : view.facts)
        t.rows.push_back({tr("compare"), fact.label, fact.number, fact.unit});
    for (const std::string& words : {view.verdict, view.says, view.explains, view.honest})
        if (!words.empty())
            t.rows.push_back({tr("compare"), words, "", ""});
    if (!view.task.empty())
        t.rows.push_back({tr("your turn"), view.task, "", ""});
    for (const lesson::Finding& finding : desk.findings)
        t.rows.push_back({tr("your turn"), finding.text, finding.right ? tr("right") : tr("look again"), ""});
    if (!view.question_back.empty())
        t.rows.push_back({tr("A question back"), view.question_back, "", ""});
}

}  // namespace

std::string lessons_answer(const Context& c) {
    const LessonDesk* desk = desk_of(c);
    if (!desk)
        return tr("No lesson is here: scenarios/lessons/ holds them.");
    const lesson::View view = view_of(*desk);
    const std::string name = fill(tr("Lesson {number}, {title}:"), {{"number", view.number}, {"title", view.title}}) + " ";
    if (view.step == Step::predict)
        return name + tr("say what you expect; nothing is shown before.");
    if (view.step == Step::run)
        return name + fill(tr("you said {letter}; the run has not been looked at in this sitting."), {{"letter", desk->sheet.prediction}});
    return name + view.verdict;
}

void draw_lessons(const Context& c, const Box& box, Scene& scene, Page& page) {
    const LessonDesk* desk = desk_of(c);
    if (!desk) {
        page.is_empty = true;
        return empty_state(c, scene, box, tr("Each lesson takes a quarter of an hour, on a village, without a network."), "./tresse lesson");
    }
    const lesson::View view = view_of(*desk);
    draw_list(c, scene, card(scene, {box.x0, box.y0, box.x0 + side_width, box.y1}));
    const int at = page_of(c, view);
    const Box right{box.x0 + side_width + 16, box.y0, box.x1, box.y1};
    take_picture(scene, right, page, [&](Scene& own) {
        const Box in = card(own, right, 20);
        choices(c, own, {in.x0, in.y0}, {{tr("1 Predict"), "sheet 0"}, {tr("2 Run and compare"), "sheet 1"}, {tr("3 Your turn"), "sheet 2"}, {tr("4 Check"), "sheet 3"}}, at);
        own.words({in.x1, in.y0 + 18}, fill(text::tr_n("{n} minute", "{n} minutes", view.minutes), {{"n", view.minutes}}), Type::small, ink(Role::faint), Anchor::end);
        Sheet sheet(c, own, {in.x0, in.y0 + 44, in.x1, in.y1});
        if (at == 0)
            draw_prediction(sheet, *desk, view);
        else if (at == 1)
            draw_comparison(sheet, *desk, view);
        else if (at == 2)
            draw_task(sheet, *desk);
        else
            draw_check(sheet, *desk);
    });
    name_picture(c, page, "lesson-" + view.id, tr("the numbers are of the lesson's own run, on a village: too small to judge a policy by."));
    page.picture.run = "";
    fill_table(*desk, view, page);
}

}  // namespace tresse::viz::explorer
