#include "tresse/validate/judge.hpp"

#include <cmath>
#include <map>

#include <catch2/catch.hpp>

#include "tresse/core/problems.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/experiment/run.hpp"
#include "tresse/experiment/scenario_source.hpp"

using namespace tresse;
using namespace tresse::validate;

namespace {

class Memory : public experiment::Sink {
public:
    std::map<int, measure::RunRecord> records;
    void finished(const measure::RunRecord& record) override { records.emplace(record.replicate, record); }
};

/// The base year of Glabbeek (about 5,500 people), simulated once for all tests.
struct Village {
    scenario::Scenario scenario;
    Memory sink;
    std::unique_ptr<CensusTaker> census;
    Evidence evidence;

    Village() {
        scenario::Overrides o;
        o.area = "Glabbeek";
        o.replicates = 2;
        scenario = scenario::load_scenario("base-year", TRESSE_SOURCE_DIR, o);
        Workers workers(1);
        const experiment::ScenarioSource source(scenario, workers);
        census = std::make_unique<CensusTaker>(scenario);
        experiment::Progress progress;
        experiment::run(experiment::plan_of(scenario, 1), source, sink, progress, census.get());
        evidence.scenario = &scenario;
        for (const auto& [replicate, record] : sink.records)
            evidence.futures.push_back({&record, &census->of(replicate)});
    }
};

const Village& village() {
    static const Village v;
    return v;
}

constexpr const char* heading = "id,group,measure,of,region,sex,age_from,age_to,value,unit,year,factor,band,band_is,must,where,source,why\n";

Finding judged(const std::string& row) {
    Problems problems;
    const scenario::Bands bands = scenario::parse_bands(heading + row + "\n", "test", problems);
    REQUIRE_FALSE(problems.any());
    const Validation v = judge(bands, village().evidence);
    REQUIRE(v.rows.size() == 1);
    return v.rows[0];
}

double people() {
    double sum = 0;
    for (const int m : village().scenario.area.municipalities)
        sum += village().scenario.region->municipalities[static_cast<std::size_t>(m)].inhabitants();
    return sum;
}

std::string population_row(double value) { return "p,people,population,,belgium,all,0,120," + std::to_string(value) + ",persons,2025,1,10,percent,yes,local,S-402,"; }

}  // namespace

TEST_CASE("the inhabitants on the policy date are those of the pack, exactly") {
    const Finding f = judged("p,people,population,,belgium,all,0,120,,persons,2025,1,0.1,percent,yes,local,S-402,");
    CHECK(f.simulated.middle == people());
    CHECK(f.target == people());
    CHECK(f.chance == 0);
    CHECK(f.outcome == Outcome::pass);
}

TEST_CASE("within the band is pass, within twice the band near, beyond it fail") {
    // the band is 10 % of the target: a target t with simulated s is off by (t - s) / (0.1 t)
    CHECK(judged(population_row(people() * 1.10)).outcome == Outcome::pass);
    const Finding near = judged(population_row(people() * 1.20));
    CHECK(near.off == Approx(0.20 / 0.12).epsilon(0.001));
    CHECK(near.outcome == Outcome::near);
    CHECK(judged(population_row(people() * 1.30)).outcome == Outcome::fail);
}

TEST_CASE("deaths and months lived of the census are those of the books") {
    for (const Future& f : village().evidence.futures) {
        std::int64_t deaths = 0, months = 0;
        for (const auto& region : f.census->life)
            for (std::size_t s = 0; s < 2; ++s)
                for (std::size_t a = 0; a < region.deaths[s].size(); ++a)
                    deaths += region.deaths[s][a], months += region.months[s][a];
        const measure::YearRecord& y = f.record->years.front();
        CHECK(deaths == y.book.group_sum(world::GroupCount::deaths));
        CHECK(months == y.book.group_sum(world::GroupCount::person_months));
        std::int64_t by_diploma = 0;
        for (const auto& level : f.census->by_education)
            for (const auto& sex : level.deaths)
                for (const std::int64_t n : sex)
                    by_diploma += n;
        CHECK(by_diploma == deaths);
    }
}

