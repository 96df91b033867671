#include "tresse/experiment/fork.hpp"

#include <algorithm>

#include "tresse/core/check.hpp"
#include "tresse/measure/person_year.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::experiment {

Inhabitants inhabitants(const world::World& world, const world::Catalogue& catalogue) {
    Inhabitants out(catalogue.entities.size());
    for (const world::Cell& cell : world.cells) {
        auto& by_age = out[static_cast<std::size_t>(catalogue.places[cell.municipality].entity)];
        for (int slot = 0; slot < cell.slots; ++slot) {
            if (cell.persons.empty(slot))
                continue;
            const int age = model::age_at(cell.persons.birth_month[slot], world.policy_start.index);
            by_age[static_cast<std::size_t>(age)] += 1;
        }
    }
    return out;
}

void fit_books(world::World& world, const model::Rules& rules) {
    std::size_t rows = 0;
    for (const auto& t : rules.tariffs)
        rows = std::max(rows, t.rows.size());
    const world::BookShape& has = world.month_book.shape();
    if (static_cast<int>(rows) <= has.price_rows && has.size > 0)
        return;
    const world::Catalogue& c = *rules.catalogue;
    const auto shape = world::BookShape::of(static_cast<int>(c.services.size()), static_cast<int>(c.conditions.size()),
                                            static_cast<int>(c.causes.size()), static_cast<int>(c.mechanisms.size()),
                                            static_cast<int>(rows));
    world.month_book = world.year_book = world::Book(shape);
    world.piece_books.assign(world.pieces.size(), world::Book(shape));
}

std::vector<world::Book> close_open_months(world::World& world, const model::Rules& rules) {
    std::vector<world::Book> books(world.pieces.size(), world::Book(world.month_book.shape()));
    const model::Prepared prepared(rules);
    const model::Board board{world.board, world.pool_cut, world.actions};
    const Month last = world.now - 1;
    const Month ages = last < world.policy_start ? world.policy_start : last;
    model::Scratch scratch;
    model::PieceSums sums;
    for (world::Cell& cell : world.cells) {
        model::Here here{cell,
                         books[cell.piece],
                         world.stocks[cell.piece],
                         world.neighbourhoods[cell.neighbourhood],
                         prepared,
                         rules,
                         *rules.tables,
                         *rules.catalogue,
                         board,
                         last,
                         rules.catalogue->places[cell.municipality].region,
                         0,
                         ages.index,
                         world.since(last),
                         world.since(world.policy_start),
                         world.first_newcomer,
                         scratch,
                         sums};
        for (int slot = 0; slot < cell.slots; ++slot)
            if (!cell.persons.empty(slot))
                model::flush(here, slot, world.since(world.now));
    }
    return books;
}

std::int64_t fixed_cents_of_a_stay(const world::World& world, const model::Rules& rules) {
    const std::int64_t stays = world.year_book.group_sum(world::GroupCount::admissions);
    if (stays == 0)
        return 0;
    double fixed = 0;
    for (const funding::ClosedBudget& budget : rules.tariff(world.now - 1).closed_budgets)
        for (const Cents cents : budget.year_by_entity)
            fixed += budget.fixed_share * static_cast<double>(cents);
    return static_cast<std::int64_t>(fixed / static_cast<double>(stays));
}

void mark_heavy_users(world::World& world, std::int64_t stay_cents) {
    const std::uint32_t limit = measure::top_tenth_above(world, stay_cents);
    for (world::Cell& cell : world.cells)
        for (int slot = 0; slot < cell.slots; ++slot)
            if (!cell.persons.empty(slot)) {
                std::uint8_t& history = cell.persons.decile_history[slot];
                const bool top = measure::cents_of_year(cell.persons, slot, stay_cents) > limit;
                history = static_cast<std::uint8_t>(history << 1 | top);
            }
}

void open_year(world::World& world) {
    world.year_book.clear();
    for (world::PlaceYear& p : world.place_year)
        std::fill(p.counts.begin(), p.counts.end(), 0);
}

void open_policy(world::World& world, const model::Rules& rules) {
    TRESSE_CHECK(world.now == world.policy_start, "arms part at the policy date");
    world.actions.assign(rules.policy.actions.size(), {});
    world.organisations.assign(rules.policy.has_organisation ? 1 : 0, {});
    if (!rules.tariffs.empty())
        model::open_guarantee(world, rules.tariff(world.policy_start).savings);
    fit_books(world, rules);
    open_year(world);
    std::int64_t coordination = 0, patients = 0;
    for (world::Cell& cell : world.cells)
        for (int slot = 0; slot < cell.slots; ++slot) {
            cell.persons.life_cost[slot] = cell.persons.life_health[slot] = 0;
            coordination += cell.persons.coordination[slot];
            patients += cell.persons.coordination[slot] > 0;
        }
    // the level of the common history: equal in all arms, so that no arm is measured against itself
    world.coordination_reference =
        patients == 0 ? -1.0f : static_cast<float>(static_cast<double>(coordination) / static_cast<double>(patients) / 255.0);
}

}  // namespace tresse::experiment
