#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tresse/experiment/plan.hpp"

namespace tresse::experiment {

/// One future of one arm that is finished, now or in an earlier run.
struct Piece {
    int arm = 0, replicate = 0;
    std::uint64_t hash = 0;  ///< of its record
};

/// What a run did.
struct RunReport {
    std::vector<Piece> pieces;   ///< all that are finished, by (replicate, arm)
    int wanted = 0;              ///< pieces of the plan
    int kept = 0;                ///< were there already
    bool stopped = false;        ///< the plan is not finished; run again with the same sink to go on
    bool by_replicate = false;   ///< replicates side by side, else cells side by side
    bool history_again = false;  ///< memory for one world only: the settling was run again for every arm
    int workers = 1;
    std::int64_t months = 0;      ///< simulated, settling included
    std::size_t world_bytes = 0;  ///< of one world at the start
    std::uint64_t hash = 0;       ///< of the result; same for the same plan and inputs whatever the machine

    bool complete() const { return static_cast<int>(pieces.size()) == wanted; }
};

/// For each replicate: settling under the rules of the base arm without its actions, then one fork per arm, month after
/// month.
/// Random: luck by (seed, replicate); parameters by the draw's number. All arms of a replicate share both.
/// Order: replicates run side by side where there are enough of them and memory allows, else the cells of one world do;
/// never both. The results are the same.
/// Throws: MachineRefused when memory_bytes does not hold one world.
RunReport run(const Plan& plan, const Source& source, Sink& sink, Progress& progress, Probe* probe = nullptr);

/// Formula: hash over (id of the arm, replicate, hash of the record), in the order of (replicate, arm).
std::uint64_t result_hash(const Plan& plan, std::span<const Piece> pieces);

}  // namespace tresse::experiment
