#include <algorithm>
#include <cmath>

#include "tresse/app/answer.hpp"
#include "money_tables.hpp"
#include "tresse/app/mechanism_name.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "distributions.hpp"

/// Tables for files (result_tables: English keys, points in numbers) and for readers (tables_of).
namespace tresse::app {

namespace {

using decide::Value;
using measure::By;
using measure::RunRecord;
using store::cell;
using store::Table;
using store::Type;
using text::tr;

constexpr const char* family_words[] = {"health", "experience", "cost", "workers", "equity"};
constexpr const char* direction_words[] = {"higher", "lower", "zero", ""};
constexpr const char* band_words[] = {"0-4",   "5-14",  "15-24", "25-44", "45-54",
                                      "55-64", "65-74", "75-84", "85-94", "95+"};

std::string cell(const Value& value) {
    return value ? store::cell(*value) : std::string();
}

/// Score of one slice of an arm's record.
auto sliced(const measure::ScoreRow& row, const measure::Slice& slice) {
    return [row, slice](const RunRecord& r, const ArmRun& a) {
        return measure::score_value(row, r, *a.scenario->catalogue, slice);
    };
}

Table scores_table(const Compared& c) {
    Table t{"scores",
            {{"arm"},
             {"score"},
             {"family"},
             {"unit"},
             {"direction"},
             {"value", Type::real},
             {"base", Type::real},
             {"difference", Type::real},
             {"low", Type::real},
             {"high", Type::real},
             {"chance_low", Type::real},
             {"chance_high", Type::real},
             {"smallest", Type::real},
             {"verdict"},
             {"seen_by_evaluation"},
             {"futures", Type::whole}},
            {}};
    for (std::size_t i = 0; i < c.rows.size(); ++i) {
        const measure::Score& score = measure::score(c.rows[i].score);
        const std::vector<std::string> head = {c.rows[i].id, family_words[static_cast<int>(score.family)],
                                               std::string(score.unit),
                                               direction_words[static_cast<int>(c.rulers[i].direction)]};
        const auto add = [&](const std::string& arm, std::vector<std::string> rest) {
            std::vector<std::string> row = {arm};
            row.insert(row.end(), head.begin(), head.end());
            row.insert(row.end(), rest.begin(), rest.end());
            t.rows.push_back(std::move(row));
        };
        const std::string smallest =
            c.rulers[i].direction == measure::Direction::none ? "" : cell(c.rulers[i].smallest_difference);
        const std::string base = cell(mean_of(c.arms[0], sliced(c.rows[i], {})));
        add(c.arms[0].id, {base, base, "", "", "", "", "", smallest, "", "", std::to_string(c.arms[0].futures.size())});
        for (std::size_t a = 0; a < c.results.size(); ++a) {
            const decide::ComparedRow& r = c.results[a].rows[i];
            const decide::Difference& d = r.difference;
            const double none = viz::unknown;
            std::string verdict(decide::verdict_word(r.verdict));
            std::replace(verdict.begin(), verdict.end(), '_', ' ');
            add(c.arms[a + 1].id,
                {cell(r.arm), cell(r.base), cell(d.defined() ? d.expected : none),
                 cell(d.defined() ? d.uncertainty.low : none), cell(d.defined() ? d.uncertainty.high : none),
                 cell(d.defined() ? d.simulation.low : none), cell(d.defined() ? d.simulation.high : none), smallest,
                 r.verdict == decide::Verdict::none ? "" : verdict,
                 r.detectability.defined ? (r.detectability.seen ? "yes" : "no") : "", std::to_string(d.pairs)});
        }
    }
    return t;
}

Table series_table(const Compared& c) {
    Table t{"series",
            {{"arm"},
             {"year", Type::whole},
             {"measure"},
             {"unit"},
             {"value", Type::real},
             {"low", Type::real},
             {"high", Type::real},
             {"futures", Type::whole}},
            {}};
    for (const ArmRun& arm : c.arms)
        for (std::size_t y = 0; y < arm.futures.front()->years.size(); ++y)
            for (const measure::ScoreRow& row : c.rows) {
                const int account = row.account < 0
                                        ? -1
                                        : arm.scenario->catalogue->account(
                                              c.catalogue().accounts[static_cast<std::size_t>(row.account)].id);
                const measure::ScoreRow own{row.id, row.score, account};
                std::vector<double> values;
                for (const RunRecord* r : arm.futures)
                    if (y < r->years.size())
                        if (const Value v = measure::score_value(own, *r, *arm.scenario->catalogue,
                                                                 {By::all, 0, static_cast<int>(y)}))
                            values.push_back(*v);
                if (values.empty())
                    continue;
                t.rows.push_back({arm.id, std::to_string(arm.futures.front()->years[y].year), row.id,
                                  std::string(measure::score(row.score).unit), cell(summary(values).mean),
                                  cell(quantile(values, 0.025)), cell(quantile(values, 0.975)),
                                  std::to_string(values.size())});
            }
    return t;
}

std::string slice_word(By by, int index, const world::Catalogue& catalogue) {
    switch (by) {
    case By::quintile:
        return std::to_string(index + 1);
    case By::bim:
        return index ? "yes" : "no";
    case By::sex:
        return index ? "men" : "women";
    case By::age_band:
        return band_words[index];
    case By::place:
        return std::to_string(catalogue.places[static_cast<std::size_t>(index)].nis);
    case By::all:
        break;
    }
    return "all";
}

constexpr std::pair<By, const char*> breakdowns[] = {{By::quintile, "income_fifth"},
                                                     {By::bim, "increased_reimbursement"},
                                                     {By::sex, "sex"},
                                                     {By::age_band, "age"},
                                                     {By::place, "municipality"}};

Table groups_table(const Compared& c) {
    Table t{"groups",
            {{"arm"},
             {"score"},
             {"by"},
             {"group"},
             {"value", Type::real},
             {"base", Type::real},
             {"difference", Type::real},
             {"low", Type::real},
             {"high", Type::real}},
            {}};
    for (std::size_t a = 0; a < c.arms.size(); ++a)
        for (const measure::ScoreRow& row : c.rows) {
            if (row.account >= 0)
                continue;
            for (const auto& [by, word] : breakdowns)
                for (int i = 0; i < measure::slices(by, c.catalogue()); ++i) {
                    const auto number = sliced(row, {by, i, -1});
                    const double base = mean_of(c.arms[0], number);
                    if (!std::isfinite(base))
                        continue;
                    const decide::Difference d = a == 0 ? decide::Difference{} : paired(c, a, number);
                    const double none = viz::unknown;
                    t.rows.push_back(
                        {c.arms[a].id, row.id, word, slice_word(by, i, c.catalogue()), cell(mean_of(c.arms[a], number)),
                         cell(base), cell(d.defined() ? d.expected : none),
                         cell(d.defined() ? d.uncertainty.low : none), cell(d.defined() ? d.uncertainty.high : none)});
                }
        }
    return t;
}

Table ledger_table(const Compared& c) {
    constexpr const char* levels[] = {"federal", "federated", "local", "private", "organisation", "flow"};
    Table t{"ledger",
            {{"arm"},
             {"replicate", Type::whole},
             {"year", Type::whole},
             {"rule"},
             {"payer"},
             {"level"},
             {"payee"},
             {"cents", Type::whole}},
            {}};
    for (const ArmRun& arm : c.arms) {
        const world::Catalogue& cat = *arm.scenario->catalogue;
        for (const RunRecord* r : arm.futures)
            for (const measure::YearRecord& year : r->years)
                for (const world::Posting& p : year.postings) {
                    const world::Account& payer = cat.accounts.at(static_cast<std::size_t>(p.from));
                    t.rows.push_back({arm.id, std::to_string(r->replicate), std::to_string(year.year),
                                      cat.rules.at(static_cast<std::size_t>(p.rule)), payer.id,
                                      levels[static_cast<int>(payer.level)],
                                      cat.accounts.at(static_cast<std::size_t>(p.to)).id, std::to_string(p.cents)});
                }
    }
    return t;
}

viz::BriefTable groups_for_readers(const Compared& c) {
    viz::BriefTable out;
    out.title = tr("Who gains, who loses");
    out.how_to_read = tr("Mean differences from the base within each group, with their 95 % range. Income fifths are "
                         "those of the start, in all arms.");
    out.data.columns = {tr("Group")};
    const measure::ScoreId shown[] = {measure::ScoreId::qaly_per_1000, measure::ScoreId::went_without_care_percent};
    for (std::size_t a = 1; a < c.arms.size(); ++a)
        for (const measure::ScoreId id : shown)
            out.data.columns.push_back(std::string(1, static_cast<char>('A' + a)) + ": " + tr(measure::score(id).name));
    const auto add = [&](const std::string& label, By by, int index) {
        std::vector<std::string> cells = {label};
        for (std::size_t a = 1; a < c.arms.size(); ++a)
            for (const measure::ScoreId id : shown) {
                const measure::Score& score = measure::score(id);
                const decide::Difference d = paired(c, a, sliced({std::string(score.id), id, -1}, {by, index, -1}));
                viz::BriefRow row;
                row.digits = score.digits + 1;
                viz::BriefCell one;
                one.difference = d.uncertainty;
                one.difference.middle = d.defined() ? d.expected : viz::unknown;
                cells.push_back(viz::difference_text(row, one));
            }
        out.data.rows.push_back(std::move(cells));
    };
    for (int q = 0; q < world::quintiles; ++q)
        add(q == 0   ? tr("Lowest income fifth")
            : q == 4 ? tr("Highest income fifth")
                     : text::fill(tr("Income fifth {n}"), {{"n", q + 1}}),
            By::quintile, q);
    add(tr("Increased reimbursement"), By::bim, 1);
    add(tr("Others"), By::bim, 0);
    add(tr("Women"), By::sex, 0);
    add(tr("Men"), By::sex, 1);
    return out;
}

/// Mechanisms whose events an arm changes most, relative to what chance alone would do to a count.
viz::BriefTable mechanisms_for_readers(const Compared& c, std::size_t arm) {
    viz::BriefTable out;
    out.title = text::fill(tr("By way of what: {arm}"),
                           {{"arm", std::string(1, static_cast<char>('A' + arm)) + " " + c.arms[arm].id}});
    out.how_to_read = tr("Events a year in the whole area, by mechanism of the model; those that change most, measured "
                         "by what chance does to a count of that size.");
    out.data.columns = {tr("Mechanism"), tr("Base, events a year"), tr("Difference"),
                        tr("Range"),     tr("Hours a year"),        tr("EUR a year")};
    struct Line {
        double weight;
        std::vector<std::string> cells;
    };
    std::vector<Line> lines;
    const auto& names = c.arms[arm].scenario->catalogue->mechanisms;
    const std::map<std::string, std::string> words_of = mechanism_names(*c.arms[arm].scenario->catalogue);
    for (std::size_t m = 0; m < names.size(); ++m) {
        if (!is_step(names[m]))
            continue;  // who is asked and seen stands in the table of means
        const auto count = [&](world::MechanismCount what, double unit) {
            return [&names, m, what, unit](const RunRecord& r, const ArmRun& a) -> Value {
                const int index = a.scenario->catalogue->mechanism(names[m]);
                double sum = 0, months = 0;
                for (const measure::YearRecord& y : r.years) {
                    months += y.months;
                    if (index >= 0 && index < y.book.shape().mechanisms)
                        sum += static_cast<double>(y.book.mechanism(what, index));
                }
                return sum * unit * r.sample / (months / 12);
            };
        };
        const auto events = count(world::MechanismCount::events, 1);
        const decide::Difference d = paired(c, arm, events);
        const double base = mean_of(c.arms[0], events);
        if (!d.defined() || std::fabs(d.expected) < 0.5)
            continue;
        const double hours = paired(c, arm, count(world::MechanismCount::deci_minutes, 1.0 / 600)).expected;
        const double eur = paired(c, arm, count(world::MechanismCount::cents, 0.01)).expected;
        viz::BriefRow row;
        row.digits = 0;
        viz::BriefCell one;
        one.difference = d.uncertainty;
        one.difference.middle = d.expected;
        const std::string words = viz::difference_text(row, one);
        const std::size_t space = words.find(' ');
        lines.push_back({std::fabs(d.expected) / std::sqrt(std::max(1.0, base)),
                         {words_of.at(names[m]), text::number(base, 0), words.substr(0, space),
                          space == std::string::npos ? "" : words.substr(space + 1), text::signed_number(hours, 0),
                          text::signed_number(eur, 0)}});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.weight > b.weight; });
    for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 12); ++i)
        out.data.rows.push_back(lines[i].cells);
    return out;
}

}  // namespace

std::vector<store::Table> result_tables(const Compared& c) {
    Table scores = scores_table(c), groups = groups_table(c);
    add_distributions(c, scores, groups);
    std::vector<store::Table> out = {std::move(scores), series_table(c), std::move(groups), ledger_table(c)};
    for (store::Table& table : money_result_tables(c))
        out.push_back(std::move(table));
    return out;
}

std::vector<viz::BriefTable> tables_of(const Compared& c) {
    std::vector<viz::BriefTable> out;
    if (viz::BriefTable table = distributions_for_readers(c); !table.data.rows.empty())
        out.push_back(std::move(table));
    if (c.arms.size() < 2)
        return out;
    out.push_back(groups_for_readers(c));
    for (std::size_t arm = 1; arm < c.arms.size(); ++arm)
        if (viz::BriefTable table = mechanisms_for_readers(c, arm); !table.data.rows.empty())
            out.push_back(std::move(table));
    for (viz::BriefTable& table : money_tables(c))
        out.push_back(std::move(table));
    return out;
}

}  // namespace tresse::app
