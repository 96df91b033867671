// Programmes on worlds built in code: who is reached, where posts stand, what providers take up, who stands in which tier.
#include "tresse/model/programme.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>

#include "model/tiny_world.hpp"
#include "tresse/model/effects.hpp"
#include "tresse/model/stratify.hpp"

using namespace tresse;
using namespace tresse::model;

namespace {

namespace st = world::status;

const Month far_away = Month::of(2100, 1);

/// A list kept by practices; the lot decides unless another score is asked for.
Action list(const world::World& w, RiskScore score = RiskScore::random) {
    Action a;
    a.reach = Reach::share_of_providers, a.reach_value = 1;
    a.start = w.policy_start, a.end = far_away;
    a.supported = true;
    a.stratify.given = true, a.stratify.score = score;
    a.stratify.share = {0.4, 0.2, 0.1};
    a.stratify.cents_person_year = 1200;
    a.stratify.weight_age = a.stratify.weight_condition = a.stratify.weight_admission = 1;
    a.accepts.fill(1);
    return a;
}

/// Somebody is called and seen each month by a case manager.
Action call(const world::World& w, const world::Catalogue& c) {
    Action a;
    a.index = 1;
    a.start = w.policy_start, a.end = far_away;
    a.reach = Reach::share_of_target, a.reach_value = 1;
    a.service = c.service("case_manager_month");
    a.enrolled_months = 1;
    a.fidelity = 1;
    a.accepts.fill(1);
    return a;
}

struct Ran {
    world::World world;
    std::vector<std::vector<std::int64_t>> books;  ///< of every month
};

/// Every practice has taken up every action at the start, so that what is looked at does not hang on luck.
Ran run(const tiny::Setup& setup, const std::vector<Action>& actions, int months) {
    Ran out{setup.world, {}};
    world::World& w = out.world;
    Workers workers(1);
    Rules rules = setup.rules();
    rules.settling = true;
    Engine before(rules);
    before.refresh_all(w, workers);
    while (w.now < w.policy_start) before.step(w, workers);
    rules.settling = false;
    rules.policy.actions = actions;
    rules.policy.start = w.policy_start;
    w.actions.assign(actions.size(), {});
    for (world::Provider& p : w.providers)
        for (std::size_t a = 0; a < actions.size(); ++a)
            if (actions[a].reach == Reach::share_of_providers) p.actions |= 1u << a;
    Engine engine(rules);
    engine.refresh_all(w, workers);
    for (int m = 0; m < months; ++m) {
        engine.step(w, workers);
        const auto values = w.month_book.values();
        out.books.emplace_back(values.begin(), values.end());
    }
    return out;
}

std::array<int, 4> tiers(const world::World& w) {
    std::array<int, 4> n{};
    for (const world::Cell& cell : w.cells)
        for (int s = 0; s < cell.slots; ++s)
            if (!cell.persons.empty(s)) n[st::Tier::get(cell.persons.status[s])] += 1;
    return n;
}

std::int64_t diagnoses(const Ran& r) {
    return r.world.year_book.condition(ConditionCount::diagnoses, 0) + r.world.year_book.condition(ConditionCount::diagnoses, 1);
}

Cents outside(const tiny::Setup& setup, const world::World& w) { return w.ledger.balance(setup.catalogue->account("outside")); }

}  // namespace

TEST_CASE("a list without contacts, hiring and case finding changes nothing but its own cost", "[programme]") {
    const auto setup = tiny::make({.persons = 400});
    const Ran without = run(setup, {}, 24), with = run(setup, {list(setup.world)}, 24);
    CHECK(without.books == with.books);  // no event, contact, wish, minute or cent of care differs in any month
    const auto n = tiers(with.world);
    CHECK(n[1] + n[2] + n[3] > 20);
    CHECK(tiers(without.world)[0] > 0);
    CHECK(tiers(without.world)[3] == 0);
    CHECK(with.world.actions[0].spent > 0);
    CHECK(outside(setup, with.world) - outside(setup, without.world) == with.world.actions[0].spent);
}

