// Lessons from the first question to the check, as a student goes through them. The right numbers are read from the files of the run folder
// where those hold them.
#include <cmath>
#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "../temporary_folder.hpp"
#include "tresse/app/answer.hpp"
#include "tresse/app/commands.hpp"
#include "tresse/app/lesson.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/lesson/facts.hpp"
#include "tresse/scenario/lesson.hpp"
#include "tresse/store/run_folder.hpp"

using namespace tresse;
using namespace tresse::app;
using Catch::Matchers::Contains;

namespace {

const std::string home = TRESSE_SOURCE_DIR;

/// A student at the keyboard, with a folder of results.
class Student : public Session {
public:
    using Session::Session;
    std::string screen;
    std::deque<std::string> types;
    void write(std::string_view text) override { screen += text; }
    void remark(std::string_view) override {}
    void warn(std::string_view text) override { screen += text; }
    bool ask(std::string_view question, std::string& line) override {
        screen += question;
        if (types.empty())
            return false;
        line = types.front();
        types.pop_front();
        return true;
    }
    void progress(double, double, std::string_view) override {}
    double seconds() override { return 1; }
    double memory() override { return 1e6; }
    bool stop_asked() override { return false; }
};

struct Desk {
    TemporaryFolder folder{"lesson"};
    std::string path = folder.path.string();
    Student student() const {
        Surroundings a;
        a.home = home, a.results = path, a.command = "tresse lesson", a.started = "2026-11-21T14:05:33Z", a.stamp = "2026-11-21T1405";
        a.program = 42, a.processors = 2;
        return Student(a);
    }
    std::string file(const std::string& lesson, const std::string& name) const { return path + "/lessons/" + lesson + "/" + name; }
    void change(const std::string& file, const std::string& from, const std::string& to) const {
        std::string text = read_file(file, 1u << 20);
        std::size_t at = text.find(from);
        INFO(file << ": " << from);
        REQUIRE(at != std::string::npos);
        for (; at != std::string::npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
        write_file(file, text);
    }
};

using Edits = std::vector<std::pair<std::string, std::string>>;  // of mine.yaml; "rule:" first: of my-rule.yaml

/// What a student who understood the task changes.
const std::map<std::string, Edits>& solutions() {
    static const std::map<std::string, Edits> all = {
        {"costly-patients", {{"start: 2026-01, full", "start: 2027-01, full"}, {"{flemish_community: 1.0}", "{nihdi_health_care: 1.0}"}}},
        {"who-pays", {{"{flemish_community: 1.0}", "{nihdi_health_care: 0.5, flemish_community: 0.5}"}}},
        {"list-without-hands",
         {{"      - {use: risk-stratification/risk-list",
           "      - {use: risk-stratification/case-finding, reach: {share_of_target: 1.0}, paid_by: {nihdi_health_care: 1.0}}\n"
           "      - {use: risk-stratification/risk-list"},
          {"    components:", "    capacities: [{role: gp, ratio: 0.85}]\n    components:"}}},
        {"capitation", {{"funding: []", "funding: [{use: blended-capitation, with: {share_of_practices: 0.40, full_after_months: 1}}]"}}},
        {"bundle", {{"funding: []", "funding: [{use: my-rule}]"}, {"rule:{value: 75, low: 50, high: 110", "{value: 110, low: 110, high: 110"}, {"rule:300.00", "440.00"}}},
        {"one-life", {{"prevention/lifestyle-course", "prevention/stop-smoking-advice"}}},
        {"efficiency-equity", {{"capacities: []", "capacities: [{role: gp, ratio: 0.9}]"}}},
        {"pilots-unseen", {{"eur_per_year: 8000", "eur_per_year: 800000"}, {"eur_per_year: 11000", "eur_per_year: 1100000"}}},
        {"scaling-up", {{"persons: 20", "persons: 200"}, {"full_after_months: 1,", "full_after_months: 36,"}}},
        {"reading-a-range", {{"replicates: 6", "replicates: 16"}}},
    };
    return all;
}

std::string run_of(const Desk& desk, const std::string& lesson) {
    std::string found;
    for (const store::Found& run : store::runs(desk.path))
        if (run.manifest.scenario == "mine-" + lesson)
            found = run.path;
    return found;
}

/// The number a student reads: in scores.csv or groups.csv, else by the tool's own names.
double read_number(const Desk& desk, const std::string& folder, const scenario::LessonFact& fact, bool& there) {
    const std::string column = fact.take == "value" ? "value" : fact.take;
    const std::string arm = fact.arm.empty() ? "today" : fact.arm;
    there = false;
    if (fact.of == "score" && (column == "value" || column == "difference" || column == "low" || column == "high")) {
        const CsvTable table = read_csv(join_path(folder, fact.income_fifth > 0 ? "groups.csv" : "scores.csv"));
        const auto at = [&](const char* name) {
            for (std::size_t i = 0; i < table.columns.size(); ++i)
                if (table.columns[i] == name)
                    return i;
            FAIL("no column " << name);
            return std::size_t{0};
        };
        for (const auto& row : table.rows)
            if (row[at("arm")] == arm && row[at("score")] == fact.name &&
                (fact.income_fifth == 0 || (row[at("by")] == "income_fifth" && row[at("group")] == std::to_string(fact.income_fifth)))) {
                double value = 0;
                there = parse_number(row[at(column.c_str())], value);
                return value;
            }
        return 0;
    }
    Student student = desk.student();
    const Simulated run = read_run(folder, student);
    lesson::Material material;
    material.catalogue = run.scenario->catalogue.get(), material.base = run.scenario->base;
    for (const ArmRun& one : arms_of(*run.scenario, run.records))
        material.arms.push_back({one.id, one.futures});
    const store::RunFolder open = store::RunFolder::open(folder);
    const auto whole = [](const std::string& text) {
        long long value = 0;
        parse_whole(text, value);
        return value;
    };
    for (const auto& row : open.read_table("dearest").rows)
        material.dearest.push_back({row[0], static_cast<int>(whole(row[1])), whole(row[2]), whole(row[3]), whole(row[4])});
    for (const auto& row : open.read_table("lives").rows)
        material.lives.push_back({row[0], static_cast<int>(whole(row[1])), whole(row[2]), whole(row[3]), whole(row[4]), whole(row[5]), whole(row[6])});
    const auto values = lesson::facts(std::vector<scenario::LessonFact>{fact}, material);
    there = values.at(0).there;
    return values.at(0).value;
}

/// Learns, finishes the file, runs it, writes the right numbers.
void solve(const Desk& desk, const std::string& id) {
    Student student = desk.student();
    student.types = {"b", "because", "later"};
    REQUIRE(app::lesson({id}, {}, {}, student) == done);
    for (const auto& [from, to] : solutions().at(id)) {
        const bool rule = from.starts_with("rule:");
        desk.change(desk.file(id, rule ? "my-rule.yaml" : "mine.yaml"), rule ? from.substr(5) : from, to);
    }
    Student runner = desk.student();
    REQUIRE(compare({desk.file(id, "mine.yaml")}, {}, runner) == done);
    const std::string folder = run_of(desk, id), path = desk.file(id, "answers.yaml");
    const scenario::Lesson lesson = scenario::load_lesson(id, home);
    scenario::AnswerSheet sheet = scenario::load_answers(path);
    sheet.numbers.clear();
    for (const scenario::LessonNumber& number : lesson.exercise.numbers)
        for (const scenario::LessonFact& fact : lesson.exercise.facts)
            if (fact.id == number.fact) {
                bool there = false;
                const double value = read_number(desk, folder, fact, there);
                INFO(number.id);
                CHECK(there);
                sheet.numbers.push_back({number.id, there, value});
            }
    write_file(path, scenario::answers_yaml(sheet));
}

}  // namespace

TEST_CASE("nobody at the keyboard: no prediction, nothing shown, nothing run", "[app]") {
    const Desk desk;
    Student student = desk.student();
    CHECK_THROWS_AS(app::lesson({"costly-patients"}, {}, {}, student), BadInput);
    CHECK_THAT(student.screen, Contains("What will these same people cost next year?") && !Contains("step 2"));
    CHECK(store::runs(desk.path).empty());
}

TEST_CASE("the list names all ten, and a page for A4 shows no result", "[app]") {
    const Desk desk;
    Student student = desk.student();
    CHECK(app::lesson({}, {}, {}, student) == done);
    CHECK_THAT(student.screen, Contains("costly-patients") && Contains("reading-a-range"));
    CHECK(app::lesson({"who-pays"}, {.print = true}, {}, student) == done);
    CHECK(exists(desk.file("who-pays", "who-pays.en.html")));
}

TEST_CASE("every lesson can be done: each exercise solved as asked passes its check", "[app][slow]") {
    for (const std::string& id : scenario::shipped_lessons(home)) {
        const Desk desk;
        INFO(id);
        solve(desk, id);
        Student student = desk.student();
        const int code = app::lesson({"check", id, desk.file(id, "mine.yaml")}, {}, {}, student);
        INFO(student.screen);
        CHECK(code == done);
        CHECK_THAT(student.screen, Contains("All is right."));
    }
}

TEST_CASE("what a lesson shows is one of the answers it offers", "[app][slow]") {
    for (const std::string& id : scenario::shipped_lessons(home)) {
        const Desk desk;
        Student student = desk.student();
        student.types = {"x", "A", "because"};  // what is no option is asked again; capitals are taken
        INFO(id);
        CHECK(app::lesson({id}, {}, {}, student) == done);
        CHECK_THAT(student.screen, Contains("\"x\" is none of") && !Contains("none of these answers") && !Contains("not in this run"));
        const auto sheet = scenario::load_answers(desk.file(id, "answers.yaml"));
        CHECK(sheet.prediction == "a");
        CHECK(sheet.shown.size() == 1);
    }
}

TEST_CASE("five planted wrong answers are found, each with where to look, and the right ones beside them pass", "[app][slow]") {
    const Desk desk;
    const std::string id = "costly-patients", sheet_path = desk.file(id, "answers.yaml"), mine = desk.file(id, "mine.yaml");
    solve(desk, id);
    const std::string right_sheet = read_file(sheet_path, 1u << 20), right_file = read_file(mine, 1u << 20);
    const scenario::AnswerSheet right = scenario::load_answers(sheet_path);
    const auto check = [&](const std::string& told) {
        Student student = desk.student();
        const int code = app::lesson({"check", id, mine}, {}, {}, student);
        INFO(student.screen);
        CHECK(code == says_no);
        std::string flat;  // sentences are wrapped on the screen
        for (const char c : student.screen)
            if (c != '\n' && !(c == ' ' && flat.ends_with(' ')))
                flat += c;
            else if (!flat.ends_with(' '))
                flat += ' ';
        CHECK_THAT(flat, Contains("✖") && Contains(told));
        CHECK_THAT(student.screen, Contains("✔"));
        write_file(sheet_path, right_sheet), write_file(mine, right_file);
    };
    scenario::AnswerSheet wrong = right;
    wrong.numbers[1].value = right.numbers[0].value;  // the fall in the arm for the difference
    write_file(sheet_path, scenario::answers_yaml(wrong));
    check("not the difference between arms");
    wrong = right, wrong.numbers[0].value = -right.numbers[0].value;
    write_file(sheet_path, scenario::answers_yaml(wrong));
    check("the sign is turned");
    wrong = right, wrong.numbers[0].given = false;
    write_file(sheet_path, scenario::answers_yaml(wrong));
    check("no number on the answer sheet");
    wrong = right, wrong.prediction.clear();
    write_file(sheet_path, scenario::answers_yaml(wrong));
    check("No prediction is on the answer sheet");
    desk.change(mine, "start: 2027-01, full", "start: 2026-06, full");  // changed after the run, and too early
    check("start: 2027-01");

    Student student = desk.student();
    CHECK(app::lesson({"check", id, sheet_path}, {}, {}, student) == done);  // by the sheet instead of the file
    CHECK(app::lesson({"collect", desk.path}, {}, {}, student) == done);
    CHECK_THAT(student.screen, Contains("1 answer sheet"));
}

TEST_CASE("the class game is rehearsed from start to end, and played from the keyboard", "[app][slow]") {
    const Desk desk;
    Student student = desk.student();
    Options quick;
    quick.replicates = 2, quick.sample = 20;
    CHECK(app::lesson({"game", join_path(home, "scenarios/lessons/game/rehearsal.yaml")}, {}, quick, student) == done);
    CHECK_THAT(student.screen, Contains("ROUND 1") && Contains("ROUND 2") && Contains("fails for want of Providers") && Contains("Scoreboard after 10 years") &&
                                   Contains("NIHDI, health care") && Contains("The end."));
    CHECK(store::runs(desk.path).size() == 2);

    CHECK_THAT(student.screen, Contains(" to +") && Contains("lowest minus highest fifth") && Contains("EUR per inhabitant a year"));

    const Desk other;
    Student class_room = other.student();
    // Joint steering (A) by five; what is no lever is asked again; the second team takes back the first, which had forgotten it.
    class_room.types = {"", "", "<", "oops 99", "a", "", "A", "", "A", "", "A", "n", "A", "", "A", "", "", "", "", "", "", ""};
    CHECK_THROWS_AS(app::lesson({"game"}, {}, quick, class_room), BadInput);  // nobody answers in the second round
    CHECK_THAT(class_room.screen, Contains("\"oops and 99\" is no lever of yours") && Contains("Joint steering of the plan is in force") && Contains("-moves.yaml"));

    Student later = other.student();
    later.types = {"", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""};
    Options go_on = quick;
    go_on.resume = true;
    CHECK(app::lesson({"game"}, {}, go_on, later) == done);
    CHECK_THAT(later.screen, Contains("as played: ") && Contains("Joint steering of the plan is in force") && Contains("Scoreboard after 10 years") && !Contains("Scoreboard after 5 years"));
}

TEST_CASE("people of a place go without care as often in a joined area of distant places as in an area of their own", "[app][slow]") {
    // Four places far from each other. Before supply and hospital flows knew of reach, Glabbeek had 64 % in the joined area and 4 % alone.
    const Desk desk;
    Options quick;
    quick.replicates = 2, quick.months = 24;
    const auto went_without = [&](const std::string& places) {
        std::string text = read_file(join_path(home, "scenarios/lessons/game/head.yaml"), 1u << 20);
        const std::string all = "[24137, 84029, 63087, 21011]";
        text.replace(text.find(all), all.size(), "[" + places + "]");
        const std::string file = join_path(desk.path, "places.yaml");
        write_file(file, text);
        Student student = desk.student();
        const Simulated run = simulate(file, load(file, quick, student), {}, quick, student);
        finish(const_cast<Simulated&>(run), quick, student);
        std::map<std::string, double> out;
        const CsvTable table = read_csv(join_path(run.folder, "groups.csv"));
        for (const auto& row : table.rows)
            if (row.at(0) == "today" && row.at(1) == "went_without_care_percent" && row.at(2) == "municipality")
                out[row.at(3)] = std::stod(row.at(4));
        return out;
    };
    const auto joined = went_without("24137, 84029, 63087, 21011");
    REQUIRE(joined.size() == 4);
    for (const auto& [place, percent] : joined) {
        const double alone = went_without(place).at(place);
        INFO(place << ": alone " << alone << " %, joined " << percent << " %");
        CHECK(percent == Approx(alone).margin(3.0));
    }
}

TEST_CASE("the first lesson says that its programme cannot move these bills, and shows what the programme itself costs", "[app][slow]") {
    const Desk desk;
    Student student = desk.student();
    student.types = {"c", "because", ""};
    CHECK(app::lesson({"costly-patients"}, {}, {}, student) == done);
    CHECK_THAT(student.screen, Contains("by construction") && Contains("its own bill"));
    const std::size_t at = student.screen.find("its own bill");
    double bill = 0;
    REQUIRE(scenario::read_written(student.screen.substr(at + 12, student.screen.find(" EUR", at) - at - 12), bill));
    CHECK(bill > 0);  // wages of case managers, so never nothing

    Student again = desk.student();
    again.types = {"c", "because", "x"};  // the same script a second time: nothing of it is an answer to the question back
    CHECK(app::lesson({"costly-patients"}, {}, {}, again) == done);
    CHECK(scenario::load_answers(desk.file("costly-patients", "answers.yaml")).reply.empty());
    Student anew = desk.student();
    anew.types = {"a", "because", "compared with whom?"};
    CHECK(app::lesson({"costly-patients"}, {.print = false, .again = true}, {}, anew) == done);
    CHECK(scenario::load_answers(desk.file("costly-patients", "answers.yaml")).reply == "compared with whom?");
}

TEST_CASE("one bad sheet does not stop the class, and none is lost", "[app]") {
    const Desk desk;
    const std::string folder = join_path(desk.path, "class");
    for (const char* name : {"one", "two", "three", "four"})
        std::filesystem::create_directories(folder + "/" + name);
    const std::string head = "format: 1\nkind: answers\nlesson: bundle\n";
    write_file(folder + "/one/answers.yaml", head + "prediction: a\n");
    write_file(folder + "/two/answers.yaml", head + "why: [open\n");            // broken YAML
    write_file(folder + "/three/answers.yaml", head + "prediction: q\n");        // no answer of the lesson
    write_file(folder + "/four/mine.yaml", head + "numbers: {x: about eight}\n");  // no number
    Student student = desk.student();
    CHECK(app::lesson({"collect", folder}, {}, {}, student) == done);
    CHECK_THAT(student.screen, Contains("4 answer sheets") && Contains("a: 1") && !Contains("q: 1"));
    for (const char* where : {"two/answers.yaml:", "three/answers.yaml prediction", "four/mine.yaml:"})
        CHECK_THAT(student.screen, Contains(std::string("cannot be read: ") + where));
}

TEST_CASE("a rule of one's own is checked for its sources, and may carry a price of its own with its reason", "[app]") {
    const Desk desk;
    std::string text = read_file(join_path(home, "scenarios/library/funding/bundled-payment-diabetes.yaml"), 1u << 20);
    text.replace(text.find("\nid: bundled-payment-diabetes"), 29, "\nid: my-rule");
    const std::size_t at = text.find("source: A-");
    const std::size_t end = text.find_first_of(",}\n", at);
    const auto with = [&](const std::string& source) {
        const std::string file = join_path(desk.path, "my-rule.yaml");
        write_file(file, text.substr(0, at) + source + text.substr(end));
        Student student = desk.student();
        try {
            return app::check({file}, {}, student) == done ? std::string("in order") : student.screen;
        } catch (const BadInput& bad) {
            return bad.problems().text();
        }
    };
    CHECK_THAT(with("source: A-9999"), Contains("A-9999 does not stand in"));
    CHECK_THAT(with("source: own"), Contains("needs its reason"));
    CHECK_THAT(with("source: own, reason: cheap"), Contains("needs its reason"));
    CHECK(with("source: own, reason: our offer to the zone") == "in order");
    Student student = desk.student();
    CHECK(app::explain(join_path(desk.path, "my-rule.yaml"), {}, {}, student) == done);
    CHECK_THAT(student.screen, Contains("own choice") && Contains("our offer to the zone"));
}

TEST_CASE("a number that is written as the table of the run prints it is right", "[app][slow]") {
    // The table prints accounts in whole euros; the run's own numbers have decimals.
    const Desk desk;
    const std::string id = "who-pays", sheet_path = desk.file(id, "answers.yaml");
    solve(desk, id);
    scenario::AnswerSheet sheet = scenario::load_answers(sheet_path);
    Student reader = desk.student();
    CHECK(app::compare({desk.file(id, "mine.yaml")}, {}, reader) == done);
    const auto printed = [&](const char* row) {  // the difference stands before its range
        const std::size_t line = reader.screen.find(row), end = reader.screen.find('(', line), from = reader.screen.find_last_of(' ', end - 2) + 1;
        return reader.screen.substr(from, end - from - 1);
    };
    const std::string flemish = printed("Flemish Community "), nihdi = printed("NIHDI, health care ");
    INFO("\"" << flemish << "\" \"" << nihdi << "\"");
    for (auto& number : sheet.numbers)
        REQUIRE(scenario::read_written(number.id == "flemish_pays" ? flemish : nihdi, number.value));
    write_file(sheet_path, scenario::answers_yaml(sheet));
    Student student = desk.student();
    CHECK(app::lesson({"check", id, desk.file(id, "mine.yaml")}, {}, {}, student) == done);
    sheet.numbers[0].value += 2;
    write_file(sheet_path, scenario::answers_yaml(sheet));
    CHECK(app::lesson({"check", id, desk.file(id, "mine.yaml")}, {}, {}, student) == says_no);

    // The next step that the table prints works as it stands: the run by its path or code, not the id of a file that is no shipped one.
    Student other = desk.student();
    CHECK(app::compare({desk.file(id, "mine.yaml")}, {}, other) == done);
    CHECK_THAT(other.screen, !Contains("explain mine-who-pays"));
    const std::size_t at = other.screen.find("./tresse explain ") + 17;
    std::string word = other.screen.substr(at, other.screen.find_first_of(" \n", at) - at);
    app::Explain how;
    how.assumptions = true;
    CHECK(app::explain(word, how, {}, other) == done);
}
