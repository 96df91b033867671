#include "tresse/core/check.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;

TEST_CASE("a broken rule names the condition, the reason, the file and the line", "[core][check]") {
    const int heads = 3;
    int line = 0;
    std::string words;
    try {
        line = __LINE__ + 1;
        TRESSE_CHECK(heads == 2, "a couple has two heads");
    } catch (const tresse::BrokenRule& e) {
        words = e.what();
    }
    CHECK_THAT(words, Contains("heads == 2") && Contains("a couple has two heads") &&
                          Contains("check_test.cpp:" + std::to_string(line)));
}

TEST_CASE("a rule that holds costs nothing and evaluates its condition once", "[core][check]") {
    int asked = 0;
    TRESSE_CHECK(++asked == 1, "the condition is evaluated once");
    CHECK(asked == 1);
}

TEST_CASE("a bug and a refusing machine are different kinds of error", "[core][check]") {
    CHECK_FALSE((std::is_base_of_v<tresse::BrokenRule, tresse::MachineRefused> ||
                 std::is_base_of_v<tresse::MachineRefused, tresse::BrokenRule>));
    CHECK(std::is_base_of_v<std::logic_error, tresse::BrokenRule>);
}
