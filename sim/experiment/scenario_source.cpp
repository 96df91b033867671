#include "tresse/experiment/scenario_source.hpp"

#include <utility>

#include "tresse/build/fit_supply.hpp"

namespace tresse::experiment {

ScenarioSource::ScenarioSource(const scenario::Scenario& scenario, Workers& workers,
                               const build::WorldOptions& options)
    : scenario_(scenario) {
    model::Tables central = scenario::compile_tables(scenario, 0);
    reference_ = build::make_reference(*scenario.region, *scenario.catalogue, central, scenario.seed, &completion_);
    const model::Tables& complete = central;
    placed_ = complete.provider;
    population_ = build::make_world(scenario, complete, reference_, scenario.seed, workers, options);
}

bool ScenarioSource::take_population(world::World& out) const {
    out = std::move(population_);
    population_ = world::World{};
    population_.start_of_time = out.start_of_time;
    population_.policy_start = out.policy_start;
    return true;
}

void ScenarioSource::fit_supply(world::World& world, const model::Tables& drawn) const {
    build::fit_supply(world, *scenario_.catalogue, placed_, drawn.provider);
}

model::Tables ScenarioSource::tables(int draw) const {
    model::Tables t = scenario::compile_tables(scenario_, draw);
    build::complete_tables(t, reference_, *scenario_.catalogue);
    return t;
}

model::Policy ScenarioSource::policy(int arm, int draw) const {
    return scenario::compile_policy(scenario_, arm, draw);
}

std::vector<funding::Tariffs> ScenarioSource::tariffs(int arm, int draw, int first_year, int last_year) const {
    return scenario::compile_tariffs(scenario_, arm, draw, first_year, last_year);
}

Plan plan_of(const scenario::Scenario& scenario, int threads) {
    Plan plan;
    for (const scenario::Arm& arm : scenario.arms)
        plan.arms.push_back(arm.id);
    plan.base = scenario.base_index();
    plan.replicates = scenario.replicates;
    plan.draw_parameters = scenario.draw_parameters;
    plan.policy_months = scenario.policy_months;
    plan.seed = scenario.seed;
    plan.threads = threads;
    return plan;
}

}  // namespace tresse::experiment
