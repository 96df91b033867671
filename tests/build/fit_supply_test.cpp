#include "tresse/build/fit_supply.hpp"

#include <catch2/catch.hpp>

#include "build/fixture.hpp"
#include "tresse/build/providers.hpp"

using namespace tresse;
using namespace tresse::build;

namespace {

std::int64_t posts(const world::World& w, int kind) {
    std::int64_t sum = 0;
    for (const auto& p : w.providers)
        sum += p.kind == kind ? p.posts_milli : 0;
    return sum;
}

/// Minutes a month that the staff of a role can give, less what burn-out takes, over what the people of the region ask at the balanced minutes.
double supply_over_balance(const world::World& w, const world::Catalogue& c, const model::Tables& t, int role) {
    double minutes = 0;
    for (const auto& p : w.providers) {
        const auto& k = t.provider.kind[p.kind];
        if (c.kinds[p.kind].role == role)
            minutes += (p.filled_milli - p.burnt_out_milli * static_cast<double>(t.provider.burnout_effort_loss)) / 1000 * static_cast<double>(k.minutes_per_post_month) *
                       static_cast<double>(k.target_use);
    }
    return minutes / static_cast<double>(t.provider.minutes_scale[static_cast<std::size_t>(role)]);
}

}  // namespace

TEST_CASE("with the numbers they were placed with, providers keep their staff to the last thousandth", "[build][supply]") {
    const auto& t = ThreeTowns::shared();
    const auto before = t.world({0, 1, 2});
    auto after = before;
    fit_supply(after, t.catalogue, t.tables.provider, t.tables.provider);
    for (std::size_t i = 0; i < before.providers.size(); ++i) {
        CHECK(after.providers[i].posts_milli == before.providers[i].posts_milli);
        CHECK(after.providers[i].filled_milli == before.providers[i].filled_milli);
        CHECK(after.providers[i].burnt_out_milli == before.providers[i].burnt_out_milli);
        CHECK(after.providers[i].by_age_milli == before.providers[i].by_age_milli);
        CHECK(after.providers[i].load_permille == before.providers[i].load_permille);
    }
}

TEST_CASE("twice the rate of posts makes twice the posts of that kind and of no other", "[build][supply]") {
    const auto& t = ThreeTowns::shared();
    const auto before = t.world({0, 1, 2});
    auto drawn = t.tables.provider;
    const int nurses = t.catalogue.kind("home_nursing_team"), gps = t.catalogue.kind("gp_practice");
    for (auto& rate : drawn.kind[static_cast<std::size_t>(nurses)].posts_per_10000)
        rate *= 2;
    drawn.kind[static_cast<std::size_t>(nurses)].filled_share *= 0.5f;
    auto world = before;
    fit_supply(world, t.catalogue, t.tables.provider, drawn);
    CHECK(posts(world, nurses) == 2 * posts(before, nurses));
    CHECK(posts(world, gps) == posts(before, gps));
    for (std::size_t i = 0; i < before.providers.size(); ++i) {
        const auto& p = world.providers[i];
        CHECK(p.by_age_milli[0] + p.by_age_milli[1] + p.by_age_milli[2] + p.by_age_milli[3] == p.filled_milli);
        CHECK(p.filled_milli <= p.posts_milli);
        if (p.kind == nurses)  // twice the posts, half as often filled
            CHECK(std::abs(p.filled_milli - before.providers[i].filled_milli) <= 1);
    }
}

TEST_CASE("need and supply of a draw agree: the use at the start is that of the central numbers", "[build][supply][laws]") {
    // the minutes of a contact are balanced against the posts of the draw; were the posts those of other numbers, a draw with 1.5 times the rate would
    // start with 1.5 times the load
    const auto& t = ThreeTowns::shared();
    const auto central = t.world({0, 1, 2});
    model::Tables drawn = t.raw;
    for (auto& kind : drawn.provider.kind)
        for (auto& rate : kind.posts_per_10000)
            rate *= 1.5f;
    complete_tables(drawn, t.reference, t.catalogue);
    auto fitted = central;
    fit_supply(fitted, t.catalogue, t.tables.provider, drawn.provider);
    for (const char* id : {"gp", "home_nursing"}) {
        const int role = t.catalogue.role(id);
        INFO(id);
        CHECK(supply_over_balance(fitted, t.catalogue, drawn, role) == Approx(supply_over_balance(central, t.catalogue, t.tables, role)).epsilon(0.01));
        CHECK(supply_over_balance(central, t.catalogue, drawn, role) < 0.7 * supply_over_balance(central, t.catalogue, t.tables, role));
    }
}
