#include <algorithm>
#include <cmath>
#include <set>

#include "money_tables.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/funding/rule.hpp"
#include "tresse/scenario/funding_file.hpp"
#include "tresse/scenario/payers.hpp"

/// Money by body, rule and year: who pays and who receives, what the guarantee reckoned, what households carry, what was published.
namespace tresse::app {

namespace {

using decide::Value;
using measure::RunRecord;
using measure::YearRecord;
using store::Type;
using text::fill;
using text::number;
using text::signed_number;
using text::tr;

constexpr double cents_per_million_eur = 1e8;
constexpr double two_sided_95 = 1.96;

std::string cell(double value) {
    return std::isfinite(value) ? store::cell(value) : std::string();
}

bool is_financing(const world::Catalogue& c, int account) {
    return c.accounts[static_cast<std::size_t>(account)].id.starts_with("financing_");
}

/// Net payments of an account in a year: what it paid less what it received, without what only brings public money to it.
/// Units: cents of the whole area.
double net_paid(const RunRecord& r, const world::Catalogue& c, const std::string& id, std::size_t year) {
    const int account = c.account(id);
    Cents sum = 0;
    for (const world::Posting& p : r.years[year].postings)
        if (!is_financing(c, p.from))
            sum += (p.from == account ? p.cents : 0) - (p.to == account ? p.cents : 0);
    return static_cast<double>(sum) * r.sample;
}

/// Bodies that can pay: every account before the program's own, an organisation too.
std::vector<std::string> bodies(const Compared& c) {
    std::vector<std::string> out;
    for (int a = 0; a < c.catalogue().first_flow; ++a)
        out.push_back(c.catalogue().accounts[static_cast<std::size_t>(a)].id);
    return out;
}

std::size_t years_of(const Compared& c) {
    std::size_t out = 1000;
    for (const ArmRun& arm : c.arms)
        for (const RunRecord* r : arm.futures)
            out = std::min(out, r->years.size());
    return out;
}

store::Table budget_table(const Compared& c) {
    constexpr const char* levels[] = {"federal", "federated", "local", "private", "organisation", "flow"};
    store::Table t{"budget",
                   {{"arm"}, {"year", Type::whole}, {"account"}, {"level"}, {"eur", Type::real}, {"base", Type::real},
                    {"difference", Type::real}, {"low", Type::real}, {"high", Type::real}},
                   {}};
    for (std::size_t a = 0; a < c.arms.size(); ++a)
        for (std::size_t y = 0; y < years_of(c); ++y)
            for (const std::string& id : bodies(c)) {
                const auto eur = [&](const RunRecord& r, const ArmRun& arm) {
                    return Value(net_paid(r, *arm.scenario->catalogue, id, y) / 100);
                };
                const double own = mean_of(c.arms[a], eur), base = mean_of(c.arms[0], eur);
                if (own == 0 && base == 0)
                    continue;
                const auto level = c.catalogue().accounts[static_cast<std::size_t>(c.catalogue().account(id))].level;
                const decide::Difference d = a == 0 ? decide::Difference{} : paired(c, a, eur);
                t.rows.push_back({c.arms[a].id, std::to_string(c.arms[a].futures.front()->years[y].year), id, levels[static_cast<int>(level)],
                                  cell(own), cell(base), d.defined() ? cell(d.expected) : "",
                                  d.defined() ? cell(d.uncertainty.low) : "", d.defined() ? cell(d.uncertainty.high) : ""});
            }
    return t;
}

store::Table guarantee_table(const Compared& c) {
    store::Table t{"guarantee",
                   {{"arm"}, {"replicate", Type::whole}, {"year", Type::whole}, {"persons", Type::real}, {"forecast_cents", Type::whole},
                    {"real_cents", Type::whole}, {"cut_off_cents", Type::whole}, {"noise_cents", Type::whole},
                    {"payout_cents", Type::whole}, {"reinvested_cents", Type::whole}},
                   {}};
    for (const ArmRun& arm : c.arms)
        for (const RunRecord* r : arm.futures)
            for (const YearRecord& y : r->years)
                if (const world::GuaranteeYear& g = y.guarantee; g.person_months > 0)
                    t.rows.push_back({arm.id, std::to_string(r->replicate), std::to_string(y.year),
                                      store::cell(static_cast<double>(g.person_months) / 12 * r->sample), std::to_string(g.forecast),
                                      std::to_string(g.real), std::to_string(g.cut_off), std::to_string(g.noise),
                                      std::to_string(g.payout), std::to_string(g.reinvested)});
    return t;
}

/// Money of rules that an arm has and the base has not, by rule, payer and payee. Units: EUR a year, whole area.
viz::BriefTable new_rules(const Compared& c, std::size_t arm) {
    viz::BriefTable out;
    const ArmRun& a = c.arms[arm];
    const world::Catalogue& cat = *a.scenario->catalogue;
    out.title = fill(tr("Money of the rules that {arm} adds"), {{"arm", a.id}});
    out.how_to_read = tr("EUR a year on average, whole area, by rule, who pays and who receives.");
    out.data.columns = {tr("Rule"), tr("From"), tr("To"), tr("EUR a year")};
    std::set<int> old;
    for (const RunRecord* r : c.arms[0].futures)
        for (const YearRecord& y : r->years)
            for (const world::Posting& p : y.postings)
                old.insert(cat.rule(c.catalogue().rules[static_cast<std::size_t>(p.rule)]));
    std::map<std::array<int, 3>, double> sums;
    for (const RunRecord* r : a.futures)
        for (const YearRecord& y : r->years)
            for (const world::Posting& p : y.postings)
                if (!old.contains(p.rule) && !is_financing(cat, p.from))
                    sums[{p.rule, p.from, p.to}] += static_cast<double>(p.cents) * r->sample / 100 / static_cast<double>(r->years.size()) /
                                                    static_cast<double>(a.futures.size());
    for (const auto& [key, eur] : sums)
        out.data.rows.push_back({cat.rules[static_cast<std::size_t>(key[0])], tr(cat.accounts[static_cast<std::size_t>(key[1])].name),
                                 tr(cat.accounts[static_cast<std::size_t>(key[2])].name), number(eur, 0)});
    return out;
}

/// Budget impact per year and body: what an arm makes each of them pay more or less.
viz::BriefTable budget_impact(const Compared& c, std::size_t arm) {
    viz::BriefTable out;
    out.title = fill(tr("Budget impact by year and body: {arm}"), {{"arm", c.arms[arm].id}});
    out.how_to_read = tr("Million EUR more than in the base, cash, not discounted, transfers included; below zero: the body pays less or gains. The "
                         "sum over bodies is what goes to those who give care, less what comes back.");
    out.data.columns = {tr("Body")};
    const std::size_t years = years_of(c);
    for (std::size_t y = 0; y < years; ++y)
        out.data.columns.push_back(std::to_string(c.arms[arm].futures.front()->years[y].year));
    for (const std::string& id : bodies(c)) {
        std::vector<std::string> row = {tr(c.catalogue().accounts[static_cast<std::size_t>(c.catalogue().account(id))].name)};
        bool any = false;
        for (std::size_t y = 0; y < years; ++y) {
            const double d = paired(c, arm, [&](const RunRecord& r, const ArmRun& a) {
                                 return Value(net_paid(r, *a.scenario->catalogue, id, y) / cents_per_million_eur);
                             }).expected;
            any = any || std::fabs(d) >= 0.0005;
            row.push_back(signed_number(d, 3));
        }
        if (any)
            out.data.rows.push_back(std::move(row));
    }
    return out;
}

/// The guarantee year by year: is a gain more than chance?
viz::BriefTable guarantee_for_readers(const Compared& c, std::size_t arm) {
    viz::BriefTable out;
    out.title = fill(tr("Budget guarantee as it was reckoned: {arm}"), {{"arm", c.arms[arm].id}});
    out.how_to_read = tr("EUR a head and year after the cut of outliers: expected from history, risk cells and national trend; real; the gain; by how "
                         "much chance alone moves it in 95 of 100 cases, here and in places of 25 000 and 5 000 people. A gain smaller than that "
                         "cannot be told from chance.");
    out.data.columns = {tr("Year"), tr("Expected"), tr("Real"), tr("Gain"), tr("Chance, here"), tr("25 000 people"), tr("5 000 people"), tr("Paid, EUR")};
    for (std::size_t y = 0; y < years_of(c); ++y) {
        double heads = 0, forecast = 0, real = 0, noise = 0, paid = 0;
        for (const RunRecord* r : c.arms[arm].futures) {
            const world::GuaranteeYear& g = r->years[y].guarantee;
            const double n = 1.0 / static_cast<double>(c.arms[arm].futures.size());
            heads += n * static_cast<double>(g.person_months) / 12;
            forecast += n * static_cast<double>(g.forecast) / 100, real += n * static_cast<double>(g.real) / 100;
            noise += n * static_cast<double>(g.noise) / 100, paid += n * static_cast<double>(g.payout) * r->sample / 100;
        }
        if (!(heads > 0))
            continue;
        const double one = two_sided_95 * noise / heads;
        out.data.rows.push_back({std::to_string(c.arms[arm].futures.front()->years[y].year), number(forecast / heads, 0), number(real / heads, 0),
                                 signed_number((forecast - real) / heads, 0), "\u00b1 " + number(one, 0),
                                 "\u00b1 " + number(one * std::sqrt(heads / 25000), 0), "\u00b1 " + number(one * std::sqrt(heads / 5000), 0), number(paid, 0)});
    }
    return out;
}

/// What households pay by income fifth, after refunds, and the share of people above their ceiling.
viz::BriefTable household_burden(const Compared& c) {
    using world::GroupCount;
    viz::BriefTable out;
    out.title = tr("What households pay");
    out.how_to_read = tr("EUR a head and year by income fifth: own shares, what lies outside the maximum billing, what is refunded above the ceiling, and "
                         "what is left. Last: percent of people in households above their ceiling at the year's end.");
    out.data.columns = {tr("Arm"), tr("Income fifth"), tr("Own shares"), tr("Outside the ceiling"), tr("Refunded"), tr("Left to pay"), tr("Above the ceiling, %")};
    for (std::size_t a = 0; a < c.arms.size(); ++a)
        for (int q = 0; q < world::quintiles; ++q) {
            const auto per_head = [&](GroupCount what, GroupCount over, double scale) {
                return mean_of(c.arms[a], [&](const RunRecord& r, const ArmRun&) -> Value {
                    double sum = 0, months = 0;
                    for (const YearRecord& y : r.years)
                        for (int g = 0; g < world::groups; ++g)
                            if (world::group_parts(g).quintile == q)
                                sum += static_cast<double>(y.book.group(what, g)), months += static_cast<double>(y.book.group(over, g));
                    if (!(months > 0))
                        return {};
                    return scale * sum / months;
                });
            };
            const double share = per_head(GroupCount::cents_share, GroupCount::person_months, 0.12);
            const double extra = per_head(GroupCount::cents_extra, GroupCount::person_months, 0.12);
            const double refund = per_head(GroupCount::cents_refund, GroupCount::person_months, 0.12);
            const double above = per_head(GroupCount::census_over_ceiling, GroupCount::census_persons, 100);
            out.data.rows.push_back({std::string(1, static_cast<char>('A' + a)), std::to_string(q + 1), number(share, 0), number(extra, 0), number(refund, 0),
                                     number(share + extra - refund, 0), number(above, 1)});
        }
    return out;
}

/// The base arm's first year beside what was published for the country.
viz::BriefTable reconciliation(const Compared& c) {
    viz::BriefTable out;
    const scenario::Payers& payers = *c.scenario().payers;
    out.title = tr("Spending, simulated against published");
    out.how_to_read = tr("EUR a head in the first year of the base, of this area, against the published figure of the whole country in euros of 2025. A place "
                         "that is older or poorer than the country lies above it, and so does a later year; futures that draw the uncertain numbers spread around it. "
                         "`tresse validate` holds the country's base year to the tolerance.");
    out.data.columns = {tr("Sector"), tr("Simulated"), tr("Published"), tr("Simulated / published, %"), tr("Tolerance, %")};
    for (const scenario::Payers::Published& row : payers.published) {
        const double simulated = mean_of(c.arms[0], [&](const RunRecord& r, const ArmRun& a) -> Value {
            const world::Catalogue& cat = *a.scenario->catalogue;
            const int account = cat.account(row.account);
            Cents sum = 0;
            for (const world::Posting& p : r.years.front().postings) {
                const std::string& rule = cat.rules[static_cast<std::size_t>(p.rule)];
                const bool counts = row.rules.empty() || std::find(row.rules.begin(), row.rules.end(), rule) != row.rules.end();
                if (counts && p.from == account)
                    sum += p.cents;
            }
            const double years = measure::person_years(r, 0);
            if (!(years > 0))
                return {};
            return static_cast<double>(sum) / 100 / years;
        });
        out.data.rows.push_back({tr(row.name), number(simulated, 0), number(row.eur_per_head.value, 0), number(100 * simulated / row.eur_per_head.value, 0),
                                 number(100 * row.tolerance, 0)});
    }
    return out;
}

/// What one unit costs in full, and what each side keeps when one is not made: of the base's first year, by rule.
viz::BriefTable two_prices(const Compared& c) {
    viz::BriefTable out;
    out.title = tr("Two prices: in full, and what one contact less saves");
    out.how_to_read = tr("EUR a unit in the first year of the base. What stays in a closed budget is shared by the other units of the year: the payer saves "
                         "it only by lowering the budget.");
    out.data.columns = {tr("Rule"), tr("Unit"), tr("In full"), tr("Payers save at once"), tr("Household saves"), tr("Stays in the closed budget")};
    const world::Catalogue& cat = c.catalogue();
    const int household = cat.account("household");
    for (const funding::RuleSpec& rule : c.scenario().rules->rules) {
        const int index = cat.rule(rule.id);
        std::set<int> services;
        bool closed = false;
        for (const funding::Pay& pay : rule.pays) {
            closed = closed || pay.closed.given;
            for (const std::string& id : pay.services)
                services.insert(cat.service(id));
        }
        if (index < 0 || services.empty() || services.contains(-1))
            continue;
        const auto per_unit = [&](int side) {
            return mean_of(c.arms[0], [&](const RunRecord& r, const ArmRun&) -> Value {
                double cents = 0, units = 0;
                for (const int s : services)
                    units += static_cast<double>(r.years.front().book.service(world::ServiceCount::units, s));
                for (const world::Posting& p : r.years.front().postings)
                    if (p.rule == index && !is_financing(cat, p.from) && (side < 0 || (p.from == household) == (side == 1)))
                        cents += static_cast<double>(p.cents);
                if (!(units > 0) || cents == 0)
                    return {};
                return cents / 100 / units;
            });
        };
        const double full = per_unit(-1), own = per_unit(1), others = per_unit(0);
        if (!std::isfinite(full))
            continue;
        const double from_household = std::isfinite(own) ? own : 0, from_payers = std::isfinite(others) ? others : 0;
        out.data.rows.push_back({rule.id, services.size() == 1 ? tr(cat.services[static_cast<std::size_t>(*services.begin())].unit) : tr("contact"),
                                 number(full, 2), number(closed ? 0 : from_payers, 2), number(from_household, 2), number(closed ? from_payers : 0, 2)});
    }
    return out;
}

}  // namespace

std::vector<store::Table> money_result_tables(const Compared& c) {
    return {budget_table(c), guarantee_table(c)};
}

std::vector<viz::BriefTable> money_tables(const Compared& c) {
    std::vector<viz::BriefTable> out;
    const auto add = [&](viz::BriefTable table) {
        if (!table.data.rows.empty())
            out.push_back(std::move(table));
    };
    for (std::size_t arm = 1; arm < c.arms.size(); ++arm) {
        add(new_rules(c, arm));
        add(budget_impact(c, arm));
        add(guarantee_for_readers(c, arm));
    }
    add(household_burden(c));
    add(two_prices(c));
    add(reconciliation(c));
    return out;
}

}  // namespace tresse::app
