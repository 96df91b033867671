#include "tresse/core/draw.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include <catch2/catch.hpp>

using namespace tresse;

namespace {

constexpr std::size_t longest = 67;  // eight whole groups of eight and a rest

struct Arrays {
    std::vector<std::uint32_t> words[4];
    explicit Arrays(std::size_t count) {
        for (auto& w : words)
            w.assign(count, 0xabababab);
    }
    DrawArrays out() { return {{words[0].data(), words[1].data(), words[2].data(), words[3].data()}}; }
};

std::vector<std::uint64_t> some_entities(std::size_t count) {
    std::vector<std::uint64_t> entities(count);
    for (std::size_t i = 0; i < count; ++i)
        entities[i] = i % 3 == 0 ? i : mix64(i);
    return entities;
}

std::vector<std::uint32_t> some_purposes(std::size_t count) {
    std::vector<std::uint32_t> purposes(count);
    for (std::size_t i = 0; i < count; ++i)
        purposes[i] = i % 5 == 0 ? 0xffffffffu : sub(Purpose::event, static_cast<std::uint32_t>(i));
    return purposes;
}

bool equal(const Block& a, const Block& b) {
    return std::equal(a.word, a.word + 4, b.word);
}

constexpr std::uint64_t seed = 0xfedcba9876543210u;

}  // namespace

