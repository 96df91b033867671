#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tresse/core/money.hpp"
#include "tresse/funding/state.hpp"
#include "tresse/world/limits.hpp"

/// Funding rules as compiled tables. Pure: claims in, payments out. A rule sees services, contracts and eligibility facts, never why they happened.
namespace tresse::funding {

namespace limit = world::limit;

inline constexpr std::uint8_t any_contract = 255;
inline constexpr std::uint8_t no_service = 255;

/// A person's facts that any rule asks about, packed; the compiled tables map them to a small tariff class.
struct Facts {
    int age = 0;
    bool increased_reimbursement = false, global_record = false, medical_house = false, chronic_status = false, nursing_home = false;
    int trajectories = 0;          ///< bits: diabetes, kidney, ...
    int dependence = 0;            ///< 0-3
    int region = 0;                ///< of the home: 0 Flanders, 1 Brussels, 2 Wallonia
    std::uint32_t conditions = 0;  ///< diagnosed conditions, one bit each
};

/// What one unit of a service costs and who pays it. Units: whole cents per unit. Law: share + extra <= total.
struct PriceRow {
    std::uint32_t total = 0;      ///< what the payee receives
    std::uint32_t share = 0;      ///< of which the patient's statutory share (counts for the ceiling)
    std::uint32_t extra = 0;      ///< of which paid by the household outside the ceiling (supplement, day price of a home, not reimbursed)
    std::uint16_t split = 0;      ///< row of `splits`: who pays total - share - extra
    std::uint16_t rule = 0;       ///< index in the catalogue's rules
    std::uint8_t service = 0;
    std::uint8_t contract = any_contract;  ///< the contract class of the provider, 255 = the same for all
    std::int16_t closed_budget = -1;  ///< the public part is an advance of this closed budget, or -1

    std::uint32_t public_part() const { return total - share - extra; }
    bool operator==(const PriceRow&) const = default;
};

/// Shares of the public part in 1/10,000 by account; the competent federated body is filled in by the place of the patient.
struct Split {
    std::vector<std::int32_t> account;      ///< catalogue account, or `competent_federated`
    std::vector<std::int64_t> weight;       ///< adds to 10,000
    std::int32_t matter = -1;               ///< for competent_federated: row of the competence table's matters; -1 = person matters
    bool operator==(const Split&) const = default;
};
inline constexpr std::int32_t competent_federated = -2;

enum class PersonPayee : std::uint8_t { provider, organisation, household };

/// Payments per person and period: to the own provider of a role (capitation, yearly record fee), to the organisation of the arm or to the household.
struct PersonPayment {
    std::uint16_t rule = 0;
    PersonPayee payee = PersonPayee::provider;
    std::uint8_t role = 0;                  ///< the payee: the person's own provider of this role
    std::int16_t kind = -1;                 ///< whose income it is, as the rule names it
    std::uint8_t contract = any_contract;   ///< only when that provider has this contract; 255 = any
    std::uint8_t every_months = 12;         ///< 12 = in the birthday month; 3 = each quarter; 1 = each month
    std::uint16_t split = 0;
    std::vector<std::uint32_t> cents_by_class;  ///< per payment, by tariff class; wholly public
    std::uint8_t service = no_service;      ///< booked as a price row of this service when not 255
    StateTest test;                         ///< beyond the class, of `state_payments`
};

/// A premium of a practice a year, in proportion to the smaller of its two ratios to the known point.
struct PracticePayment {
    std::uint16_t rule = 0;
    std::uint8_t role = 0, contract = any_contract;
    std::int16_t kind = -1;                 ///< whose income it is
    std::uint16_t split = 0;
    Cents at_point = 0;
    double records = 0, nurse_hours = 0;
    double nurse_hours_per_1000_records = 0;    ///< of the practices under this contract
};
/// Units: cents a year. Formula: at_point x min(records / point, hours / point).
Cents practice_payment(const PracticePayment& payment, double records, double nurse_hours_per_week);

struct ClosedBudget {
    std::uint16_t rule = 0;
    std::vector<Cents> year_by_entity;      ///< by entity, for the simulated population; whole budget of the year. Empty until `set_budgets`
    std::uint16_t split = 0;
    std::uint8_t payee_role = 0;
    double fixed_share = 0.85;              ///< paid in twelfths whatever the volume
    std::array<Cents, world::oldest_age + 1> cents_per_person{};  ///< a year, by age of the inhabitants
    std::uint8_t service = 0;               ///< whose units are the points
};

/// Household ceiling (maximum billing) by class. Cents a year.
struct Ceiling {
    std::vector<Cents> by_class;            ///< income bands in order; the last row is that of increased reimbursement
    std::vector<Cents> income_from;         ///< lower end of each income band
    std::uint16_t rule = 0;
    std::uint16_t split = 0;                ///< who refunds
    Cents chronic_reduction = 0;
    bool given = false;

