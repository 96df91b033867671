#include "tresse/core/hash.hpp"

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"

using namespace tresse;

TEST_CASE("the hash of nothing is the published one", "[core][hash]") {
    // XXH3 64 bits of no bytes, seed 0: from the sanity tests of xxHash 0.8.
    CHECK(hash_text("") == 0x2d06800538d394c2u);
    CHECK(hash_text("", 1) != hash_text(""));
}

TEST_CASE("a running hash is the hash of the pieces put together", "[core][hash]") {
    std::string all;
    Hasher running;
    for (int i = 0; i < 300; ++i) {
        const std::string piece = "piece " + std::to_string(i * i);
        all += piece;
        running.add(piece);
        REQUIRE(running.value() == hash_text(all));
    }
}

TEST_CASE("the order of pieces matters", "[core][hash]") {
    Hasher ab, ba;
    ab.add("a");
    ab.add("b");
    ba.add("b");
    ba.add("a");
    CHECK(ab.value() != ba.value());
}

TEST_CASE("integers are fed as eight little-endian bytes, whatever their type", "[core][hash]") {
    const char bytes[] = {0x04, 0x03, 0x02, 0x01, 0, 0, 0, 0};
    const std::uint64_t wanted = hash_bytes(bytes, 8);
    Hasher a, b, c, d;
    a.add(std::int64_t{0x01020304});
    b.add(std::uint64_t{0x01020304});
    c.add(0x01020304);
    d.add(0x01020304u);
    CHECK(a.value() == wanted);
    CHECK(b.value() == wanted);
    CHECK(c.value() == wanted);
    CHECK(d.value() == wanted);
    Hasher minus, ones;
    minus.add(-1);
    ones.add(~std::uint64_t{0});
    CHECK(minus.value() == ones.value());
}

TEST_CASE("a hasher that was moved from is not used by mistake", "[core][hash]") {
    Hasher a;
    a.add("x");
    Hasher b = std::move(a);
    CHECK(b.value() == hash_text("x"));
    CHECK_THROWS_AS(a.value(), BrokenRule);
    CHECK_THROWS_AS(a.add("y"), BrokenRule);
}

TEST_CASE("hexadecimal has all its zeros, or its first digits", "[core][hash]") {
    CHECK(hex(0) == "0000000000000000");
    CHECK(hex(0xabcdefu) == "0000000000abcdef");
    CHECK(hex(0x1a2b3c4d5e6f7081u, 6) == "1a2b3c");
    CHECK_THROWS_AS(hex(1, 0), BrokenRule);
    CHECK_THROWS_AS(hex(1, 17), BrokenRule);
}
