#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/month.hpp"
#include "tresse/core/uncertain.hpp"
#include "tresse/funding/state.hpp"
#include "tresse/funding/tariff.hpp"

/// A funding rule as its author wrote it, checked: who pays whom, for what unit, how much, and what the patient pays. `compile` turns rules into tables.
namespace tresse::funding {

/// What a payment is counted in.
enum class Unit : std::uint8_t { contact, person_month, person_quarter, person_year, practice_year, organisation_year, day, stay, episode, population_year, indicator_point, count };
std::string_view unit_word(Unit unit);
/// All unit words, in the order of the enum.
std::vector<std::string> unit_words();
/// Months of a person unit (1, 3, 12), else 0.
int unit_months(Unit unit);

/// Words of care trajectories, in the order of their bits in Facts::trajectories.
std::vector<std::string> trajectory_words();

/// A test over a person's facts: every part that is asked must hold. A flag of -1 is not asked.
struct When {
    int age_from = 0, age_to = 200;         ///< years, both included
    std::int8_t increased_reimbursement = -1, global_record = -1, medical_house = -1, chronic_status = -1, nursing_home = -1;
    int trajectories = 0;                   ///< any of these bits; 0 = not asked
    int dependence_from = 0, dependence_to = 3;
    int regions = 7;                        ///< bits: 1 Flanders, 2 Brussels, 4 Wallonia
    std::uint32_t conditions = 0;           ///< any of these diagnosed; 0 = not asked
    StateWhen state;                        ///< only in `who` of payments per person and period

    /// By the facts of prices alone; `state` is tested when the payment is made.
    bool holds(const Facts& facts) const;
    bool always() const;
};

/// Of which year the euros are, and by which index they move to another.
struct MoneyYear {
    int year = 0;
    std::string index;                      ///< id of an index of the region pack; "none" = never indexed
};

struct Case {
    When when;
    Uncertain eur;
};

/// Ages from..to and their amount, [0] ordinary, [1] increased reimbursement.
struct AgeBand {
    int from_age = 0, to_age = 0;
    std::array<Uncertain, 2> eur;
};

/// An amount (EUR or a share of one): by age bands when there are any (ages outside get nothing), else the first case that holds, else `plain`.
struct Amount {
    Uncertain plain;
    std::vector<Case> cases;
    std::vector<AgeBand> bands;
    bool given = false;

    /// The number that stands for a person; nullptr when no band has the age.
    const Uncertain* of(const Facts& facts) const;
};

enum class ShareKind : std::uint8_t {
    none,          ///< the patient pays nothing
    eur,           ///< a sum a unit
    share_of_eur,  ///< a part of the amount, 0 to 1
    as_rule,       ///< what the patient pays under another rule for the same service
};

struct PatientShare {
    ShareKind kind = ShareKind::none;
    Amount amount;
    std::vector<When> waived;               ///< nothing is due when one of these holds
    std::string as_rule;
    std::string source;                     ///< of `as_rule`
    MoneyYear money;
    bool counts_for_ceiling = true;         ///< false: outside the maximum billing, booked as extra
    int line = 0;
};

/// A budget that is shared by points: `fixed_share` in twelfths, the rest as an advance a point, made whole at the year's end.
struct ClosedBudgetSpec {
    bool given = false;
    Amount eur_per_person;                  ///< a year, of the inhabitants; by age
    Uncertain fixed_share;
};

/// A yearly premium in proportion to the smaller of two ratios to a known point.
struct StepsSpec {
    bool given = false;
    double records = 0, nurse_hours = 0;    ///< the known point
    Uncertain eur;
};

struct GrantSpec {
    bool given = false;
    int purpose = 0;                        ///< 0 coordination, 1 actions
    int first_year = 1, last_year = 1;      ///< years of the organisation, counted from 1
};

struct SavingsSpec {
    bool given = false;
    double share = 0, outliers_above_percentile = 99, reinvested = 1;
    Uncertain trend_per_year;
};

enum class BenefitKind : std::uint8_t { none, primary_incapacity, invalidity };

struct IncomeBand {
    double from_eur = 0;                    ///< yearly net taxable income of the household
    Uncertain ceiling;
};

struct CeilingSpec {
    bool given = false;
    std::vector<IncomeBand> bands;
    Uncertain increased_reimbursement, chronic_reduction;
};

/// Shares of the public part by account id; `competent_federated` lets the place decide.
using SplitSpec = std::vector<std::pair<std::string, double>>;

struct Pay {
    std::string id;
    Unit unit = Unit::contact;
    std::vector<std::string> services;      ///< those it prices; a person unit may book under one
    When who;
    Amount eur, extra;                      ///< received in all but for `extra`, which the household pays beside it
    PatientShare share;
    SplitSpec split;
    std::string matter;                     ///< of the competent federated body; empty = person matters
    std::string payee;                      ///< provider kind, "organisation" or "household"
    std::vector<std::string> gates;         ///< indicators of the rule that must hold
    MoneyYear money;
    int paid_every_months = 0;              ///< of person units
    ClosedBudgetSpec closed;
    StepsSpec steps;
    GrantSpec grant;
    SavingsSpec savings;
    BenefitKind benefit = BenefitKind::none;
    CeilingSpec ceiling;
    int line = 0;
};

/// A share of contacts that must not be passed; what follows is an event, not money.
struct LimitSpec {
    std::string id, text;
    double share_max = 0;
};

/// A worked example that must hold.
struct CheckSpec {
    std::string says;
    Facts facts;
    std::string contract, entity;           ///< empty: those of the rule; the first entity of the region
    std::vector<std::pair<std::string, long long>> contacts;
    int months = 12, year = 0;
    /// What is expected: key of the file ("practice_gets_eur") and euros.
    std::vector<std::pair<std::string, double>> expect;
    std::string pay;                        ///< of a tariff check
    double within = 0;                      ///< euros
    State state;                            ///< beyond the facts, as packed words
    std::vector<std::string> not_done;      ///< indicators of the rule that do not hold; the others do
    double usual = -1;                      ///< what a practice outside the rule gets for the same contacts; -1 = not asked
    int line = 0, expect_line = 0;
};

struct RuleSpec {
    std::string id, file;
    LocalText title, in_words;
    Month from, to;                         ///< both included
    bool only_when_used = false;            ///< an arm must ask for it
    std::string contract;                   ///< of the practice; empty = any
    When person;
    std::vector<std::string> replaces, leaves_as_is;
    std::string paid_through, not_known;
    std::vector<Pay> pays;
    std::vector<IndicatorSpec> indicators;
    std::vector<LimitSpec> limits;
    std::vector<CheckSpec> checks;
    int line = 0, replaces_line = 0;

    bool in_force(Month month) const { return from <= month && month <= to; }
};

/// All uncertain numbers of a rule, in the order of the file.
std::vector<const Uncertain*> uncertain_of(const RuleSpec& rule);

/// "standard", then the contract classes that rules name, in order of first appearance.
std::vector<std::string> contract_names(const std::vector<RuleSpec>& rules);

}  // namespace tresse::funding
