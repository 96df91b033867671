#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "../temporary_folder.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/store/record_code.hpp"
#include "tresse/store/run_folder.hpp"

#include "sample_run.hpp"

using namespace tresse;
using namespace tresse::store;
using Catch::Matchers::Contains;

namespace {

struct Scratch : TemporaryFolder {
    Scratch() : TemporaryFolder("store") {}
    std::string text() const { return path.string(); }
};

RunFolder new_run(const Scratch& scratch) {
    return RunFolder::create(scratch.text(), "2026-11-21T1405", sample_manifest(), "format: 1\n", sample_names());
}

bool equal(const measure::RunRecord& a, const measure::RunRecord& b) {
    return encode(a) == encode(b) && a.hash == b.hash && a.years.size() == b.years.size() &&
           a.years[1].postings == b.years[1].postings && a.years[1].places[1].counts == b.years[1].places[1].counts &&
           std::equal(a.years[1].book.values().begin(), a.years[1].book.values().end(),
                      b.years[1].book.values().begin(), b.years[1].book.values().end());
}

}  // namespace

TEST_CASE("a record comes back bit for bit, the largest and smallest integers too", "[store]") {
    const auto before = sample_record(1, 3);
    const auto after = decode(encode(before));
    CHECK(equal(before, after));
    CHECK(after.years[0].book.values().front() == -9223372036854775807ll - 1);
    CHECK(after.years[0].book.values().back() == 9223372036854775807ll);
    CHECK(after.years[0].has_census);
    CHECK_FALSE(after.years[1].has_census);
    CHECK(after.start.by_place == before.start.by_place);
    CHECK(after.years[1].place_kinds[1].demand == 77);
    CHECK(after.hash == before.hash);
}

TEST_CASE("bytes that are no record are refused", "[store]") {
    const std::string bytes = encode(sample_record(0, 0));
    CHECK_THROWS_AS(decode(bytes.substr(0, bytes.size() / 2)), BrokenRule);
    CHECK_THROWS_AS(decode(bytes + "x"), BrokenRule);
    CHECK_THROWS_AS(decode(""), BrokenRule);
}

TEST_CASE("a manifest comes back from its text", "[store]") {
    const Manifest before = sample_manifest();
    const Manifest after = manifest_from_json(to_json(before), "manifest.json");
    CHECK(to_json(after) == to_json(before));
    CHECK(after.seed == before.seed);
    CHECK(after.code() == "1a2b3c");
    CHECK(after.option("seed") == "7");
    CHECK(after.state == State::running);
    CHECK(after.result == 0);
    CHECK_THROWS_AS(manifest_from_json("{", "m"), BadInput);
    CHECK_THROWS_AS(manifest_from_json("{\"format\": 2}", "m"), BadInput);
}

TEST_CASE("a run folder keeps what is finished and reads it back", "[store]") {
    const Scratch scratch;
    std::string path;
    {
        RunFolder run = new_run(scratch);
        path = run.path();
        CHECK(path == scratch.text() + "/first-look/2026-11-21T1405-1a2b3c");
        run.keep({sample_record(0, 1), sample_record(1, 1)});
        run.keep({sample_record(0, 0), sample_record(1, 0)});
    }
    const RunFolder again = RunFolder::open(path + "/");
    CHECK(again.finished() == std::vector<Piece>{{0, 0}, {1, 0}, {0, 1}, {1, 1}});
    CHECK(equal(again.record(1, 1), sample_record(1, 1)));
    CHECK(again.resolved() == "format: 1\n");
    CHECK(again.manifest().scenario == "first-look");
    CHECK_THROWS_AS(again.record(0, 9), BrokenRule);
    std::uint64_t hash = 0;
    CHECK(again.has(1, 0, hash));
    CHECK(hash == sample_record(1, 0).hash);
    CHECK_FALSE(again.has(1, 9, hash));
}

TEST_CASE("a run never takes the folder of another", "[store]") {
    const Scratch scratch;
    const std::string first = new_run(scratch).path();
    const std::string second = new_run(scratch).path();
    CHECK(second == first + "-2");
}

