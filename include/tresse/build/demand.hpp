#pragma once

#include <array>

#include "tresse/build/reference.hpp"
#include "tresse/model/tables.hpp"
#include "tresse/world/catalogue.hpp"

namespace tresse::build {

/// What the country would ask for in an ordinary month of the base year if nothing were lacking.
struct NationalDemand {
    std::array<double, model::limit::services> units{};  ///< a month
    std::array<BySexBand<double>, model::limit::roles> minutes{};        ///< a person and month by sex and five-year age, before scaling; days for houses
    double unplanned_stays = 0, planned_stays = 0, condition_stays = 0;  ///< a month
    double hospital_days = 0;                            ///< a month, deaths in hospital included
};

/// Expected demand of the reference sample, scaled to the country: baseline, dependence and planned care by the service mix (overlap of
/// conditions, share received, increased reimbursement, care forgone for money), standing care, exacerbations, stays.
/// Requires: norms of death and stays in `tables`. Order: persons of the sample in their order.
NationalDemand expected_demand(const model::Tables& tables, const Reference& reference, const world::Catalogue& catalogue);

}  // namespace tresse::build
