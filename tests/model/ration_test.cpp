#include "tresse/model/ration.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/draw.hpp"

using namespace tresse;
using namespace tresse::model;

namespace {

/// Lines of 5 to 64 tenths of a minute; keys from a short range, so that many are equal.
std::vector<Queued> some_lines(std::uint64_t seed, int count, std::uint32_t keys) {
    std::vector<Queued> lines;
    for (int i = 0; i < count; ++i) {
        const Block luck = draw(seed, static_cast<std::uint64_t>(i), 0, Purpose::placement);
        lines.push_back({0, below(luck.word[0], keys), 5 + below(luck.word[1], 60)});
    }
    return lines;
}

std::int64_t minutes(const std::vector<Queued>& lines) {
    std::int64_t sum = 0;
    for (const Queued& q : lines)
        sum += q.deci_minutes;
    return sum;
}

std::int64_t minutes_below(const std::vector<Queued>& lines, std::uint32_t key) {
    std::int64_t sum = 0;
    for (const Queued& q : lines)
        sum += q.key < key ? q.deci_minutes : 0;
    return sum;
}

Cut cut_for(std::vector<Queued> lines, std::int64_t available) {
    return cut_of(lines, available);
}

}  // namespace

TEST_CASE("a queue worked by hand: lines in the order of their key until the first that does not fit", "[ration]") {
    const std::vector<Queued> lines = {{0, 30, 100}, {0, 10, 200}, {0, 20, 150}, {0, 40, 10}};
    CHECK(cut_for(lines, 199).key == 10);
    CHECK(cut_for(lines, 199).served == 0);
    CHECK(cut_for(lines, 200).key == 20);
    CHECK(cut_for(lines, 200).served == 200);
    CHECK(cut_for(lines, 449).key == 30);
    CHECK(cut_for(lines, 449).served == 350);  // the short line behind does not overtake
    CHECK(cut_for(lines, 460).key == world::everybody);
    CHECK(cut_for(lines, 460).served == 460);
}

TEST_CASE("with nothing to give nobody is served, with enough everybody is", "[ration][laws]") {
    const auto lines = some_lines(1, 300, 50);
    const Cut none = cut_for(lines, 0), all = cut_for(lines, minutes(lines));
    CHECK(none.served == 0);
    CHECK(minutes_below(lines, none.key) == 0);
    CHECK(all.key == world::everybody);
    CHECK(all.served == minutes(lines));
    CHECK(cut_for(lines, minutes(lines) - 1).key != world::everybody);
    CHECK(cut_for({}, 0).key == world::everybody);
}

TEST_CASE("what is served never exceeds what there is, is what stands below the cut, and rises with it",
          "[ration][laws]") {
    for (const std::uint32_t keys : {3u, 40u, 1u << 28}) {
        const auto lines = some_lines(keys, 400, keys);
        Cut before{0, 0};
        for (std::int64_t available = 0; available <= minutes(lines) + 100; available += 97) {
            const Cut cut = cut_for(lines, available);
            REQUIRE(cut.served <= available);
            REQUIRE(cut.served == minutes_below(lines, cut.key));
            REQUIRE(cut.key >= before.key);
            REQUIRE(cut.served >= before.served);
            before = cut;
        }
        CHECK(before.key == world::everybody);
    }
}

TEST_CASE("equal keys wait together", "[ration][laws]") {
    const std::vector<Queued> lines = {{0, 5, 100}, {0, 9, 60}, {0, 9, 60}, {0, 9, 60}};
    for (const std::int64_t available : {100, 160, 220, 279}) {
        const Cut cut = cut_for(lines, available);
        CHECK(cut.key == 9);
        CHECK(cut.served == 100);  // one or two of the three would fit
    }
    CHECK(cut_for(lines, 280).key == world::everybody);
}

TEST_CASE("the cut does not depend on the order in which lines were collected", "[ration][laws]") {
    const auto lines = some_lines(3, 200, 30);
    auto turned = lines;
    std::reverse(turned.begin(), turned.end());
    for (std::int64_t available = 0; available < minutes(lines); available += 531) {
        CHECK(cut_for(lines, available).key == cut_for(turned, available).key);
        CHECK(cut_for(lines, available).served == cut_for(turned, available).served);
    }
}

TEST_CASE("who has waited longer comes first, whoever it is", "[ration][queue]") {
    const Month month = Month::of(2026, 5);
    for (std::uint64_t person = 0; person < 200; ++person)
        for (int waited = 0; waited < 15; ++waited)
            REQUIRE(queue_key(1, person, 3, month, waited + 1) < queue_key(1, person + 1, 3, month, waited));
    CHECK(queue_key(1, 5, 3, month, 15) == queue_key(1, 5, 3, month, 60));  // fifteen months are the most that is kept
}

TEST_CASE("equal waits are ordered by luck, which is new for each month and provider", "[ration][queue]") {
    const Month month = Month::of(2026, 5);
    std::set<std::uint32_t> ties;
    int earlier_again = 0, earlier_elsewhere = 0;
    constexpr int pairs = 4000;
    for (std::uint64_t p = 0; p < pairs; ++p) {
        const std::uint64_t a = 2 * p, b = 2 * p + 1;
        const bool first = queue_key(1, a, 3, month, 0) < queue_key(1, b, 3, month, 0);
        earlier_again += first == (queue_key(1, a, 3, month + 1, 0) < queue_key(1, b, 3, month + 1, 0));
        earlier_elsewhere += first == (queue_key(1, a, 4, month, 0) < queue_key(1, b, 4, month, 0));
        ties.insert(queue_key(1, a, 3, month, 0));
    }
    const double four_sd = 4 * 0.5 * std::sqrt(static_cast<double>(pairs));  // of a fair coin
    CHECK(std::abs(earlier_again - pairs / 2.0) < four_sd);
    CHECK(std::abs(earlier_elsewhere - pairs / 2.0) < four_sd);
    CHECK(ties.size() > pairs - 10);  // 24 bits: 0.5 equal pairs expected
    CHECK(queue_key(1, 5, 3, month, 0) == queue_key(1, 5, 3, month, 0));
    CHECK(queue_key(1, 5, 3, month, 0) != queue_key(2, 5, 3, month, 0));
}

TEST_CASE("no key is the mark of a queue that serves everybody", "[ration][queue]") {
    std::uint32_t highest = 0;
    for (std::uint64_t person = 0; person < 5000; ++person)
        highest = std::max(highest, queue_key(9, person, 1, Month::of(2030, 12), 0));
    CHECK(highest < world::everybody);
}
