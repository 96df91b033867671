#pragma once

#include <span>
#include <vector>

#include "tresse/build/parameters.hpp"
#include "tresse/scenario/region.hpp"

namespace tresse::build {

/// A point with the municipality of the pack in which it lies.
struct Point {
    int municipality = 0;
    double lat = 0, lon = 0;
};

/// Straight distance in km on a plane at 50.6 degrees north. Cost: two multiplications and a root.
double straight_km(double lat_a, double lon_a, double lat_b, double lon_b);

/// Ways between municipalities of a pack.
class Travel {
public:
    /// Shortest paths over the graph of neighbours from each of `from`. Missing: a municipality that no path reaches is 1.3 times its straight distance away.
    Travel(const scenario::Region& region, std::span<const int> from, const BuildParameters& parameters);

    /// Length of the shortest path between the middles of two municipalities; `from` is one of those given.
    double path_km(int from, int to) const { return km_[row_[static_cast<std::size_t>(from)] * static_cast<std::size_t>(municipalities_) + static_cast<std::size_t>(to)]; }
    /// Municipalities from the nearest to the farthest, itself first.
    std::span<const int> nearest(int from) const;
    /// Km between two points: the straight distance, longer by as much as the path between their municipalities is longer than straight.
    double km(const Point& from, const Point& to) const;
    double minutes(double km) const { return km * minutes_per_km_; }

private:
    const scenario::Region& region_;
    int municipalities_;
    double minutes_per_km_;
    std::vector<std::size_t> row_;   ///< row of a municipality in km_; those not asked for have none
    std::vector<double> km_;
    std::vector<int> order_;
};

}  // namespace tresse::build
