#include "tresse/viz/explorer/state.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"

namespace tresse::viz::explorer {

namespace {

constexpr std::array<std::string_view, view_count> view_words = {"overview", "compare",  "map",  "equity",
                                                                 "money",    "network",  "why",  "uncertainty",
                                                                 "person",   "scenario", "jury", "sources",
                                                                 "lessons"};
constexpr std::array<std::string_view, 6> by_words = {"all", "fifth", "bim", "sex", "age", "place"};

int whole(std::string_view text, int otherwise) {
    long long value = otherwise;
    return parse_whole(text, value) ? static_cast<int>(value) : otherwise;
}

/// Moves a choice by one, round and round, between `low` and `high`.
int stepped(int value, int by, int low, int high) {
    const int count = high - low + 1;
    return count <= 0 ? value : low + ((value - low + by) % count + count) % count;
}

void choose_scope(State& state, std::string_view by, int index, const Limits& limits) {
    for (std::size_t i = 0; i < by_words.size(); ++i)
        if (by == by_words[i]) {
            const Scope wanted{static_cast<measure::By>(i), index};
            if (wanted.by == measure::By::place && (index < 0 || index >= limits.places))
                return;
            state.scope = wanted.by == measure::By::all || wanted == state.scope ? Scope{} : wanted;
        }
}

void choose_month(State& state, std::string_view word, const Limits& limits) {
    if (word == "all")
        state.month = -1;
    else if (word == "next" || word == "previous")
        state.month = std::clamp(state.month + (word == "next" ? 1 : -1), -1, limits.months - 1);
    else if (word == "next-year" || word == "previous-year")
        state.month = std::clamp(state.month < 0 ? (word == "next-year" ? 0 : -1)
                                                 : state.month + (word == "next-year" ? 12 : -12),
                                 -1, limits.months - 1);
    else
        state.month = std::clamp(whole(word, -1), -1, limits.months - 1);
}

void choose_lang(State& state, std::string_view word) {
    if (word == "next")
        state.lang = static_cast<Lang>((static_cast<int>(state.lang) + 1) % lang_count);
    else
        parse_lang(word, state.lang);
}

void choose_zoom(State& state, std::string_view word) {
    if (word == "in" || word == "out")
        state.zoom = std::clamp(state.zoom * (word == "in" ? 1.25 : 0.8), 1.0, 12.0);
    else
        state.zoom = 1;
    if (state.zoom <= 1)
        state.shift_x = state.shift_y = 0;
}

void set_lever(State& state, std::string_view rest) {
    const std::size_t gap = rest.find(' ');
    if (gap == std::string_view::npos || gap + 1 == rest.size())
        return;
    LeverState wanted{std::string(rest.substr(0, gap)), 0, true, {}};
    if (!parse_number(rest.substr(gap + 1), wanted.value))
        wanted.words = std::string(rest.substr(gap + 1));
    for (LeverState& lever : state.levers)
        if (lever.key == wanted.key) {
            lever = std::move(wanted);
            return;
        }
    state.levers.push_back(std::move(wanted));
}

void restore(State& state) {
    State fresh;
    fresh.view = state.view;
    fresh.lang = state.lang;
    fresh.levers = state.levers;
    fresh.lesson = state.lesson, fresh.guess = state.guess, fresh.entries = state.entries;
    state = fresh;
}

struct Words {
    std::string_view verb, rest;
};

Words split(std::string_view command) {
    const std::size_t gap = command.find(' ');
    return gap == std::string_view::npos ? Words{command, ""} : Words{command.substr(0, gap), command.substr(gap + 1)};
}

/// Puts words into the field that is open.
void write(State& state, std::string_view words) {
    if (state.field.empty()) {
        state.search = std::string(words), state.scroll = 0;
        return;
    }
    for (auto& [field, now] : state.entries)
        if (field == state.field) {
            now = std::string(words);
            return;
        }
    state.entries.emplace_back(state.field, std::string(words));
}

/// Opens a field; `words` stand in it until something is written.
void edit(State& state, const Words& field_and_words) {
    state.typing = true;
    state.field = std::string(field_and_words.verb);
    const bool known = std::any_of(state.entries.begin(), state.entries.end(), [&](const auto& e) { return e.first == state.field; });
    if (!known && !field_and_words.rest.empty())
        write(state, field_and_words.rest);
}

/// Commands that choose what is looked at. False: not one of them.
bool choose(State& s, const Words& w, const Limits& limits) {
    if (w.verb == "view") {
        View view = s.view;
        if (w.rest == "next" || w.rest == "previous")
            view = static_cast<View>(stepped(static_cast<int>(s.view), w.rest == "next" ? 1 : -1, 0, view_count - 1));
        else if (!parse_view(w.rest, view))
            return true;
        s.view = view;
        s.scroll = 0;
        s.focus = -1;
        s.sheet = -1;
        s.typing = false;
        s.browser = s.help = false;
    } else if (w.verb == "arm") {
        if (limits.arms > 1)
            s.arm = w.rest == "next" ? stepped(s.arm < 0 ? limits.arms - 1 : s.arm, 1, 1, limits.arms - 1)
                                     : std::clamp(whole(w.rest, s.arm), 0, limits.arms - 1);
    } else if (w.verb == "score") {
        if (limits.scores > 0)
            s.score = w.rest == "next" || w.rest == "previous"
                          ? stepped(std::max(s.score, 0), w.rest == "next" ? 1 : -1, 0, limits.scores - 1)
                          : std::clamp(whole(w.rest, s.score), -1, limits.scores - 1);
    } else if (w.verb == "month") {
        choose_month(s, w.rest, limits);
    } else if (w.verb == "scope") {
        const Words inner = split(w.rest);
        choose_scope(s, inner.verb, whole(inner.rest, 0), limits);
    } else if (w.verb == "kind") {
        const int kind = whole(w.rest, -1);
        s.kind = kind == s.kind ? -1 : std::clamp(kind, -1, limits.kinds - 1);
    } else if (w.verb == "provider") {
        const int provider = whole(w.rest, -1);
        s.provider = provider == s.provider ? -1 : std::clamp(provider, -1, limits.providers - 1);
    } else if (w.verb == "dossier") {
        const int dossier = whole(w.rest, -1);
        s.dossier = dossier == s.dossier ? -1 : std::max(-1, dossier);
    } else if (w.verb == "lesson") {
        s.lesson = std::max(0, whole(w.rest, s.lesson));
        s.sheet = -1;
        s.guess.clear(), s.entries.clear(), s.field.clear();
        s.typing = false;
    } else if (w.verb == "sheet") {
        s.sheet = std::clamp(whole(w.rest, -1), -1, 3);
        s.scroll = 0;
    } else if (w.verb == "predict") {
        s.guess = std::string(w.rest);
    } else {
        return false;
    }
    return true;
}

/// Commands that change how things are shown. False: not one of them.
bool arrange(State& s, const Words& w) {
    if (w.verb == "difference")
        s.difference = w.rest == "toggle" ? !s.difference : w.rest == "on";
    else if (w.verb == "colour")
        s.colour = std::clamp(whole(w.rest, 0), 0, 2);
    else if (w.verb == "layout")
        s.layout = std::clamp(whole(w.rest, 0), 0, 1);
    else if (w.verb == "lang")
        choose_lang(s, w.rest);
    else if (w.verb == "theme")
        s.theme = w.rest == "dark" || (w.rest == "toggle" && s.theme == Theme::light) ? Theme::dark : Theme::light;
    else if (w.verb == "text")
        s.scale = std::clamp(w.rest == "larger"    ? s.scale + 0.1
                             : w.rest == "smaller" ? s.scale - 0.1
                                                   : whole(w.rest, 100) / 100.0,
                             1.0, 2.0);
    else if (w.verb == "scroll")
        s.scroll = std::max(0, s.scroll + whole(w.rest, 0));
    else if (w.verb == "look") {
        const Words both = split(w.rest);
        s.look_x = std::clamp(whole(both.verb, 0) / 100.0, 0.0, 1.0);
        s.look_y = std::clamp(whole(both.rest, 0) / 100.0, 0.0, 1.0);
    } else if (w.verb == "zoom")
        choose_zoom(s, w.rest);
    else if (w.verb == "help")
        s.help = !s.help;
    else if (w.verb == "browse")
        s.browser = !s.browser;
    else if (w.verb == "lever")
        set_lever(s, w.rest);
    else if (w.verb == "lever-back")
        std::erase_if(s.levers, [&](const LeverState& lever) { return lever.key == w.rest; });
    else if (w.verb == "levers-back")
        s.levers.clear();
    else if (w.verb == "search")
        s.search = w.rest, s.scroll = 0;
    else if (w.verb == "type") {
        s.typing = w.rest != "off";
        s.field = s.typing && w.rest != "on" ? std::string(w.rest) : "";
    }
    else if (w.verb == "restore")
        restore(s);
    else if (w.verb == "back") {
        if (s.typing)
            s.typing = false;
        else if (s.help || s.browser)
            s.help = s.browser = false;
        else if (s.focus >= 0)
            s.focus = -1;
        else
            s.scope = Scope{}, s.provider = -1, s.kind = -1, s.dossier = -1;
    } else
        return false;
    return true;
}

}  // namespace

std::string_view view_word(View view) {
    return view_words[static_cast<std::size_t>(view)];
}

bool parse_view(std::string_view word, View& out) {
    for (std::size_t i = 0; i < view_words.size(); ++i)
        if (word == view_words[i]) {
            out = static_cast<View>(i);
            return true;
        }
    return false;
}

std::string written(const State& state) {
    if (state.field.empty())
        return state.search;
    for (const auto& [field, words] : state.entries)
        if (field == state.field)
            return words;
    return "";
}

Applied apply(State& state, std::string_view command, const Limits& limits) {
    // what people write may hold anything: it is never split
    if (command.starts_with("write ")) {
        write(state, command.substr(6));
        return {};
    }
    if (command.starts_with("edit ")) {
        edit(state, split(command.substr(5)));
        return {};
    }
    // "view map; score 4": one after the other; the last errand counts
    if (const std::size_t semicolon = command.find("; "); semicolon != std::string_view::npos) {
        apply(state, command.substr(0, semicolon), limits);
        return apply(state, command.substr(semicolon + 2), limits);
    }
    const Words w = split(command);
    if (choose(state, w, limits) || arrange(state, w))
        return {};
    using Kind = Errand::Kind;
    static const std::map<std::string_view, Kind> errands = {{"open", Kind::open},
                                                             {"run", Kind::run},
                                                             {"rehearse", Kind::rehearse},
                                                             {"cancel", Kind::cancel},
                                                             {"pause", Kind::pause},
                                                             {"save", Kind::save_scenario},
                                                             {"export", Kind::export_figure},
                                                             {"follow", Kind::follow},
                                                             {"learn", Kind::lesson},
                                                             {"quit", Kind::quit},
                                                             {"focus-next", Kind::next_focus},
                                                             {"focus-previous", Kind::previous_focus},
                                                             {"activate", Kind::activate}};
    const auto found = errands.find(w.verb);
    if (found == errands.end())
        return {{}, false};
    if (found->second == Kind::open)
        state.browser = false;
    return {{found->second, std::string(w.rest)}, true};
}

std::string command_of_key(std::string_view key, const State& state) {
    static const std::map<std::string_view, std::string_view> keys = {{"1", "view overview"},
                                                                      {"2", "view compare"},
                                                                      {"3", "view map"},
                                                                      {"4", "view equity"},
                                                                      {"5", "view money"},
                                                                      {"6", "view network"},
                                                                      {"7", "view why"},
                                                                      {"8", "view uncertainty"},
                                                                      {"9", "view person"},
                                                                      {"0", "view scenario"},
                                                                      {"PageDown", "view next"},
                                                                      {"PageUp", "view previous"},
                                                                      {"a", "arm next"},
                                                                      {"d", "difference toggle"},
                                                                      {"s", "score next"},
                                                                      {"Shift+S", "score previous"},
                                                                      {"Right", "month next"},
                                                                      {"Left", "month previous"},
                                                                      {"Shift+Right", "month next-year"},
                                                                      {"Shift+Left", "month previous-year"},
                                                                      {"m", "month all"},
                                                                      {"+", "text larger"},
                                                                      {"-", "text smaller"},
                                                                      {"t", "theme toggle"},
                                                                      {"l", "lang next"},
                                                                      {"Home", "restore"},
                                                                      {"Tab", "focus-next"},
                                                                      {"Shift+Tab", "focus-previous"},
                                                                      {"Enter", "activate"},
                                                                      {"Space", "activate"},
                                                                      {"Escape", "back"},
                                                                      {"Up", "scroll -3"},
                                                                      {"Down", "scroll 3"},
                                                                      {"F1", "help"},
                                                                      {"Ctrl+O", "browse"},
                                                                      {"o", "browse"},
                                                                      {"r", "run"},
                                                                      {"c", "cancel"},
                                                                      {"p", "pause"},
                                                                      {"/", "type on"},
                                                                      {"Ctrl+S", "save"},
                                                                      {"e", "export all"},
                                                                      {"f", "follow"},
                                                                      {"Ctrl+C", "export copy"},
                                                                      {"Ctrl+Q", "quit"}};
    if (state.typing)
        return key == "Escape" || key == "Enter" ? "type off" : "";
    if (key == "i" || key == "u")
        return key == "i" ? "zoom in" : "zoom out";
    if (state.browser && key == "r")
        return "";
    if (state.view == View::lessons && key == "r")
        return "learn run";
    const auto found = keys.find(key);
    return found == keys.end() ? "" : std::string(found->second);
}

std::vector<std::pair<std::string, std::string>> key_help() {
    using text::tr;
    return {{"1 \u2013 9, 0", tr("the views, in the order of the list")},
            {"Page \u2191 \u2193", tr("view before, view after")},
            {"A", tr("next arm")},
            {"S", tr("next score")},
            {"D", tr("differences or levels")},
            {"\u2190 \u2192", tr("a month back or on; with Shift a year")},
            {"M", tr("the whole horizon")},
            {"Tab, Enter", tr("go to the next thing that can be chosen; choose it")},
            {"Esc", tr("close; take a selection away")},
            {"\u2191 \u2193", tr("move a list")},
            {"+ \u2212", tr("larger or smaller text")},
            {"T, L", tr("light or dark; next language")},
            {"Home", tr("everything as at the start")},
            {"Ctrl+O", tr("open a run")},
            {"R, P, C", tr("run the scenario; pause; cancel")},
            {"F", tr("follow a person")},
            {"E, Ctrl+C", tr("write the figure as files; copy its numbers")}};
}

}  // namespace tresse::viz::explorer
