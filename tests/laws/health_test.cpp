// The laws of the population and its health, on a sample of the whole country with the shipped library.
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/build/reference.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/experiment/run.hpp"
#include "tresse/experiment/scenario_source.hpp"
#include "tresse/model/stages.hpp"
#include "tresse/scenario/scenario.hpp"

using namespace tresse;
using namespace tresse::experiment;

namespace {

class Last : public Sink {
public:
    measure::RunRecord record;
    void finished(const measure::RunRecord& r) override { record = r; }
};

/// The shipped numbers without trends of prevalence.
class Trendless : public ScenarioSource {
public:
    Trendless(const scenario::Scenario& s, Workers& workers) : ScenarioSource(s, workers), scenario_(s) {}
    model::Tables tables(int draw) const override {
        model::Tables t = scenario::compile_tables(scenario_, draw);
        for (auto& c : t.disease.condition) c.trend_points_per_year = 0;
        build::complete_tables(t, reference(), *scenario_.catalogue);
        return t;
    }

private:
    const scenario::Scenario& scenario_;
};

scenario::Scenario country(int months, int sample) {
    scenario::Overrides o;
    o.area = "belgium", o.months = months, o.sample = sample, o.replicates = 1;
    o.set = {{"arms", "[{id: today, label: Today}]"}, {"time.settling_months", "12"}, {"time.start", "2025-01"}, {"money.rules_as_of", "2025-01"}};
    return scenario::load_scenario("village", TRESSE_SOURCE_DIR, o);
}

Plan central(const scenario::Scenario& s) {
    Plan plan = plan_of(s, 2);
    plan.draw_parameters = false;
    return plan;
}

/// Cases of each condition against those that the table gives to the people who live then.
struct Standard {
    std::array<double, model::limit::conditions> has{}, table{};
    double ratio(std::size_t c) const { return has[c] / table[c]; }
};

Standard standard_of(const world::World& world, const model::Tables& t, Month at) {
    Standard out;
    for (const auto& cell : world.cells)
        for (int s = 0; s < cell.slots; ++s) {
            if (cell.persons.empty(s)) continue;
            const model::PersonFacts f = model::facts_of(cell.persons, s, 0, at.index);
            for (std::size_t c = 0; c < static_cast<std::size_t>(t.disease.conditions); ++c) {
                out.has[c] += f.conditions.has(static_cast<int>(c));
                out.table[c] += static_cast<double>(t.disease.condition[c].prevalence[static_cast<std::size_t>(f.sex)][static_cast<std::size_t>(f.age)]);
            }
        }
    return out;
}

class TenYears : public Probe {
public:
    TenYears(const model::Tables& t, const world::Catalogue& c, Month last) : t_(t), catalogue_(c), last_(last) {}
    Standard end;
    std::map<int, std::array<double, 3>> january;   ///< inhabitants by region on 1 January, movers of the year before included
    void month(const world::World& world, Month m, int, int) override {
        if (m == last_) end = standard_of(world, t_, m + 1);
        if (!m.is_january()) return;
        auto& n = january[m.year()];
        for (const auto& cell : world.cells)
            for (int s = 0; s < cell.slots; ++s) n[static_cast<std::size_t>(catalogue_.places[cell.municipality].region)] += cell.persons.empty(s) ? 0.0 : world.sample;
    }

private:
    const model::Tables& t_;
    const world::Catalogue& catalogue_;
    Month last_;
};

/// Deaths of a year over those of the life table's path on the months lived.
double deaths_over_table(const measure::YearRecord& y, const model::Tables& t, const std::array<double, 3>& people) {
    double died = 0, expected = 0;
    const double all = people[0] + people[1] + people[2];
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t a = 0; a < model::ages; ++a) {
            double h = 0;
            for (std::size_t r = 0; r < 3; ++r) h += people[r] / all * static_cast<double>(t.mortality.base_month[r][sex][a]);
            const double fall = static_cast<double>(a >= 95 ? 0.0f : a >= 85 ? t.mortality.improvement_85 : t.mortality.improvement_young);
            // the month of a death counts whole in the months lived: half of it was
            const auto deaths = static_cast<double>(y.book.deaths_at(static_cast<int>(sex), static_cast<int>(a)));
            const double lived = static_cast<double>(y.book.exposure(static_cast<int>(sex), static_cast<int>(a))) - deaths / 2;
            expected += lived * h * std::pow(1 - fall, y.year - t.mortality.base_year);
            died += deaths;
        }
    return died / expected;
}

}  // namespace

