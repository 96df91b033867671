// The table of rooms held against the tree as it stands. A finding names file, line and rule.
#include "rules.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace fs = std::filesystem;
using namespace architecture;

namespace {

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

const fs::path& top() {
    static const fs::path path = TRESSE_SOURCE_DIR;
    return path;
}

Sources read_tree(std::initializer_list<const char*> folders, std::initializer_list<const char*> endings) {
    Sources sources;
    for (const char* folder : folders) {
        if (!fs::exists(top() / folder))
            continue;
        for (const auto& entry : fs::recursive_directory_iterator(top() / folder)) {
            const std::string path = entry.path().lexically_relative(top()).generic_string();
            if (entry.is_regular_file() &&
                std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return path.ends_with(ending); }))
                sources.push_back({path, read(entry.path())});
        }
    }
    std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
    return sources;
}

const Sources& code() {
    static const Sources sources = read_tree({"include", "sim", "viz", "tests"}, {".hpp", ".cpp"});
    return sources;
}

void expect_none(const Findings& findings) {
    INFO(listing(findings));
    CHECK(findings.empty());
}

}  // namespace

TEST_CASE("every source file stands in a room of the table") {
    expect_none(check_rooms_exist(code()));
}

TEST_CASE("a room includes only the rooms it may see") {
    expect_none(check_room_includes(code()));
}

TEST_CASE("third-party headers stand only where the table allows, and never in a public header") {
    expect_none(check_libraries(code()));
}

TEST_CASE("slow or spreading libraries stand in as few files as allowed") {
    expect_none(check_confined(code()));
}

TEST_CASE("public headers pull no slow standard header") {
    expect_none(check_slow_headers(code()));
}

TEST_CASE("nothing below a main prints, exits, or reads the clock or the environment") {
    expect_none(check_program_only(code()));
}

TEST_CASE("a stage sees its cell, not all cells") {
    expect_none(check_stages(code()));
}

TEST_CASE("every stage of the table has its file and none is excepted") {
    expect_none(check_stage_table(code()));
}

TEST_CASE("rooms that only read the world take it as const") {
    expect_none(check_readers(code()));
}

TEST_CASE("no source is left unfinished") {
    expect_none(check_unfinished(
        read_tree({"include", "sim", "viz", "tests", "scenarios"}, {".hpp", ".cpp", ".cmake", ".yaml", ".sh"})));
}

TEST_CASE("files keep to their size, or say why not") {
    expect_none(check_budget(code(), read_exceptions(read(top() / "tests/architecture/over_budget.txt"))));
}

TEST_CASE("CMakeLists.txt links what the table of rooms says") {
    expect_none(check_cmake({"CMakeLists.txt", read(top() / "CMakeLists.txt")}));
}