TEST_CASE("with case finding a list moves diagnoses and contacts up", "[programme]") {
    const auto setup = tiny::make({.persons = 1500});
    Action find = call(setup.world, *setup.catalogue);
    find.target.all = {{Test::Kind::tier_from, 1, 0}};
    find.levers = {{LeverKind::diagnosis, -1, false, 0.6f, 0, 0, 0, -1}};
    const Ran alone = run(setup, {list(setup.world, RiskScore::facts)}, 11), with = run(setup, {list(setup.world, RiskScore::facts), find}, 11);
    CHECK(with.world.actions[1].reached > 50);
    CHECK(diagnoses(with) > diagnoses(alone) + 5);
    const int gp = setup.catalogue->service("gp_consultation");
    CHECK(with.world.year_book.service(ServiceCount::asked, gp) > alone.world.year_book.service(ServiceCount::asked, gp));
}

TEST_CASE("tiers stay within their shares of the adults, and who has no GP stands in none", "[programme]") {
    auto setup = tiny::make({.persons = 1000});
    for (world::Cell& cell : setup.world.cells)
        for (int s = 0; s < cell.slots; s += 4) cell.persons.team[s] = world::with_team_rank(cell.persons.team[s], 0, 0);
    for (const RiskScore score : {RiskScore::facts, RiskScore::foresight, RiskScore::random}) {
        const Ran r = run(setup, {list(setup.world, score)}, 1);
        const auto n = tiers(r.world);
        const double scored = static_cast<double>(r.world.actions[0].scored);
        INFO(static_cast<int>(score) << ": " << n[0] << " " << n[1] << " " << n[2] << " " << n[3] << ", scored " << scored);
        CHECK(scored > 400);
        CHECK(n[3] <= 0.1 * scored + 1);
        CHECK(n[2] + n[3] <= 0.2 * scored + 1);
        CHECK(n[1] + n[2] + n[3] <= 0.4 * scored + 1);
        if (score != RiskScore::facts) CHECK(n[1] + n[2] + n[3] > 0.3 * scored);  // few ties
    }
}

TEST_CASE("two bodies each keep a list of their own practices: neither wipes out the other's", "[programme]") {
    auto setup = tiny::make({.persons = 1000});
    Rules rules = setup.rules();
    world::World w = setup.world;
    rules.policy.actions = {list(w), list(w), list(w)};
    rules.policy.actions[1].index = 1, rules.policy.actions[2].index = 2;
    rules.policy.actions[2].start = w.policy_start + 3;  // starts later than the others
    rules.policy.start = w.policy_start;
    w.actions.assign(3, {});
    // a second practice, to which every second person belongs
    const auto second = static_cast<ProviderIndex>(w.providers.size());
    for (std::size_t i = 0; i < second; ++i) w.providers[i].actions = 1u;
    w.providers.push_back(w.providers[w.neighbourhoods[0].by_slot[0][1]]);
    w.providers[second].actions = 2u;
    for (world::Neighbourhood& place : w.neighbourhoods) place.by_slot[0][2] = second;
    for (world::Cell& cell : w.cells)
        for (int s = 0; s < cell.slots; ++s) cell.persons.team[s] = world::with_team_rank(cell.persons.team[s], 0, 1 + s % 2);
    const auto tiers_of = [&](std::uint32_t bit) {  // people of practices with this list, of them in tier 1 or above
        std::array<int, 2> n{};
        for (const world::Cell& cell : w.cells)
            for (int s = 0; s < cell.slots; ++s) {
                if (cell.persons.empty(s) || age_at(cell.persons.birth_month[s], w.policy_start.index) < 18) continue;
                const int rank = world::team_rank(cell.persons.team[s], 0);
                const ProviderIndex gp = w.neighbourhoods[cell.neighbourhood].by_slot[0][static_cast<std::size_t>(rank)];
                if (rank == 0 || gp == no_provider || !(w.providers[gp].actions & bit)) continue;
                n[0] += 1, n[1] += st::Tier::get(cell.persons.status[s]) > 0;
            }
        return n;
    };
    const Prepared prepared(rules);
    stratify(w, prepared, w.policy_start);
    for (const std::uint32_t bit : {1u, 2u}) {
        const auto n = tiers_of(bit);
        INFO("list " << bit << ": " << n[1] << " of " << n[0]);
        REQUIRE(n[0] > 50);
        CHECK(n[1] > 0.3 * n[0]);
        CHECK(n[1] <= 0.4 * n[0] + 1);
    }
    const auto before = tiers(w);
    stratify(w, prepared, w.policy_start + 3);  // nobody has taken up the list that starts: nothing changes
    CHECK(tiers(w) == before);
    for (world::Provider& p : w.providers) p.actions = 0;
    stratify(w, prepared, w.policy_start + 3);
    CHECK(tiers(w)[0] == before[0] + before[1] + before[2] + before[3]);
}

