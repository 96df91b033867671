#include <algorithm>
#include <map>
#include <set>

#include "scenario_parts.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"
#include "tresse/core/money.hpp"

namespace tresse::scenario {

namespace {

constexpr std::uint16_t paid_by_organisation = 65535;

const ArmSpec& spec_of(const Scenario& scenario, int arm) {
    TRESSE_CHECK(arm >= 0 && static_cast<std::size_t>(arm) < scenario.arms.size(), "an arm is asked by its number in the file");
    return *scenario.arms[static_cast<std::size_t>(arm)].spec;
}

std::int16_t mechanism(const world::Catalogue& catalogue, const std::string& id) { return static_cast<std::int16_t>(catalogue.mechanism(id)); }

/// Kind of the practices that a rule with a contract of its own pays: its first payee; null when it pays no provider.
const world::ProviderKind* kind_of_rule(const world::Catalogue& catalogue, const funding::RuleSpec& rule) {
    for (const funding::Pay& p : rule.pays)
        if (const int kind = catalogue.kind(p.payee); kind >= 0) return &catalogue.kinds[static_cast<std::size_t>(kind)];
    return nullptr;
}

model::Action action_of(const Scenario& scenario, const ComponentUse& use, int draw, std::uint16_t split) {
    const world::Catalogue& catalogue = *scenario.catalogue;
    model::Action a = compile_action(use.action, catalogue, scenario.seed, draw);
    for (std::size_t i = 0; i < catalogue.actions.size(); ++i)
        if (catalogue.actions[i].id == use.use) a.index = static_cast<int>(i);
    a.reach = use.reach;
    a.reach_value = use.reach_value;
    a.budget_share = use.reach == model::Reach::by_budget ? use.reach_value : 0;
    a.start = use.start, a.end = use.end;
    a.full_after_months = use.full_after_months;
    a.split = split;
    a.zones_per_year = use.zones_per_year;
    if (!use.entity.empty()) {
        a.entities = 0;
        for (std::size_t e = 0; e < catalogue.entities.size(); ++e)
            if (catalogue.entities[e].id == use.entity) a.entities = 1u << e;
    }
    for (std::size_t i = 0; i < a.levers.size(); ++i) a.levers[i].mechanism = mechanism(catalogue, mechanism_of_lever(use.use, use.action.levers[i]));
    a.mechanism_invited = mechanism(catalogue, "invited " + use.use);
    a.mechanism_enrolled = mechanism(catalogue, "enrolled " + use.use);
    a.mechanism_delivered = mechanism(catalogue, "delivered " + use.use);
    return a;
}

/// Agreements between governments move the start of what they agree on, never before the policy date and never of themselves.
void move_starts(model::Policy& policy) {
    const auto governs = [](const model::Action& a) { return std::any_of(a.levers.begin(), a.levers.end(), [](const model::Lever& l) { return l.kind == model::LeverKind::start_delay; }); };
    double months = 0;
    for (const model::Action& a : policy.actions)
        for (const model::Lever& l : a.levers)
            if (l.kind == model::LeverKind::start_delay) months += static_cast<double>(l.effect);
    const int whole = static_cast<int>(months < 0 ? months - 0.5 : months + 0.5);
    for (model::Action& a : policy.actions)
        if (!governs(a)) {
            const Month moved = std::max(policy.start, a.start + whole);
            a.moved = moved - a.start, a.start = moved;
        }
}

void add_shifts(const Scenario& scenario, const ArmSpec& arm, model::Policy& policy) {
    const world::Catalogue& catalogue = *scenario.catalogue;
    for (const FundingUse& f : arm.funding) {
        const int r = scenario.rules->find(f.use);
        if (!f.shifts_practices || r < 0) continue;
        const funding::RuleSpec& rule = scenario.rules->rules[static_cast<std::size_t>(r)];
        const world::ProviderKind* kind = kind_of_rule(catalogue, rule);
        const auto to = std::find(catalogue.contracts.begin(), catalogue.contracts.end(), rule.contract);
        TRESSE_CHECK(to != catalogue.contracts.end(), "the catalogue has the contract classes of all rules");
        if (!kind) continue;
        model::ContractShift shift;
        shift.role = kind->role;
        shift.from_contract = kind->contract;
        shift.to_contract = static_cast<int>(to - catalogue.contracts.begin());
        shift.share = f.share_of_practices;
        shift.start = f.start;
        shift.full_after_months = f.full_after_months;
        policy.contracts.push_back(shift);
    }
}

}  // namespace

model::Policy compile_policy(const Scenario& scenario, int arm_index, int draw) {
    const ArmSpec& arm = spec_of(scenario, arm_index);
    const world::Catalogue& catalogue = *scenario.catalogue;
    model::Policy policy;
    policy.start = scenario.start;
    policy.has_organisation = arm.organisation.given;
    policy.supports_adoption = arm.organisation.supports_adoption;
    std::uint16_t split = 0;
    for (const ComponentUse& use : arm.components) {
        policy.actions.push_back(action_of(scenario, use, draw, use.paid_by.empty() ? paid_by_organisation : split));
        split = static_cast<std::uint16_t>(split + !use.paid_by.empty());
        policy.supports_adoption = policy.supports_adoption || (use.action.supports_adoption && use.action.takes_up_record);
        if (use.action.takes_up_record) policy.record_sharing_ceiling = use.reach_value;
    }
    for (const FundingUse& f : arm.funding)
        for (std::size_t a = 0; f.is_savings && a < policy.actions.size(); ++a) {
            const std::string& use = arm.components[a].use;
            policy.actions[a].reinvests = f.reinvest_in.empty() || std::find(f.reinvest_in.begin(), f.reinvest_in.end(), use.substr(0, use.find('/'))) != f.reinvest_in.end();
        }
    if (arm.organisation.given) {
        policy.organisation_start = arm.organisation.start;
        policy.organisation_months = arm.organisation.kind.full_after_months;
        policy.adoption_ratio = arm.organisation.kind.adoption_ratio.drawn(scenario.seed, draw);
    }
    move_starts(policy);
    add_shifts(scenario, arm, policy);
    for (const CapacityUse& c : arm.capacities) policy.capacity.push_back({catalogue.role(c.role), c.ratio, c.unlimited, c.start});
    for (const HazardUse& h : arm.hazards)
        policy.hazards.push_back({h.kind, h.condition.empty() ? -1 : catalogue.condition(h.condition), static_cast<float>(log_d(h.ratio)), h.start});
    return policy;
}

namespace {

/// A grant of the federated body that is competent in the place falls to all such bodies of the area, by their inhabitants. Law: the parts add to the grant, to
/// the cent.
void share_by_inhabitants(const Scenario& scenario, const funding::GrantUse& whole, std::vector<funding::GrantUse>& out) {
    std::map<int, std::int64_t> people;      // by account
    std::int64_t all = 0;
    for (const int m : scenario.area.municipalities) {
        const Municipality& place = scenario.region->municipalities[static_cast<std::size_t>(m)];
        const int entity = scenario.payers->entity_of(place.nis, place.region);
        TRESSE_CHECK(entity >= 0, "every municipality has a competent body");
        people[scenario.payers->account_of(entity)] += place.inhabitants();
        all += place.inhabitants();
    }
    const Cents cents = cents_from_eur(whole.eur_per_year);
    std::int64_t before = 0;
    for (const auto& [account, count] : people) {
        const Cents from = cents * before / all, to = cents * (before + count) / all;
        before += count;
        funding::GrantUse part = whole;
        part.payer = scenario.payers->accounts[static_cast<std::size_t>(account)].id;
        part.eur_per_year = static_cast<double>(to - from) / 100.0;
        out.push_back(std::move(part));
    }
}

}  // namespace

funding::CompileInput tariff_input(const Scenario& scenario, int arm_index, int draw, const funding::Competence& competence) {
    const ArmSpec& arm = spec_of(scenario, arm_index);
    funding::CompileInput input;
    for (const funding::RuleSpec& rule : scenario.rules->rules) {
        const bool used = std::any_of(arm.funding.begin(), arm.funding.end(), [&](const FundingUse& f) { return f.use == rule.id; });
        // a law that starts after the day whose rules are taken is not known yet
        if (used || (!rule.only_when_used && rule.from <= scenario.rules_as_of)) input.rules.push_back(&rule);
    }
    for (const FundingUse& f : arm.funding) {
        funding::Use use;
        use.rule = f.use;
        use.from = f.start, use.to = f.end;
        if (f.is_savings) use.share = f.share, use.outliers_above_percentile = f.outliers_above_percentile, use.reinvested = f.reinvested;
        input.uses.push_back(std::move(use));
    }
    for (const ArmGrant& g : arm.organisation.grants) {
        const Month from = arm.organisation.start + 12 * (g.first_year - 1);
        const Month to = std::min(arm.organisation.start + (12 * g.last_year - 1), arm.organisation.end);
        if (from > to) continue;
        const funding::GrantUse whole{grant_rule, g.payer, g.purpose, 0, g.eur_per_year, from, to};
        if (g.payer == "competent_federated") share_by_inhabitants(scenario, whole, input.grants);
        else input.grants.push_back(whole);
    }
    for (const ComponentUse& use : arm.components)
        if (!use.paid_by.empty()) input.arm_splits.push_back(use.paid_by);
    input.catalogue = scenario.catalogue.get();
    input.competence = &competence;
    input.index = &scenario.region->index_to_2025;
    input.seed = scenario.seed;
    input.draw = draw;
    input.central = draw == 0 && !scenario.numbers_moved;
    input.euros_of = scenario.euros_of;
    return input;
}

std::vector<funding::Tariffs> compile_tariffs(const Scenario& scenario, int arm, int draw, int first_year, int last_year) {
    const funding::Competence competent = competence(*scenario.payers);
    Problems problems;
    std::vector<funding::Tariffs> out = funding::compile_years(tariff_input(scenario, arm, draw, competent), first_year, last_year, problems);
    if (problems.any()) throw BadInput(std::move(problems));
    const int baseline = scenario.library->service("federal_baseline");
    const double factor = scenario.region->factors.factor("price.federal_baseline");
    for (funding::Tariffs& tariffs : out)
        for (funding::PriceRow& row : tariffs.rows)
            if (baseline >= 0 && factor != 1.0 && row.service == baseline) row.total = static_cast<std::uint32_t>(row.total * factor + 0.5);
    return out;
}

int Scenario::base_index() const {
    for (std::size_t i = 0; i < arms.size(); ++i)
        if (arms[i].id == base) return static_cast<int>(i);
    TRESSE_CHECK(false, "the base is one of the arms");
}

std::vector<const Uncertain*> Scenario::uncertain() const {
    std::vector<const Uncertain*> all = library->uncertain(), out;
    std::set<const funding::RuleSpec*> of_arms;
    for (std::size_t a = 0; a < arms.size(); ++a) {
        for (const ComponentUse& use : arms[a].spec->components)
            for (const Uncertain* u : uncertain_of(use.action)) all.push_back(u);
        const funding::Competence none;
        for (const funding::RuleSpec* rule : tariff_input(*this, static_cast<int>(a), 0, none).rules) of_arms.insert(rule);
    }
    for (const funding::RuleSpec& rule : rules->rules)
        if (of_arms.contains(&rule))
            for (const Uncertain* u : funding::uncertain_of(rule)) all.push_back(u);
    std::set<std::string> seen;
    for (const Uncertain* u : all)
        if (u->law != Law::fixed && seen.insert(u->key).second) out.push_back(u);
    return out;
}

}  // namespace tresse::scenario
