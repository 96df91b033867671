#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace tresse {

/// What a draw is for. One purpose per kind of draw: never reuse, never reorder (append only), since the number is part
/// of the key.
enum class Purpose : std::uint32_t {
    month = 1,        ///< per person and month: word 0 events, 1 contacts, 2-3 the first contact candidate
    contact = 2,      ///< further contact candidates, two per block; + 64 * block number
    event = 3,        ///< event candidates: word 0 mark, 1 take, 2 and 3 what the event needs; + 64 * candidate number
    birth = 4,        ///< newborn's facts
    move = 5,         ///< January: moves, unions, separations
    arrival = 6,      ///< arrivals of a municipality
    choice = 7,       ///< choice of a provider: by person, neighbourhood and four places of its list, role
    frailty = 8,      ///< birthday: word 0 slow frailty, 1 smoking, 2 activity, 3 weight
    risk_factor = 9,  ///< birthday: places in the laws of blood pressure, lipids, HbA1c, eGFR and weight
    programme = 10,   ///< refusal of a programme (per person and action, not per month)
    provider = 11,    ///< exits, burn-out, hires, adoption, by provider
    population = 12,  ///< building the population
    placement = 13,   ///< building providers
    redirect = 14,    ///< fate of the cut-off
    parameter = 15,   ///< parameter draws
    sample = 16,      ///< which households a sketch keeps
    stay = 17,        ///< length of stay, room, discharge
    carer = 18,       ///< informal carers
    work = 19,        ///< birthday: words 0-2 school, work and pension, word 3 treatments; + 64 k: diploma, length of a spell
    household = 20,   ///< building households
    tie = 21,         ///< building ties
    free_care = 22,   ///< contacts beyond the usual, for those above their ceiling: word 0 number, then as `contact`
    indicator = 23,   ///< whether a recorded act is done: by person and calendar year; sub = name of the indicator
    answer = 24,      ///< contacts that a change of fees, own shares or a savings share adds or takes away; sub = service and place in the list
    jury = 40,        ///< a round: sub 0 weights, 1 mixture of benches, 2 which juror, 3 simulated scores
};

/// Sub-purpose k of a purpose (k < 2^20).
constexpr std::uint32_t sub(Purpose purpose, std::uint32_t k) {
    return static_cast<std::uint32_t>(purpose) + 64u * k;
}

/// Four 32-bit words of luck.
struct Block {
    std::uint32_t word[4];
};

/// Keyed randomness: a pure function of (seed, entity, month, purpose). Philox4x32-10; counter = (entity low, entity
/// high, month, purpose), key = seed.
/// Random: no state. Source: Salmon et al. 2011, the published generator (checked against its known answers).
Block draw(std::uint64_t seed, std::uint64_t entity, std::uint32_t month, std::uint32_t purpose);
inline Block draw(std::uint64_t seed, std::uint64_t entity, std::uint32_t month, Purpose purpose) {
    return draw(seed, entity, month, static_cast<std::uint32_t>(purpose));
}

/// The same for many entities: four arrays, word w of entity i in out_w[i]. Shape: all spans have entities.size()
/// elements.
struct DrawArrays {
    std::uint32_t* word[4];
};
void draw_many(std::uint64_t seed, const std::uint64_t* entities, std::size_t count, std::uint32_t month,
               std::uint32_t purpose, DrawArrays out);

/// One block per (entity, purpose) pair, for lists of further candidates. Shape: out[count].
void draw_list(std::uint64_t seed, const std::uint64_t* entities, const std::uint32_t* purposes, std::size_t count,
               std::uint32_t month, Block* out);

namespace detail {
/// The loops used where the processor has no 256-bit integers, and whether this one has: for the tests of equal bits
/// and for the speed program.
void draw_many_plain(std::uint64_t seed, const std::uint64_t* entities, std::size_t count, std::uint32_t month,
                     std::uint32_t purpose, DrawArrays out);
void draw_list_plain(std::uint64_t seed, const std::uint64_t* entities, const std::uint32_t* purposes,
                     std::size_t count, std::uint32_t month, Block* out);
bool draws_by_eight();
}  // namespace detail

/// [0, 1) from 32 bits.
constexpr double unit(std::uint32_t word) {
    return word * 0x1p-32;
}
/// (0, 1): never 0, for logarithms.
constexpr double unit_open(std::uint32_t word) {
    return (word + 0.5) * 0x1p-32;
}
/// Uniform integer in [0, n) without bias that matters (n < 2^16). Requires: n > 0.
constexpr std::uint32_t below(std::uint32_t word, std::uint32_t n) {
    return static_cast<std::uint32_t>((static_cast<std::uint64_t>(word) * n) >> 32);
}

/// Mixes words to a 64-bit hash for derived ids (splitmix finaliser over both). Deterministic everywhere.
constexpr std::uint64_t mix64(std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) {
    auto fin = [](std::uint64_t x) {
        x ^= x >> 30;
        x *= 0xbf58476d1ce4e5b9ull;
        x ^= x >> 27;
        x *= 0x94d049bb133111ebull;
        return x ^ (x >> 31);
    };
    return fin(fin(fin(a + 0x9e3779b97f4a7c15ull) + b + 0x9e3779b97f4a7c15ull) + c + 0x9e3779b97f4a7c15ull);
}

}  // namespace tresse
