#pragma once

#include <cstdint>
#include <vector>

#include "tresse/core/month.hpp"
#include "tresse/world/book.hpp"
#include "tresse/world/cell.hpp"
#include "tresse/world/ledger.hpp"
#include "tresse/world/provider.hpp"

namespace tresse::world {

/// Stocks of a piece that are needed every month: kept by difference, recounted every January.
enum class Stock : std::uint8_t { persons, sick, disabled, in_nursing_home, with_record, with_plan, with_case_manager, enrolled, waiting_for_home, count };
using Stocks = std::array<std::int64_t, static_cast<std::size_t>(Stock::count)>;

/// A consortium or meso body in an arm: a budget and the staff that its actions can pay.
struct Organisation {
    Cents budget = 0;                       ///< grants received and not yet spent; never below zero
    Cents spent = 0, received = 0, reinvested = 0;
    std::int64_t risk_persons = 0;
    std::int32_t strength_permille = 1000;  ///< how far the body has grown: building a network takes years
};

/// The posts of one action in the area: wanted by the plan, filled from the labour market.
struct ActionState {
    std::int32_t posts_wanted_milli = 0;
    std::int32_t posts_filled_milli = 0;
    std::int64_t capacity = 0, demand = 0, served = 0;  ///< tenths of a minute this month
    std::int64_t enrolled = 0, places = 0;  ///< persons taking part; room for newcomers this month
    std::uint32_t cut = everybody;          ///< key of the first who gets no place
    std::int64_t active = 0;                ///< of `enrolled`, those who are still served: a course may have ended before its effect
    std::int64_t adopters = 0;              ///< providers that an action on providers has reached
    std::int64_t scored = 0;                ///< persons whom the last stratification scored
    std::int64_t sharing_before = 0;        ///< providers that shared their record when the action began
    std::int64_t accepted_month = 0;        ///< said yes last month
    std::int64_t meant = 0, invited = 0, refused = 0, reached = 0;  ///< persons, since the start
    std::int32_t delivered_permille = 1000; ///< of the contacts asked last month, delivered in the month
    Cents spent_month = 0, spent = 0;
    Cents budget_left = 0;                  ///< what the grant still allows this year
};

/// A contiguous block of cells of one municipality that shares a book.
struct Piece {
    std::uint32_t first_cell = 0, cells = 0;
    std::uint32_t municipality = 0;
};

/// Yearly counts of one municipality, summed over groups and services: for maps.
struct PlaceYear {
    std::vector<std::int64_t> counts;       ///< GroupCount rows
};

/// Everything that changes. Arrays without pointers into each other: a fork is a copy.
struct World {
    std::uint64_t seed = 0;
    Month start_of_time;                    ///< first settling month
    Month policy_start;
    Month now;                              ///< month to be computed next
    std::uint32_t first_newcomer = 0;       ///< persons alive at the policy date have ids below this (0..N-1)
    int sample = 1;                         ///< 1/sample of the households are simulated
    int cell_capacity = limit::cell_slots;
    float coordination_reference = -1;      ///< mean coordination of patients at the fork, in 0-1; below 0 while settling: no effect
    bool closed_cohort = false;             ///< no births, arrivals

    std::vector<Cell> cells;
    std::vector<Piece> pieces;
    std::vector<Neighbourhood> neighbourhoods;
    std::vector<std::int64_t> base_persons;    ///< per place: persons at the start, as arrivals are published
    Persons donors{0};                         ///< households of the base population that arrivals are copies of
    std::vector<Household> donor_households;
    std::vector<Provider> providers;
    std::vector<BoardRow> board;
    Ties ties;
    std::vector<std::uint32_t> pool_cut;    ///< [zone or municipality pool][role]
    Ledger ledger;
    std::vector<Stocks> stocks;             ///< per piece
    std::vector<Organisation> organisations;
    std::vector<ActionState> actions;

    std::vector<Book> piece_books;          ///< this month's, one per piece; empty of meaning between months
    Book month_book;                        ///< sum over pieces of the last month
    Book year_book;                         ///< sum over the months of this calendar year so far
    std::vector<PlaceYear> place_year;
    std::vector<Cents> closed_budget_advance;  ///< per closed budget: advances of this year
    std::vector<std::int64_t> closed_budget_points;
    std::vector<std::int64_t> risk_cents;      ///< savings share: spending of this year by risk cell
    std::vector<std::int64_t> risk_months;

    /// Months after start_of_time, the unit of `since` fields.
    std::uint16_t since(Month month) const { return static_cast<std::uint16_t>(month - start_of_time); }
    std::int64_t persons() const;
    std::size_t state_bytes() const;
};

}  // namespace tresse::world
