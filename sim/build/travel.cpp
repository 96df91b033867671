#include "tresse/build/travel.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <cmath>
#include <utility>

#include "tresse/core/check.hpp"

namespace tresse::build {

namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, boost::property<boost::edge_weight_t, double>>;

constexpr std::size_t none = static_cast<std::size_t>(-1);
constexpr double unreached = 1e9;

Graph graph_of(const scenario::Region& region) {
    Graph graph(region.municipalities.size());
    for (const auto& n : region.neighbours)
        boost::add_edge(static_cast<std::size_t>(n.a), static_cast<std::size_t>(n.b), n.distance_km, graph);
    return graph;
}

}  // namespace

double straight_km(double lat_a, double lon_a, double lat_b, double lon_b) {
    const double y = (lat_a - lat_b) * 111.2, x = (lon_a - lon_b) * 111.2 * 0.6340;
    return std::sqrt(x * x + y * y);
}

Travel::Travel(const scenario::Region& region, std::span<const int> from, const BuildParameters& parameters)
    : region_(region), municipalities_(static_cast<int>(region.municipalities.size())), minutes_per_km_(parameters.minutes_per_km), row_(region.municipalities.size(), none) {
    const Graph graph = graph_of(region);
    const auto n = static_cast<std::size_t>(municipalities_);
    km_.reserve(from.size() * n);
    std::vector<double> distance(n);
    for (const int m : from) {
        auto& row = row_[static_cast<std::size_t>(m)];
        TRESSE_CHECK(row == none, "a municipality is asked for once");
        row = km_.size() / n;
        boost::dijkstra_shortest_paths(graph, static_cast<std::size_t>(m), boost::distance_map(distance.data()).distance_inf(unreached));
        const auto& a = region.municipalities[static_cast<std::size_t>(m)];
        std::vector<std::pair<double, int>> order;
        for (std::size_t to = 0; to < n; ++to) {
            const auto& b = region.municipalities[to];
            const double km = distance[to] < unreached ? distance[to] : 1.3 * straight_km(a.lat, a.lon, b.lat, b.lon);
            km_.push_back(km);
            order.emplace_back(km, static_cast<int>(to));
        }
        std::sort(order.begin(), order.end());
        for (const auto& [km, to] : order)
            order_.push_back(to);
    }
}

std::span<const int> Travel::nearest(int from) const {
    const std::size_t row = row_[static_cast<std::size_t>(from)];
    TRESSE_CHECK(row != none, "ways are known from the municipalities that were asked for");
    return {order_.data() + row * static_cast<std::size_t>(municipalities_), static_cast<std::size_t>(municipalities_)};
}

double Travel::km(const Point& from, const Point& to) const {
    const double straight = straight_km(from.lat, from.lon, to.lat, to.lon);
    if (from.municipality == to.municipality)
        return straight;
    const auto& a = region_.municipalities[static_cast<std::size_t>(from.municipality)];
    const auto& b = region_.municipalities[static_cast<std::size_t>(to.municipality)];
    const double middles = straight_km(a.lat, a.lon, b.lat, b.lon);
    const double longer = middles > 0.1 ? path_km(from.municipality, to.municipality) / middles : 1.0;
    return straight * std::clamp(longer, 1.0, 2.0);
}

}  // namespace tresse::build
