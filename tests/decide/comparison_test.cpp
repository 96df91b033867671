#include "tresse/decide/comparison.hpp"

#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"

using namespace tresse;
using namespace tresse::decide;
using measure::Direction;

namespace {

/// Three futures of base 0 and arms 1 and 2; two rows.
std::vector<PieceValues> pieces() {
    std::vector<PieceValues> out;
    for (int r = 0; r < 3; ++r) {
        out.push_back({0, r, r + 1, {100.0 + r, 50.0}});
        out.push_back({1, r, r + 1, {110.0 + r, 50.0}});
        out.push_back({2, r, r + 1, {100.0 + r, 50.0 + 9 * r}});
    }
    return out;
}

const std::vector<Ruler> rulers{{"x", Direction::more, 1}, {"y", Direction::less, 1}};

const Sentence* find(const std::vector<Sentence>& list, Say say) {
    for (const Sentence& s : list)
        if (s.say == say)
            return &s;
    return nullptr;
}

}  // namespace

TEST_CASE("arms are compared future by future with the base", "[decide][comparison]") {
    const auto arms = compare_arms(pieces(), rulers, 0);
    REQUIRE(arms.size() == 2);
    CHECK(arms[0].arm == 1);
    CHECK(arms[0].rows[0].difference.expected == Approx(10));
    CHECK(arms[0].rows[0].difference.uncertainty.low ==
          Approx(10));  // the same in every future, though the level varies
    CHECK(arms[0].rows[0].verdict == Verdict::better);
    CHECK(arms[0].rows[1].verdict == Verdict::same);
    CHECK(arms[1].rows[0].verdict == Verdict::same);
    CHECK(arms[1].rows[1].verdict == Verdict::cannot_tell);  // 0, 9, 18
}

TEST_CASE("the order in which pieces were finished does not matter", "[decide][comparison]") {
    auto list = pieces();
    const auto a = compare_arms(list, rulers, 0);
    std::reverse(list.begin(), list.end());
    const auto b = compare_arms(list, rulers, 0);
    CHECK(a[1].rows[1].difference.uncertainty.low == b[1].rows[1].difference.uncertainty.low);
    CHECK(*a[1].rows[1].base == *b[1].rows[1].base);
}

TEST_CASE("a future that only one arm has finished is not compared", "[decide][comparison]") {
    auto list = pieces();
    list.push_back({1, 3, 4, {500.0, 1.0}});
    CHECK(pairs_of(list, 0, 1, 0).size() == 3);
}

TEST_CASE("two draws in one future, or a piece that stands twice, is a bug", "[decide][comparison]") {
    auto list = pieces();
    list[1].draw = 7;
    CHECK_THROWS_AS(pairs_of(list, 0, 1, 0), BrokenRule);
    list = pieces();
    list.push_back(list[0]);
    CHECK_THROWS_AS(pairs_of(list, 0, 1, 0), BrokenRule);
}

TEST_CASE("sentences say what the rows say", "[decide][sentence]") {
    const auto arms = compare_arms(pieces(), rulers, 0);
    const auto first = sentences(arms[0]);
    REQUIRE(find(first, Say::better) != nullptr);
    CHECK(find(first, Say::better)->scores == std::vector<std::string>{"x"});
    CHECK(find(first, Say::same)->scores == std::vector<std::string>{"y"});
    // base 100, 101, 102: SD 1 with parameters inside, 2.77 can be seen, 10 is more
    CHECK(find(first, Say::seen)->scores == std::vector<std::string>{"x"});
    const auto second = sentences(arms[1]);
    CHECK(find(second, Say::better) == nullptr);
    CHECK(find(second, Say::cannot_tell)->scores == std::vector<std::string>{"y"});
    for (int s = 0; s < static_cast<int>(Say::count); ++s)
        CHECK_FALSE(message(static_cast<Say>(s)).empty());
}

TEST_CASE("an arm that changes nothing has one sentence, and nothing could be seen", "[decide][sentence]") {
    std::vector<PieceValues> list;
    for (int r = 0; r < 4; ++r)
        for (int arm = 0; arm < 2; ++arm)
            list.push_back({arm, r, r + 1, {100.0 + r, 50.0 - r}});
    const auto said = sentences(compare_arms(list, rulers, 0)[0]);
    REQUIRE(said.size() == 2);
    CHECK(said[0].say == Say::all_the_same);
    CHECK(said[1].say == Say::seen_none);
}

TEST_CASE("the sentence on cost names the account that pays most", "[decide][sentence]") {
    const std::vector<Ruler> money{{"cost_per_head_eur", Direction::less, 5},
                                   {"account_per_head_eur/federal", Direction::none, 0},
                                   {"account_per_head_eur/community", Direction::none, 0}};
    std::vector<PieceValues> list;
    for (int r = 0; r < 4; ++r) {
        list.push_back({0, r, r + 1, {3000.0, 2000.0, 1000.0}});
        list.push_back({1, r, r + 1, {3020.0 + r, 2008.0, 1012.0 + r}});
        list.push_back({2, r, r + 1, {2980.0 + r, 2000.0, 980.0 + r}});
    }
    const auto arms = compare_arms(list, money, 0);
    const auto up = sentences(arms[0]);
    REQUIRE(find(up, Say::costs_more) != nullptr);
    CHECK(find(up, Say::costs_more)->numbers[0] == Approx(21.5));
    CHECK(find(up, Say::pays_most)->scores == std::vector<std::string>{"account_per_head_eur/community"});
    const auto down = sentences(arms[1]);
    CHECK(find(down, Say::costs_less)->numbers[0] == Approx(18.5));
    CHECK(find(down, Say::saves_most)->numbers[0] == Approx(18.5));
}

TEST_CASE("one pair of futures gives no range, and the sentence on cost says so", "[decide][sentence]") {
    const std::vector<Ruler> money{{"cost_per_head_eur", Direction::less, 5}};
    const std::vector<PieceValues> pair{{0, 0, 1, {3000.0}}, {1, 0, 1, {3020.0}}};
    const auto arms = compare_arms(pair, money, 0);
    const auto said = sentences(arms[0]);
    CHECK(find(said, Say::cost_unclear) == nullptr);
    REQUIRE(find(said, Say::cost_no_range) != nullptr);
    CHECK(find(said, Say::cost_no_range)->numbers[0] == Approx(20));
}
