#include "tresse/core/draw.hpp"

#include <Random123/philox.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define TRESSE_AVX2 __attribute__((target("avx2")))
#endif

// One generator in three forms with equal bits: the published one for single blocks, a plain loop for arrays, and eight
// blocks at a time on processors with 256-bit integers. The last is leaf code: an inline library function compiled for
// such a processor would be merged by the linker with its ordinary twin and then crash older machines.

namespace tresse {

namespace {

constexpr std::uint32_t multiplier_0 = 0xd2511f53u, multiplier_1 = 0xcd9e8d57u;
constexpr std::uint32_t weyl_0 = 0x9e3779b9u, weyl_1 = 0xbb67ae85u;
constexpr int rounds = 10;

constexpr std::uint32_t low_word(std::uint64_t x) {
    return static_cast<std::uint32_t>(x);
}
constexpr std::uint32_t high_word(std::uint64_t x) {
    return static_cast<std::uint32_t>(x >> 32);
}

/// The rounds written out, without the library's arrays in memory: the compiler keeps several independent blocks in
/// flight.
inline Block plain_block(std::uint64_t seed, std::uint64_t entity, std::uint32_t month, std::uint32_t purpose) {
    std::uint32_t c0 = low_word(entity), c1 = high_word(entity), c2 = month, c3 = purpose;
    std::uint32_t k0 = low_word(seed), k1 = high_word(seed);
#pragma GCC unroll 10
    for (int round = 0; round < rounds; ++round) {
        const std::uint64_t p0 = static_cast<std::uint64_t>(multiplier_0) * c0;
        const std::uint64_t p1 = static_cast<std::uint64_t>(multiplier_1) * c2;
        c0 = high_word(p1) ^ c1 ^ k0;
        c1 = low_word(p1);
        c2 = high_word(p0) ^ c3 ^ k1;
        c3 = low_word(p0);
        k0 += weyl_0;
        k1 += weyl_1;
    }
    return {{c0, c1, c2, c3}};
}

#if defined(__x86_64__)

bool has_avx2() {
    static const bool answer = __builtin_cpu_supports("avx2") != 0;
    return answer;
}

/// Four counters; each 64-bit lane holds one word in its low half. The high halves are rubbish on the way: the
/// multiplication ignores them.
struct Lanes {
    __m256i c0, c1, c2, c3;
};

TRESSE_AVX2 inline void one_round(Lanes& x, __m256i m0, __m256i m1, __m256i k0, __m256i k1) {
    const __m256i p0 = _mm256_mul_epu32(x.c0, m0);
    const __m256i p1 = _mm256_mul_epu32(x.c2, m1);
    x.c0 = _mm256_xor_si256(_mm256_srli_epi64(p1, 32), _mm256_xor_si256(x.c1, k0));
    x.c1 = p1;
    x.c2 = _mm256_xor_si256(_mm256_srli_epi64(p0, 32), _mm256_xor_si256(x.c3, k1));
    x.c3 = p0;
}

/// Two groups of four side by side, since one alone would wait for its own multiplications.
TRESSE_AVX2 inline void ten_rounds(Lanes& a, Lanes& b, std::uint64_t seed) {
    const __m256i m0 = _mm256_set1_epi64x(multiplier_0), m1 = _mm256_set1_epi64x(multiplier_1);
    std::uint32_t k0 = low_word(seed), k1 = high_word(seed);
    for (int round = 0; round < rounds; ++round) {
        const __m256i key_0 = _mm256_set1_epi64x(k0), key_1 = _mm256_set1_epi64x(k1);
        one_round(a, m0, m1, key_0, key_1);
        one_round(b, m0, m1, key_0, key_1);
        k0 += weyl_0;
        k1 += weyl_1;
    }
}

TRESSE_AVX2 inline __m256i load_four(const std::uint64_t* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}

/// Low halves of eight lanes, in order, as eight words.
TRESSE_AVX2 inline void store_low_halves(std::uint32_t* to, __m256i a, __m256i b) {
    const __m256 mixed = _mm256_shuffle_ps(_mm256_castsi256_ps(a), _mm256_castsi256_ps(b), 0x88);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), _mm256_permute4x64_epi64(_mm256_castps_si256(mixed), 0xd8));
}

/// Turns four columns of words (low halves) into four blocks.
TRESSE_AVX2 inline void store_four_blocks(Block* to, const Lanes& x) {
    const __m256i low = _mm256_set1_epi64x(0xffffffff);
    const __m256i words_01 = _mm256_or_si256(_mm256_and_si256(x.c0, low), _mm256_slli_epi64(x.c1, 32));
    const __m256i words_23 = _mm256_or_si256(_mm256_and_si256(x.c2, low), _mm256_slli_epi64(x.c3, 32));
    const __m256i even = _mm256_unpacklo_epi64(words_01, words_23);
    const __m256i odd = _mm256_unpackhi_epi64(words_01, words_23);
    __m256i* out = reinterpret_cast<__m256i*>(to);
    _mm256_storeu_si256(out, _mm256_permute2x128_si256(even, odd, 0x20));
    _mm256_storeu_si256(out + 1, _mm256_permute2x128_si256(even, odd, 0x31));
}

