#include "tresse/experiment/fork.hpp"

#include <numeric>

#include <catch2/catch.hpp>

#include "experiment/tiny_source.hpp"
#include "tresse/core/check.hpp"
#include "tresse/model/step.hpp"

using namespace tresse;
using namespace tresse::experiment;
using namespace tresse::experiment::test;
using world::GroupCount;

namespace {

/// Nobody is born, dies, moves in or out: person-months can be counted by hand.
void stand_still(tiny::Setup& setup) {
    auto& t = *setup.tables;
    for (auto& region : t.demography.births_per_woman_year)
        region.fill(0);
    for (auto& region : t.demography.leaves_area)
        region.fill(0);
    t.demography.arrivals_per_100000 = {0, 0, 0};
    for (auto& region : t.mortality.base_month)
        for (auto& sex : region)
            sex.fill(0);
}

/// The calendar of the tiny world begins later by so many months.
void shift(tiny::Setup& setup, int months) {
    world::World& w = setup.world;
    w.policy_start = w.policy_start + months;
    w.start_of_time = w.start_of_time + months;
    w.now = w.now + months;
    setup.tables->mortality.base_year = 2026;
}

std::int64_t sum(const measure::RunRecord& r, GroupCount what) {
    std::int64_t n = 0;
    for (const auto& y : r.years)
        n += y.book.group_sum(what);
    return n;
}

}  // namespace

TEST_CASE("person-months are persons times months, wherever in the year the horizon starts and ends",
          "[experiment][laws]") {
    for (const int start : {0, 5, 8}) {
        for (const int months : {1, 7, 12, 26}) {
            TinySource source;
            stand_still(source.setup());
            shift(source.setup(), start);
            MemorySink sink;
            Progress progress;
            run(tiny_plan(1, 1, months), source, sink, progress);
            const auto& r = sink.records.at({0, 0});
            INFO("start " << start << ", months " << months);
            CHECK(sum(r, GroupCount::person_months) == 60 * months);
            CHECK(sum(r, GroupCount::cohort_months) == 60 * months);
            std::int64_t exposure = 0, counted = 0;
            for (const auto& y : r.years) {
                counted += y.months;
                CHECK(y.book.group_sum(GroupCount::person_months) == 60 * y.months);  // each calendar year by itself
                for (int age = 0; age <= world::oldest_age; ++age)
                    exposure += y.book.exposure(0, age) + y.book.exposure(1, age);
            }
            CHECK(counted == months);
            CHECK(exposure == 60 * months);
        }
    }
}

TEST_CASE("places add to the whole", "[experiment][laws]") {
    const TinySource source;
    MemorySink sink;
    Progress progress;
    run(tiny_plan(1, 1, 11), source, sink, progress);  // without a January, in which rows move
    const auto& y = sink.records.at({0, 0}).years.at(0);
    REQUIRE(y.places.size() == 1);
    for (int what = 0; what < static_cast<int>(GroupCount::count); ++what)
        CHECK(y.places[0].counts[static_cast<std::size_t>(what)] == y.book.group_sum(static_cast<GroupCount>(what)));
    std::int64_t young = 0;
    for (int g = 0; g < world::groups; ++g)
        if (world::group_parts(g).band < world::age_band(75))
            young += y.book.group(GroupCount::person_months, g);
    CHECK(y.place_months_under_75.at(0) == young);
}

TEST_CASE("what counts since the policy date starts from nothing at the fork", "[experiment]") {
    TinySource source(tiny::Options{.settling = 30});
    shift(source.setup(), 5);
    // seen by an arm of no months, whose world is what the fork left
    class Look : public Probe {
    public:
        std::int64_t life = 0;
        std::size_t actions = 9;
        void at_end(const world::World& w, int, int) override {
            actions = w.actions.size();
            for (const auto& c : w.cells)
                for (int s = 0; s < c.slots; ++s)
                    life += c.persons.life_cost[s] + c.persons.life_health[s];
            for (const auto& p : w.place_year)
                for (const auto n : p.counts)
                    life += n;
            for (const auto n : w.year_book.values())
                life += n;
        }
    } look;
    MemorySink sink;
    Progress progress;
    run(tiny_plan(1, 1, 0), source, sink, progress, &look);
    CHECK(look.life == 0);  // what counts since the policy date starts from nothing
    CHECK(look.actions == 0);
    CHECK(sink.records.at({0, 0}).years.empty());
}

TEST_CASE("inhabitants are counted by entity and age at the policy date", "[experiment]") {
    const TinySource source;
    const auto counted = inhabitants(source.population(), source.catalogue());
    REQUIRE(counted.size() == 1);
    CHECK(std::accumulate(counted[0].begin(), counted[0].end(), std::int64_t{0}) == 60);
    // settling takes ages at the policy date, so the count is the same afterwards
    CHECK(counted[0][95] == 0);  // the tiny world has nobody over 90
}

TEST_CASE("books grow to hold the prices of an arm and keep their size when they do", "[experiment]") {
    TinySource source;
    world::World world = source.population();
    model::Rules rules = source.setup().rules();
    const int before = world.month_book.shape().price_rows;
    fit_books(world, rules);
    CHECK(world.month_book.shape().price_rows == before);
    rules.tariffs[0].rows.resize(rules.tariffs[0].rows.size() + 7);
    fit_books(world, rules);
    CHECK(world.month_book.shape().price_rows == before + 7);
    CHECK(world.piece_books.size() == world.pieces.size());
    CHECK(world.piece_books[0].values().size() == world.year_book.values().size());
}

TEST_CASE("a fork before the policy date is a bug", "[experiment]") {
    TinySource source;
    world::World world = source.population();
    CHECK_THROWS_AS(open_policy(world, source.setup().rules()), BrokenRule);
}
