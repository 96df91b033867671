#include "tresse/build/make_world.hpp"

#include <algorithm>

#include "tresse/build/ties.hpp"
#include "tresse/core/check.hpp"
#include "tresse/model/rehouse.hpp"

namespace tresse::build {

world::World make_area(const AreaPlan& plan, Workers& workers, const WorldOptions& options, Placement* out) {
    TRESSE_CHECK(plan.area.size() == plan.catalogue.places.size(), "the catalogue has a row for every municipality of the area");
    world::World world;
    world.seed = plan.seed;
    world.policy_start = plan.policy_start;
    world.start_of_time = world.now = plan.policy_start - plan.settling_months;
    const auto all = places_of(plan.region);
    std::vector<PlaceInput> places;
    for (const int m : plan.area)
        places.push_back(all[static_cast<std::size_t>(m)]);
    PopulationPlan people;
    people.seed = plan.seed;
    people.policy_start = plan.policy_start;
    people.sample = plan.sample;
    people.cell_capacity = options.cell_capacity;
    people.ceiling = options.ceiling;
    const auto& parameters = plan.reference.parameters;
    populate(world, places, plan.catalogue.places, people, plan.reference.norms, plan.tables, parameters, workers);
    const SupplyPlan supply{plan.region, plan.catalogue, plan.tables.provider, plan.reference.norms.living, parameters, plan.reference.need, plan.area, plan.seed, plan.sample};
    Placement placement = place_providers(world, supply);
    choose_teams(world, supply, placement, workers);
    world.ties = make_ties(world, supply, placement);
    model::set_pieces(world);
    model::recount_stocks(world);
    model::keep_donors(world, options.donors);
    world.pool_cut.assign((plan.catalogue.zones.size() + 1) * static_cast<std::size_t>(world::limit::roles), 0);
    world.ledger = world::Ledger(static_cast<int>(plan.catalogue.accounts.size()));
    const auto& c = plan.catalogue;
    const auto shape = world::BookShape::of(static_cast<int>(c.services.size()), static_cast<int>(c.conditions.size()), static_cast<int>(c.causes.size()),
                                            static_cast<int>(c.mechanisms.size()), plan.price_rows);
    world.month_book = world::Book(shape), world.year_book = world::Book(shape);
    world.piece_books.assign(world.pieces.size(), world::Book(shape));
    world.place_year.resize(places.size());
    for (auto& year : world.place_year)
        year.counts.assign(static_cast<std::size_t>(world::GroupCount::count), 0);
    if (out != nullptr)
        *out = std::move(placement);
    return world;
}

world::World make_world(const scenario::Scenario& scenario, const model::Tables& tables, const Reference& reference, std::uint64_t seed, Workers& workers,
                        const WorldOptions& options) {
    WorldOptions used = options;
    AreaPlan plan{*scenario.region, *scenario.catalogue, tables, reference, scenario.area.municipalities, scenario.start, scenario.settling_months, scenario.sample, seed, 0};
    const int first = (scenario.start - scenario.settling_months).year(), last = (scenario.start + scenario.policy_months).year();
    std::vector<funding::Tariffs> base;
    if (used.ceiling == nullptr) {
        base = scenario::compile_tariffs(scenario, scenario.base_index(), 0, scenario.start.year(), scenario.start.year());
        if (!base.empty() && base.front().ceiling.given)
            used.ceiling = &base.front().ceiling;
    }
    if (used.price_rows < 0)
        for (int arm = 0; arm < static_cast<int>(scenario.arms.size()); ++arm)
            for (const auto& tariffs : scenario::compile_tariffs(scenario, arm, 0, first, last))
                used.price_rows = std::max(used.price_rows, static_cast<int>(tariffs.rows.size()));
    plan.price_rows = std::max(0, used.price_rows);
    return make_area(plan, workers, used);
}

world::World make_world(const scenario::Scenario& scenario, model::Tables& tables, std::uint64_t seed, Workers& workers, const WorldOptions& options) {
    const Reference reference = make_reference(*scenario.region, *scenario.catalogue, tables, seed);
    return make_world(scenario, static_cast<const model::Tables&>(tables), reference, seed, workers, options);
}

}  // namespace tresse::build
