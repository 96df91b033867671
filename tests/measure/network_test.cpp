#include "tresse/measure/network.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "measure/small_record.hpp"

using namespace tresse;
using namespace tresse::measure;
using namespace tresse::measure::test;

namespace {

/// A chain 0 - 1 - 2 - 3 of strength 100, 200, 300; provider 4 alone; provider 5 outside, tied to 0. Kinds 0 1 0 2 1 0.
world::World chain() {
    world::World w;
    w.providers.resize(6);
    const std::uint8_t kind[6] = {0, 1, 0, 2, 1, 0};
    for (std::size_t i = 0; i < 6; ++i)
        w.providers[i].kind = kind[i];
    w.providers[5].outside = true;
    const std::vector<std::vector<world::Tie>> rows{
        {{1, 100, 0}, {5, 900, 0}}, {{0, 90, 0}, {2, 200, 0}}, {{1, 200, 0}}, {{2, 300, 0}}, {}, {{0, 900, 0}}};
    w.ties.first.push_back(0);
    for (const auto& row : rows) {
        w.ties.tie.insert(w.ties.tie.end(), row.begin(), row.end());
        w.ties.first.push_back(static_cast<std::uint32_t>(w.ties.tie.size()));
    }
    return w;
}

}  // namespace

TEST_CASE("a chain of four and one alone is measured as by hand", "[measure][network]") {
    const auto m = network_measures(chain(), small_catalogue());
    CHECK(m.providers == 5);
    CHECK(m.ties == 3);  // 2 - 3 is listed by one side only, and still counts once
    CHECK(m.parts == 2);
    CHECK(m.largest_part == 4);
    CHECK(m.density().value() == Approx(0.3));
    CHECK(m.mean_degree().value() == Approx(1.2));
    CHECK(m.degree == std::vector<std::int32_t>{1, 2, 2, 1, 0, 0});
    CHECK(m.articulation == std::vector<std::uint8_t>{0, 1, 1, 0, 0, 0});
    // 1 lies between 0-2 and 0-3, 2 between 0-3 and 1-3: two of the six pairs of the other four
    CHECK(m.betweenness[1] == Approx(2.0 / 6));
    CHECK(m.betweenness[2] == Approx(2.0 / 6));
    CHECK(m.betweenness[0] == 0);
}

TEST_CASE("ties are counted by pair of kinds, with the greater of two strengths", "[measure][network]") {
    const auto m = network_measures(chain(), small_catalogue());
    REQUIRE(m.by_kinds.size() == 2);
    CHECK(m.by_kinds[0].a == 0);
    CHECK(m.by_kinds[0].b == 1);
    CHECK(m.by_kinds[0].ties == 2);
    CHECK(m.by_kinds[0].strength == 300);  // 100 rather than 90, and 200
    CHECK(m.by_kinds[1].b == 2);
    CHECK(m.degree_of_kind[0] == std::vector<std::int64_t>{0, 1, 1});
    CHECK(m.degree_of_kind[1] == std::vector<std::int64_t>{1, 0, 1});
}

TEST_CASE("weak ties can be left out", "[measure][network]") {
    const auto m = network_measures(chain(), small_catalogue(), {150});
    CHECK(m.ties == 2);
    CHECK(m.parts == 3);
}

TEST_CASE("a hub lies on every way of a star", "[measure][network]") {
    world::World w;
    w.providers.resize(4);
    w.ties.first = {0, 3, 3, 3, 3};
    w.ties.tie = {{1, 5, 0}, {2, 5, 0}, {3, 5, 0}};
    const auto m = network_measures(w, small_catalogue());
    CHECK(m.betweenness[0] == Approx(1));
    CHECK(m.articulation[0] == 1);
}

TEST_CASE("without providers there is no density", "[measure][network]") {
    const auto m = network_measures(world::World{}, small_catalogue());
    CHECK_FALSE(m.density());
    CHECK_FALSE(m.mean_degree());
    CHECK(m.parts == 0);
}

TEST_CASE("care density is the mean strength of a team's pairs", "[measure][network]") {
    const auto w = chain();
    // pairs 0-1: 100, 0-2: none, 1-2: 200: 300 / 3 / 65535
    CHECK(care_density(w.ties, {0, 1, 2}).value() == Approx(100.0 / 65535));
    CHECK_FALSE(care_density(w.ties, {2}));
}
