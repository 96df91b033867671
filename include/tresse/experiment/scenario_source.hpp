#pragma once

#include "tresse/build/make_world.hpp"
#include "tresse/build/reference.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/experiment/plan.hpp"
#include "tresse/scenario/scenario.hpp"

namespace tresse::experiment {

/// Numbers, rules and people of a scenario. The population is built once, with central values; a draw changes its posts
/// (`fit_supply`), and is completed with the same reference sample, so no arm and no draw is normalised by its own results.
class ScenarioSource : public Source {
public:
    /// Requires: the scenario lives as long. Random: people by the scenario's seed. Cost: building the area.
    /// `options` are of the memory, never of the result: tests make smaller cells.
    ScenarioSource(const scenario::Scenario& scenario, Workers& workers, const build::WorldOptions& options = {});

    const world::Catalogue& catalogue() const override { return *scenario_.catalogue; }
    const world::World& population() const override { return population_; }
    bool take_population(world::World& out) const override;
    void fit_supply(world::World& world, const model::Tables& drawn) const override;
    model::Tables tables(int draw) const override;
    model::Policy policy(int arm, int draw) const override;
    std::vector<funding::Tariffs> tariffs(int arm, int draw, int first_year, int last_year) const override;

    const build::Reference& reference() const { return reference_; }
    /// What completing the central values did that a reader should know.
    const build::Completion& completion() const { return completion_; }

private:
    const scenario::Scenario& scenario_;
    build::Reference reference_;
    build::Completion completion_;
    model::ProviderTables placed_;         ///< the numbers that the providers of `population_` were placed with
    mutable world::World population_;  ///< given away at most once, by a plan of one replicate
};

/// The plan that a scenario asks for.
Plan plan_of(const scenario::Scenario& scenario, int threads);

}  // namespace tresse::experiment
