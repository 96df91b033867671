#pragma once

#include <cstdint>

#include "tresse/world/limits.hpp"

namespace tresse::world {

/// Stages and "diagnosed" flags of up to 16 conditions in one word: 16 x 3 bits of stage, then 16 flags.
struct Conditions {
    std::uint64_t word = 0;

    constexpr int stage(int condition) const { return static_cast<int>(word >> (3 * condition)) & 7; }
    constexpr bool has(int condition) const { return stage(condition) != 0; }
    constexpr bool diagnosed(int condition) const { return (word >> (48 + condition)) & 1u; }
    constexpr void set_stage(int condition, int stage) {
        word = (word & ~(std::uint64_t{7} << (3 * condition))) | (static_cast<std::uint64_t>(stage & 7) << (3 * condition));
        if (stage == 0) set_diagnosed(condition, false);
    }
    constexpr void set_diagnosed(int condition, bool yes) {
        const std::uint64_t bit = std::uint64_t{1} << (48 + condition);
        word = yes ? word | bit : word & ~bit;
    }
    constexpr bool none() const { return (word & 0xffffffffffffull) == 0; }
    /// One bit per condition present (bit 3c), to walk with count-trailing-zeros.
    constexpr std::uint64_t present() const { return (word | word >> 1 | word >> 2) & 0x249249249249ull; }
    /// How many are present. Without a branch: bits are summed in pairs, then the pairs by one product.
    constexpr int count() const {
        const std::uint64_t one = present(), two = (one & 0x041041041041ull) + ((one >> 3) & 0x041041041041ull);
        return static_cast<int>((two * 0x041041041041ull) >> 42) & 63;
    }
};

/// A field of a packed word: `width` bits from `shift`.
template <int shift, int width>
struct Field {
    static constexpr std::uint32_t mask = ((std::uint32_t{1} << width) - 1) << shift;
    static constexpr std::uint32_t get(std::uint32_t word) { return (word & mask) >> shift; }
    static constexpr std::uint32_t set(std::uint32_t word, std::uint32_t value) { return (word & ~mask) | ((value << shift) & mask); }
};

/// `status`: facts that many stages read.
namespace status {
using Sex = Field<0, 1>;              ///< 0 woman, 1 man
using Quintile = Field<1, 3>;         ///< 0 lowest income fifth .. 4
using Education = Field<4, 2>;        ///< 0 low, 1 middle, 2 high
using Bim = Field<6, 1>;              ///< increased reimbursement (BIM/VT)
using Work = Field<7, 3>;             ///< see WorkState
using Dependence = Field<10, 2>;      ///< 0-3, like Katz O-A-B-C
using NursingHome = Field<12, 1>;
using Smoking = Field<13, 2>;         ///< 0 never, 1 former, 2 daily
using Activity = Field<15, 2>;        ///< 0 inactive .. 3
using Record = Field<17, 1>;          ///< global medical record (GMR)
using Plan = Field<18, 1>;            ///< care plan with own goals
using CaseManager = Field<19, 1>;
using Tier = Field<20, 2>;            ///< risk tier
using Carer = Field<22, 2>;           ///< 0 none, 1 partner, 2 other relative, 3 neighbour
using Trajectory = Field<24, 3>;      ///< care trajectories, one bit each
using MedicalHouse = Field<27, 1>;
using Overweight = Field<28, 1>;      ///< BMI 25-30 (30 and more is the condition obesity)
using Enrolled = Field<29, 1>;        ///< has rows in the cell's enrolment table
using AtHomeCare = Field<30, 1>;      ///< has a row in the cell's home-care table
using Chronic = Field<31, 1>;         ///< status of chronic illness (eight quarters above the threshold)
}  // namespace status

enum class WorkState : std::uint8_t { child, student, employed, unemployed, sick_leave, disabled, retired, at_home };

/// `status2`: facts of the year and of rare events.
namespace status2 {
using CarerStrain = Field<0, 4>;      ///< 0-15
using SpellMonths = Field<4, 6>;      ///< months in the present work state, at most 63
using Births = Field<10, 4>;          ///< children born so far (the birth number)
using SinceDischarge = Field<14, 3>;  ///< 0 none, 1 this or last month .. 6 six months ago
using Medicines = Field<17, 4>;       ///< number of medicines from conditions and treatment
using ForgoneMoney = Field<21, 1>;    ///< this calendar year, at least once
using ForgoneDistance = Field<22, 1>;
using ForgoneWaiting = Field<23, 1>;
using Admissions = Field<24, 2>;      ///< this calendar year, at most 3
using AdmissionsBefore = Field<26, 2>;///< last calendar year, at most 3
using CareUse = Field<28, 1>;         ///< any GP contact this year
using SpecialistUse = Field<29, 1>;   ///< any specialist contact this year
using EmergencyUse = Field<30, 1>;
using WasEnrolled = Field<31, 1>;     ///< was invited and refused, or has left a programme
}  // namespace status2

/// Team: one nibble per team slot, 0 none, 1..15 the rank in the neighbourhood's list.
constexpr int team_rank(std::uint64_t team, int team_slot) { return static_cast<int>(team >> (4 * team_slot)) & 15; }
constexpr std::uint64_t with_team_rank(std::uint64_t team, int team_slot, int rank) {
    return (team & ~(std::uint64_t{15} << (4 * team_slot))) | (static_cast<std::uint64_t>(rank) << (4 * team_slot));
}

}  // namespace tresse::world
