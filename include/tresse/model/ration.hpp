#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "tresse/core/workers.hpp"
#include "tresse/model/stages.hpp"

/// Phase B: how far providers get. A provider publishes one cut: the key of the first line that it does not serve.
namespace tresse::model {

/// A line in a queue that binds.
struct Queued {
    std::uint32_t queue = 0;   ///< provider, or pool x roles + role
    std::uint32_t key = 0;
    std::uint32_t deci_minutes = 0;
};

/// The same line where it stands: its place among the requests of its cell.
struct Tight {
    std::uint32_t line = 0;
    std::uint32_t key = 0;
};

/// Sums by node of every cell, and the lines of the queues that bind; kept from month to month only for their memory.
struct Flow {
    std::vector<std::uint32_t> demand, emergency, late;   ///< [cell][node]
    std::vector<std::vector<Queued>> queued;              ///< per piece
    std::vector<std::vector<Tight>> tight;                ///< per cell: its lines in queues of own providers that bind
    void fit(std::size_t cells, std::size_t pieces);
};

/// The cut of one queue. Formula: lines in the order of their key are served while their sum stays within `available`; equal keys wait together.
/// Law: monotone in `available`; what is served never exceeds it; 0 available serves nobody, enough serves everybody.
/// Shape: reorders `lines`. Returns the cut and the sum served.
struct Cut {
    std::uint32_t key = world::everybody;
    std::int64_t served = 0;
};
Cut cut_of(std::span<Queued> lines, std::int64_t available);

/// Tells those whom their provider's cut turned away where they go. Shape: `lines` are those of the cell; `late` gets what desks that never refuse are asked, by node.
void redirect(Here& here, std::span<const Tight> lines, std::uint32_t* late);

/// Which nodes of a neighbourhood do not serve everybody this month. Returns whether there is any.
bool tight_nodes(const world::Neighbourhood& place, std::span<const world::BoardRow> board, std::array<std::uint8_t, nodes>& tight);

void ration_own(world::World& world, const Prepared& prepared, Month month, Workers& workers, Flow& flow);
void ration_pool(world::World& world, const Prepared& prepared, Month month, Workers& workers, Flow& flow);
/// Cuts of the actions: wishes against places.
void ration_places(world::World& world, const Policy& policy, Month month);

}  // namespace tresse::model
