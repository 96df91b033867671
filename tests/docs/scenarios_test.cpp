// Every file that is shipped is valid, and every scenario runs.
#include <filesystem>
#include <set>
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
#include "tresse/scenario/arm.hpp"
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
std::vector<measure::RunRecord> first_months(const std::string& id, int sample, int months = 1,
                                             const std::string& area = "") {
    scenario::Overrides overrides;
    overrides.months = months, overrides.replicates = 1, overrides.sample = sample, overrides.area = area;
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
    CHECK(first_months("every-mechanism", 1, 12).size() == 6);  // its last change comes in the ninth month
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

TEST_CASE("every shipped scenario lives from its first month to its last in every arm, in a village", "[docs][slow]") {
    const std::vector<std::string> ids = scenario::shipped_scenarios(home);
    CHECK(ids.size() >= 34);  // 3 beside the README, 9 of the agreements, 8 directions, 12 pilots, 3 programmes
    for (const std::string& id : ids) {
        INFO(id);
        for (const auto& record : first_months(id, 1, 0, "Glabbeek"))
            for (const measure::YearRecord& year : record.years) {  // births and arrivals keep a village near its size
                const std::int64_t lived = year.book.group_sum(world::GroupCount::person_months);
                CHECK(lived > record.start.persons() * year.months * 8 / 10);
                CHECK(lived < record.start.persons() * year.months * 12 / 10);
            }
    }
}

TEST_CASE("a component written in YAML alone reaches people", "[docs]") {
    const std::string folder = (fs::temp_directory_path() / "tresse-own-component").string();
    fs::create_directories(folder);
    write_file(join_path(folder, "walks.yaml"),
               "format: 1\nkind: component\nid: walks\nnumber: 30\nlevel: local\nname: Walks\nmay_start: [local]\n"
               "non_medical_providers: [prevention]\nactions:\n  - id: weekly\n    name: A walk a week\n"
               "    in_words: A volunteer walks with people who are inactive.\n"
               "    target: {all_of: [{age_from: 50}, {risk_factor: inactivity}]}\n"
               "    accepts_share: {value: 0.9, low: 0.8, high: 0.95, source: A-1061}\n    service: group_session\n"
               "    staff: {role: prevention, minutes_month: {value: 5, low: 2, high: 9, source: A-036}, eur_per_hour: "
               "{value: 62, low: 52, high: 75, source: S-115}}\n    course_months: 12\n    levers:\n"
               "      - {mechanism: risk_factor_change, risk_factor: inactivity, ratio: {value: 1.3, low: 0.9, high: 1.9, "
               "source: A-1061}, evidence: assumption, lasts_months: 24}\n");
    write_file(join_path(folder, "mine.yaml"),
               "format: 1\nkind: scenario\nid: mine\ntitle: Mine\nquestion: Who walks?\nown_files: [walks.yaml]\n"
               "area: Glabbeek\ntime: {start: 2026-01}\nbase: today\narms:\n  - id: today\n  - id: walks\n    components:\n"
               "      - {use: walks/weekly, reach: {persons_per_year: 600}, paid_by: {municipality: 1.0}}\n");
    const auto records = first_months(join_path(folder, "mine.yaml"), 1, 6);
    REQUIRE(records.size() == 2);
    std::int64_t reached = 0;
    for (const auto& record : records)
        for (const auto& year : record.years)
            for (const auto& action : year.actions)
                reached += action.reached;
    CHECK(reached > 20);
    fs::remove_all(folder);
}

TEST_CASE("every shipped scenario opens with its question and says what would change its answer", "[docs]") {
    for (const std::string& id : scenario::shipped_scenarios(home)) {
        if (id == "every-mechanism")
            continue;  // for tests, asks nothing
        INFO(id);
        const scenario::Scenario s = scenario::load_scenario(id, home);
        CHECK(s.id == id);
        for (int l = 0; l < lang_count; ++l) {
            CHECK_FALSE(s.title.text[l].empty());
            CHECK_FALSE(s.question.text[l].empty());
            CHECK_FALSE(s.would_change_the_answer.text[l].empty());
        }
    }
}

TEST_CASE("the arm of the eight agreements differs per federated body", "[docs]") {
    const scenario::Scenario s = scenario::load_scenario("eight-agreements", home);
    const model::Policy policy = scenario::compile_policy(s, 1, 0);
    std::set<std::uint32_t> bodies;
    for (const model::Action& a : policy.actions)
        bodies.insert(a.entities);
    CHECK(bodies.size() == 5);  // all of them, and each of the four by itself
    CHECK(policy.organisation_months == 48);
}

TEST_CASE("the pilots of the country and of the files are twelve, with the money that was paid", "[docs]") {
    int pilots = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(home) / "scenarios/pilots")) {
        const scenario::Scenario s = scenario::load_scenario(entry.path().string(), home);
        INFO(s.id);
        ++pilots;
        REQUIRE(s.arms.size() == 2);
        const scenario::ArmOrganisation& o = s.arms[1].spec->organisation;
        CHECK(o.eur(0, 1) == 152520);  // facts of the plan 3.2
        CHECK(o.eur(1, 1) == 0);
        CHECK(o.eur(1, 2) == 208333);
        CHECK(o.eur(0, 6) == 0);
    }
    CHECK(pilots == 12);
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

TEST_CASE("another base never moves what the guarantee reckons: it knows history, not the other arms", "[docs]") {
    const auto reckoned = [](const std::string& base) {
        scenario::Overrides overrides;
        overrides.months = 12, overrides.replicates = 1, overrides.sample = 20;
        overrides.set = {{"time.settling_months", "1"}, {"base", base}};
        const scenario::Scenario s = scenario::load_scenario("first-look", home, overrides);
        Workers workers(1);
        const experiment::ScenarioSource source(s, workers);
        experiment::Plan plan = experiment::plan_of(s, 1);
        plan.draw_parameters = false;
        Keep keep;
        experiment::Progress progress;
        experiment::run(plan, source, keep, progress);
        world::GuaranteeYear out;
        for (const auto& record : keep.records)
            if (s.arms[static_cast<std::size_t>(record.arm)].id == "integrated")
                out = record.years.at(0).guarantee;
        return out;
    };
    const auto a = reckoned("today"), b = reckoned("pilot-2018");
    CHECK(a.person_months > 50000);
    CHECK(a.real > 0);
    CHECK(a.forecast == b.forecast);
    CHECK(a.real == b.real);
    CHECK(a.payout == b.payout);
}
