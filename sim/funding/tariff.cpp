#include "tresse/funding/tariff.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "tresse/core/check.hpp"

namespace tresse::funding {

namespace {

/// Walks the radices of the used facts: calls step(value, size) from the most to the least significant.
template <class Step>
void each_fact(const Tariffs& t, const Facts& f, Step&& step) {
    const auto band = std::upper_bound(t.age_cuts.begin(), t.age_cuts.end(), f.age) - t.age_cuts.begin();
    step(static_cast<std::size_t>(band), t.age_cuts.size() + 1);
    const auto flag = [&](std::uint32_t bit, bool is) {
        if ((t.used_facts & bit) != 0) step(is ? 1u : 0u, 2u);
    };
    flag(fact::increased_reimbursement, f.increased_reimbursement);
    flag(fact::global_record, f.global_record);
    flag(fact::medical_house, f.medical_house);
    flag(fact::chronic_status, f.chronic_status);
    flag(fact::nursing_home, f.nursing_home);
    if ((t.used_facts & fact::dependence) != 0) step(static_cast<std::size_t>(std::clamp(f.dependence, 0, 3)), 4u);
    if ((t.used_facts & fact::region) != 0) step(static_cast<std::size_t>(std::clamp(f.region, 0, 2)), 3u);
    for (auto left = static_cast<std::uint32_t>(t.used_trajectories); left != 0; left &= left - 1)
        step((static_cast<std::uint32_t>(f.trajectories) >> std::countr_zero(left)) & 1u, 2u);
    for (auto left = t.used_conditions; left != 0; left &= left - 1) step((f.conditions >> std::countr_zero(left)) & 1u, 2u);
}

/// Rounds a non-negative share of an amount half up; exact in the integer part of a double for any yearly budget.
Cents rounded(double cents) {
    TRESSE_CHECK(cents >= 0 && cents < 9e15, "an amount of money that can be counted in whole cents");
    return static_cast<Cents>(std::floor(cents + 0.5));
}

}  // namespace

std::size_t Tariffs::packed(const Facts& facts) const {
    std::size_t at = 0;
    each_fact(*this, facts, [&](std::size_t value, std::size_t size) { at = at * size + value; });
    return at;
}

std::size_t Tariffs::combinations() const {
    std::size_t n = 1;
    each_fact(*this, Facts{}, [&](std::size_t, std::size_t size) { n *= size; });
    return n;
}

void share_out(const Split& split, Cents amount, std::vector<Cents>& out) {
    out.resize(split.account.size());
    TRESSE_CHECK(!out.empty(), "a split names at least one account");
    for (const auto account : split.account) TRESSE_CHECK(account != competent_federated, "money is shared out only over a split of a place (split_in)");
    split_by_weight(amount, split.weight, out);
}

int Ceiling::class_of(Cents yearly_income, bool increased_reimbursement) const {
    TRESSE_CHECK(given && !income_from.empty(), "a ceiling is looked up only when a rule gives one");
    const auto above = std::upper_bound(income_from.begin(), income_from.end(), yearly_income) - income_from.begin();
    const int band = static_cast<int>(std::max<std::ptrdiff_t>(above - 1, 0));
    const int social = static_cast<int>(by_class.size()) - 1;
    return increased_reimbursement && by_class[static_cast<std::size_t>(social)] < by_class[static_cast<std::size_t>(band)] ? social : band;
}

Cents practice_payment(const PracticePayment& p, double records, double nurse_hours_per_week) {
    TRESSE_CHECK(p.records > 0 && p.nurse_hours > 0, "the known point of a premium is above zero");
    const double part = std::min(records / p.records, nurse_hours_per_week / p.nurse_hours);
    return part <= 0 ? 0 : rounded(static_cast<double>(p.at_point) * part);
}

Cents savings_payment(const SavingsShare& savings, Cents forecast, Cents real) {
    if (!savings.on || forecast <= real) return 0;
    return rounded(static_cast<double>(forecast - real) * savings.share);
}

void set_budgets(Tariffs& tariffs, std::span<const std::array<std::int64_t, world::oldest_age + 1>> persons) {
    for (auto& budget : tariffs.closed_budgets) {
        budget.year_by_entity.assign(persons.size(), 0);
        for (std::size_t entity = 0; entity < persons.size(); ++entity)
            for (std::size_t age = 0; age < persons[entity].size(); ++age) budget.year_by_entity[entity] += persons[entity][age] * budget.cents_per_person[age];
    }
}

Cents whole_fixed(const ClosedBudget& budget, int entity) { return rounded(static_cast<double>(budget.year_by_entity[static_cast<std::size_t>(entity)]) * budget.fixed_share); }

Cents fixed_part(const ClosedBudget& budget, int entity, int month_of_year) { return month_part(whole_fixed(budget, entity), month_of_year); }

std::vector<Cents> year_end_by_points(Cents budget, Cents fixed_paid, Cents advances, std::span<const std::int64_t> points) {
    for (const auto p : points)
        if (p > 0) return split_by_weight(budget - fixed_paid - advances, points);
    return std::vector<Cents>(points.size(), 0);
}

}  // namespace tresse::funding
