// The built program as a user starts it: bad input is told, nothing is half written, and a run that was killed or found no room
// goes on to the same result.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "../said.hpp"
#include "../temporary_folder.hpp"
#include "tresse/core/file.hpp"

using namespace tresse;
namespace fs = std::filesystem;

namespace {

const std::string program = std::string(TRESSE_BINARY_DIR) + "/tresse";

/// A line of shell in a folder of its own; $T is the program.
class Desk {
public:
    Said say(const std::string& line) const {
        return said_by("cd '" + folder_.path.string() + "' && T='" + program + "' && { " + line + "\n}");
    }
    void write(const std::string& file, const std::string& text) const { write_file((folder_.path / file).string(), text); }
    fs::path path(const std::string& file) const { return folder_.path / file; }

    /// "result_hash" of the only run under a folder; empty when there is none.
    std::string result(const std::string& out) const {
        std::string found;
        if (!fs::exists(folder_.path / out))
            return found;
        for (const auto& entry : fs::recursive_directory_iterator(folder_.path / out))
            if (entry.path().filename() == "manifest.json") {
                const std::string text = read_file(entry.path().string(), 1u << 20);
                const std::size_t at = text.find("\"result_hash\": \"");
                found += at == std::string::npos ? "none" : text.substr(at + 16, 16);
            }
        return found;
    }

private:
    TemporaryFolder folder_{"desk"};
};

std::string village() {
    return read_file(join_path(TRESSE_SOURCE_DIR, "scenarios/village.yaml"), 1u << 20);
}

/// The village with one mistake in it.
std::string with(const std::string& right, const std::string& wrong) {
    std::string text = village();
    const std::size_t at = text.find(right);
    REQUIRE(at != std::string::npos);
    return text.replace(at, right.size(), wrong);
}

struct Mistake {
    const char* what;
    std::string text;
    std::vector<const char*> told;  ///< line, key, found, wanted, nearest
};

std::vector<Mistake> mistakes() {
    std::string bomb = "format: 1\nkind: scenario\na: &a [x, x, x, x, x, x, x, x, x]\n";
    for (char c = 'b'; c < 'j'; ++c) {
        const std::string before = std::string("*") + static_cast<char>(c - 1);
        bomb += std::string(1, c) + ": &" + c + " [";
        for (int i = 0; i < 9; ++i)
            bomb += (i ? ", " : "") + before;
        bomb += "]\n";
    }
    return {
        {"an unknown key", with("full_after_months: 30", "full_after_month: 30"), {"line 57", "full_after_month", "Nearest: full_after_months"}},
        {"a wrong unit", with("eur_per_year: 8000", "eur_per_month: 8000"), {"line 40", "eur_per_month", "eur_per_year"}},
        {"a probability of 3.1", with("share_of_target: 0.50", "share_of_target: 3.1"), {"line 60", "share_of_target", "found 3.1", "a share from 0 to 1"}},
        {"a municipality that does not exist", with("[24137]", "[Thienen]"), {"line 22", "area.municipalities[0]", "\"Thienen\"", "Tienen (24107"}},
        {"a missing source", with(", source: S-031", ""), {"line 40", "grants[0].source", "missing"}},
        {"a tab", "format: 1\nkind: scenario\n\tid: x\n", {"line  3", "a tab", "spaces"}},
        {"an empty file", "", {"empty"}},
        {"aliases that grow", bomb, {"more than 200,000 values"}},
        {"bytes that are no text", "format: 1\nid: \xff\xfe\n", {"line  2", "UTF-8"}},
        {"half a file", village().substr(0, village().find("share_of_target")), {"line 60"}},
    };
}

}  // namespace

TEST_CASE("every wrong file is told with its line and what was wanted, ends with 2 and writes nothing", "[docs]") {
    const Desk desk;
    for (const Mistake& mistake : mistakes()) {
        desk.write("mine.yaml", mistake.text);
        for (const char* command : {"check", "compare"}) {
            const Said said = desk.say(std::string("\"$T\" ") + command + " mine.yaml" + (command == std::string("compare") ? " --out results" : ""));
            INFO(mistake.what << ", " << command << ":\n" << said.text);
            CHECK(said.code == 2);
            CHECK(said.text.find("mine.yaml") != std::string::npos);
            for (const char* word : mistake.told)
                CHECK(said.text.find(word) != std::string::npos);
            CHECK_FALSE(fs::exists(desk.path("results")));
        }
    }
}

