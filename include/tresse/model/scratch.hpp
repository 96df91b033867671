#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tresse/core/draw.hpp"
#include "tresse/model/tables.hpp"
#include "tresse/world/cell.hpp"

/// What the stages of a month write down while they work on a cell. Nothing in it is a result.
namespace tresse::model {

/// Nodes of a cell: role x rank.
inline constexpr int nodes = limit::roles * limit::ranks;
constexpr int node(int role, int rank) { return role * limit::ranks + rank; }

/// What delivery asks of the provider at a node; nobody there: contract 0, a cut that serves none.
struct NodeFacts {
    std::uint32_t cut = 0;
    std::uint8_t contract = 0, wait_days = 0;
};

/// An accepted candidate of a contact on its way to a request. Units: thresholds x 2^-32. 16 bytes.
struct Ask {
    std::uint32_t take = 0, accepted = 0;  ///< the draw and what it was below
    Slot slot = 0;
    std::uint16_t u = 0;                   ///< uniform in [0, 1024), the part of the draw that nothing else uses
    std::uint8_t service = 0, row = 0;     ///< row of the mix that asked
    std::uint8_t again = 0;                ///< uniform in [0, 256): whether the line holds one unit more
    std::uint8_t who = 0;                  ///< increased reimbursement x incomes + income; or above_ceiling, with beyond_usual
};
inline constexpr std::uint8_t above_ceiling = 16, beyond_usual = 32;

/// What a wish asks of its service, side by side in memory. Units: thresholds of Ask::u in 1/1024; tenths of a minute.
struct WishedService {
    std::uint32_t answers = 0;             ///< to price: all bits or none
    std::uint32_t deci = 0;                ///< time of one unit that a queue counts; 0 when there is no queue
    std::uint32_t deci_emergency = 0;      ///< the same when the service is never refused, else 0
    std::uint16_t repeat_below = 0;        ///< a test repeats another
    std::uint16_t usual_below = 0;         ///< the usual provider is seen
    std::uint8_t role = 0, slot = 0, line_flags = 0;
};

/// A delivered contact with general practice: who, how many, whether with the own practice.
struct GpLine {
    Slot slot = 0;
    std::uint16_t count = 0;
    bool own = false;
};

/// Who has a birthday this month, and their luck, drawn together. Order: by place. Filled by `demography`, read by `risk_factors` too.
struct Birthdays {
    std::vector<Slot> slot;
    std::vector<Block> luck;
    const Block& steps(std::size_t i) const { return luck[3 * i]; }     ///< purpose frailty
    const Block& work(std::size_t i) const { return luck[3 * i + 1]; }
    const Block& laws(std::size_t i) const { return luck[3 * i + 2]; }  ///< purpose risk_factor
};

/// Working memory of one worker; nothing of it survives a cell but its room and the month's thresholds.
struct Scratch {
    std::vector<std::uint32_t> luck[4];
    std::vector<Slot> chosen;
    Birthdays birthdays;
    std::vector<std::uint64_t> marked;         ///< a bit a slot
    std::vector<std::uint64_t> ids;
    std::vector<std::uint32_t> purposes;
    std::vector<Block> blocks;
    std::vector<std::uint16_t> numbers;        ///< candidates of chosen[i]
    std::vector<std::uint32_t> first_block;    ///< of blocks, for chosen[i]
    std::vector<std::uint16_t> order;          ///< of the chosen, alike beside alike
    std::vector<std::uint8_t> kind;            ///< by which they are alike
    std::vector<std::uint32_t> paid_before;    ///< by household, before this month's lines
    std::vector<GpLine> gp_lines;
    std::size_t paid_lines = 0;                ///< requests that `deliver` paid or turned away; `settle` pays those added since
    std::array<NodeFacts, nodes> node_facts{};
    std::array<std::int64_t, limit::services> asked{};
    std::array<std::int64_t, 3> wishes{};      ///< baseline, planned, at price zero
    // thresholds of 32 bits for one month (prepare_need)
    int prepared_month = -1;
    std::array<std::array<std::array<std::uint32_t, limit::services>, quintiles>, 2> accept{};  ///< [free][income][service]
    std::array<std::uint32_t, 64> money_of{};                 ///< share of requests given up for money by Ask::who; none above the ceiling
    std::array<std::uint64_t, limit::mixes> received{};       ///< part of the asks of a row that is received; all (2^32) of what no condition plans
    std::array<std::array<std::uint64_t, 2>, limit::services> overlap{};  ///< [all received] part received of what another row asks more of; all (2^32)
    std::array<WishedService, limit::services> wished_service{};
    std::uint32_t felt = 0, capitation = 0;
    std::vector<Ask> asks;
    std::vector<world::Line> wished;
    std::array<std::uint32_t, nodes> demand{}, emergency{};   ///< of the requests from summed_from to summed_to
    std::size_t summed_from = 0, summed_to = 0;
    bool near_capitation = false;
    std::array<std::uint32_t, 256> ceilings{}; ///< cents by ceiling class
    std::vector<std::int64_t> node_cents;      ///< [role][rank]: income of this cell's providers
    std::vector<std::int64_t> node_admin;      ///< [role][rank]: tenths of a minute of work that programmes add
    void fit(int capacity);
};

}  // namespace tresse::model
