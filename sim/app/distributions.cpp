#include <algorithm>
#include <cmath>

#include "tresse/app/answer.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/measure/person_year.hpp"
#include "tresse/validate/judge.hpp"

#include "distributions.hpp"

namespace tresse::app {

namespace {

using decide::Value;
using measure::RunRecord;
using store::cell;
using text::tr;

/// Mean of a distribution over the years that have it.
auto of_years(std::size_t which) {
    return [which](const RunRecord& r, const ArmRun&) -> Value {
        double sum = 0;
        int years = 0;
        for (const measure::YearRecord& y : r.years)
            if (const Value v = measure::distribution_values(y)[which])
                sum += *v, ++years;
        return years > 0 ? Value(sum / years) : Value();
    };
}

std::string optional_cell(const decide::Difference& d, double value) { return d.defined() ? cell(value) : std::string(); }

}  // namespace

void add_distributions(const Compared& c, store::Table& scores, store::Table& groups) {
    const auto all = measure::distributions();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const measure::Distribution& d = all[i];
        const std::size_t base_id = d.id.rfind("_q");
        for (std::size_t a = 0; a < c.arms.size(); ++a) {
            const double base = mean_of(c.arms[0], of_years(i)), value = mean_of(c.arms[a], of_years(i));
            if (!std::isfinite(value))
                continue;
            const decide::Difference diff = a == 0 ? decide::Difference{} : paired(c, a, of_years(i));
            if (d.fifth >= 0) {
                groups.rows.push_back({c.arms[a].id, std::string(d.id.substr(0, base_id)), "income_fifth", std::to_string(d.fifth + 1), cell(value), cell(base), optional_cell(diff, diff.expected), optional_cell(diff, diff.uncertainty.low), optional_cell(diff, diff.uncertainty.high)});
                continue;
            }
            scores.rows.push_back({c.arms[a].id, std::string(d.id), "distributions", std::string(d.unit), "", cell(value), cell(base), optional_cell(diff, diff.expected), optional_cell(diff, diff.uncertainty.low), optional_cell(diff, diff.uncertainty.high), optional_cell(diff, diff.simulation.low),
                                   optional_cell(diff, diff.simulation.high), "", "", "", std::to_string(a == 0 ? static_cast<int>(c.arms[0].futures.size()) : diff.pairs)});
        }
    }
}

viz::BriefTable distributions_for_readers(const Compared& c) {
    viz::BriefTable out;
    out.title = tr("Distributions");
    out.how_to_read = tr("How a year is spread over persons: means over the years. Spending is what was billed for a person, with an even part of the hospitals' fixed budget for each stay. No verdict: these are properties of the population, not aims.");
    out.data.columns = {tr("Distribution"), tr("Unit")};
    for (std::size_t a = 0; a < c.arms.size(); ++a)
        out.data.columns.push_back(std::string(1, static_cast<char>('A' + a)) + " " + tr(c.arms[a].scenario->arms[static_cast<std::size_t>(c.arms[a].arm)].label));
    const auto all = measure::distributions();
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::vector<std::string> row = {validate::distribution_words(all[i]), tr(all[i].unit)};
        bool any = false;
        for (const ArmRun& arm : c.arms) {
            const double value = mean_of(arm, of_years(i));
            any = any || std::isfinite(value);
            row.push_back(text::number(value, 1));
        }
        if (any)
            out.data.rows.push_back(std::move(row));
    }
    return out;
}

}  // namespace tresse::app
