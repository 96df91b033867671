#include "tresse/measure/access.hpp"

#include <catch2/catch.hpp>

#include "tresse/core/draw.hpp"

using namespace tresse;
using namespace tresse::measure;

namespace {

double given(const Access& access, const std::vector<double>& people) {
    double sum = 0;
    for (std::size_t i = 0; i < people.size(); ++i)
        sum += access.of_home[i] * people[i];
    return sum;
}

}  // namespace

TEST_CASE("two villages and two practices share out as by hand", "[measure][access]") {
    // 1000 people at 5 minutes of A and 15 of B; 500 people at 25 minutes of B alone. A: 2 posts, B: 1 post.
    const std::vector<double> people{1000, 500}, supply{2, 1};
    const std::vector<Way> ways{{0, 0, 5}, {0, 1, 15}, {1, 1, 25}};
    const Access a = catchment_access(supply, people, ways);
    // B is asked for by 1000 x 0.68 + 500 x 0.22 = 790
    CHECK(a.of_home[0] == Approx(2.0 / 1000 + 0.68 / 790));
    CHECK(a.of_home[1] == Approx(0.22 / 790));
    CHECK(a.unreached == 0);
    CHECK(given(a, people) == Approx(3));
}

TEST_CASE("beyond thirty minutes there is no access, and the posts there are said to be out of reach", "[measure][access]") {
    const Access a = catchment_access(std::vector<double>{2, 3}, std::vector<double>{100}, std::vector<Way>{{0, 0, 30}, {0, 1, 31}});
    CHECK(a.of_home[0] == Approx(2.0 / 100));  // weights cancel for one home
    CHECK(a.unreached == 3);
}

TEST_CASE("access times people adds up to the supply that somebody reaches, wherever people and practices are", "[measure][access][laws]") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        std::vector<double> people, supply;
        std::vector<Way> ways;
        for (std::uint32_t i = 0; i < 30; ++i)
            people.push_back(below(draw(seed, i, 0, Purpose::placement).word[0], 2000));
        double all = 0;
        for (std::uint32_t j = 0; j < 12; ++j) {
            supply.push_back(1 + below(draw(seed, j, 1, Purpose::placement).word[0], 9));
            all += supply.back();
            for (std::uint32_t i = 0; i < 30; ++i)
                ways.push_back({i, j, static_cast<int>(below(draw(seed, i, 2 + j, Purpose::placement).word[0], 60))});
        }
        const Access a = catchment_access(supply, people, ways);
        INFO(seed);
        REQUIRE(given(a, people) + a.unreached == Approx(all).epsilon(1e-12));
    }
}

TEST_CASE("a post more lowers nobody's access", "[measure][access][laws]") {
    const std::vector<double> people{300, 800, 100};
    const std::vector<Way> ways{{0, 0, 3}, {0, 1, 12}, {1, 0, 22}, {1, 1, 8}, {2, 1, 29}};
    const Access before = catchment_access(std::vector<double>{2, 1}, people, ways), after = catchment_access(std::vector<double>{2, 2}, people, ways);
    for (std::size_t i = 0; i < people.size(); ++i)
        CHECK(after.of_home[i] > before.of_home[i]);
}

TEST_CASE("the people of a world see the posts of the role that are at work inside the area", "[measure][access]") {
    world::Catalogue c;
    c.places.resize(2);
    world::World w;
    w.neighbourhoods.resize(2);
    for (std::uint32_t n = 0; n < 2; ++n) {
        w.neighbourhoods[n].municipality = n;
        for (auto& role : w.neighbourhoods[n].provider)
            role.fill(no_provider);
        w.cells.emplace_back(8);
        w.cells.back().neighbourhood = n, w.cells.back().municipality = n;
        for (int s = 0; s < 8; ++s)
            w.cells.back().persons.clear_row(s);
        w.cells.back().slots = 4;
        for (int s = 0; s < 4; ++s)
            w.cells.back().persons.birthday[s] = 0;
    }
    w.providers.resize(3);
    w.providers[0].filled_milli = 2000, w.providers[1].filled_milli = 500;
    w.providers[2].filled_milli = 9000, w.providers[2].role = 1;  // another role
    w.neighbourhoods[0].provider[0][1] = 0, w.neighbourhoods[0].minutes_away[0][1] = 4;
    w.neighbourhoods[1].provider[0][1] = 0, w.neighbourhoods[1].minutes_away[0][1] = 18;
    const PlaceAccess a = access_by_place(w, c, 0);
    // provider 0 is asked for by 4 + 4 x 0.68 people; provider 1 by nobody
    CHECK(*a.posts_per_10000[0] == Approx(2.0 / 6.72 * 10000));
    CHECK(*a.posts_per_10000[1] == Approx(0.68 * 2.0 / 6.72 * 10000));
    CHECK(a.unreached == Approx(0.5));
    CHECK(a.posts == Approx(2.5));
    CHECK(*a.quantile(0.5) == Approx(0.68 * 2.0 / 6.72 * 10000));
    CHECK(*a.quantile(0.9) == Approx(2.0 / 6.72 * 10000));
}
