#include "tresse/scenario/variant.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "tresse/core/check.hpp"
#include "tresse/scenario/arm.hpp"
#include "tresse/scenario/component.hpp"

namespace tresse::scenario {

namespace {

using Quantiles = std::map<std::string_view, double>;

/// The number itself is ours: whoever asks holds a fresh copy of what it stands in.
void move(const Uncertain* number, const Quantiles& quantiles) {
    if (number->law == Law::fixed)
        return;
    const auto found = quantiles.find(number->key);
    if (found != quantiles.end())
        const_cast<Uncertain*>(number)->value = value_at(*number, found->second);
}

bool is_capacity_or_hazard(const ArmSpec& spec) {
    return !spec.capacities.empty() || !spec.hazards.empty();
}

/// Rules whose money goes to the body that the arm sets up: they are nothing without it.
bool belongs_to_body(const FundingUse& use) {
    return use.is_savings;
}

bool has_body(const ArmSpec& spec) {
    return spec.organisation.given ||
           std::any_of(spec.funding.begin(), spec.funding.end(), [](const FundingUse& f) { return belongs_to_body(f); });
}

}  // namespace

bool key_fits(std::string_view word, std::string_view key) {
    return word.ends_with('*') ? key.starts_with(word.substr(0, word.size() - 1)) : word == key;
}

double value_at(const Uncertain& number, double u) {
    TRESSE_CHECK(u > 0 && u < 1, "a quantile of a point lies inside (0, 1)");
    if (u < number.nil_prob)
        return number.nil_value;
    // at the very border of "nothing" the rest begins at its lowest, which a law without ends does not have
    const double rest = std::clamp((u - number.nil_prob) / (1 - number.nil_prob), 1e-9, 1 - 1e-9);
    return number.at(rest);
}

Scenario with_numbers(const Scenario& scenario, std::span<const std::string> keys, std::span<const double> quantiles) {
    TRESSE_CHECK(keys.size() == quantiles.size(), "every key has its quantile");
    Quantiles wanted;
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (!std::isnan(quantiles[i]))
            wanted.emplace(keys[i], quantiles[i]);
    Scenario out = scenario;
    out.numbers_moved = out.numbers_moved || !wanted.empty();
    auto library = std::make_shared<Library>(*scenario.library);
    for (const Uncertain* u : library->uncertain())
        move(u, wanted);
    out.library = std::move(library);
    auto rules = std::make_shared<FundingRules>(*scenario.rules);
    for (const funding::RuleSpec& rule : rules->rules)
        for (const Uncertain* u : funding::uncertain_of(rule))
            move(u, wanted);
    out.rules = std::move(rules);
    for (Arm& arm : out.arms) {
        auto spec = std::make_shared<ArmSpec>(*arm.spec);
        for (ComponentUse& use : spec->components)
            for (const Uncertain* u : uncertain_of(use.action))
                move(u, wanted);
        arm.spec = std::move(spec);
    }
    return out;
}

std::vector<ArmPart> parts_of(const Scenario& scenario, int arm) {
    TRESSE_CHECK(arm >= 0 && static_cast<std::size_t>(arm) < scenario.arms.size(), "an arm is asked by its number");
    const ArmSpec& spec = *scenario.arms[static_cast<std::size_t>(arm)].spec;
    std::vector<ArmPart> out;
    for (const ComponentUse& use : spec.components) {
        ArmPart part{use.use, use.action.name, false, {}};
        for (const Uncertain* u : uncertain_of(use.action))
            if (u->law != Law::fixed && std::find(part.keys.begin(), part.keys.end(), u->key) == part.keys.end())
                part.keys.push_back(u->key);
        out.push_back(std::move(part));
    }
    const auto keys_of_rule = [&](const std::string& id, ArmPart& part) {
        const int r = scenario.rules->find(id);
        if (r < 0)
            return;
        const funding::RuleSpec& rule = scenario.rules->rules[static_cast<std::size_t>(r)];
        if (part.name.empty())
            part.name = rule.title;
        for (const Uncertain* u : funding::uncertain_of(rule))
            if (u->law != Law::fixed)
                part.keys.push_back(u->key);
    };
    if (has_body(spec)) {
        ArmPart body{spec.organisation.given ? spec.organisation.use : "savings", spec.organisation.name, true, {}};
        for (const FundingUse& use : spec.funding)
            if (belongs_to_body(use))
                keys_of_rule(use.use, body);
        out.push_back(std::move(body));
    }
    for (const FundingUse& use : spec.funding)
        if (!belongs_to_body(use)) {
            ArmPart part{use.use, {}, true, {}};
            keys_of_rule(use.use, part);
            out.push_back(std::move(part));
        }
    if (is_capacity_or_hazard(spec))
        out.push_back({"capacity-and-hazards", {}, true, {}});
    return out;
}

Scenario with_parts(const Scenario& scenario, int arm, const std::vector<std::vector<std::uint8_t>>& kept) {
    const std::vector<ArmPart> parts = parts_of(scenario, arm);
    const Arm& whole = scenario.arms[static_cast<std::size_t>(arm)];
    const ArmSpec& spec = *whole.spec;
    Scenario out = scenario;
    out.arms = {scenario.arms[static_cast<std::size_t>(scenario.base_index())]};
    for (const auto& flags : kept) {
        TRESSE_CHECK(flags.size() == parts.size(), "every part is in or out");
        std::string word;
        for (const std::uint8_t flag : flags)
            word += flag ? '1' : '0';
        auto cut = std::make_shared<ArmSpec>(spec);
        cut->id = whole.id + ":" + word;
        cut->components.clear();
        cut->funding.clear();
        std::size_t at = 0;
        for (const ComponentUse& use : spec.components)
            if (flags[at++])
                cut->components.push_back(use);
        const bool body = !has_body(spec) || flags[at++];
        if (!body)
            cut->organisation = ArmOrganisation{};
        for (const FundingUse& use : spec.funding)
            if (belongs_to_body(use) ? body : flags[at++] != 0)
                cut->funding.push_back(use);
        if (is_capacity_or_hazard(spec) && !flags[at])
            cut->capacities.clear(), cut->hazards.clear();
        out.arms.push_back({cut->id, whole.label, cut});
    }
    return out;
}

}  // namespace tresse::scenario
