#include "tresse/core/money.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"
#include "tresse/core/draw.hpp"

using namespace tresse;

namespace {
using Parts = std::vector<Cents>;
using Weights = std::vector<std::int64_t>;
Cents sum(const Parts& parts) {
    return std::accumulate(parts.begin(), parts.end(), Cents{0});
}
}  // namespace

TEST_CASE("euros become the cents their author wrote", "[core][money]") {
    CHECK(cents_from_eur(12.0) == 1200);
    CHECK(cents_from_eur(0.0) == 0);
    CHECK(cents_from_eur(0.1) == 10);
    CHECK(cents_from_eur(30.8) == 3080);
    CHECK(cents_from_eur(1e-9) == 0);
    CHECK(cents_from_eur(19.99) == 1999);
}

TEST_CASE("half a cent is rounded away from zero, on both sides", "[core][money]") {
    CHECK(cents_from_eur(0.005) == 1);
    CHECK(cents_from_eur(-0.005) == -1);
    CHECK(cents_from_eur(0.004999) == 0);
    CHECK(cents_from_eur(0.125) == 13);
    CHECK(cents_from_eur(-0.125) == -13);
    // 1.005 has no double; the nearest lies below, and 100 times it is 100.49999999999999.
    CHECK(cents_from_eur(1.005) == 101);
    CHECK(cents_from_eur(0.999) == 100);
}