TEST_CASE("of few deaths chance is taken off by the law of small counts") {
    const Finding f = judged("d,mortality,deaths_of_table,,belgium,F,0,24,1,ratio,2023,1,10,percent,no,any,S-410,");
    double expected = 0;
    for (const Future& future : village().evidence.futures)
        for (std::size_t r = 0; r < regions; ++r)
            for (std::size_t a = 0; a <= 24; ++a)
                expected += static_cast<double>(future.census->life[r].months[0][a]) / 12 * village().scenario.region->death_prob[r + 1][0][a];
    REQUIRE(expected < 3);
    // the law of Poisson summed by hand: the first number of deaths whose cumulative chance passes 97.5 %
    double term = std::exp(-expected), sum = term;
    int most = 0;
    while (sum < 0.975)
        term *= expected / ++most, sum += term;
    CHECK(f.chance >= Approx((most - expected) / expected).epsilon(0.01));
    CHECK(f.chance > 1.96 / std::sqrt(expected));
}

TEST_CASE("a row that the model cannot speak to keeps its reason, and rows of the country are not asked of a village") {
    const Finding f = judged("x,use,none,,belgium,all,0,120,5,percent,2020,1,,,no,any,S-402,no such event");
    CHECK(f.outcome == Outcome::not_modelled);
    CHECK(f.why == "no such event");
    Problems problems;
    const scenario::Bands bands = scenario::parse_bands(std::string(heading) + "b,people,births,,belgium,all,0,120,108000,a_year,2024,1,3,percent,yes,country,S-435,\n", "test", problems);
    CHECK(judge(bands, village().evidence).rows.empty());
}

TEST_CASE("only a must row that fails says no") {
    Validation v;
    Finding f;
    f.outcome = Outcome::fail;
    v.rows.push_back(f);
    CHECK_FALSE(v.failed());
    v.rows[0].must = true;
    CHECK(v.failed());
    v.rows[0].outcome = Outcome::near;
    CHECK_FALSE(v.failed());
}

TEST_CASE("a bands file that names no measure or condition of ours is told with the nearest") {
    Problems problems;
    const scenario::Bands bands = scenario::parse_bands(std::string(heading) + "a,people,birth,,belgium,all,0,120,1,a_year,2024,1,3,percent,yes,any,S-435,\n"
                                                                                "b,health,onsets,cancr,belgium,all,0,120,1,a_year,2024,1,3,percent,yes,any,S-435,\n",
                                                        "test", problems);
    check_bands(bands, village().scenario, "test", problems);
    CHECK(problems.text().find("Nearest: births") != std::string::npos);
    CHECK(problems.text().find("Nearest: cancer") != std::string::npos);
}

TEST_CASE("every row of the shipped bands names something that the model has") {
    Problems problems;
    const scenario::Bands bands = scenario::load_bands(std::string(TRESSE_SOURCE_DIR) + "/scenarios/belgium/bands.csv", problems);
    check_bands(bands, village().scenario, "bands.csv", problems);
    INFO(problems.text());
    CHECK_FALSE(problems.any());
    const Validation v = judge(bands, village().evidence);
    for (const Finding& f : v.rows) {
        INFO(f.id);
        CHECK((f.outcome != Outcome::not_modelled || !f.why.empty()));
    }
    CHECK(v.rows.size() > 40);
}

TEST_CASE("a survey hears of known illnesses alone, of what is felt more often, and of one of two with independent chances") {
    Survey survey;
    survey.named[0][1] = 0.5f, survey.named[0][2] = 0.8f, survey.named[1][1] = 0.4f;
    world::Conditions has;
    CHECK(survey.yes(has) == 0.0f);
    has.set_stage(0, 1);
    CHECK(survey.yes(has) == 0.0f);                      // nobody has found it
    has.set_diagnosed(0, true);
    CHECK(survey.yes(has) == Approx(0.5));
    has.set_stage(1, 1), has.set_diagnosed(1, true);
    CHECK(survey.yes(has) == Approx(1 - 0.5 * 0.6));     // by hand
    survey.other = 0.1f;
    CHECK(survey.yes(has) == Approx(1 - 0.9 * 0.5 * 0.6));
}

TEST_CASE("the survey of the library names a state by its loss of quality of life and the fitted factor") {
    const Survey survey = survey_of(village().scenario);
    const auto& library = *village().scenario.library;
    const int c = library.condition("hypertension"), d = library.condition("dementia");
    CHECK(survey.named[static_cast<std::size_t>(c)][1] == 0.0f);   // controlled: it costs no quality of life
    const auto& severe = survey.named[static_cast<std::size_t>(d)];
    CHECK(severe[1] < severe[2]);
    CHECK(severe[2] < severe[3]);
    const double slope = library.parameters.one("population.survey.long_illness_per_loss").value * village().scenario.region->factors.factor("survey.long_illness");
    CHECK(static_cast<double>(severe[1]) == Approx(1 - std::exp(-slope * library.conditions[static_cast<std::size_t>(d)].numbers.list("by_stage.utility_loss")[0].value)).epsilon(1e-4));
}
