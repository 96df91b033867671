#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "../temporary_folder.hpp"
#include "tresse/app/commands.hpp"
#include "tresse/app/program.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/store/run_folder.hpp"

using namespace tresse;
using namespace tresse::app;
using Catch::Matchers::Contains;

namespace {

/// A session that keeps what is said, and can ask to stop after so many months.
class Listener : public Session {
public:
    using Session::Session;
    std::string answer, remarks;
    int stop_after_months = -1, months = 0;
    void write(std::string_view text) override { answer += text; }
    void remark(std::string_view text) override { remarks += std::string(text) + "\n"; }
    void warn(std::string_view text) override { remarks += std::string(text) + "\n"; }
    void progress(double part, double, std::string_view) override { months = static_cast<int>(part); }
    double seconds() override { return 1; }
    double memory() override { return 1e6; }
    bool stop_asked() override { return stop_after_months >= 0 && months >= stop_after_months; }
};

struct Scratch : TemporaryFolder {
    Scratch() : TemporaryFolder("app") {}
};

Surroundings around(const Scratch& scratch, const std::string& stamp = "2026-11-21T1405") {
    Surroundings a;
    a.home = TRESSE_SOURCE_DIR;
    a.results = scratch.path.string();
    a.command = "tresse compare village";
    a.started = stamp + ":33Z";
    a.stamp = stamp;
    a.program = 42;
    a.processors = 2;
    return a;
}

Options small() {
    Options o;
    o.replicates = 3;
    o.months = 2;
    return o;
}

}  // namespace

TEST_CASE("a comparison leaves a complete run folder, is found again, and repeats itself exactly", "[app][slow]") {
    const Scratch scratch;
    Listener first(around(scratch));
    CHECK(compare({"village"}, small(), first) == done);
    CHECK_THAT(first.answer, Contains("B minus A") && Contains("report.html"));
    CHECK_THAT(first.answer.substr(0, first.answer.find("A today")), Contains("Too small for policy: Glabbeek has 5"));
    const auto runs = store::runs(scratch.path.string());
    REQUIRE(runs.size() == 1);
    CHECK_THAT(read_file(join_path(runs[0].path, "report.html"), 1u << 24), Contains("<p class=\"warn\">Too small for policy: Glabbeek has 5"));
    CHECK(runs[0].manifest.state == store::State::complete);
    CHECK(runs[0].manifest.finished == 3);
    for (const char* file : {"manifest.json", "scenario.resolved.yaml", "run.sqlite", "scores.csv", "series.csv",
                             "groups.csv", "ledger.csv", "report.html", "figures/differences.svg"})
        CHECK(exists(join_path(runs[0].path, file)));

    // the folder is not under the usual results, so a code would not be found by the command that is printed
    CHECK_THAT(first.answer, Contains("./tresse rerun " + runs[0].path + " ") && Contains("./tresse explain " + runs[0].path + " --mechanisms"));
    const std::string english = read_file(join_path(runs[0].path, "report.html"), 1u << 24);
    {
        const text::LanguageScope german(Lang::de);
        Listener other_words(around(scratch));
        CHECK(report(runs[0].path, {}, other_words) == done);
        CHECK_THAT(other_words.answer, Contains("report.de.html"));
    }
    CHECK(read_file(join_path(runs[0].path, "report.html"), 1u << 24) == english);
    CHECK_THAT(read_file(join_path(runs[0].path, "report.de.html"), 1u << 24), Contains("<html lang=\"de\"") && Contains("Zu klein für Politik: Glabbeek"));
    CHECK(exists(join_path(runs[0].path, "figures/de/differences.svg")));
    Listener once_more(around(scratch));
    CHECK(report(runs[0].path, {}, once_more) == done);
    CHECK(!exists(join_path(runs[0].path, "report.en.html")));

    Listener again(around(scratch, "2026-11-22T0000"));
    CHECK(compare({"village"}, small(), again) == done);
    CHECK(store::runs(scratch.path.string()).size() == 1);
    CHECK_THAT(again.remarks, Contains(runs[0].path));

    Listener repeat(around(scratch));
    Options one_thread;
    one_thread.threads = 1;
    CHECK(rerun(runs[0].manifest.code(), one_thread, repeat) == done);
    CHECK_THAT(repeat.answer, Contains("identical: 9 pieces"));

    Surroundings newer = around(scratch, "2026-11-23T0000");
    newer.program = 43;
    Listener other(newer);
    CHECK(compare({"village"}, small(), other) == done);
    CHECK(store::runs(scratch.path.string()).size() == 2);  // another program's results are not taken for this one's
}

TEST_CASE("a run that was stopped goes on and ends with the same result", "[app][slow]") {
    const Scratch whole, parts;
    Options o = small();
    o.threads = 1;
    Listener straight(around(whole));
    CHECK(compare({"village"}, o, straight) == done);

    Listener stopped(around(parts));
    stopped.stop_after_months = 60;  // one settling of 36 months, three arms of 2, then inside the next replicate
    CHECK(compare({"village"}, o, stopped) == machine_refused);
    CHECK_THAT(stopped.remarks, Contains("To go on: ./tresse compare village --resume") && Contains("A table of the 1 future: ./tresse report "));
    const auto begun = store::runs(parts.path.string());
    REQUIRE(begun.size() == 1);
    CHECK(begun[0].manifest.state == store::State::incomplete);
    CHECK(begun[0].manifest.finished == 1);
    CHECK(stopped.answer.empty());

    const Scratch early;
    Listener at_once(around(early));
    at_once.stop_after_months = 0;
    CHECK(compare({"village"}, o, at_once) == machine_refused);
    CHECK_THAT(at_once.remarks, Contains("0 of 3 futures") && !Contains("A table"));

    o.resume = true;
    Listener resumed(around(parts, "2026-11-22T0000"));
    CHECK(compare({"village"}, o, resumed) == done);
    const auto finished = store::runs(parts.path.string());
    REQUIRE(finished.size() == 1);
    CHECK(finished[0].manifest.state == store::State::complete);
    CHECK(finished[0].manifest.result == store::runs(whole.path.string())[0].manifest.result);
}

