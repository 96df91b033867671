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
/// only. How many lives
/// differ at all from the base is counted when arms end. Areas of more than 30,000 simulated persons are left out: what it needs grows with them.
class DearestWatch {
public:
    explicit DearestWatch(const scenario::Scenario& scenario) : scenario_(scenario) {}
    /// After a month of the policy period.
    void month(const world::World& world, Month month, int arm, int replicate);
    /// When an arm ends: what every person who began in it cost since the policy date.
    void at_end(const world::World& world, int arm, int replicate);
    /// Tables `dearest` and `lives`. Rows of pieces that an earlier sitting wrote stay.
    void write(store::RunFolder& folder) const;

private:
    struct Person {
        std::uint64_t id = 0;
        std::uint32_t cents = 0;
    };
    struct Sums {
        std::int64_t persons = 0, first_cents = 0, next_cents = 0;
    };
    struct Lives {
        std::int64_t persons = 0, same = 0, dearer = 0, cheaper = 0, one_arm = 0;
    };
    static std::vector<Person> persons_of(const world::World& world);
    static Lives compared(const std::vector<Person>& base, const std::vector<Person>& arm);
    void write_lives(store::RunFolder& folder) const;

    const scenario::Scenario& scenario_;
    std::mutex one_;
    std::map<std::pair<int, int>, std::vector<Person>> picked_;  ///< by (replicate, arm); ordered by id
    std::map<std::pair<int, int>, Sums> sums_;
    std::map<std::pair<int, int>, std::vector<Person>> ends_;  ///< by (replicate, arm); cents hold EUR of a life; ordered by id
};

/// The rows of the tables of a run.
std::vector<lesson::Dearest> read_dearest(const store::RunFolder& folder);
std::vector<lesson::Lives> read_lives(const store::RunFolder& folder);

}  // namespace tresse::app
