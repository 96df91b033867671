#include "tresse/measure/person_year.hpp"

#include <catch2/catch.hpp>

#include "measure/small_record.hpp"

using namespace tresse;
using namespace tresse::measure;

namespace {

/// A world of one cell with persons whose year is given in cents; women of 40 in the lowest fifth.
world::World world_of(const std::vector<std::uint32_t>& cents) {
    world::World w;
    w.start_of_time = w.policy_start = Month::of(2025, 1);
    w.now = Month::of(2026, 1);
    world::Cell cell(static_cast<int>(cents.size()) + 2);
    for (std::size_t i = 0; i < cents.size(); ++i) {
        const int s = static_cast<int>(i);
        cell.persons.clear_row(s);
        cell.persons.birthday[s] = 0;
        cell.persons.id[s] = i;
        cell.persons.birth_month[s] = static_cast<std::int16_t>((1985 - 1900) * 12);
        cell.persons.spend_last_year[s] = cents[i];
    }
    for (int s = static_cast<int>(cents.size()); s < cell.persons.capacity(); ++s)
        cell.persons.clear_row(s);
    cell.slots = static_cast<int>(cents.size());
    w.cells.push_back(std::move(cell));
    return w;
}

}  // namespace

TEST_CASE("classes of spending rise with the cents and are narrower than a sixteenth of a doubling") {
    CHECK(spending_class(0) == 0);
    int last = 0;
    for (std::uint32_t cents = 1; cents < 4000000000u; cents = cents + cents / 40 + 1) {
        const int c = spending_class(cents);
        CHECK(c >= last);
        CHECK(c < spending_classes);
        last = c;
    }
    CHECK(spending_class(1600) != spending_class(1700));  // 6 % apart
}

TEST_CASE("the limit of the dearest tenth is exact and nobody at it counts") {
    std::vector<std::uint32_t> cents;
    for (std::uint32_t i = 1; i <= 100; ++i)
        cents.push_back(i * 1000);
    CHECK(top_tenth_above(world_of(cents), 0) == 90000);  // ten persons have more
    CHECK(top_tenth_above(world_of(std::vector<std::uint32_t>(50, 700)), 0) == 700);  // all the same: nobody is dear
    CHECK(top_tenth_above(world_of({}), 0) == 0);
}

TEST_CASE("shares of spending by hand: one of ten persons has nine tenths") {
    std::vector<std::uint32_t> cents(10, 1000);
    cents[3] = 81000;
    const PersonYear y = count_person_year(world_of(cents), 2, 0);
    CHECK(*share_of_top(y, 0.1) == Approx(0.9));
    CHECK(*share_of_top(y, 1.0) == Approx(1.0));
    CHECK(y.of(PersonCount::persons) == 10);
    CHECK_FALSE(share_of_top(PersonYear(2), 0.1));  // nobody: no share
}

TEST_CASE("a stay carries its part of the fixed budget") {
    world::World w = world_of({1000, 1000});
    auto& p = w.cells[0].persons;
    p.status2[1] = world::status2::AdmissionsBefore::set(p.status2[1], 2);
    CHECK(cents_of_year(p, 0, 500) == 1000);
    CHECK(cents_of_year(p, 1, 500) == 2000);
}

TEST_CASE("persistence counts those alive who were dear before") {
    world::World w = world_of({1, 2, 3, 4});
    const std::uint8_t history[] = {0b011, 0b010, 0b101, 0b111};
    for (int s = 0; s < 4; ++s)
        w.cells[0].persons.decile_history[s] = history[s];
    const PersonYear y = count_person_year(w, 1, 0);
    CHECK(y.of(PersonCount::top_now) == 3);
    CHECK(y.of(PersonCount::top_last_year) == 3);
    CHECK(y.of(PersonCount::stayed_one) == 2);
    CHECK(y.of(PersonCount::top_two_ago) == 2);
    CHECK(y.of(PersonCount::stayed_two) == 2);
    CHECK(y.of(PersonCount::three_running) == 1);
}

TEST_CASE("only deaths of the last quarter are taken, with the months of the year before that their last year reaches into") {
    world::World w = world_of({12000});
    auto& p = w.cells[0].persons;
    p.spend_year[0] = 5000;
    w.cells[0].dying.push_back(0);
    w.pieces.push_back({0, 1, 0});
    w.piece_books.emplace_back(test::small_shape());
    w.piece_books[0].deaths_at(0, 40) = 1;  // born in January 1985
    PersonYear y(0);
    add_late_deaths(w, Month::of(2025, 9), y);
    CHECK(y.of(PersonCount::late_deaths) == 0);
    add_late_deaths(w, Month::of(2025, 10), y);
    CHECK(y.of(PersonCount::late_deaths) == 1);
    CHECK(y.of(PersonCount::late_cents) == 5000 + 12000 * 2 / 12);
    w.piece_books[0].deaths_at(0, 40) = 0;  // who is on the list without a death departs
    add_late_deaths(w, Month::of(2025, 11), y);
    CHECK(y.of(PersonCount::late_deaths) == 1);
    w.piece_books[0].deaths_at(0, 40) = 1;
    add_late_deaths(w, Month::of(2025, 12), y);  // December has closed the year: it stands in the year before
    CHECK(y.of(PersonCount::late_cents) == 7000 + 12000);
}

TEST_CASE("the age at which half have two conditions lies on the line between two groups") {
    PersonYear y(0);
    for (int f = 0; f < age_fives; ++f) {
        y.held(ConditionsHeld::persons, 0, 0, f) = 100;
        y.held(ConditionsHeld::two, 0, 0, f) = f * 8;  // 48 % at 30-34, 56 % at 35-39
    }
    CHECK(*age_half_have_two(y, 0) == Approx(32.5 + 5 * 2.0 / 8.0));
    CHECK_FALSE(age_half_have_two(y, 1));
}

TEST_CASE("a year without December has no distributions, and every distribution has a name of its own") {
    const YearRecord empty = test::empty_year(2025);
    for (const Value& v : distribution_values(empty))
        CHECK_FALSE(v);
    std::vector<std::string_view> ids;
    for (const Distribution& d : distributions()) {
        CHECK(std::find(ids.begin(), ids.end(), d.id) == ids.end());
        ids.push_back(d.id);
    }
}
