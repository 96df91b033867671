#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tresse/world/limits.hpp"

namespace tresse::world {

/// What is counted per group. Flows of the month unless said; "census" rows are filled once a year, in December.
enum class GroupCount : std::uint8_t {
    person_months,        ///< booked when a person's facts change, on birthdays and at year ends; exact per calendar year
    quality,              ///< quality-weighted months x 65535
    cohort_months, cohort_quality,   ///< the same for those alive at the policy date
    deaths, deaths_before_75, births,
    gp_contacts, specialist_contacts, emergency_visits, nursing_visits,
    admissions, avoidable, discharges, readmissions, hospital_days, deaths_in_hospital,
    forgone_money, forgone_distance, forgone_waiting,   ///< requests for care given up, by reason
    cents_public, cents_share, cents_extra, cents_refund,      ///< of payers; statutory share; outside the ceiling; refunded
    cohort_cents,         ///< all health care of the closed cohort
    unpaid_hours,
    tests, repeated_tests,
    sick_months, disabled_months, nursing_home_months,
    census_persons, census_without_care, census_without_money, census_without_distance, census_without_waiting,
    census_complex, census_complex_plan, census_gp_user, census_specialist_user, census_emergency_user,
    census_upc_own, census_upc_all, census_good_health, census_two_conditions, census_one_condition,
    census_over_ceiling, census_adult,
    last_month_months, last_month_home,   ///< near the end of life: people who died, and days of their last thirty that they were at home
    census_gp_squares,    ///< sum of the squares of a person's contacts with GPs in the year
    census_gp_loyal,      ///< people with a contact of whose contacts three in four or more were with the own practice
    census_gp_same,       ///< ordered pairs of a person's contacts with GPs that were with one practice; all others count as one
    census_gp_pairs,      ///< ordered pairs of a person's contacts with GPs
    count
};

enum class ServiceCount : std::uint8_t {
    asked, served, pooled, waiting, moved_later, moved_emergency, moved_out_of_hours, lost, deci_minutes, units, cents, days_waited,
    count
};

enum class ConditionCount : std::uint8_t { onsets, months, diagnosed_months, remissions, progressions, exacerbations, deaths, diagnoses, count };
enum class CauseCount : std::uint8_t { stays, days, unplanned, readmissions, deaths, count };
enum class MechanismCount : std::uint8_t { persons, events, deci_minutes, cents, count };

/// Where each kind of count stands in a book: all integers in one array, so that adding, hashing and copying books are one loop.
struct BookShape {
    int price_rows = 0, mechanisms = 0, causes = 0, conditions = 0, services = 0;
    std::size_t group_at = 0, service_at = 0, condition_at = 0, cause_at = 0, mechanism_at = 0, exposure_at = 0, death_at = 0, price_at = 0, size = 0;

    static BookShape of(int services, int conditions, int causes, int mechanisms, int price_rows);
};

/// The month's counts of one piece of the country. Only integers cross persons: so sums do not depend on their order.
class Book {
public:
    Book() = default;
    explicit Book(const BookShape& shape) : shape_(shape), value_(shape.size, 0) {}

    const BookShape& shape() const { return shape_; }
    std::int64_t& group(GroupCount what, int group) { return value_[shape_.group_at + static_cast<std::size_t>(group) * static_cast<std::size_t>(GroupCount::count) + static_cast<std::size_t>(what)]; }
    std::int64_t group(GroupCount what, int group) const { return value_[shape_.group_at + static_cast<std::size_t>(group) * static_cast<std::size_t>(GroupCount::count) + static_cast<std::size_t>(what)]; }
    std::int64_t& service(ServiceCount what, int service) { return value_[shape_.service_at + static_cast<std::size_t>(service) * static_cast<std::size_t>(ServiceCount::count) + static_cast<std::size_t>(what)]; }
    std::int64_t service(ServiceCount what, int service) const { return const_cast<Book*>(this)->service(what, service); }
    std::int64_t& condition(ConditionCount what, int condition) { return value_[shape_.condition_at + static_cast<std::size_t>(condition) * static_cast<std::size_t>(ConditionCount::count) + static_cast<std::size_t>(what)]; }
    std::int64_t condition(ConditionCount what, int c) const { return const_cast<Book*>(this)->condition(what, c); }
    std::int64_t& cause(CauseCount what, int cause) { return value_[shape_.cause_at + static_cast<std::size_t>(cause) * static_cast<std::size_t>(CauseCount::count) + static_cast<std::size_t>(what)]; }
    std::int64_t cause(CauseCount what, int c) const { return const_cast<Book*>(this)->cause(what, c); }
    std::int64_t& mechanism(MechanismCount what, int mechanism) { return value_[shape_.mechanism_at + static_cast<std::size_t>(mechanism) * static_cast<std::size_t>(MechanismCount::count) + static_cast<std::size_t>(what)]; }
    std::int64_t mechanism(MechanismCount what, int m) const { return const_cast<Book*>(this)->mechanism(what, m); }
    /// Person-months lived and deaths by sex and age in years.
    std::int64_t& exposure(int sex, int age) { return value_[shape_.exposure_at + static_cast<std::size_t>(sex * (oldest_age + 1) + age)]; }
    std::int64_t exposure(int sex, int age) const { return const_cast<Book*>(this)->exposure(sex, age); }
    std::int64_t& deaths_at(int sex, int age) { return value_[shape_.death_at + static_cast<std::size_t>(sex * (oldest_age + 1) + age)]; }
    std::int64_t deaths_at(int sex, int age) const { return const_cast<Book*>(this)->deaths_at(sex, age); }
    /// Units delivered at each price row.
    std::int64_t& priced(int row) { return value_[shape_.price_at + static_cast<std::size_t>(row)]; }
    std::int64_t priced(int row) const { return value_[shape_.price_at + static_cast<std::size_t>(row)]; }

    /// The counts of one group, indexed by GroupCount.
    std::int64_t* group_row(int group) { return &value_[shape_.group_at + static_cast<std::size_t>(group) * static_cast<std::size_t>(GroupCount::count)]; }
    std::int64_t* service_row(int service) { return &value_[shape_.service_at + static_cast<std::size_t>(service) * static_cast<std::size_t>(ServiceCount::count)]; }
    std::int64_t* priced_rows() { return &value_[shape_.price_at]; }

    /// One mechanism touched one person.
    void touch(int mechanism_index, std::int64_t deci_minutes = 0, std::int64_t cents = 0) {
        auto* m = &mechanism(MechanismCount::persons, mechanism_index);
        m[0] += 1, m[1] += 1, m[2] += deci_minutes, m[3] += cents;
    }

    void clear();
    void add(const Book& other);
    std::int64_t group_sum(GroupCount what) const;
    std::span<const std::int64_t> values() const { return value_; }
    std::span<std::int64_t> values() { return value_; }

private:
    BookShape shape_;
    std::vector<std::int64_t> value_;
};

}  // namespace tresse::world
