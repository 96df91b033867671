// What bad input gets: a message that names it, and the rest keeps working.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <new>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/viz/explorer/window.hpp"
#include "tresse/viz/explorer/worker.hpp"

#include "village.hpp"

using namespace tresse;
using namespace tresse::viz::explorer;
namespace fs = std::filesystem;
using village::Table;
using village::wait_for;

namespace {

/// A copy of the village's run, to be damaged.
fs::path copy_of_run(const village::Folder& folder, const std::string& name) {
    const fs::path run = fs::path(folder.path) / "village" / name;
    fs::create_directories(run);
    fs::copy(village::run().run, run, fs::copy_options::recursive);
    return run;
}

void replace_in(const fs::path& file, const std::string& what, const std::string& with) {
    std::string text = read_file(file.string(), 8u << 20);
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    text.replace(at, what.size(), with);
    write_file(file.string(), text);
}

/// A machine whose clock fails in the middle of a run.
class Failing : public village::Still {
public:
    using village::Still::Still;
    double seconds() override {
        if (armed && ++asked > 40)
            throw_now();
        return static_cast<double>(asked);
    }
    void (*throw_now)() = [] { throw MachineRefused("the disk is full: results/"); };
    bool armed = false;
    int asked = 0;
};

}  // namespace

TEST_CASE("each way in which a run folder can be incomplete or damaged gives a message that names the file or the folder, and the good run opens after it",
          "[explorer]") {
    const village::Folder folder("each-damage");
    const struct {
        const char* name;
        void (*damage)(const fs::path&);
    } ways[] = {
        {"no-manifest", [](const fs::path& run) { fs::remove(run / "manifest.json"); }},
        {"cut-manifest", [](const fs::path& run) { fs::resize_file(run / "manifest.json", 40); }},
        {"no-database", [](const fs::path& run) { fs::remove(run / "run.sqlite"); }},
        {"cut-database", [](const fs::path& run) { fs::resize_file(run / "run.sqlite", 5000); }},
        {"no-scenario", [](const fs::path& run) { fs::remove(run / "scenario.resolved.yaml"); }},
        {"broken-scenario", [](const fs::path& run) { std::ofstream(run / "scenario.resolved.yaml", std::ios::trunc) << "format: 1\nkind: scenario\narms: [\n"; }},
    };
    village::Still session(folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    for (const auto& way : ways) {
        const fs::path run = copy_of_run(folder, way.name);
        way.damage(run);
        worker.open(run.string());
        const Table got = wait_for(worker);
        INFO(way.name << ": " << got.work.message);
        CHECK(got.work.failed);
        CHECK((got.work.message.find(way.name) != std::string::npos || got.work.message.find("scenario.resolved.yaml") != std::string::npos));
        CHECK(got.work.message.find("mistake of the program") == std::string::npos);
        worker.list_runs();
        wait_for(worker);  // a list with a damaged folder in it is a list all the same
    }
    worker.open(village::run().run);
    const Table good = wait_for(worker);
    CHECK_FALSE(good.work.failed);
    CHECK(good.snapshot);
}

TEST_CASE("a run folder of a version to come is named, with the format that this version reads", "[explorer]") {
    const village::Folder folder("version");
    const fs::path run = copy_of_run(folder, "later");
    replace_in(run / "manifest.json", "\"format\": 1", "\"format\": 99");
    village::Still session(folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.open(run.string());
    const Table got = wait_for(worker);
    INFO(got.work.message);
    CHECK(got.work.failed);
    CHECK(got.work.message.find("this version reads format 1") != std::string::npos);
    CHECK(got.work.message.find("later") != std::string::npos);
    CHECK_FALSE(got.snapshot);
}

TEST_CASE("a run that fails in the middle is told with its reason, the run on the table stays, and the next job works", "[explorer]") {
    const village::Folder folder("middle");
    Failing session(folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.open(village::run().run);
    const Table before = wait_for(worker);
    REQUIRE(before.snapshot);
    void (*const ways[])() = {[] { throw MachineRefused("the disk is full: results/"); }, [] { throw std::bad_alloc(); },
                              [] { throw std::runtime_error("an index too far"); }};
    const char* const words[] = {"the disk is full", "memory", "an index too far"};
    for (std::size_t i = 0; i < 3; ++i) {
        session.throw_now = ways[i];
        session.asked = 0;
        session.armed = true;
        worker.run("village", {{"time.policy_months", "12"}, {"runs.seed", std::to_string(100 + i)}}, 1);
        const Table got = wait_for(worker);
        INFO(got.work.message);
        CHECK(got.work.failed);
        CHECK(got.work.message.find(words[i]) != std::string::npos);
        CHECK(got.snapshot == before.snapshot);
        CHECK_FALSE(got.work.busy);
        session.armed = false;
        // every view can still be drawn, with the message in its foot
        State state;
        const Screen screen = laid_out(got.snapshot.get(), state, got.work, 1280, 800);
        CHECK_FALSE(screen.page.is_empty);
    }
    worker.open(village::run().run);
    CHECK_FALSE(wait_for(worker).work.failed);
}

TEST_CASE("a scenario with several problems gives all of them, each with its file and line, and the run on the table stays", "[explorer]") {
    const village::Folder folder("problems");
    const std::string file = folder.path + "/mine.yaml";
    std::string text = read_file(village::home + "/scenarios/village.yaml", 1u << 20);
    text += "\nno_such_key: 1\nnor_this: 2\n";
    write_file(file, text);
    village::Still session(village::run().folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.open(village::run().run);
    wait_for(worker);
    worker.open(file);
    const Table got = wait_for(worker);
    CHECK(got.work.failed);
    REQUIRE(got.work.problems.size() == 2);
    for (const Problem& p : got.work.problems) {
        CHECK(p.file.find("mine.yaml") != std::string::npos);
        CHECK(p.line > 0);
    }
    CHECK(got.work.message.find("mine.yaml") != std::string::npos);
    CHECK(got.snapshot);
}
