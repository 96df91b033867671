#include "tresse/core/text/layout.hpp"

#include <catch2/catch.hpp>

using namespace tresse::text;

TEST_CASE("width counts letters, not bytes, and no accents that stand alone", "[text]") {
    CHECK(width("Liège ↑") == 7);
    CHECK(width("e\u0301") == 1);
    CHECK(width("105\u202f315") == 7);
}

TEST_CASE("padding fills up to the columns asked and never cuts", "[text]") {
    CHECK(pad_right("é", 3) == "é  ");
    CHECK(pad_left("é", 3) == "  é");
    CHECK(pad_left("long", 2) == "long");
    CHECK(shorten("Zuidoost Hageland", 12) == "Zuidoost...");
    CHECK(shorten("short", 12) == "short");
}

TEST_CASE("text is wrapped at spaces and a line break stays", "[text]") {
    CHECK(wrap("one two three", 7) == std::vector<std::string>{"one two", "three"});
    CHECK(wrap("a\nb", 7) == std::vector<std::string>{"a", "b"});
    CHECK(wrap("incomprehensible x", 5) == std::vector<std::string>{"incomprehensible", "x"});
    CHECK(hanging("Question", 10, "one two three", 17) == "Question  one two\n          three\n");
}