TEST_CASE("the generator gives the published known answers", "[core][draw]") {
    // From the kat_vectors of Random123 1.14, philox4x32 10: counter (4 words), key (2 words), answer.
    CHECK(equal(draw(0, 0, 0, 0u), {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}));
    CHECK(equal(draw(~0ull, ~0ull, ~0u, ~0u), {{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}));
    // Digits of pi: counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0.
    CHECK(equal(draw(0x299f31d0a4093822u, 0x85a308d3243f6a88u, 0x13198a2e, 0x03707344),
                {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}));
}

TEST_CASE("many draws are the single draws, whatever their number and where they start", "[core][draw]") {
    const auto entities = some_entities(longest + 3);
    INFO("by eight: " << detail::draws_by_eight());
    for (const std::size_t start : {0u, 1u, 3u}) {
        for (std::size_t count = 0; count <= longest; ++count) {
            Arrays fast(longest + 3), plain(longest + 3);
            draw_many(seed, entities.data() + start, count, 77, 5, fast.out());
            detail::draw_many_plain(seed, entities.data() + start, count, 77, 5, plain.out());
            for (std::size_t i = 0; i < count; ++i) {
                const Block one = draw(seed, entities[start + i], 77, 5u);
                for (int w = 0; w < 4; ++w) {
                    REQUIRE(fast.words[w][i] == one.word[w]);
                    REQUIRE(plain.words[w][i] == one.word[w]);
                }
            }
            for (int w = 0; w < 4; ++w)
                REQUIRE(fast.words[w][count] == 0xabababab);  // nothing is written behind the end
        }
    }
}

TEST_CASE("a list of draws is the single draws, each with its own purpose", "[core][draw]") {
    const auto entities = some_entities(longest);
    const auto purposes = some_purposes(longest);
    for (std::size_t count = 0; count <= longest; ++count) {
        std::vector<Block> fast(longest + 1, Block{{1, 2, 3, 4}}), plain = fast;
        draw_list(seed, entities.data(), purposes.data(), count, 12, fast.data());
        detail::draw_list_plain(seed, entities.data(), purposes.data(), count, 12, plain.data());
        for (std::size_t i = 0; i < count; ++i) {
            const Block one = draw(seed, entities[i], 12, purposes[i]);
            REQUIRE(equal(fast[i], one));
            REQUIRE(equal(plain[i], one));
        }
        REQUIRE(equal(fast[count], {{1, 2, 3, 4}}));
    }
}

TEST_CASE("each part of the key changes the luck", "[core][draw]") {
    const Block base = draw(5, 6, 7, 8u);
    CHECK(equal(base, draw(5, 6, 7, 8u)));
    CHECK_FALSE(equal(base, draw(5 + (1ull << 32), 6, 7, 8u)));
    CHECK_FALSE(equal(base, draw(6, 6, 7, 8u)));
    CHECK_FALSE(equal(base, draw(5, 6 + (1ull << 32), 7, 8u)));
    CHECK_FALSE(equal(base, draw(5, 7, 7, 8u)));
    CHECK_FALSE(equal(base, draw(5, 6, 8, 8u)));
    CHECK_FALSE(equal(base, draw(5, 6, 7, 9u)));
}

TEST_CASE("no two purposes share a number, and sub-purposes never reach another purpose", "[core][draw]") {
    constexpr auto last = static_cast<std::uint32_t>(Purpose::free_care);  // purposes are numbered from 1 without a gap
    std::set<std::uint32_t> numbers;
    for (std::uint32_t p = 1; p <= last; ++p) {
        for (std::uint32_t k = 0; k < 50; ++k)
            numbers.insert(sub(static_cast<Purpose>(p), k));
    }
    CHECK(last < 64);
    CHECK(numbers.size() == 50 * static_cast<std::size_t>(last));
    CHECK(sub(Purpose::event, 0) == static_cast<std::uint32_t>(Purpose::event));
}

TEST_CASE("unit numbers stay inside their borders", "[core][draw]") {
    CHECK(unit(0) == 0.0);
    CHECK(unit(~0u) < 1.0);
    CHECK(unit(0x80000000u) == 0.5);
    CHECK(unit_open(0) > 0.0);
    CHECK(unit_open(~0u) < 1.0);
}

TEST_CASE("an integer below n reaches 0 and n - 1 and never n", "[core][draw]") {
    for (std::uint32_t n : {1u, 2u, 3u, 14u, 65535u}) {
        CHECK(below(0, n) == 0);
        CHECK(below(~0u, n) == n - 1);
    }
    CHECK(below(0x7fffffffu, 2) == 0);
    CHECK(below(0x80000000u, 2) == 1);
}

TEST_CASE("the words of neighbouring persons have the mean and the spread of the uniform law", "[core][draw]") {
    // 200,000 words: the mean of a uniform law is 1/2 with standard error 0.00065, its variance 1/12 with standard
    // error 0.00017; five errors are allowed.
    constexpr std::size_t persons = 50000;
    std::vector<std::uint64_t> entities(persons);
    for (std::size_t i = 0; i < persons; ++i)
        entities[i] = i;
    Arrays arrays(persons);
    draw_many(2026, entities.data(), persons, 1, 1, arrays.out());
    double sum = 0, squares = 0;
    for (const auto& words : arrays.words) {
        for (const std::uint32_t word : words) {
            sum += unit(word);
            squares += unit(word) * unit(word);
        }
    }
    const double mean = sum / (4.0 * persons);
    CHECK(mean == Approx(0.5).margin(0.0033));
    CHECK(squares / (4.0 * persons) - mean * mean == Approx(1.0 / 12).margin(0.00085));
}

TEST_CASE("derived ids depend on each part, on their order, and are fixed for all time", "[core][draw]") {
    CHECK(mix64(1, 2, 3) != mix64(1, 3, 2));
    CHECK(mix64(1, 2) != mix64(2, 1));
    CHECK(mix64(0) != 0);
    std::set<std::uint64_t> seen;
    for (std::uint64_t mother = 0; mother < 1000; ++mother) {
        for (std::uint64_t birth = 0; birth < 4; ++birth)
            seen.insert(mix64(mother, birth));
    }
    CHECK(seen.size() == 4000);
    // Splitmix64 from state 0 starts with e220a8397b1dcdaf (published); each further part is one more such step.
    const auto step = [](std::uint64_t x) {
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
        return x ^ (x >> 31);
    };
    CHECK(step(0x9e3779b97f4a7c15u) == 0xe220a8397b1dcdafu);
    CHECK(mix64(0) == step(step(0xe220a8397b1dcdafu + 0x9e3779b97f4a7c15u) + 0x9e3779b97f4a7c15u));
}