TEST_CASE("all problems of a file come at once", "[docs]") {
    const Desk desk;
    std::string text = with("share_of_target: 0.50", "share_of_target: 3.1");
    text.replace(text.find("[24137]"), 7, "[Thienen]");
    text.replace(text.find("use: zone-body"), 14, "use: zonebody");
    desk.write("mine.yaml", text);
    const Said said = desk.say("\"$T\" check mine.yaml");
    INFO(said.text);
    CHECK(said.code == 2);
    for (const char* word : {"Tienen (24107", "Nearest: zone-body", "found 3.1"})
        CHECK(said.text.find(word) != std::string::npos);
}

TEST_CASE("what is no file, too large a file or a file that may not be read is the user's to mend", "[docs]") {
    const Desk desk;
    fs::create_directory(desk.path("folder.yaml"));
    desk.write("huge.yaml", "");
    fs::resize_file(desk.path("huge.yaml"), std::uintmax_t{2} << 30);  // 2 GB of nothing: takes no room
    desk.write("closed.yaml", village());
    chmod(desk.path("closed.yaml").c_str(), 0);
    std::vector<std::pair<const char*, const char*>> cases = {
        {"folder.yaml", "folder"}, {"huge.yaml", "larger than"}, {"nowhere.yaml", "no such file"}};
    if (geteuid() != 0)  // nothing is closed to root
        cases.emplace_back("closed.yaml", "cannot be read");
    for (const auto& [file, word] : cases) {
        const Said said = desk.say(std::string("\"$T\" compare ") + file + " --out results");
        INFO(file << ":\n" << said.text);
        CHECK(said.code == 2);
        CHECK(said.text.find(word) != std::string::npos);
        CHECK_FALSE(fs::exists(desk.path("results")));
    }
}

TEST_CASE("a screen that takes nothing and a folder that cannot be made are the machine's refusals", "[docs]") {
    const Desk desk;
    CHECK(desk.say("\"$T\" check village > /dev/full").code == 3);
    desk.write("results", "a file stands where the folder should be");
    const Said said = desk.say("\"$T\" compare village --replicates 1 --months 1 --out results");
    INFO(said.text);
    CHECK(said.code == 3);
    CHECK(said.text.find("results") != std::string::npos);
}

TEST_CASE("a run that is killed in the middle loses no finished future and ends with the same result", "[docs][slow]") {
    const Desk desk;
    const std::string command = "\"$T\" compare village --replicates 6 --months 48 --threads 1 --quiet --out ";
    REQUIRE(desk.say(command + "whole > /dev/null").code == 0);
    const std::string result = desk.result("whole");
    REQUIRE(result.size() == 16);
    REQUIRE(result != "none");

    // killed with -9 as soon as the first futures are on the disk, then twice more at a later one
    for (const int futures : {1, 3, 4}) {
        const std::string wanted = std::to_string(futures);
        const Said killed = desk.say(command + "parts" + wanted + " > /dev/null & pid=$!\n" +
                                     "while kill -0 $pid 2>/dev/null; do\n"
                                     "  n=$(\"$T\" report $(ls -d parts" + wanted + "/village/*/ 2>/dev/null | head -n 1) --format csv 2>/dev/null | wc -l)\n"
                                     "  [ \"$n\" -gt 1 ] && [ $(stat -c %s parts" + wanted + "/village/*/run.sqlite) -gt $((" + wanted + " * 200000)) ] && kill -9 $pid && break\n"
                                     "done; wait $pid; echo ended with $?");
        INFO(killed.text);
        REQUIRE(killed.text.find("ended with 137") != std::string::npos);
        CHECK(desk.result("parts" + wanted) == "none");
        const Said resumed = desk.say(command + "parts" + wanted + " --resume > /dev/null");
        INFO(resumed.text);
        CHECK(resumed.code == 0);
        CHECK(desk.result("parts" + wanted) == result);
    }
}