TEST_CASE("the list that knows the true hazard finds more stays than the list of facts and than the lot", "[programme]") {
    const auto setup = tiny::make({.persons = 4000});
    const auto stays = [&](RiskScore score) {
        Ran r = run(setup, {list(setup.world, score)}, 1);
        // stays of the next year among those in tier 1 and above, the same lives in all three cases
        Workers workers(1);
        Rules rules = setup.rules();
        rules.log_events = true;
        std::vector<PersonId> chosen;
        for (const world::Cell& cell : r.world.cells)
            for (int s = 0; s < cell.slots; ++s)
                if (!cell.persons.empty(s) && st::Tier::get(cell.persons.status[s]) > 0) chosen.push_back(cell.persons.id[s]);
        std::sort(chosen.begin(), chosen.end());
        r.world.actions.clear();
        Engine engine(rules);
        engine.refresh_all(r.world, workers);
        double n = 0;
        for (int m = 0; m < 11; ++m) {
            engine.step(r.world, workers);
            for (const Seen& e : engine.seen())
                n += (e.mark == mark_unplanned || (e.mark >= mark_admission && e.mark < mark_found)) && std::binary_search(chosen.begin(), chosen.end(), e.person);
        }
        return n / static_cast<double>(chosen.size());
    };
    const double knows = stays(RiskScore::foresight), facts = stays(RiskScore::facts), lot = stays(RiskScore::random);
    CHECK(knows > facts);
    CHECK(knows > lot);
}

TEST_CASE("the same persons stand in the same tiers whatever the cells are", "[programme]") {
    const auto a = tiny::make({.persons = 300, .capacity = 64}), b = tiny::make({.persons = 300, .capacity = 2048});
    for (const RiskScore score : {RiskScore::facts, RiskScore::random}) CHECK(tiers(run(a, {list(a.world, score)}, 3).world) == tiers(run(b, {list(b.world, score)}, 3).world));
}

TEST_CASE("an action runs where its body is competent and when its zone's turn has come", "[programme]") {
    Action a;
    a.start = Month::of(2026, 1), a.end = far_away;
    world::Place place;
    place.entity = 1, place.zone = 5;
    CHECK(runs_in(a, place, a.start));
    a.entities = 1u << 0;
    CHECK_FALSE(runs_in(a, place, a.start));
    a.entities = 1u << 1;
    a.zones_per_year = 2;  // the sixth zone starts after two and a half years
    CHECK_FALSE(runs_in(a, place, a.start + 29));
    CHECK(runs_in(a, place, a.start + 30));
    place.zone = 0;
    CHECK(runs_in(a, place, a.start));
}

TEST_CASE("support ends with the course or with the action, whichever comes first", "[programme]") {
    Action a;
    a.start = Month::of(2026, 1), a.end = Month::of(2027, 12);
    a.enrolled_months = 6;
    CHECK(months_after_support(a, 6, Month::of(2026, 12)) == 0);
    CHECK(months_after_support(a, 9, Month::of(2026, 12)) == 3);
    a.enrolled_months = 0;
    CHECK(months_after_support(a, 20, Month::of(2027, 12)) == 0);
    CHECK(months_after_support(a, 22, Month::of(2028, 2)) == 2);
}

