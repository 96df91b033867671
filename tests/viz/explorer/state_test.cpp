// What commands and keys do to the state. Expected values are read off the rules in state.hpp.
#include <catch2/catch.hpp>

#include "tresse/viz/explorer/state.hpp"

using namespace tresse;
using namespace tresse::viz::explorer;

namespace {
constexpr Limits limits{3, 20, 120, 9, 15, 300};
}

TEST_CASE("every view has a word, and its command shows it", "[explorer]") {
    for (int i = 0; i < view_count; ++i) {
        State state;
        CHECK(apply(state, "view " + std::string(view_word(static_cast<View>(i))), limits).known);
        CHECK(state.view == static_cast<View>(i));
    }
    State state;
    apply(state, "view nowhere", limits);
    CHECK(state == State{});
}

TEST_CASE("the month stays inside the horizon and falls back to the whole of it", "[explorer]") {
    State state;
    apply(state, "month 500", limits);
    CHECK(state.month == 119);
    apply(state, "month next", limits);
    CHECK(state.month == 119);
    apply(state, "month previous-year", limits);
    CHECK(state.month == 107);
    apply(state, "month all", limits);
    CHECK(state.month == -1);
    apply(state, "month previous", limits);
    CHECK(state.month == -1);
}

TEST_CASE("choosing the same place twice takes the choice away; a place that is not there changes nothing",
          "[explorer]") {
    State state;
    apply(state, "scope place 4", limits);
    CHECK(state.scope == Scope{measure::By::place, 4});
    apply(state, "scope place 9", limits);
    CHECK(state.scope == Scope{measure::By::place, 4});
    apply(state, "scope place 4", limits);
    CHECK(state.scope.all());
}

TEST_CASE("a lever keeps its last value, and levers-back forgets all", "[explorer]") {
    State state;
    apply(state, "lever arms.a.components[0].reach.persons 300", limits);
    apply(state, "lever arms.a.components[0].reach.persons 450", limits);
    REQUIRE(state.levers.size() == 1);
    CHECK(state.levers[0].value == 450);
    apply(state, "levers-back", limits);
    CHECK(state.levers.empty());
}

TEST_CASE("text grows from 100 to 200 percent and no further", "[explorer]") {
    State state;
    for (int i = 0; i < 20; ++i)
        apply(state, "text larger", limits);
    CHECK(state.scale == Approx(2));
    for (int i = 0; i < 20; ++i)
        apply(state, "text smaller", limits);
    CHECK(state.scale == Approx(1));
}

TEST_CASE("every key of the table leads to a command that is known", "[explorer]") {
    for (const char* key :
         {"1",  "2",    "3",    "4",      "5", "6", "7", "8",      "9", "0",      "PageUp", "PageDown", "a",
          "d",  "s",    "Left", "Right",  "m", "+", "-", "t",      "l", "Home",   "Tab",    "Enter",    "Escape",
          "Up", "Down", "F1",   "Ctrl+O", "r", "c", "p", "Ctrl+S", "e", "Ctrl+C", "Ctrl+Q", "/"}) {
        State state;
        const std::string command = command_of_key(key, state);
        INFO(key);
        CHECK_FALSE(command.empty());
        CHECK(apply(state, command, limits).known);
    }
    CHECK(command_of_key("nothing", State{}).empty());
}

TEST_CASE("while a search is typed, letters are letters", "[explorer]") {
    State state;
    apply(state, "type on", limits);
    CHECK(command_of_key("r", state).empty());
    CHECK(command_of_key("Escape", state) == "type off");
}

TEST_CASE("one key restores everything but view, language and levers", "[explorer]") {
    State state;
    for (const char* command :
         {"view map", "lang nl", "arm 1", "month 7", "scope place 2", "text larger", "theme dark", "lever k 3"})
        apply(state, command, limits);
    apply(state, command_of_key("Home", state), limits);
    State wanted;
    wanted.view = View::map;
    wanted.lang = Lang::nl;
    wanted.levers = {{"k", 3, true}};
    CHECK(state == wanted);
}

TEST_CASE("a command that only the window or the worker can do comes back as an errand", "[explorer]") {
    State state;
    CHECK(apply(state, "run", limits).errand.kind == Errand::Kind::run);
    CHECK(apply(state, "open some/folder", limits).errand.argument == "some/folder");
    CHECK(apply(state, "export svg", limits).errand.kind == Errand::Kind::export_figure);
    CHECK_FALSE(apply(state, "dance", limits).known);
}
