#include <algorithm>
#include <cmath>
#include <set>

#include "tresse/app/answer.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/scenario/arm.hpp"

/// What an arm has to work with: money, posts, hours, people.
namespace tresse::app {

namespace {

using measure::ActionYear;
using measure::RunRecord;
using text::fill;
using text::number;
using text::tr;

int months_of(const RunRecord& record) {
    int months = 0;
    for (const measure::YearRecord& year : record.years)
        months += year.months;
    return std::max(1, months);
}

/// Adds one future's part. Units: a year on average; people and money of the whole area, whatever the sample.
void add_future(viz::BriefMeans& m, const RunRecord& record, std::size_t action, double weight) {
    const double months = months_of(record), years = months / 12, scale = record.sample * weight;
    for (const measure::YearRecord& year : record.years) {
        if (action >= year.actions.size())
            continue;
        const ActionYear& a = year.actions[action];
        m.eur += scale * static_cast<double>(a.spent) / 100 / years;
        m.posts_wanted += scale * static_cast<double>(a.posts_wanted) / 1000 / months;
        m.posts_filled += scale * static_cast<double>(a.posts_filled) / 1000 / months;
        m.hours += scale * static_cast<double>(a.deci_minutes) / 600 / years;
        m.taking_part += scale * static_cast<double>(a.enrolled_months) / months;
        m.meant += scale * static_cast<double>(a.meant) / years;
        m.refused += scale * static_cast<double>(a.refused) / years;
        m.reached += scale * static_cast<double>(a.reached) / years;
    }
}

std::string organisation_words(const scenario::ArmOrganisation& o) {
    double grant = 0;
    for (const scenario::ArmGrant& g : o.grants)
        grant = std::max(grant, o.eur(0, g.last_year) + o.eur(1, g.last_year));
    std::string out = o.name.empty() ? o.use : tr(o.name);
    if (o.end < scenario::never_ends)
        out += fill(tr(" until {month}"), {{"month", text::month_name(o.end)}});
    if (grant > 0)
        out += fill(tr(", at most {eur} EUR a year"), {{"eur", number(grant, 0)}});
    return out;
}

/// In whose territory an action runs, when it is not everywhere: the names of the accounts of these bodies, in brackets.
std::string bodies_words(const world::Catalogue& catalogue, std::uint32_t entities) {
    std::vector<std::string> names;
    for (std::size_t e = 0; e < catalogue.entities.size(); ++e)
        if (entities >> e & 1u)
            names.push_back(tr(catalogue.accounts[static_cast<std::size_t>(catalogue.entities[e].account)].name));
    return names.size() == catalogue.entities.size() || names.empty() ? "" : " (" + text::list(names) + ")";
}

}  // namespace

std::vector<viz::BriefMeans> means_of(const ArmRun& arm) {
    std::vector<viz::BriefMeans> out;
    const world::Catalogue& catalogue = *arm.scenario->catalogue;
    for (const model::Action& action : scenario::compile_policy(*arm.scenario, arm.arm, 0).actions) {
        viz::BriefMeans m;
        const world::ActionName& name = catalogue.actions.at(static_cast<std::size_t>(action.index));
        m.name = (name.name.empty() ? name.id : tr(name.name)) + bodies_words(catalogue, action.entities);
        m.elsewhere = std::none_of(catalogue.places.begin(), catalogue.places.end(),
                                   [&](const world::Place& p) { return action.entities >> p.entity & 1u; });
        for (const RunRecord* record : arm.futures)
            add_future(m, *record, out.size(), 1.0 / static_cast<double>(arm.futures.size()));
        // who takes part is not counted again among those meant
        if (!action.target.at_discharge)
            m.meant += m.taking_part;
        out.push_back(std::move(m));
    }
    return out;
}

double programme_cents(const RunRecord& record, const world::Catalogue& catalogue) {
    const int organisation = catalogue.account("organisation"), costs = catalogue.rule("programme-costs");
    const int grant = catalogue.rule("organisation-grant");  // a savings share is paid to the body too, and is no cost of a programme
    double cents = 0;
    for (const measure::YearRecord& year : record.years)
        for (const world::Posting& p : year.postings)
            if (p.from < catalogue.first_flow && p.from != organisation && ((p.to == organisation && p.rule == grant) || p.rule == costs))
                cents += static_cast<double>(p.cents);
    return cents;
}

std::string adds_words(const Compared& c, std::size_t index, const viz::BriefMeans& all) {
    const ArmRun& arm = c.arms[index];
    const scenario::ArmSpec& spec = *arm.scenario->arms[static_cast<std::size_t>(arm.arm)].spec;
    if (spec.adds_nothing())
        return fill(tr("the rules of {month}, nothing added"),
                    {{"month", text::month_name(arm.scenario->rules_as_of)}});
    std::vector<std::string> parts;
    if (spec.organisation.given)
        parts.push_back(organisation_words(spec.organisation));
    if (!spec.components.empty()) {
        const int n = static_cast<int>(spec.components.size());
        parts.push_back(fill(text::tr_n("{n} action", "{n} actions", n), {{"n", n}}));
    }
    for (const scenario::FundingUse& use : spec.funding)
        parts.push_back(use.shifts_practices
                            ? fill(tr("{rule} in {share} of practices"),
                                   {{"rule", use.use}, {"share", text::percent(use.share_of_practices)}})
                            : use.use);
    for (const scenario::CapacityUse& use : spec.capacities)
        parts.push_back(fill(tr("capacity of {role}: {share} of today's"),
                             {{"role", use.role}, {"share", use.unlimited ? "\u221e" : text::percent(use.ratio)}}));
    for (const scenario::HazardUse& use : spec.hazards)
        parts.push_back(fill(tr("{what} x {ratio} in everybody"),
                             {{"what", std::string(model::lever_word(use.kind))}, {"ratio", number(use.ratio, 2)}}));
    std::string out = text::list(parts);
    const double heads =
        mean_of(arm, [](const RunRecord& r, const ArmRun&) { return decide::Value(measure::person_years(r)); });
    const double cents = mean_of(arm, [](const RunRecord& r, const ArmRun& a) {
        return decide::Value(programme_cents(r, *a.scenario->catalogue));
    });
    if (heads > 0)
        out += fill(tr("; programmes cost {eur} EUR per inhabitant a year"), {{"eur", number(cents / 100 / heads, 2)}});
    if (all.posts_wanted > 0)
        out += fill(tr("; {filled} of the {wanted} posts wanted are filled"),
                    {{"filled", number(all.posts_filled, 1)}, {"wanted", number(all.posts_wanted, 1)}});
    if (all.meant > 0)
        out += fill(tr("; {reached} people a year begin, {now} take part at a time, of the {meant} meant"),
                    {{"reached", number(all.reached, 0)}, {"now", number(all.taking_part, 0)}, {"meant", number(all.meant, 0)}});
    return out;
}

std::vector<viz::BriefPayer> payers_of(const Compared& c) {
    std::vector<viz::BriefPayer> out;
    const world::Catalogue& base = c.catalogue();
    // Net payments of an account by rule id, without what only brings public money to the account.
    const auto paid = [](const RunRecord& r, const ArmRun& a, const std::string& id, const std::set<std::string>* only,
                         bool inside) {
        const world::Catalogue& cat = *a.scenario->catalogue;
        const int account = cat.account(id);
        double cents = 0;
        for (const measure::YearRecord& year : r.years)
            for (const world::Posting& p : year.postings) {
                if ((p.from != account && p.to != account) ||
                    cat.accounts[static_cast<std::size_t>(p.from)].id.starts_with("financing_"))
                    continue;
                if (only && (only->contains(cat.rules.at(static_cast<std::size_t>(p.rule))) != inside))
                    continue;
                cents += p.from == account ? static_cast<double>(p.cents) : -static_cast<double>(p.cents);
            }
        return decide::Value(cents * r.sample / 100 / 1e6 / (months_of(r) / 12.0));
    };
    std::set<std::string> rules_of_base;
    for (const RunRecord* r : c.arms[0].futures)
        for (const auto& year : r->years)
            for (const auto& p : year.postings)
                rules_of_base.insert(base.rules.at(static_cast<std::size_t>(p.rule)));
    for (int account = 0; account < base.first_flow; ++account) {
        const world::Account& named = base.accounts[static_cast<std::size_t>(account)];
        if (named.level == world::Level::organisation)
            continue;  // it hands on what payers gave
        viz::BriefPayer payer{tr(named.name), {}};
        bool any = false;
        for (std::size_t i = 1; i < c.arms.size(); ++i) {
            const auto old_rules = [&](const RunRecord& r, const ArmRun& a) {
                return paid(r, a, named.id, &rules_of_base, true);
            };
            const auto new_rules = [&](const RunRecord& r, const ArmRun& a) {
                return paid(r, a, named.id, &rules_of_base, false);
            };
            const auto all_rules = [&](const RunRecord& r, const ArmRun& a) {
                return paid(r, a, named.id, nullptr, true);
            };
            const decide::Difference d = paired(c, i, all_rules);
            viz::BriefPayer::Arm arm;
            arm.pays_in = mean_of(c.arms[i], new_rules);
            arm.gets_back = -paired(c, i, old_rules).expected;
            arm.balance = {-d.expected, -d.uncertainty.high, -d.uncertainty.low};
            any = any || std::fabs(arm.pays_in) >= 0.005 || std::fabs(arm.balance.middle) >= 0.005;
            payer.arms.push_back(arm);
        }
        if (any)
            out.push_back(std::move(payer));
    }
    return out;
}

}  // namespace tresse::app
