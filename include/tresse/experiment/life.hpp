#pragma once

#include <cstdint>
#include <vector>

#include "tresse/experiment/find.hpp"
#include "tresse/experiment/plan.hpp"
#include "tresse/measure/life.hpp"

/// One life out of a run: its future is run again, every inhabitant with it, and one person is looked at. There is no second way of computing a person.
namespace tresse::experiment {

struct LifeQuestion {
    bool by_id = false;
    PersonId person = 0;        ///< when by_id
    Find find;                  ///< else: the first who fits, in an order keyed by `key`; without conditions anybody
    std::uint64_t key = 0;
    int replicate = 0;
    int most_followed = 64;     ///< people kept under observation; when none of them fits, the future is run once more
};

struct LifeAnswer {
    bool found = false;
    bool stopped = false;       ///< on request
    measure::Lives lives;       ///< when found
    std::int64_t fit = 0;       ///< people who fit the conditions
    std::int64_t persons = 0;   ///< alive at the policy date
    int runs = 1;               ///< how often the future was run
};

/// Runs one future of a plan again, all its arms (`plan.run_arms`, base first), and gives a person's life in each.
/// Law: the records of the arms are those of the run, bit for bit (Life::hash). Random: `key` chooses among those who fit, nothing else.
LifeAnswer live_again(const Plan& plan, const Source& source, const LifeQuestion& question, Progress& progress);

}  // namespace tresse::experiment
