#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/money.hpp"
#include "tresse/core/month.hpp"
#include "tresse/world/limits.hpp"

/// What an arm does: the compiled actions of its components and its shifts of contracts and capacity. The arm `today` has an empty policy.
namespace tresse::model {

namespace limit = world::limit;

/// The closed list of mechanisms that a lever may move. Keys in files are these words.
enum class LeverKind : std::uint8_t {
    activation, adherence, risk_factor_change, onset, progression, exacerbation, readmission, length_of_stay, nursing_home_entry,
    carer_strain, return_to_work, contact_time, administration_time, record_sharing, repeated_tests, tie_formation, adoption,
    guideline_use, diagnosis, access, experience, admission, adverse_drug_event, goals_and_plan, start_delay,
    systolic_pressure, cholesterol, hba1c,
    count
};
std::string_view lever_word(LeverKind kind);
bool parse_lever(std::string_view word, LeverKind& out);
/// All words, in the order of the enum.
std::vector<std::string> lever_words();

/// How a mechanism is moved: by a ratio on a rate, or by an addition in its unit. A file that writes the other form is wrong.
struct LeverForm {
    bool is_ratio = true;
    std::string_view unit;           ///< of the rate or of the addition
};
LeverForm lever_form(LeverKind kind);

/// Risk factors whose start or stop a lever may move. Obesity is a condition; here the way back out of it.
enum class RiskFactor : std::int8_t { smoking, inactivity, overweight, obesity };

/// Whether a lever moves what providers do; its action must act on providers.
bool moves_providers(LeverKind kind);

/// One effect of an action on one mechanism, for one condition or cause or all.
struct Lever {
    LeverKind kind = LeverKind::experience;
    std::int8_t condition = -1;      ///< -1 = all; a RiskFactor for LeverKind::risk_factor_change
    bool is_ratio = true;            ///< effect is a log ratio on a rate; else an addition in the mechanism's unit
    float effect = 0;                ///< at dose 1, this parameter draw: ln(ratio) or addition
    std::int16_t lag_months = 0;
    std::int16_t lasts_months = 0;   ///< 0 = while enrolled
    float decay_per_year = 0.25f;    ///< share of the effect that is lost a year once support has ended
    std::int16_t mechanism = -1;     ///< row of the catalogue's mechanism list
};

/// Whom an action means: all of `all`, and, when `any` is not empty, at least one of them.
struct Test {
    enum class Kind : std::uint8_t {
        age_from, age_to, conditions_from, condition, dependence_from, admissions_from, medicines_from, tier_from, increased_reimbursement, at_home, has_carer, lives_alone,
        quintile_to, sex, work_state, self_rated_poor, youngest_child_to, months_off_work_from, has_risk_factor
    };
    Kind kind = Kind::age_from;
    std::int16_t value = 0;
    std::uint32_t mask = 0;          ///< conditions, for Kind::condition (diagnosed)
};
struct Target {
    std::vector<Test> all, any;
    bool at_discharge = false;       ///< the person has just left hospital
};

/// Sorting of the population by risk, once a year: who stands in which tier. By itself it touches nobody.
enum class RiskScore : std::uint8_t { facts, foresight, random };
struct Stratification {
    bool given = false;
    RiskScore score = RiskScore::facts;
    std::array<double, 3> share{};       ///< of the adults who are scored: tier 1 and above, 2 and above, 3
    Cents cents_person_year = 0;         ///< per scored person
    float weight_age = 0, weight_condition = 0, weight_katz = 0, weight_admission = 0, weight_medicine = 0, weight_cost = 0;  ///< see stratify.hpp
};

/// A second, personal invitation of those who refused.
struct Outreach {
    int quintile_to = -1;                ///< highest income fifth it goes to (0 lowest); -1 = none
    float accepts = 0;                   ///< of those who refused at first
    Cents cents = 0;                     ///< per person who is visited
};

/// How many it wants to reach.
enum class Reach : std::uint8_t { persons, share_of_target, persons_per_year, share_of_providers, by_budget };

struct Action {
    int index = 0;                   ///< row of the catalogue's actions
    Target target;
    std::array<float, world::quintiles> accepts{};  ///< probability that an invited person says yes, by income
    Reach reach = Reach::persons;
    double reach_value = 0;          ///< persons of the whole area (the month divides by the sample), or share
    Month start, end;                ///< end: last month, inclusive
    int moved = 0;                           ///< months by which agreements between governments have moved `start`
    int full_after_months = 1;
    std::array<float, limit::roles> minutes_month{};   ///< per enrolled person and month, from the agendas of the roles
    std::array<float, limit::roles> minutes_intake{};  ///< once, at the start
    bool reinvests = false;          ///< gets the reinvested part of a savings share
    int staff_role = -1;             ///< posts are opened in this role when the action hires; -1 = uses present agendas only
    float staff_minutes_month = 0;   ///< of the action's own staff, per enrolled person
    float staff_minutes_intake = 0;
    Cents other_cents_month = 0, other_cents_intake = 0;
    Cents staff_cents_hour = 0;
    Cents provider_cents_month = 0;  ///< per provider that the action supports, for Reach::share_of_providers
    int service = -1;                ///< the catalogue's service that is delivered (case_manager_month, discharge_visit, group_session ...)
    int enrolled_months = 0;         ///< 0 = until the end; otherwise a course of so many months
    int dose_window_days = 0;        ///< 0 = none; else the dose is lost when not delivered within so many days
    float trial_share = 1;           ///< delivered / intended in the trials
    float fidelity = 0.7f;           ///< routine over trial
    std::uint16_t split = 0;         ///< who pays (row of the arm's splits); 65535 = the organisation's budget
    double budget_share = 0;         ///< of the organisation's action money, for Reach::by_budget
    std::vector<Lever> levers;
    std::vector<int> partner_roles;  ///< roles that must exist in the area; whose providers an action on providers means
    Stratification stratify;
    Outreach outreach;
    std::uint32_t entities = 0xffffffffu;  ///< federated bodies (rows of the catalogue's entities) in whose territory it runs, one bit each
    double zones_per_year = 0;       ///< 0 = everywhere at once; else zones start one after the other, in the order of the region pack
    bool supported = false;          ///< an action on providers spreads at the pace of those who get help
    bool is_record = false;          ///< what its providers take up is the shared record
    std::int16_t mechanism_invited = -1, mechanism_enrolled = -1, mechanism_delivered = -1;
};

/// A share of the providers of a role changes to another contract, at a pace.
struct ContractShift {
    int role = 0, from_contract = 0, to_contract = 0;
    double share = 0;
    Month start;
    int full_after_months = 1;
};

struct CapacityChange {
    int role = 0;
    double ratio = 1;                ///< on posts
    bool unlimited = false;          ///< no queue ever binds (tests)
    Month start;
};

/// A change of one hazard in everybody, for tests and teaching.
struct HazardChange {
    LeverKind kind = LeverKind::onset;
    int condition = -1;
    float log_ratio = 0;
    Month start;
};

struct Policy {
    std::vector<Action> actions;
    std::vector<ContractShift> contracts;
    std::vector<CapacityChange> capacity;
    std::vector<HazardChange> hazards;
    bool has_organisation = false;
    bool supports_adoption = false;      ///< change management: faster spread of record and guideline use
    double record_sharing_ceiling = 1.0; ///< share of providers that can be reached
    double adoption_ratio = 1.0;         ///< of the organisation, at full strength: on the pace at which providers take up
    int organisation_months = 1;         ///< until the organisation works at full strength
    Month organisation_start;
    Month start;

    bool empty() const { return actions.empty() && contracts.empty() && capacity.empty() && hazards.empty() && !has_organisation; }
};

}  // namespace tresse::model
