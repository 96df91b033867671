// Pages against the program: what is made from lists agrees with them, and every command that a page shows can be typed.
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "made.hpp"
#include "../said.hpp"
#include "tresse/core/file.hpp"

using namespace tresse;
namespace fs = std::filesystem;

namespace {

const std::string home = TRESSE_SOURCE_DIR;
const std::string program = std::string(TRESSE_BINARY_DIR) + "/tresse";

std::string page(const std::string& file) {
    return read_file(join_path(home, file), 1u << 22);
}

std::vector<std::string> pages() {
    std::vector<std::string> out;
    for (const char* top : {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"})
        out.emplace_back(top);
    for (const char* folder : {"include", "sim", "viz", "scenarios", "tests", "results"})
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(home) / folder))
            if (entry.path().filename() == "README.md")
                out.push_back(entry.path().lexically_relative(home).generic_string());
    std::sort(out.begin(), out.end());
    return out;
}

/// Runs a line of shell in the folder of the project.
Said run(const std::string& line) {
    return said_by("cd '" + home + "' && " + line);
}

/// Commands that a page shows: lines of code blocks, and spans of code in the text.
std::vector<std::string> commands(const std::string& text) {
    std::vector<std::string> out;
    const auto take = [&](std::string line) {
        line = line.substr(0, line.find(" #"));
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r'))
            line.pop_back();
        if (line == "./tresse" || line.starts_with("./tresse ") || line.starts_with("tresse ") ||
            line.find(" --preset ") != std::string::npos)
            out.push_back(line);
    };
    std::istringstream lines(text);
    bool block = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("```")) {
            block = !block;
            continue;
        }
        if (block) {
            take(line.substr(std::min(line.find_first_not_of(" $"), line.size())));
            continue;
        }
        for (std::size_t from = line.find('`'); from != std::string::npos;) {
            const std::size_t to = line.find('`', from + 1);
            if (to == std::string::npos)
                break;
            take(line.substr(from + 1, to - from - 1));
            from = line.find('`', to + 1);
        }
    }
    return out;
}

std::vector<std::string> words_of(const std::string& line) {
    std::istringstream in(line);
    std::vector<std::string> words;
    for (std::string word; in >> word;)
        words.push_back(word);
    return words;
}

/// A word in capitals or brackets, or a file called my-..., stands for something that the reader puts there.
bool is_placeholder(const std::string& word) {
    return word.starts_with("my-") ||
           std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; }) ||
           word.find_first_of("[]<>|.*") == 0 || word.find("...") != std::string::npos;
}

/// What `tresse SUB --help` says, asked once.
const Said& help_of(const std::string& sub) {
    static std::map<std::string, Said> known;
    const auto found = known.find(sub);
    return found != known.end() ? found->second : known[sub] = run("'" + program + "' " + sub + " --help");
}

/// The sentence of what is wrong with a command; empty when it can be typed.
std::string wrong_with(const std::string& line) {
    std::vector<std::string> words = words_of(line);
    if (const std::size_t at = line.find(" --preset "); at != std::string::npos) {
        const std::string preset = words_of(line.substr(at + 10)).front();
        const bool there = page("CMakePresets.json").find("\"name\": \"" + preset + "\"") != std::string::npos;
        return there || is_placeholder(preset) ? "" : "no preset " + preset;
    }
    if (words.size() == 1)
        return exists(join_path(home, "scenarios/first-look.yaml")) ? "" : "nothing to run without arguments";
    static const Said launcher = run("./tresse --launcher-help");
    if (words[1] == "test" || words[1] == "--launcher-help") {
        for (std::size_t i = 1; i < words.size(); ++i) {
            std::string rest = words[i];  // [--quick|--slow]
            rest.erase(std::remove_if(rest.begin(), rest.end(), [](char c) { return c == '[' || c == ']'; }),
                       rest.end());
            std::replace(rest.begin(), rest.end(), '|', ' ');
            for (const std::string& word : words_of(rest))
                if (launcher.text.find(word) == std::string::npos)
                    return "the launcher's help has no " + word;
        }
        return "";
    }
    const bool has_command = words[1].front() != '-';
    const Said& help = help_of(has_command ? words[1] : "");
    if (help.code != 0)
        return "`tresse " + words[1] + " --help` ends with " + std::to_string(help.code);
    for (std::size_t i = has_command ? 2 : 1; i < words.size(); ++i) {
        std::string word = words[i].substr(0, words[i].find('='));
        if (word.starts_with("--") && help.text.find(word) == std::string::npos)
            return "unknown option " + word;
        if (word.ends_with(".yaml") && !is_placeholder(word) && !exists(join_path(home, word)))
            return "no file " + word;
    }
    return "";
}

}  // namespace

