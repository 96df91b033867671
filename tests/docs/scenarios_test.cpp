// Every file that is shipped is valid, and every scenario runs.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/app/commands.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/experiment/run.hpp"
#include "tresse/experiment/scenario_source.hpp"
#include "tresse/scenario/scenario.hpp"

using namespace tresse;
namespace fs = std::filesystem;

namespace {

const std::string home = TRESSE_SOURCE_DIR;

class Silent : public app::Session {
public:
    using Session::Session;
    std::string text;
    void write(std::string_view words) override { text += words; }
    void remark(std::string_view words) override { text += words; }
    void warn(std::string_view words) override { text += words; }
    void progress(double, double, std::string_view) override {}
    double seconds() override { return 0; }
    double memory() override { return 0; }
    bool stop_asked() override { return false; }
};

class Keep : public experiment::Sink {
public:
    std::vector<measure::RunRecord> records;
    void finished(const measure::RunRecord& record) override { records.push_back(record); }
};

/// The first months of every arm after one of settling, with the central numbers.
std::vector<measure::RunRecord> first_months(const std::string& id, int sample, int months = 1) {
    scenario::Overrides overrides;
    overrides.months = months, overrides.replicates = 1, overrides.sample = sample;
    overrides.set = {{"time.settling_months", "1"}};
    const scenario::Scenario s = scenario::load_scenario(id, home, overrides);
    Workers workers(1);
    const experiment::ScenarioSource source(s, workers);
    experiment::Plan plan = experiment::plan_of(s, 1);
    plan.draw_parameters = false;
    Keep keep;
    experiment::Progress progress;
    const auto report = experiment::run(plan, source, keep, progress);
    CHECK(report.complete());
    CHECK(keep.records.size() == s.arms.size());
    return std::move(keep.records);
}

/// Persons who lived the month, scaled to the area.
std::int64_t person_months(const measure::RunRecord& record) {
    return record.years.at(0).book.group_sum(world::GroupCount::person_months) * record.sample;
}

}  // namespace

TEST_CASE("the files of scenarios/ that a reader knows are valid", "[docs][slow]") {
    app::Surroundings around;
    around.home = home;
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(home) / "scenarios"))
        if (entry.path().extension() == ".yaml" && entry.path().filename() != "region.yaml")
            files.push_back(entry.path().string());
    CHECK(files.size() > 50);
    Silent session(around);
    try {
        CHECK(app::check(files, {}, session) == app::done);
    } catch (const BadInput& bad) {
        FAIL_CHECK(bad.problems().text());
    }
}

TEST_CASE("the village lives through a month in every arm", "[docs]") {
    for (const auto& record : first_months("village", 1)) {
        CHECK(person_months(record) == record.start.persons());
        CHECK(record.start.persons() > 4000);  // Glabbeek had 5,500 inhabitants in 2025
        CHECK(record.start.persons() < 7000);
    }
}

TEST_CASE("everything at once lives through its first months in every arm", "[docs]") {
    CHECK(first_months("every-mechanism", 1, 8).size() == 5);  // its last change comes in the seventh month
}

TEST_CASE("a sketch of the base year lives through its first month", "[docs][slow]") {
    for (const auto& record : first_months("base-year", 40))
        CHECK(person_months(record) > 11500000);  // Belgium on 1 January 2025: 11,825,551
}

TEST_CASE("a sketch of the first look lives through a month in every arm", "[docs]") {
    for (const auto& record : first_months("first-look", 10)) {
        CHECK(record.sample == 10);
        CHECK(person_months(record) > 90000);  // South-East Hageland: about 105,000
        CHECK(person_months(record) < 120000);
    }
}

TEST_CASE("a rule written in a file of its own moves money in the arm that uses it, half from the region, and in no other", "[docs]") {
    const auto records = first_months("foot-check", 4, 6);
    const scenario::Scenario s = scenario::load_scenario("foot-check", home, {});
    const world::Catalogue& c = *s.catalogue;
    const int rule = c.rule("diabetes-care-plan-fee"), practices = c.account("income_gp_practice"), region = c.account("flemish_community"),
              federal = c.account("nihdi_health_care");
    REQUIRE(rule >= 0);
    Cents by_region = 0, by_federal = 0;
    for (const auto& record : records)
        for (const auto& year : record.years)
            for (const auto& p : year.postings) {
                if (p.rule != rule || p.to != practices)
                    continue;
                CHECK(record.arm == 1);
                (p.from == region ? by_region : by_federal) += p.cents;
                CHECK((p.from == region || p.from == federal));
            }
    CHECK(by_region > 0);
    // one sum a month and entity is split by largest remainder: halves differ by a cent a month at most
    CHECK(by_federal - by_region >= 0);
    CHECK(by_federal - by_region <= 6);
}

TEST_CASE("every shipped scenario has a test that runs it", "[docs]") {
    CHECK(scenario::shipped_scenarios(home) == std::vector<std::string>{"base-year", "every-mechanism", "first-look", "foot-check", "village"});
}
