#include <algorithm>

#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/lesson/grade.hpp"
#include "tresse/lesson/view.hpp"
#include "tresse/scenario/reader.hpp"
#include "tresse/store/run_folder.hpp"

#include "lesson_parts.hpp"

namespace tresse::app {

namespace {

using lesson::Finding;
using scenario::AnswerSheet;
using text::fill;
using text::tr;

std::string kind_of(const std::string& path) {
    Problems problems;
    scenario::Document file(path, "", problems);
    return file.usable() ? file.root().maybe("kind").text_or("") : "";
}

struct Given {
    std::string file, sheet_path;
};

/// The student's file and answer sheet: a sheet beside the file comes before the one under the results.
Given given_of(const std::string& name, const std::string& word, const Session& session) {
    read_file(word, 8u << 20);  // says what is wrong with the path
    if (kind_of(word) == "answers") {
        const AnswerSheet sheet = scenario::load_answers(word);
        return {join_path(folder_of(word), sheet.file.empty() ? "mine.yaml" : sheet.file), word};
    }
    const std::string beside = join_path(folder_of(word), "answers.yaml");
    return {word, exists(beside) ? beside : join_path(lesson_folder(name, session), "answers.yaml")};
}

/// The newest finished run of this very file: the sheet may name it by folder or code, else it is looked for.
bool find_own_run(const scenario::Scenario& own, const std::string& named, const Session& session, Simulated& out) {
    const auto same = [&](const store::Manifest& m) {
        return std::find(m.input_hashes.begin(), m.input_hashes.end(), std::pair<std::string, std::uint64_t>("all", own.hash)) !=
                   m.input_hashes.end() &&
               m.state == store::State::complete && m.months == own.policy_months && m.sample == own.sample && m.seed == own.seed &&
               m.option("arm").empty() && m.option("area").empty();
    };
    std::string path;
    if (!named.empty()) {
        const store::Found found = store::find_run(session.around().results, named);
        path = same(found.manifest) ? found.path : "";
    } else {
        for (const store::Found& run : store::runs(session.around().results))
            if (same(run.manifest))
                path = run.path;
    }
    if (path.empty())
        return false;
    out = read_run(path, session);
    return true;
}

std::string findings_text(const std::vector<Finding>& findings) {
    std::string out;
    for (const Finding& finding : findings)
        out += text::hanging(finding.right ? "  ✔ " : "  ✖ ", 4, finding.text);
    const int right = lesson::right_of(findings), all = static_cast<int>(findings.size());
    out += "\n" + (right == all ? tr("All is right.") : fill(tr("{right} of {of} are right. Look again where ✖ stands, then check again."), {{"right", right}, {"of", all}})) + "\n";
    return out;
}

std::string findings_csv(const std::vector<Finding>& findings) {
    std::string out = csv_line({"about", "right", "text"});
    for (const Finding& finding : findings)
        out += csv_line({finding.about, finding.right ? "1" : "0", finding.text});
    return out;
}

/// An answer sheet, also one so broken that its kind cannot be read: then its name or its text says so.
bool is_sheet(const std::string& path) {
    Problems problems;
    scenario::Document file(path, "", problems);
    if (file.usable())
        return file.root().maybe("kind").text_or("") == "answers" || name_of(path).starts_with("answers");
    return name_of(path).starts_with("answers") || (exists(path) && read_file(path, 8u << 20).find("kind: answers") != std::string::npos);
}

/// A row of the class; what is wrong with a sheet stays in its row.
lesson::Row row_of(const std::string& where, const std::string& path, const Session& session) {
    lesson::Row row{where, {}, ""};
    try {
        row.sheet = scenario::load_answers(path);
        const auto known = scenario::shipped_lessons(session.around().home);
        Problems problems;
        if (std::find(known.begin(), known.end(), row.sheet.lesson) == known.end())
            problems.add(path, 0, "lesson", fill(tr("\"{word}\" is no lesson. Nearest: {near}"), {{"word", row.sheet.lesson}, {"near", nearest(row.sheet.lesson, known)}}));
        else if (!row.sheet.prediction.empty() && !scenario::is_option(scenario::load_lesson(row.sheet.lesson, session.around().home), row.sheet.prediction))
            problems.add(path, 0, "prediction", fill(tr("\"{word}\" is none of the answers of this lesson."), {{"word", row.sheet.prediction}}));
        if (problems.any())
            throw BadInput(std::move(problems));
    } catch (const BadInput& bad) {
        for (const Problem& p : bad.problems().list())
            row.broken += (row.broken.empty() ? "" : "; ") + where + (p.line > 0 ? ":" + std::to_string(p.line) : "") + (p.where.empty() ? "" : " " + p.where) + ": " + p.message;
    }
    return row;
}

/// Answer sheets below a folder, at most four folders deep.
void gather(const std::string& folder, int depth, std::vector<std::string>& out) {
    for (const std::string& name : names_in(folder)) {
        const std::string path = join_path(folder, name);
        if (is_folder(path)) {
            if (depth > 0 && !name.starts_with("."))
                gather(path, depth - 1, out);
        } else if (name.ends_with(".yaml") && is_sheet(path)) {
            out.push_back(path);
        }
    }
}

}  // namespace

std::string starter_text(const scenario::Lesson& lesson) {
    std::string text = read_file(lesson.scenario, 1u << 20);
    const std::size_t cut = text.find("\n  # --- ");
    text.resize(cut == std::string::npos ? text.size() : cut + 1);
    const std::string old_id = "\nid: lesson-" + lesson.id + "\n";
    if (const std::size_t at = text.find(old_id); at != std::string::npos)
        text.replace(at, old_id.size(), "\nid: mine-" + lesson.id + "\n");
    text += lesson.exercise.starter;
    if (!text.ends_with('\n'))
        text += '\n';
    if (!lesson.exercise.rule_from.empty())
        text += "own_files: [my-rule.yaml]\n";
    return text;
}

std::string keep_starter(const scenario::Lesson& lesson, const Session& session) {
    const std::string folder = lesson_folder(lesson.id, session), file = join_path(folder, "mine.yaml");
    make_folder(folder);
    if (!exists(file))
        write_file(file, starter_text(lesson));
    const std::string& from = lesson.exercise.rule_from;
    const std::string rule = join_path(folder, "my-rule.yaml");
    if (!from.empty() && !exists(rule)) {
        std::string text = read_file(join_path(session.around().home, "scenarios/library/funding/" + from + ".yaml"), 1u << 20);
        const std::string old_id = "\nid: " + from + "\n";
        if (const std::size_t at = text.find(old_id); at != std::string::npos)
            text.replace(at, old_id.size(), "\nid: my-rule\n");
        write_file(rule, text);
    }
    return file;
}

Checked checked_lesson(const scenario::Lesson& lesson, const std::string& word, const Options& options, Session& session) {
    const Given paths = given_of(lesson.id, word, session);
    Checked out;
    out.sheet = sheet_of(lesson, paths.sheet_path);
    if (out.sheet.lesson != lesson.id) {
        Problems problems;
        problems.add(paths.sheet_path, 0, "lesson", fill(tr("this sheet is of the lesson {other}, not of {name}."), {{"other", out.sheet.lesson}, {"name", lesson.id}}));
        throw BadInput(std::move(problems));
    }
    const auto given = load(lesson.scenario, {}, session);
    const auto own = load(paths.file, options, session);
    Simulated run;
    lesson::Work work;
    work.lesson = &lesson, work.given = given.get(), work.own = own.get(), work.sheet = &out.sheet;
    work.has_run = find_own_run(*own, out.sheet.run, session, run);
    if (work.has_run)
        work.futures = run.manifest.replicates, work.facts = lesson_facts(lesson.exercise.facts, run);
    out.findings = lesson::grade(work);
    out.sheet.right = lesson::right_of(out.findings), out.sheet.of = static_cast<int>(out.findings.size());
    if (exists(paths.sheet_path))
        keep_sheet(out.sheet, paths.sheet_path);
    return out;
}

int lesson_check(const std::string& name, const std::string& word, const Options& options, Session& session) {
    const scenario::Lesson lesson = scenario::load_lesson(name, session.around().home);
    const Checked checked = checked_lesson(lesson, word, options, session);
    session.write(options.format == Format::csv ? findings_csv(checked.findings) : findings_text(checked.findings));
    return checked.sheet.right == checked.sheet.of ? done : says_no;
}

int lesson_numbers(const std::string& name, const std::string& word, const Options& options, Session& session) {
    const scenario::Lesson lesson = scenario::load_lesson(name, session.around().home);
    const Given paths = given_of(lesson.id, word, session);
    const auto own = load(paths.file, options, session);
    Simulated run;
    if (!find_own_run(*own, "", session, run)) {
        Problems problems;
        problems.add(paths.file, 0, "", fill(tr("no finished run of this file as it stands. Run it first: ./tresse compare {file}"), {{"file", paths.file}}));
        throw BadInput(std::move(problems));
    }
    std::string out = run.folder + "\n";
    const auto values = lesson_facts(lesson.exercise.facts, run);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const scenario::LessonFact& fact = lesson.exercise.facts[i];
        if (fact.take == "value" && values[i].there)
            out += "  " + text::pad_right(fact.arm.empty() ? own->base : fact.arm, 10) + text::pad_right(text::shorten(tr(fact.label), 58), 60) + text::pad_left(text::number(values[i].value, fact.digits), 12) + " " + tr(fact.unit) + "\n";
    }
    session.write(out);
    return done;
}

int lesson_collect(const std::string& folder, const Options& options, Session& session) {
    Problems problems;
    if (!is_folder(folder)) {
        problems.add(folder, 0, "", tr("this is no folder."));
        throw BadInput(std::move(problems));
    }
    std::vector<std::string> files;
    gather(folder, 4, files);
    std::vector<lesson::Row> rows;
    for (const std::string& file : files)
        rows.push_back(row_of(file.substr(std::min(file.size(), folder.size() + (folder.ends_with('/') ? 0 : 1))), file, session));
    if (rows.empty())
        problems.add(folder, 0, "", tr("holds no answer sheet (a file of kind answers)."));
    if (problems.any())
        throw BadInput(std::move(problems));
    session.write(lesson::class_table(rows, options.format == Format::csv));
    return done;
}

}  // namespace tresse::app
