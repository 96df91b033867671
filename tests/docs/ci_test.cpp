// What CI runs ends with failure when anything in it fails: tried with a launcher that does as it is told.
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

#include "../said.hpp"
#include "../temporary_folder.hpp"
#include "tresse/core/file.hpp"

using namespace tresse;
namespace fs = std::filesystem;

namespace {

/// A launcher that passes its tests, makes a run folder with all its files, repeats it as identical and refuses a scenario
/// that does not exist.
const std::string good = R"(#!/usr/bin/env bash
case "$1" in
  test) [ "${2:-}" = --compilers ] && exit 0; echo 'Tests: 3 passed, 0 failed (quick 1 s)' ;;
  compare)
    [ "$2" = no-such-scenario ] && exit 2
    while [ $# -gt 1 ]; do [ "$1" = --out ] && out=$2; shift; done
    run=$out/village/now; mkdir -p "$run/figures"
    for file in manifest.json scenario.resolved.yaml run.sqlite scores.csv series.csv groups.csv ledger.csv report.html figures/a.svg; do
      echo something >"$run/$file"
    done ;;
  rerun) echo 'identical: 6 pieces' ;;
  explain) echo '  admission_unplanned 446' ;;
esac
)";

/// What CI says in a tree whose launcher is the good one, less or more a change.
Said ci(const std::string& right = "", const std::string& wrong = "") {
    std::string launcher = good;
    if (!right.empty()) {
        const std::size_t at = launcher.find(right);
        REQUIRE(at != std::string::npos);
        launcher.replace(at, right.size(), wrong);
    }
    const TemporaryFolder folder("ci");
    const fs::path& tree = folder.path;
    for (const char* folder : {".ci", "sim", "scenarios"})
        fs::create_directory(tree / folder);
    fs::copy_file(fs::path(TRESSE_SOURCE_DIR) / ".ci/run", tree / ".ci/run");
    write_file((tree / "sim/main.cpp").string(), "int main() {}\n");
    write_file((tree / "scenarios/village.yaml").string(), "format: 1\n");
    write_file((tree / "tresse").string(), launcher);
    fs::permissions(tree / "tresse", fs::perms::owner_all);
    return said_by("bash '" + (tree / ".ci/run").string() + "'");
}

}  // namespace

TEST_CASE("CI passes when tests pass and the small main job leaves what it should", "[docs]") {
    const Said said = ci();
    INFO(said.text);
    CHECK(said.code == 0);
    CHECK(said.text.find("Tests: 3 passed, 0 failed") != std::string::npos);
}

TEST_CASE("CI fails when a test fails, the main job fails, a file is missing or empty, or a rerun differs", "[docs]") {
    struct Case {
        const char *what, *right, *wrong, *told;
    };
    const Case cases[] = {
        {"a test fails", "echo 'Tests: 3 passed, 0 failed (quick 1 s)' ;;", "echo 'Tests: 2 passed, 1 failed (quick 1 s)'; exit 1 ;;", "FAILED: ./tresse test"},
        {"the build fails", "echo 'Tests: 3 passed, 0 failed (quick 1 s)' ;;", "exit 3 ;;", "no summary"},
        {"the main job fails", "    run=$out", "    exit 4; run=$out", "FAILED: compare scenarios/village.yaml runs"},
        {"a file is missing", " ledger.csv", "", "FAILED: the run folder has ledger.csv"},
        {"a figure is empty", "    done ;;", "    done; : >\"$run/figures/a.svg\" ;;", "FAILED: the run folder has figures"},
        {"a rerun differs", "identical: 6 pieces", "not identical: 6 pieces", "FAILED: rerun says identical"},
        {"no mechanism is named", "admission_unplanned", "nothing", "FAILED: explain --mechanisms"},
        {"bad input is taken", "&& exit 2", "&& exit 0", "FAILED: a wrong file"},
    };
    for (const Case& one : cases) {
        const Said said = ci(one.right, one.wrong);
        INFO(one.what << ":\n" << said.text);
        CHECK(said.code == 1);
        CHECK(said.text.find(one.told) != std::string::npos);
    }
}