/// Draws for the largest multiple of eight and answers how many that were.
TRESSE_AVX2 std::size_t many_by_eight(std::uint64_t seed, const std::uint64_t* entities, std::size_t count,
                                      std::uint32_t month, std::uint32_t purpose, const DrawArrays& out) {
    const __m256i months = _mm256_set1_epi64x(month), purposes = _mm256_set1_epi64x(purpose);
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const __m256i first = load_four(entities + i), second = load_four(entities + i + 4);
        Lanes a = {first, _mm256_srli_epi64(first, 32), months, purposes};
        Lanes b = {second, _mm256_srli_epi64(second, 32), months, purposes};
        ten_rounds(a, b, seed);
        store_low_halves(out.word[0] + i, a.c0, b.c0);
        store_low_halves(out.word[1] + i, a.c1, b.c1);
        store_low_halves(out.word[2] + i, a.c2, b.c2);
        store_low_halves(out.word[3] + i, a.c3, b.c3);
    }
    return i;
}

TRESSE_AVX2 std::size_t list_by_eight(std::uint64_t seed, const std::uint64_t* entities, const std::uint32_t* purposes,
                                      std::size_t count, std::uint32_t month, Block* out) {
    const __m256i months = _mm256_set1_epi64x(month);
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const __m256i first = load_four(entities + i), second = load_four(entities + i + 4);
        const __m128i* at = reinterpret_cast<const __m128i*>(purposes + i);
        Lanes a = {first, _mm256_srli_epi64(first, 32), months, _mm256_cvtepu32_epi64(_mm_loadu_si128(at))};
        Lanes b = {second, _mm256_srli_epi64(second, 32), months, _mm256_cvtepu32_epi64(_mm_loadu_si128(at + 1))};
        ten_rounds(a, b, seed);
        store_four_blocks(out + i, a);
        store_four_blocks(out + i + 4, b);
    }
    return i;
}

#endif

void many_from(std::size_t i, std::uint64_t seed, const std::uint64_t* entities, std::size_t count, std::uint32_t month,
               std::uint32_t purpose, const DrawArrays& out) {
    for (; i < count; ++i) {
        const Block block = plain_block(seed, entities[i], month, purpose);
        for (int w = 0; w < 4; ++w)
            out.word[w][i] = block.word[w];
    }
}

void list_from(std::size_t i, std::uint64_t seed, const std::uint64_t* entities, const std::uint32_t* purposes,
               std::size_t count, std::uint32_t month, Block* out) {
    for (; i < count; ++i)
        out[i] = plain_block(seed, entities[i], month, purposes[i]);
}

}  // namespace

Block draw(std::uint64_t seed, std::uint64_t entity, std::uint32_t month, std::uint32_t purpose) {
    const philox4x32_ctr_t counter = {{low_word(entity), high_word(entity), month, purpose}};
    const philox4x32_key_t key = {{low_word(seed), high_word(seed)}};
    const philox4x32_ctr_t x = philox4x32_R(rounds, counter, key);
    return {{x.v[0], x.v[1], x.v[2], x.v[3]}};
}

void draw_many(std::uint64_t seed, const std::uint64_t* entities, std::size_t count, std::uint32_t month,
               std::uint32_t purpose, DrawArrays out) {
    std::size_t done = 0;
#if defined(__x86_64__)
    if (has_avx2())
        done = many_by_eight(seed, entities, count, month, purpose, out);
#endif
    many_from(done, seed, entities, count, month, purpose, out);
}

void draw_list(std::uint64_t seed, const std::uint64_t* entities, const std::uint32_t* purposes, std::size_t count,
               std::uint32_t month, Block* out) {
    std::size_t done = 0;
#if defined(__x86_64__)
    if (has_avx2())
        done = list_by_eight(seed, entities, purposes, count, month, out);
#endif
    list_from(done, seed, entities, purposes, count, month, out);
}

namespace detail {

void draw_many_plain(std::uint64_t seed, const std::uint64_t* entities, std::size_t count, std::uint32_t month,
                     std::uint32_t purpose, DrawArrays out) {
    many_from(0, seed, entities, count, month, purpose, out);
}

void draw_list_plain(std::uint64_t seed, const std::uint64_t* entities, const std::uint32_t* purposes,
                     std::size_t count, std::uint32_t month, Block* out) {
    list_from(0, seed, entities, purposes, count, month, out);
}

bool draws_by_eight() {
#if defined(__x86_64__)
    return has_avx2();
#else
    return false;
#endif
}

}  // namespace detail

}  // namespace tresse
