#include <catch2/catch.hpp>

#include <filesystem>

#include "tresse/core/file.hpp"
#include "tresse/scenario/source.hpp"

using namespace tresse;
using namespace tresse::scenario;

namespace {

SourceRegister read(const std::string& body, Problems& problems) {
    const std::string path = (std::filesystem::temp_directory_path() / "tresse-sources.yaml").string();
    write_file(path, "format: 1\nkind: sources\n" + body);
    SourceRegister out = read_sources(path, problems);
    std::filesystem::remove(path);
    return out;
}

}  // namespace

TEST_CASE("a source that is used and not registered is a problem with its place and the nearest id") {
    Problems problems;
    const SourceRegister sources = read("S-104: {what: \"readmission\", where: \"Leppin 2014\", read: true}\nA-021: {what: \"share\", why: \"no figure read\", used_by: [continuity]}\n", problems);
    CHECK_FALSE(problems.any());
    REQUIRE(sources.find("A-021"));
    CHECK(sources.find("A-021")->is_assumption());
    CHECK(sources.find("A-021")->used_by == std::vector<std::string>{"continuity"});
    check_sources(sources, {{"S-104", "a", "x.yaml", 3}, {"S-105", "b", "x.yaml", 4}, {"S-105", "c", "x.yaml", 5}, {"mine", "d", "x.yaml", 6}}, problems);
    REQUIRE(problems.count() == 2);
    CHECK(problems.list()[0].line == 4);
    CHECK(problems.list()[0].message == "S-105 does not stand in scenarios/sources.yaml. Add it there with what and where. Nearest: S-104");
    CHECK(problems.list()[1].line == 6);
}

TEST_CASE("a published source without its place and an assumption without its reason are refused") {
    Problems problems;
    read("S-001: {what: a}\nA-001: {what: b}\nB-1: {what: c, where: d}\nA-002: {what: a, whyy: b, why: c}\n", problems);
    REQUIRE(problems.count() == 4);
    CHECK(problems.list()[0].message == "a published source needs its place: where.");
    CHECK(problems.list()[1].message == "an assumption needs its reason: why.");
    CHECK(problems.list()[2].line == 5);
    CHECK(problems.list()[3].message == "unknown key. Nearest: why");
}
