// Lessons in the window: nothing before a prediction, the same sheet as the command line, and what is wrong is told.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/viz/explorer/window.hpp"
#include "tresse/viz/explorer/worker.hpp"

#include "village.hpp"

using namespace tresse;
using namespace tresse::viz;
using namespace tresse::viz::explorer;
namespace fs = std::filesystem;
using village::wait_for;

namespace {

using Lessons = std::vector<std::shared_ptr<const app::LessonDesk>>;

std::string words_of(const Screen& screen) {
    std::string out;
    for (const Shape& shape : screen.scene.shapes)
        out += shape.text + "\n";
    return out;
}

/// All lessons at the end of the road, with the numbers that make the longest pages: every fact there, everything checked.
Lessons finished(const std::string& folder) {
    const village::Still session(folder);
    Problems problems;
    Lessons out;
    for (app::LessonDesk& desk : app::lesson_desks(session, problems)) {
        desk.sheet.prediction = desk.sheet.shown = "a";
        desk.sheet.why = desk.sheet.reply = "because a long reason is given here that goes on for more than one line of the field it stands in, and on and on, and then some more";
        for (const scenario::LessonFact& fact : desk.lesson.facts)
            desk.facts.push_back({fact.id, true, 12345.6});
        for (const scenario::LessonCheck& check : desk.lesson.exercise.checks)
            desk.findings.push_back({false, check.needs, text::tr(check.look)});
        for (const scenario::LessonNumber& number : desk.lesson.exercise.numbers)
            desk.findings.push_back({false, number.id, text::tr(number.look)});
        out.push_back(std::make_shared<const app::LessonDesk>(std::move(desk)));
    }
    return out;
}

}  // namespace

TEST_CASE("the lessons of the window are the shipped ones in their order, and none is begun at first", "[explorer][lesson]") {
    const village::Folder folder("lessons-list");
    const village::Still session(folder.path);
    Problems problems;
    const auto desks = app::lesson_desks(session, problems);
    CHECK_FALSE(problems.any());
    REQUIRE(desks.size() == scenario::shipped_lessons(village::home).size());
    for (std::size_t i = 0; i < desks.size(); ++i) {
        CHECK(desks[i].lesson.number == static_cast<int>(i) + 1);
        CHECK(desks[i].sheet.prediction.empty());
        CHECK(desks[i].facts.empty());
    }
}

TEST_CASE("no number and no explanation of a lesson is on any page before a prediction, whatever is known", "[explorer][lesson]") {
    const village::Folder folder("lessons-law");
    Work work;
    for (const auto& desk : finished(folder.path)) {
        app::LessonDesk hidden = *desk;
        hidden.sheet.prediction.clear();
        work.lessons.push_back(std::make_shared<const app::LessonDesk>(std::move(hidden)));
    }
    State state;
    state.view = View::lessons;
    for (int lesson = 0; lesson < static_cast<int>(work.lessons.size()); ++lesson)
        for (int sheet = -1; sheet <= 3; ++sheet) {
            state.lesson = lesson, state.sheet = sheet;
            const Screen screen = screen_of({nullptr, nullptr, state, work, paper_measure()}, 1280, 800);
            const std::string words = words_of(screen);
            INFO(lesson << " " << sheet);
            CHECK(words.find("346") == std::string::npos);  // 12,345.6 as any fact would show it
            const scenario::Lesson& one = work.lessons[static_cast<std::size_t>(lesson)]->lesson;
            for (const auto& row : screen.page.picture.table.rows)
                for (const std::string& cell : row) {
                    CHECK(cell != text::tr(one.explains));
                    CHECK(cell != text::tr(one.exercise.task));
                }
        }
}

TEST_CASE("no page of a lesson is cut in any language at 1280 x 800", "[explorer][lesson]") {
    const village::Folder folder("lessons-cut");
    for (int lang = 0; lang < lang_count; ++lang) {
        text::set_language(static_cast<Lang>(lang));
        Work work;
        work.lessons = finished(folder.path);
        State state;
        state.view = View::lessons;
        state.lang = static_cast<Lang>(lang);
        for (int lesson = 0; lesson < static_cast<int>(work.lessons.size()); ++lesson)
            for (int sheet = 0; sheet <= 3; ++sheet) {
                state.lesson = lesson, state.sheet = sheet;
                std::string cut;
                for (const std::string& words : cut_texts(nullptr, state, work, 1280, 800))
                    cut += words + "\n";
                INFO(lang_code(state.lang) << " lesson " << lesson + 1 << " sheet " << sheet << "\n" << cut);
                CHECK(cut.empty());
                const Screen screen = laid_out(nullptr, state, work, 1280, 800);
                for (const Spot& spot : screen.scene.spots)
                    CHECK(spot.box.y1 < 800);
                double low = 0;  // nothing but the foot stands below the view
                for (const Shape& shape : screen.scene.shapes)
                    if (!shape.text.empty() && shape.points.front().y < 770)
                        low = std::max(low, shape.points.front().y);
                CHECK(low < screen.body.y1);
            }
    }
    text::set_language(Lang::en);
}