TEST_CASE("wrong input writes nothing and names every problem", "[app]") {
    const Scratch scratch;
    Listener session(around(scratch));
    try {
        compare({"vilage", "nothing-at-all"}, {}, session);
        FAIL("two names that are no scenarios");
    } catch (const BadInput& bad) {
        CHECK(bad.problems().count() == 2);
        CHECK_THAT(bad.problems().text(), Contains("Nearest: village"));
    }
    CHECK(std::filesystem::is_empty(scratch.path));
}

TEST_CASE("arms of different areas are not compared", "[app]") {
    const Scratch scratch;
    Listener session(around(scratch));
    try {
        compare({"village", "first-look"}, {}, session);
        FAIL("two areas");
    } catch (const BadInput& bad) {
        CHECK_THAT(bad.problems().text(), Contains("area") && Contains("Glabbeek"));
    }
    CHECK(std::filesystem::is_empty(scratch.path));
}

TEST_CASE("one arm alone prints supply, waiting and places before its scores", "[app][slow]") {
    const Scratch scratch;
    Listener session(around(scratch));
    CHECK(run("village", "", small(), session) == done);
    CHECK_THAT(session.answer, Contains("Supply and need") && Contains("By municipality") && Contains("Glabbeek") &&
                                   Contains("Network at the end"));
    CHECK(session.answer.starts_with("Tresse "));  // the heading, and what it warns of, comes before the first table
    CHECK(session.answer.find("Too small for policy") < session.answer.find("Supply and need"));
    const auto runs = store::runs(scratch.path.string());
    REQUIRE(runs.size() == 1);
    CHECK(exists(join_path(runs[0].path, "supply.csv")));
    Listener typo(around(scratch));
    CHECK_THROWS_AS(run("village", "todya", small(), typo), BadInput);
}

TEST_CASE("explain says in words what arms, actions and rules are", "[app]") {
    const Scratch scratch;
    Listener session(around(scratch));
    CHECK(explain("village", {}, {}, session) == done);
    CHECK_THAT(session.answer, Contains("(the base)") && Contains("case-management/complex-needs"));
    session.answer.clear();
    CHECK(explain("village", {.component = "continuity/discharge-follow-up"}, {}, session) == done);
    CHECK_THAT(session.answer, Contains("65 years or older") && Contains("S-104") && Contains("looked for, not found"));
    session.answer.clear();
    CHECK(explain("new-deal-practice", {}, {}, session) == done);
    CHECK_THAT(session.answer, Contains("15.95") && Contains("worked examples hold"));
    session.answer.clear();
    CHECK(explain("village", {.assumptions = true, .component = ""}, {}, session) == done);
    CHECK_THAT(session.answer, Contains("A-021"));
    CHECK_THROWS_AS(explain("village", {.mechanisms = true, .component = ""}, {}, session), BadInput);
    CHECK_THROWS_AS(explain("village", {.assumptions = false, .component = "", .scores = true}, {}, session), BadInput);
    CHECK_THROWS_AS(explain("village", {.component = "continuity/nothing"}, {}, session), BadInput);
}

TEST_CASE("shares and settings of the command line are read or refused", "[app]") {
    CHECK(sample_of("1/10") == 10);
    CHECK(sample_of("0.1") == 10);
    CHECK_THROWS_AS(sample_of("0.3"), BadInput);
    CHECK(setting_of("a.b=c=d") == std::pair<std::string, std::string>("a.b", "c=d"));
    CHECK_THROWS_AS(setting_of("=c"), BadInput);
    CHECK_THROWS_AS(setting_of("abc"), BadInput);
}

TEST_CASE("a region is checked for the area asked for, and a wrong name is refused", "[app][slow]") {
    const Scratch scratch;
    const auto fit = [&](const std::string& area) {
        Listener session(around(scratch));
        Options o;
        o.area = area;
        check({"belgium"}, o, session);
        return session.answer;
    };
    CHECK_THAT(fit("Eupen"), Contains("Eupen") && Contains("63023 women") && !Contains("62063"));  // NIS numbers of the pack
    CHECK_THAT(fit("Lüttich"), Contains("62063"));
    try {
        fit("Eupn");
        FAIL("no such place");
    } catch (const BadInput& bad) {
        CHECK_THAT(bad.problems().text(), Contains("belgium has 1 problem") && Contains("--area Eupn") && Contains("Nearest: Eupen"));
    }
}

TEST_CASE("a place that is checked as if it were a file is told the command for its fit", "[app]") {
    const Scratch scratch;
    Listener session(around(scratch));
    try {
        check({"Eupen", "no-such-thing"}, {}, session);
        FAIL("neither is a file");
    } catch (const BadInput& bad) {
        CHECK(bad.problems().count() == 2);
        CHECK_THAT(bad.problems().text(), Contains("./tresse check belgium --area Eupen"));
    }
}
