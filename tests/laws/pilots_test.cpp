// What the pilots' money of 2018 does and does not do: the grant to the cent, no difference that matters where it is what it
// was, a difference where it is a hundred times as much.
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/app/answer.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/decide/comparison.hpp"
#include "tresse/experiment/run.hpp"
#include "tresse/experiment/scenario_source.hpp"
#include "tresse/measure/score.hpp"
#include "tresse/scenario/scenario.hpp"

using namespace tresse;

namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

/// The arms `today` and `pilot-2018` of a shipped scenario, and nothing else of it.
struct Pilot {
    scenario::Scenario scenario;
    std::vector<measure::RunRecord> records;

    Pilot(const std::string& id, int replicates, int months, Settings set = {})
        : scenario(load(id, replicates, months, std::move(set))) {
        struct Keep : experiment::Sink {
            std::vector<measure::RunRecord> records;
            void finished(const measure::RunRecord& record) override { records.push_back(record); }
        } keep;
        Workers workers(2);
        const experiment::ScenarioSource source(scenario, workers);
        experiment::Plan plan = experiment::plan_of(scenario, 2);
        REQUIRE(plan.arms.at(0) == "today");
        REQUIRE(plan.arms.at(1) == "pilot-2018");
        plan.run_arms = {0, 1};
        experiment::Progress progress;
        REQUIRE(experiment::run(plan, source, keep, progress).complete());
        records = std::move(keep.records);
    }

    static scenario::Scenario load(const std::string& id, int replicates, int months, Settings set) {
        scenario::Overrides overrides;
        overrides.replicates = replicates, overrides.months = months, overrides.set = std::move(set);
        return scenario::load_scenario(id, TRESSE_SOURCE_DIR, overrides);
    }

    app::Compared compared() const {
        Problems problems;
        scenario::Scores scores =
            scenario::load_scores(join_path(TRESSE_SOURCE_DIR, "scenarios/library/scores.yaml"), problems);
        REQUIRE_FALSE(problems.any());
        return app::compared(app::arms_of(scenario, records), std::move(scores));
    }
};

const decide::ComparedRow& row(const app::Compared& c, const std::string& score) {
    for (const decide::ComparedRow& one : c.results.at(0).rows)
        if (one.score == score)
            return one;
    FAIL("no row " << score);
    std::abort();
}

/// Cents that reached the organisation by the rule of grants, by calendar year.
std::map<int, Cents> granted(const measure::RunRecord& record, const world::Catalogue& catalogue) {
    std::map<int, Cents> out;
    for (const measure::YearRecord& year : record.years)
        for (const world::Posting& p : year.postings)
            if (p.rule == catalogue.rule("organisation-grant") && p.to == catalogue.account("organisation"))
                out[year.year] += p.cents;
    return out;
}

/// Persons who began an action.
std::int64_t reached(const Pilot& pilot) {
    std::int64_t sum = 0;
    for (const measure::RunRecord& record : pilot.records)
        for (const measure::YearRecord& year : record.years)
            for (const measure::ActionYear& action : year.actions)
                sum += action.reached;
    return sum;
}

}  // namespace

TEST_CASE("the grant of the pilots stands in the ledger to the cent, also where years are cut", "[laws]") {
    // The sums of first-look, in the village because it is quick: 152,520 EUR in years 1-5, 208,333 EUR in years 2-5. The
    // organisation begins in April 2026, so that its years are not the calendar's: nine of its months fall in the first.
    const std::string grants = "arms[1].organisation.grants";
    const Pilot pilot("village", 1, 120,
                      {{"arms[1].organisation.start", "2026-04"},
                       {"arms[1].organisation.end", "2031-03"},
                       {grants + "[0].eur_per_year", "152520"},
                       {grants + "[1].eur_per_year", "208333"},
                       {"time.settling_months", "1"}});
    // By hand. Coordination: 15,252,000 cents a year are 1,271,000 a month, nothing left over. Actions: 20,833,300 cents a
    // year; after m months of a year floor(20,833,300 m / 12) are paid: 15,624,975 after nine (exactly), so the last three
    // months of that year bring 20,833,300 - 15,624,975 = 5,208,325.
    const std::map<int, Cents> wanted = {
        {2026, 9 * 1271000},
        {2027, 12 * 1271000 + 15624975},
        {2028, 12 * 1271000 + 5208325 + 15624975},
        {2029, 12 * 1271000 + 5208325 + 15624975},
        {2030, 12 * 1271000 + 5208325 + 15624975},
        {2031, 3 * 1271000 + 5208325},
    };
    const world::Catalogue& catalogue = *pilot.scenario.catalogue;
    for (const measure::RunRecord& record : pilot.records) {
        if (record.arm == 0)
            CHECK(granted(record, catalogue).empty());
        else
            CHECK(granted(record, catalogue) == wanted);
    }
    REQUIRE(pilot.records.size() == 2);
}

