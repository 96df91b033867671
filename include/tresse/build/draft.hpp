#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tresse/world/bits.hpp"

namespace tresse::build {

inline constexpr int bands = 21;  ///< five-year ages 0-4 .. 95-99, 100+
inline constexpr int regions = 3;

constexpr int band_of(int age) { return age >= 100 ? 20 : age / 5; }

/// What the people of a place are made from: the margins of a municipality, or of a stratum of the reference sample.
struct PlaceInput {
    std::uint64_t key = 0;             ///< key of its luck: the NIS number of a municipality
    int region = 0;
    std::array<std::array<std::int32_t, bands>, 2> count{};  ///< [0 women, 1 men]
    double income_index = 100;         ///< Belgium = 100
    double one_person_share = 0.36;    ///< of households, before fitting to the region
    double bim_share = 0.2;            ///< of inhabitants, before fitting to the region

    std::int32_t inhabitants() const;
};

enum class HouseholdType : std::uint8_t { alone, couple, couple_children, lone_parent, other, resident };

/// Place of a person in the household.
enum class Position : std::uint8_t { child, alone, partner, lone_parent, other, resident };

/// A person while being built. 40 bytes.
struct Inhabitant {
    world::Conditions conditions;
    std::uint32_t key = 0;             ///< number inside the place: the key of its luck
    std::uint32_t household = 0;       ///< row in Settlement::households
    std::uint8_t sex = 0;              ///< 0 woman, 1 man
    std::uint8_t age = 0;              ///< completed years at the policy date
    std::uint8_t months = 0;           ///< 0..11 months since the last birthday at the policy date
    std::uint8_t region = 0;
    Position position = Position::alone;
    std::uint8_t quintile = 0;         ///< of the household
    std::uint8_t education = 0;        ///< 0 low, 1 middle, 2 high; 0 for children
    std::uint8_t bim = 0;
    world::WorkState work = world::WorkState::child;
    std::uint8_t smoking = 0;          ///< 0 never, 1 former, 2 daily
    std::uint8_t activity = 1;         ///< 0 inactive .. 3
    std::uint8_t overweight = 0;       ///< 1: BMI 25-30; 2: would be, but is obese
    std::uint8_t dependence = 0;       ///< Katz class 0-3
    std::uint8_t carer = 0;            ///< 0 none, 1 partner, 2 other relative, 3 neighbour
    std::uint8_t strain = 0;           ///< of the carer, 0-15
    std::uint8_t spell = 0;            ///< months in the present work state, at most 63
    std::uint8_t children = 0;         ///< of a mother: children at home

    bool resident() const { return position == Position::resident; }
};

struct HouseholdDraft {
    std::uint32_t first = 0;           ///< row of its first member in Settlement::people
    std::uint16_t members = 0;
    HouseholdType type = HouseholdType::alone;
    std::uint8_t quintile = 0;
    std::uint8_t bim = 0;
};

/// The people of a place, household by household, in the order of their neighbourhoods.
struct Settlement {
    std::vector<Inhabitant> people;
    std::vector<HouseholdDraft> households;
    int misfits = 0;                   ///< children whose mother would have been under 15 or over 50 at their birth
};

}  // namespace tresse::build
