#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

#include "tresse/core/file.hpp"
#include "tresse/model/policy.hpp"
#include "tresse/scenario/component.hpp"
#include "tresse/scenario/keys.hpp"
#include "tresse/scenario/scenario.hpp"

// A key that nobody knows makes the reader name all keys that it asked for at that place: they must be those of the documented list.

using namespace tresse;
using namespace tresse::scenario;

namespace {

const std::string home = TRESSE_SOURCE_DIR;
const std::string stranger = "qqqqqqqqqqqqqqqqqqqqqq";

/// Keys that the readers asked for, by the place of the stranger.
std::map<std::string, std::set<std::string>> named(const Problems& problems) {
    std::map<std::string, std::set<std::string>> out;
    const std::string mark = "Known here: ";
    for (const Problem& p : problems.list()) {
        const std::size_t at = p.message.find(mark);
        if (at == std::string::npos) continue;
        std::set<std::string>& keys = out[p.where];
        std::string rest = p.message.substr(at + mark.size()) + ", ";
        for (std::size_t end = rest.find(", "); end != std::string::npos; end = rest.find(", ")) {
            keys.insert(rest.substr(0, end));
            rest.erase(0, end + 2);
        }
    }
    return out;
}

std::string below(const std::string& place) { return place.empty() ? stranger : place + "." + stranger; }

/// One load with a stranger in every place.
std::map<std::string, std::set<std::string>> asked_in_scenario(const std::vector<std::string>& places) {
    Overrides o;
    for (const std::string& place : places) o.set.emplace_back(below(place), "1");
    try {
        load_scenario("every-mechanism", home, o);
    } catch (const BadInput& bad) {
        return named(bad.problems());
    }
    return {};
}

/// Documented keys right below a place.
std::set<std::string> documented(const std::string& kind, std::string place) {
    std::set<std::string> out;
    if (!place.empty()) place += ".";
    for (const KeyDoc& k : scenario_keys()) {
        if (k.kind != kind || !k.path.starts_with(place)) continue;
        std::string key = k.path.substr(place.size());
        key = key.substr(0, key.find_first_of(".["));
        if (!key.empty()) out.insert(key);
    }
    return out;
}

}  // namespace

TEST_CASE("every key that a scenario may have is documented, and no other") {
    // place in the file, place in the documentation; arms: 0 today, 1 everything, 2 capacity, 3 no-queues, 4 healthier
    const std::vector<std::pair<std::string, std::string>> places = {
        {"", ""}, {"area", "area"}, {"time", "time"}, {"money", "money"}, {"runs", "runs"}, {"arms[1]", "arms[]"}, {"arms[1].organisation", "arms[].organisation"},
        {"arms[1].organisation.grants[0]", "arms[].organisation.grants[]"}, {"arms[1].components[1]", "arms[].components[]"}, {"arms[1].components[1].reach", "arms[].components[].reach"},
        {"arms[1].funding[0]", "arms[].funding[]"}, {"arms[2].capacities[0]", "arms[].capacities[]"}, {"arms[4].hazards[0]", "arms[].hazards[]"}};
    std::vector<std::string> files;
    for (const auto& [file, doc] : places) files.push_back(file);
    files.push_back("arms[1].funding[0].with");
    files.push_back("arms[1].funding[1].with");
    auto asked = asked_in_scenario(files);
    for (const auto& [file, doc] : places) {
        INFO(file);
        CHECK(asked[below(file)] == documented("scenario", doc));
    }
    std::set<std::string> with = asked[below("arms[1].funding[0].with")];
    with.merge(asked[below("arms[1].funding[1].with")]);
    CHECK(with == documented("scenario", "arms[].funding[].with"));
}

TEST_CASE("every key that a component may have is documented") {
    const world::Catalogue names = *load_scenario("village", home).catalogue;
    const std::string text = read_file(home + "/scenarios/library/components/continuity.yaml", 1u << 20);
    const auto asked = [&](const std::string& before, const std::string& room) {
        std::string changed = text;
        changed.insert(changed.find(before), stranger + ": 1\n" + room);
        Problems problems;
        read_component_text(changed, "c.yaml", names, problems);
        std::set<std::string> all;
        for (auto& [where, keys] : named(problems)) all.merge(keys);
        return all;
    };
    CHECK(asked("may_start:", "") == documented("component", ""));
    CHECK(asked("service: discharge_visit", "    ") == documented("component", "actions[]"));
    CHECK(asked("event: discharge", "      ") == documented("component", "actions[].target"));
    CHECK(asked("role: case_manager", "      ") == documented("component", "actions[].staff"));
    CHECK(asked("ratio: {value: 0.82", "        ") == documented("component", "actions[].levers[]"));
}

TEST_CASE("the tables of keys and mechanisms have a row for each") {
    const auto keys = all_keys();
    CHECK(keys.size() > scenario_keys().size());
    const std::string table = keys_table(keys);
    CHECK_THAT(table, Catch::Contains("### `kind: scenario`") && Catch::Contains("| `arms[].components[].reach.share_of_target` | share | 0 to 1 |"));
    const auto lines = std::count(table.begin(), table.end(), '\n');
    CHECK(lines > static_cast<long>(keys.size()));
    const std::string mechanisms = mechanisms_table();
    CHECK(std::count(mechanisms.begin(), mechanisms.end(), '\n') == 2 + static_cast<long>(model::LeverKind::count));
    for (const std::string& word : model::lever_words()) {
        model::LeverKind kind{};
        CHECK(model::parse_lever(word, kind));
        CHECK(model::lever_word(kind) == word);
    }
    model::LeverKind kind{};
    CHECK_FALSE(model::parse_lever("magic", kind));
}
