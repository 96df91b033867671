#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "tresse/model/tables.hpp"
#include "tresse/world/bits.hpp"
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

/// Frailty of a person: what contacts without a planned reason are multiplied by. Visits that a condition or dependence plans are not.
float contact_frailty(const Tables& tables, const world::Persons& persons, int slot);
/// The rows of the service mix in reading order.
struct MixRows {
    static constexpr double scale = 1 << 20;                  ///< weights are whole 2^-20 candidates a month
    std::array<std::uint32_t, limit::mixes> weight{};         ///< candidates a month by row, headroom included
    std::array<std::uint8_t, limit::conditions * 8> row_of{};  ///< [condition x 8 + stage]
    int dependence = 0;                                       ///< row of Katz class 1
};
MixRows mix_rows_of(const Tables& tables);
/// Weight of the i-th row of a person: the baseline (the first) grows with frailty.
inline std::uint32_t weight_of_row(const MixRows& mix, const std::uint8_t* row, int i, float frailty) {
    const std::uint32_t weight = mix.weight[row[i]];
    return i == 0 ? static_cast<std::uint32_t>(static_cast<float>(weight) * frailty) : weight;
}

/// Rows of the mix that ask for this person: baseline, dependence, diagnosed conditions. Shape: at most 2 + conditions; returns their number.
inline int rows_of_mix(const MixRows& mix, const world::Persons& p, int slot, std::uint8_t* row) {
    int n = 0;
    row[n++] = p.profile[slot];
    const std::uint32_t status = p.status[slot];
    const auto katz = static_cast<int>(world::status::Dependence::get(status));
    row[n] = static_cast<std::uint8_t>(mix.dependence + katz - 1);
    n += katz > 0 && !world::status::NursingHome::get(status);
    const std::uint64_t word = p.conditions[slot];
    for (std::uint64_t left = word >> 48; left != 0; left &= left - 1) {
        const int c = std::countr_zero(left);
        row[n++] = mix.row_of[static_cast<std::size_t>(c * 8) + ((word >> (3 * c)) & 7u)];
    }
    return n;
}

}  // namespace tresse::model
