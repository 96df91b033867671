#pragma once

#include <string>
#include <vector>

#include "tresse/store/table.hpp"
#include "tresse/world/catalogue.hpp"
#include "tresse/world/world.hpp"

namespace tresse::app {

/// Waiting by place, summed over the months of a future.
struct PlaceWait {
    std::int64_t gp_days = 0, gp_served = 0, specialist_days = 0, specialist_served = 0;
    std::int64_t waiting = 0, person_months = 0;  ///< requests that wait as a month ends
};
/// Adds a month: what the pieces of each place counted. Shape: by place of the catalogue.
void add_waiting(const world::World& world, const world::Catalogue& catalogue, std::vector<PlaceWait>& sum);

/// Columns of the table `network`: arm, municipality (empty: the area), measure, value.
store::Table network_table();
/// Rows of one arm as its first future ends: supply within reach, care teams, ties, communities, waiting.
std::vector<std::vector<std::string>> network_rows(const std::string& arm, const world::World& world, const world::Catalogue& catalogue, const std::vector<PlaceWait>& waiting);

/// A value of the table; not a number when there is none. `municipality` 0: the area.
class NetworkValues {
public:
    explicit NetworkValues(store::Table table) : table_(std::move(table)) {}
    double operator()(const std::string& arm, int municipality, const std::string& measure) const;
    bool empty() const { return table_.rows.empty(); }
    const store::Table& table() const { return table_; }

private:
    store::Table table_;
};

}  // namespace tresse::app
