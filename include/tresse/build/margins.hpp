#pragma once

#include <array>
#include <vector>

#include "tresse/build/draft.hpp"
#include "tresse/build/parameters.hpp"
#include "tresse/model/tables.hpp"
#include "tresse/scenario/region.hpp"

namespace tresse::build {

template <class T>
using BySexBand = std::array<std::array<T, bands>, 2>;

inline constexpr int household_types = 5;  ///< alone, couple, couple with children, lone parent, other: HouseholdType without `resident`
inline constexpr int work_kinds = 6;       ///< employed, unemployed, disabled, student, retired, at home: columns of the pack's table

/// The pack's social tables as numbers by region, sex and five-year age: what the synthetic population must add up to.
struct Margins {
    std::array<std::array<double, household_types>, regions> household_share{};  ///< of households
    std::array<std::array<double, household_types>, regions> household_size{};   ///< persons
    std::array<BySexBand<std::array<double, 3>>, regions> education{};           ///< low, middle, high; adds to 1; 0 under 15
    std::array<BySexBand<std::array<double, work_kinds>>, regions> work{};       ///< adds to 1; 0 under 15
    std::array<std::array<double, bands>, regions> bim{};                        ///< share
    std::array<BySexBand<double>, 3> daily_smoker{}, former_smoker{}, inactive{}, overweight{};  ///< [diploma]; overweight without obesity
    std::array<double, regions> residents{};                                     ///< in nursing homes; persons
    std::array<BySexBand<double>, regions> population{};                         ///< persons of the pack
};

/// Reads the tables households, education, employment, bim, lifestyle and supply of a pack.
/// Throws: BadInput naming the table and column that is missing, or the region, sex and age that no row covers.
Margins read_margins(const scenario::Region& region, const BuildParameters& parameters);

/// The municipalities of a pack as places to be peopled, in its order.
std::vector<PlaceInput> places_of(const scenario::Region& region);

/// Pooled places of the whole country, scaled to about `reference_persons`: groups of municipalities of one region with like incomes.
std::vector<PlaceInput> strata_of(const scenario::Region& region, const BuildParameters& parameters);

}  // namespace tresse::build
