#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tresse/core/ids.hpp"
#include "tresse/core/money.hpp"
#include "tresse/world/limits.hpp"

namespace tresse::world {

inline constexpr std::uint32_t everybody = 0xffffffffu;  ///< a cut that serves all

/// A practice, team, department or house with its staff inside.
struct Provider {
    std::uint8_t kind = 0;
    std::uint8_t role = 0;
    std::uint8_t contract = 0;            ///< contract class (price table)
    bool outside = false;                 ///< stands for the world outside the area; constant over arms
    bool shares_record = false;
    bool uses_guideline = false;
    bool closed_list = false;             ///< takes no new patients
    std::uint32_t municipality = 0;       ///< index in the catalogue's places
    std::uint32_t organisation = no_provider;  ///< hospital, zone team: providers under one roof tie more easily
    float lat = 0, lon = 0;
    std::int32_t panel = 0;               ///< persons who have it in their team
    // staff, in thousandths of a full-time post
    std::int32_t posts_milli = 0;         ///< wanted
    std::int32_t filled_milli = 0;        ///< at work or burnt out
    std::int32_t burnt_out_milli = 0;
    std::array<std::int32_t, 4> by_age_milli{};  ///< under 55, 55-64, 65-69, 70 and over; adds to filled
    std::int32_t lent_milli = 0;          ///< hired away by programmes, not yet replaced
    std::int32_t exits_milli = 0, hired_milli = 0;  ///< of the last month
    // this month, in tenths of a minute (or bed-days x 10)
    std::int64_t capacity = 0;            ///< what the staff can do, before overtime
    std::int64_t demand = 0;              ///< asked this month, round 1
    std::int64_t emergency = 0;           ///< of which cannot be refused
    std::int64_t served = 0;
    std::int64_t pool_served = 0;         ///< for other providers' patients
    std::int64_t admin = 0;               ///< extra administration from programmes
    // carried
    std::uint32_t load_permille = 0;      ///< smoothed workload, 1000 = all minutes
    std::uint32_t strain_permille = 0;
    std::int64_t backlog = 0;             ///< tenths of a minute waiting
    Cents income_month = 0;
    Cents income_year = 0;
    std::int64_t served_year = 0, pool_year = 0;  ///< tenths of a minute since January; of which for other providers' patients
    std::uint32_t actions = 0;            ///< actions on providers that it has taken up, one bit each
    std::uint32_t actions_act = 0;        ///< of which the lag is over: patients can feel them
    std::array<std::uint16_t, limit::actions> action_since{};  ///< months after World::start_of_time
};

/// What persons may know of a provider. Published at the start of a month. 16 bytes.
struct BoardRow {
    std::uint32_t cut = everybody;        ///< key of the first line that is not served
    std::uint8_t months_waiting = 0;
    std::uint8_t accepts = 1;             ///< new patients
    std::uint8_t shares_record = 0;
    std::uint8_t uses_guideline = 0;
    std::uint8_t overload = 0;            ///< load above 1, in 1/100, capped
    std::uint8_t contract = 0;
    std::uint8_t coordination = 0;        ///< 0-255: density of its ties
    std::uint8_t wait_days = 0;           ///< expected inside the month: w0 rho^2 / (1 - rho), at most 30
    std::uint32_t actions = 0;            ///< actions on providers that act here, one bit each
};
static_assert(sizeof(BoardRow) == 16);

/// Collaboration ties as compressed rows: sorted neighbours of each provider, the 64 strongest. 8 bytes a tie.
struct Tie {
    std::uint32_t to = 0;
    std::uint16_t strength = 0;           ///< 0-65535
    std::uint16_t shared = 0;             ///< patients shared in the last count
};
static_assert(sizeof(Tie) == 8);

struct Ties {
    std::vector<std::uint32_t> first;     ///< n + 1 offsets
    std::vector<Tie> tie;
    /// Strength between two providers, 0 when there is none. Cost: binary search in one row.
    std::uint16_t strength(std::uint32_t a, std::uint32_t b) const;
};

/// The providers that a neighbourhood knows, by role and rank; a place, never resized by tuning.
struct Neighbourhood {
    std::uint32_t municipality = 0;
    std::int32_t zone = -1;
    float lat = 0, lon = 0;
    std::array<std::array<ProviderIndex, limit::ranks>, limit::roles> provider{};
    std::array<std::array<std::uint8_t, limit::ranks>, limit::roles> minutes_away{};
    /// The provider that a team slot's rank names: that of the first role of the slot.
    std::array<std::array<ProviderIndex, limit::ranks>, limit::team_slots> by_slot{};
};

}  // namespace tresse::world
