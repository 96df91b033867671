#include <catch2/catch.hpp>

#include "build/fixture.hpp"
#include "tresse/build/households.hpp"

using namespace tresse;
using namespace tresse::build;

namespace {

Settlement people_of_town(int m) {
    const auto& t = ThreeTowns::shared();
    return settle(places_of(t.region)[static_cast<std::size_t>(m)], t.reference.norms.living, t.reference.parameters, 1);
}

}  // namespace

TEST_CASE("every inhabitant of the margins is there, by sex and five-year age", "[build]") {
    const auto& t = ThreeTowns::shared();
    for (int m = 0; m < 3; ++m) {
        BySexBand<int> count{};
        for (const auto& p : people_of_town(m).people)
            count[p.sex][static_cast<std::size_t>(band_of(p.age))] += 1;
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b)
                CHECK(count[s][b] == t.region.municipalities[static_cast<std::size_t>(m)].population[s][b]);
    }
}

TEST_CASE("households hold everybody once, adults first", "[build]") {
    const auto people = people_of_town(0);
    std::size_t members = 0;
    for (std::size_t h = 0; h < people.households.size(); ++h) {
        const auto& household = people.households[h];
        REQUIRE(household.first == members);
        REQUIRE(household.members > 0);
        members += household.members;
        bool child_before = false;
        for (std::uint32_t i = household.first; i < household.first + household.members; ++i) {
            REQUIRE(people.people[i].household == h);
            const bool child = people.people[i].position == Position::child;
            CHECK((child || !child_before));
            child_before |= child;
        }
    }
    CHECK(members == people.people.size());
}

TEST_CASE("a household has the people that its kind names", "[build]") {
    const auto people = people_of_town(0);
    for (const auto& h : people.households) {
        int partners = 0, children = 0, lone = 0, women = 0;
        for (std::uint32_t i = h.first; i < h.first + h.members; ++i) {
            const auto& p = people.people[i];
            partners += p.position == Position::partner;
            women += p.position == Position::partner && p.sex == 0;
            children += p.position == Position::child;
            lone += p.position == Position::lone_parent;
        }
        switch (h.type) {
        case HouseholdType::alone:
        case HouseholdType::resident: CHECK(h.members == 1); break;
        case HouseholdType::couple: CHECK((partners == 2 && women == 1 && h.members == 2)); break;
        case HouseholdType::couple_children: CHECK((partners == 2 && women == 1 && children >= 1)); break;
        case HouseholdType::lone_parent: CHECK((lone == 1 && children >= 1 && h.members == 1 + children)); break;
        case HouseholdType::other: CHECK(h.members >= 2); break;
        }
    }
}

TEST_CASE("nobody under fifteen lives without an adult, and mothers were of an age to be mothers", "[build]") {
    const auto people = people_of_town(0);
    for (const auto& h : people.households)
        CHECK(people.people[h.first].age >= 15);
    CHECK(people.misfits <= static_cast<int>(people.people.size() / 1000));
}

TEST_CASE("the plan of households uses up all adults", "[build]") {
    const auto& t = ThreeTowns::shared();
    const auto& norms = t.reference.norms.living;
    const auto place = places_of(t.region)[0];
    const auto plan = plan_households(place, norms, 11000, 2800);
    // 8,200 adults: each kind takes its own number.
    const double adults = plan.alone + 2 * plan.couple + 2 * plan.couple_children + plan.lone_parent + norms.other_size[0] * plan.other;
    CHECK(adults == Approx(8200));
    const double children = plan.couple_children * norms.children_per_couple[0] + plan.lone_parent * norms.children_per_lone[0];
    CHECK(children == Approx(2800));
}

TEST_CASE("odd places are peopled too", "[build]") {
    const auto& t = ThreeTowns::shared();
    PlaceInput place;
    place.key = 5;
    SECTION("nobody") {}
    SECTION("one old man") { place.count[1][19] = 1; }
    SECTION("children alone") { place.count[0][1] = 3; }
    SECTION("women alone") { place.count[0][6] = 40; }
    SECTION("many children, few adults") { place.count[0][1] = place.count[1][2] = 60, place.count[0][7] = 4, place.count[1][8] = 3; }
    SECTION("only young adults") { place.count[0][4] = 300, place.count[1][4] = 280; }
    const auto people = settle(place, t.reference.norms.living, t.reference.parameters, 1);
    CHECK(static_cast<int>(people.people.size()) == place.inhabitants());
    std::size_t members = 0;
    for (const auto& h : people.households)
        members += h.members;
    CHECK(members == people.people.size());
}

TEST_CASE("the same people live in a place whatever its number of neighbours, other people with another seed", "[build]") {
    const auto& t = ThreeTowns::shared();
    const auto place = places_of(t.region)[2];
    const auto a = settle(place, t.reference.norms.living, t.reference.parameters, 1), b = settle(place, t.reference.norms.living, t.reference.parameters, 1),
               c = settle(place, t.reference.norms.living, t.reference.parameters, 2);
    int same = 0, as_other = 0;
    for (std::size_t i = 0; i < a.people.size(); ++i) {
        same += a.people[i].key == b.people[i].key && a.people[i].months == b.people[i].months;
        as_other += a.people[i].key == c.people[i].key;
    }
    CHECK(same == static_cast<int>(a.people.size()));
    CHECK(as_other < same / 10);
}
