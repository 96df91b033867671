// The worker: what it opens, what it refuses, and that it goes on after a failure.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/viz/explorer/lever.hpp"
#include "tresse/viz/explorer/window.hpp"
#include "tresse/viz/explorer/worker.hpp"

#include "village.hpp"

using namespace tresse;
using namespace tresse::viz::explorer;
namespace fs = std::filesystem;
using village::Table;
using village::wait_for;

TEST_CASE("a run folder opens with its scenario, and the list of runs holds it", "[explorer]") {
    village::Still session(village::run().folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.list_runs();
    worker.open(village::run().run);
    const Table got = wait_for(worker);
    REQUIRE(got.snapshot);
    CHECK(got.snapshot->arms() == 3);
    CHECK(got.work.scenario->id == "village");
    REQUIRE(got.work.runs.size() == 1);
    CHECK(got.work.runs[0].complete);
}

TEST_CASE("a damaged folder, a folder without a run and a name that is nothing give a message, and the next job works",
          "[explorer]") {
    const village::Folder folder("damaged");
    const fs::path broken = fs::path(folder.path) / "village" / "broken", empty = fs::path(folder.path) / "nothing";
    fs::create_directories(broken);
    fs::create_directories(empty);
    fs::copy(village::run().run, broken, fs::copy_options::recursive);
    std::ofstream(broken / "run.sqlite", std::ios::trunc) << "this is no database";
    village::Still session(folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    for (const std::string& word : {broken.string(), empty.string(), std::string("no-such-scenario")}) {
        worker.open(word);
        const Table got = wait_for(worker);
        INFO(word << ": " << got.work.message);
        CHECK(got.work.failed);
        CHECK(got.work.message.size() > 10);
        CHECK_FALSE(got.snapshot);
    }
    worker.open(village::run().run);
    const Table got = wait_for(worker);
    CHECK_FALSE(got.work.failed);
    CHECK(got.snapshot);
}

TEST_CASE("a manifest of another program is told in a message", "[explorer]") {
    const village::Folder folder("foreign");
    const fs::path run = fs::path(folder.path) / "village" / "foreign";
    fs::create_directories(run);
    fs::copy(village::run().run, run, fs::copy_options::recursive);
    std::ofstream(run / "manifest.json", std::ios::trunc) << "{\"kind\": \"something else\"}";
    village::Still session(folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.open(run.string());
    const Table got = wait_for(worker);
    CHECK(got.work.failed);
    CHECK(got.work.message.find("manifest") != std::string::npos);
}

TEST_CASE(
    "borders with a broken ring, too few points and a missing municipality are told; the map is drawn all the same",
    "[explorer]") {
    const village::Folder folder("borders");
    const std::string file = folder.path + "/borders.geojson";
    std::ofstream(file) << R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"nis":"99999"},"geometry":{"type":"Polygon","coordinates":[[[4.9,50.8],[5.0,50.8],[5.0,50.9]]]}},
        {"type":"Feature","properties":{"nis":"24137"},"geometry":{"type":"Polygon","coordinates":[[[4.9,50.8],[5.0,50.9]]]}}]})";
    village::Still session(village::run().folder.path);
    app::Simulated run = app::read_run(village::run().run, session);
    const auto snapshot = make_snapshot(std::move(run), {village::home, file});
    CHECK(snapshot->schematic);
    CHECK(snapshot->cells.size() == 1);
    CHECK(snapshot->remarks.size() >= 2);
    const auto none =
        make_snapshot(app::read_run(village::run().run, session), {village::home, folder.path + "/none.geojson"});
    CHECK(none->schematic);
    CHECK_FALSE(none->remarks.empty());
}

