// Lessons without a run: what may be shown when, what a slip looks like, who may move what.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/file.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/lesson/game.hpp"
#include "tresse/lesson/grade.hpp"
#include "tresse/lesson/page.hpp"
#include "tresse/lesson/view.hpp"

using namespace tresse;
using namespace tresse::lesson;
using Catch::Matchers::Contains;

namespace {

const std::string home = TRESSE_SOURCE_DIR;

scenario::Game shipped_game() { return scenario::load_game(join_path(home, "scenarios/lessons/game/eight-agreements.yaml")); }

/// Facts of the first lesson, invented: 100 this year, 40 the next.
std::vector<FactValue> fell() { return {{"first", true, 1000}, {"next", true, 400}, {"fall", true, -600}}; }

}  // namespace

TEST_CASE("ten lessons are shipped, in the order of their numbers", "[lesson]") {
    const auto ids = scenario::shipped_lessons(home);
    REQUIRE(ids.size() == 10);
    CHECK(ids.front() == "costly-patients");
    for (std::size_t i = 0; i < ids.size(); ++i)
        CHECK(scenario::load_lesson(ids[i], home).number == static_cast<int>(i) + 1);
    CHECK_THROWS_AS(scenario::load_lesson("costly-patient", home), BadInput);
}

TEST_CASE("nothing of a result is shown before a prediction, whatever is known", "[lesson]") {
    const scenario::Lesson lesson = scenario::load_lesson("costly-patients", home);
    scenario::AnswerSheet sheet;
    sheet.lesson = lesson.id;
    const View before = view(lesson, sheet, fell());
    CHECK(before.step == Step::predict);
    CHECK(before.facts.empty());
    CHECK(before.verdict.empty());
    CHECK(before.says.empty());
    CHECK(before.explains.empty());
    for (const OptionView& option : before.options)
        CHECK_FALSE(option.shown);

    sheet.prediction = "a";
    const View after = view(lesson, sheet, fell());
    CHECK(after.step == Step::compare);
    CHECK(after.facts.size() == 3);
    CHECK(after.options.at(2).shown);  // -600 is below -500
    CHECK(after.options.at(0).chosen);
    CHECK_THAT(after.verdict, Contains("You said a; the run says c"));
}

TEST_CASE("an option counts as shown only when all its limits hold, and a missing number holds none", "[lesson]") {
    const scenario::Lesson lesson = scenario::load_lesson("costly-patients", home);
    CHECK(shown_option(lesson, std::vector<FactValue>{{"fall", true, 0}}) == 0);
    CHECK(shown_option(lesson, std::vector<FactValue>{{"fall", true, 900}}) == 1);
    CHECK(shown_option(lesson, std::vector<FactValue>{{"fall", true, -500}}) == -1);  // limits stay outside
    CHECK(shown_option(lesson, std::vector<FactValue>{{"fall", false, 0}}) == -1);
}

TEST_CASE("a slip is told by the number that was found", "[lesson]") {
    CHECK(slip_of(3.0, -3.0, 0.1) == Slip::turned_sign);
    CHECK(slip_of(17500, 17.5, 0.1) == Slip::thousands);
    CHECK(slip_of(0.25, 25, 0.1) == Slip::percent);
    CHECK(slip_of(5, 25, 0.1) == Slip::none);
    CHECK(slip_of(0.2, 0.0, 0.1) == Slip::none);  // of nothing no sign can be turned
}

TEST_CASE("an answer sheet reads back to the same sheet, and unknown keys are told", "[lesson]") {
    scenario::AnswerSheet sheet;
    sheet.lesson = "bundle", sheet.prediction = "b", sheet.why = "a \"word\": \\ and # more\ttab", sheet.reply = "naïf – œuvre";
    sheet.numbers = {{"x", true, -1.5}, {"y"}};
    sheet.right = 2, sheet.of = 3;
    Problems problems;
    const auto back = scenario::parse_answers(scenario::answers_yaml(sheet), "answers.yaml", problems);
    INFO(problems.text());
    CHECK_FALSE(problems.any());
    CHECK(back.why == "a \"word\": \\ and # more tab");  // an answer is one line
    CHECK(back.reply == sheet.reply);
    REQUIRE(back.numbers.size() == 2);
    CHECK(back.numbers[0].value == -1.5);
    CHECK_FALSE(back.numbers[1].given);
    CHECK(back.right == 2);
    Problems wrong;
    scenario::parse_answers("format: 1\nkind: answers\nlesson: bundle\npredicton: a\nnumbers: {x: much}\n", "answers.yaml", wrong);
    CHECK(wrong.count() == 2);
    CHECK_THAT(wrong.text(), Contains("predicton") && Contains("much"));
}

TEST_CASE("a lesson that names a fact it does not have, or lacks a language, is refused", "[lesson]") {
    std::string text = read_file(join_path(home, "scenarios/lessons/who-pays.yaml"), 1u << 20);
    text.replace(text.find("fact: total"), 11, "fact: totla");
    text.replace(text.find("  de: \"Wer zahlt"), 6, "  dd: ");
    Problems problems;
    scenario::parse_lesson(text, "who-pays.yaml", problems);
    CHECK_THAT(problems.text(), Contains("totla") && Contains("Nearest: total") && Contains("title"));
}

