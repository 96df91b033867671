#include "tresse/core/month.hpp"

#include <catch2/catch.hpp>

using tresse::Month;
using tresse::parse_month;

TEST_CASE("a month reads back what it writes, from 1900 to 2200", "[core][month]") {
    for (Month m = Month::of(1900, 1); m <= Month::of(2200, 12); m = m + 1) {
        Month back;
        REQUIRE(parse_month(m.text(), back));
        REQUIRE(back == m);
    }
    CHECK(Month::of(2026, 1).text() == "2026-01");
    CHECK(Month::of(1999, 12).text() == "1999-12");
}

TEST_CASE("months count on over the end of a year", "[core][month]") {
    CHECK(Month::of(2026, 12) + 1 == Month::of(2027, 1));
    CHECK(Month::of(2026, 1) - 36 == Month::of(2023, 1));
    CHECK(Month::of(2027, 3) - Month::of(2026, 1) == 14);
    CHECK(Month::of(2026, 1) < Month::of(2026, 2));
}

TEST_CASE("January, December and the ends of quarters are where the calendar has them", "[core][month]") {
    int januaries = 0, decembers = 0;
    std::string quarters;
    for (int m = 1; m <= 12; ++m) {
        const Month month = Month::of(2026, m);
        januaries += month.is_january();
        decembers += month.is_december();
        if (month.ends_quarter())
            quarters += month.text().substr(5) + " ";
    }
    CHECK(januaries == 1);
    CHECK(decembers == 1);
    CHECK(quarters == "03 06 09 12 ");
    CHECK(Month::of(2026, 1).is_january());
    CHECK(Month::of(2026, 12).is_december());
}

TEST_CASE("a text that is no month is refused and leaves the result alone", "[core][month]") {
    for (const char* text : {"", "2026", "2026-1", "2026-00", "2026-13", "1899-12", "2201-01", "2026/01", "2026-01 ",
                             " 2026-01", "+026-01", "2026-0a", "２０２６-01"}) {
        Month m = Month::of(2000, 5);
        INFO(text);
        CHECK_FALSE(parse_month(text, m));
        CHECK(m == Month::of(2000, 5));
    }
}
