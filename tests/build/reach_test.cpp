// Who reaches whom: flows to hospitals and parts of an area, on three invented towns with two hospitals.
#include <numeric>

#include <catch2/catch.hpp>

#include "build/fixture.hpp"
#include "tresse/build/reach.hpp"

using namespace tresse;
using namespace tresse::build;

namespace {

scenario::Region far_third() {
    scenario::Region region = small_library::region();
    region.municipalities[2].lat -= 2.0;  // about 220 km
    for (auto& way : region.neighbours)
        if (way.a == 2 || way.b == 2)
            way.distance_km = 220;
    return region;
}

}  // namespace

TEST_CASE("places in reach of each other are one part, a far one is a part of its own", "[build]") {
    const BuildParameters parameters;
    const std::vector<int> area{0, 1, 2};
    const auto near = small_library::region(), far = far_third();
    CHECK(parts_of(Travel(near, area, parameters), area) == std::vector<int>{0, 0, 0});
    CHECK(parts_of(Travel(far, area, parameters), area) == std::vector<int>{0, 0, 1});
}

TEST_CASE("every house has people in proportion to its beds over the country, so every inhabitant has as many beds", "[build]") {
    const auto region = small_library::region();
    const std::vector<int> area{0, 1, 2}, sites{0, 1}, parts{0, 0, 0};
    const HospitalFlows flows = hospital_flows(region, {}, area, parts, sites);
    double beds = 0, people = 0;
    for (const int s : sites)
        beds += region.hospital_sites.at(static_cast<std::size_t>(s)).beds;
    for (const auto& town : region.municipalities)
        people += town.inhabitants();
    for (std::size_t h = 0; h < sites.size(); ++h) {
        double mine = 0;
        for (std::size_t i = 0; i < area.size(); ++i)
            mine += flows.to_house[i][h] * region.municipalities[i].inhabitants();
        CHECK(mine / people == Approx(region.hospital_sites[h].beds / beds).epsilon(0.001));
    }
    CHECK(flows.outside_share == 0);
}

TEST_CASE("which other places are in the area does not move where a place's people go", "[build]") {
    const auto region = small_library::region();
    const std::vector<int> all{0, 1, 2}, sites{0, 1}, one{2};
    const HospitalFlows joined = hospital_flows(region, {}, all, std::vector<int>{0, 0, 0}, sites), alone = hospital_flows(region, {}, one, std::vector<int>{0}, sites);
    for (std::size_t h = 0; h < sites.size(); ++h)
        CHECK(alone.to_house[0][h] == Approx(joined.to_house[2][h]).margin(0.005));  // a house of less than four in a thousand may be left out
}