TEST_CASE("a program that is killed loses no replicate that was finished", "[store]") {
    const Scratch scratch;
    const pid_t child = fork();
    if (child == 0) {
        RunFolder run = new_run(scratch);
        run.keep({sample_record(0, 0), sample_record(1, 0)});
        run.keep({sample_record(0, 1), sample_record(1, 1)});
        kill(getpid(), SIGKILL);
        _exit(1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    RunFolder run = RunFolder::open(runs(scratch.text()).at(0).path);
    CHECK(run.finished().size() == 4);
    CHECK(equal(run.record(1, 1), sample_record(1, 1)));
    CHECK(run.manifest().state == State::running);
    run.keep({sample_record(0, 2), sample_record(1, 2)});
    CHECK(run.finished().size() == 6);
}

TEST_CASE("a disk that refuses names the path, and what was finished stays", "[store]") {
    const Scratch scratch;
    RunFolder run = new_run(scratch);
    run.keep({sample_record(0, 0), sample_record(1, 0)});
    // A limit on the size of files stands for the full disk; the signal that comes with it is ignored.
    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    getrlimit(RLIMIT_FSIZE, &old);
    rlimit tight = old;
    tight.rlim_cur = std::filesystem::file_size(run.path() + "/run.sqlite");
    setrlimit(RLIMIT_FSIZE, &tight);
    std::string message;
    try {
        for (int i = 1; i < 200; ++i)
            run.keep({sample_record(0, i), sample_record(1, i)});
    } catch (const MachineRefused& refused) {
        message = refused.what();
    }
    setrlimit(RLIMIT_FSIZE, &old);
    std::signal(SIGXFSZ, before);
    CHECK_THAT(message, Contains(run.path() + "/run.sqlite"));
    const RunFolder again = RunFolder::open(run.path());
    CHECK(again.finished().size() >= 2);
    CHECK(again.finished().size() % 2 == 0);  // whole replicates only
    CHECK(equal(again.record(0, 0), sample_record(0, 0)));
}

TEST_CASE("tables stand in the database and beside it, and a missing value is empty, not zero", "[store]") {
    const Scratch scratch;
    RunFolder run = new_run(scratch);
    Table table;
    table.name = "scores";
    table.columns = {{"arm", Type::text}, {"value", Type::real}, {"persons", Type::whole}};
    table.rows = {{"today", cell(2.5), "12"}, {"more, or less", cell(std::nan("")), ""}};
    run.write_table(table, true);
    run.write_table(table, true);  // again, after more replicates
    CHECK(read_file(run.path() + "/scores.csv", 1000) == "arm,value,persons\ntoday,2.5,12\n\"more, or less\",,\n");
    SQLite::Database db(run.path() + "/run.sqlite");
    CHECK(db.execAndGet("SELECT COUNT(*) FROM scores").getInt() == 2);
    CHECK(db.execAndGet("SELECT value FROM scores WHERE arm = 'today'").getDouble() == 2.5);
    CHECK(db.execAndGet("SELECT value FROM scores WHERE arm <> 'today'").isNull());
}

TEST_CASE("the database has tables that people read, with names instead of numbers", "[store]") {
    const Scratch scratch;
    RunFolder run = new_run(scratch);
    run.keep({sample_record(1, 0)});
    SQLite::Database db(run.path() + "/run.sqlite");
    // Two years of 123456789012 cents, made by hand in sample_run.hpp.
    CHECK(db.execAndGet("SELECT SUM(cents) FROM ledger_raw WHERE payer = 'nihdi_health_care'").getInt64() ==
          246913578024ll);
    CHECK(db.execAndGet("SELECT posts FROM kinds WHERE kind = 'gp_practice' AND year = 2027").getInt() == 120000);
    CHECK(db.execAndGet("SELECT reached FROM actions WHERE year = 2026").getInt() == 111);
    CHECK(db.execAndGet("SELECT person_months FROM places WHERE place = '24016' AND year = 2026").getInt() == 4);
    CHECK(db.execAndGet("SELECT persons_end FROM years WHERE year = 2027").getInt() == 1201);
}

TEST_CASE("a run is found by its folder or by its code, and a wrong name gets the nearest", "[store]") {
    const Scratch scratch;
    RunFolder first = new_run(scratch);
    Manifest done = first.manifest();
    done.state = State::complete;
    done.result = 5;
    first.write_manifest(done);
    RunFolder second = new_run(scratch);  // newer, same code, not complete
    Manifest later = second.manifest();
    later.started = "2026-11-22T00:00:00Z";
    second.write_manifest(later);

    CHECK(find_run(scratch.text(), "1a2b3c").path == first.path());
    CHECK(find_run(scratch.text(), "1a2b").path == first.path());
    CHECK(find_run(scratch.text(), second.path()).path == second.path());
    CHECK(names_run(scratch.text(), "1a2b3c"));
    CHECK_FALSE(names_run(scratch.text(), "first-look"));
    CHECK_FALSE(names_run(scratch.text(), "ffffff"));
    try {
        find_run(scratch.text(), "1a2b3d");
        FAIL("a code that is not there");
    } catch (const BadInput& bad) {
        CHECK_THAT(bad.problems().text(), Contains("1a2b3c"));
    }
    CHECK(runs(scratch.text()).size() == 2);
    CHECK(runs(scratch.text() + "/nothing").empty());
}
