#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "tresse/build/draft.hpp"
#include "tresse/build/norms.hpp"
#include "tresse/build/parameters.hpp"
#include "tresse/model/tables.hpp"
#include "tresse/scenario/region.hpp"
#include "tresse/world/catalogue.hpp"

namespace tresse::build {

/// A sample of all persons of the pack, made by the same code as the people of an area, and what was solved on it. Every constant that needs a
/// population comes from here, so no arm ever normalises itself.
struct Reference {
    std::uint64_t seed = 0;
    BuildParameters parameters;
    std::vector<PlaceInput> strata;
    std::vector<Settlement> sample;             ///< one per stratum
    Norms norms;
    Margins margins;
    double weight = 1;                          ///< persons that each of the sample stands for
    std::array<double, regions> inhabitants{};  ///< of the pack
    /// Minutes (bed-days) of a role that a person of a sex and age asks for in a month: supply is spread over places by it. 0 where nobody asks.
    std::array<BySexBand<double>, model::limit::roles> need{};
    std::int64_t persons() const;
};

/// A cell of the prevalence table that a positive onset could not keep.
struct Repair {
    int condition = 0, sex = 0, from_age = 0, to_age = 0;
    double share_before = 0, share_after = 0;   ///< prevalence at `to_age`
    double persons = 0;                         ///< more cases in the country than the table says
};

/// National demand and supply of a role in the base year.
struct RoleBalance {
    int role = 0;
    double minutes_wanted = 0;                  ///< a month, before scaling; bed-days for houses
    double minutes_supplied = 0;                ///< a month, of filled posts
    double target_use = 0;                      ///< share of the supply
    double scale = 1;                           ///< on the minutes of its services
};

/// A step of a course that was solved: what the file says and what keeps the shares.
struct SolvedStep {
    int condition = -1;        ///< -1: a class of dependence
    int from_stage = 0;        ///< the step up leaves this stage (class); for a step down it is the one it leaves
    bool down = false;
    double declared = 0, solved = 0;  ///< a year; of dependence: factor on the worsening by age
};

/// What `complete_tables` did that a reader should know.
struct Completion {
    std::vector<Repair> repairs;
    std::vector<SolvedStep> steps;
    std::vector<RoleBalance> roles;
    std::array<double, model::limit::conditions> new_cases{};       ///< a year in the country
    std::array<double, model::limit::conditions> excess_deaths{};   ///< a year among those who have it, against those who have not
    double deaths = 0;                          ///< a year by the life table
    double unplanned_stays = 0, planned_stays = 0, condition_stays = 0;  ///< a year
    double hospital_days = 0;                   ///< a year
    std::array<BySexBand<double>, model::limit::roles> need{};      ///< for Reference::need
};

/// Makes the sample and solves the norms on it; `tables` are completed with it and their prevalence repaired on the way (twice: the second sample has
/// the repaired prevalence). Cost: about 0.3 s for 115,000 persons. Random: by (stratum, number in it).
Reference make_reference(const scenario::Region& region, const world::Catalogue& catalogue, model::Tables& tables, std::uint64_t seed,
                         Completion* completion = nullptr, const BuildParameters& parameters = {});

/// Raises the prevalence where it falls faster than deaths and remission let it. Sets norms of death and onset hazards on the way.
std::vector<Repair> repair_prevalence(model::Tables& tables, const Reference& reference, const world::Catalogue& catalogue);

/// Computes the constants of one parameter draw that need a population: norms of onset, death, stays and nursing-home entry, onset hazards,
/// utility without conditions, minutes per contact. Order: persons of the sample in their order; sums in double. Cost: below 0.1 s.
/// Formula: onset i = (dp/da + dp/dt + r p)/(1 - p) + p (m1 - m0); where that is negative, p falls no faster than deaths and remission let it.
Completion complete_tables(model::Tables& tables, const Reference& reference, const world::Catalogue& catalogue);

}  // namespace tresse::build
