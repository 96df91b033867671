#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tresse/measure/life_table.hpp"
#include "tresse/world/world.hpp"

/// How a calendar year was spread over persons: who had how much spending, who stayed among the heaviest users, who had
/// which conditions. Taken on New Year's Eve from the persons' own totals of the year. Only integers are kept.
namespace tresse::measure {

struct YearRecord;  // record.hpp

/// Classes of spending: 0 = nothing, then sixteen to every doubling from one cent.
inline constexpr int spending_classes = 1 + 32 * 16;
constexpr int spending_class(std::uint32_t cents) {
    if (cents == 0)
        return 0;
    const int octave = std::bit_width(cents) - 1;
    const std::uint32_t part = octave >= 4 ? (cents >> (octave - 4)) & 15u : (cents << (4 - octave)) & 15u;
    return 1 + octave * 16 + static_cast<int>(part);
}

inline constexpr int age_fives = 21;  ///< 0-4, 5-9 .. 95-99, 100+
constexpr int age_five(int age) { return age >= 100 ? 20 : age / 5; }

/// What stands in a PersonYear beside the spending classes.
enum class PersonCount : std::uint8_t {
    persons,            ///< alive on New Year's Eve
    top_now,            ///< in the dearest tenth of the year
    top_last_year,      ///< in the dearest tenth of the last year, and alive
    stayed_one,         ///< of these, in it again
    top_two_ago,        ///< in it two years ago, and alive
    stayed_two,         ///< of these, in it now
    three_running,      ///< in it in all three years
    late_deaths,        ///< died in the last quarter of the year
    late_cents,         ///< what was spent for them in their last twelve months
    late_stays,         ///< their stays in hospital, at most three each
    stay_cents,         ///< what a stay carries of a hospital's fixed budget; a price, not a sum
    count
};
/// By quintile, sex and five years of age.
enum class ConditionsHeld : std::uint8_t { persons, one, two, count };
/// By sex and five years of age.
enum class YearCount : std::uint8_t { persons, with_stay, count };

/// One year of one arm. Shape: one list of integers, read by the functions below; empty when no December was simulated.
struct PersonYear {
    int conditions = 0;
    std::vector<std::int64_t> values;

    PersonYear() = default;
    explicit PersonYear(int conditions_of_catalogue);
    static std::size_t size_of(int conditions);

    std::int64_t& of(PersonCount what) { return values[static_cast<std::size_t>(what)]; }
    std::int64_t of(PersonCount what) const { return values[static_cast<std::size_t>(what)]; }
    /// Persons and their cents in a class of spending.
    std::int64_t& persons_in(int spending_class);
    std::int64_t& cents_in(int spending_class);
    std::int64_t& held(ConditionsHeld what, int quintile, int sex, int five);
    std::int64_t& year(YearCount what, int sex, int five);
    /// Persons who have a condition; of these, known cases.
    std::int64_t& with(int condition, int sex, int five);
    std::int64_t& known(int condition, int sex, int five);
    std::int64_t persons_in(int c) const { return const_cast<PersonYear*>(this)->persons_in(c); }
    std::int64_t cents_in(int c) const { return const_cast<PersonYear*>(this)->cents_in(c); }
    std::int64_t held(ConditionsHeld what, int q, int s, int f) const { return const_cast<PersonYear*>(this)->held(what, q, s, f); }
    std::int64_t year(YearCount what, int s, int f) const { return const_cast<PersonYear*>(this)->year(what, s, f); }
    std::int64_t with(int c, int s, int f) const { return const_cast<PersonYear*>(this)->with(c, s, f); }
    std::int64_t known(int c, int s, int f) const { return const_cast<PersonYear*>(this)->known(c, s, f); }
    bool empty() const { return values.empty(); }
};

/// What was spent for a person in the calendar year that just ended: public part, statutory share, and for each stay
/// (at most three are remembered) `stay_cents` of the hospitals' fixed budget. Units: cents, at most 2^32 - 1.
std::uint32_t cents_of_year(const world::Persons& persons, int slot, std::int64_t stay_cents);

/// The spending that a tenth of all persons is above: nobody at the limit counts. Exact. Missing: nobody: 0.
std::uint32_t top_tenth_above(const world::World& world, std::int64_t stay_cents);

/// Counts all persons. Requires: a December was just computed and the bits of decile_history stand for it.
PersonYear count_person_year(const world::World& world, int conditions, std::int64_t stay_cents);

/// Those who died in the month just computed, as (cell, slot). A cell lists the dead together with those who depart: who is who follows from the deaths
/// that the books of the piece hold by sex and age; where both are of one sex and age in one month, the first in order are taken.
struct Dead {
    const world::Cell* cell;
    Slot slot;
};
std::vector<Dead> dead_of_month(const world::World& world, Month month);

/// Those who died in the month, by group: how many, and days of their last thirty that they were at home, neither in hospital nor in a nursing home.
/// Formula: 30 - days of the stays of the month, 0 in a nursing home. Call after the step. Shape: by_place as the catalogue's places.
struct LastMonth {
    std::int64_t people = 0, days = 0;
};
void add_last_month(const world::World& world, Month month, world::Book& book, std::vector<LastMonth>& by_place);

/// Adds those who die in this month of the last quarter: their year so far and the part of the year before that their
/// last twelve months reach into, in proportion to its months. Requires: the month was just computed.
void add_late_deaths(const world::World& world, Month month, PersonYear& out);

/// A figure made from a PersonYear.
struct Distribution {
    std::string_view id, name, unit;  ///< name and unit: English message ids
    std::string_view ages = {};       ///< "25-44"; empty: all
    int fifth = -1;                   ///< of income, 0 = lowest; -1: all
};
/// All of them, in the order of tables.
std::span<const Distribution> distributions();
/// Values in that order. Missing: an empty group; an age that is not reached; a year without December.
std::vector<Value> distribution_values(const YearRecord& year);

/// Share of all spending that the dearest `share` of persons have. Inside a class spending is spread evenly.
Value share_of_top(const PersonYear& year, double share);
/// Age at which half of the people of an income fifth (-1 = all) have two conditions or more: on the line between the
/// middles of five-year groups. Missing: never reached.
Value age_half_have_two(const PersonYear& year, int quintile);

}  // namespace tresse::measure
