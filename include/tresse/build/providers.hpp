#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "tresse/build/norms.hpp"
#include "tresse/build/parameters.hpp"
#include "tresse/build/travel.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/model/tables.hpp"
#include "tresse/scenario/region.hpp"
#include "tresse/world/catalogue.hpp"
#include "tresse/world/world.hpp"

namespace tresse::build {

/// What providers are placed from.
struct SupplyPlan {
    const scenario::Region& region;
    const world::Catalogue& catalogue;
    const model::ProviderTables& tables;
    const LivingNorms& living;
    const BuildParameters& parameters;
    const std::array<BySexBand<double>, model::limit::roles>& need;  ///< Reference::need
    std::span<const int> municipalities;      ///< of the area, as rows of the pack; in the order of the catalogue's places
    std::uint64_t seed = 1;
    int sample = 1;                           ///< posts and providers are divided by it, see `kept_of_sketch`
};

/// How providers serve the area.
struct Placement {
    double outside_share = 0;                 ///< of the residents' hospital demand that goes outside the area
    double resident_share = 1;                ///< of the demand at hospitals inside that comes from residents
    /// Share of a neighbourhood's people who have the provider of a rank, at [neighbourhood][team slot][rank]; adds to 1 over ranks, or is 0.
    std::vector<std::array<std::array<float, world::limit::ranks>, world::limit::team_slots>> share;
    std::vector<float> way;                   ///< by provider: a way to it is this part of the way to its place; 1 without a sample
    std::vector<int> part;                    ///< of each place (parts_of)
    std::vector<double> pull;                 ///< of each provider that is part of a hospital: what draws people to it beside nearness; 0 for others
    std::vector<std::int32_t> persons, patients;  ///< of each neighbourhood: all; with a chronic condition
};

/// Providers that a sketch on 1/sample of the households keeps of `number`: a practice keeps its size and its crowd of patients, so that chance fills
/// it no more often than in the whole; it stands for several places. Formula: max(min(number, 8), number / sample). Source: A-1361.
double kept_of_sketch(double number, int sample);

/// Share of a kind's staff that is burnt out at its target use. Formula: hazard / (hazard + recovery); 0 for kinds that are not counted as workers.
double burnt_out_share(const model::ProviderTables& tables, const model::KindTable& kind);

/// Providers of the area into `world.providers`, the lists of each neighbourhood (nearest or usual, by role and rank), an empty board.
/// Formula: posts of a kind = rate of the region x inhabitants weighed by what their sex and age ask of the role (mean 1 in the region), spread over
/// municipalities with a keyed density (spread 0.10, sum kept), over providers of the typical size; parts of the area that do not reach each other
/// (parts_of) have each their own. Hospitals stand at their real sites and have of each place's beds and posts what its people ask of them
/// (hospital_flows). Hospitals outside that residents use are there with the part that residents use, constant in all arms.
/// Random: purpose placement, by (kind, number) and (municipality, kind).
/// Requires: cells and neighbourhoods are there.
Placement place_providers(world::World& world, const SupplyPlan& plan);

/// Fills the teams: own provider of each team slot, by distance and size, so that panels follow posts; counts panels. 2-23 % have no GP, by age; their
/// global record goes. Residents of nursing homes get a home with a free bed. Patients of a medical house get the flag. Years with the GP are drawn.
/// Random: purpose placement, by person and by household.
void choose_teams(world::World& world, const SupplyPlan& plan, const Placement& placement, Workers& workers);

/// The lists of each neighbourhood: ranks 1..15 by size and distance, departments after their house; and who takes how many (part of place_providers).
void list_providers(world::World& world, const SupplyPlan& plan, Placement& placement);

}  // namespace tresse::build
