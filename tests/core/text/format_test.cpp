#include "tresse/core/text/format.hpp"

#include <limits>

#include <catch2/catch.hpp>

#include "tresse/core/text/catalogue.hpp"

using namespace tresse;
using namespace tresse::text;

namespace {
const std::string thin = "\u202f";
}

TEST_CASE("numbers are written as the reader's language writes them", "[text]") {
    CHECK(number(7777.72, 1) == "7" + thin + "777.7");
    CHECK(number(105315, 0) == "105" + thin + "315");
    CHECK(number(-1234567.5, 2) == "-1" + thin + "234" + thin + "567.50");
    for (const Lang lang : {Lang::fr, Lang::nl, Lang::de}) {
        const LanguageScope scope(lang);
        CHECK(number(7777.72, 1) == "7" + thin + "777,7");
    }
}

TEST_CASE("zero has no sign, whichever side it was rounded from", "[text]") {
    CHECK(number(-0.04, 1) == "0.0");
    CHECK(signed_number(-0.04, 1) == "0.0");
    CHECK(signed_number(0.04, 1) == "0.0");
    CHECK(signed_number(0.06, 1) == "+0.1");
    CHECK(signed_number(-0.06, 1) == "-0.1");
}

TEST_CASE("what is missing is a dash and what has no end says so", "[text]") {
    CHECK(number(std::numeric_limits<double>::quiet_NaN(), 1) == "\u2013");
    CHECK(signed_number(std::numeric_limits<double>::infinity(), 1) == "+\u221e");
    CHECK(number(-std::numeric_limits<double>::infinity(), 1) == "-\u221e");
}

TEST_CASE("a range stands in brackets behind its middle, and is left out where it has no ends", "[text]") {
    const double none = std::numeric_limits<double>::quiet_NaN(), endless = std::numeric_limits<double>::infinity();
    CHECK(range({2.2, -1.1, 5.5}, 1) == "+2.2 (-1.1 to +5.5)");
    CHECK(range({2.2, 1.1, 5.5}, 1, false) == "2.2 (1.1 to 5.5)");
    CHECK(range({2.2, none, none}, 1) == "+2.2");
    CHECK(range({2.2, -endless, endless}, 1) == "+2.2");  // the interval of a single value
    CHECK(range({none, 1, 2}, 1) == "\u2013");
    const LanguageScope scope(Lang::nl);
    CHECK(range({2.2, -1.1, 5.5}, 1) == "+2,2 (-1,1 tot +5,5)");
}

TEST_CASE("a sentence takes its values by name, in any order", "[text]") {
    CHECK(fill("{b} of {a}", {{"a", "12"}, {"b", 3}}) == "3 of 12");
    CHECK(fill("{unknown} {a", {{"a", "x"}}) == "{unknown} {a");
    CHECK(fill("{{a} {a}", {{"a", "x"}}) == "{a} x");
    CHECK(fill("{n}", {{"n", 2222}}) == "2" + thin + "222");
}

TEST_CASE("dates and durations are in words of the language", "[text]") {
    CHECK(date(2026, 11, 21) == "21 November 2026");
    CHECK(month_name(Month::of(2026, 1)) == "January 2026");
    CHECK(duration(44.2) == "44 s");
    CHECK(duration(200) == "3 min 20 s");
    CHECK(duration(7500) == "2 h 05 min");
    {
        const LanguageScope scope(Lang::fr);
        CHECK(date(2026, 2, 1) == "1 février 2026");
    }
    {
        const LanguageScope scope(Lang::nl);
        CHECK(date(2026, 3, 1) == "1 maart 2026");
    }
    {
        const LanguageScope scope(Lang::de);
        CHECK(date(2026, 3, 1) == "1. März 2026");
    }
}

TEST_CASE("a list of things ends with and", "[text]") {
    CHECK(list({}).empty());
    CHECK(list({"a"}) == "a");
    CHECK(list({"a", "b", "c"}) == "a, b and c");
    const LanguageScope scope(Lang::nl);
    CHECK(list({"a", "b"}) == "a en b");
}

TEST_CASE("decimals follow the size of the number", "[text]") {
    CHECK(decimals_for(0.123, 2, 2) == 2);
    CHECK(decimals_for(1.9, 2, 2) == 1);
    CHECK(decimals_for(19.4, 2, 2) == 0);
    CHECK(decimals_for(1940, 2, 2) == 0);
    CHECK(decimals_for(0, 2, 2) == 2);
}
