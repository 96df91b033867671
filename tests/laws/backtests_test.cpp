// What shipped scenarios must say again: the rows of scenarios/backtests.yaml, each played in its own area.
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/app/answer.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/experiment/run.hpp"
#include "tresse/experiment/scenario_source.hpp"
#include "tresse/scenario/backtest.hpp"
#include "tresse/scenario/scenario.hpp"

using namespace tresse;
using scenario::Backtest;

namespace {

const std::string home = TRESSE_SOURCE_DIR;

scenario::Backtests table() {
    Problems problems;
    auto out = scenario::read_backtests(join_path(home, "scenarios/backtests.yaml"), problems);
    INFO(problems.text());
    REQUIRE_FALSE(problems.any());
    return out;
}

/// Two arms of a scenario, played once for all rows that ask for them.
struct Played {
    scenario::Scenario scenario;
    std::vector<measure::RunRecord> records;
};

Played play(const Backtest& row, const scenario::Backtests& all) {
    scenario::Overrides overrides;
    overrides.replicates = all.replicates, overrides.months = all.months;
    overrides.set = {{"base", row.against}};
    Played out{scenario::load_scenario(row.scenario, home, overrides), {}};
    struct Keep : experiment::Sink {
        std::vector<measure::RunRecord> records;
        void finished(const measure::RunRecord& record) override { records.push_back(record); }
    } keep;
    Workers workers(2);
    const experiment::ScenarioSource source(out.scenario, workers);
    experiment::Plan plan = experiment::plan_of(out.scenario, 2);
    plan.run_arms.clear();
    for (std::size_t a = 0; a < plan.arms.size(); ++a)
        if (plan.arms[a] == row.against || plan.arms[a] == row.arm)
            plan.run_arms.push_back(static_cast<int>(a));
    REQUIRE(plan.run_arms.size() == 2);
    experiment::Progress progress;
    REQUIRE(experiment::run(plan, source, keep, progress).complete());
    out.records = std::move(keep.records);
    return out;
}

}  // namespace

TEST_CASE("every row of the back-tests names a shipped scenario, two of its arms and a source", "[laws]") {
    const scenario::Backtests all = table();
    CHECK(all.rows.size() >= 7);
    std::map<std::string, std::set<std::string>> arms;
    for (const Backtest& row : all.rows) {
        INFO(row.id);
        auto& known = arms[row.scenario];
        scenario::Scenario s = scenario::load_scenario(row.scenario, home);
        for (const scenario::Arm& arm : s.arms)
            known.insert(arm.id);
        CHECK(known.contains(row.arm));
        CHECK(known.contains(row.against));
        CHECK(s.sources->find(row.source) != nullptr);
        CHECK_FALSE(row.scores.empty());
    }
}

TEST_CASE("the library says again what was published", "[laws][slow]") {
    const scenario::Backtests all = table();
    for (const Backtest& row : all.rows) {
        const Played played = play(row, all);
        Problems problems;
        auto scores = scenario::load_scores(join_path(home, "scenarios/library/scores.yaml"), problems);
        const app::Compared compared = app::compared(app::arms_of(played.scenario, played.records), std::move(scores));
        for (const decide::ComparedRow& one : compared.results.at(0).rows) {
            if (std::find(row.scores.begin(), row.scores.end(), one.score) == row.scores.end())
                continue;
            INFO(row.id << ", " << one.score << ": difference " << one.difference.expected << ", improvement "
                        << one.improvement.low << " to " << one.improvement.high);
            switch (row.expect) {
            case Backtest::Expect::same:
                CHECK((one.verdict == decide::Verdict::same || one.verdict == decide::Verdict::cannot_tell));
                break;
            case Backtest::Expect::better:
                CHECK(one.verdict == decide::Verdict::better);
                break;
            case Backtest::Expect::worse:
                CHECK(one.verdict == decide::Verdict::worse);
                break;
            case Backtest::Expect::up:
                CHECK(one.difference.expected > 0);
                break;
            case Backtest::Expect::down:
                CHECK(one.difference.expected < 0);
                break;
            }
            if (row.says_seen)
                CHECK(one.detectability.seen == row.seen);
        }
    }
}
