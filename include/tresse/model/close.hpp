#pragma once

#include <vector>

#include "tresse/core/workers.hpp"
#include "tresse/model/ration.hpp"
#include "tresse/model/stages.hpp"

/// Phase D and what stands before A: the parts of a month that see the whole world.
namespace tresse::model {

/// What the pieces hand over beside their books, summed in piece order.
struct Handover {
    std::vector<std::vector<std::int64_t>> payment_cents;  ///< [piece][person payment]
    std::vector<std::vector<std::int64_t>> state_cents;    ///< [piece][state payment]
    std::vector<std::vector<std::int64_t>> action_cents;   ///< [piece][action]
    std::vector<std::vector<std::int64_t>> action_counts;  ///< [piece][action x count]
    std::vector<std::vector<std::int64_t>> node_cents;     ///< [cell][node], empty where nothing was earned
    std::vector<std::vector<std::int64_t>> node_admin;     ///< [cell][node]
    void fit(std::size_t cells, std::size_t pieces, std::size_t payments, std::size_t actions);
};

/// The board and this month's capacities, from the providers as they stand; places of the actions.
void publish(world::World& world, const Prepared& prepared, Month month);
/// Books summed in piece order; every payment posted to the ledger; conservation checked. Throws: BrokenRule.
void close_month(world::World& world, const Prepared& prepared, Month month, const Handover& handover);
/// Providers answer: load, strain, burn-out, exits, vacancies, adoption; fee and contract shifts.
void respond(world::World& world, const Prepared& prepared, Month month, const Handover& handover);
/// Organisations: grants, staff, places, spending; the year's savings share.
void programme(world::World& world, const Prepared& prepared, Month month, const Handover& handover);
/// January: unions, separations, children leaving, moves, arrivals; cells written anew in the order of households and persons.
void rehouse(world::World& world, const Prepared& prepared, Month month, Workers& workers);

/// What the roles of care teams did, as mechanisms of the month: lines served by the person's own provider and contacts of programmes that take
/// minutes of the role; units, minutes, price. Services that take nobody's minutes are billed beside and are not counted.
/// Order: after close_month and respond, which fill in minutes, prices and work for programmes.
void count_teams(world::World& world, const Prepared& prepared, const Handover& handover);

}  // namespace tresse::model
