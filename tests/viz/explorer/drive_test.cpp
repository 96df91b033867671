// A whole use of the real window, by key and mouse, on a screen in memory: open, choose an arm, move the month, select a municipality, look at a
// person, do a lesson, change a lever, run, export a figure. Needs Xvfb and xdotool; says so when they are not here.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

#include "tresse/store/run_folder.hpp"
#include "tresse/viz/explorer/window.hpp"

#include "village.hpp"

using namespace tresse;
using namespace tresse::viz::explorer;
namespace fs = std::filesystem;

namespace {

pid_t start(const std::string& line) {
    const pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", ("exec " + line + " >/dev/null 2>&1").c_str(), static_cast<char*>(nullptr));
        _exit(127);
    }
    return child;
}

void rest(int milliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

/// Waits until `there` says yes; false after `seconds`.
template <class There> bool wait_until(There&& there, int seconds) {
    for (int i = 0; i < seconds * 10; ++i) {
        if (there())
            return true;
        rest(100);
    }
    return there();
}

struct Hand {
    std::string display;
    const Snapshot* snapshot;
    State state;
    Work work;

    void tool(const std::string& arguments) const {
        const std::string line = "DISPLAY=" + display + " xdotool " + arguments + " >/dev/null 2>&1";
        CHECK(std::system(line.c_str()) == 0);
        rest(250);
    }
    void key(const std::string& name) const { tool("key " + name); }
    /// Clicks where the screen offers a command.
    void click(const std::string& command) {
        const Screen screen = laid_out(snapshot, state, work, 1280, 800);
        for (const viz::Spot& spot : screen.scene.spots)
            if (spot.command == command) {
                const viz::Point m = spot.box.middle();
                tool("mousemove " + std::to_string(static_cast<int>(m.x)) + " " +
                     std::to_string(static_cast<int>(m.y)));
                tool("mousedown 1");
                tool("mouseup 1");
                apply(state, command, limits_of(snapshot));
                return;
            }
        FAIL("the screen offers no \"" + command + "\"");
    }
};

std::size_t complete_runs(const std::string& results) {
    std::size_t count = 0;
    for (const store::Found& run : store::runs(results))
        count += run.manifest.state == store::State::complete ? 1 : 0;
    return count;
}

bool has_tools() {
    return std::system("command -v Xvfb >/dev/null 2>&1 && command -v xdotool >/dev/null 2>&1") == 0;
}

}  // namespace

TEST_CASE("the window is used by key and mouse from opening a run to exporting a figure of a new one",
          "[explorer][slow]") {
    if (!has_tools()) {
        WARN("not driven: this needs Xvfb and xdotool (Debian: apt-get install xvfb xdotool)");
        return;
    }
    const village::Folder folder("driven");
    fs::copy(fs::path(village::run().run).parent_path(), fs::path(folder.path) / "village",
             fs::copy_options::recursive);
    const std::string display = ":" + std::to_string(90 + getpid() % 400);
    const pid_t screen = start("Xvfb " + display + " -screen 0 1280x800x24 -noreset");
    rest(1500);
    const pid_t window =
        start("env DISPLAY=" + display + " TRESSE_HOME='" + village::home + "' '" + std::string(TRESSE_BINARY_DIR) +
              "/tresse-explorer' '" + folder.path + "/village/" + fs::path(village::run().run).filename().string() +
              "' --out '" + folder.path + "' --lang en --replicates 1");
    rest(6000);
    Hand hand{display, village::run().snapshot.get(), {}, {}};
    hand.work.scenario = village::run().snapshot->run.scenario;
    hand.work.scenario_name = "village";

    hand.click("arm 1");
    hand.click("arm 2");
    hand.key("3");
    apply(hand.state, "view map", limits_of(hand.snapshot));
    hand.key("Right");
    apply(hand.state, "month next", limits_of(hand.snapshot));
    hand.click("scope place 0");
    hand.key("9");
    hand.key("f");
    // the life is there when its figure can be written
    const auto followed = [&] {
        hand.key("e");
        const fs::path figures = fs::path(folder.path) / "figures";
        return fs::exists(figures) && std::any_of(fs::directory_iterator(figures), {}, [&](const auto& one) {
                   return one.path().filename().string().starts_with("person");
               });
    };
    CHECK(wait_until(followed, 20));
    hand.key("1");
    apply(hand.state, "view overview", limits_of(hand.snapshot));
    hand.key("e");
    const auto exported = [&](const std::string& ending) {
        const fs::path figures = fs::path(folder.path) / "figures";
        return fs::exists(figures) && std::any_of(fs::directory_iterator(figures), {}, [&](const auto& one) {
                   return one.path().string().ends_with(ending);
               });
    };
    for (const char* ending : {".svg", ".pdf", ".png", ".csv"})
        CHECK(wait_until([&] { return exported(ending); }, 10));
    // a lesson: nothing is run before a prediction
    const village::Still session(folder.path);
    Problems problems;
    for (app::LessonDesk& lesson : app::lesson_desks(session, problems))
        hand.work.lessons.push_back(std::make_shared<const app::LessonDesk>(std::move(lesson)));
    const std::string sheet = hand.work.lessons.front()->sheet_file;
    hand.click("view lessons");
    hand.click("predict c");
    hand.click("learn run");
    CHECK(wait_until([&] { return fs::exists(sheet) && scenario::load_answers(sheet).shown.size() == 1; }, 120));
    rest(1000);
    hand.key("0");
    apply(hand.state, "view scenario", limits_of(hand.snapshot));
    const auto levers = [&] {
        const Screen view = laid_out(hand.snapshot, hand.state, hand.work, 1280, 800);
        for (const viz::Spot& spot : view.scene.spots)
            if (spot.command.starts_with("lever ") && spot.stop)
                return spot.command;
        return std::string();
    }();
    REQUIRE_FALSE(levers.empty());
    hand.click(levers);
    rest(500);
    hand.key("r");
    CHECK(wait_until([&] { return complete_runs(folder.path) >= 3; }, 240));
    rest(1500);
    hand.key("ctrl+q");
    int status = -1;
    CHECK(wait_until([&] { return waitpid(window, &status, WNOHANG) == window; }, 20));
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    kill(window, SIGTERM);
    kill(screen, SIGTERM);
    waitpid(screen, nullptr, 0);
}
