#include "tresse/viz/explorer/lever.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/scenario/arm.hpp"

namespace tresse::viz::explorer {

namespace {

using text::tr;

/// A round top for a slider: about three times the value.
double top_of(double value) {
    if (!(value > 0))
        return 100;
    const double wanted = value * 3, scale = std::pow(10.0, std::floor(std::log10(wanted)));
    return std::ceil(wanted / scale) * scale;
}

/// A lever of a part; what is left is filled in by the caller.
Lever lever(const std::string& part, const std::string& key, const std::string& group, const std::string& label, const std::string& unit) {
    Lever out;
    out.part = part, out.key = part + key, out.group = group, out.label = label, out.unit = unit;
    return out;
}

Lever amount(Lever out, double value) {
    out.value = value, out.high = top_of(value), out.step = out.high / 40;
    return out;
}

Lever share(Lever out, double value) {
    out.value = value, out.step = 0.025, out.share = true;
    return out;
}

Lever dose(Lever out) {
    out.dose = true;
    return out;
}

Lever reach(const scenario::ComponentUse& use, const std::string& part, const std::string& group) {
    if (use.per_1000 > 0 && use.reach == model::Reach::persons_per_year)
        return amount(lever(part, ".reach.persons_per_1000_a_year", group, tr("reach"), tr("people a year of 1,000 inhabitants")), use.per_1000);
    if (use.per_1000 > 0)
        return amount(lever(part, ".reach.persons_per_1000", group, tr("reach"), tr("people of 1,000 inhabitants")), use.per_1000);
    switch (use.reach) {
    case model::Reach::persons:
        return amount(lever(part, ".reach.persons", group, tr("reach"), tr("people at the same time")), use.reach_value);
    case model::Reach::persons_per_year:
        return amount(lever(part, ".reach.persons_per_year", group, tr("reach"), tr("people a year")), use.reach_value);
    case model::Reach::share_of_target:
        return share(lever(part, ".reach.share_of_target", group, tr("reach"), tr("of those meant")), use.reach_value);
    case model::Reach::share_of_providers:
        return share(lever(part, ".reach.share_of_providers", group, tr("reach"), tr("of the providers")), use.reach_value);
    case model::Reach::by_budget:
        break;
    }
    return share(lever(part, ".budget_share", group, tr("budget"), tr("of the money for actions")), use.reach_value);
}

Lever start(const scenario::Scenario& scenario, const std::string& part, const std::string& group, Month at) {
    Lever out = lever(part, ".start", group, tr("start"), "");
    out.is_month = true, out.origin = scenario.start;
    out.value = at - scenario.start, out.high = std::max(1, scenario.policy_months - 1);
    return out;
}

Lever pace(const std::string& part, const std::string& key, const std::string& group, int months) {
    Lever out = lever(part, key, group, tr("at full dose after"), tr("months"));
    out.value = months, out.low = 1, out.high = 121, out.step = 3;
    return out;
}

void add_component(std::vector<Lever>& out, const scenario::Scenario& scenario, const scenario::ComponentUse& use, const std::string& part) {
    const std::string name = use.action.name.empty() ? use.use : tr(use.action.name);
    out.push_back(dose(reach(use, part, name)));
    out.push_back(start(scenario, part, name, use.start));
    out.push_back(pace(part, ".full_after_months", name, use.full_after_months));
}

void add_rule(std::vector<Lever>& out, const scenario::Scenario& scenario, const scenario::FundingUse& use, const std::string& part) {
    const int found = scenario.rules ? scenario.rules->find(use.use) : -1;
    const std::string name = found < 0 ? use.use : tr(scenario.rules->rules[static_cast<std::size_t>(found)].title);
    if (use.shifts_practices)
        out.push_back(dose(share(lever(part, ".with.share_of_practices", name, tr("practices"), tr("of all practices")), use.share_of_practices)));
    if (use.is_savings)
        out.push_back(dose(share(lever(part, ".with.share", name, tr("shared"), tr("of the savings")), use.share)));
    out.push_back(start(scenario, part, name, use.start));
    if (use.shifts_practices)
        out.push_back(pace(part, ".with.full_after_months", name, use.full_after_months));
}

void add_body(std::vector<Lever>& out, const scenario::Scenario& scenario, const scenario::ArmOrganisation& body, const std::string& part) {
    const std::string name = body.name.empty() ? body.use : tr(body.name);
    for (std::size_t i = 0; i < body.grants.size(); ++i) {
        const scenario::ArmGrant& grant = body.grants[i];
        const bool each_one = grant.eur_per_inhabitant > 0;
        out.push_back(amount(lever(part, ".grants[" + std::to_string(i) + (each_one ? "].eur_per_inhabitant_year" : "].eur_per_year"), name,
                                   grant.purpose == 0 ? tr("coordination") : tr("actions"), each_one ? tr("EUR per inhabitant a year") : tr("EUR a year")),
                             each_one ? grant.eur_per_inhabitant : grant.eur_per_year));
    }
    out.push_back(start(scenario, part, name, body.start));
}

}  // namespace

std::vector<Lever> levers_of(const scenario::Scenario& scenario, int arm) {
    std::vector<Lever> out;
    if (arm < 0 || arm >= static_cast<int>(scenario.arms.size()))
        return out;
    const scenario::Arm& one = scenario.arms[static_cast<std::size_t>(arm)];
    const scenario::ArmSpec& spec = *one.spec;
    const std::string base = "arms." + one.id;
    std::map<std::string, int> of_body;  // actions of all stand in one list, those of a federated body in a list of its own
    for (const scenario::ComponentUse& use : spec.components)
        add_component(out, scenario, use,
                      base + (use.entity.empty() ? "" : ".per_entity." + use.entity) + ".components[" + std::to_string(of_body[use.entity]++) + "]");
    for (std::size_t i = 0; i < spec.funding.size(); ++i)
        add_rule(out, scenario, spec.funding[i], base + ".funding[" + std::to_string(i) + "]");
    if (spec.organisation.given)
        add_body(out, scenario, spec.organisation, base + ".organisation");
    return out;
}

double lever_value(const Lever& lever, const State& state) {
    for (const LeverState& moved : state.levers)
        if (moved.key == lever.key && moved.moved) {
            Month month;
            return lever.is_month && parse_month(moved.words, month) ? month - lever.origin : moved.value;
        }
    return lever.value;
}
bool lever_moved(const Lever& lever, const State& state) {
    return std::any_of(state.levers.begin(), state.levers.end(),
                       [&](const LeverState& moved) { return moved.key == lever.key && moved.moved; });
}

std::vector<std::pair<std::string, std::string>> settings_of(const State& state) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const LeverState& moved : state.levers)
        if (moved.moved)
            out.emplace_back(moved.key, moved.words.empty() ? number_text(moved.value) : moved.words);
    return out;
}

