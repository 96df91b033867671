#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "../temporary_folder.hpp"
#include "tresse/app/commands.hpp"
#include "tresse/app/jury_round.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/jury/sheet.hpp"
#include "tresse/viz/report/jury.hpp"

using namespace tresse;
using namespace tresse::app;
using Catch::Matchers::Contains;

namespace {

const std::string folder = std::string(TRESSE_SOURCE_DIR) + "/scenarios/jury/";

class Listener : public Session {
public:
    using Session::Session;
    std::string answer, remarks;
    void write(std::string_view text) override { answer += text; }
    void remark(std::string_view text) override { remarks += std::string(text) + "\n"; }
    void warn(std::string_view text) override { remarks += std::string(text) + "\n"; }
    void progress(double, double, std::string_view) override {}
    double seconds() override { return 1; }
    double memory() override { return 1e6; }
    bool stop_asked() override { return false; }
};

struct Scratch : TemporaryFolder {
    Scratch() : TemporaryFolder("jury") {}
    std::string in(const std::string& name) const { return (path / name).string(); }
};

Listener listener(const Scratch& scratch) {
    Surroundings a;
    a.home = TRESSE_SOURCE_DIR;
    a.results = scratch.in("results");
    a.command = "tresse jury";
    a.started = "2026-11-21T14:05:33Z", a.stamp = "2026-11-21T1405";
    a.program = 42;
    a.processors = 2;
    return Listener(a);
}

std::string page(const std::string& path) { return read_file(path, 1u << 22); }

std::string bad(const std::vector<std::string>& files, const Jury& how, const Scratch& scratch) {
    Listener l = listener(scratch);
    try {
        app::jury(files, how, {}, l);
    } catch (const BadInput& error) {
        return error.problems().text();
    }
    return "";
}

}  // namespace

TEST_CASE("a round keeps its inputs, grows by sittings, and opens a juror's pack when the juror has signed", "[app]") {
    const Scratch scratch;
    Jury how;
    how.round = scratch.in("round"), how.pack = scratch.in("packs"), how.no_simulation = true, how.by = "clerk";
    Listener first = listener(scratch);
    REQUIRE(app::jury({folder}, how, {}, first) == done);
    CHECK_THAT(first.answer, Contains("20 dossiers") && Contains("sitting-001"));
    const CsvTable audit = read_csv(how.round + "/audit.csv");
    CHECK(audit.rows.size() == 1 + 1 + 1 + 20 + 8 + 1);  // call, population, round, dossiers, sheets, the sitting itself
    for (const char* lang : {"en", "fr", "nl", "de"})
        for (const char* file : {"index.html", "overview.html", "analysis.html", "minutes.html", "minutes.txt", "findings.csv", "scores.csv", "analysis.csv", "sheet-dendre-collines.html"})
            CHECK(exists(how.round + "/sitting-001/" + lang + "/" + file));
    CHECK(exists(how.pack + "/ad1/sheet-dendre-collines.html"));
    CHECK_FALSE(exists(how.pack + "/pa1/sheet-dendre-collines.html"));  // a tie
    CHECK_THAT(page(how.pack + "/pa1/scores-pa1.csv"), !Contains("dendre-collines"));
    CHECK_THAT(page(how.pack + "/ad1/sheet-ouest-brabant.html"), Contains("Notes des groupes"));

    how.pack.clear();
    Listener second = listener(scratch);
    REQUIRE(app::jury({}, how, {}, second) == done);  // everything from the folder
    CHECK_THAT(second.answer, Contains("20 dossiers") && Contains("sitting-002"));
    const CsvTable later = read_csv(how.round + "/audit.csv");
    CHECK(later.rows.size() == audit.rows.size() + 1);  // the same files are not entered again
    CHECK(std::equal(audit.rows.begin(), audit.rows.end(), later.rows.begin()));
    CHECK(page(how.round + "/sitting-001/en/minutes.txt") == page(how.round + "/sitting-002/en/minutes.txt"));
}

