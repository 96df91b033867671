#pragma once

#include <cstdint>
#include <vector>

#include "tresse/measure/life_table.hpp"
#include "tresse/world/catalogue.hpp"
#include "tresse/world/world.hpp"

/// Who works with whom: measures of the ties between providers. Pure.
namespace tresse::measure {

/// Which ties count: those at least so strong; providers outside the area are left out with their ties.
/// Order: a tie that only one side lists counts as a tie of both, with the greater strength.
struct NetworkView {
    std::uint16_t weakest = 1;  ///< 0-65535
};

/// A tie between two providers of the world, a < b.
struct Tied {
    std::uint32_t a = 0, b = 0;
    std::uint16_t strength = 0;
};
/// The ties that a view counts, each once. Order: by a, then b.
std::vector<Tied> tied_inside(const world::World& world, const NetworkView& view = {});

/// Ties between two kinds of providers.
struct KindTies {
    int a = 0, b = 0;  ///< provider kinds of the catalogue, a <= b
    std::int64_t ties = 0;
    std::int64_t strength = 0;  ///< sum, 0-65535 a tie
};

struct NetworkMeasures {
    std::int64_t providers = 0, ties = 0;
    int parts = 0;                     ///< connected parts, lone providers included
    std::int64_t largest_part = 0;     ///< providers in the largest part
    std::vector<std::int32_t> degree;  ///< by provider of the world; 0 outside
    /// Shortest ways between two others that pass here, as a share of all pairs of others. By provider; 0 outside.
    std::vector<double> betweenness;
    std::vector<std::uint8_t> articulation;  ///< by provider: without it a part would fall apart
    std::vector<KindTies> by_kinds;          ///< pairs that have ties, ascending
    /// [kind][degree], providers of the kind with so many ties.
    std::vector<std::vector<std::int64_t>> degree_of_kind;

    /// [ways], pairs of providers who are so many ties apart on the shortest way; 0 is unused. Empty without betweenness.
    std::vector<std::int64_t> pairs_at;
    std::int64_t connected_pairs = 0;

    /// Share of pairs of providers between whom there is no way at all. Units: %. Missing: fewer than two providers.
    Value fragmentation_percent() const;
    /// Ties on the shortest way, mean over pairs that have one. Missing: none, or not asked for.
    Value mean_distance() const;
    /// Share of possible ties that exist. Missing: fewer than two providers.
    Value density() const;
    /// Missing: no providers.
    Value mean_degree() const;
};

/// Cost: betweenness and distances are providers x ties (Brandes): below a second for an area, minutes for the country: switch them off.
/// Formula: ways are counted in ties, not in strength.
NetworkMeasures network_measures(const world::World& world, const world::Catalogue& catalogue,
                                 const NetworkView& view = {}, bool with_betweenness = true);

/// Mean strength between the members of a team, missing ties counted as 0: the care density of a patient's team.
/// Units: 0-1. Missing: fewer than two members.
Value care_density(const world::Ties& ties, const std::vector<std::uint32_t>& team);

}  // namespace tresse::measure
