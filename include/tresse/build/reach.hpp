#pragma once

#include <span>
#include <vector>

#include "tresse/build/parameters.hpp"
#include "tresse/build/travel.hpp"
#include "tresse/scenario/region.hpp"

/// Who reaches whom: places of an area that share providers, and the hospitals that people choose.
namespace tresse::build {

/// The part of the area in which each place lies: places that a chain of ways of at most 40 km joins share a part, others share no provider but hospitals.
/// A connected area is one part. Shape: by place, parts counted from 0 in the order of their first place. Source: A-1420.
std::vector<int> parts_of(const Travel& travel, std::span<const int> municipalities);

/// Where people go to hospital.
struct HospitalFlows {
    std::vector<double> pull;                   ///< by site: beds times the factor that balances the country
    std::vector<std::vector<double>> to_house;  ///< [place of the area][site]: part of its people; adds to 1, or is 0 everywhere
    double outside_share = 0, resident_share = 1;
};

/// Formula: part of the people of m who choose site h = pull_h exp(-decay minutes) / sum; pull_h = beds_h a_h, with a_h such that over the whole
/// pack every house has people in proportion to its beds (A-1421). So each inhabitant has as many beds as any other, whatever area is cut out.
/// Houses that draw less than four in a thousand of every part of the area are left out. Requires: sites are rows of the pack with beds; parts of parts_of.
HospitalFlows hospital_flows(const scenario::Region& region, const BuildParameters& parameters, std::span<const int> municipalities, std::span<const int> parts,
                             std::span<const int> sites);

}  // namespace tresse::build
