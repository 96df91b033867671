#include "tresse/measure/communities.hpp"

#include <algorithm>

#include <boost/graph/adjacency_matrix.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/floyd_warshall_shortest.hpp>
#include <catch2/catch.hpp>

#include "measure/small_record.hpp"
#include "tresse/core/draw.hpp"

using namespace tresse;
using namespace tresse::measure;

namespace {

struct Pair {
    std::uint32_t a, b;
    std::uint16_t strength = 100;
};

world::World graph(std::size_t providers, const std::vector<Pair>& pairs) {
    world::World w;
    w.providers.resize(providers);
    w.ties.first.push_back(0);
    for (std::uint32_t p = 0; p < providers; ++p) {
        for (const Pair& pair : pairs)
            if (pair.a == p || pair.b == p)
                w.ties.tie.push_back({pair.a == p ? pair.b : pair.a, pair.strength, 0});
        std::sort(w.ties.tie.begin() + w.ties.first.back(), w.ties.tie.end(), [](const world::Tie& x, const world::Tie& y) { return x.to < y.to; });
        w.ties.first.push_back(static_cast<std::uint32_t>(w.ties.tie.size()));
    }
    return w;
}

/// Everybody tied to everybody among n providers from `first` on.
void clique(std::vector<Pair>& pairs, std::uint32_t first, std::uint32_t n) {
    for (std::uint32_t i = first; i < first + n; ++i)
        for (std::uint32_t j = i + 1; j < first + n; ++j)
            pairs.push_back({i, j});
}

std::vector<Pair> by_lot(std::uint64_t seed, std::uint32_t n, std::uint32_t one_in) {
    std::vector<Pair> pairs;
    for (std::uint32_t i = 0; i < n; ++i)
        for (std::uint32_t j = i + 1; j < n; ++j) {
            const Block luck = draw(seed, i, j, Purpose::placement);
            if (below(luck.word[0], one_in) == 0)
                pairs.push_back({i, j, static_cast<std::uint16_t>(1 + below(luck.word[1], 60000))});
        }
    return pairs;
}

}  // namespace

TEST_CASE("two circles joined by one tie are two communities", "[measure][network][communities]") {
    std::vector<Pair> pairs;
    clique(pairs, 0, 4), clique(pairs, 4, 4);
    pairs.push_back({3, 4});
    const auto found = find_communities(graph(8, pairs));
    CHECK(found.count == 2);
    CHECK(found.of == std::vector<int>{0, 0, 0, 0, 1, 1, 1, 1});
    // 13 ties, 6 inside each; degrees add to 13 on each side: 2 x (6/13 - (13/26)^2)
    CHECK(found.modularity == Approx(2 * (6.0 / 13 - 0.25)));
}

TEST_CASE("a strong tie keeps together what counting ties would part", "[measure][network][communities]") {
    const auto found = find_communities(graph(4, {{0, 1, 10}, {1, 2, 60000}, {2, 3, 10}}));
    CHECK(found.of[1] == found.of[2]);
}

TEST_CASE("providers without ties are communities of their own, and nobody at all is none", "[measure][network][communities]") {
    CHECK(find_communities(graph(3, {{0, 1}})).count == 2);
    CHECK(find_communities(world::World{}).count == 0);
    auto w = graph(3, {{0, 1}, {1, 2}});
    w.providers[2].outside = true;
    CHECK(find_communities(w).of[2] == -1);
}

TEST_CASE("no move of one provider to a neighbour's community raises modularity further", "[measure][network][communities][laws]") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const auto w = graph(24, by_lot(seed, 24, 5));
        const auto ties = tied_inside(w);
        const auto found = find_communities(w);
        INFO(seed);
        REQUIRE(modularity(ties, found.of).value_or(0) == Approx(found.modularity));
        std::vector<int> alone(24);
        for (int i = 0; i < 24; ++i)
            alone[static_cast<std::size_t>(i)] = i;
        REQUIRE(found.modularity > modularity(ties, alone).value_or(0));
        REQUIRE(found.modularity > modularity(ties, std::vector<int>(24, 0)).value_or(0));
    }
}

