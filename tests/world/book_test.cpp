#include "tresse/world/book.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"

using namespace tresse;
using namespace tresse::world;

namespace {

constexpr int services = 3, conditions = 2, causes = 4, mechanisms = 5, prices = 7;

template <class Kinds> constexpr int kinds_of() {
    return static_cast<int>(Kinds::count);
}

/// Calls `visit` with a reference to every count that a name leads to, once.
template <class Visit> void each_count(Book& book, Visit&& visit) {
    for (int g = 0; g < groups; ++g)
        for (int k = 0; k < kinds_of<GroupCount>(); ++k)
            visit(book.group(static_cast<GroupCount>(k), g));
    for (int s = 0; s < services; ++s)
        for (int k = 0; k < kinds_of<ServiceCount>(); ++k)
            visit(book.service(static_cast<ServiceCount>(k), s));
    for (int c = 0; c < conditions; ++c)
        for (int k = 0; k < kinds_of<ConditionCount>(); ++k)
            visit(book.condition(static_cast<ConditionCount>(k), c));
    for (int c = 0; c < causes; ++c)
        for (int k = 0; k < kinds_of<CauseCount>(); ++k)
            visit(book.cause(static_cast<CauseCount>(k), c));
    for (int m = 0; m < mechanisms; ++m)
        for (int k = 0; k < kinds_of<MechanismCount>(); ++k)
            visit(book.mechanism(static_cast<MechanismCount>(k), m));
    for (int sex = 0; sex < 2; ++sex)
        for (int age = 0; age <= oldest_age; ++age) {
            visit(book.exposure(sex, age));
            visit(book.deaths_at(sex, age));
        }
    for (int row = 0; row < prices; ++row)
        visit(book.priced(row));
}

Book empty_book() {
    return Book(BookShape::of(services, conditions, causes, mechanisms, prices));
}

}  // namespace

TEST_CASE("every count of a book has a place of its own and none is left over") {
    Book book = empty_book();
    each_count(book, [](std::int64_t& count) { count += 1; });
    CHECK(std::ranges::all_of(book.values(), [](std::int64_t v) { return v == 1; }));
}

TEST_CASE("the rows of a book are the counts that they are named after") {
    Book book = empty_book();
    book.group(GroupCount::deaths, 17) = 3;
    CHECK(book.group_row(17)[static_cast<int>(GroupCount::deaths)] == 3);
    book.service(ServiceCount::served, 2) = 5;
    CHECK(book.service_row(2)[static_cast<int>(ServiceCount::served)] == 5);
    book.priced(6) = 7;
    CHECK(book.priced_rows()[6] == 7);
    const Book& read = book;
    CHECK(read.group(GroupCount::deaths, 17) == 3);
    CHECK(read.service(ServiceCount::served, 2) == 5);
    CHECK(read.priced(6) == 7);
}

TEST_CASE("a touch of a mechanism counts one person, one event, its minutes and its cents") {
    Book book = empty_book();
    book.touch(4, 150, -20);
    book.touch(4);
    CHECK(book.mechanism(MechanismCount::persons, 4) == 2);
    CHECK(book.mechanism(MechanismCount::events, 4) == 2);
    CHECK(book.mechanism(MechanismCount::deci_minutes, 4) == 150);
    CHECK(book.mechanism(MechanismCount::cents, 4) == -20);
    CHECK(book.mechanism(MechanismCount::persons, 3) == 0);
}

TEST_CASE("books add count by count, and clearing leaves nothing") {
    Book a = empty_book(), b = empty_book();
    std::int64_t n = 0;
    each_count(a, [&](std::int64_t& count) { count = ++n; });
    each_count(b, [&](std::int64_t& count) { count = 1000; });
    a.add(b);
    n = 0;
    bool right = true;
    each_count(a, [&](std::int64_t& count) { right = right && count == 1000 + ++n; });
    CHECK(right);
    CHECK(a.group_sum(GroupCount::person_months) == b.group_sum(GroupCount::person_months) + [&] {
        std::int64_t sum = 0;  // the first count of each group: 1, 1 + kinds, 1 + 2 kinds ...
        for (int g = 0; g < groups; ++g)
            sum += 1 + static_cast<std::int64_t>(g) * kinds_of<GroupCount>();
        return sum;
    }());
    a.clear();
    CHECK(std::ranges::all_of(a.values(), [](std::int64_t v) { return v == 0; }));
}

TEST_CASE("books of different shapes cannot be added") {
    Book a = empty_book();
    const Book b(BookShape::of(services, conditions, causes, mechanisms, prices + 1));
    CHECK_THROWS_AS(a.add(b), BrokenRule);
}