TEST_CASE("a round that is read back ranks dossiers only when its call does, and says so when it keeps no call", "[app]") {
    const Scratch scratch;
    Jury how;
    how.round = scratch.in("round"), how.no_simulation = true;
    Listener first = listener(scratch);
    REQUIRE(app::jury({folder}, how, {}, first) == done);
    const auto as_filed = app::read_round(how.round);
    CHECK_FALSE(as_filed->ranks);  // jury_gives.ranking of the call of 2017: not_used
    const CsvTable files = read_csv(how.round + "/sitting-001/en/dossiers.csv");
    REQUIRE(as_filed->dossiers.size() == files.rows.size());
    for (std::size_t i = 0; i < files.rows.size(); ++i)
        CHECK(as_filed->dossiers[i].id == files.rows[i][0]);

    const std::string audit = page(how.round + "/audit.csv");
    const std::size_t at = audit.find("files/", audit.find(",call,"));
    const std::string call = how.round + "/" + audit.substr(at, audit.find(',', at) - at);
    std::string words = page(call);
    const std::size_t word = words.find("ranking: not_used");
    REQUIRE(word != std::string::npos);
    write_file(call, words.replace(word, 17, "ranking: used"));
    const auto by_place = app::read_round(how.round);
    CHECK(by_place->ranks);
    REQUIRE(by_place->dossiers.size() == files.rows.size());
    CHECK(std::is_sorted(by_place->dossiers.begin(), by_place->dossiers.end(), [](const RoundDossier& a, const RoundDossier& b) { return a.scored && b.scored && a.mean_place < b.mean_place; }));
    CHECK(by_place->dossiers.front().id != as_filed->dossiers.front().id);

    write_file(how.round + "/audit.csv", "time,who,what,id,file,hash\n");
    try {
        app::read_round(how.round);
        FAIL("no call, and no problem");
    } catch (const BadInput& error) {
        CHECK_THAT(error.problems().text(), Contains("audit.csv") && Contains("names no call"));
    }
}

TEST_CASE("before signing a pack shows neither the scores of others nor the simulation", "[app]") {
    const Scratch scratch;
    std::string sheet = page(folder + "scores/ad1.csv");
    sheet.replace(sheet.find("2017-10-20;2017-11-24"), 21, ";");
    write_file(scratch.in("ad1.csv"), sheet);
    Jury how;
    how.round = scratch.in("round"), how.pack = scratch.in("packs"), how.no_simulation = true;
    how.scores = {scratch.in("ad1.csv"), folder + "scores/ad2.csv"};
    std::vector<std::string> files;
    for (const std::string& name : names_in(folder))
        if (name.ends_with(".yaml"))
            files.push_back(folder + name);
    Listener l = listener(scratch);
    REQUIRE(app::jury(files, how, {}, l) == done);
    CHECK_THAT(page(how.pack + "/ad1/sheet-ouest-brabant.html"), !Contains("Notes des groupes") && Contains("S'ouvre quand vos propres notes"));
    CHECK_THAT(page(how.pack + "/ad2/sheet-ouest-brabant.html"), Contains("Scores van de groepen"));
}

TEST_CASE("a dossier that cannot be read does not hold up the others, and says why on its sheet", "[app]") {
    const Scratch scratch;
    write_file(scratch.in("broken.yaml"), "format: 1\nkind: proposal\nid: broken\ntitle: Broken\narea: {municipalities: [Leuvem]}\nmoney: {asked: {actions_eur_per_year: -1}}\n");
    write_file(scratch.in("none.yaml"), "this is: [no yaml\n");
    Jury how;
    how.round = scratch.in("round"), how.no_simulation = true;
    Listener l = listener(scratch);
    REQUIRE(app::jury({folder + "call-2017.yaml", folder + "mons-coeur.yaml", scratch.in("broken.yaml"), scratch.in("none.yaml")}, how, {}, l) == done);
    CHECK_THAT(page(how.round + "/sitting-001/en/sheet-broken.html"), Contains("Leuven") && Contains("actions_eur_per_year"));
    CHECK_THAT(page(how.round + "/sitting-001/en/sheet-none.yaml.html"), Contains("cannot be read"));
    CHECK_THAT(l.answer, Contains("3 dossiers"));
}

