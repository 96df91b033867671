// Each rule tried on a bad snippet, so that we know the test of the tree can fail, and on a good one beside it.
#include "rules.hpp"

#include "table.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace architecture;

namespace {

/// "path:line" of every finding, in order.
std::vector<std::string> places(const Findings& findings) {
    std::vector<std::string> out;
    for (const Finding& finding : findings)
        out.push_back(finding.path + ":" + std::to_string(finding.line));
    return out;
}

using Places = std::vector<std::string>;

}  // namespace

TEST_CASE("comments and strings are blanked without moving a line") {
    CHECK(without_comments("a // b\nc /* d\ne */ f", true) == "a     \nc     \n     f");
    CHECK(without_comments("x = \"// no\"; // yes", false) == "x = \"// no\";       ");
    CHECK(without_comments("x = \"abc\\\"d\"; y", true) == "x = \"      \"; y");
    CHECK(without_comments("n = 1'000; c = 'x'; // d", true) == "n = 1'000; c = ' ';     ");
    CHECK(without_comments("R\"(a // \"b)\" c", true) == "R\"         \" c");
}

TEST_CASE("a file's room follows from its folder") {
    CHECK(room_of("sim/core/draw.cpp") == "core");
    CHECK(room_of("sim/core/text/catalogue.cpp") == "core/text");
    CHECK(room_of("include/tresse/world/cell.hpp") == "world");
    CHECK(room_of("include/tresse/viz/figure/chart.hpp") == "viz/figure");
    CHECK(room_of("viz/figure/chart.cpp") == "viz/figure");
    CHECK(room_of("sim/main.cpp") == "sim/main.cpp");
    CHECK(room_of("sim/mpi/main.cpp") == "sim/mpi");
    CHECK(room_of("sim/cellar/rat.cpp").empty());
    CHECK(room_of("sim/core/deep/er.cpp").empty());
    CHECK(room_of("sim/corexyz.cpp").empty());
}

TEST_CASE("a file outside the table is found") {
    const Sources bad = {{"sim/cellar/rat.cpp", "int x;\n"}, {"sim/_template/measure.cpp", "int x;\n"}};
    CHECK(places(check_rooms_exist(bad)) == Places{"sim/cellar/rat.cpp:1"});
}

TEST_CASE("an arrow that goes up is found") {
    const Sources bad = {
        {"sim/measure/score.cpp", "#include \"tresse/world/book.hpp\"\n#include \"tresse/funding/rule.hpp\"\n"},
        {"include/tresse/core/id.hpp", "#  include <tresse/world/cell.hpp>\n"},
        {"sim/core/a.cpp", "// #include \"tresse/app/run.hpp\"\n#include \"../world/cell.hpp\"\n"},
        {"sim/world/b.cpp", "#include \"tresse/attic/box.hpp\"\n"},
    };
    CHECK(places(check_room_includes(bad)) ==
          Places{"sim/measure/score.cpp:2", "include/tresse/core/id.hpp:1", "sim/core/a.cpp:2", "sim/world/b.cpp:1"});
}

TEST_CASE("a private header beside its source is allowed") {
    const Sources good = {{"sim/model/need.cpp", "#include \"shared.hpp\"\n#include \"tresse/core/id.hpp\"\n"},
                          {"sim/model/shared.hpp", "#pragma once\n"}};
    CHECK(check_room_includes(good).empty());
}

TEST_CASE("a library in the wrong room, in a public header, or unknown is found") {
    const Sources bad = {
        {"sim/world/cell.cpp", "#include <vector>\n#include <fmt/format.h>\n"},
        {"include/tresse/core/text_out.hpp", "#include <fmt/format.h>\n"},
        {"sim/build/place.cpp", "#include <boost/graph/adjacency_list.hpp>\n#include <boost/asio.hpp>\n"},
        {"viz/figure/chart.cpp", "#include \"imgui.h\"\n#include <cairo/cairo.h>\n"},
    };
    CHECK(places(check_libraries(bad)) == Places{"sim/world/cell.cpp:2", "include/tresse/core/text_out.hpp:1",
                                                 "sim/build/place.cpp:2", "viz/figure/chart.cpp:1"});
}

TEST_CASE("yaml-cpp outside scenario and CLI11 outside a main are found") {
    const Sources bad = {{"sim/build/region.cpp", "#include <yaml-cpp/yaml.h>\n"},
                         {"sim/scenario/load.cpp", "#include <yaml-cpp/yaml.h>\n"},
                         {"sim/app/run.cpp", "#include <CLI/CLI.hpp>\n"},
                         {"sim/main.cpp", "#include <CLI/CLI.hpp>\n"}};
    CHECK(places(check_libraries(bad)) == Places{"sim/build/region.cpp:1", "sim/app/run.cpp:1"});
}

TEST_CASE("a confined library in a header, in a second file, or in another file than the one named is found") {
    const Sources bad = {
        {"sim/core/draw.cpp", "#include <Random123/philox.h>\n"},
        {"sim/core/hash.cpp", "#include <Random123/threefry.h>\n"},
        {"sim/measure/graph.cpp",
         "#include <boost/graph/adjacency_list.hpp>\n#include <boost/graph/dijkstra_shortest_paths.hpp>\n"},
        {"sim/measure/network.cpp", "#include <boost/graph/adjacency_list.hpp>\n"},
        {"sim/measure/sums.hpp", "#include <Eigen/Dense>\n"},
    };
    CHECK(places(check_confined(bad)) ==
          Places{"sim/core/hash.cpp:1", "sim/measure/network.cpp:1", "sim/measure/sums.hpp:1"});
}

