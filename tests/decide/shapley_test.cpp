#include "tresse/decide/shapley.hpp"

#include <bit>
#include <numeric>

#include <catch2/catch.hpp>

using namespace tresse::decide;

namespace {

double sum(const std::vector<double>& v) {
    return std::accumulate(v.begin(), v.end(), 0.0);
}

/// Landing fees of the airport game: a group of planes costs what its longest runway costs.
std::vector<double> airport(const std::vector<double>& cost) {
    std::vector<double> worth(std::size_t{1} << cost.size(), 0);
    for (std::size_t s = 0; s < worth.size(); ++s)
        for (std::size_t i = 0; i < cost.size(); ++i)
            if (s >> i & 1)
                worth[s] = std::max(worth[s], cost[i]);
    return worth;
}

}  // namespace

TEST_CASE("the glove game gives the right glove two thirds", "[decide][shapley]") {
    // Shapley and Shubik's gloves: two left gloves (0, 1) and one right (2); a pair is worth 1: 1/6, 1/6, 4/6
    std::vector<double> worth(8, 0);
    for (Subset s = 0; s < 8; ++s)
        worth[s] = (s & 4) && (s & 3) ? 1 : 0;
    const Shares x = shapley(3, worth);
    CHECK(x.share[0] == Approx(1.0 / 6));
    CHECK(x.share[1] == Approx(1.0 / 6));
    CHECK(x.share[2] == Approx(4.0 / 6));
    CHECK(x.total == 1);
    CHECK(x.alone == std::vector<double>{0, 0, 0});
    CHECK(x.together == 1);
}

TEST_CASE("the airport game shares each stretch of the runway among those who need it", "[decide][shapley]") {
    // Littlechild and Owen, Management Science 1973: costs 8, 11, 13, 18 give 2, 3, 4, 9
    const Shares x = shapley(4, airport({8, 11, 13, 18}));
    CHECK(x.share[0] == Approx(2));
    CHECK(x.share[1] == Approx(3));
    CHECK(x.share[2] == Approx(4));
    CHECK(x.share[3] == Approx(9));
}

TEST_CASE("shares add to the total, whatever the worth", "[decide][shapley][laws]") {
    std::vector<double> worth(64);
    for (std::size_t s = 0; s < 64; ++s)
        worth[s] = static_cast<double>((s * 2654435761u) % 1000) - 300;
    const Shares x = shapley(6, worth);
    CHECK(sum(x.share) == Approx(worth[63] - worth[0]));
    const auto orders = arrival_orders(6, 3, 7);
    CHECK(orders.size() == 6);
    std::map<Subset, double> some;
    for (const Subset s : subsets_of(6, orders))
        some.emplace(s, worth[s]);
    CHECK(sum(shapley_sampled(6, orders, some).share) == Approx(worth[63] - worth[0]));
}

TEST_CASE("parts that only add have their own worth as share and no interaction", "[decide][shapley][laws]") {
    std::vector<double> worth(16);
    for (Subset s = 0; s < 16; ++s)
        worth[s] = (s & 1 ? 3.0 : 0) + (s & 2 ? -2.0 : 0) + (s & 8 ? 5.0 : 0);  // part 2 changes nothing
    const Shares x = shapley(4, worth);
    CHECK(x.share[0] == Approx(3));
    CHECK(x.share[1] == Approx(-2));
    CHECK(x.share[2] == Approx(0).margin(1e-12));
    CHECK(x.share[3] == Approx(5));
    CHECK(x.together == Approx(0).margin(1e-12));
    for (const auto& row : x.pairs)
        for (const double p : row)
            CHECK(p == Approx(0).margin(1e-12));
}

TEST_CASE("two parts that work only together share evenly and show it as interaction", "[decide][shapley]") {
    const std::vector<double> worth = {0, 0, 0, 10};
    const Shares x = shapley(2, worth);
    CHECK(x.share[0] == Approx(5));
    CHECK(x.share[1] == Approx(5));
    CHECK(x.pairs[0][1] == Approx(10));
    CHECK(x.together == 10);
}

TEST_CASE("with every order sampled the shares are the exact ones", "[decide][shapley]") {
    const auto worth = airport({8, 11, 13});
    std::vector<std::vector<int>> all = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    std::map<Subset, double> map;
    for (Subset s = 0; s < 8; ++s)
        map.emplace(s, worth[s]);
    const Shares sampled = shapley_sampled(3, all, map), exact = shapley(3, worth);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(sampled.share[i] == Approx(exact.share[i]));
}
