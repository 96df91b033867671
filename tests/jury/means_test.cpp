#include "tresse/jury/means.hpp"

#include <cmath>

#include "fixture.hpp"

using namespace tresse;
using namespace tresse::jury;
using namespace jury_fixture;

TEST_CASE("hours, people and share of the target group follow from money, posts and the minutes of the library", "[jury]") {
    // by hand: 62 EUR x 1,450 h = 89,900 EUR a post; 1 post = 1,450 h; 150 minutes a month: 1,450 x 60 / 12 / 150 = 48.3 people
    const auto p = read(small_dossier());
    const Means m = means(p, library().actions);
    REQUIRE(m.actions.size() == 1);
    CHECK(m.actions[0].posts_paid == Approx(90000.0 / 89900));
    CHECK(m.actions[0].hours == Approx(1450));
    CHECK(m.actions[0].at_a_time == Approx(48.333).epsilon(0.001));
    CHECK(m.actions[0].share_of_target == Approx(48.333 / 8000).epsilon(0.001));
    CHECK(m.minutes_per_target_person == Approx(1450.0 * 60 / 8000));
    CHECK(m.adds_up);
    CHECK_FALSE(m.actions[0].posts_unpaid);
}

TEST_CASE("posts that the money does not pay are seen, and carry no more hours than the money that there is", "[jury]") {
    // the actions cost 270,000 EUR and 208,333 are asked: each has 208,333 / 270,000 of what it costs
    const Means m = means(proposal("haute-senne"), library().actions);
    const double there = 208333.0 / 270000;
    CHECK(m.paid_share == Approx(there));
    CHECK(m.actions[0].posts == 4.0);
    CHECK(m.actions[0].posts_paid == Approx(160000.0 * there / 89900));
    CHECK(m.actions[0].posts_unpaid);
    CHECK(m.actions[0].hours == Approx(160000.0 * there / 62));
    CHECK_FALSE(m.adds_up);
}

TEST_CASE("a promise of several times the people that the staff can carry is called so", "[jury]") {
    const auto& p = proposal("dendre-collines");
    const Means m = means(p, library().actions);
    const auto checks = claims(p, m, library().actions, {});
    REQUIRE(checks.size() == 3);
    CHECK(checks[0].word == ClaimWord::beyond);  // admissions: -10 % against what follow-up can reach
    CHECK(checks[0].allowed < 0);
    CHECK(checks[0].allowed > -0.10);
    CHECK(checks[1].word == ClaimWord::not_with_this_staff);
    CHECK(checks[1].times == Approx(12000 / m.people_by_end));
    CHECK(checks[2].word == ClaimWord::not_comparable);  // nothing was simulated
}

TEST_CASE("a promise inside a simulated range that holds zero cannot be told from chance", "[jury]") {
    const auto& p = proposal("dendre-collines");
    const ClaimRanges simulated = {{"net_saving_eur_per_year", {-100000, -900000, 1000000}}};
    const auto checks = claims(p, means(p, library().actions), library().actions, simulated);
    CHECK(checks[2].word == ClaimWord::cannot_tell);
    const ClaimRanges narrow = {{"net_saving_eur_per_year", {-100000, -200000, 50000}}};
    CHECK(claims(p, means(p, library().actions), library().actions, narrow)[2].word == ClaimWord::beyond);
}

TEST_CASE("an action without published effect on admissions cannot promise fewer of them", "[jury]") {
    const auto& p = proposal("denderstreek-diabetes");
    const auto checks = claims(p, means(p, library().actions), library().actions, {});
    CHECK(checks[0].word == ClaimWord::not_from_these_actions);
}

TEST_CASE("without money nothing can be reached", "[jury]") {
    auto p = read(small_dossier());
    p.actions[0].eur_per_year = 0;
    const Means m = means(p, library().actions);
    CHECK(m.people_per_year == 0);
    CHECK(m.minutes_per_target_person == 0);
}

TEST_CASE("people promised within the means but far beyond what the simulation reaches are not called within", "[jury]") {
    // 2,000 promised; the means carry 4,200; 1.25 x 1,500 = 1,875 is less than 2,000, 1.25 x 1,700 is more
    const auto& p = proposal("denderstreek-diabetes");
    const Means m = means(p, library().actions);
    const auto word = [&](const ClaimRanges& simulated) { return claims(p, m, library().actions, simulated)[1].word; };
    CHECK(word({}) == ClaimWord::within);
    CHECK(word({{"people_reached/4", {1400, 1300, 1500}}}) == ClaimWord::beyond);
    CHECK(word({{"people_reached/4", {1600, 1500, 1700}}}) == ClaimWord::within);
    CHECK(word({{"people_reached/4", {1383, 0, 2768}}}) == ClaimWord::cannot_tell);
    CHECK(word({{"people_reached/4", {0, 0, 0}}}) == ClaimWord::beyond);
    CHECK(word({{"people_reached/3", {10, 5, 15}}, {"people_reached", {1600, 1500, 1700}}}) == ClaimWord::within);  // another year does not count
}

TEST_CASE("people who began are set beside the promise of that year, in people of the whole area", "[jury]") {
    Impact i;
    CHECK(claim_ranges(i).empty());
    i.simulated = true;
    i.began_by_year = {{100, -5, 210}, {250, 200, 300}};
    const auto ranges = claim_ranges(i);
    CHECK(ranges.at("people_reached/1").middle == 100);
    CHECK(ranges.at("people_reached/1").low == 0);  // no fewer than nobody
    CHECK(ranges.at("people_reached").high == 300);
}

TEST_CASE("an amount that cannot be read leaves no sum and no people", "[jury]") {
    const auto p = read("format: 1\nkind: proposal\nid: small\ntitle: Small\nplan: {years: 4, actions: [{id: a1, use: case-management/complex-needs, eur_per_year: -90000}]}\nmoney: {asked: {actions_eur_per_year: 90000}}\n");
    const Means m = means(p, library().actions);
    CHECK(std::isnan(m.eur));
    CHECK_FALSE(m.adds_up);
    CHECK(m.people_per_year == 0);
    CHECK_FALSE(p.plan_readable);
}