TEST_CASE("a slow standard header in a public header is found, in a source it is not") {
    const Sources bad = {{"include/tresse/core/a.hpp", "#pragma once\n#include <string>\n#include <functional>\n"},
                         {"sim/core/a.cpp", "#include <functional>\n"}};
    CHECK(places(check_slow_headers(bad)) == Places{"include/tresse/core/a.hpp:3"});
}

TEST_CASE("printing, leaving, and reading the clock or the environment below a main are found") {
    const Sources bad = {
        {"sim/app/run.cpp", "// std::cout << 1;\nstd::cout << 1;\nsnprintf(a, 1, b);\nstd::printf(\"x\");\n"},
        {"sim/core/a.cpp", "auto s = \"exit(\";\nstd::exit(1);\nlogic.exit(1);\non_exit(2);\ngetenv(\"HOME\");\n"},
        {"viz/explorer/view.cpp", "auto t = std::chrono::steady_clock::now();\nruntime(0);\nstd::time(nullptr);\n"},
        {"sim/main.cpp", "std::cout << 1; exit(0);\n"},
        {"tests/core/a_test.cpp", "std::cout << 1;\n"},
    };
    CHECK(places(check_program_only(bad)) == Places{"sim/app/run.cpp:2", "sim/app/run.cpp:4", "sim/core/a.cpp:2",
                                                    "sim/core/a.cpp:5", "viz/explorer/view.cpp:1",
                                                    "viz/explorer/view.cpp:3"});
}

TEST_CASE("a stage that reaches for all cells is found, the stages of the whole world may") {
    const Sources bad = {{"sim/model/disease.cpp", "void f() {\n    world.cells[3];\n}\n"},
                         {"sim/model/close_month.cpp", "for (auto& c : world.cells) {}\n"},
                         {"sim/model/need.cpp", "// not world.cells\n"}};
    CHECK(places(check_stages(bad)) == Places{"sim/model/disease.cpp:2"});
    CHECK(places(check_stages({{"sim/model/new_thing.cpp", "world.cells;"}})) == Places{"sim/model/new_thing.cpp:1"});
    CHECK(check_stage_table(bad).size() > 20);  // nearly all files are missing from the two lines above
}

TEST_CASE("a reader of the world that could change it is found") {
    const Sources bad = {
        {"include/tresse/measure/sample.hpp", "Sample sample(const World& w);\nvoid set(World& w);\n"},
        {"include/tresse/funding/claim.hpp", "void pay(world::Cell& c);\nint see(const world::Cell& c);\n"},
        {"include/tresse/model/step.hpp", "void step(World& w);\n"}};
    CHECK(places(check_readers(bad)) ==
          Places{"include/tresse/measure/sample.hpp:2", "include/tresse/funding/claim.hpp:1"});
}

TEST_CASE("unfinished work is found, also in comments") {
    const std::string mark = std::string("TO") + "DO";
    const Sources bad = {{"sim/core/a.cpp", "int x;\n// " + mark + ": later\n"},
                         {"sim/core/b.cpp", "int " + mark + "S_done;\n"}};
    CHECK(places(check_unfinished(bad)) == Places{"sim/core/a.cpp:2"});
}

TEST_CASE("a file over its size is found unless it is listed with a reason, and a stale reason is found") {
    std::string long_text;
    for (std::size_t i = 0; i <= header_budget_lines; ++i)
        long_text += "\n";
    const Sources sources = {{"include/tresse/core/a.hpp", long_text}, {"sim/core/a.cpp", long_text}};
    CHECK(places(check_budget(sources, {})) == Places{"include/tresse/core/a.hpp:251"});
    CHECK(check_budget(sources, read_exceptions("# why\ninclude/tresse/core/a.hpp: one table\n")).empty());
    CHECK(check_budget(sources, read_exceptions("include/tresse/core/a.hpp:\n")).size() == 1);
    CHECK(check_budget({}, read_exceptions("sim/core/gone.cpp: was long\n")).size() == 1);
}

TEST_CASE("a CMake line that differs from the table is found") {
    const std::string text = "tresse_module(core)\n# tresse_module(nothing)\ntresse_module(world\n  LINKS core app)\n"
                             "tresse_module(cellar)\n";
    const Findings findings = check_cmake({"CMakeLists.txt", text});
    const Places found = places(findings);
    CHECK(std::count(found.begin(), found.end(), "CMakeLists.txt:3") == 1);  // world links app
    CHECK(std::count(found.begin(), found.end(), "CMakeLists.txt:5") == 1);  // no such room
    // core's libraries, and one finding for every room of the table that is not there
    CHECK(std::count(found.begin(), found.end(), "CMakeLists.txt:1") ==
          static_cast<std::ptrdiff_t>(rooms.size() - 2 + 1));
}

TEST_CASE("a finding is told as file, line and rule") {
    CHECK(listing({{"sim/core/a.cpp", 7, "why"}}) == "sim/core/a.cpp:7: why\n");
}
