#include "tresse/app/lesson.hpp"

#include <algorithm>

#include "tresse/core/file.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/lesson/page.hpp"
#include "tresse/lesson/view.hpp"
#include "tresse/store/run_folder.hpp"

#include "dearest.hpp"
#include "lesson_parts.hpp"

namespace tresse::app {

namespace {

using lesson::FactValue;
using lesson::View;
using scenario::AnswerSheet;
using text::fill;
using text::tr;

std::string sheet_path(const std::string& lesson, const Session& session) {
    return join_path(lesson_folder(lesson, session), "answers.yaml");
}

/// What one reads in the list: how far it is.
std::string progress_of(const scenario::Lesson& lesson, const Session& session) {
    const AnswerSheet sheet = sheet_of(lesson, sheet_path(lesson.id, session));
    if (sheet.of > 0)
        return fill(tr("checked: {right} of {of} right"), {{"right", sheet.right}, {"of", sheet.of}});
    if (!sheet.shown.empty())
        return tr("compared");
    return sheet.prediction.empty() ? "" : tr("predicted");
}

int list_lessons(Session& session) {
    std::string out = tr("Lessons: each takes a quarter of an hour, on a village, without a network.") + "\n";
    for (const std::string& id : scenario::shipped_lessons(session.around().home)) {
        const scenario::Lesson one = scenario::load_lesson(id, session.around().home);
        out += text::pad_left(std::to_string(one.number), 3) + "  " + text::pad_right(id, 24) + text::pad_right(tr(one.title), 52) +
               progress_of(one, session) + "\n";
    }
    out += "\n" + tr("Begin:  ./tresse lesson NAME        on paper: ./tresse lesson NAME --print\nCheck:  ./tresse lesson check NAME FILE\nGame:   ./tresse lesson game") + "\n";
    session.write(out);
    return done;
}

std::string heading(int step, const std::string& what) {
    return "\n" + fill(tr("Step {step} of 4: {what}"), {{"step", step}, {"what", what}}) + "\n";
}

/// Asks until an option is named. Throws: BadInput when nobody answers.
std::string ask_prediction(const scenario::Lesson& lesson, const View& view, Session& session) {
    std::string letters;
    for (const lesson::OptionView& option : view.options)
        letters += (letters.empty() ? "" : ", ") + option.letter;
    std::string line;
    while (session.ask(fill(tr("Your prediction ({letters}): "), {{"letters", letters}}), line)) {
        std::string word;
        for (const char c : line)
            if (c != ' ' && c != ')' && c != '\t' && c != '\r')
                word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (std::any_of(view.options.begin(), view.options.end(), [&](const auto& option) { return option.letter == word; }))
            return word;
        session.write(fill(tr("\"{word}\" is none of {letters}."), {{"word", word}, {"letters", letters}}) + "\n");
    }
    Problems problems;
    problems.add(lesson.id, 0, "prediction",
                 fill(tr("nobody answered, and nothing is shown before a prediction. In a script: printf 'a\\nbecause\\n' | ./tresse lesson {name}"),
                      {{"name", lesson.id}}));
    throw BadInput(std::move(problems));
}

void say_question(const View& view, Session& session) {
    std::string out = fill(tr("LESSON {number}  {title}"), {{"number", view.number}, {"title", view.title}}) + "\n\n" + paragraph(view.story) +
                      heading(1, tr("predict")) + paragraph(view.question);
    for (const lesson::OptionView& option : view.options)
        out += text::hanging("  " + option.letter + ")  ", 6, option.text);
    session.write(out + "\n");
}

void say_result(const View& view, double seconds, bool reused, const Simulated& run, Session& session) {
    std::string out = heading(2, tr("run"));
    out += "  ./tresse compare " + run.manifest.scenario_name + "\n  " +
           (reused ? fill(tr("run before: {folder}"), {{"folder", run.folder}})
                   : fill(tr("{time}, kept in {folder}"), {{"time", text::duration(seconds)}, {"folder", run.folder}})) +
           "\n\n";
    for (const lesson::FactView& fact : view.facts)
        out += "  " + text::pad_right(text::shorten(fact.label, 68), 70) + text::pad_left(fact.number, 10) + " " + fact.unit + "\n";
    out += heading(3, tr("compare")) + paragraph(view.verdict) + paragraph(view.says) + "\n" + paragraph(view.explains) + "\n" +
           paragraph(tr("What this run cannot show") + ": " + view.honest);
    session.write(out);
}

void say_exercise(const scenario::Lesson& lesson, const View& view, const std::string& file, Session& session) {
    std::string out = heading(4, tr("your turn")) + paragraph(view.task) + "\n";
    out += "  " + fill(tr("1. Finish this file:       {file}"), {{"file", file}}) + "\n";
    out += "  " + fill(tr("2. Run it:                 ./tresse compare {file}"), {{"file", file}}) + "\n";
    out += "  " + fill(tr("   Numbers of your arms:   ./tresse lesson numbers {name} {file}"), {{"name", lesson.id}, {"file", file}}) + "\n";
    out += "  " + fill(tr("3. Write the numbers in:   {file}"), {{"file", sheet_path(lesson.id, session)}}) + "\n";
    for (const std::string& asked : view.asked)
        out += text::hanging("       ", 9, asked);
    out += "  " + fill(tr("4. Check:                  ./tresse lesson check {name} {file}"), {{"name", lesson.id}, {"file", file}}) + "\n";
    out += "\n" + tr("A question back") + "\n" + paragraph(view.question_back);
    session.write(out);
}

int print_page(const scenario::Lesson& lesson, Session& session) {
    const std::string path =
        join_path(lesson_folder(lesson.id, session), lesson.id + "." + std::string(lang_code(text::language())) + ".html");
    make_folder(folder_of(path));
    write_file(path, lesson::page(lesson));
    session.write(fill(tr("One page for A4: {file}"), {{"file", path}}) + "\n");
    return done;
}

int learn(const std::string& name, const Lesson& how, const Options& options, Session& session) {
    const scenario::Lesson lesson = scenario::load_lesson(name, session.around().home);
    if (how.print)
        return print_page(lesson, session);
    const std::string path = sheet_path(lesson.id, session);
    AnswerSheet sheet = sheet_of(lesson, path);
    if (how.again)
        sheet.prediction.clear(), sheet.why.clear(), sheet.reply.clear();
    // What is no answer of this lesson is no prediction.
    const std::string predicted = scenario::is_option(lesson, sheet.prediction) ? sheet.prediction : "";
    sheet.prediction.clear();
    View view = lesson::view(lesson, sheet, {});
    say_question(view, session);
    if (predicted.empty()) {
        sheet.prediction = ask_prediction(lesson, view, session);
        session.ask(tr("Why do you think so? (one line, kept on your answer sheet): "), sheet.why);
        keep_sheet(sheet, path);
    } else {
        sheet.prediction = predicted;
        session.write(fill(tr("  You said {letter}. (--again asks anew)"), {{"letter", predicted}}) + "\n");
    }
    const double begin = session.seconds();
    const LessonRun made = run_lesson(lesson, options, session);
    if (made.run.stopped)
        return machine_refused;
    const int shown = lesson::shown_option(lesson, made.facts);
    sheet.shown = shown < 0 ? "none" : scenario::option_letter(static_cast<std::size_t>(shown));
    view = lesson::view(lesson, sheet, made.facts);
    say_result(view, session.seconds() - begin, made.run.reused, made.run, session);
    const std::string file = keep_starter(lesson, session);
    say_exercise(lesson, view, file, session);
    if (predicted.empty())  // a lesson seen again asks for nothing: a line typed for another question would land here
        session.ask(tr("Your answer (one line, or Enter for later): "), sheet.reply);
    else if (sheet.reply.empty())
        session.write(tr("  Your answer goes on the answer sheet, at reply; --again asks all anew.") + "\n");
    keep_sheet(sheet, path);
    session.write("\n" + fill(tr("Your answer sheet: {file} (no name in it)"), {{"file", path}}) + "\n");
    return done;
}

[[noreturn]] void usage(const std::string& word, const std::string& wanted) {
    Problems problems;
    problems.add(tr("The command line"), 0, "lesson " + word, fill(tr("wanted: {words}"), {{"words", wanted}}));
    throw BadInput(std::move(problems));
}

}  // namespace

std::string paragraph(const std::string& words, std::size_t indent) {
    std::string out;
    for (const std::string& line : text::wrap(words, 98 - indent))
        out += line.empty() ? "\n" : std::string(indent, ' ') + line + "\n";
    return out;
}

std::string lesson_folder(const std::string& lesson, const Session& session) {
    return join_path(join_path(session.around().results, "lessons"), lesson);
}

AnswerSheet sheet_of(const scenario::Lesson& lesson, const std::string& path) {
    AnswerSheet sheet;
    if (exists(path))
        sheet = scenario::load_answers(path);
    else
        sheet.lesson = lesson.id, sheet.file = "mine.yaml";
    for (const scenario::LessonNumber& number : lesson.exercise.numbers)
        if (!sheet.number(number.id))
            sheet.numbers.push_back({number.id});
    return sheet;
}

void keep_sheet(const AnswerSheet& sheet, const std::string& path) {
    make_folder(folder_of(path));
    write_file(path, scenario::answers_yaml(sheet));
}

std::vector<FactValue> lesson_facts(const std::vector<scenario::LessonFact>& wanted, const Simulated& run) {
    lesson::Material material;
    material.catalogue = run.scenario->catalogue.get();
    material.base = run.scenario->base;
    const store::RunFolder folder = store::RunFolder::open(run.folder);
    material.dearest = read_dearest(folder), material.lives = read_lives(folder);
    for (const ArmRun& arm : arms_of(*run.scenario, run.records))
        material.arms.push_back({arm.id, arm.futures});
    return lesson::facts(wanted, material);
}

void check_lesson(const std::string& path, Session& session, Problems& problems) {
    const scenario::Lesson lesson = scenario::load_lesson(path, session.around().home);
    const auto s = load(lesson.scenario, {}, session);
    std::vector<std::string> arms;
    for (const scenario::Arm& arm : s->arms)
        arms.push_back(arm.id);
    lesson::check_facts(lesson.facts, path, arms, *s->catalogue, problems);
    lesson::check_facts(lesson.exercise.facts, path, {"mine", s->base}, *s->catalogue, problems);
    scenario::check_sources(*s->sources, lesson.sources, problems);
}

LessonRun run_lesson(const scenario::Lesson& lesson, const Options& options, Session& session) {
    const auto scenario = load(lesson.scenario, options, session);
    Problems problems;
    std::vector<std::string> arms;
    for (const scenario::Arm& arm : scenario->arms)
        arms.push_back(arm.id);
    lesson::check_facts(lesson.facts, lesson.file, arms, *scenario->catalogue, problems);
    if (problems.any())
        throw BadInput(std::move(problems));
    LessonRun out;
    out.run = simulate(lesson.scenario, scenario, {}, options, session);
    if (out.run.stopped)
        return out;
    finish(out.run, options, session);
    out.facts = lesson_facts(lesson.facts, out.run);
    return out;
}

int lesson(const std::vector<std::string>& words, const Lesson& how, const Options& options, Session& session) {
    if (words.empty())
        return list_lessons(session);
    const std::string& word = words.front();
    if (word == "check") {
        if (words.size() != 3)
            usage(word, "./tresse lesson check NAME FILE");
        return lesson_check(words[1], words[2], options, session);
    }
    if (word == "numbers") {
        if (words.size() != 3)
            usage(word, "./tresse lesson numbers NAME FILE");
        return lesson_numbers(words[1], words[2], options, session);
    }
    if (word == "collect") {
        if (words.size() != 2)
            usage(word, "./tresse lesson collect FOLDER");
        return lesson_collect(words[1], options, session);
    }
    if (word == "game")
        return lesson_game({words.begin() + 1, words.end()}, how.print, options, session);
    if (words.size() != 1)
        usage(word, "./tresse lesson NAME");
    return learn(word, how, options, session);
}

}  // namespace tresse::app