TEST_CASE("over ten years of today without trends prevalence stays within 3 % of the table, deaths within 3 % and inhabitants within 1 % of their paths", "[laws][slow][health]") {
    Workers workers(2);
    const scenario::Scenario s = country(121, 20);
    const Trendless source(s, workers);
    const model::Tables t = source.tables(0);
    const Standard start = standard_of(source.population(), t, s.start);
    TenYears look(t, *s.catalogue, s.start + 119);
    Last last;
    Progress progress;
    experiment::run(central(s), source, last, progress, &look);
    for (std::size_t c = 0; c < static_cast<std::size_t>(t.disease.conditions); ++c) {
        // two standard errors of a count of the sample on top
        const double noise = 2 / std::sqrt(look.end.table[c]);
        INFO(s.catalogue->conditions[c].id << ": " << start.ratio(c) << " at the start, " << look.end.ratio(c) << " after ten years");
        CHECK(std::abs(look.end.ratio(c) / start.ratio(c) - 1) < 0.03 + noise);
    }
    for (const auto& y : last.record.years) {
        if (y.months < 12) continue;
        const double ratio = deaths_over_table(y, t, look.january.at(y.year));
        const auto deaths = static_cast<double>(y.book.group_sum(world::GroupCount::deaths));
        INFO("deaths of " << y.year << " over the path of the table: " << ratio);
        CHECK(std::abs(ratio - 1) < 0.03 + 2 / std::sqrt(deaths));
    }
    // the official outlook of 1 January 2030 and 2035 (projection.csv), Flanders, Brussels, Wallonia
    const std::map<int, std::array<double, 3>> outlook{{2030, {7010573, 1271387, 3747716}}, {2035, {7145691, 1286802, 3790379}}};
    for (const auto& [year, regions] : outlook)
        for (std::size_t r = 0; r < 3; ++r) {
            INFO(year << ", region " << r << ": " << look.january.at(year)[r] << " of " << regions[r]);
            // two standard errors of the sample on top, as above: births, deaths and moves of four people in a hundred a year
            const double persons = regions[r] / 20, noise = 2 * std::sqrt(0.04 * (year - 2025) * persons) / persons;
            CHECK(std::abs(look.january.at(year)[r] / regions[r] - 1) < 0.01 + noise);
        }
}

namespace {

/// What each person cost in each of the first two years, and the contacts with a GP until November of the first.
class Spending : public Probe {
public:
    std::map<PersonId, std::array<double, 2>> spent;
    std::map<PersonId, int> contacts;
    explicit Spending(Month start) : start_(start) {}
    void month(const world::World& world, Month m, int, int) override {
        const int at = m - start_;
        if (at != 10 && at != 11 && at != 23) return;
        for (const auto& cell : world.cells)
            for (int s = 0; s < cell.slots; ++s) {
                if (cell.persons.empty(s)) continue;
                const PersonId id = cell.persons.id[s];
                if (at == 10) contacts[id] = cell.persons.gp_contacts[s];
                else if (at == 11) spent[id] = {static_cast<double>(cell.persons.spend_last_year[s]), -1};
                else if (auto found = spent.find(id); found != spent.end()) found->second[1] = static_cast<double>(cell.persons.spend_last_year[s]);
            }
    }

private:
    Month start_;
};

double correlation(const std::vector<std::array<double, 2>>& pairs) {
    double n = static_cast<double>(pairs.size()), x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (const auto& [a, b] : pairs) x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
    return (xy - x * y / n) / std::sqrt((xx - x * x / n) * (yy - y * y / n));
}

}  // namespace

