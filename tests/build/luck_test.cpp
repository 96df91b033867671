#include <catch2/catch.hpp>
#include <vector>

#include "tresse/build/luck.hpp"

using namespace tresse;
using namespace tresse::build;

TEST_CASE("a walk visits everybody once, whatever its luck", "[build]") {
    for (const std::uint32_t n : {1u, 2u, 3u, 4u, 6u, 12u, 97u, 360u, 1001u})
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            Walk walk(n, draw(seed, n, 0, Purpose::population));
            std::vector<int> seen(n, 0);
            for (std::uint32_t i = 0; i < n; ++i)
                seen[walk.next()] += 1;
            for (const int s : seen)
                REQUIRE(s == 1);
        }
}

TEST_CASE("systematic sampling keeps its count within one of the sum of the chances", "[build]") {
    Systematic pick(0.37);
    double sum = 0;
    int taken = 0;
    for (int i = 0; i < 1000; ++i) {
        const double p = 0.05 + 0.9 * unit(draw(3, static_cast<std::uint64_t>(i), 0, Purpose::population).word[0]);
        sum += p;
        taken += pick.take(p) ? 1 : 0;
        REQUIRE(taken - sum < 1);
        REQUIRE(sum - taken < 1);
    }
}

TEST_CASE("a chance of one takes everybody and a chance of nought takes nobody", "[build]") {
    Systematic all(0.999999999), none(0.999999999);
    for (int i = 0; i < 10000; ++i) {
        CHECK(all.take(1.0));
        CHECK_FALSE(none.take(0.0));
    }
}

TEST_CASE("raking a table of ones gives the product of its margins", "[build]") {
    // Closed form: with an even start the fitted cell is row x column / total.
    std::vector<double> table(6, 1.0);
    const double rows[] = {30, 70}, columns[] = {20, 30, 50};
    rake(table, rows, columns, 50);
    for (std::size_t r = 0; r < 2; ++r)
        for (std::size_t c = 0; c < 3; ++c)
            CHECK(table[r * 3 + c] == Approx(rows[r] * columns[c] / 100));
}

TEST_CASE("raking keeps the odds ratio of the start and meets both margins", "[build]") {
    std::vector<double> table{4, 1, 1, 1};  // odds ratio 4
    const double rows[] = {60, 40}, columns[] = {50, 50};
    rake(table, rows, columns, 200);
    CHECK(table[0] + table[1] == Approx(60));
    CHECK(table[0] + table[2] == Approx(50));
    CHECK(table[0] * table[3] / (table[1] * table[2]) == Approx(4.0));
}

TEST_CASE("the luck of a place does not know the area in which it lies", "[build]") {
    const PlaceLuck one{7, 24137}, other{7, 24028};
    CHECK(one.of(5, Purpose::population, 1).word[0] == PlaceLuck{7, 24137}.of(5, Purpose::population, 1).word[0]);
    CHECK(one.of(5, Purpose::population, 1).word[0] != other.of(5, Purpose::population, 1).word[0]);
    CHECK(one.of(5, Purpose::population, 1).word[0] != one.of(5, Purpose::household, 1).word[0]);
}
