// More capacity, less waiting: the same kind of provider, and nobody answers to the queue but by waiting.
#include <catch2/catch.hpp>

#include "model/tiny_world.hpp"

using namespace tresse;

namespace {

struct Waited {
    std::int64_t lines = 0, days = 0, lost = 0, served = 0;
};

/// A year of 500 people with one practice, at a share of its time. Behaviour is off: who does not fit waits, nobody goes elsewhere or gives up, staff stay.
Waited year_at(tiny::Setup& setup, double ratio) {
    model::Rules rules = setup.rules();
    rules.policy.capacity.push_back({setup.catalogue->role("gp"), ratio, false, setup.world.policy_start});
    world::World w = setup.world;
    Workers workers(1);
    w.now = w.policy_start;
    model::Engine engine(rules);
    engine.refresh_all(w, workers);
    Waited out;
    const int gp = setup.catalogue->service("gp_consultation");
    for (int month = 0; month < 12; ++month) {
        engine.step(w, workers);
        out.lines += w.month_book.service(world::ServiceCount::waiting, gp), out.lost += w.month_book.service(world::ServiceCount::lost, gp);
        out.served += w.month_book.service(world::ServiceCount::served, gp);
        for (const auto& cell : w.cells)
            for (const auto& line : cell.waiting)
                out.days += line.service == gp ? 30 : 0;
    }
    return out;
}

tiny::Setup closed_world() {
    auto setup = tiny::make({.persons = 500, .death_per_year = 0, .onset_per_year = 0, .gp_minutes_month = 3000});
    auto& t = *setup.tables;
    t.behaviour.fate = {1, 0, 0, 0, 0};
    t.behaviour.gives_up_after_months = 15;
    t.provider.burnout_base = 0;
    for (auto& kind : t.provider.kind)
        kind.exit_per_year = {}, kind.posts_growth = 0, kind.overtime_max = 0;
    setup.world.closed_cohort = true;
    return setup;
}

}  // namespace

TEST_CASE("for the same kind and with behaviour off, more capacity never lengthens waiting", "[laws][queue]") {
    auto setup = closed_world();
    Waited before = year_at(setup, 0.2);
    REQUIRE(before.lines > 100);
    for (double ratio = 0.3; ratio < 2.55; ratio += 0.1) {
        const Waited now = year_at(setup, ratio);
        INFO("at " << ratio << ": waiting " << before.lines << " -> " << now.lines);
        REQUIRE(now.lines <= before.lines);
        REQUIRE(now.days <= before.days);
        REQUIRE(now.lost <= before.lost);
        REQUIRE(now.served >= before.served);
        before = now;
    }
    CHECK(before.lines == 0);  // enough is enough
}

TEST_CASE("with no time at all nobody is served and everybody waits", "[laws][queue]") {
    auto setup = closed_world();
    const Waited none = year_at(setup, 0);
    CHECK(none.served == 0);
    CHECK(none.lines > 500);
}

TEST_CASE("stronger ties lower nobody's coordination", "[laws][network]") {
    const auto end_with = [](std::uint16_t strength) {
        auto setup = tiny::make({.persons = 500});
        for (auto& tie : setup.world.ties.tie)
            tie.strength = tie.shared = strength;
        const model::Rules rules = setup.rules();
        world::World w = setup.world;
        Workers workers(1);
        w.now = w.policy_start;
        model::Engine engine(rules);
        engine.refresh_all(w, workers);
        for (int month = 0; month < 6; ++month)
            engine.step(w, workers);
        return w;
    };
    const world::World weak = end_with(10000), strong = end_with(40000);
    int compared = 0, higher = 0;
    REQUIRE(weak.cells.size() == strong.cells.size());
    for (std::size_t c = 0; c < weak.cells.size(); ++c) {
        const auto &a = weak.cells[c].persons, &b = strong.cells[c].persons;
        for (int s = 0; s < weak.cells[c].slots; ++s) {
            if (a.empty(s) || b.empty(s) || a.id[s] != b.id[s] || a.seen_year[s] != b.seen_year[s])
                continue;
            REQUIRE(b.coordination[s] >= a.coordination[s]);
            ++compared, higher += b.coordination[s] > a.coordination[s];
        }
    }
    CHECK(compared > 300);
    CHECK(higher > 50);
}