TEST_CASE("use is spread and concentrated as it is in life, partly persists, and last year's heaviest users fall back when nobody does anything", "[laws][slow][health]") {
    Workers workers(2);
    const scenario::Scenario s = country(24, 40);
    const ScenarioSource source(s, workers);
    Spending look(s.start);
    Last last;
    Progress progress;
    experiment::run(central(s), source, last, progress, &look);

    double n = 0, sum = 0, square = 0;
    for (const auto& [id, k] : look.contacts) n += 1, sum += k, square += static_cast<double>(k) * k;
    const double mean = sum / n, variance = square / n - mean * mean;
    const double k = mean * mean / (variance - mean);
    INFO("contacts with a GP: mean " << mean << ", negative-binomial k " << k);
    CHECK(k > 0.5);   // model.md 3: near 1 for contacts
    CHECK(k < 1.6);

    std::vector<std::array<double, 2>> both;
    for (const auto& [id, pair] : look.spent)
        if (pair[1] >= 0) both.push_back(pair);
    std::vector<double> order;
    for (const auto& p : both) order.push_back(p[0]);
    std::sort(order.begin(), order.end());
    const double decile = order[order.size() * 9 / 10], top5 = order[order.size() * 95 / 100];
    double all = 0, of_top5 = 0, next5 = 0, before5 = 0, in_top = 0, stay = 0, fives = 0;
    std::vector<double> next;
    for (const auto& p : both) next.push_back(p[1]);
    std::sort(next.begin(), next.end());
    const double next_decile = next[next.size() * 9 / 10];
    for (const auto& [a, b] : both) {
        all += a;
        if (a >= top5) of_top5 += a, before5 += a, next5 += b, fives += 1;
        if (a >= decile) in_top += 1, stay += b >= next_decile;
    }
    INFO("top 5 % spend " << of_top5 / all << " of all; of the top tenth " << stay / in_top << " are in it a year later; correlation " << correlation(both) << "; the top 5 % fall to "
                          << next5 / before5);
    CHECK(of_top5 / all > 0.35);          // spending is concentrated
    CHECK(stay / in_top > 0.25);          // a third to a half stays
    CHECK(stay / in_top < 0.65);
    CHECK(next5 / before5 < 0.92);        // regression to the mean, with no intervention at all; in the paired view nothing (an arm that changes nothing is the same to the bit)
}

TEST_CASE("a condition written in YAML alone has patients, new cases and contacts in the village", "[laws][slow][health]") {
    namespace fs = std::filesystem;
    const fs::path home = fs::temp_directory_path() / "tresse-own-condition";
    fs::remove_all(home);
    fs::create_directories(home);
    fs::copy(fs::path(TRESSE_SOURCE_DIR) / "scenarios", home / "scenarios", fs::copy_options::recursive);
    const std::string library = (home / "scenarios" / "library").string();
    write_file(library + "/conditions-parkinson.yaml", read_file(library + "/condition-template.yaml", 1u << 20));

    scenario::Overrides o;
    o.months = 24, o.replicates = 1;
    o.set = {{"arms", "[{id: today, label: Today}]"}, {"time.settling_months", "12"}};
    const scenario::Scenario s = scenario::load_scenario("village", home.string(), o);
    const int parkinson = s.catalogue->condition("parkinson");
    REQUIRE(parkinson == 13);
    Workers workers(2);
    const ScenarioSource source(s, workers);
    const model::Tables t = source.tables(0);
    Last last;
    Progress progress;
    experiment::run(central(s), source, last, progress);
    double expected = 0, months = 0, onsets = 0;
    for (const auto& y : last.record.years) {
        for (std::size_t sex = 0; sex < 2; ++sex)
            for (std::size_t a = 0; a < model::ages; ++a)
                expected += static_cast<double>(y.book.exposure(static_cast<int>(sex), static_cast<int>(a))) * static_cast<double>(t.disease.condition[13].prevalence[sex][a]);
        months += static_cast<double>(y.book.condition(world::ConditionCount::months, parkinson));
        onsets += static_cast<double>(y.book.condition(world::ConditionCount::onsets, parkinson));
    }
    INFO(months << " months of patients, " << expected << " by the template's table, " << onsets << " new cases");
    CHECK(expected > 200);
    CHECK(std::abs(months / expected - 1) < 0.5);   // about twenty patients in a village
    CHECK(onsets > 0);
    fs::remove_all(home);
}