std::string lever_command(const Lever& lever, double value) {
    const double kept = std::clamp(std::round(value * 1e6) / 1e6, lever.low, lever.high);
    return "lever " + lever.key + " " + (lever.is_month ? (lever.origin + static_cast<int>(std::lround(kept))).text() : number_text(kept));
}

namespace {

std::string list_of(const scenario::Scenario& scenario, int arm) {
    return "arms." + scenario.arms[static_cast<std::size_t>(arm)].id + ".components[";
}

}  // namespace

std::vector<std::string> added_to(const scenario::Scenario& scenario, int arm, const State& state) {
    std::vector<std::string> out;
    const std::string list = list_of(scenario, arm), use = "{use: ";
    for (const LeverState& moved : state.levers)
        if (moved.key.starts_with(list) && moved.key.ends_with("]") && moved.words.starts_with(use))
            out.push_back(moved.words.substr(use.size(), moved.words.find(',') - use.size()));
    return out;
}

std::string add_command(const scenario::Scenario& scenario, int arm, int added, const std::string& use, bool on_providers) {
    const std::vector<scenario::ComponentUse>& have = scenario.arms[static_cast<std::size_t>(arm)].spec->components;
    const auto number = std::count_if(have.begin(), have.end(), [](const scenario::ComponentUse& c) { return c.entity.empty(); });
    return "lever " + list_of(scenario, arm) + std::to_string(number + added) + "] {use: " + use + ", reach: " +
           (on_providers ? "{share_of_providers: 0.3}" : "{share_of_target: 0.1}") + ", full_after_months: 24, paid_by: {nihdi_health_care: 1.0}}";
}

}  // namespace tresse::viz::explorer
