#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tresse/core/draw.hpp"
#include "tresse/model/contacts.hpp"
#include "tresse/model/guarantee.hpp"
#include "tresse/model/hazards.hpp"
#include "tresse/model/rules.hpp"
#include "tresse/model/scratch.hpp"
#include "tresse/world/world.hpp"

/// The stages of a month, each over one cell. A stage sees its cell, the rules and the board; nothing else.
namespace tresse::model {

using world::Book;
using world::Cell;
using world::ConditionCount;
using world::GroupCount;
using world::MechanismCount;
using world::ServiceCount;

/// What the hot loops ask of a service, in one byte.
namespace service_bit {
inline constexpr std::uint8_t gp = 1, specialist = 2, emergency = 4, test = 8, programme = 16, home_day = 32, hospital_day = 64, more = 4 | 16 | 32 | 64;
}

/// Rules with their tables in reading order; made once per arm and parameter draw.
struct Prepared {
    explicit Prepared(const Rules& rules);

    const Rules* rules = nullptr;
    PreparedHazards hazards;
    float free_stream = 0;                                                    ///< contacts beyond the usual, against the envelope: for those above their ceiling
    std::array<std::array<std::uint32_t, 256>, limit::roles> forgone_distance{};  ///< share not asked by minutes of travel, x 2^32
    /// Demand against its mean: [0] below the ceiling, [1] above it, where care is free. Today's use already holds today's mix of both, so their mean is 1.
    std::array<std::array<std::array<float, quintiles>, limit::services>, 2> price_factor{};
    std::array<std::uint8_t, limit::services> role_of{}, slot_of{};          ///< of a service
    std::array<std::uint8_t, limit::services> bits{}, line_flags{};          ///< service_bit; flags of a new line
    /// What a delivered contact of a service leaves: the group's column that counts it (weight 0: none), marks of the person's year.
    struct Counted {
        std::uint32_t used = 0;
        std::uint16_t team_bit = 0;
        std::uint8_t column = 0, weight = 0;
        bool gp = false, programme = false, more = false;
    };
    std::array<Counted, limit::services> counted{};
    std::array<std::uint8_t, limit::roles> team_slot_of{};
    std::vector<float> headroom_log;
    float most_contact_factor = 1;                                           ///< highest acceptance factor met by construction; checked against headroom
    /// Levers by kind: indices (action, lever) so that a stage with none pays nothing.
    struct LeverRef {
        std::uint8_t action, lever;
    };
    std::array<std::vector<LeverRef>, static_cast<std::size_t>(LeverKind::count)> levers;
    std::array<std::uint8_t, limit::mixes> condition_of_mix{};               ///< of the rows of planned care
    MixRows mix_rows;
    /// A column of a row of the mix, beside each other what a candidate reads at once.
    struct MixColumn {
        std::uint16_t threshold = 0, count = 0, again = 0;   ///< as in Mix
        std::uint8_t alias = 0;
    };
    std::vector<std::array<MixColumn, limit::services>> mix_columns;
    /// Among rows of planned care: who asks more of a service stands higher, of equals the earlier condition; 0 for rows that plan nothing.
    std::array<std::array<std::uint8_t, limit::mixes>, limit::services> ask_rank{};
    std::array<bool, limit::services> programme_service{};                    ///< delivered under an action, paid by it
    std::array<bool, limit::contracts> capitated{};                          ///< contract classes paid per person
    bool has_capitation = false;
    std::array<bool, limit::contracts> shifted{};            ///< contract classes that only an arm brings
    std::array<bool, limit::services> changed_price{};       ///< whose fee or own share under some rule differs from before the policy date
    bool any_answer = false;                                 ///< some contact may answer to a change of money
    const funding::Tariffs* before = nullptr;                ///< of the month before the policy date, when any_answer
    std::array<double, 256> farther{};                       ///< by minutes of travel: what a provider's random distance is multiplied by
    float headroom_room = 0;                                                 ///< log of the headroom of events: how far an effect may lift one
    bool acts_through_gp = false;                                            ///< an action on providers has levers on their patients
    int gp_slot = 0, hospital_slot = 4, home_slot = 6;
    // services that stages name; -1 when the library has none
    int s_gp = -1, s_gp_home = -1, s_ooh = -1, s_emergency = -1, s_hospital_day = -1, s_stay_fees = -1, s_stay_medicines = -1, s_first_day = -1,
        s_room = -1, s_home_day = -1, s_record_year = -1, s_federal = -1, s_lump_sums = -1, s_home_help = -1, s_plan_meeting = -1, s_lab = -1;
};

/// Which contacts may answer to money in an arm, into `prepared`. Without a change of rules, contracts or savings share: none, and nothing is computed.
void find_answers(Prepared& prepared);

/// What a person may know of providers: last month's board.
struct Board {
    std::span<const world::BoardRow> row;
    std::span<const std::uint32_t> pool_cut;   ///< [pool][role]
    std::span<const world::ActionState> actions;
    float coordination_reference = -1;         ///< see World
    Cents guarantee_cut = -1;                  ///< of the budget guarantee; -1 = there is none
};

/// Counters of an action in Scratch::action_counts.
enum ActionCount : int { action_meant, action_invited, action_refused, action_reached, action_left, action_minutes, action_asked, action_delivered, action_count };

/// An accepted event: who, what (see Mark).
struct Seen {
    PersonId person = 0;
    std::int32_t mark = 0;
    auto operator<=>(const Seen&) const = default;
};

/// What the cells of one piece add up over a month, beside its book.
struct PieceSums {
    std::vector<Seen> seen;                    ///< only when Rules::log_events
    std::array<std::int64_t, limit::actions> asked_actions{};  ///< programme contacts asked in phase A, counted in phase C
    std::vector<std::int64_t> payment_cents;   ///< per person payment of the tariffs
    RiskSums left{};                           ///< spending of those who left, when there is a guarantee
    std::vector<std::int64_t> state_cents;     ///< per payment that asks a person's state
    std::vector<std::int64_t> action_cents;    ///< per action: what it spent here this month
    std::vector<std::int64_t> action_counts;   ///< per action: meant, invited, refused, reached, left, minutes
    /// Starts the month from nothing.
    void open_month(std::size_t payments, std::size_t state_payments, std::size_t actions);
};

/// Everything a stage may touch while it works on a cell.
struct Here {
    Cell& cell;
    Book& book;
    world::Stocks& stocks;
    const world::Neighbourhood& place;
    const Prepared& prepared;
    const Rules& rules;
    const Tables& tables;
    const world::Catalogue& catalogue;
    const Board& board;
    Month month;
    int region;
    int pool;                                  ///< row of the zone's pool
    int age_index;                             ///< Month index at which ages are taken: the policy date while settling
    std::uint16_t now;                         ///< months after start_of_time
    std::uint16_t policy_now;                  ///< the same of the policy date
    std::uint32_t first_newcomer;
    Scratch& scratch;
    PieceSums& sums;

