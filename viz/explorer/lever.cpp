#include "tresse/viz/explorer/lever.hpp"

#include <algorithm>
#include <cmath>

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

void add_reach(std::vector<Lever>& out, const scenario::ComponentUse& use, const std::string& key,
               const std::string& group) {
    if (use.per_1000 > 0) {
        const bool yearly = use.reach == model::Reach::persons_per_year;
        out.push_back({key + (yearly ? ".reach.persons_per_1000_a_year" : ".reach.persons_per_1000"), group, tr("reach"),
                       yearly ? tr("people a year of 1,000 inhabitants") : tr("people of 1,000 inhabitants"), use.per_1000, 0,
                       top_of(use.per_1000), top_of(use.per_1000) / 40, false});
        return;
    }
    switch (use.reach) {
    case model::Reach::persons:
        out.push_back({key + ".reach.persons", group, tr("reach"), tr("people at the same time"), use.reach_value, 0,
                       top_of(use.reach_value), top_of(use.reach_value) / 40, false});
        break;
    case model::Reach::persons_per_year:
        out.push_back({key + ".reach.persons_per_year", group, tr("reach"), tr("people a year"), use.reach_value, 0,
                       top_of(use.reach_value), top_of(use.reach_value) / 40, false});
        break;
    case model::Reach::share_of_target:
        out.push_back({key + ".reach.share_of_target", group, tr("reach"), tr("of those meant"), use.reach_value, 0, 1,
                       0.025, true});
        break;
    case model::Reach::share_of_providers:
        out.push_back({key + ".reach.share_of_providers", group, tr("reach"), tr("of the providers"), use.reach_value,
                       0, 1, 0.025, true});
        break;
    case model::Reach::by_budget:
        out.push_back({key + ".budget_share", group, tr("budget"), tr("of the money for actions"), use.reach_value, 0,
                       1, 0.025, true});
        break;
    }
}

}  // namespace

std::vector<Lever> levers_of(const scenario::Scenario& scenario, int arm) {
    std::vector<Lever> out;
    if (arm < 0 || arm >= static_cast<int>(scenario.arms.size()))
        return out;
    const scenario::Arm& one = scenario.arms[static_cast<std::size_t>(arm)];
    const scenario::ArmSpec& spec = *one.spec;
    const std::string base = "arms." + one.id;
    for (std::size_t i = 0; i < spec.components.size(); ++i) {
        const scenario::ComponentUse& use = spec.components[i];
        const std::string key = base + ".components[" + std::to_string(i) + "]";
        const std::string name = use.action.name.empty() ? use.use : tr(use.action.name);
        add_reach(out, use, key, name);
        if (use.full_after_months > 1)
            out.push_back({key + ".full_after_months", name, tr("at full dose after"), tr("months"),
                           static_cast<double>(use.full_after_months), 1, 121, 3, false});
    }
    for (std::size_t i = 0; i < spec.funding.size(); ++i) {
        const scenario::FundingUse& use = spec.funding[i];
        const std::string key = base + ".funding[" + std::to_string(i) + "].with";
        if (use.shifts_practices)
            out.push_back({key + ".share_of_practices", use.use, tr("practices"), tr("of all practices"),
                           use.share_of_practices, 0, 1, 0.025, true});
        if (use.is_savings)
            out.push_back({key + ".share", use.use, tr("shared"), tr("of the savings"), use.share, 0, 1, 0.025, true});
    }
    for (std::size_t i = 0; i < spec.organisation.grants.size(); ++i) {
        const scenario::ArmGrant& grant = spec.organisation.grants[i];
        const bool each_one = grant.eur_per_inhabitant > 0;
        const double eur = each_one ? grant.eur_per_inhabitant : grant.eur_per_year;
        out.push_back({base + ".organisation.grants[" + std::to_string(i) + (each_one ? "].eur_per_inhabitant_year" : "].eur_per_year"),
                       spec.organisation.name.empty() ? spec.organisation.use : tr(spec.organisation.name),
                       grant.purpose == 0 ? tr("coordination") : tr("actions"), each_one ? tr("EUR per inhabitant a year") : tr("EUR a year"),
                       eur, 0, top_of(eur), top_of(eur) / 40, false});
    }
    return out;
}

double lever_value(const Lever& lever, const State& state) {
    for (const LeverState& moved : state.levers)
        if (moved.key == lever.key && moved.moved)
            return moved.value;
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
            out.emplace_back(moved.key, number_text(moved.value));
    return out;
}

}  // namespace tresse::viz::explorer