TEST_CASE("the made parts of the pages are what the loaders say", "[docs]") {
    for (const made::Part& part : made::parts(home)) {
        INFO(part.file << ", part " << part.name << ": write it anew with build/dev/tests/test_docs '[.write]'");
        std::string text;
        REQUIRE(made::find(page(part.file), part.name, text));
        const bool same = text == part.text;
        CHECK(same);
    }
}

TEST_CASE("the made parts of the pages are written anew", "[.write]") {
    for (const made::Part& part : made::parts(home)) {
        const std::string before = page(part.file);
        std::string text;
        REQUIRE(made::find(before, part.name, text));
        if (text != part.text)
            write_file(join_path(home, part.file), made::with_part(before, part));
    }
}

TEST_CASE("every command that a page shows can be typed", "[docs]") {
    std::set<std::string> seen;
    for (const std::string& file : pages())
        for (const std::string& command : commands(page(file))) {
            seen.insert(command);
            INFO(file << ": " << command);
            CHECK(wrong_with(command) == "");
        }
    CHECK(seen.size() > 10);
    CHECK(seen.contains("./tresse"));
    CHECK(seen.contains("./tresse test"));
}

TEST_CASE("a command that cannot be typed is found", "[docs]") {
    CHECK(wrong_with("./tresse compare village --replicats 3") == "unknown option --replicats");
    CHECK(wrong_with("tresse frobnicate village") != "");
    CHECK(wrong_with("tresse check scenarios/no-such.yaml") == "no file scenarios/no-such.yaml");
    CHECK(wrong_with("./tresse test --fast") != "");
    CHECK(wrong_with("cmake --preset nothing") == "no preset nothing");
    CHECK(commands("```\n./tresse check x   # says why\nls\n```\nand `tresse run y` too") ==
          std::vector<std::string>{"./tresse check x", "tresse run y"});
}

TEST_CASE("the program answers --help and --version, and calls a wrong command the user's mistake", "[docs]") {
    const Said help = help_of("");
    CHECK(help.code == 0);
    for (const char* command : {"compare", "run", "check", "explain", "report", "rerun", "explore"}) {
        CHECK(help.text.find(command) != std::string::npos);
        CHECK(help_of(command).code == 0);
    }
    CHECK(run("'" + program + "' --version").code == 0);
    CHECK(run("'" + program + "' compair village").code == 2);
    CHECK(run("'" + program + "' check scenarios/village.yaml").code == 0);
    CHECK(run("'" + program + "' check scenarios/no-such.yaml").code == 2);
}

TEST_CASE("every folder of the tree that people read has its page", "[docs]") {
    for (const char* folder : {"include", "sim", "viz", "scenarios", "scenarios/library", "scenarios/belgium", "tests",
                               "results", "sim/notes"}) {
        INFO(folder);
        CHECK(exists(join_path(home, std::string(folder) + "/README.md")));
    }
    for (const auto& entry : fs::directory_iterator(fs::path(home) / "sim"))
        if (entry.is_directory()) {
            INFO(entry.path());
            CHECK(exists((entry.path() / "README.md").string()));
        }
}
