#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tresse/core/ids.hpp"
#include "tresse/world/bits.hpp"
#include "tresse/world/limits.hpp"

namespace tresse::world {

// Columns of a person: one place says name, type and group (scan = read for everyone every month, event = touched for those with a
// candidate, year = birthdays, quarter and year ends). `bench` prints the bytes per group from this list.
#define TRESSE_PERSON_COLUMNS(X)                                                                                                        \
    X(scan, std::uint64_t, id)                                                                                                          \
    X(scan, std::uint32_t, event_gate)     /* P(at least one event candidate) x 2^32, rounded up */                                     \
    X(scan, std::uint32_t, contact_gate)   /* P(at least one contact candidate) x 2^32, rounded up */                                   \
    X(scan, std::uint8_t, birthday)        /* month of the year 0-11; 255 = empty slot */                                               \
    X(event, std::uint64_t, conditions)                                                                                                 \
    X(event, std::uint32_t, status)                                                                                                     \
    X(event, std::uint64_t, team)                                                                                                       \
    X(event, float, contact_rate)          /* expected candidates a month: the envelope's total */                                      \
    X(event, std::uint8_t, profile)        /* row of the service mix for care not caused by the conditions */                           \
    X(event, std::uint16_t, tariff_class)                                                                                               \
    X(event, std::uint16_t, group)                                                                                                      \
    X(event, std::uint16_t, household)     /* row in this cell */                                                                       \
    X(event, std::uint32_t, share_year)    /* cents paid as statutory share this calendar year */                                       \
    X(event, std::uint32_t, spend_quarter) /* spend_year at the end of the last quarter */                                              \
    X(event, std::uint32_t, spend_year)                                                                                                 \
    X(event, std::uint8_t, frailty_permanent) /* quantile x 256 of a gamma law */                                                       \
    X(event, std::uint8_t, frailty_now)                                                                                                 \
    X(event, std::uint8_t, sbp)            /* quantiles x 256 of the age-sex laws */                                                    \
    X(event, std::uint8_t, lipid)                                                                                                       \
    X(event, std::uint8_t, hdl)                                                                                                         \
    X(event, std::uint8_t, hba1c)                                                                                                       \
    X(event, std::uint8_t, egfr)                                                                                                        \
    X(event, std::uint8_t, bmi)                                                                                                         \
    X(event, std::uint16_t, treatment)     /* 4 bits each: blood pressure, lipids, glucose, other */                                    \
    X(event, std::uint8_t, activation)     /* 0-255 for 0-100 */                                                                        \
    X(event, std::uint8_t, adherence)                                                                                                   \
    X(event, std::uint8_t, trust)                                                                                                       \
    X(event, std::uint8_t, experience)                                                                                                  \
    X(event, std::uint8_t, coordination)   /* 0-255: what the team knows and agrees */                                                  \
    X(event, std::uint16_t, utility)       /* quality weight x 65535; negative weights are not reached (floor 0) */                     \
    X(event, std::uint16_t, utility_since) /* months after World::start_of_time of the last flush */                                    \
    X(year, std::int16_t, birth_month)     /* months after January 1900 */                                                              \
    X(year, std::uint16_t, seen_year)      /* team slots seen this calendar year, one bit each */                                       \
    X(year, std::uint16_t, seen_last_year)                                                                                              \
    X(year, std::uint8_t, gp_contacts)                                                                                                  \
    X(year, std::uint8_t, gp_own)                                                                                                       \
    X(year, std::uint8_t, gp_second)                                                                                                    \
    X(year, std::uint8_t, gp_years)        /* years with the own GP */                                                                  \
    X(year, std::uint32_t, spend_last_year)                                                                                             \
    X(year, std::uint32_t, share_last_year)                                                                                             \
    X(year, std::uint8_t, quarters_over)   /* shift register: quarters above the chronic threshold */                                   \
    X(year, std::uint8_t, decile_history)  /* shift register: years in the top decile */                                                \
    X(year, std::uint32_t, status2)                                                                                                     \
    X(year, std::uint32_t, life_cost)      /* EUR since the policy date, for winners and losers */                                      \
    X(year, std::uint32_t, life_health)    /* quality-weighted months x 256 since the policy date */

inline constexpr std::uint8_t empty_slot = 255;
inline constexpr int birth_month_zero = 1900 * 12;  ///< Month index of birth_month 0

/// One person's columns as a row, for people on the move.
struct PersonRow {
#define TRESSE_FIELD(group, type, name) type name{};
    TRESSE_PERSON_COLUMNS(TRESSE_FIELD)
#undef TRESSE_FIELD
};

/// The persons of a cell as columns in one block of memory. Shape: every column has `capacity` entries. A copy is one memcpy.
class Persons {
public:
    explicit Persons(int capacity);
    Persons(const Persons& other);
    Persons& operator=(const Persons& other);
    Persons(Persons&& other) noexcept;
    Persons& operator=(Persons&& other) noexcept;