TEST_CASE("money that is no number or too large for cents is a broken rule", "[core][money]") {
    CHECK(cents_from_eur(9e14) == 90'000'000'000'000'000);
    CHECK(cents_from_eur(123456789012345.12) == 12345678901234512);
    for (double eur :
         {9.1e14, -9.1e14, 1e308, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(cents_from_eur(eur), BrokenRule);
}

TEST_CASE("splitting by weight gives the parts done by hand", "[core][money]") {
    // 100 over 1:1:1 leaves one cent, and all remainders are equal: it goes to the first.
    CHECK(split_by_weight(100, Weights{1, 1, 1}) == Parts{34, 33, 33});
    // 100 over 6:3:1 = 60, 30, 10 without remainder.
    CHECK(split_by_weight(100, Weights{6, 3, 1}) == Parts{60, 30, 10});
    // 10 over 3333:3333:3334 = 3.333, 3.333, 3.334: the cent goes to the largest remainder, the last.
    CHECK(split_by_weight(10, Weights{3333, 3333, 3334}) == Parts{3, 3, 4});
    // 5 over 1:2:3:4 = 0.5, 1.0, 1.5, 2.0: the cent goes to the earlier of two equal halves.
    CHECK(split_by_weight(5, Weights{1, 2, 3, 4}) == Parts{1, 1, 1, 2});
    CHECK(split_by_weight(7, Weights{9}) == Parts{7});
}

TEST_CASE("a negative amount splits as the mirror of the positive one", "[core][money]") {
    CHECK(split_by_weight(-100, Weights{1, 1, 1}) == Parts{-34, -33, -33});
    CHECK(split_by_weight(-1, Weights{1, 2}) == Parts{0, -1});
}

TEST_CASE("a zero weight gets nothing", "[core][money]") {
    CHECK(split_by_weight(101, Weights{0, 1, 0, 1}) == Parts{0, 51, 0, 50});
    CHECK(split_by_weight(1, Weights{0, 0, 5}) == Parts{0, 0, 1});
}

TEST_CASE("nothing can be split by nothing, something cannot", "[core][money]") {
    CHECK(split_by_weight(0, Weights{0, 0}) == Parts{0, 0});
    CHECK(split_by_weight(0, Weights{}).empty());
    CHECK_THROWS_AS(split_by_weight(1, Weights{0, 0}), BrokenRule);
    CHECK_THROWS_AS(split_by_weight(1, Weights{}), BrokenRule);
    CHECK_THROWS_AS(split_by_weight(1, Weights{2, -1}), BrokenRule);
}

TEST_CASE("splitting by weight adds to the whole, to the cent, and no part is a cent off its share", "[core][money]") {
    for (std::uint32_t trial = 0; trial < 2000; ++trial) {
        const Block luck = draw(1, trial, 0, Purpose::parameter);
        const std::size_t count = 1 + below(luck.word[0], 20);
        const bool large = trial % 4 == 0;
        Weights weights(count);
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t random = mix64(trial, i);
            weights[i] = large ? static_cast<std::int64_t>(random >> 6) : static_cast<std::int64_t>(random % 10001);
        }
        weights[0] += 1;
        const auto amount = static_cast<Cents>(mix64(trial, 99)) / (large ? 2 : Cents{1} << 40);
        const Parts parts = split_by_weight(amount, weights);
        REQUIRE(sum(parts) == amount);
        const auto total = static_cast<long double>(std::accumulate(weights.begin(), weights.end(), std::uint64_t{0}));
        for (std::size_t i = 0; i < count; ++i) {
            const long double share = static_cast<long double>(amount) * static_cast<long double>(weights[i]) / total;
            REQUIRE(std::fabs(static_cast<long double>(parts[i]) - share) < 1.0001L);
        }
        Parts here(count, -1);
        split_by_weight(amount, weights, here);
        REQUIRE(here == parts);
    }
}

TEST_CASE("amounts and weights near the end of 64 bits split exactly", "[core][money]") {
    const auto most = std::numeric_limits<std::int64_t>::max();
    // 2^63 - 1 is odd: the first half gets the odd cent.
    CHECK(split_by_weight(most, Weights{1, 1}) == Parts{most / 2 + 1, most / 2});
    CHECK(split_by_weight(-most, Weights{most - 1, 1}) == Parts{-(most - 1), -1});
    CHECK_THROWS_AS(split_by_weight(1, Weights{most, 1}), BrokenRule);
    CHECK_THROWS_AS(split_by_weight(std::numeric_limits<std::int64_t>::min(), Weights{1}), BrokenRule);
}

TEST_CASE("the form without allocation takes 64 parts and refuses more, or a wrong number of places", "[core][money]") {
    const Weights weights(65, 1);
    Parts out(65);
    CHECK_THROWS_AS(split_by_weight(65, weights, out), BrokenRule);
    split_by_weight(65, std::span(weights).first(64), std::span(out).first(64));
    CHECK(out[0] == 2);
    CHECK(out[63] == 1);
    CHECK_THROWS_AS(split_by_weight(65, std::span(weights).first(3), std::span(out).first(2)), BrokenRule);
}

TEST_CASE("the twelve parts of a yearly sum add to it", "[core][money]") {
    for (Cents yearly : {Cents{0}, Cents{1}, Cents{11}, Cents{12}, Cents{13}, Cents{100000}, Cents{-1}, Cents{-13},
                         Cents{-100001}, std::numeric_limits<Cents>::max(), std::numeric_limits<Cents>::min()}) {
        Cents total = 0, least = month_part(yearly, 0), most = least;
        for (int m = 0; m < 12; ++m) {
            const Cents part = month_part(yearly, m);
            total += part;
            least = std::min(least, part);
            most = std::max(most, part);
        }
        INFO(yearly);
        CHECK(total == yearly);
        CHECK(most - least <= 1);
    }
    // floor(100 (m+1) / 12) - floor(100 m / 12) by hand: 8, 16, 25, 33 ...
    CHECK(month_part(100, 0) == 8);
    CHECK(month_part(100, 1) == 8);
    CHECK(month_part(100, 2) == 9);
    CHECK_THROWS_AS(month_part(100, 12), BrokenRule);
    CHECK_THROWS_AS(month_part(100, -1), BrokenRule);
}

TEST_CASE("euros are written in groups of three with two decimals", "[core][money]") {
    CHECK(plain_eur(0) == "0.00");
    CHECK(plain_eur(5) == "0.05");
    CHECK(plain_eur(-5) == "-0.05");
    CHECK(plain_eur(99999) == "999.99");
    CHECK(plain_eur(123456) == "1 234.56");
    CHECK(plain_eur(-123456789) == "-1 234 567.89");
    CHECK(plain_eur(std::numeric_limits<Cents>::min()) == "-92 233 720 368 547 758.08");
}
