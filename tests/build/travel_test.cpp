#include <catch2/catch.hpp>
#include <vector>

#include "tresse/build/travel.hpp"

using namespace tresse;
using namespace tresse::build;

namespace {

/// A square of four towns, 10 km apart, joined on three sides, and one town that no road reaches.
scenario::Region square() {
    scenario::Region r;
    const double step_lat = 10 / 111.2, step_lon = 10 / (111.2 * 0.6340);
    for (int i = 0; i < 5; ++i) {
        scenario::Municipality m;
        m.nis = 1 + i;
        m.area_km2 = 16;
        m.lat = 50.0 + step_lat * (i / 2);
        m.lon = 4.0 + step_lon * (i % 2);
        r.municipalities.push_back(m);
    }
    r.neighbours = {{0, 1, 10}, {0, 2, 10}, {2, 3, 10}};
    return r;
}

}  // namespace

TEST_CASE("ways are shortest paths over the neighbours", "[build]") {
    const auto region = square();
    const std::vector<int> from{0, 1};
    const Travel travel(region, from, {});
    // By hand: 1 to 3 goes 1-0-2-3, three sides of the square.
    CHECK(travel.path_km(0, 0) == 0);
    CHECK(travel.path_km(0, 1) == Approx(10));
    CHECK(travel.path_km(0, 3) == Approx(20));
    CHECK(travel.path_km(1, 3) == Approx(30));
    CHECK(travel.minutes(10) == Approx(15));  // 40 km an hour
}

TEST_CASE("a town that no path reaches is a third farther than the straight line", "[build]") {
    const auto region = square();
    const std::vector<int> from{0};
    const Travel travel(region, from, {});
    CHECK(travel.path_km(0, 4) == Approx(1.3 * 20).epsilon(1e-6));
}

TEST_CASE("the nearest municipality is the own one, then by path", "[build]") {
    const auto region = square();
    const std::vector<int> from{1};
    const Travel travel(region, from, {});
    const auto order = travel.nearest(1);
    REQUIRE(order.size() == 5);
    CHECK(order[0] == 1);
    CHECK(order[1] == 0);
    CHECK(order[2] == 2);
}

TEST_CASE("between towns the way is as much longer than straight as the path is, at most twice", "[build]") {
    const auto region = square();
    const std::vector<int> from{0, 1};
    const Travel travel(region, from, {});
    const auto& m = region.municipalities;
    // 1 to 3: straight 10 km, path 30 km: held at twice.
    CHECK(travel.km({1, m[1].lat, m[1].lon}, {3, m[3].lat, m[3].lon}) == Approx(20).epsilon(1e-6));
    // 0 to 3: straight 14.14 km, path 20 km.
    CHECK(travel.km({0, m[0].lat, m[0].lon}, {3, m[3].lat, m[3].lon}) == Approx(20).epsilon(1e-6));
    // Inside a town it is straight.
    CHECK(travel.km({0, m[0].lat, m[0].lon}, {0, m[0].lat + 1 / 111.2, m[0].lon}) == Approx(1).epsilon(1e-6));
}
