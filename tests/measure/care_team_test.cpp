#include "tresse/measure/care_team.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "measure/small_record.hpp"
#include "tresse/core/draw.hpp"
#include "tresse/measure/network.hpp"
#include "tresse/world/bits.hpp"

using namespace tresse;
using namespace tresse::measure;

namespace {

/// A neighbourhood with two practices (4 and 9 minutes away), a home nursing team and a pharmacy; one person, ill, who has the farther practice and has seen all three.
struct OneTeam {
    world::Catalogue catalogue = test::small_catalogue();
    world::World world;

    OneTeam() {
        for (int slot = 0; slot < 3; ++slot)
            catalogue.roles[static_cast<std::size_t>(slot)].team_slot = slot;
        world.providers.resize(4);
        world.neighbourhoods.resize(1);
        auto& place = world.neighbourhoods[0];
        for (auto& role : place.provider)
            role.fill(no_provider);
        for (auto& slot : place.by_slot)
            slot.fill(no_provider);
        place.provider[0][1] = 0, place.provider[0][2] = 1, place.minutes_away[0][1] = 4, place.minutes_away[0][2] = 9;
        place.by_slot[0][1] = 0, place.by_slot[0][2] = 1, place.by_slot[1][1] = 2, place.by_slot[2][1] = 3;
        world.ties.first = {0, 0, 1, 2, 2};  // 1 lists 2, 2 lists 3
        world.ties.tie = {{2, 30000, 0}, {3, 6000, 0}};
        world.cells.emplace_back(4);
        auto& cell = world.cells[0];
        for (int s = 0; s < 4; ++s)
            cell.persons.clear_row(s);
        cell.slots = 2;
        auto& p = cell.persons;
        p.birthday[0] = 1;
        p.team[0] = world::with_team_rank(world::with_team_rank(world::with_team_rank(0, 0, 2), 1, 1), 2, 1);
        p.seen_year[0] = 0b011, p.seen_last_year[0] = 0b110;
        world::Conditions sick;
        sick.set_stage(0, 1);
        p.conditions[0] = sick.word;
        p.birthday[1] = 1;  // healthy, with the nearest practice
        p.team[1] = world::with_team_rank(0, 0, 1);
        p.seen_year[1] = 0b001;
    }
};

}  // namespace

TEST_CASE("one patient's team is counted as by hand", "[measure][network][team]") {
    const OneTeam one;
    const auto count = count_care_teams(one.world, one.catalogue);
    REQUIRE(count.size() == 2);
    const TeamCount& t = count[0];
    CHECK(t.patients == 1);  // the healthy have no team to coordinate
    CHECK(*t.mean_members() == 3);
    CHECK(t.handovers == 3);
    CHECK(*t.untied_percent() == Approx(100.0 / 3));  // practice and pharmacy do not know each other
    CHECK(*t.mean_density() == Approx(36000.0 / 3 / 65535).epsilon(1e-4));
    CHECK(t.with_gp == 2);
    CHECK(*t.minutes_to_gp() == Approx(6.5));
    CHECK(*t.nearest_percent() == Approx(50));
    CHECK_FALSE(count[1].mean_density());
    CHECK_FALSE(count[1].minutes_to_gp());
}

TEST_CASE("stronger ties never lower care density, of a team and of the people of a place", "[measure][network][team][laws]") {
    OneTeam one;
    std::int64_t before = count_care_teams(one.world, one.catalogue)[0].density;
    for (int step = 0; step < 200; ++step) {
        const Block luck = draw(3, static_cast<std::uint64_t>(step), 0, Purpose::placement);
        auto& tie = one.world.ties.tie[below(luck.word[0], 2)];
        tie.strength = static_cast<std::uint16_t>(std::min<std::uint32_t>(65535, tie.strength + below(luck.word[1], 900)));
        const std::int64_t after = count_care_teams(one.world, one.catalogue)[0].density;
        REQUIRE(after >= before);
        before = after;
    }
    CHECK(before > 36000 / 3);
    // a tie where there was none
    one.world.ties.first = {0, 0, 2, 3, 3};
    one.world.ties.tie.insert(one.world.ties.tie.begin() + 1, world::Tie{3, 1, 0});
    CHECK(count_care_teams(one.world, one.catalogue)[0].density >= before);
    CHECK(count_care_teams(one.world, one.catalogue)[0].untied == 0);
}
