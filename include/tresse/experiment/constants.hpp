#pragma once

#include <memory>

#include "tresse/experiment/plan.hpp"
#include "tresse/model/hazards.hpp"
#include "tresse/scenario/constants.hpp"

namespace tresse::experiment {

/// Finds the normalising constants of a region pack in the arm `today` of a large reference run (central numbers, one replicate, all regions).
/// Formula: death: over the people of a region, sex and ages in January and July of a year, sum of the table's chances of death in a month, less those of
/// deaths that conditions cause by themselves (a head, of all regions, in the year and the years beside it), over the sum of their natural ones, so that with the factor as many die as on
/// the table's path. Onset: the same over those without the condition, over all years.
/// Order: cells and persons in their order; sums in double. Requires: the run's own tables have constants of one, or those that are to be refined.
class ConstantsProbe : public Probe {
public:
    ConstantsProbe(const model::Tables& tables, const world::Catalogue& catalogue);
    ~ConstantsProbe() override;
    void month(const world::World& world, Month month, int arm, int replicate) override;
    /// The start of the policy period, before any month was run.
    void start(const world::World& world);

    /// The constants found, on top of `before` (those with which the run was made). Missing: one where fewer than 200 persons were seen.
    scenario::Constants constants(const scenario::Constants& before) const;

private:
    struct Sums;
    void look(const world::World& world, Month month);
    const model::Tables& tables_;
    const world::Catalogue& catalogue_;
    std::unique_ptr<Sums> sums_;
};

}  // namespace tresse::experiment
