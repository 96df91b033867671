#include "tresse/experiment/scenario_source.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace tresse;
using namespace tresse::experiment;

namespace {

scenario::Scenario village() {
    return scenario::load_scenario("village", TRESSE_SOURCE_DIR);
}

}  // namespace

TEST_CASE("a scenario's plan and people come from its files", "[experiment][scenario]") {
    const scenario::Scenario s = village();
    const Plan plan = plan_of(s, 2);
    CHECK(plan.arms == std::vector<std::string>{"today", "pilot-2018", "integrated"});
    CHECK(plan.base == 0);
    CHECK(plan.replicates == s.replicates);
    CHECK(plan.policy_months == 120);
    Workers workers(1);
    const ScenarioSource source(s, workers);
    std::int64_t inhabitants = 0;
    for (const int m : s.area.municipalities)
        inhabitants += s.region->municipalities[static_cast<std::size_t>(m)].inhabitants();
    CHECK(source.population().persons() == inhabitants);  // the pack's count, exact
    CHECK(source.population().now == s.start - s.settling_months);
}

TEST_CASE("draws change numbers, the central values are always the same", "[experiment][scenario]") {
    const scenario::Scenario s = village();
    Workers workers(1);
    const ScenarioSource source(s, workers);
    const model::Tables a = source.tables(0), b = source.tables(0), drawn = source.tables(1);
    bool same = true, differs = false;
    for (std::size_t c = 0; c < static_cast<std::size_t>(a.disease.conditions); ++c) {
        for (std::size_t age = 0; age < model::ages; ++age) {
            same = same && a.disease.condition[c].onset[0][age] == b.disease.condition[c].onset[0][age];
            differs = differs || a.disease.condition[c].onset[0][age] != drawn.disease.condition[c].onset[0][age];
        }
    }
    CHECK(same);
    CHECK(differs);
    CHECK(source.policy(0, 1).actions.empty());
    CHECK(source.policy(2, 1).actions.size() == 4);
    const auto tariffs = source.tariffs(0, 0, 2025, 2027);
    CHECK(tariffs.size() == 3);
}
