#include <catch2/catch.hpp>

#include "model/tiny_world.hpp"
#include <cmath>
#include <map>
#include <set>

#include "tresse/core/math.hpp"
#include "tresse/model/stages.hpp"

using namespace tresse;

namespace {

std::uint64_t run(tiny::Setup& setup, const model::Rules& rules, int months, int threads = 1, world::World* end = nullptr) {
    world::World w = setup.world;
    Workers workers(threads);
    model::Rules settling = rules;
    settling.settling = true;
    model::Engine before(settling);
    before.refresh_all(w, workers);
    while (w.now < w.policy_start) before.step(w, workers);
    model::Engine engine(rules);
    engine.refresh_all(w, workers);
    for (int m = 0; m < months; ++m) {
        engine.step(w, workers);
        engine.recount(w);
    }
    const auto hash = model::state_hash(w);
    if (end != nullptr) *end = std::move(w);
    return hash;
}

}  // namespace

TEST_CASE("money and persons are conserved over three years, births, deaths, moves and arrivals included", "[laws]") {
    auto setup = tiny::make();
    world::World end;
    run(setup, setup.rules(), 36, 1, &end);  // every month checks itself; a broken law throws
    REQUIRE(end.persons() > 20);
    Cents sum = 0;
    for (const Cents b : end.ledger.balances()) sum += b;
    REQUIRE(sum == 0);
}

TEST_CASE("the result does not depend on the number of threads", "[laws]") {
    auto setup = tiny::make({.persons = 3000, .capacity = 64});
    REQUIRE(run(setup, setup.rules(), 15, 1) == run(setup, setup.rules(), 15, 2));
}

TEST_CASE("the result does not depend on the capacity of the cells", "[laws]") {
    auto a = tiny::make({.persons = 400, .capacity = 64});
    auto b = tiny::make({.persons = 400, .capacity = 2048});
    REQUIRE(run(a, a.rules(), 30) == run(b, b.rules(), 30));
}

TEST_CASE("another seed gives another history", "[laws]") {
    auto setup = tiny::make({.persons = 400});
    REQUIRE(run(setup, setup.rules(7), 12) != run(setup, setup.rules(8), 12));
}

TEST_CASE("a world too poor in minutes makes people wait, and never delivers more minutes than there are with overtime", "[laws]") {
    auto setup = tiny::make({.persons = 500, .gp_minutes_month = 1500});
    world::World end;
    run(setup, setup.rules(), 6, 1, &end);
    const auto waiting = end.year_book.service(world::ServiceCount::waiting, 0);
    REQUIRE(waiting > 0);
    const auto& gp = end.providers[0];
    REQUIRE(gp.served <= static_cast<std::int64_t>(static_cast<double>(gp.capacity) * 1.12) + gp.emergency);
}

TEST_CASE("a visit that always comes again puts two visits on every line", "[laws]") {
    auto single = tiny::make({.persons = 3000, .settling = 0}), twice = tiny::make({.persons = 3000, .settling = 0});
    for (model::Mix& mix : twice.tables->need.mix)
        for (std::size_t s = 0; s < mix.again.size(); ++s) mix.again[s] = 256;  // of 256: always
    world::World a, b;
    run(single, single.rules(), 6, 1, &a);
    run(twice, twice.rules(), 6, 1, &b);
    const auto lines = [](const world::World& w) { return w.year_book.service(world::ServiceCount::served, 0); };
    const auto units = [](const world::World& w) { return w.year_book.service(world::ServiceCount::units, 0); };
    REQUIRE(lines(a) > 1000);
    REQUIRE(units(a) == lines(a));
    std::int64_t exacerbations = 0;  // an exacerbation asks for one visit and no more
    for (int c = 0; c < 2; ++c) exacerbations += b.year_book.condition(world::ConditionCount::exacerbations, c);
    REQUIRE(units(b) == 2 * lines(b) - exacerbations);
    REQUIRE(static_cast<double>(lines(b)) == Approx(static_cast<double>(lines(a))).epsilon(0.01));  // but for those who reach their ceiling sooner; the rate is that of lines: whoever sets `again` lowers it (compile_needs)
}

namespace {

using Events = std::map<std::pair<PersonId, int>, std::set<int>>;  // (person, month) -> marks

Events events(tiny::Setup& setup, model::Rules rules, int months) {
    rules.log_events = true;
    rules.unlimited_capacity = true;
    world::World w = setup.world;
    Workers workers(1);
    model::Engine engine(rules);
    w.now = w.policy_start;
    engine.refresh_all(w, workers);
    Events all;
    for (int m = 0; m < months; ++m) {
        engine.step(w, workers);
        for (const auto& e : engine.seen()) all[{e.person, m}].insert(e.mark);
    }
    return all;
}

}  // namespace

TEST_CASE("lowering one hazard by 30 % changes no event of any person before the first event it removed", "[laws]") {
    auto setup = tiny::make({.persons = 4000, .capacity = 256});
    const Events base = events(setup, setup.rules(), 24);
    model::Rules treated = setup.rules();
    treated.policy.hazards.push_back({model::LeverKind::onset, 0, static_cast<float>(log_d(0.7)), Month::of(2026, 1)});
    const Events arm = events(setup, treated, 24);
    std::map<PersonId, int> first_removed;
    int removed = 0, base_events = 0;
    for (const auto& [key, marks] : base)
        for (const int mark : marks) {
            ++base_events;
            const auto other = arm.find(key);
            if (other != arm.end() && other->second.count(mark)) continue;
            const auto at = first_removed.find(key.first);
            if (at == first_removed.end() || key.second < at->second) {
                first_removed[key.first] = key.second;
                if (at == first_removed.end()) CHECK(mark == model::mark_up + 0);  // the first thing that goes is an event of the lowered kind
            }
            ++removed;
        }
    for (const auto& [key, marks] : arm)
        for (const int mark : marks) {
            const auto at = first_removed.find(key.first);
            if (at != first_removed.end() && key.second >= at->second) continue;
            const auto other = base.find(key);
            INFO("person " << key.first << " month " << key.second << " mark " << mark);
            REQUIRE((other != base.end() && other->second.count(mark) == 1));
        }
    REQUIRE(first_removed.size() > 20);
    REQUIRE(removed >= static_cast<int>(first_removed.size()));
    REQUIRE(base_events > 1000);
}

TEST_CASE("an arm that halves a hazard in everybody halves its events of the first month in expectation", "[laws]") {
    auto setup = tiny::make({.persons = 30000, .capacity = 2048, .onset_per_year = 0.5});
    const auto onsets = [&](double ratio) {
        model::Rules rules = setup.rules();
        if (ratio < 1) rules.policy.hazards.push_back({model::LeverKind::onset, 0, static_cast<float>(log_d(ratio)), Month::of(2026, 1)});
        int n = 0;
        for (const auto& [key, marks] : events(setup, rules, 1)) n += static_cast<int>(marks.count(model::mark_up + 0));
        return n;
    };
    const int whole = onsets(1), half = onsets(0.5);
    // thinning: half is a binomial(whole, 1/2); four standard deviations
    REQUIRE(std::abs(half - whole / 2.0) < 4 * 0.5 * std::sqrt(static_cast<double>(whole)));
    REQUIRE(whole > 500);
}

TEST_CASE("an arm that changes nothing differs in nothing, bit for bit", "[laws]") {
    auto setup = tiny::make({.persons = 400});
    model::Rules other = setup.rules();
    other.policy.hazards.push_back({model::LeverKind::onset, 0, 0.0f, Month::of(2026, 1)});
    REQUIRE(run(setup, setup.rules(), 24) == run(setup, other, 24));
}
