#pragma once

#include <span>

#include "tresse/build/draft.hpp"
#include "tresse/build/norms.hpp"

namespace tresse::build {

/// Income fifth, diploma, work, increased reimbursement and habits of the people of a place.
/// Formula: the household's place on a logistic scale = slope x ln(income index) + type and age of the household + noise, cut into fifths;
/// diploma given fifth, work given fifth and diploma, habits given diploma and fifth: tables fitted to the pack's margins;
/// increased reimbursement by household: log odds of the fifth + mean over its members of those of their age + what makes the place agree.
/// Random: purposes population (persons) and household (households), by (place, number in the place).
void give_social(Settlement& settlement, const PlaceInput& place, const SocialNorms& norms, const BuildParameters& parameters, std::uint64_t seed);

/// Solves the norms on the reference sample and gives them to its people. `places` are the pack's, `strata` those of the sample.
SocialNorms solve_social(std::span<Settlement> sample, std::span<const PlaceInput> strata, std::span<const PlaceInput> places, const Margins& margins,
                         const BuildParameters& parameters, std::uint64_t seed);

}  // namespace tresse::build
