#include "tresse/measure/network.hpp"

#include <algorithm>
#include <map>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>

namespace tresse::measure {

namespace {

struct Edge {
    std::uint32_t a = 0, b = 0;  // rows of the inside providers, a < b
    std::uint16_t strength = 0;
};

/// Rows of inside providers, and the ties between them, each once.
struct Inside {
    std::vector<std::uint32_t> provider;  // row -> provider
    std::vector<std::int64_t> row;        // provider -> row, -1 outside
    std::vector<Edge> edges;
};

Inside inside_of(const world::World& world, const NetworkView& view) {
    Inside in;
    in.row.assign(world.providers.size(), -1);
    for (std::size_t p = 0; p < world.providers.size(); ++p) {
        if (world.providers[p].outside)
            continue;
        in.row[p] = static_cast<std::int64_t>(in.provider.size());
        in.provider.push_back(static_cast<std::uint32_t>(p));
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint16_t> once;
    for (std::size_t p = 0; p + 1 < world.ties.first.size(); ++p) {
        for (std::uint32_t t = world.ties.first[p]; t < world.ties.first[p + 1]; ++t) {
            const world::Tie& tie = world.ties.tie[t];
            if (tie.strength < view.weakest || tie.to == p || in.row[p] < 0 || in.row[tie.to] < 0)
                continue;
            const auto a = static_cast<std::uint32_t>(in.row[p]), b = static_cast<std::uint32_t>(in.row[tie.to]);
            std::uint16_t& strength = once[{std::min(a, b), std::max(a, b)}];
            strength = std::max(strength, tie.strength);
        }
    }
    for (const auto& [pair, strength] : once)
        in.edges.push_back({pair.first, pair.second, strength});
    return in;
}

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
                                    boost::property<boost::edge_index_t, std::size_t>>;

/// Pairs by the number of ties between them, each pair once.
void count_distances(const Graph& graph, NetworkMeasures& out) {
    const std::size_t n = boost::num_vertices(graph);
    std::vector<std::size_t> distance(n);
    for (std::size_t from = 0; from < n; ++from) {
        std::fill(distance.begin(), distance.end(), 0);
        const auto record = boost::record_distances(distance.data(), boost::on_tree_edge());
        boost::breadth_first_search(graph, from, boost::visitor(boost::make_bfs_visitor(record)));
        for (std::size_t to = from + 1; to < n; ++to) {
            if (distance[to] == 0)
                continue;
            if (out.pairs_at.size() <= distance[to])
                out.pairs_at.resize(distance[to] + 1, 0);
            out.pairs_at[distance[to]] += 1;
        }
    }
}

void measure_graph(const Inside& in, bool with_betweenness, NetworkMeasures& out) {
    Graph graph(in.provider.size());
    for (std::size_t e = 0; e < in.edges.size(); ++e)
        boost::add_edge(in.edges[e].a, in.edges[e].b, e, graph);
    std::vector<int> part(in.provider.size());
    out.parts = boost::connected_components(graph, part.data());
    std::vector<std::int64_t> size(static_cast<std::size_t>(out.parts), 0);
    for (const int p : part)
        out.largest_part = std::max(out.largest_part, ++size[static_cast<std::size_t>(p)]);
    for (const std::int64_t n : size)
        out.connected_pairs += n * (n - 1) / 2;
    std::vector<std::size_t> cuts;
    boost::articulation_points(graph, std::back_inserter(cuts));
    for (const std::size_t row : cuts)
        out.articulation[in.provider[row]] = 1;
    if (with_betweenness)
        count_distances(graph, out);
    if (!with_betweenness || in.provider.size() < 3)
        return;
    std::vector<double> between(in.provider.size(), 0.0);
    boost::brandes_betweenness_centrality(
        graph, boost::make_iterator_property_map(between.begin(), get(boost::vertex_index, graph)));
    const auto others = static_cast<double>(in.provider.size() - 1);
    for (std::size_t row = 0; row < between.size(); ++row)
        out.betweenness[in.provider[row]] = between[row] / (others * (others - 1) / 2);
}

void count_kinds(const world::World& world, const Inside& in, NetworkMeasures& out) {
    std::map<std::pair<int, int>, KindTies> pairs;
    for (const Edge& e : in.edges) {
        const std::uint32_t pa = in.provider[e.a], pb = in.provider[e.b];
        const int ka = world.providers[pa].kind, kb = world.providers[pb].kind;
        KindTies& k = pairs[{std::min(ka, kb), std::max(ka, kb)}];
        k.ties += 1, k.strength += e.strength;
        out.degree[pa] += 1, out.degree[pb] += 1;
    }
    for (auto& [kinds, ties] : pairs) {
        ties.a = kinds.first, ties.b = kinds.second;
        out.by_kinds.push_back(ties);
    }
    for (const std::uint32_t p : in.provider) {
        auto& list = out.degree_of_kind[world.providers[p].kind];
        const auto d = static_cast<std::size_t>(out.degree[p]);
        if (list.size() <= d)
            list.resize(d + 1, 0);
        list[d] += 1;
    }
}

}  // namespace

std::vector<Tied> tied_inside(const world::World& world, const NetworkView& view) {
    const Inside in = inside_of(world, view);
    std::vector<Tied> out;
    for (const Edge& e : in.edges)
        out.push_back({in.provider[e.a], in.provider[e.b], e.strength});
    return out;
}

Value NetworkMeasures::fragmentation_percent() const {
    if (providers < 2)
        return {};
    return 100 * (1 - static_cast<double>(connected_pairs) / (static_cast<double>(providers) * static_cast<double>(providers - 1) / 2));
}

Value NetworkMeasures::mean_distance() const {
    double pairs = 0, ties_between = 0;
    for (std::size_t d = 1; d < pairs_at.size(); ++d)
        pairs += static_cast<double>(pairs_at[d]), ties_between += static_cast<double>(d) * static_cast<double>(pairs_at[d]);
    if (!(pairs > 0))
        return {};
    return ties_between / pairs;
}

Value NetworkMeasures::density() const {
    if (providers < 2)
        return {};
    return static_cast<double>(ties) / (static_cast<double>(providers) * static_cast<double>(providers - 1) / 2);
}

Value NetworkMeasures::mean_degree() const {
    if (providers < 1)
        return {};
    return 2 * static_cast<double>(ties) / static_cast<double>(providers);
}

NetworkMeasures network_measures(const world::World& world, const world::Catalogue& catalogue, const NetworkView& view,
                                 bool with_betweenness) {
    const Inside in = inside_of(world, view);
    NetworkMeasures out;
    out.providers = static_cast<std::int64_t>(in.provider.size());
    out.ties = static_cast<std::int64_t>(in.edges.size());
    out.degree.assign(world.providers.size(), 0);
    out.betweenness.assign(world.providers.size(), 0.0);
    out.articulation.assign(world.providers.size(), 0);
    out.degree_of_kind.resize(catalogue.kinds.size());
    measure_graph(in, with_betweenness, out);
    count_kinds(world, in, out);
    return out;
}

Value care_density(const world::Ties& ties, const std::vector<std::uint32_t>& team) {
    if (team.size() < 2)
        return {};
    double sum = 0;
    int pairs = 0;
    for (std::size_t i = 0; i < team.size(); ++i) {
        for (std::size_t j = i + 1; j < team.size(); ++j) {
            sum += std::max(ties.strength(team[i], team[j]), ties.strength(team[j], team[i]));
            ++pairs;
        }
    }
    return sum / pairs / 65535.0;
}

}  // namespace tresse::measure
