#pragma once

#include <cstdint>
#include <vector>

#include "tresse/measure/network.hpp"

/// Groups of providers who work with each other more than with the rest, held against the borders that were drawn for them. Pure.
namespace tresse::measure {

struct Communities {
    std::vector<int> of;        ///< by provider of the world; -1 outside
    int count = 0;
    double modularity = 0;      ///< share of strength inside communities less what chance would put there
};

/// Formula: modularity raised by moving one provider at a time and joining what belongs together, until no move helps (Louvain).
/// Order: providers ascending, of equal gains the lower community: the same ties give the same communities. Source: S-1222
Communities find_communities(const world::World& world, const NetworkView& view = {});

/// Modularity of any division. Units: at most 1. Missing: no ties.
Value modularity(const std::vector<Tied>& ties, const std::vector<int>& of);

/// Share of the strength of all ties that join two different labels. Units: %. Missing: no ties between labelled providers.
Value crossing_percent(const std::vector<Tied>& ties, const std::vector<int>& label);

/// How far two divisions of the same providers agree, beyond chance: 1 the same, 0 as by lot. Providers with a label below 0 in either do not count.
/// Formula: adjusted Rand index. Missing: fewer than two providers, or one label only in both.
Value agreement(const std::vector<int>& a, const std::vector<int>& b);

}  // namespace tresse::measure