TEST_CASE("a wrong lever value is a problem at its key and does not end the worker", "[explorer]") {
    village::Still session(village::run().folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.load_scenario("village", {{"arms.integrated.components[0].reach.persons", "-5"}});
    const Table got = wait_for(worker);
    CHECK(got.work.failed);
    REQUIRE_FALSE(got.work.problems.empty());
    CHECK(got.work.message.size() > 20);
    worker.load_scenario("village", {});
    CHECK(wait_for(worker).work.problems.empty());
}

TEST_CASE("the levers of an arm are keys that the scenario takes, with its own values", "[explorer]") {
    village::Still session(village::run().folder.path);
    const scenario::Scenario& s = *village::run().snapshot->run.scenario;
    for (int arm = 0; arm < static_cast<int>(s.arms.size()); ++arm)
        for (const Lever& lever : levers_of(s, arm)) {
            INFO(lever.key);
            CHECK(lever.low <= lever.value);
            CHECK(lever.value <= lever.high);
            app::Options options;
            State state;
            apply(state, lever_command(lever, lever.key.ends_with("budget_share") ? 0.1 : lever.low + (lever.high - lever.low) / 2), {});
            options.set = settings_of(state);
            REQUIRE(options.set.size() == 1);
            CHECK(options.set[0].first == lever.key);
            CHECK(lever_moved(lever, state));
            CHECK(lever_value(lever, state) == Approx(lever.key.ends_with("budget_share") ? 0.1 : lever.low + (lever.high - lever.low) / 2).margin(lever.step / 2));
            CHECK_NOTHROW(app::load("village", options, session));
            CHECK(lever.key.starts_with(lever.part));
        }
    CHECK(levers_of(s, 0).empty());
}

TEST_CASE("a trial of a lever answers from a small sample, and a run gives the hash of the command line",
          "[explorer][slow]") {
    const village::Folder folder("again");
    village::Still session(folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    const Worker::Settings settings = {{"time.policy_months", "24"}};
    worker.rehearse("village", settings, 2);
    const Table trial = wait_for(worker);
    CHECK(trial.work.rehearsal.ready);
    CHECK(trial.work.rehearsal.futures == 6);
    CHECK_FALSE(trial.work.rehearsal.lines.empty());

    worker.run("village", settings, 2);
    const Table got = wait_for(worker);
    REQUIRE(got.snapshot);
    CHECK(got.snapshot->run.manifest.result == village::run().snapshot->run.manifest.result);
    CHECK(got.snapshot->run.manifest.result != 0);
}

TEST_CASE("a round without papers, and one whose papers are damaged, are told; the run beside it is shown", "[explorer]") {
    const village::Folder folder("rounds");
    fs::copy(fs::path(village::run().run).parent_path(), fs::path(folder.path) / "village", fs::copy_options::recursive);
    const fs::path round = fs::path(folder.path) / "jury-call" / "2026-11-21T1405";
    fs::create_directories(round / "files");
    std::ofstream(round / "audit.csv") << "time,who,what,id,file,hash\n";
    village::Still session(folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.open(round.string());
    const Table bare = wait_for(worker);
    CHECK(bare.work.failed);
    CHECK(bare.work.message.find("no sitting") != std::string::npos);
    CHECK(bare.snapshot);
    for (const char* lang : {"en", "fr", "nl", "de"}) {
        fs::create_directories(round / "sitting-001" / lang);
        for (const char* table : {"dossiers", "findings", "impact"})
            std::ofstream(round / "sitting-001" / lang / (std::string(table) + ".csv")) << "only\none column\n";
    }
    worker.open(round.string());
    const Table broken = wait_for(worker);
    CHECK(broken.work.failed);
    CHECK(broken.work.message.find("dossiers.csv") != std::string::npos);
    CHECK_FALSE(broken.work.round);
    CHECK(broken.snapshot);
}

TEST_CASE("a person is followed in every arm and is the one of the run; conditions that nobody fits give a message",
          "[explorer]") {
    village::Still session(village::run().folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.open(village::run().run);
    worker.follow(village::run().run, "", 1);
    const Table got = wait_for(worker);
    INFO(got.work.message);
    REQUIRE(got.work.life);
    CHECK(got.work.life->answer.lives.arms.size() == 3);
    CHECK(got.work.life->compared == 3);
    CHECK(got.work.life->identical);
    for (int lang = 0; lang < lang_count; ++lang) {
        State state;
        state.view = View::person, state.lang = static_cast<Lang>(lang);
        std::string cut;
        for (const std::string& words : cut_texts(got.snapshot.get(), state, got.work, 1280, 800))
            cut += words + "\n";
        INFO(lang_code(state.lang) << "\n" << cut);
        CHECK(cut.empty());
        // both lives have the same strips, one below the other
        const Screen screen = laid_out(got.snapshot.get(), state, got.work, 1280, 800);
        CHECK_FALSE(screen.page.is_empty);
        for (const char* strip : {"illnesses", "daily help", "hospital, days", "general practitioner", "own payments, EUR"})
            CHECK(std::count_if(screen.scene.shapes.begin(), screen.scene.shapes.end(), [&](const viz::Shape& s) { return s.text == text::tr(strip); }) == 2);
    }
    text::set_language(Lang::en);
    worker.follow(village::run().run, "no such condition", 1);
    const Table none = wait_for(worker);
    CHECK(none.work.failed);
    CHECK(none.work.life);  // the life before stays
}
