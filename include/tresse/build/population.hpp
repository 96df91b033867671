#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tresse/build/health.hpp"
#include "tresse/build/norms.hpp"
#include "tresse/core/month.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/funding/tariff.hpp"
#include "tresse/model/tables.hpp"
#include "tresse/world/cell.hpp"
#include "tresse/world/world.hpp"

namespace tresse::build {

/// What the people of an area are made of besides their margins.
struct PopulationPlan {
    std::uint64_t seed = 1;                       ///< of the population; not of the replicate
    Month policy_start;
    int sample = 1;                               ///< keeps one household in so many
    int cell_capacity = world::limit::cell_slots;
    int neighbourhood_size = 1950;                ///< most inhabitants of a neighbourhood; persons; A-828
    const funding::Ceiling* ceiling = nullptr;    ///< whose rows the households get; null: bands of BuildParameters
};

/// The cells of a municipality with ids that count from 0 inside it, and its neighbourhoods.
struct Town {
    std::vector<world::Cell> cells;               ///< `neighbourhood` counts from 0 inside the town
    std::uint32_t neighbourhoods = 0;
    std::uint32_t persons = 0;                    ///< in the cells
    std::uint32_t inhabitants = 0;                ///< before the sample
    std::uint32_t households = 0;                 ///< kept
};

/// Who lives in a place: `settle`, `give_social` and `give_health` one after the other.
Settlement people_of(const PlaceInput& place, const Norms& norms, const PreparedHealth& health, const BuildParameters& parameters, std::uint64_t seed);

/// Writes people into cells: households whole, neighbourhoods of at most `neighbourhood_size` inhabitants whatever the capacity, about 3 % of the slots free.
/// Order: neighbourhood, household, member; ids in that order. Teams are empty. Random: purpose population, by (place, number in the place).
Town fill_cells(const Settlement& people, const PlaceInput& place, const PopulationPlan& plan, const Norms& norms, const model::Tables& tables, const BuildParameters& parameters);

/// The people of all places, into `world`: cells, stocks, base_persons, first_newcomer and the neighbourhoods with municipality and coordinates (without providers).
/// Shape: `rows` are the catalogue rows of `places`, in the same order. Cost: a place at a time in each worker; memory little above the world's.
void populate(world::World& world, std::span<const PlaceInput> places, std::span<const world::Place> rows, const PopulationPlan& plan, const Norms& norms,
              const model::Tables& tables, const BuildParameters& parameters, Workers& workers);

}  // namespace tresse::build
