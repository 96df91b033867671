#include <algorithm>

#include "poster.hpp"

namespace tresse::model {

namespace {

/// The year's row of a budget in an entity. It is found by rule, since the arms of a scenario number their budgets each in their own way.
world::BudgetYear& year_of(world::World& world, int rule, int entity) {
    for (world::BudgetYear& row : world.budget_years)
        if (row.rule == rule && row.entity == entity) return row;
    world.budget_years.push_back({rule, entity, 0, 0, 0});
    return world.budget_years.back();
}

/// Points and their advances of the month. The advances themselves were posted with the price rows.
void count_points(world::World& world, const Poster& poster) {
    const funding::Tariffs& t = poster.tariffs();
    const world::Catalogue& c = poster.catalogue();
    for (std::size_t r = 0; r < t.rows.size(); ++r) {
        const funding::PriceRow& row = t.rows[r];
        if (row.closed_budget < 0 || world.month_book.priced(static_cast<int>(r)) == 0) continue;
        const auto units = by_entity(world, c, [&](std::size_t i) { return world.piece_books[i].priced(static_cast<int>(r)); });
        for (std::size_t e = 0; e < units.size(); ++e) {
            if (units[e] == 0) continue;
            world::BudgetYear& year = year_of(world, t.closed_budgets[static_cast<std::size_t>(row.closed_budget)].rule, static_cast<int>(e));
            year.points += units[e];
            year.advances += units[e] * static_cast<Cents>(row.public_part());
        }
    }
}

/// Shares an amount among the providers of a role that worked for the area, by what they served since January.
void to_houses(world::World& world, int role, Cents amount) {
    std::vector<std::int64_t> points;
    std::vector<std::size_t> houses;
    for (std::size_t i = 0; i < world.providers.size(); ++i)
        if (world.providers[i].role == role && world.providers[i].served_year > 0) houses.push_back(i), points.push_back(world.providers[i].served_year);
    const auto parts = funding::year_end_by_points(amount, 0, 0, points);
    for (std::size_t k = 0; k < houses.size(); ++k) world.providers[houses[k]].income_month += parts[k];
}

}  // namespace

void close_budgets(world::World& world, Poster& poster, Month month) {
    if (month.is_january()) world.budget_years.clear();
    for (const funding::ClosedBudget& budget : poster.tariffs().closed_budgets)
        for (std::size_t e = 0; e < budget.year_by_entity.size(); ++e) {
            const Cents part = funding::fixed_part(budget, static_cast<int>(e), month.of_year());
            if (part == 0) continue;
            poster.to_role(budget.rule, budget.split, static_cast<int>(e), budget.payee_role, -1, part);
            to_houses(world, budget.payee_role, part);
            year_of(world, budget.rule, static_cast<int>(e)).fixed += part;
            world.month_book.touch(static_cast<int>(Did::closed_budget), 0, part);
        }
    count_points(world, poster);
    if (!month.is_december()) return;
    for (const funding::ClosedBudget& budget : poster.tariffs().closed_budgets)
        for (std::size_t e = 0; e < budget.year_by_entity.size(); ++e) {
            const world::BudgetYear& year = year_of(world, budget.rule, static_cast<int>(e));
            // a budget that was not whole from January on is not made whole: nobody had promised it
            if (year.points == 0 || budget.year_by_entity[e] == 0 || year.fixed != funding::whole_fixed(budget, static_cast<int>(e))) continue;
            const Cents rest = budget.year_by_entity[e] - year.fixed - year.advances;
            poster.to_role(budget.rule, budget.split, static_cast<int>(e), budget.payee_role, -1, rest);
            to_houses(world, budget.payee_role, rest);
            world.month_book.touch(static_cast<int>(Did::budget_closed), 0, rest);
        }
}

}  // namespace tresse::model
