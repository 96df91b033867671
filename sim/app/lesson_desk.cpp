#include "tresse/app/lesson_desk.hpp"

#include <algorithm>

#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/lesson/view.hpp"

#include "lesson_parts.hpp"

namespace tresse::app {

namespace {

using scenario::AnswerNumber;
using scenario::AnswerSheet;
using text::fill;
using text::tr;

/// Reads a file or adds its problems.
template <class Read> bool guarded(Problems& problems, Read&& read) {
    try {
        read();
        return true;
    } catch (const BadInput& bad) {
        for (const Problem& p : bad.problems().list())
            problems.add(p);
        return false;
    }
}

/// A typed number: spaces and a decimal comma are taken as people write them.
bool typed_number(const std::string& words, double& out) {
    std::string plain;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words.compare(i, 3, "\u2212") == 0)
            plain += '-', i += 2;
        else if (words.compare(i, 2, "\u00a0") == 0)
            i += 1;
        else if (words.compare(i, 3, "\u202f") == 0)
            i += 2;
        else if (words[i] != ' ')
            plain += words[i] == ',' ? '.' : words[i];
    }
    return parse_number(plain.starts_with('+') ? plain.substr(1) : plain, out);
}

void enter_one(const LessonDesk& desk, AnswerSheet& sheet, const std::string& key, const std::string& words, Problems& problems) {
    if (key == "why" || key == "reply") {
        (key == "why" ? sheet.why : sheet.reply) = words;
        return;
    }
    if (key == "prediction") {
        if (!sheet.prediction.empty() && sheet.prediction != words)
            return problems.add(desk.sheet_file, 0, key, fill(tr("you said {letter} already; a prediction is not changed once it is made. Predict anew to begin again."), {{"letter", sheet.prediction}}));
        for (std::size_t i = 0; i < desk.lesson.options.size(); ++i)
            if (words == scenario::option_letter(i)) {
                sheet.prediction = words;
                return;
            }
        return problems.add(desk.sheet_file, 0, key, fill(tr("\"{word}\" is none of the answers."), {{"word", words}}));
    }
    for (AnswerNumber& number : sheet.numbers)
        if (number.id == key) {
            double value = 0;
            if (!words.empty() && !typed_number(words, value))
                return problems.add(desk.sheet_file, 0, key, fill(tr("found \"{word}\", wanted a number."), {{"word", words}}));
            number.given = !words.empty(), number.value = value;
            return;
        }
    problems.add(desk.sheet_file, 0, key, tr("this lesson does not ask for it."));
}

}  // namespace

std::vector<LessonDesk> lesson_desks(const Session& session, Problems& problems) {
    std::vector<LessonDesk> out;
    for (const std::string& id : scenario::shipped_lessons(session.around().home)) {
        LessonDesk desk;
        const std::string folder = lesson_folder(id, session);
        desk.sheet_file = join_path(folder, "answers.yaml");
        desk.own_file = join_path(folder, "mine.yaml");
        const bool read = guarded(problems, [&] { desk.lesson = scenario::load_lesson(id, session.around().home); }) &&
                          guarded(problems, [&] { desk.sheet = sheet_of(desk.lesson, desk.sheet_file); });
        if (read)
            out.push_back(std::move(desk));
    }
    return out;
}

void enter(LessonDesk& desk, const Entries& entries) {
    AnswerSheet sheet = desk.sheet;
    Problems problems;
    for (const auto& [key, words] : entries)
        enter_one(desk, sheet, key, words, problems);
    if (problems.any())
        throw BadInput(std::move(problems));
    keep_sheet(sheet, desk.sheet_file);
    desk.sheet = std::move(sheet);
}

void predict_anew(LessonDesk& desk) {
    desk.sheet.prediction.clear(), desk.sheet.why.clear();
    desk.facts.clear(), desk.run.clear();
    keep_sheet(desk.sheet, desk.sheet_file);
}

bool run_lesson(LessonDesk& desk, const Options& options, Session& session) {
    if (desk.sheet.prediction.empty()) {
        Problems problems;
        problems.add(desk.sheet_file, 0, "prediction", tr("nothing is shown before a prediction: choose an answer first."));
        throw BadInput(std::move(problems));
    }
    const LessonRun made = run_lesson(desk.lesson, options, session);
    if (made.run.stopped)
        return false;
    desk.facts = made.facts;
    desk.run = made.run.folder;
    const int shown = tresse::lesson::shown_option(desk.lesson, desk.facts);
    desk.sheet.shown = shown < 0 ? "none" : scenario::option_letter(static_cast<std::size_t>(shown));
    keep_starter(desk.lesson, session);
    keep_sheet(desk.sheet, desk.sheet_file);
    return true;
}

void check_lesson(LessonDesk& desk, const Options& options, Session& session) {
    Checked checked = checked_lesson(desk.lesson, desk.own_file, options, session);
    desk.findings = std::move(checked.findings);
    desk.sheet = std::move(checked.sheet);
}

}  // namespace tresse::app