TEST_CASE("an empty file and a second file with the same id are told on those dossiers, and the round goes on, also later", "[app]") {
    const Scratch scratch;
    write_file(scratch.in("copy.yaml"), page(folder + "mons-coeur.yaml"));
    write_file(scratch.in("empty.yaml"), "");
    Jury how;
    how.round = scratch.in("round"), how.no_simulation = true;
    for (const char* sitting : {"sitting-001", "sitting-002"}) {
        Listener l = listener(scratch);
        const std::vector<std::string> files = {folder + "call-2017.yaml", folder + "mons-coeur.yaml", folder + "haute-senne.yaml", scratch.in("copy.yaml"), scratch.in("empty.yaml")};
        REQUIRE(app::jury(std::string(sitting) == "sitting-001" ? files : std::vector<std::string>{}, how, {}, l) == done);
        CHECK_THAT(l.answer, Contains("4 dossiers") && Contains("stands twice") && Contains("the file is empty"));
        const std::string papers = how.round + "/" + sitting + "/en/";
        CHECK_THAT(page(papers + "sheet-mons-coeur.html"), Contains("stands twice"));
        CHECK_THAT(page(papers + "sheet-mons-coeur-2.html"), Contains("stands twice"));
        CHECK_THAT(page(papers + "sheet-empty.yaml.html"), Contains("the file is empty"));
        CHECK_THAT(page(papers + "minutes.txt"), Contains("Not checked, since the file cannot be read there: every condition"));
    }
}

TEST_CASE("the words of advice in the catalogues are those that sheets are read with", "[app]") {
    scenario::Call call;
    call.advice = {"favourable", "favourable_with_conditions", "unfavourable"};
    for (const Lang lang : {Lang::en, Lang::fr, Lang::nl, Lang::de}) {
        const text::LanguageScope scope(lang);
        for (const std::string& id : call.advice)
            CHECK(tresse::jury::advice_of_word(call, viz::advice_word(id)) == id);
    }
}

TEST_CASE("a reading error stands on the screen and in the minutes, and the draft waits for the jury", "[app]") {
    const Scratch scratch;
    std::string text = page(folder + "dendre-collines.yaml");
    const std::size_t at = text.find("coordination_eur_per_year: ");
    text.replace(at, text.find_first_of(",}", at) - at, "coordination_eur_per_year: \"150.000\"");
    write_file(scratch.in("dendre.yaml"), text);
    Jury how;
    how.round = scratch.in("round"), how.no_simulation = true;
    Listener l = listener(scratch);
    REQUIRE(app::jury({folder + "call-2017.yaml", scratch.in("dendre.yaml")}, how, {}, l) == done);
    CHECK_THAT(l.answer, Contains("not checked: file line") && Contains("Write 150000"));
    CHECK_THAT(page(how.round + "/sitting-001/en/minutes.txt"), Contains("not checked: file line"));
    Jury whole;
    whole.round = scratch.in("whole"), whole.no_simulation = true;
    REQUIRE(app::jury({folder}, whole, {}, l) == done);
    const std::string minutes = page(whole.round + "/sitting-001/en/minutes.html");
    const std::size_t mons = minutes.find("Mons, heart of care"), next = minutes.find("<h2>", minutes.find("<h2>18.") + 4);
    REQUIRE(mons != std::string::npos);
    CHECK_THAT(minutes.substr(minutes.find("<h2>18."), next - minutes.find("<h2>18.")), Contains("Draft: withheld") && Contains("one project per area"));
    const std::string analysis = page(whole.round + "/sitting-001/en/analysis.html");
    CHECK_THAT(analysis, Contains("pairs of dossiers are told apart") && Contains("a chain is no group of equals") && !Contains("mean place") && !Contains(", place 1"));
}

