#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/month.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/uncertain.hpp"
#include "tresse/funding/rule.hpp"
#include "tresse/model/rules.hpp"
#include "tresse/scenario/funding_file.hpp"
#include "tresse/scenario/library.hpp"
#include "tresse/scenario/payers.hpp"
#include "tresse/scenario/region.hpp"
#include "tresse/world/catalogue.hpp"

namespace tresse::scenario {

/// An arm as written: what differs from the base (arm.hpp). Compiled per parameter draw by `compile_policy`.
struct ArmSpec;

/// The arm's means in words and numbers, before any simulation: for the table's heading and for `explain`.
struct Arm {
    std::string id;
    LocalText label;
    std::shared_ptr<const ArmSpec> spec;
};

/// Below it chance is larger than any effect that a policy is likely to have. Units: inhabitants. Source: A-1300.
inline constexpr int too_few_for_policy = 10000;

/// A checked scenario; every default written out. Immutable.
struct Scenario {
    std::string id;
    std::string file;
    LocalText title, question, would_change_the_answer;
    Area area;
    Month start;                             ///< policy date
    int settling_months = 36, policy_months = 120;
    int euros_of = 2025;
    Month rules_as_of;
    int replicates = 12;
    std::uint64_t seed = 2026;
    int sample = 1;                          ///< 1/k of the households
    bool draw_parameters = true;             ///< each replicate its own draw of the uncertain numbers
    bool numbers_moved = false;              ///< values are not the central ones of the files (`with_numbers`)
    std::string base;                        ///< id of the base arm
    std::vector<Arm> arms;                   ///< in file order; the base is one of them
    std::shared_ptr<const Library> library;
    std::shared_ptr<const Region> region;
    std::shared_ptr<const Payers> payers;
    std::shared_ptr<const FundingRules> rules;           ///< of the library and the author's own, whether used or not
    std::shared_ptr<const SourceRegister> sources;
    std::shared_ptr<const world::Catalogue> catalogue;   ///< of all arms together
    std::string resolved;                    ///< the whole scenario as YAML with every default
    /// The author's own files as the resolved scenario names them ("own/<file>") and their text: beside it they make it whole.
    std::vector<std::pair<std::string, std::string>> own_files;
    std::uint64_t hash = 0;                  ///< of all inputs: scenario, library, region pack
    std::vector<Problem> notes;              ///< remarks that do not make the file invalid

    Month end() const { return start + (policy_months - 1); }
    int base_index() const;
    bool too_small_for_policy() const { return inhabitants_of(*region, area) < too_few_for_policy; }
    /// All uncertain numbers in it (library, the arms' actions, the rules of the arms), each key once, in a fixed order.
    std::vector<const Uncertain*> uncertain() const;
};

/// What the command line may change: KEY=VALUE pairs and the common options.
struct Overrides {
    std::vector<std::pair<std::string, std::string>> set;
    int replicates = 0, months = 0, sample = 0;
    bool has_seed = false;
    std::uint64_t seed = 0;
    std::string area;
};

/// The k of a share of households written as k, "1/k" or 1/k as a decimal; false when it is none of them.
bool parse_sample(std::string_view text, int& k);

/// Ids of the scenarios that are shipped, sorted.
std::vector<std::string> shipped_scenarios(const std::string& home);

/// Loads and checks a scenario with its library and region pack. `name` is a path or the id of a shipped file; `home` is the folder that holds
/// `scenarios/`. Throws: BadInput with all problems of all files.
Scenario load_scenario(const std::string& name, const std::string& home, const Overrides& overrides = {});

/// Numbers of one parameter draw (0 = central values). Constants that need a population are left for `build`.
model::Tables compile_tables(const Scenario& scenario, int draw);

/// Actions, contracts and capacities of an arm for one draw. `draw` as in compile_tables.
model::Policy compile_policy(const Scenario& scenario, int arm, int draw);

/// The funding rules of an arm, as `funding::compile` asks for them. The scenario must live as long as the result is used.
funding::CompileInput tariff_input(const Scenario& scenario, int arm, int draw, const funding::Competence& competence);

/// Money tables of an arm, one per tariff year from `first_year` to `last_year`, for one draw.
std::vector<funding::Tariffs> compile_tariffs(const Scenario& scenario, int arm, int draw, int first_year, int last_year);

}  // namespace tresse::scenario
