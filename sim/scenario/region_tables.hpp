#pragma once

#include "tresse/core/csv.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/scenario/region.hpp"

/// One reader per table of a region pack. Each adds its problems and fills what it can.
namespace tresse::scenario {

void read_places(const CsvTable& table, Region& region, Problems& problems);
void read_population(const CsvTable& table, Region& region, Problems& problems);
void read_zones(const CsvTable& table, Region& region, Problems& problems);
void read_neighbours(const CsvTable& table, Region& region, Problems& problems);
void read_hospital_sites(const CsvTable& table, Region& region, Problems& problems);
void read_life_table(const CsvTable& table, Region& region, Problems& problems);
void read_prevalence(const CsvTable& table, Region& region, Problems& problems);
void read_fertility(const CsvTable& table, Region& region, Problems& problems);
void read_utility(const CsvTable& table, Region& region, Problems& problems);
void read_indices(const CsvTable& table, Region& region, Problems& problems);
/// Any other table: kept as text; columns named `share` are shares, and the parts of education and employment add to 1.
void read_named(const std::string& name, const CsvTable& table, Region& region, Problems& problems);

}  // namespace tresse::scenario
