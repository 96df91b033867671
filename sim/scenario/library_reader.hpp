#pragma once

#include <span>
#include <string>
#include <vector>

#include "tresse/scenario/library.hpp"

/// Parts of the library's reader that its files share.
namespace tresse::scenario {

/// How many numbers a key holds.
enum Shape : int { single = 0, by_stage = -1 };   // else: that many

/// A number of a library file: where it stands, what it may be, what it means.
struct Field {
    const char* key;          ///< dotted inside the map: "mortality.katz_ratio"
    int shape;                ///< single, by_stage, or the length of the list
    Law law;
    double low, high;         ///< bounds
    const char* unit;
    const char* meaning;
    bool needed = true;
};

/// Reads the fields of a map into `out` under `prefix` + key. A list that has another length is a problem.
void read_numbers(const Node& map, std::span<const Field> fields, std::size_t stages, const std::string& prefix, Numbers& out);

/// A list that shares one luck: every element gets the key of the list.
std::vector<Uncertain> read_list(const Node& node, double low, double high, Law law, std::size_t wanted);
Uncertain read_one(const Node& node, double low, double high, Law law);

void read_conditions(Document& file, Library& library);
void read_services(Document& file, Library& library);
void read_providers(Document& file, Library& library);
/// behaviour, population, hospital, dependence, work or coordination, by the file's kind.
void read_parameters(Document& file, const std::string& kind, Library& library);

std::span<const Field> condition_fields();
std::span<const Field> condition_stage_fields();
std::span<const Field> cause_fields();
std::span<const Field> service_fields();
std::span<const Field> kind_fields();
std::span<const Field> worker_fields();
std::span<const Field> parameter_fields(const std::string& kind);
const std::vector<std::string>& parameter_kinds();

/// References between files (services, roles, conditions, contracts), shares that add to 1, limits of the packed records.
void check_library(Library& library, Problems& problems);

}  // namespace tresse::scenario
