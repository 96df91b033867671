#pragma once

#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "tresse/experiment/plan.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/store/run_folder.hpp"

#include "dearest.hpp"
#include "network_tables.hpp"

namespace tresse::app {

/// What the pictures need beside the yearly records: the course by month, and the providers with their ties when the
/// first future of an arm ends. Sums over the area and rows per provider; never persons. It changes no result.
class Watch : public experiment::Probe {
public:
    /// `next` is asked as well; may be null.
    Watch(const scenario::Scenario& scenario, experiment::Probe* next) : scenario_(scenario), next_(next), dearest_(scenario) {}

    void month(const world::World& world, Month month, int arm, int replicate) override;
    void at_end(const world::World& world, int arm, int replicate) override;

    /// Tables `months`, `providers`, `ties`, `dearest` and `network` (also as CSV). Rows of pieces that an earlier sitting wrote stay.
    void write(store::RunFolder& folder) const;

private:
    using Rows = std::vector<std::vector<std::string>>;
    void write(store::RunFolder& folder, store::Table table, const std::map<std::pair<int, int>, Rows>& pieces,
               bool as_csv = false) const;

    const scenario::Scenario& scenario_;
    experiment::Probe* next_;
    DearestWatch dearest_;
    std::mutex one_;
    std::map<std::pair<int, int>, Rows> months_, providers_, ties_, network_;  ///< by (replicate, arm)
    std::map<int, std::vector<PlaceWait>> waiting_;  ///< of the first future, by arm
};

}  // namespace tresse::app