    /// The household's row; with increased reimbursement the lower of the two ceilings.
    int class_of(Cents yearly_income, bool increased_reimbursement) const;
};

/// One grant of an arm: paid in twelfths while it lasts, not indexed.
struct Grant {
    std::uint16_t rule = 0;
    std::int32_t account = 0;
    Cents per_year = 0;
    std::int32_t first_month = 0, last_month = 0;  ///< Month indices, both included
    std::uint8_t purpose = 0;               ///< 0 coordination, 1 actions
    std::uint8_t organisation = 0;
};

/// Sickness benefits, a person-month: [0] first year (primary incapacity), [1] invalidity. Paid to the household.
struct Benefits {
    std::uint16_t rule = 0, split = 0;
    std::array<Cents, 2> month{};
    bool given = false;
};

/// A share of contacts of a provider that must not be passed: an event, no money.
struct ShareLimit {
    std::uint16_t rule = 0;
    std::uint8_t contract = any_contract;
    double share_max = 1;
    std::uint8_t role = 0;
};

/// The savings share of an organisation: forecast by risk cell and national trend, known to an administration before the year.
struct SavingsShare {
    bool on = false;
    std::uint16_t rule = 0;
    double share = 0.5, reinvested = 1.0, outliers_above_percentile = 99;
    double first_year_step = 0.0, trend_per_year = 0.0;  ///< of national spending within risk cells: in the first year, and each year after it
    double quality_gate = -1;               ///< paid only while avoidable admissions per person are at most so many times last year's; -1 = no gate
    std::uint8_t organisation = 0;
    std::int32_t account = 0;
    std::int32_t first_year = 0;
};
/// What the organisation receives for a year: share x max(0, forecast - real), both after the outlier rule. Losses are not shared.
Cents savings_payment(const SavingsShare& savings, Cents forecast, Cents real);

/// Which facts the compiled rules distinguish, beside age.
namespace fact {
inline constexpr std::uint32_t increased_reimbursement = 1, global_record = 2, medical_house = 4, chronic_status = 8, nursing_home = 16, dependence = 32, region = 64;
}

/// Where the price rows of a service under a contract stand in Tariffs::index: one for everybody, or one a tariff class. Equal lists stand there once, so
/// that what a month reads stays in the processor.
struct PriceList {
    std::uint32_t first = 0;
    std::uint32_t class_mask = 0;           ///< 0: the same for everybody; else all bits
};

/// All compiled money tables of one arm and one month (or year) of tariffs. Immutable; a new one when tariffs change.
struct Tariffs {
    std::vector<PriceRow> rows;             ///< row 0: nothing is paid
    std::vector<PriceList> lists;           ///< [contract * services + service]
    std::vector<std::uint16_t> index;       ///< rows, by list
    int services = 0, classes = 1, contracts = 1;
    std::vector<Split> splits;
    int entities = 1;
    std::vector<Split> resolved;            ///< [split * entities + entity]: every account named, weights add to 10,000
    std::vector<PersonPayment> person_payments;  ///< that follow from the tariff class alone, to a provider
    std::vector<PersonPayment> state_payments;   ///< the others
    /// By tariff class, which of them pay it anything at all: bit k of payment k, the last bit of all from it on. Empty: any may.
    std::vector<std::uint64_t> state_pays;
    static constexpr std::uint64_t payment_bit(std::size_t k) { return std::uint64_t{1} << (k < 63 ? k : 63); }
    std::vector<Indicator> indicators;
    std::vector<PracticePayment> practice_payments;
    std::vector<ClosedBudget> closed_budgets;
    std::vector<ShareLimit> limits;
    Ceiling ceiling;
    Benefits benefits;
    std::vector<Grant> grants;
    SavingsShare savings;
    // how facts become a class
    std::vector<std::int32_t> age_cuts;     ///< ascending first ages of the bands that rules distinguish, without the first
    std::uint32_t used_facts = 0;           ///< bits of namespace fact
    std::uint32_t used_conditions = 0;
    std::int32_t used_trajectories = 0;
    std::vector<std::uint16_t> class_of;    ///< packed facts -> class

    std::uint16_t row(int contract, int service, int tariff_class) const {
        const PriceList& list = lists[static_cast<std::size_t>(contract) * static_cast<std::size_t>(services) + static_cast<std::size_t>(service)];
        return index[list.first + (static_cast<std::uint32_t>(tariff_class) & list.class_mask)];
    }
    const PriceRow& price(int contract, int service, int tariff_class) const { return rows[row(contract, service, tariff_class)]; }
    /// The split with the federated accounts that are competent in an entity.
    const Split& split_in(int split, int entity) const { return resolved[static_cast<std::size_t>(split) * static_cast<std::size_t>(entities) + static_cast<std::size_t>(entity)]; }
    std::uint16_t tariff_class(const Facts& facts) const { return class_of[packed(facts)]; }
    /// Number of the combination of used facts: mixed radix, age band first.
    std::size_t packed(const Facts& facts) const;
    std::size_t combinations() const;
};

/// Shares a public amount among the accounts of a resolved split by largest remainder, ties to the earlier. Law: adds to the amount.
/// Shape: out gets the size of the split's accounts.
void share_out(const Split& split, Cents amount, std::vector<Cents>& out);

/// Refund due when a household's statutory shares of the year rise from `before` to `after` under a ceiling: max(0, after - c) - max(0, before - c).
constexpr Cents refund_due(Cents before, Cents after, Cents ceiling) {
    const Cents a = after > ceiling ? after - ceiling : 0;
    const Cents b = before > ceiling ? before - ceiling : 0;
    return a - b;
}

/// Fills year_by_entity of every closed budget from the inhabitants by entity and age. Shape: persons[entity][age], ages 0 to 110.
void set_budgets(Tariffs& tariffs, std::span<const std::array<std::int64_t, world::oldest_age + 1>> persons);

/// The part of a closed budget that is paid in month 0..11 whatever the volume. Law: twelve months add to round(year x fixed_share).
Cents fixed_part(const ClosedBudget& budget, int entity, int month_of_year);

/// What the twelve fixed parts of a year come to.
Cents whole_fixed(const ClosedBudget& budget, int entity);

/// What each payee still receives (or gives back) at the year's end so that fixed parts, advances and this add to the budget exactly, by points.
/// Missing: no points at all leaves the rest unpaid and returns zeros. Shape: points and result by payee.
std::vector<Cents> year_end_by_points(Cents budget, Cents fixed_paid, Cents advances, std::span<const std::int64_t> points);

}  // namespace tresse::funding
