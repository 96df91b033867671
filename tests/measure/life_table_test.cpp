#include "tresse/measure/life_table.hpp"

#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/math.hpp"

using namespace tresse;
using namespace tresse::measure;

namespace {

world::Book empty_book() {
    return world::Book(world::BookShape::of(1, 1, 1, 1, 1));
}

}  // namespace

TEST_CASE("a constant hazard m gives a life of 1 / m years, whatever the intervals", "[measure][life]") {
    // closed form: the mean of an exponential law
    const std::vector<AgeInterval> single{{1, 2, 100}, {1, 2, 100}, {1, 2, 100}, {1, 4, 200}};
    CHECK(life_expectancy(single).value() == Approx(50).epsilon(1e-12));
    const std::vector<AgeInterval> uneven{{5, 1, 50}, {20, 7, 350}, {1, 3, 150}};
    CHECK(life_expectancy(uneven).value() == Approx(50).epsilon(1e-12));
}

TEST_CASE("a life table of two ages is the one done by hand", "[measure][life]") {
    // m0 = 0.1 over one year, then open at m = 0.5: (1 - e^-0.1)/0.1 + e^-0.1/0.5 = 0.9516258 + 1.8096748
    const std::vector<AgeInterval> list{{1, 10, 100}, {1, 50, 100}};
    CHECK(life_expectancy(list).value() == Approx(0.951625820 + 1.809674836).epsilon(1e-9));
}

TEST_CASE("an age at which nobody died is lived in full", "[measure][life]") {
    // 1 year without deaths, then 1/0.25 = 4 years
    const std::vector<AgeInterval> list{{1, 0, 80}, {1, 5, 20}};
    CHECK(life_expectancy(list).value() == Approx(5).epsilon(1e-12));
}

TEST_CASE("an open interval without deaths is joined with the one before", "[measure][life]") {
    // deaths 2 + 0 over 30 + 10 person-years: m = 0.05 from the first age on
    const std::vector<AgeInterval> list{{1, 2, 30}, {1, 0, 10}};
    CHECK(life_expectancy(list).value() == Approx(20).epsilon(1e-12));
}

TEST_CASE("life expectancy is missing where nobody lived or nobody died", "[measure][life]") {
    CHECK_FALSE(life_expectancy(std::vector<AgeInterval>{}));
    CHECK_FALSE(life_expectancy(std::vector<AgeInterval>{{1, 0, 10}, {1, 0, 10}}));
    // people reach the second age, and nobody was there to count
    CHECK_FALSE(life_expectancy(std::vector<AgeInterval>{{1, 1, 10}, {1, 0, 0}, {1, 3, 10}}));
}

TEST_CASE("life expectancy at birth reads exposure in months by sex and age", "[measure][life]") {
    world::Book book = empty_book();
    for (int age = 0; age <= world::oldest_age; ++age) {
        book.exposure(0, age) = 12 * 1000, book.deaths_at(0, age) = 20;  // m = 0.02: 50 years
        book.exposure(1, age) = 12 * 1000, book.deaths_at(1, age) = 40;  // m = 0.04: 25 years
    }
    LifeCounts counts;
    counts.add(book);
    CHECK(life_expectancy_at_birth(counts, 0).value() == Approx(50).epsilon(1e-9));
    CHECK(life_expectancy_at_birth(counts, 1).value() == Approx(25).epsilon(1e-9));
    // together 60 deaths over 2,000 person-years at every age: m = 0.03
    CHECK(life_expectancy_at_birth(counts).value() == Approx(100.0 / 3).epsilon(1e-9));
}

TEST_CASE("single ages go up to 94, whoever is older is one group", "[measure][life]") {
    // nobody dies before 90; at 90-94 m = 0.1, from 95 on 30 deaths over 10 + 50 person-years, however they are spread
    world::Book book = empty_book();
    for (int age = 0; age < 95; ++age)
        book.exposure(0, age) = 12 * 100, book.deaths_at(0, age) = age < 90 ? 0 : 10;
    book.exposure(0, 95) = 12 * 10, book.deaths_at(0, 95) = 0;
    book.exposure(0, 104) = 12 * 50, book.deaths_at(0, 104) = 30;
    LifeCounts counts;
    counts.add(book);
    const double e = exp_d(-0.5);
    CHECK(life_expectancy_at_birth(counts).value() == Approx(90 + (1 - e) / 0.1 + e * 2).epsilon(1e-9));
}

TEST_CASE("life expectancy by group uses the group's own deaths", "[measure][life]") {
    world::Book book = empty_book();
    for (int g = 0; g < world::groups; ++g) {
        const auto p = world::group_parts(g);
        book.group(world::GroupCount::person_months, g) = 12 * 100;
        book.group(world::GroupCount::deaths, g) = p.quintile == 0 ? 4 : 2;
    }
    const world::Book* one = &book;
    CHECK(life_expectancy_of_groups(std::span(&one, 1), 0, -1, -1).value() == Approx(25).epsilon(1e-9));
    CHECK(life_expectancy_of_groups(std::span(&one, 1), 4, -1, -1).value() == Approx(50).epsilon(1e-9));
}

TEST_CASE("ten age bands come close to single ages on a rising hazard", "[measure][life]") {
    // Gompertz: hazard 0.00003 exp(0.1 age), a stationary population by single age
    world::Book book = empty_book();
    double alive = 1e6;
    for (int age = 0; age <= world::oldest_age; ++age) {
        const double hazard = 0.00003 * exp_d(0.1 * (age + 0.5)), left = alive * exp_d(-hazard);
        const auto deaths = static_cast<std::int64_t>(alive - left + 0.5);
        const auto months = static_cast<std::int64_t>((alive - left) / hazard * 12 + 0.5);
        book.exposure(0, age) += months, book.deaths_at(0, age) += deaths;
        const int g = world::group_index(0, 0, world::age_band(age), 0);
        book.group(world::GroupCount::person_months, g) += months, book.group(world::GroupCount::deaths, g) += deaths;
        alive = left;
    }
    LifeCounts counts;
    counts.add(book);
    const world::Book* one = &book;
    const double single = life_expectancy_at_birth(counts).value();
    const double banded = life_expectancy_of_groups(std::span(&one, 1), -1, -1, -1).value();
    // closed form: e0 = e^x E1(x) / 0.1 with x = 0.0003: 10 x 1.0003 x (-0.57722 + 8.11173 + 0.0003) = 75.37
    CHECK(single == Approx(75.37).margin(0.05));
    CHECK(std::abs(banded - single) < 0.5);
}