TEST_CASE("a run that finds no room on the disk keeps what is finished and ends with the same result when there is room",
          "[docs][slow]") {
    const Desk desk;
    const std::string command = "\"$T\" compare village --replicates 6 --months 24 --threads 1 --quiet --out ";
    REQUIRE(desk.say(command + "whole > /dev/null").code == 0);
    // No file may grow beyond so many blocks of 1,024 bytes: what the system answers when a file cannot grow.
    const Said full = desk.say("trap '' XFSZ; ulimit -f 900; " + command + "small > /dev/null");
    INFO(full.text);
    CHECK(full.code == 3);
    CHECK(full.text.find("run.sqlite") != std::string::npos);
    CHECK(full.text.find("--resume") != std::string::npos);
    CHECK(desk.result("small") == "none");
    CHECK(desk.say(command + "small --resume > /dev/null").code == 0);
    CHECK(desk.result("small") == desk.result("whole"));
}

TEST_CASE("a run is repeated from its folder and found identical, with one thread and with two", "[docs][slow]") {
    const Desk desk;
    REQUIRE(desk.say("\"$T\" compare village --replicates 2 --months 12 --threads 2 --out results > /dev/null").code == 0);
    for (const char* threads : {"1", "2"}) {
        const Said said = desk.say(std::string("\"$T\" rerun $(ls -d results/village/*/) --out results --threads ") + threads);
        INFO(said.text);
        CHECK(said.code == 0);
        CHECK(said.text.find("identical") != std::string::npos);
    }
}

TEST_CASE("a run explains its mechanisms: persons, events, minutes and euros of each, and which touched nobody", "[docs][slow]") {
    const Desk desk;
    REQUIRE(desk.say("\"$T\" compare village --replicates 1 --months 12 --out results > /dev/null").code == 0);
    const Said said = desk.say("\"$T\" explain $(ls -d results/village/*/) --mechanisms --out results");
    INFO(said.text);
    CHECK(said.code == 0);
    for (const char* word : {"persons", "events", "minutes", "EUR", "admission_unplanned", "forgone_money", "refund", "team: gp",
                             "team: home_nursing", "delivered case-management/complex-needs", "touched nobody", "tie_faded"})
        CHECK(said.text.find(word) != std::string::npos);
    CHECK(desk.say("\"$T\" explain village --mechanisms").code == 2);  // a scenario has not run yet
}

TEST_CASE("a run of one arm tells supply against need, waiting and the network by municipality, and keeps all columns", "[docs][slow]") {
    const Desk desk;
    const Said said = desk.say("\"$T\" run village --replicates 1 --months 12 --out results");
    INFO(said.text);
    REQUIRE(said.code == 0);
    for (const char* word : {"Supply and need", "Waiting", "By municipality", "Glabbeek", "handover", "Network at the end", "communities"})
        CHECK(said.text.find(word) != std::string::npos);
    const Said table = desk.say("head -2 results/village/*/municipalities.csv");
    for (const char* column : {"gp_posts_in_reach_per_10000", "gp_days_waited", "care_density", "coc_percent", "single_points_of_failure", "24137"})
        CHECK(table.text.find(column) != std::string::npos);
    CHECK(table.text.find(",,") == std::string::npos);  // nothing of the place is unknown
    CHECK(desk.say("cut -d, -f3 results/village/*/network.csv").text.find("pairs_at_distance/1") != std::string::npos);
    const Said scores = desk.say("\"$T\" explain $(ls -d results/village/*/) --scores --out results");
    INFO(scores.text);
    CHECK(scores.code == 0);
    for (const char* word : {"(UPC)", "(COC)", "Care density", "burnt out", "vacant", "Days at home", "fifth 5", "NETWORK"})
        CHECK(scores.text.find(word) != std::string::npos);
    CHECK(desk.say("\"$T\" explain village --scores").code == 2);  // a scenario has not run yet
}

TEST_CASE("a command offers only options that it uses", "[docs]") {
    const Desk desk;
    for (const char* command : {"check", "explain", "report"}) {
        const Said help = desk.say(std::string("\"$T\" ") + command + " --help");
        INFO(help.text);
        CHECK(help.code == 0);
        for (const char* option : {"--replicates", "--threads", "--seed", "--resume", "--memory"})
            CHECK(help.text.find(option) == std::string::npos);
        CHECK(desk.say(std::string("\"$T\" ") + command + " village --seed 3").code == 2);
    }
    CHECK(desk.say("\"$T\" compare --help").text.find("--seed") != std::string::npos);
}