TEST_CASE("ties across borders are a share of strength, not of number", "[measure][network][communities]") {
    const auto ties = tied_inside(graph(4, {{0, 1, 300}, {1, 2, 100}, {2, 3, 100}}));
    CHECK(*crossing_percent(ties, {0, 0, 1, 1}) == Approx(20));
    CHECK(*crossing_percent(ties, {0, 0, 0, 0}) == 0);
    CHECK(*crossing_percent(ties, {0, 0, -1, -1}) == 0);  // only 0 - 1 has a label on both sides
    CHECK_FALSE(crossing_percent(ties, {-1, 0, -1, 0}));
}

TEST_CASE("agreement is one for the same division under other names, and by hand between", "[measure][network][communities]") {
    CHECK(*agreement({0, 0, 1, 1}, {5, 5, 2, 2}) == Approx(1));
    // of {0,0,0,1,1,1} and {0,0,1,1,2,2}: pairs together in both 2, in a 6, in b 3, of 15: (2 - 18/15) / (4.5 - 18/15)
    CHECK(*agreement({0, 0, 0, 1, 1, 1}, {0, 0, 1, 1, 2, 2}) == Approx((2 - 1.2) / (4.5 - 1.2)));
    CHECK_FALSE(agreement({0}, {0}));
    CHECK_FALSE(agreement({0, 0, 0}, {1, 1, 1}));  // one label in both: nothing to agree on
    CHECK(*agreement({0, 0, 1, 1, -1}, {0, 0, 1, 1, 1}) == Approx(1));
}

TEST_CASE("distances and parts are those that Boost.Graph finds by another way", "[measure][network]") {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        constexpr std::size_t n = 30;
        const auto pairs = by_lot(seed, n, 14);
        const auto m = network_measures(graph(n, pairs), test::small_catalogue());
        boost::adjacency_matrix<boost::undirectedS, boost::no_property, boost::property<boost::edge_weight_t, int>> other(n);
        for (const Pair& p : pairs)
            boost::add_edge(p.a, p.b, 1, other);
        std::vector<int> part(n);
        INFO(seed);
        REQUIRE(m.parts == boost::connected_components(other, part.data()));
        std::vector<std::vector<int>> distance(n, std::vector<int>(n));
        boost::floyd_warshall_all_pairs_shortest_paths(other, distance);
        std::vector<std::int64_t> at(m.pairs_at.size(), 0);
        std::int64_t connected = 0;
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = i + 1; j < n; ++j)
                if (part[i] == part[j]) {
                    REQUIRE(static_cast<std::size_t>(distance[i][j]) < at.size());
                    at[static_cast<std::size_t>(distance[i][j])] += 1, ++connected;
                }
        REQUIRE(at == m.pairs_at);
        REQUIRE(connected == m.connected_pairs);
        REQUIRE(*m.fragmentation_percent() == Approx(100.0 * (1 - static_cast<double>(connected) / 435)));
        // without a single point of failure the network stays in as many parts; without any other provider too, but for the one taken out
        for (std::uint32_t gone = 0; gone < n; ++gone) {
            std::vector<Pair> rest;
            for (const Pair& p : pairs)
                if (p.a != gone && p.b != gone)
                    rest.push_back(p);
            const auto without = network_measures(graph(n, rest), test::small_catalogue(), {}, false);
            const bool alone = m.degree[gone] == 0;
            REQUIRE((without.parts - 1 > m.parts - (alone ? 1 : 0)) == (m.articulation[gone] == 1));
        }
    }
}

TEST_CASE("a ring of six: every pair by hand", "[measure][network]") {
    const auto m = network_measures(graph(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {0, 5}}), test::small_catalogue());
    CHECK(m.pairs_at == std::vector<std::int64_t>{0, 6, 6, 3});
    CHECK(*m.mean_distance() == Approx((6 + 12 + 9) / 15.0));
    CHECK(*m.fragmentation_percent() == 0);
    for (int p = 0; p < 6; ++p) {
        // each lies on one way of length two whole and on two of the three pairs of opposites half: (1 + 2 x 1/2) of 10 pairs
        CHECK(m.betweenness[static_cast<std::size_t>(p)] == Approx(0.2));
        CHECK(m.articulation[static_cast<std::size_t>(p)] == 0);
    }
}
