#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/uncertain.hpp"
#include "tresse/model/policy.hpp"
#include "tresse/scenario/source.hpp"
#include "tresse/world/catalogue.hpp"

/// A component of integrated care as its author wrote it: actions (who does what for whom), each with levers on mechanisms. Names are resolved
/// against the catalogue when a scenario is loaded, numbers drawn when a policy is compiled.
namespace tresse::scenario {

/// What the effect rests on; decides the probability that the truth is "nothing".
enum class Evidence : std::uint8_t { pooled, single_trial, observational, assumption };

struct LeverSpec {
    model::LeverKind kind = model::LeverKind::experience;
    std::string condition;                   ///< empty = all
    Uncertain mean;                          ///< what the sources say of the mean: ratio or addition
    Uncertain drawn;                         ///< the prediction interval, with nil probability: what parameter draws use
    bool has_prediction = false;
    Evidence evidence = Evidence::assumption;
    Uncertain shrink;                        ///< factor on the log ratio or addition, 1 when trials are large
    int lag_months = 0;
    int lasts_months = 0;                    ///< 0 = while enrolled
    Uncertain decay;                         ///< loss a year after support ends, as a share
    int risk_factor = -1;                    ///< model::RiskFactor, for the mechanism risk_factor_change
    bool surrogate = false;                  ///< through a risk factor; else measured on the outcome itself
    int line = 0;
};

/// One test of a person's facts; conditions are resolved to a mask when names are known.
struct TestSpec {
    model::Test test;
    std::vector<std::string> conditions;
    std::string words;                       ///< "admissions_this_and_last_year_from 2", for `explain`
};

struct TargetSpec {
    bool at_discharge = false;
    std::vector<TestSpec> all, any;
};

/// Minutes of one role per person reached, from agendas that exist.
struct MinutesSpec {
    std::string role;
    Uncertain intake, month;                 ///< once at the start; each month enrolled
};

/// People hired for the action.
struct StaffSpec {
    bool given = false;
    std::string role;
    Uncertain minutes_intake, minutes_month, eur_per_hour;
};

/// Who is visited after a refusal.
struct OutreachSpec {
    bool given = false;
    int to_income_fifth = 5;                 ///< 1 lowest
    Uncertain accepts, eur;
};

/// The population sorted by risk.
struct StratifySpec {
    bool given = false;
    model::RiskScore score = model::RiskScore::facts;
    std::array<double, 3> tier_shares{};
    Uncertain eur_per_person_year;
    std::array<Uncertain, 6> weight;         ///< age of ten years, known condition, Katz class, stay, medicine, 10,000 EUR of last year
};

struct NotFound {
    std::string mechanism, source;
};

struct ActionSpec {
    std::string id;
    LocalText name, in_words;
    TargetSpec target;
    Uncertain accepts;                       ///< share of those invited who say yes
    Uncertain accepts_odds_lowest_income;    ///< odds of the lowest income fifth against the highest
    std::vector<MinutesSpec> needs;
    Uncertain other_eur, other_eur_month, eur_per_provider_month;
    StaffSpec staff;
    std::string service;                     ///< that is delivered each month; empty = none (an action on providers)
    int course_months = 0;                   ///< 0 = as long as the action runs
    std::vector<std::string> partners;       ///< roles that must exist in the area
    std::vector<LeverSpec> levers;
    std::vector<NotFound> not_found;
    Uncertain fidelity;                      ///< routine over trial
    Uncertain trial_share;                   ///< delivered over intended in the trials
    int dose_window_days = 0;
    OutreachSpec outreach;
    StratifySpec stratify;
    bool takes_up_record = false;            ///< what its providers take up is the shared record
    bool supports_adoption = false;
    int line = 0;
};

struct ComponentSpec {
    std::string id, file;
    LocalText name, what_we_do_not_know;
    int number = 0;
    bool of_authorities = false;
    std::vector<std::string> may_start;      ///< levels of payers.yaml
    std::vector<std::string> non_medical;    ///< roles outside medicine that deliver contacts
    LocalText no_non_medical_because;
    std::vector<ActionSpec> actions;
    std::vector<SourceUse> sources;
    std::uint64_t hash = 0;

    const ActionSpec* action(const std::string& id) const;
};

/// Reads one component file. Problems are added; null when the file is not usable at all. `catalogue` gives conditions, roles, kinds and services;
/// its actions are not read.
std::shared_ptr<const ComponentSpec> read_component(const std::string& path, const world::Catalogue& catalogue, Problems& problems);
std::shared_ptr<const ComponentSpec> read_component_text(const std::string& text, const std::string& name, const world::Catalogue& catalogue, Problems& problems);

/// Every uncertain number of an action, in the order of the file.
std::vector<const Uncertain*> uncertain_of(const ActionSpec& action);
std::vector<Uncertain*> uncertain_of(ActionSpec& action);

/// Role that a word of `needs`, `staff` or `partners_needed` means: a role, a provider kind (its role), or the profession ("home_nurse",
/// "pharmacist"); -1 when none.
int role_of_word(const world::Catalogue& catalogue, const std::string& word);

/// Probability that the truth is "nothing", by what an effect rests on (model.md 4).
double nil_probability(Evidence evidence);

/// The action for one parameter draw: target, minutes, money, levers. Reach, dates, split, index and mechanism rows are the arm's matter.
model::Action compile_action(const ActionSpec& action, const world::Catalogue& catalogue, std::uint64_t seed, int draw);

}  // namespace tresse::scenario