    void did(Did what, std::int64_t deci_minutes = 0, std::int64_t cents = 0) const { book.touch(static_cast<int>(what), deci_minutes, cents); }
    std::int64_t& stock(world::Stock s) const { return stocks[static_cast<std::size_t>(s)]; }
};

// Phase A
void demography(Here& here);       // 1  birthdays, births of last month's mothers, last month's deaths leave, yearly fee lines
void risk_factors(Here& here);     // 2  on birthdays
void refresh(Here& here);          //    gates, rates, classes of those on the refresh list
void disease(Here& here);          // 3  candidates -> accepted; deaths, onset, admissions as wishes
void prepare_need(Scratch& scratch, const Prepared& prepared, Month month);
void need(Here& here);             // 4  planned, baseline and standing care
void answer_to_money(Here& here);  //    part of 5: contacts that a change of fees, own shares or a savings share adds or takes away
void seek(Here& here);             // 5  waiting lines come back; enrolment wishes
void ask_to_join(Here& here);      //    part of 5: who is invited says yes or no
// between the rounds of B
void sum_nodes(Here& here, std::uint32_t* demand, std::uint32_t* emergency);  // what this cell asks of each node, tenths of a minute
// Phase C
void deliver(Here& here);          // 6
void invite_at_discharge(Here& here, int slot);
void join(Here& here);             //    part of 6: places below the cut
void coordinate(Here& here);       // 7
void hospital(Here& here);         // 8
void pay_persons(Here& here);      //    part of 9: payments per person that ask for state, history or gates
void settle(Here& here);           // 9
void close_quarter(Here& here);    //    last month of a quarter: spending above the threshold, chronic status
void close_year(Here& here);       //    December: the year's counts of every person, then a new year

/// Books person-months, quality and prevalence since the last flush; sets `utility_since` to `at` (months after start_of_time).
void flush(Here& here, int slot, std::uint16_t at);

/// A person leaves the cell for good (death, departure): books are closed, rows that name the slot go, the slot is a hole until January.
void leave(Here& here, int slot);

/// Rank of the person's provider of a role; chooses one when there is none yet (keyed by person and provider). 0 when nobody takes new patients.
int provider_rank(Here& here, int slot, int role);
int choose_provider(Here& here, int slot, int role);
/// The provider, or no_provider.
ProviderIndex provider_of(const Here& here, int slot, int role);

/// The household's ceiling on statutory shares this calendar year, in cents; beyond any sum when no rule gives one.
Cents ceiling_of(const Here& here, const world::Household& household);
Cents ceiling_of_class(const funding::Ceiling& ceiling, std::uint8_t ceiling_class);
/// Bit of Household::ceiling_class: a member has chronic status, the ceiling is lower.
inline constexpr std::uint8_t chronic_household = 0x80;

/// Key of a line in a queue: longer waits first, then luck by person, provider and month. Lower is earlier.
std::uint32_t queue_key(std::uint64_t seed, std::uint64_t person, ProviderIndex provider, Month month, int waited);

}  // namespace tresse::model