TEST_CASE("posts that open are spread over the teams of the role and none is lost", "[programme]") {
    auto setup = tiny::make();
    world::World& w = setup.world;
    Rules rules = setup.rules();
    Action a;
    a.staff_role = setup.catalogue->role("case_manager");
    a.start = w.policy_start, a.end = far_away;
    rules.policy.actions = {a};
    const Prepared prepared(rules);
    world::Provider second;
    for (const world::Provider& p : w.providers)
        if (p.role == a.staff_role) second = p;
    second.demand = second.capacity + 90000;  // work waits there
    w.providers.push_back(second);
    const auto posts = [&] {
        std::int32_t sum = 0;
        for (const world::Provider& p : w.providers)
            if (p.role == a.staff_role) sum += p.filled_milli;
        return sum;
    };
    const std::int32_t before = posts();
    place_posts(w, prepared, a, 1777);
    CHECK(posts() == before + 1777);
    CHECK(w.providers.back().filled_milli > second.filled_milli + 1500);  // most go where work waits
    place_posts(w, prepared, a, -777);
    CHECK(posts() == before + 1000);
}

TEST_CASE("providers take an action up until its ceiling, a body of half strength brings half as many", "[programme]") {
    auto setup = tiny::make({.persons = 200});
    world::World& w = setup.world;
    w.now = w.policy_start;
    Rules rules = setup.rules();
    Action a;
    a.reach = Reach::share_of_providers, a.reach_value = 0.6;
    a.start = w.policy_start, a.end = w.policy_start + 240;
    a.supported = true;
    rules.policy.actions = {a};
    const Prepared prepared(rules);
    const auto after = [&](int months, std::int32_t strength) {
        world::World copy = w;
        copy.actions.assign(1, {});
        copy.organisations.assign(1, {});
        copy.organisations[0].strength_permille = strength;
        for (int m = 0; m < months; ++m) adopt_actions(copy, prepared, w.policy_start + m);
        return copy.actions[0].adopters;
    };
    const auto all = static_cast<double>(w.providers.size());  // 7: none stands outside
    CHECK(after(0, 1000) == 0);
    CHECK(after(240, 1000) == static_cast<std::int64_t>(std::ceil(0.6 * all)));
    CHECK(after(240, 500) == static_cast<std::int64_t>(std::ceil(0.3 * all)));
    world::World end = w;
    end.actions.assign(1, {});
    for (int m = 0; m < 242; ++m) adopt_actions(end, prepared, w.policy_start + m);
    for (const world::Provider& p : end.providers) CHECK(p.actions == 0);  // over with its last month
}

TEST_CASE("change management doubles the pace of another action and leaves its own alone", "[programme]") {
    auto setup = tiny::make();
    Rules rules = setup.rules();
    Action guide;
    guide.fidelity = 1;
    guide.levers = {{LeverKind::adoption, -1, true, std::log(2.0f), 0, 0, 0, -1}};
    rules.policy.actions = {guide, Action{}};
    world::Provider p = setup.world.providers[0];
    CHECK(adoption_pace(setup.world, rules, p, LeverKind::record_sharing, setup.world.now) == Approx(1));
    p.actions = 1;
    CHECK(adoption_pace(setup.world, rules, p, LeverKind::record_sharing, setup.world.now) == Approx(2));
    CHECK(adoption_pace(setup.world, rules, p, LeverKind::guideline_use, setup.world.now) == Approx(2));
}

TEST_CASE("ties grow between two that both take part, and nowhere else", "[programme]") {
    auto setup = tiny::make();
    Rules rules = setup.rules();
    Action meet;
    meet.fidelity = 1;
    meet.levers = {{LeverKind::tie_formation, -1, true, std::log(1.25f), 0, 0, 0, -1}};
    rules.policy.actions = {meet};
    world::Provider a, b;
    CHECK(tie_lever(rules, a, b) == 0);
    a.actions = 1;
    CHECK(tie_lever(rules, a, b) == 0);
    b.actions = 1;
    CHECK(tie_lever(rules, a, b) == Approx(0.25));
}
