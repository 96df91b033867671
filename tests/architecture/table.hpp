#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// The table of rooms: who may include whom, and which libraries stand where. Change it together with
/// CMakeLists.txt (a test compares the two) and the module map in CONTRIBUTING.md, and say why in sim/notes/.
namespace architecture {

using Names = std::vector<std::string_view>;

struct Room {
    std::string_view
        path;         ///< include/tresse/<path>/, sim/<path>/ or viz/...; a program is named by its file or folder
    Names sees;       ///< rooms whose headers it may include, besides its own
    Names libraries;  ///< third-party libraries it may include, besides what is free for all
    bool is_program = false;
    bool is_around_main = false;  ///< may read the clock and the environment, as a main may  ///< may print, exit, and read the clock and the environment
};

inline const std::vector<Room> rooms = {
    {"core", {}, {"fmt", "oneTBB", "Random123", "xxHash", "Boost.Math", "POSIX", "intrinsics"}},
    {"core/text", {"core"}, {"Boost.Locale"}},
    {"world", {"core"}, {}},
    {"funding", {"core", "world"}, {}},
    {"model", {"core", "world", "funding"}, {}},
    {"measure", {"core", "world"}, {"Boost.Graph", "Eigen"}},
    {"scenario", {"core", "world", "funding", "model", "measure"}, {"yaml-cpp", "nlohmann-json"}},
    {"build", {"core", "core/text", "world", "funding", "model", "measure", "scenario"}, {"Boost.Graph"}},
    {"experiment",
     {"core", "core/text", "world", "funding", "model", "measure", "scenario", "build"},
     {"Boost.Random"}},
    {"decide", {"core", "measure", "experiment"}, {"Boost.Math", "Eigen"}},
    {"validate",
     {"core", "core/text", "world", "funding", "model", "measure", "scenario", "build", "experiment"},
     {"NLopt"}},
    {"jury", {"core", "decide", "scenario"}, {}},
    {"lesson", {"core", "core/text", "world", "measure", "scenario", "decide"}, {}},
    {"store", {"core", "measure", "experiment"}, {"SQLiteCpp", "nlohmann-json", "POSIX"}},
    {"viz/figure",
     {"core", "core/text", "measure", "decide", "experiment"},
     {"cairo", "pango", "Boost.Polygon", "Boost.Geometry"}},
    {"viz/report", {"core", "core/text", "viz/figure", "store", "decide", "validate", "jury"}, {}},
    {"app",
     {"core", "core/text", "world", "funding", "model", "measure", "scenario", "build", "experiment", "decide",
      "validate", "jury", "lesson", "store", "viz/figure", "viz/report"},
     {"POSIX"}},
    {"viz/explorer",
     {"core", "core/text", "world", "funding", "model", "measure", "scenario", "build", "experiment", "decide",
      "validate", "jury", "lesson", "store", "viz/figure", "viz/report", "app"},
     {"imgui", "glfw", "FreeType", "OpenGL", "stb"}},
    {"frame", {"core", "core/text", "app"}, {"POSIX"}, false, true},
    {"sim/main.cpp", {"core", "core/text", "app", "frame"}, {"CLI11", "POSIX"}, true},
    {"viz/main.cpp", {"core", "core/text", "app", "frame", "viz/explorer"}, {"CLI11", "POSIX"}, true},
    {"sim/mpi", {"core", "core/text", "app", "frame"}, {"Boost.MPI", "POSIX"}, true},
};

/// A header (or all below a folder, when it ends in '/') and the library it belongs to. The longest match wins.
struct LibraryHeader {
    std::string_view prefix;
    std::string_view library;
};

inline const std::vector<LibraryHeader> library_headers = {
    {"fmt/", "fmt"},
    {"tbb/", "oneTBB"},
    {"oneapi/tbb", "oneTBB"},
    {"Random123/", "Random123"},
    {"xxhash.h", "xxHash"},
    {"xxh3.h", "xxHash"},
    {"boost/math/", "Boost.Math"},
    {"boost/locale", "Boost.Locale"},
    {"boost/graph/", "Boost.Graph"},
    {"boost/property_map/", "Boost.Graph"},
    {"boost/pending/", "Boost.Graph"},
    {"boost/random", "Boost.Random"},
    {"boost/polygon/", "Boost.Polygon"},
    {"boost/geometry", "Boost.Geometry"},
    {"boost/mpi", "Boost.MPI"},
    {"boost/serialization/", "Boost.MPI"},
    {"mpi.h", "Boost.MPI"},
    {"Eigen/", "Eigen"},
    {"unsupported/Eigen/", "Eigen"},
    {"yaml-cpp/", "yaml-cpp"},
    {"nlohmann/", "nlohmann-json"},
    {"nlopt", "NLopt"},
    {"SQLiteCpp/", "SQLiteCpp"},
    {"sqlite3.h", "SQLiteCpp"},
    {"cairo", "cairo"},
    {"pango/", "pango"},
    {"glib", "pango"},
    {"imgui", "imgui"},
    {"GLFW/", "glfw"},
    {"ft2build.h", "FreeType"},
    {"freetype/", "FreeType"},
    {"GL/", "OpenGL"},
    {"GLES", "OpenGL"},
    {"EGL/", "OpenGL"},
    {"stb_", "stb"},
    {"stb/", "stb"},
    {"CLI/", "CLI11"},
    {"malloc.h", "POSIX"},
    {"unistd.h", "POSIX"},
    {"fcntl.h", "POSIX"},
    {"signal.h", "POSIX"},
    {"termios.h", "POSIX"},
    {"sys/", "POSIX"},
    {"immintrin.h", "intrinsics"},
};

/// "Libraries" that come with the compiler and the system: CMake has no line for them.
inline const Names nothing_to_link = {"POSIX", "intrinsics"};

/// Libraries that are slow to read or easily spread: how many .cpp files of a room may include them. Headers never may.
struct Confined {
    std::string_view library;
    std::string_view room;
    std::size_t files;
    std::string_view only_file = {};  ///< when one file is named, no other may
};

inline const std::vector<Confined> confined = {
    {"Random123", "core", 1, "sim/core/draw.cpp"},
    {"intrinsics", "core", 1, "sim/core/draw.cpp"},
    {"Boost.Math", "core", 1},
    {"Boost.Math", "decide", 1},
    {"Boost.Locale", "core/text", 1},
    {"Boost.Graph", "measure", 1},
    {"Boost.Graph", "build", 1},
    {"Eigen", "measure", 1},
    {"Eigen", "decide", 2},
    {"yaml-cpp", "scenario", 2},
    {"nlohmann-json", "scenario", 1},
    {"nlohmann-json", "store", 2},
    {"NLopt", "validate", 1},
    {"Boost.Random", "experiment", 1},
    {"Boost.Polygon", "viz/figure", 1},
    {"Boost.Geometry", "viz/figure", 1},
    {"CLI11", "sim/main.cpp", 1},
    {"CLI11", "viz/main.cpp", 1},
};

/// Standard headers that cost every reader of a public header 0.1 s and more.
inline const Names slow_standard_headers = {"iostream",   "regex",  "functional", "ranges",
                                            "filesystem", "format", "execution"};

/// What only a program may do. A word followed by '(' is looked for as a call.
inline const Names program_only = {
    "std::cout",    "std::cerr",      "std::clog",
    "fmt::print(",  "printf(",        "fprintf(",
    "vprintf(",     "puts(",          "fputs(",
    "putchar(",     "perror(",        "exit(",
    "_exit(",       "quick_exit(",    "abort(",
    "getenv(",      "secure_getenv(", "setenv(",
    "system_clock", "steady_clock",   "high_resolution_clock",
    "clock(",       "time(nullptr",   "time(NULL",
    "time(0",       "gettimeofday(",  "clock_gettime(",
    "localtime(",   "gmtime(",
};

/// The stages that work cell by cell, in the order of the month: they see their cell, the rules and the board, so that a
/// month is parallel and a life can be replayed from its cell alone. Each has a file of its name in sim/model.
inline const Names cell_stages = {"demography", "risk_factors", "disease",    "need",     "seek",
                                  "redirect",   "deliver",      "coordinate", "hospital", "settle",
                                  "join",       "refresh",      "effects",    "choice",   "close_year"};

/// A file of sim/model that may reach for all cells, and why.
struct WorldFile {
    std::string_view stem;
    std::string_view because;
};

/// Every other file of sim/model, a new one too, is held to what a stage may see.
inline const std::vector<WorldFile> world_files = {
    {"step", "hands the cells to the stages"},
    {"rehouse", "January: people move from cell to cell"},
    {"cell_writer",
     "writes the cells of January anew, groups them into pieces, recounts their stocks; no luck, no rule"},
    {"publish", "fills the board before the first stage"},
    {"programme_reach", "counts who takes part once the month's stages are over"},
    {"stratify", "sorts the adults of the whole area once a year, after the month's stages"},
    {"ration", "phase B: what all cells ask of a provider"},
    {"close_month", "phase D: books of all cells are summed"},
    {"respond", "phase D: providers answer to what all cells asked"},
    {"programme", "phase D: organisations and their budgets"},
    {"guarantee", "phase D, once a year: what every person cost, against what was expected"},
    {"state_hash", "reads everything, changes nothing: the hash of a result"},
};

/// Rooms that read a world and never change it: their headers take `const World&` and `const Cell&` only.
inline const Names readers_of_world = {"funding", "measure"};

inline constexpr std::size_t header_budget_lines = 250;
inline constexpr std::size_t source_budget_lines = 600;

}  // namespace architecture