TEST_CASE("sheets that lie beside the list of jurors and are not named are told", "[app]") {
    const Scratch scratch;
    Jury how;
    how.round = scratch.in("round"), how.no_simulation = true;
    Listener l = listener(scratch);
    REQUIRE(app::jury({folder + "call-2017.yaml", folder + "round-2017.yaml", folder + "mons-coeur.yaml"}, how, {}, l) == done);
    CHECK_THAT(l.remarks, Contains("Not read, 8 CSV"));
    how.round = scratch.in("whole");
    Listener whole = listener(scratch);
    REQUIRE(app::jury({folder}, how, {}, whole) == done);
    CHECK_THAT(whole.remarks, !Contains("Not read"));
}

TEST_CASE("wrong input of a round is told with file and cure, and nothing is written", "[app]") {
    const Scratch scratch;
    Jury how;
    how.round = scratch.in("round"), how.no_simulation = true;
    CHECK_THAT(bad({folder + "mons-coeur.yaml"}, how, scratch), Contains("a round needs a call"));
    CHECK_THAT(bad({folder + "call-2017.yaml"}, how, scratch), Contains("at least one proposal"));
    Jury sheets = how;
    sheets.scores = {folder + "scores/ad1.csv"};
    CHECK_THAT(bad({folder + "call-2017.yaml", folder + "mons-coeur.yaml"}, sheets, scratch), Contains("list of jurors"));
    CHECK_THAT(bad({folder + "call-2017.yaml", folder + "round-2017.yaml", folder + "mons-coeur.yaml"}, sheets, scratch), Contains("no dossier of this round"));
    Jury pack = how;
    pack.pack = scratch.path.string();
    CHECK_THAT(bad({folder}, pack, scratch), Contains("nothing is overwritten"));
    CHECK_FALSE(exists(how.round));
}

TEST_CASE("a dossier is simulated in its own area against today, a placebo and a benchmark", "[app][slow]") {
    const Scratch scratch;
    Jury how;
    how.round = scratch.in("round");
    Options options;
    options.sample = 100, options.replicates = 2, options.months = 24;
    Listener l = listener(scratch);
    REQUIRE(app::jury({folder + "call-2017.yaml", folder + "dendre-collines.yaml", folder + "ouest-brabant.yaml"}, how, options, l) == done);
    const std::string sheet = page(how.round + "/sitting-001/en/sheet-dendre-collines.html");
    CHECK_THAT(sheet, Contains("same money, no action") && Contains("Back in hospital within 30 days") && Contains("may not be quoted"));
    CHECK_THAT(sheet, !Contains("selected"));
    CHECK_THAT(sheet, Contains("stays with the consortium unspent") && Contains("one household in 100"));
    CHECK_THAT(page(how.round + "/sitting-001/en/minutes.txt"), Contains("one household in 100"));
    Listener later = listener(scratch);
    REQUIRE(app::jury({}, how, options, later) == done);
    CHECK_THAT(later.remarks, Contains("run before with the same inputs") && !Contains("Begun:"));
    CHECK(page(how.round + "/sitting-002/en/impact.csv") == page(how.round + "/sitting-001/en/impact.csv"));
    CHECK(exists(how.round + "/sitting-001/impact/dendre-collines.yaml"));
    const CsvTable impact = read_csv(how.round + "/sitting-001/en/impact.csv");
    int placebo = 0;
    for (const auto& row : impact.rows)
        if (row[2] == "same money, no action" && row[3] == "Back in hospital within 30 days, %") {
            ++placebo;
            CHECK(row[5] == "0");  // money without action changes no outcome
        }
    CHECK(placebo == 2);
}
