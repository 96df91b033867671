#pragma once

#include <cstdint>
#include <vector>

#include "tresse/measure/life_table.hpp"
#include "tresse/world/catalogue.hpp"
#include "tresse/world/world.hpp"

/// The people around patients: how many, how well tied to each other, and how far the own practice is. Pure.
namespace tresse::measure {

/// Sums over the people of a place. Integers, so that sums of places are exact.
struct TeamCount {
    std::int64_t patients = 0;       ///< with a chronic condition or in need of daily help, and somebody seen in two years
    std::int64_t members = 0;        ///< of their teams: providers seen in two years, departments of a house as one
    std::int64_t in_density = 0;     ///< patients with two members or more
    std::int64_t density = 0;        ///< their care density x 65535, rounded, summed
    std::int64_t handovers = 0;      ///< pairs in these teams: what one knows the other has to be told
    std::int64_t untied = 0;         ///< pairs of which neither lists the other: nobody is there to tell
    std::int64_t with_gp = 0;        ///< people with a practice of their own, ill or not
    std::int64_t minutes = 0;        ///< from their homes to it
    std::int64_t nearest = 0;        ///< for whom no practice listed is nearer
    void add(const TeamCount& other);

    Value mean_members() const;       ///< Missing: no patients
    Value mean_density() const;       ///< Units: 0-1. Missing: no team of two
    Value untied_percent() const;     ///< Missing: no pairs
    Value minutes_to_gp() const;      ///< Missing: nobody with a practice
    Value nearest_percent() const;
};

/// By place of the catalogue. Order: of persons, but only integers are added. Cost: a look-up in a row of ties for each pair of each team.
std::vector<TeamCount> count_care_teams(const world::World& world, const world::Catalogue& catalogue);

}  // namespace tresse::measure
