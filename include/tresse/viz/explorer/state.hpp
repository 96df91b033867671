#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/measure/score.hpp"
#include "tresse/viz/figure/scene.hpp"

/// What the user chose: view, arm, month, place. Every change is a command in words ("view map", "arm 2"), so that mouse,
/// keyboard, tests and scripts say the same thing.
namespace tresse::viz::explorer {

enum class View : std::uint8_t {
    overview,
    compare,
    map,
    equity,
    money,
    network,
    why,
    uncertainty,
    person,
    scenario,
    jury,
    sources,
    lessons,
    count
};
inline constexpr int view_count = static_cast<int>(View::count);
/// "overview", "map" ...: the words of commands and of file names.
std::string_view view_word(View view);
bool parse_view(std::string_view word, View& out);

/// Whose numbers are shown; shared by the views.
struct Scope {
    measure::By by = measure::By::all;
    int index = 0;
    bool all() const { return by == measure::By::all; }
    bool operator==(const Scope&) const = default;
};

/// A number of an action that can be dragged. `value` counts only when `moved`.
struct LeverState {
    std::string key;  ///< as --set takes it
    double value = 0;
    bool moved = false;
    std::string words = {};  ///< what is no number: a month, an entry of a list
    bool operator==(const LeverState&) const = default;
};

struct State {
    View view = View::overview;
    Lang lang = Lang::en;
    Theme theme = Theme::light;
    double scale = 1;  ///< of text and everything: 1 to 2
    int arm = -1;      ///< looked at; -1: the last. Never the base, except where levels are shown
    bool difference = true;
    int score = -1;  ///< row of the score table; -1: the view's own choice
    int month = -1;  ///< cursor: months since the policy date; -1: the whole horizon
    Scope scope;
    int kind = -1;  ///< provider kind that views are limited to; -1: all
    int provider = -1;
    int dossier = -1;  ///< row of the jury view
    int lesson = 0;       ///< row of the lessons
    int sheet = -1;       ///< page of the lesson; -1: where it stands
    std::string guess;    ///< the answer chosen, not kept yet
    int colour = 0;  ///< network: by kind, load, adoption
    int layout = 0;  ///< network: by place, by force
    double look_x = 0, look_y = 0;  ///< part of the page in sight, 0 to 1, where it is larger than the window: with large text
    int scroll = 0;  ///< rows that a list has moved
    int focus = -1;  ///< spot that the keyboard is on
    bool help = false;
    bool browser = false;                       ///< the list of runs is open
    double zoom = 1, shift_x = 0, shift_y = 0;  ///< of the map
    std::vector<LeverState> levers;
    std::string search;
    bool typing = false;  ///< letters go to the search, or to `field`
    std::string field;    ///< what is being written; empty: the search
    std::vector<std::pair<std::string, std::string>> entries;  ///< fields that were written in, and their words
    bool operator==(const State&) const = default;
};

/// What a command leaves to be done by the window or the worker.
struct Errand {
    enum class Kind : std::uint8_t {
        none,
        open,
        run,
        rehearse,
        cancel,
        pause,
        save_scenario,
        export_figure,
        follow,
        lesson,
        quit,
        next_focus,
        previous_focus,
        activate
    } kind = Kind::none;
    std::string argument;
};

/// The words that letters now go to: the search, or the field that is open.
std::string written(const State& state);

/// Sizes that a command is kept inside.
struct Limits {
    int arms = 0, scores = 0, months = 0, places = 0, kinds = 0, providers = 0;
};

/// Applies a command to the state; what it cannot do itself comes back as an errand. Unknown words change nothing and
/// give `known` false.
struct Applied {
    Errand errand;
    bool known = true;
};
Applied apply(State& state, std::string_view command, const Limits& limits);

/// The command of a key: "Ctrl+O", "Left", "m". Empty: none.
std::string command_of_key(std::string_view key, const State& state);

/// Keys and what they do, for the help page.
std::vector<std::pair<std::string, std::string>> key_help();

}  // namespace tresse::viz::explorer
