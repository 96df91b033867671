#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tresse/measure/life_table.hpp"
#include "tresse/world/catalogue.hpp"
#include "tresse/world/world.hpp"

/// Who can reach whom: supply shared out over those who can get to it in time. Pure.
namespace tresse::measure {

/// How much a way of so many minutes counts in a catchment: whole to ten minutes, 0.68 to twenty, 0.22 to thirty, then nothing.
/// Source: S-1221
constexpr double catchment_weight(int minutes) { return minutes <= 10 ? 1.0 : minutes <= 20 ? 0.68 : minutes <= 30 ? 0.22 : 0.0; }

/// One way from where people live to where care is given.
struct Way {
    std::uint32_t from = 0;  ///< row of the homes
    std::uint32_t to = 0;    ///< row of the suppliers
    int minutes = 0;
};

struct Access {
    std::vector<double> of_home;  ///< supply per person
    double unreached = 0;         ///< supply that nobody can get to in time
};

/// Enhanced two-step floating catchment: each supplier is divided by the people who can reach it, near ones counting more; each home adds up what it can
/// reach. Law: sum of access x people = supply - unreached. More supply never lowers the access of any home.
/// Formula: R_j = S_j / sum_i P_i w(t_ij); A_i = sum_j R_j w(t_ij). Source: S-1221
Access catchment_access(std::span<const double> supply, std::span<const double> people, std::span<const Way> ways);

/// Posts at work of a role within reach of the people of each place, by neighbourhood and its listed providers (the fifteen nearest or usual ones).
struct PlaceAccess {
    std::vector<std::int64_t> people;      ///< by place of the catalogue
    std::vector<Value> posts_per_10000;    ///< by place; missing where nobody lives
    double posts = 0, unreached = 0;       ///< of the area
    /// Value below which so large a share of the area's people live, 0-1. Missing: no people.
    Value quantile(double share) const;
    std::vector<std::pair<double, std::int64_t>> neighbourhoods;  ///< access per 10,000 and people, ascending
};
PlaceAccess access_by_place(const world::World& world, const world::Catalogue& catalogue, int role);

}  // namespace tresse::measure