TEST_CASE("every lesson has its words in four languages and fits one printed side", "[lesson]") {
    for (const std::string& id : scenario::shipped_lessons(home)) {
        const scenario::Lesson lesson = scenario::load_lesson(id, home);
        for (const Lang lang : {Lang::en, Lang::fr, Lang::nl, Lang::de}) {
            const text::LanguageScope scope(lang);
            INFO(id << " " << lang_code(lang));
            const std::string html = page(lesson);
            CHECK_THAT(html, Contains("@page{size:A4") && Contains("lang=\"" + std::string(lang_code(lang)) + "\""));
            // At 10 points a side of 273 mm has about 58 lines of 100 letters. Counted: letters outside marks, the rows of tables and the lines to write on.
            std::size_t letters = 0, rows = 0;
            bool inside = true;
            for (std::size_t i = html.find("<body>"); i < html.size(); ++i) {
                if (html[i] == '<')
                    inside = true, rows += html.compare(i, 3, "<tr") == 0 || html.compare(i, 4, "<div") == 0 || html.compare(i, 3, "<h2") == 0;
                if (!inside && (html[i] & 0xC0) != 0x80)
                    ++letters;
                if (html[i] == '>')
                    inside = false;
            }
            CHECK(letters / 100 + rows <= 58);
            CHECK_THAT(html, !Contains("http"));
        }
    }
}

TEST_CASE("a lever moves only when all who hold it move it in one round", "[lesson]") {
    const scenario::Game game = shipped_game();
    const auto in = [&](std::vector<scenario::GameMove> moves, int rounds) { return in_force(game, moves, rounds); };
    CHECK(in({{0, "federal", "discharge"}}, 2).empty());
    CHECK(in({{0, "federal", "discharge"}, {1, "providers", "discharge"}}, 2).empty());  // one hand in each round
    const auto both = in({{1, "federal", "discharge"}, {1, "providers", "discharge"}}, 2);
    REQUIRE(both.size() == 1);
    CHECK(both[0].round == 1);
    CHECK(in({{1, "federal", "discharge"}, {1, "providers", "discharge"}}, 1).empty());  // not yet
    const std::vector<scenario::GameMove> half = {{0, "federal", "discharge"}};
    const auto lacks = waiting(game, half, 0);
    REQUIRE(lacks.size() == 1);
    CHECK(lacks[0].missing == std::vector<std::string>{"providers"});
}

TEST_CASE("what is in force starts with the first month of its round, over a horizon of the rounds played", "[lesson]") {
    const scenario::Game game = shipped_game();
    const std::vector<scenario::GameMove> moves = {{1, "federal", "discharge"}, {1, "providers", "discharge"}};
    const std::string text = scenario_text(game, moves, 2, "time: {policy_months: 60}\narms:\n  - id: today\n", Month::of(2026, 1));
    CHECK_THAT(text, Contains("policy_months: 120") && Contains("use: continuity/discharge-follow-up") && Contains("start: 2031-01"));
    CHECK_THAT(scenario_text(game, {}, 1, "time: {policy_months: 120}\n", Month::of(2026, 1)), Contains("policy_months: 60") && !Contains("components"));
}

TEST_CASE("the game has eight teams, each with levers and an account, and all eight agreements but the frame have a lever", "[lesson]") {
    const scenario::Game game = shipped_game();
    CHECK(game.teams.size() == 8);
    std::vector<int> levers(9, 0);
    for (const scenario::GameLever& lever : game.levers)
        ++levers[static_cast<std::size_t>(lever.agreement)];
    for (int agreement = 2; agreement <= 8; ++agreement)  // the first agreement is the frame that the game is
        CHECK(levers[static_cast<std::size_t>(agreement)] > 0);
    for (const scenario::GameTeam& team : game.teams) {
        INFO(team.id);
        CHECK_FALSE(levers_of(game, team.id).empty());
        CHECK_FALSE(team.sees.empty());
    }
    CHECK_THAT(negotiation_sheets(game), Contains("Sickness funds") && Contains("needs also the hand of"));
}

TEST_CASE("a move that is not the team's, an unknown lever and a round too many are told at once", "[lesson]") {
    const scenario::Game game = shipped_game();
    Problems problems;
    scenario::parse_moves("format: 1\nkind: moves\nrounds:\n  - patients: [new-deal]\n    federal: [dischrge]\n    king: [peers]\n  - {}\n  - {}\n", "moves.yaml", game, problems);
    CHECK_THAT(problems.text(), Contains("not this team's") && Contains("Nearest: discharge") && Contains("king") && Contains("2 rounds"));
}