    int capacity() const { return capacity_; }
    std::size_t bytes() const { return block_.size(); }
    const std::byte* block() const { return block_.data(); }
    bool empty(int slot) const { return birthday[slot] == empty_slot; }
    /// Where a row comes from.
    struct RowRef {
        const Persons* from = nullptr;
        std::int32_t slot = 0;
    };
    /// Fills rows [first, first + count) from other cells, column by column.
    void gather(int first, const RowRef* rows, int count);
    PersonRow row(int slot) const;
    void put_row(int slot, const PersonRow& row);
    /// Copies all columns of one row from another cell.
    void copy_row(int to, const Persons& from, int from_slot);
    /// Room for `capacity` rows, more or fewer than now; rows below it keep their slots.
    void set_capacity(int capacity);
    /// All columns zero, birthday = empty.
    void clear_row(int slot);

#define TRESSE_DECLARE(group, type, name) type* name = nullptr;
    TRESSE_PERSON_COLUMNS(TRESSE_DECLARE)
#undef TRESSE_DECLARE

private:
    void point();
    int capacity_;
    std::vector<std::byte> block_;
};

/// Bytes of one person's columns in a group ("scan", "event", "year").
struct ColumnBytes {
    int scan, event, year;
    int total() const { return scan + event + year; }
};
ColumnBytes column_bytes();

/// One household of a cell; members stand in consecutive slots. 16 bytes.
struct Household {
    std::uint64_t id = 0;
    std::uint16_t first_slot = 0;
    std::uint8_t members = 0;        ///< slots it owns, holes of the dead included
    std::uint8_t ceiling_class = 0;  ///< row of the maximum-billing table
    std::uint32_t paid = 0;          ///< cents of statutory shares this calendar year
};

/// A wish for care of this month, or one that waits. 8 bytes. The place in line (tie) is drawn by person, provider and month when it is needed.
struct Line {
    std::uint16_t slot;
    std::uint8_t service;
    std::uint8_t waited : 4;  ///< months, at most 15
    std::uint8_t rank : 4;    ///< of the provider in the team when it was asked for; 0 = not yet looked up
    std::uint16_t count;   ///< visits, days, packs, hours
    std::uint8_t source;   ///< mix row that asked; 255 = not from a mix
    std::uint8_t flags;    ///< LineFlag
};
static_assert(sizeof(Line) == 8);

namespace line_flag {
inline constexpr std::uint8_t emergency = 1;   ///< never refused
inline constexpr std::uint8_t pooled = 2;      ///< served by the zone's pool this month
inline constexpr std::uint8_t served = 4;
inline constexpr std::uint8_t no_queue = 8;    ///< delivered without anybody's minutes (a yearly fee, a lump sum)
inline constexpr std::uint8_t moved = 16;      ///< fate decided in redirect: leaves this month
inline constexpr std::uint8_t dies = 32;       ///< a stay that ends with death
inline constexpr std::uint8_t unplanned = 64;
inline constexpr std::uint8_t readmission = 128;
}  // namespace line_flag

/// Who takes part in an action of a component. Sorted by slot. 8 bytes.
struct Enrolment {
    std::uint16_t slot;
    std::uint8_t action;
    std::uint8_t dose;             ///< 255 = what the trial arms received
    std::uint16_t since;           ///< months after World::start_of_time
    std::uint16_t delivered;       ///< contacts delivered so far, capped
};
static_assert(sizeof(Enrolment) == 8);

/// A person who was invited to an action and said yes; a place is given below the action's cut. Of one month. 8 bytes.
struct Wish {
    std::uint16_t slot;
    std::uint8_t action;
    std::uint8_t spare;
    std::uint32_t key;             ///< lower comes first
};
static_assert(sizeof(Wish) == 8);

/// Standing care of somebody who needs daily help at home, and the carer. Sorted by slot. 8 bytes.
struct HomeCare {
    std::uint16_t slot;
    std::uint8_t nursing_service;  ///< 255 = none
    std::uint8_t nursing_days;     ///< a month
    std::uint8_t help_hours;       ///< a month
    std::uint8_t carer_hours;      ///< a week, from all carers
    std::uint8_t waits_for_home;   ///< months on the list of a nursing home; 0 = not on it
    std::uint8_t spare;
};
static_assert(sizeof(HomeCare) == 8);

/// A stay in hospital of this month that the later stages finish (discharge, handover, decline). Cleared every month. 8 bytes.
struct Stay {
    std::uint16_t slot;
    std::uint8_t cause;
    std::uint8_t flags;            ///< 1 unplanned, 2 readmission, 4 died in hospital, 8 waits for a nursing-home bed
    std::uint16_t days;
    std::uint16_t weight;          ///< cost weight in hundredths of the mean stay
};
static_assert(sizeof(Stay) == 8);

/// The unit of work: at most 2,048 person slots of one neighbourhood, households whole. Luck is keyed by id, never by slot or cell.
struct Cell {
    explicit Cell(int capacity) : persons(capacity) {}
    /// Gives back the room beyond the rows in use and the year's births. How much room there is reaches no result.
    void fit() { persons.set_capacity(slots + std::max(4, slots * 3 / 100)); }

    std::uint32_t neighbourhood = 0;
    std::uint32_t municipality = 0;
    std::uint32_t piece = 0;               ///< which book it writes
    int slots = 0;                         ///< slots in use so far, holes included
    Persons persons;
    std::vector<Household> households;
    std::vector<Line> requests;            ///< of this month, phase A to C
    std::vector<Line> waiting;             ///< carried to the next month
    std::vector<Enrolment> enrolments;
    std::vector<Wish> wishes;              ///< of this month
    std::vector<HomeCare> home_care;
    std::vector<Stay> stays;
    std::vector<Slot> mothers;             ///< gave birth last month: the child enters at the next demography
    std::vector<Slot> dying;               ///< died last month: leave at the next demography
    std::vector<Slot> recent;              ///< left hospital in the last six months: their clock ticks monthly
    std::vector<Slot> refresh;             ///< slots whose gates are to be recomputed at the end of the stage
};

}  // namespace tresse::world