TEST_CASE("a grant that does not divide by twelve is paid by the floor of what is due, month by month", "[laws]") {
    // 208,333 EUR: after 1, 2, 5, 7 and 11 months floor(20,833,300 m / 12) cents, by hand: 1736108.33, 3472216.67,
    // 8680541.67, 12152758.33, 19097191.67.
    const std::map<int, Cents> wanted = {{1, 1736108}, {2, 3472216}, {5, 8680541}, {7, 12152758}, {11, 19097191}};
    for (const auto& [months, cents] : wanted) {
        const Pilot pilot("village", 1, months,
                          {{"arms[1].organisation.grants[1].years", "1-5"},
                           {"arms[1].organisation.grants[1].eur_per_year", "208333"},
                           {"arms[1].organisation.grants[0].eur_per_year", "0"},
                           {"time.settling_months", "1"}});
        Cents sum = 0;
        for (const measure::RunRecord& record : pilot.records)
            for (const auto& [year, part] : granted(record, *pilot.scenario.catalogue))
                sum += part;
        INFO(months << " months");
        CHECK(sum == cents);
    }
}

TEST_CASE("the pilots' money gives no difference that matters in the village, a hundred times as much does",
          "[laws][slow]") {
    // Ten years, six futures. Nothing is changed but the two sums of the file: people come in by the same places, posts,
    // invitations and deliveries, and there are more of them because more posts can be paid.
    const Pilot once("village", 6, 120);
    const Pilot hundred("village", 6, 120,
                        {{"arms[1].organisation.grants[0].eur_per_year", "800000"},
                         {"arms[1].organisation.grants[1].eur_per_year", "1100000"}});
    const app::Compared little = once.compared(), much = hundred.compared();
    const std::string plan = "complex_with_plan_percent";
    CHECK(row(little, plan).verdict == decide::Verdict::same);
    CHECK(row(much, plan).verdict == decide::Verdict::better);
    CHECK(row(much, "cost_per_head_eur").verdict == decide::Verdict::worse);
    CHECK(reached(once) > 0);
    CHECK(reached(hundred) > 2 * reached(once));
    // the base is the same to the last bit: only the second arm was touched
    for (const measure::RunRecord& a : once.records)
        for (const measure::RunRecord& b : hundred.records)
            if (a.arm == 0 && b.arm == 0 && a.replicate == b.replicate)
                CHECK(a.hash == b.hash);
}

TEST_CASE("in first-look the pilots' money of 2018 leaves every score the same, and no evaluation would have seen a difference",
          "[laws][slow]") {
    // The file as it is shipped: 105,000 people, ten years, its twelve futures. About two minutes on one core.
    const Pilot pilot("first-look", 12, 120);
    const app::Compared c = pilot.compared();
    int judged = 0;
    for (std::size_t i = 0; i < c.rows.size(); ++i) {
        const decide::ComparedRow& one = c.results.at(0).rows.at(i);
        const measure::Family family = measure::score(c.rows[i].score).family;
        if (one.verdict == decide::Verdict::none || family == measure::Family::cost)
            continue;
        ++judged;
        INFO(one.score << ": " << one.improvement.low << " to " << one.improvement.high);
        CHECK(one.verdict == decide::Verdict::same);
    }
    CHECK(judged >= 11);  // health 3, experience 4, workers 2, equity 2

    // What payers spent on care beside what the organisation spent of its grant, EUR a head and year. The organisation's
    // cost is what it spent less what it received, so its spending is that cost and the grant together.
    const auto beside = [](const measure::RunRecord& record, const app::ArmRun& arm) -> decide::Value {
        const world::Catalogue& catalogue = *arm.scenario->catalogue;
        const measure::CostByAccount cost = measure::cost_by_account(record, catalogue);
        Cents spent = cost.care.at(static_cast<std::size_t>(catalogue.account("organisation")));
        for (const auto& [year, cents] : granted(record, catalogue))
            spent += cents;
        return static_cast<double>(cost.total - spent) / 100.0 / measure::person_years(record);
    };
    const decide::Difference other = app::paired(c, 1, beside);
    const scenario::ScoreSpec* ruler = c.scores.find("cost_per_head_eur");
    REQUIRE(ruler != nullptr);
    INFO("spending beside the grant: " << other.uncertainty.low << " to " << other.uncertainty.high << " EUR a head");
    const Range less = {-other.uncertainty.middle, -other.uncertainty.high, -other.uncertainty.low};
    CHECK(decide::verdict_of(less, ruler->smallest_that_matters) == decide::Verdict::same);

    bool none_seen = false;
    for (const decide::Sentence& sentence : decide::sentences(c.results.at(0))) {
        CHECK(sentence.say != decide::Say::seen);
        none_seen |= sentence.say == decide::Say::seen_none;
    }
    CHECK(none_seen);
    CHECK(reached(pilot) > 0);  // not because nothing was done, but because it reaches few
    CHECK(reached(pilot) < 12 * 10 * 2000);
}
