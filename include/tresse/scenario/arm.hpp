#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/month.hpp"
#include "tresse/funding/compile.hpp"
#include "tresse/funding/rule.hpp"
#include "tresse/model/policy.hpp"
#include "tresse/scenario/component.hpp"

/// One arm of a scenario as written: what differs from the base, with every default filled in.
namespace tresse::scenario {

inline constexpr Month never_ends = Month::of(2200, 12);

/// A kind of body that an arm can set up (organisations.yaml).
struct OrganisationKind {
    std::string id;
    LocalText name, in_words;
    bool supports_adoption = false;
    int full_after_months = 1;               ///< until it works at full strength
    Uncertain adoption_ratio;                ///< at full strength, on the pace at which providers take up
    Uncertain eur_per_post;                  ///< a year of integration management
    std::vector<std::string> partners;       ///< roles that sit in it
    std::vector<std::string> missions;       ///< components that are its task
};

struct ArmGrant {
    int purpose = 0;                         ///< 0 coordination, 1 actions
    double eur_per_year = 0;                 ///< of the whole body, not indexed
    double eur_per_inhabitant = 0;           ///< as written, when it was given per inhabitant of the area; 0 = it was not
    int first_year = 1, last_year = 100;     ///< years of the body, counted from 1
    std::string payer, source;
};

struct ArmOrganisation {
    bool given = false;
    std::string use;
    LocalText name;
    bool supports_adoption = false;
    OrganisationKind kind;
    Month start, end = never_ends;
    std::vector<ArmGrant> grants;

    /// Euros a year for a purpose in a year of the body (from 1).
    double eur(int purpose, int year) const;
};

struct ComponentUse {
    std::string use;                         ///< component/action
    std::shared_ptr<const ComponentSpec> component;
    ActionSpec action;                       ///< with the arm's own values of its numbers
    model::Reach reach = model::Reach::persons;
    double reach_value = 0;                  ///< persons, persons a year, share of the target, of the providers or of the action money
    double per_1000 = 0;                     ///< as written, when the reach was given per 1,000 inhabitants of the area; 0 = it was not
    Month start, end = never_ends;
    int full_after_months = 1;
    double zones_per_year = 0;               ///< 0 = everywhere at once
    std::string entity;                      ///< federated body in whose territory it runs; empty = all (written under `per_entity`)
    funding::SplitSpec paid_by;              ///< empty = the organisation's money for actions
};

struct FundingUse {
    std::string use;
    Month start, end = never_ends;
    bool shifts_practices = false;           ///< the rule has a contract of its own, and a share of the practices takes it
    double share_of_practices = 0;
    int full_after_months = 1;
    bool is_savings = false;
    double share = 0.5, outliers_above_percentile = 99, reinvested = 1;
    std::vector<std::string> reinvest_in;    ///< components
};

struct CapacityUse {
    std::string role;
    double ratio = 1;
    bool unlimited = false;
    Month start;
};

struct HazardUse {
    model::LeverKind kind = model::LeverKind::onset;
    std::string condition;                   ///< empty = all
    double ratio = 1;
    Month start;
};

struct ArmSpec {
    std::string id;
    LocalText label;
    ArmOrganisation organisation;
    std::vector<ComponentUse> components;
    std::vector<FundingUse> funding;
    std::vector<CapacityUse> capacities;
    std::vector<HazardUse> hazards;
    std::vector<std::pair<std::string, double>> parameters;  ///< key of a number of this arm's actions, and its value
    int line = 0;

    /// Nothing differs from the rules of the start.
    bool adds_nothing() const { return !organisation.given && components.empty() && funding.empty() && capacities.empty() && hazards.empty(); }
};

}  // namespace tresse::scenario
