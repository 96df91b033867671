#pragma once

#include <string>
#include <vector>

#include "tresse/build/providers.hpp"
#include "tresse/build/reference.hpp"
#include "tresse/world/world.hpp"

namespace tresse::build {

/// One margin: what the pack says and what was built.
struct FitRow {
    std::string subject;        ///< inhabitants, households, income, diploma, increased reimbursement, condition, dependence, GPs, ...
    std::string where;          ///< municipality, region, sex and age
    double wanted = 0, built = 0;
    double tolerance = 0;       ///< on the difference, in the same unit; 0 = must be equal
    bool fits() const { return built - wanted <= tolerance && wanted - built <= tolerance; }
};

/// How well the synthetic people and providers meet the pack: for `tresse check REGION`.
struct FitReport {
    std::vector<FitRow> rows;
    std::vector<Repair> repairs;
    std::vector<RoleBalance> roles;
    std::size_t misfits() const;
    /// Aligned lines, those that do not fit first; `most` rows at most.
    std::string text(std::size_t most = 60) const;
};

/// The national sample against the pack: income fifths, household kinds and sizes, diplomas, work, increased reimbursement, habits, conditions, dependence, nursing homes.
FitReport fit_of(const Reference& reference, const Completion& completion, const world::Catalogue& catalogue, const model::Tables& tables);

/// An area against the pack: inhabitants by municipality, sex and five-year age (exact without a sample), increased reimbursement by municipality,
/// residents, GP posts a head, people without a GP. Shape: `area` as in AreaPlan.
FitReport fit_of(const world::World& world, const scenario::Region& region, const std::vector<int>& area, const Reference& reference, const world::Catalogue& catalogue,
                 const model::Tables& tables);

}  // namespace tresse::build
