#include "made.hpp"

#include <algorithm>
#include <memory>

#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/scenario/component.hpp"
#include "tresse/scenario/keys.hpp"
#include "tresse/scenario/scenario.hpp"

namespace made {

using namespace tresse;

namespace {

std::string cell(std::string text) {
    for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2))
        text.insert(at, "\\");
    return text;
}

std::string row(const std::vector<std::string>& cells) {
    std::string out = "|";
    for (const std::string& one : cells)
        out += " " + cell(one) + " |";
    return out + "\n";
}

std::string scenario_table(const std::string& home) {
    std::string out = row({"id", "question", "area", "months", "arms"}) + "|---|---|---|---|---|\n";
    for (const std::string& id : scenario::shipped_scenarios(home)) {
        const scenario::Scenario s = scenario::load_scenario(id, home);
        std::string arms;
        for (const scenario::Arm& arm : s.arms)
            arms += (arms.empty() ? "`" : ", `") + arm.id + "`";
        out += row({"`" + s.id + "`", s.question.in(Lang::en), s.area.name.in(Lang::en),
                    std::to_string(s.policy_months), arms});
    }
    return out;
}

std::string component_table(const std::string& home, const world::Catalogue& catalogue) {
    std::string out = row({"action", "who does what for whom"}) + "|---|---|\n";
    const std::string folder = join_path(home, "scenarios/library/components");
    for (const std::string& name : names_in(folder)) {
        if (!name.ends_with(".yaml"))
            continue;
        Problems problems;
        const auto component = scenario::read_component(join_path(folder, name), catalogue, problems);
        if (!component)
            continue;
        for (const scenario::ActionSpec& action : component->actions)
            out += row({"`" + component->id + "/" + action.id + "`", action.in_words.in(Lang::en)});
    }
    return out;
}

std::string rule_table(const scenario::FundingRules& rules) {
    std::string out = row({"rule", "what it pays", "in force"}) + "|---|---|---|\n";
    for (const funding::RuleSpec& rule : rules.rules) {
        std::string when = "from " + rule.from.text() + (rule.to >= Month::of(2200, 1) ? "" : " to " + rule.to.text());
        if (rule.only_when_used)
            when += ", when an arm uses it";
        out += row({"`" + rule.id + "`", rule.in_words.in(Lang::en), when});
    }
    return out;
}

std::string condition_table(const scenario::Library& library) {
    std::string out = row({"condition", "name", "stages"}) + "|---|---|---|\n";
    for (const scenario::ConditionSpec& condition : library.conditions) {
        std::string stages;
        for (const world::Stage& stage : condition.stages)
            stages += (stages.empty() ? "" : ", ") + stage.name.in(Lang::en);
        out += row({"`" + condition.id + "`", condition.name.in(Lang::en), stages});
    }
    return out;
}

std::string numbers(const std::vector<double>& values) {
    std::string out;
    for (const double v : values)
        out += (out.empty() ? "" : " ") + number_text(v);
    return out;
}

/// Every number of the library that has a range: lists with one key stand in one row.
std::string parameter_table(const scenario::Library& library) {
    std::string out = row({"key", "value", "low", "high", "source"}) + "|---|---|---|---|---|\n";
    const std::vector<const Uncertain*> all = library.uncertain();
    for (std::size_t i = 0; i < all.size();) {
        std::vector<double> value, low, high;
        std::size_t end = i;
        for (; end < all.size() && all[end]->key == all[i]->key; ++end)
            value.push_back(all[end]->value), low.push_back(all[end]->low), high.push_back(all[end]->high);
        const bool fixed = value == low && value == high;
        out += row({"`" + all[i]->key + "`", numbers(value), fixed ? "" : numbers(low), fixed ? "" : numbers(high), all[i]->source});
        i = end;
    }
    return out;
}

std::string factor_table(const scenario::Factors& factors) {
    std::string out = row({"factor", "value", "bounds", "fitted to the row"}) + "|---|---|---|---|\n";
    for (const scenario::Factor& f : factors.rows)
        out += row({"`" + f.id + "`", number_text(f.value), number_text(f.low) + " to " + number_text(f.high), "`" + f.target + "`"});
    return out + "\n" + factors.report + ".\n";
}

std::string opening(const std::string& name) {
    return "<!-- made: " + name + " -->\n";
}
std::string closing(const std::string& name) {
    return "<!-- end: " + name + " -->";
}

}  // namespace

std::vector<Part> parts(const std::string& home) {
    const std::string scenarios = "scenarios/README.md", library = "scenarios/library/README.md";
    const scenario::Scenario village = scenario::load_scenario("village", home);
    return {
        {scenarios, "scenarios", scenario_table(home)},
        {scenarios, "mechanisms", scenario::mechanisms_table()},
        {scenarios, "keys", scenario::keys_table(scenario::all_keys())},
        {library, "components", component_table(home, *village.catalogue)},
        {library, "conditions", condition_table(*village.library)},
        {library, "rules", rule_table(*village.rules)},
        {"sim/README.md", "factors", factor_table(village.region->factors)},
        {"sim/PARAMETERS.md", "parameters", parameter_table(*village.library)},
    };
}

bool find(const std::string& page, const std::string& name, std::string& text) {
    const std::size_t at = page.find(opening(name));
    const std::size_t from = at == std::string::npos ? at : at + opening(name).size();
    const std::size_t to = page.find(closing(name), from == std::string::npos ? 0 : from);
    if (from == std::string::npos || to == std::string::npos)
        return false;
    text = page.substr(from, to - from);
    return true;
}

std::string with_part(std::string page, const Part& part) {
    const std::size_t from = page.find(opening(part.name)) + opening(part.name).size();
    page.replace(from, page.find(closing(part.name)) - from, part.text);
    return page;
}

}  // namespace made