TEST_CASE("the teacher's table has one row a sheet and counts predictions", "[lesson]") {
    scenario::AnswerSheet a, b;
    a.lesson = b.lesson = "bundle", a.prediction = "a", b.prediction = "c", a.right = 3, a.of = 5;
    const std::vector<Row> rows = {{"one/answers.yaml", a, ""}, {"two/answers.yaml", b, ""}};
    CHECK_THAT(class_table(rows, false), Contains("2 answer sheets") && Contains("3 / 5") && Contains("a: 1   c: 1"));
    CHECK_THAT(class_table(rows, true), Contains("one/answers.yaml,bundle,a,,3,5"));
}

TEST_CASE("numbers are read as people write them, and what is none is not read at all", "[lesson]") {
    const auto read = [](const char* text) {
        double value = 12345;
        return scenario::read_written(text, value) ? value : 12345;
    };
    CHECK(read("-2 989") == -2989);
    CHECK(read("\xE2\x88\x92" "2\xE2\x80\xAF" "989") == -2989);  // printed minus, narrow blank
    CHECK(read("+10") == 10);
    CHECK(read("17,5") == 17.5);
    CHECK(read("1.234,5") == 1234.5);
    CHECK(read("1,234.5") == 1234.5);
    CHECK(read("1 234 567") == 1234567);
    CHECK(read("2.989") == 2.989);
    CHECK(read("-2 98") == 12345);  // no group of three
    CHECK(read("2-989") == 12345);
    CHECK(read("about 8") == 12345);
    CHECK(read("") == 12345);
    Problems problems;
    const auto sheet = scenario::parse_answers("format: 1\nkind: answers\nlesson: bundle\nnumbers:\n  x: -2 989\n  y: +10\n", "answers.yaml", problems);
    CHECK_FALSE(problems.any());
    CHECK(sheet.numbers.at(0).value == -2989);
    CHECK(sheet.numbers.at(1).value == 10);
}

TEST_CASE("no two numbers of an exercise bear the same name, so a level is not called a change", "[lesson]") {
    for (const std::string& id : scenario::shipped_lessons(home)) {
        const scenario::Lesson lesson = scenario::load_lesson(id, home);
        for (const auto& one : lesson.exercise.facts)
            for (const auto& other : lesson.exercise.facts) {
                INFO(id << ": " << one.id << ", " << other.id);
                CHECK((one.id == other.id || one.label.in(Lang::en) != other.label.in(Lang::en)));
            }
    }
}

TEST_CASE("a lever has one letter for all teams, on the sheets too, and words that are none are told", "[lesson]") {
    const scenario::Game game = shipped_game();
    CHECK(lever_letter(game, game.levers.front()) == "A");
    const auto federal = levers_of(game, "federal"), flanders = levers_of(game, "flanders");
    const Named named = named_levers(game, "a, C A oops 99", federal);
    REQUIRE(named.levers.size() == 2);
    CHECK(named.levers[1]->id == "case-management");
    CHECK(named.unknown == std::vector<std::string>{"oops", "99"});
    CHECK(named_levers(game, "B", flanders).unknown == std::vector<std::string>{"B"});  // care plans are not in Flanders' hand
    CHECK_THAT(negotiation_sheets(game), Contains("<b>A</b>") && Contains("nobody: yours alone"));
}

TEST_CASE("each federated team can move something alone, in its own territory and on its own account", "[lesson]") {
    const scenario::Game game = shipped_game();
    for (const std::string team : {"flanders", "wallonia", "brussels", "german"}) {
        INFO(team);
        int alone = 0;
        for (const scenario::GameLever* lever : levers_of(game, team))
            alone += lever->teams.size() == 1 && !lever->per_entity.empty();
        CHECK(alone >= 1);
    }
    const std::string text = scenario_text(game, std::vector<scenario::GameMove>{{1, "german", "german-carers"}}, 2, "policy_months: 1\n", Month::of(2026, 1));
    CHECK_THAT(text, Contains("    per_entity:\n      german_community:\n        components:\n          - use:") && Contains("            start: 2031-01"));
}

TEST_CASE("moves that were played read back, rounds without a move too", "[lesson]") {
    const scenario::Game game = shipped_game();
    const std::vector<scenario::GameMove> moves = {{1, "federal", "discharge"}, {1, "federal", "governance"}};
    Problems problems;
    const auto back = scenario::parse_moves(scenario::moves_yaml(game, moves, 2), "moves.yaml", game, problems);
    CHECK_FALSE(problems.any());
    REQUIRE(back.size() == 2);
    CHECK((back[0].round == 1 && back[0].lever == "discharge" && back[1].lever == "governance"));
}

TEST_CASE("a sheet that cannot be read is a row of its own and is counted nowhere", "[lesson]") {
    scenario::AnswerSheet a;
    a.lesson = "bundle", a.prediction = "a";
    const std::vector<Row> rows = {{"one/answers.yaml", a, ""}, {"two/answers.yaml", {}, "two/answers.yaml:3: a tab"}};
    CHECK_THAT(class_table(rows, false), Contains("cannot be read: two/answers.yaml:3: a tab") && Contains("a: 1") && !Contains("-: 1"));
    CHECK_THAT(class_table(rows, true), Contains("two/answers.yaml:3: a tab"));
}
