#pragma once

#include "tresse/build/draft.hpp"
#include "tresse/build/luck.hpp"
#include "tresse/build/norms.hpp"

namespace tresse::build {

/// How many households of each kind a place has, so that its people just fill them.
struct HouseholdPlan {
    double alone = 0, couple = 0, couple_children = 0, lone_parent = 0, other = 0;
    double total() const { return alone + couple + couple_children + lone_parent + other; }
};

/// Plans from the number of private inhabitants and of children at home. Formula: families = children / mean number per family; one-person
/// households = q (A + lone - (s - 2) other) / (2 - q) with q their share and A the adults; couples without children take the rest.
HouseholdPlan plan_households(const PlaceInput& place, const LivingNorms& norms, double persons, double children);

/// The people of a place with age, birth month and household; every inhabitant of the margins, exactly.
/// Order: households in a keyed order, adults before children. Random: purposes population and household, by (place, number in the place).
Settlement settle(const PlaceInput& place, const LivingNorms& norms, const BuildParameters& parameters, std::uint64_t seed);

}  // namespace tresse::build
