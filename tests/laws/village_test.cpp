// The laws of the month, held against a real area with the shipped library: determinism, pairing, resuming.
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/workers.hpp"
#include "tresse/experiment/run.hpp"
#include "tresse/experiment/scenario_source.hpp"
#include "tresse/scenario/scenario.hpp"

using namespace tresse;
using namespace tresse::experiment;

namespace {

class Keep : public Sink {
public:
    std::map<std::pair<int, int>, measure::RunRecord> records;  ///< (replicate, arm)
    int calls = 0;

    void finished(const measure::RunRecord& record) override {
        ++calls;
        records[{record.replicate, record.arm}] = record;
    }
    bool has(int arm, int replicate, std::uint64_t& hash) const override {
        const auto found = records.find({replicate, arm});
        if (found == records.end())
            return false;
        hash = found->second.hash;
        return true;
    }
};

/// Asks to stop after so many months.
class Until : public Progress {
public:
    explicit Until(std::int64_t months) : most_(months) {}
    void at(std::int64_t done, std::int64_t) override { done_ = done; }
    bool stop() const override { return done_ >= most_; }

private:
    std::int64_t most_, done_ = 0;
};

using Settings = std::vector<std::pair<std::string, std::string>>;

/// The village with two futures of 24 months. The people are made once for all tests of this file.
struct Village {
    scenario::Scenario scenario;
    std::unique_ptr<ScenarioSource> source;

    explicit Village(Settings set = {}, int months = 24) : scenario(load(std::move(set), months)) {
        Workers workers(2);
        source = std::make_unique<ScenarioSource>(scenario, workers);
    }
    static scenario::Scenario load(Settings set, int months) {
        scenario::Overrides overrides;
        overrides.replicates = 2, overrides.months = months, overrides.set = std::move(set);
        return scenario::load_scenario("village", TRESSE_SOURCE_DIR, overrides);
    }
    RunReport run(Keep& keep, int threads, Progress& progress) const {
        return experiment::run(plan_of(scenario, threads), *source, keep, progress);
    }
    RunReport run(Keep& keep, int threads) const {
        Progress progress;
        return run(keep, threads, progress);
    }
};

const Village& village() {
    static const Village one;
    return one;
}

}  // namespace

TEST_CASE("the village has the same result with one and with two threads, and when it was stopped and resumed",
          "[laws][slow]") {
    Keep one, two, parts;
    const RunReport a = village().run(one, 1);
    REQUIRE(a.complete());
    REQUIRE(a.hash != 0);

    const RunReport b = village().run(two, 2);
    CHECK(b.complete());
    CHECK(b.hash == a.hash);
    for (const auto& [key, record] : one.records)
        CHECK(two.records.at(key).hash == record.hash);

    // settling of 36 months, three arms of 24: the second replicate has begun after 110
    Until stopping(110);
    const RunReport first = village().run(parts, 1, stopping);
    CHECK(first.stopped);
    CHECK_FALSE(first.complete());
    CHECK(parts.calls == 3);
    const RunReport second = village().run(parts, 1);
    CHECK(second.complete());
    CHECK(second.kept == 3);
    CHECK(parts.calls == 6);
    CHECK(second.hash == a.hash);
}

TEST_CASE("the village has the same result in cells of another size", "[laws][slow]") {
    // 2,048 places a cell as shipped, and 700: less than a neighbourhood of the village has, so that the people of one stand in
    // several cells and other households share a cell.
    Keep usual, small;
    const RunReport a = village().run(usual, 2);
    Workers workers(2);
    build::WorldOptions options;
    options.cell_capacity = 700;
    const ScenarioSource source(village().scenario, workers, options);
    CHECK(source.population().cells.size() > village().source->population().cells.size());
    Progress progress;
    const RunReport b = experiment::run(plan_of(village().scenario, 2), source, small, progress);
    CHECK(b.complete());
    CHECK(b.hash == a.hash);
}

TEST_CASE("in the village an arm that says nothing differs in nothing from the base", "[laws][slow]") {
    const Village twins(Settings{{"arms", "[{id: today, label: Today}, {id: again, label: Again}]"}});
    REQUIRE(twins.scenario.arms.size() == 2);
    Keep keep;
    const RunReport report = twins.run(keep, 2);
    REQUIRE(report.complete());
    for (int replicate = 0; replicate < 2; ++replicate) {
        const auto& base = keep.records.at({replicate, 0});
        const auto& arm = keep.records.at({replicate, 1});
        CHECK(base.hash == arm.hash);
        REQUIRE(base.years.size() == 2);
        for (std::size_t y = 0; y < base.years.size(); ++y) {
            const auto a = base.years[y].book.values(), b = arm.years[y].book.values();
            CHECK(std::equal(a.begin(), a.end(), b.begin(), b.end()));
            CHECK(base.years[y].postings == arm.years[y].postings);
        }
    }
    CHECK(keep.records.at({0, 0}).hash != keep.records.at({1, 0}).hash);  // futures differ in luck
}

TEST_CASE("in the village the arms are the same people with the same past", "[laws][slow]") {
    Keep keep;
    scenario::Overrides overrides;
    overrides.replicates = 1, overrides.months = 1;
    const scenario::Scenario s = scenario::load_scenario("village", TRESSE_SOURCE_DIR, overrides);
    Progress progress;
    run(plan_of(s, 1), *village().source, keep, progress);
    const auto& base = keep.records.at({0, 0});
    for (int arm = 1; arm < static_cast<int>(s.arms.size()); ++arm) {
        const auto& other = keep.records.at({0, arm});
        CHECK(other.start.by_group == base.start.by_group);
        CHECK(other.start.by_place == base.start.by_place);
        // death and birth of the first month were decided by what the history left
        for (const auto what : {world::GroupCount::deaths, world::GroupCount::births})
            CHECK(other.years[0].book.group_sum(what) == base.years[0].book.group_sum(what));
    }
}

TEST_CASE("a run that takes the village's people away has the result of one that copies them", "[laws][slow]") {
    const Village once;
    Plan plan = plan_of(once.scenario, 1);
    plan.replicates = 1;
    Keep copied, taken;
    Progress progress;
    const RunReport a = run(plan, *once.source, copied, progress);
    CHECK(once.source->population().persons() > 0);
    plan.last_of_source = true;
    const RunReport b = run(plan, *once.source, taken, progress);
    CHECK(b.complete());
    CHECK(b.hash == a.hash);
    CHECK(once.source->population().persons() == 0);
}

TEST_CASE("carers who are lost are followed by others: unpaid hours of today do not run dry", "[laws][slow]") {
    // Two futures of ten years. People grow older, so hours may rise; without new carers they fell to two fifths.
    const Village ten(Settings{{"arms", "[{id: today, label: Today}]"}}, 120);
    Keep keep;
    REQUIRE(ten.run(keep, 2).complete());
    std::vector<double> hours(10), persons(10);
    for (const auto& [key, record] : keep.records)
        for (std::size_t y = 0; y < 10; ++y) {
            hours[y] += static_cast<double>(record.years[y].book.group_sum(world::GroupCount::unpaid_hours));
            persons[y] += static_cast<double>(record.years[y].book.group_sum(world::GroupCount::person_months));
        }
    const double first = hours[0] / persons[0], last = hours[9] / persons[9];
    CHECK(last > 0.85 * first);
    CHECK(last < 1.6 * first);
}