TEST_CASE("a number is taken as people write it, and what is none is told with every other wrong entry; nothing is kept then", "[explorer][lesson]") {
    const village::Folder folder("lessons-enter");
    const village::Still session(folder.path);
    Problems problems;
    app::LessonDesk desk = app::lesson_desks(session, problems).front();
    REQUIRE(desk.sheet.numbers.size() >= 2);
    const std::string first = desk.sheet.numbers[0].id, second = desk.sheet.numbers[1].id;
    app::enter(desk, {{"prediction", "b"}, {"why", "a; b"}, {first, "\u22122\u202f989,5"}, {second, "+1 000"}});
    CHECK(desk.sheet.number(first)->value == -2989.5);
    CHECK(desk.sheet.number(second)->value == 1000);
    const scenario::AnswerSheet kept = scenario::load_answers(desk.sheet_file);
    CHECK(kept.why == "a; b");
    CHECK(kept.prediction == "b");
    try {
        app::enter(desk, {{"why", "changed"}, {first, "many"}, {"no_such_number", "1"}, {"prediction", "c"}});
        FAIL("three wrong entries were taken");
    } catch (const BadInput& bad) {
        CHECK(bad.problems().list().size() == 3);
    }
    CHECK(scenario::load_answers(desk.sheet_file).why == "a; b");
    app::enter(desk, {{first, ""}});
    CHECK_FALSE(scenario::load_answers(desk.sheet_file).number(first)->given);
    app::predict_anew(desk);
    CHECK(scenario::load_answers(desk.sheet_file).prediction.empty());
    CHECK_THROWS_AS(app::enter(desk, {{"prediction", "z"}}), BadInput);
}

TEST_CASE("words with semicolons and accents go into the field that is open and nowhere else", "[explorer][lesson]") {
    State state;
    state.view = View::lessons;
    apply(state, "edit why before", {});
    CHECK(state.typing);
    CHECK(written(state) == "before");
    apply(state, "write déjà; view map; ça", {});
    CHECK(written(state) == "déjà; view map; ça");
    CHECK(state.view == View::lessons);
    CHECK(state.search.empty());
    CHECK(command_of_key("Enter", state) == "type off");
    CHECK(command_of_key("r", state).empty());
    apply(state, "type off", {});
    CHECK(command_of_key("r", state) == "learn run");
    apply(state, "edit why again", {});
    CHECK(written(state) == "déjà; view map; ça");
    apply(state, "type off", {});
    apply(state, "type on", {});
    apply(state, "write nurse", {});
    CHECK(state.search == "nurse");
    apply(state, "lesson 3", {});
    CHECK(state.entries.empty());
}

TEST_CASE("a lesson whose answer sheet is damaged is named, and the others are there", "[explorer][lesson]") {
    const village::Folder folder("lessons-damaged");
    fs::create_directories(fs::path(folder.path) / "lessons" / "costly-patients");
    std::ofstream(fs::path(folder.path) / "lessons" / "costly-patients" / "answers.yaml") << "format: 1\nkind: answers\nlesson: [\n";
    village::Still session(folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.read_lessons();
    const Work work = wait_for(worker).work;
    CHECK(work.failed);
    CHECK(work.message.find("costly-patients") != std::string::npos);
    CHECK(work.lessons.size() + 1 == scenario::shipped_lessons(village::home).size());
    worker.learn("no-such-lesson", "run", {});
    CHECK(wait_for(worker).work.failed);
}

TEST_CASE("a lesson in the window ends with the sheet, the run and the marks that the command line gives", "[explorer][lesson][slow]") {
    const village::Folder folder("lessons-run");
    village::Still session(folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.read_lessons();
    worker.learn("costly-patients", "run", {});
    Work work = wait_for(worker).work;
    CHECK(work.failed);  // no prediction yet
    CHECK(work.lessons.front()->facts.empty());
    worker.learn("costly-patients", "run", {{"prediction", "c"}, {"why", "they were ill once"}});
    work = wait_for(worker).work;
    INFO(work.message);
    REQUIRE_FALSE(work.failed);
    const app::LessonDesk desk = *work.lessons.front();
    CHECK(desk.facts.size() == desk.lesson.facts.size());
    CHECK(fs::exists(desk.run));
    CHECK(fs::exists(desk.own_file));
    const scenario::AnswerSheet kept = scenario::load_answers(desk.sheet_file);
    CHECK(kept.prediction == "c");
    CHECK_FALSE(kept.shown.empty());
    worker.learn("costly-patients", "check", {{desk.sheet.numbers.front().id, "1"}});
    work = wait_for(worker).work;
    const app::LessonDesk& checked = *work.lessons.front();
    CHECK_FALSE(checked.findings.empty());
    CHECK(checked.sheet.of == static_cast<int>(checked.findings.size()));
    CHECK(checked.sheet.right < checked.sheet.of);  // the file to finish has two things to change
    CHECK(scenario::load_answers(desk.sheet_file).right == checked.sheet.right);
}
