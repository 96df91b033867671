#include "tresse/measure/record.hpp"

#include <catch2/catch.hpp>

#include "measure/small_record.hpp"
#include "tresse/core/check.hpp"

using namespace tresse;
using namespace tresse::measure;
using namespace tresse::measure::test;
using world::GroupCount;

namespace {

/// Two places with a piece each, one practice, one action; nobody lives here, the books are written by the tests.
world::World small_world() {
    world::World w;
    w.policy_start = w.now = Month::of(2026, 11);
    w.start_of_time = w.policy_start - 12;
    w.pieces = {{0, 0, 0}, {0, 0, 1}};
    w.stocks.resize(2);
    w.piece_books.assign(2, world::Book(small_shape()));
    w.month_book = world::Book(small_shape());
    w.place_year.resize(2);
    for (auto& p : w.place_year)
        p.counts.assign(static_cast<std::size_t>(GroupCount::count), 0);
    w.ledger = world::Ledger(9);
    w.providers.resize(2);
    w.providers[0].filled_milli = 2000;
    w.providers[1].filled_milli = 500, w.providers[1].outside = true;
    w.actions.resize(1);
    return w;
}

}  // namespace

TEST_CASE("months are added into their calendar year", "[measure][record]") {
    world::World w = small_world();
    Recorder recorder(w, 3, 2, 1, 4, 5);
    for (int m = 0; m < 4; ++m) {  // November to February
        w.ledger.open_month();
        w.month_book.group(GroupCount::births, 0) = 1;
        w.ledger.post(0, 0, 5, 100);
        w.ledger.post(1, 3, 5, 10 + m);
        w.providers[0].load_permille = m == 0 ? 1101 : 1100;
        w.providers[0].exits_milli = 7;
        recorder.after_step(w, w.now);
        w.now = w.now + 1;
    }
    const RunRecord r = recorder.finish(99);
    REQUIRE(r.years.size() == 2);
    CHECK(r.arm == 1);
    CHECK(r.replicate == 4);
    CHECK(r.draw == 5);
    CHECK(r.years[0].year == 2026);
    CHECK(r.years[0].months == 2);
    CHECK(r.years[0].has_census);
    CHECK(r.years[1].months == 2);
    CHECK_FALSE(r.years[1].has_census);
    CHECK(r.years[0].book.group_sum(GroupCount::births) == 2);
    CHECK(r.years[0].postings == std::vector<world::Posting>{{0, 0, 5, 200}, {1, 3, 5, 10 + 11}});
    CHECK(r.years[1].postings == std::vector<world::Posting>{{0, 0, 5, 200}, {1, 3, 5, 12 + 13}});
    CHECK(r.years[0].kinds[0].filled == 4000);     // the provider outside is not counted
    CHECK(r.years[0].kinds[0].over_time == 2000);  // November only
    CHECK(r.years[1].kinds[0].over_time == 0);
    CHECK(r.years[1].kinds[0].exits == 14);
    CHECK(r.years[0].place_kinds[0].providers == 2);
}

TEST_CASE("an action's year is what it added in that year", "[measure][record]") {
    world::World w = small_world();
    Recorder recorder(w, 3, 2, 0, 0, 0);
    auto& a = w.actions[0];
    a.reached = 10, a.enrolled = 10, a.spent = 500, a.served = 30;
    recorder.after_step(w, Month::of(2026, 12));
    a.reached = 14, a.enrolled = 11, a.spent = 900, a.served = 40;  // four came, three left
    recorder.after_step(w, Month::of(2027, 1));
    const RunRecord r = recorder.finish(0);
    CHECK(r.years[0].actions[0].reached == 10);
    CHECK(r.years[0].actions[0].spent == 500);
    CHECK(r.years[1].actions[0].reached == 4);
    CHECK(r.years[1].actions[0].left == 3);
    CHECK(r.years[1].actions[0].enrolled_months == 11);
    CHECK(r.years[1].actions[0].spent == 400);
    CHECK(r.years[1].actions[0].deci_minutes == 40);
}

TEST_CASE("person-months still open at the end are added to the last year and its places", "[measure][record]") {
    world::World w = small_world();
    Recorder recorder(w, 3, 2, 0, 0, 0);
    recorder.after_step(w, Month::of(2027, 6));
    std::vector<world::Book> open(2, world::Book(small_shape()));
    open[1].group(GroupCount::person_months, woman(0, 40)) = 5;
    open[1].group(GroupCount::person_months, woman(0, 90)) = 3;
    recorder.add_open_months(w, open);
    const RunRecord r = recorder.finish(0);
    CHECK(r.years[0].book.group_sum(GroupCount::person_months) == 8);
    CHECK(r.years[0].places[1].counts[static_cast<std::size_t>(GroupCount::person_months)] == 8);
    CHECK(r.years[0].place_months_under_75 == std::vector<std::int64_t>{0, 5});
}

TEST_CASE("the hash of a record changes with any of its integers", "[measure][record]") {
    RunRecord r = empty_record(2);
    r.years[1].postings = {{0, 0, 5, 1}};
    r.years[0].actions.resize(1);
    const std::uint64_t before = record_hash(r, 7);
    CHECK(record_hash(r, 7) == before);
    CHECK(record_hash(r, 8) != before);
    const auto changed = [&](auto&& change) {
        RunRecord other = r;
        change(other);
        return record_hash(other, 7) != before;
    };
    CHECK(changed([](RunRecord& x) { x.years[1].book.group(GroupCount::deaths, 0) = 1; }));
    CHECK(changed([](RunRecord& x) { x.years[1].postings[0].cents = 2; }));
    CHECK(changed([](RunRecord& x) { x.years[0].kinds[2].income = 1; }));
    CHECK(changed([](RunRecord& x) { x.years[0].actions[0].left = 1; }));
    CHECK(changed([](RunRecord& x) { x.years[0].places[1].counts[0] = 1; }));
    CHECK(changed([](RunRecord& x) { x.years[0].persons_end = 1; }));
    CHECK(changed([](RunRecord& x) { x.start.by_group[3] = 1; }));
    // arm and replicate say which piece it is, not what came out of it
    CHECK_FALSE(changed([](RunRecord& x) { x.arm = 2; }));
}

TEST_CASE("an arm that gains or loses actions on the way is a bug", "[measure][record]") {
    world::World w = small_world();
    Recorder recorder(w, 3, 2, 0, 0, 0);
    w.actions.resize(2);
    CHECK_THROWS_AS(recorder.after_step(w, Month::of(2026, 11)), BrokenRule);
}
