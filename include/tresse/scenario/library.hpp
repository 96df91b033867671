#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/uncertain.hpp"
#include "tresse/scenario/reader.hpp"
#include "tresse/model/tables_risk.hpp"
#include "tresse/world/catalogue.hpp"

/// The library: conditions, services, kinds of providers and the numbers of the stages, as read from scenarios/library/*.yaml. Every number keeps
/// its range, its source and the key of its draw, so that all can be listed and drawn.
namespace tresse::scenario {

/// Numbers by key, in file order. A list shares one luck: its elements have the same key of draws, so a parameter draw moves them together.
class Numbers {
public:
    struct Entry {
        std::string key;
        std::vector<Uncertain> values;
    };
    void add(std::string key, std::vector<Uncertain> values);
    bool has(std::string_view key) const;
    /// Requires: `has(key)`; `one` a single value.
    const std::vector<Uncertain>& list(std::string_view key) const;
    const Uncertain& one(std::string_view key) const;
    const std::vector<Entry>& all() const { return entries_; }

private:
    std::vector<Entry> entries_;
};

/// The hazard of onset of `of` is multiplied by `ratio` in those who have something; names of conditions, or one of the four risk factors.
struct OnsetRatio {
    std::string of;
    Uncertain ratio;
};

/// Planned contacts of a diagnosed patient with one service. Units a person and year by stage.
struct PlannedCare {
    std::string service;
    std::vector<Uncertain> per_year;
    bool all_received = false;        ///< real use, not a schedule: the received share is not applied
    double lines_per_year = 0;        ///< 0 = the service's own series; else so many lines, with the units spread over them
};

struct ConditionSpec {
    std::string id;
    LocalText name;
    std::vector<world::Stage> stages;
    bool counts_diagnosed = false;    ///< the prevalence table counts known cases only
    int always_from_stage = 0;        ///< stages from here on are always known; 0 = none
    double remission_from = 0, remission_to = 200;
    /// "diagnosed.share", "income_onset_ratio_q1_q5", ... ; by stage "by_stage.share", "by_stage.progression", ...; "cause.days", ...; "prevalence.women"
    Numbers numbers;
    bool has_cause = false;
    world::Cause cause;
    std::vector<OnsetRatio> raises, raised_by;
    model::RiskEngine engine = model::RiskEngine::none;          ///< published equation that shapes onset
    std::vector<model::RiskEngine> progression_engine;           ///< by stage; empty = none
    std::vector<PlannedCare> planned;
    std::string file;
    int line = 0;
};

struct ServiceSpec {
    world::Service service;           ///< role filled in when the library is complete
    std::string role;
    int series = 1;                   ///< units on one line
    double overlap = -1;              ///< -1 = the common rule
    bool has_baseline = false;
    Numbers numbers;                  ///< minutes, elasticity, discretionary, season, baseline.women, baseline.men, baseline.residents, baseline.level, baseline.again
    std::string file;
    int line = 0;
};

struct KindSpec {
    world::ProviderKind kind;         ///< role and contract filled in when the library is complete
    std::string role, contract;
    bool workers = true;              ///< counted in the scores of care workers
    Numbers numbers;
    std::string file;
    int line = 0;
};

struct Library {
    std::vector<ConditionSpec> conditions;
    std::vector<world::Role> roles;
    std::vector<ServiceSpec> services;
    std::vector<KindSpec> kinds;
    std::vector<std::string> contracts;
    std::vector<PlannedCare> dependence_care;     ///< units a year at Katz A, B, C
    std::vector<world::Cause> other_causes;       ///< unplanned first, planned second
    std::vector<OnsetRatio> travel_decay;         ///< by role
    std::array<std::string, 3> named_services;    ///< of exacerbations, emergencies, out of hours
    std::array<std::string, 4> nursing_services;  ///< daily care by Katz class
    Numbers parameters;                           ///< "<file>.<key>": "hospital.stays.per_1000", "work.sick_start" ...
    std::vector<SourceUse> sources;               ///< every id used, for the check against the register
    std::uint64_t hash = 0;                       ///< of all bytes read

    /// Index by id, or -1.
    int condition(std::string_view id) const;
    int role(std::string_view id) const;
    int service(std::string_view id) const;
    int contract(std::string_view id) const;

    /// All numbers, in a fixed order: conditions, services, dependence, kinds, parameters.
    std::vector<const Uncertain*> uncertain() const;
};

/// Reads a library folder: conditions.yaml and every conditions-*.yaml beside it, services, providers, behaviour, population, hospital, dependence,
/// work and coordination. All problems of all files are added; the library is complete when none was.
Library load_library(const std::string& folder, Problems& problems);

/// Adds the conditions of one more text (a file of kind `conditions`) and checks the whole again.
void add_conditions(Library& library, std::string_view text, const std::string& name, Problems& problems);

/// Conditions, roles, services, kinds, causes and contracts of the catalogue, in the order of the library.
void fill_catalogue(const Library& library, world::Catalogue& catalogue);

/// Keys of the library files as the loader knows them.
std::vector<KeyDoc> library_keys();

}  // namespace tresse::scenario
