#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "tresse/model/tables.hpp"
#include "tresse/world/cell.hpp"

/// The envelope of contacts: which rows of the service mix a person has, and their common scale. The same facts give the same bits when the gate is
/// made (refresh) and when a candidate is read (need).
namespace tresse::model {

/// Volume beyond ageing, compounded from the base year; equal in all arms.
float drift_factor(const NeedTables& need, int year);
/// Demand at price zero against today's price, by income: 1 for what does not answer to price.
float free_response(const BehaviourTables& behaviour, std::size_t service, std::size_t quintile);
/// The most that season and declared headroom together can do to a service: the envelope of its contacts. Equal in all arms. Demand at price zero
/// beyond today's is a stream of its own (`free_headroom`), read only for those above their ceiling.
std::array<float, limit::services> service_headroom(const Tables& tables);
/// Size of that stream against the usual one: the most that demand at price zero exceeds demand at today's price, over services and incomes.
float free_headroom(const Tables& tables);

/// Frailty x drift x residual of increased reimbursement.
float contact_scale(const Tables& tables, const world::Persons& persons, int slot, int age_index, bool settling);
/// Rows of the mix that ask for this person: baseline, dependence, diagnosed conditions. Shape: at most 2 + conditions; returns their number.
int mix_rows(const Tables& tables, const world::Persons& persons, int slot, std::uint8_t* row);

}  // namespace tresse::model
