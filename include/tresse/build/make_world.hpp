#pragma once

#include <cstdint>
#include <vector>

#include "tresse/build/fit.hpp"
#include "tresse/build/population.hpp"
#include "tresse/build/providers.hpp"
#include "tresse/build/reference.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/world/world.hpp"

namespace tresse::build {

struct WorldOptions {
    int cell_capacity = world::limit::cell_slots;
    int price_rows = -1;            ///< rows of the largest money table of any arm and year; -1: the tables of all arms are compiled to know
    std::size_t donors = 20000;     ///< households kept as donors of arrivals
    const funding::Ceiling* ceiling = nullptr;  ///< rows of the maximum billing; null: that of the base arm's first year
};

/// The area of a scenario at the first settling month: people, providers, ties, empty books and accounts. `tables` are completed with `reference`.
/// The seed is the population's: replicates change luck, not people. Nothing depends on threads, pieces or cell capacity.
/// Missing: gates, rates and tariff classes, which `model::Engine::refresh_all` makes for the rules of an arm.
world::World make_world(const scenario::Scenario& scenario, const model::Tables& tables, const Reference& reference, std::uint64_t seed, Workers& workers,
                        const WorldOptions& options = {});
/// The same with a reference sample of its own: `tables` are completed on the way.
world::World make_world(const scenario::Scenario& scenario, model::Tables& tables, std::uint64_t seed, Workers& workers, const WorldOptions& options = {});

/// The part that needs no scenario file: an area of a pack. Shape: `area` are rows of the pack in the order of the catalogue's places.
/// The parameters are those of the reference.
struct AreaPlan {
    const scenario::Region& region;
    const world::Catalogue& catalogue;
    const model::Tables& tables;
    const Reference& reference;
    std::vector<int> area;
    Month policy_start;
    int settling_months = 36;
    int sample = 1;
    std::uint64_t seed = 1;
    int price_rows = 0;
};
world::World make_area(const AreaPlan& plan, Workers& workers, const WorldOptions& options, Placement* placement = nullptr);

}  // namespace tresse::build
