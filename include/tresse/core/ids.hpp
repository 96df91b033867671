#pragma once

#include <cstdint>

namespace tresse {

/// A person's id: 0..N-1 at the start; newborn: top bit | hash63(mother, birth number); arrival: top two bits |
/// hash62(municipality, month, k).
/// Key of all luck; never the slot.
using PersonId = std::uint64_t;
using HouseholdId = std::uint64_t;

/// Indices into compiled tables. A slot is a place in a cell and is never stored for longer than a month.
using Slot = std::uint16_t;
using ProviderIndex = std::uint32_t;
inline constexpr ProviderIndex no_provider = 0xffffffffu;

}  // namespace tresse
