#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "tresse/lesson/facts.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/store/run_folder.hpp"
#include "tresse/world/world.hpp"

namespace tresse::app {

/// Follows the dearest twentieth of the first policy year of every future into the second. It keeps ids while the run lasts and writes sums
/// only. Areas of more than 300,000 simulated persons are left out: what it needs grows with them.
class DearestWatch {
public:
    explicit DearestWatch(const scenario::Scenario& scenario) : scenario_(scenario) {}
    /// After a month of the policy period.
    void month(const world::World& world, Month month, int arm, int replicate);
    /// Table `dearest`. Rows of pieces that an earlier sitting wrote stay.
    void write(store::RunFolder& folder) const;

private:
    struct Person {
        std::uint64_t id = 0;
        std::uint32_t cents = 0;
    };
    struct Sums {
        std::int64_t persons = 0, first_cents = 0, next_cents = 0;
    };
    static std::vector<Person> persons_of(const world::World& world);

    const scenario::Scenario& scenario_;
    std::mutex one_;
    std::map<std::pair<int, int>, std::vector<Person>> picked_;  ///< by (replicate, arm); ordered by id
    std::map<std::pair<int, int>, Sums> sums_;
};

/// The rows of the table `dearest` of a run.
std::vector<lesson::Dearest> read_dearest(const store::RunFolder& folder);

}  // namespace tresse::app
