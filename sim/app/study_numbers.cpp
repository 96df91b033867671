#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "study_stage.hpp"
#include "tresse/app/answer.hpp"
#include "tresse/decide/equity_impact.hpp"
#include "tresse/measure/score.hpp"

/// The numbers that are kept of a future.
namespace tresse::app {

namespace {

using measure::By;
using measure::RunRecord;
using measure::Slice;
using measure::YearRecord;
using world::GroupCount;
using Numbers = std::vector<std::pair<std::string, double>>;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double quality_unit = 65535.0 * 12;  // of GroupCount::quality: to quality-adjusted years

std::int64_t counted(const YearRecord& year, GroupCount what, By by, int index) {
    std::int64_t sum = 0;
    for (int g = 0; g < world::groups; ++g) {
        const world::GroupParts p = world::group_parts(g);
        if (by == By::all || (by == By::quintile && p.quintile == index) || (by == By::bim && p.bim == index) ||
            (by == By::sex && p.sex == index))
            sum += year.book.group(what, g);
    }
    return sum;
}

double total(const RunRecord& r, GroupCount what, By by, int index) {
    double sum = 0;
    for (const YearRecord& y : r.years)
        sum += static_cast<double>(counted(y, what, by, index));
    return sum * r.sample;
}

/// What programmes really spend in a year: direct costs of actions, and what bodies pay out. Money that only changes hands among payers, as
/// a savings share that a body keeps, is no cost of the plan. Units: cents.
double spent_on_programmes(const YearRecord& year, const world::Catalogue& catalogue) {
    const int organisation = catalogue.account("organisation"), costs = catalogue.rule("programme-costs");
    double cents = 0;
    for (const world::Posting& p : year.postings)
        if (p.from < catalogue.first_flow && p.to >= catalogue.first_flow && (p.rule == costs || p.from == organisation))
            cents += static_cast<double>(p.cents);
    return cents;
}

/// What payers give: grants and direct costs. Units: cents.
double given_to_programmes(const YearRecord& year, const world::Catalogue& catalogue) {
    const int organisation = catalogue.account("organisation"), costs = catalogue.rule("programme-costs"), grant = catalogue.rule("organisation-grant");
    double cents = 0;
    for (const world::Posting& p : year.postings)
        if (p.from < catalogue.first_flow && p.from != organisation && (p.rule == costs || (p.rule == grant && p.to == organisation)))
            cents += static_cast<double>(p.cents);
    return cents;
}

void add_years(const RunRecord& r, const world::Catalogue& catalogue, Numbers& out) {
    for (std::size_t y = 0; y < r.years.size(); ++y) {
        const YearRecord& year = r.years[y];
        const std::string head = "y" + std::to_string(y) + ":";
        const double lived = static_cast<double>(counted(year, GroupCount::person_months, By::all, 0));
        const double cohort = static_cast<double>(counted(year, GroupCount::cohort_months, By::all, 0));
        out.emplace_back(head + "cohort_eur", static_cast<double>(counted(year, GroupCount::cohort_cents, By::all, 0)) / 100 * r.sample);
        out.emplace_back(head + "cohort_qaly", static_cast<double>(counted(year, GroupCount::cohort_quality, By::all, 0)) / quality_unit * r.sample);
        out.emplace_back(head + "cohort_years", cohort / 12 * r.sample);
        // newcomers use programmes too: the cohort bears its part of the cost by the months it lives
        out.emplace_back(head + "programme_eur", lived > 0 ? spent_on_programmes(year, catalogue) / 100 * r.sample * cohort / lived : 0);
        out.emplace_back(head + "given_eur", given_to_programmes(year, catalogue) / 100 * r.sample);
        out.emplace_back(head + "person_years", lived / 12 * r.sample);
        const measure::CostByAccount cost = measure::cost_by_account(r, catalogue, static_cast<int>(y));
        for (int a = 0; a < catalogue.first_flow; ++a)
            out.emplace_back(head + "account:" + catalogue.accounts[static_cast<std::size_t>(a)].id,
                             static_cast<double>(cost.care[static_cast<std::size_t>(a)]) / 100 * r.sample);
        out.emplace_back(head + "benefits", static_cast<double>(cost.benefits) / 100 * r.sample);
    }
}

void add_groups(const RunRecord& r, const world::Catalogue& catalogue, Numbers& out) {
    const auto add = [&](const std::string& name, By by, int index) {
        std::int64_t persons = 0;
        for (int g = 0; g < world::groups; ++g) {
            const world::GroupParts p = world::group_parts(g);
            if ((by == By::quintile && p.quintile == index) || (by == By::bim && p.bim == index) || (by == By::sex && p.sex == index))
                persons += r.start.by_group[static_cast<std::size_t>(g)];
        }
        out.emplace_back(name + ":persons", static_cast<double>(persons) * r.sample);
        out.emplace_back(name + ":cohort_qaly", total(r, GroupCount::cohort_quality, by, index) / quality_unit);
        out.emplace_back(name + ":cohort_eur", total(r, GroupCount::cohort_cents, by, index) / 100);
        out.emplace_back(name + ":own_eur", (total(r, GroupCount::cents_share, by, index) + total(r, GroupCount::cents_extra, by, index) - total(r, GroupCount::cents_refund, by, index)) / 100);
        const measure::ScoreRow without{"", measure::ScoreId::went_without_care_percent, -1};
        out.emplace_back(name + ":went_without", measure::score_value(without, r, catalogue, Slice{by, index, -1}).value_or(missing));
    };
    for (int q = 0; q < world::quintiles; ++q)
        add("fifth" + std::to_string(q + 1), By::quintile, q);
    for (int b = 0; b < 2; ++b) {
        add(b ? "increased_reimbursement" : "ordinary", By::bim, b);
        add(b ? "men" : "women", By::sex, b);
    }
}

void add_mechanisms(const RunRecord& r, const world::Catalogue& catalogue, Numbers& out) {
    double months = 0;
    for (const YearRecord& y : r.years)
        months += y.months;
    const double a_year = months > 0 ? r.sample / (months / 12) : 0;
    for (std::size_t m = 0; m < catalogue.mechanisms.size(); ++m) {
        double persons = 0, events = 0, minutes = 0, cents = 0;
        for (const YearRecord& y : r.years) {
            const int index = static_cast<int>(m);
            if (index >= y.book.shape().mechanisms)
                continue;
            persons += static_cast<double>(y.book.mechanism(world::MechanismCount::persons, index));
            events += static_cast<double>(y.book.mechanism(world::MechanismCount::events, index));
            minutes += static_cast<double>(y.book.mechanism(world::MechanismCount::deci_minutes, index));
            cents += static_cast<double>(y.book.mechanism(world::MechanismCount::cents, index));
        }
        const std::string head = "mechanism:" + catalogue.mechanisms[m] + ":";
        out.emplace_back(head + "persons", persons * a_year);
        out.emplace_back(head + "events", events * a_year);
        out.emplace_back(head + "hours", minutes / 600 * a_year);
        out.emplace_back(head + "eur", cents / 100 * a_year);
    }
}

void add_actions(const RunRecord& r, const scenario::Scenario& scenario, int arm, Numbers& out) {
    const world::Catalogue& catalogue = *scenario.catalogue;
    const auto actions = scenario::compile_policy(scenario, arm, 0).actions;
    double months = 0;
    for (const YearRecord& y : r.years)
        months += y.months;
    const double a_year = months > 0 ? r.sample / (months / 12) : 0;
    for (std::size_t i = 0; i < catalogue.actions.size(); ++i) {
        double reached = 0, hours = 0, eur = 0, meant = 0, taking_part = 0, wanted = 0, filled = 0;
        for (std::size_t k = 0; k < actions.size(); ++k)
            for (const YearRecord& y : r.years)
                if (actions[k].index == static_cast<int>(i) && k < y.actions.size()) {
                    const measure::ActionYear& a = y.actions[k];
                    reached += static_cast<double>(a.reached), meant += static_cast<double>(a.meant);
                    hours += static_cast<double>(a.deci_minutes) / 600, eur += static_cast<double>(a.spent) / 100;
                    taking_part += static_cast<double>(a.enrolled_months) / 12;
                    wanted += static_cast<double>(a.posts_wanted) / 12000, filled += static_cast<double>(a.posts_filled) / 12000;
                }
        const std::string head = "action:" + catalogue.actions[i].id + ":";
        out.emplace_back(head + "eur", eur * a_year);
        out.emplace_back(head + "posts_wanted", wanted * a_year);
        out.emplace_back(head + "posts_filled", filled * a_year);
        out.emplace_back(head + "hours", hours * a_year);
        out.emplace_back(head + "meant", meant * a_year);
        out.emplace_back(head + "reached", reached * a_year);
        out.emplace_back(head + "taking_part", taking_part * a_year);
    }
}

}  // namespace

Numbers numbers_of(const RunRecord& r, const scenario::Scenario& scenario, int arm, const std::array<double, 4>& persons) {
    const world::Catalogue& catalogue = *scenario.catalogue;
    Numbers out;
    for (const measure::ScoreRow& row : measure::score_rows(catalogue))
        out.emplace_back("score:" + row.id, measure::score_value(row, r, catalogue).value_or(missing));
    out.emplace_back("persons", static_cast<double>(r.start.persons()) * r.sample);
    add_years(r, catalogue, out);
    add_groups(r, catalogue, out);
    add_mechanisms(r, catalogue, out);
    add_actions(r, scenario, arm, out);
    constexpr const char* words[] = {"persons:pay_less", "persons:pay_more", "persons:eur_less", "persons:eur_more"};
    for (std::size_t i = 0; i < persons.size(); ++i)
        out.emplace_back(words[i], persons[i]);
    return out;
}

void PersonsProbe::month(const world::World& world, Month month, int arm, int replicate) {
    if (!month.is_december())
        return;
    Paid* mine = nullptr;
    {
        const std::lock_guard lock(mutex_);
        mine = &paid_[{replicate, arm}];  // a map keeps its places
        ++years_[{replicate, arm}];
    }
    mine->resize(world.first_newcomer, 0);
    for (const world::Cell& cell : world.cells)
        for (int slot = 0; slot < cell.slots; ++slot)
            if (!cell.persons.empty(slot) && cell.persons.id[slot] < world.first_newcomer)
                (*mine)[cell.persons.id[slot]] += cell.persons.share_last_year[slot];
}

void PersonsProbe::at_end(const world::World&, int arm, int replicate) {
    const std::lock_guard lock(mutex_);
    const auto base = paid_.find({replicate, base_}), own = paid_.find({replicate, arm});
    if (arm != base_ && base != paid_.end() && own != paid_.end()) {
        const double years = std::max(1, years_[{replicate, arm}]);
        std::vector<double> more;
        for (std::size_t i = 0; i < base->second.size(); ++i)
            more.push_back((static_cast<double>(own->second[i]) - static_cast<double>(base->second[i])) / 100 / years);
        const decide::WinLose w = decide::winners_and_losers(more, smallest_);
        result_[{replicate, arm}] = {w.win, w.lose, w.won, w.lost};
        paid_.erase({replicate, arm});
    }
    if (arm == last_)
        paid_.erase({replicate, base_});
}

std::array<double, 4> PersonsProbe::of(int arm, int replicate) {
    const std::lock_guard lock(mutex_);
    const auto found = result_.find({replicate, arm});
    return found == result_.end() ? std::array<double, 4>{missing, missing, missing, missing} : found->second;
}

}  // namespace tresse::app
