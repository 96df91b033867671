#include "tresse/experiment/run.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "experiment/tiny_source.hpp"
#include "tresse/core/check.hpp"
#include "tresse/measure/score.hpp"

using namespace tresse;
using namespace tresse::experiment;
using namespace tresse::experiment::test;
using world::GroupCount;

namespace {

/// Stops after so many months, if ever; remembers what it was told.
class Counting : public Progress {
public:
    explicit Counting(std::int64_t most = -1) : most_(most) {}
    void at(std::int64_t done, std::int64_t total) override {
        last = done, of = total, in_order = in_order && done >= last;
    }
    bool stop() const override { return most_ >= 0 && last >= most_; }
    std::int64_t last = 0, of = 0;
    bool in_order = true;

private:
    std::int64_t most_;
};

RunReport run_plan(const Plan& plan, const Source& source, MemorySink& sink) {
    Counting progress;
    return run(plan, source, sink, progress);
}

}  // namespace

TEST_CASE("an arm that changes nothing differs in nothing", "[experiment][laws]") {
    const TinySource source;
    MemorySink sink;
    const RunReport report = run_plan(tiny_plan(), source, sink);
    CHECK(report.complete());
    CHECK(report.pieces.size() == 4);
    for (int r = 0; r < 2; ++r) {
        const auto& base = sink.records.at({r, 0});
        const auto& arm = sink.records.at({r, 1});
        CHECK(base.hash == arm.hash);
        REQUIRE(base.years.size() == 2);
        CHECK(base.years[0].months == 12);
        CHECK(base.years[1].months == 2);
        CHECK(std::ranges::equal(base.years[1].book.values(), arm.years[1].book.values()));
    }
}

TEST_CASE("arms are the same until the month in which they first differ", "[experiment][laws]") {
    const TinySource source(tiny::Options{.persons = 400, .capacity = 256});
    MemorySink sink;
    run_plan(tiny_plan(3, 1, 24), source, sink);
    const auto& base = sink.records.at({0, 0});
    const auto& arm = sink.records.at({0, 2});
    CHECK(std::ranges::equal(base.years[0].book.values(), arm.years[0].book.values()));
    CHECK(base.years[0].postings == arm.years[0].postings);
    CHECK_FALSE(std::ranges::equal(base.years[1].book.values(), arm.years[1].book.values()));
    std::int64_t base_onsets = 0, arm_onsets = 0;
    for (int c = 0; c < 2; ++c) {
        base_onsets += base.years[1].book.condition(world::ConditionCount::onsets, c);
        arm_onsets += arm.years[1].book.condition(world::ConditionCount::onsets, c);
    }
    CHECK(arm_onsets >= base_onsets);
}

TEST_CASE("the result does not depend on threads, nor on how the work is spread", "[experiment][laws]") {
    const TinySource source(tiny::Options{.persons = 300, .capacity = 64});
    Plan plan = tiny_plan(4, 3, 13);
    MemorySink one, cells, replicates, little;
    const RunReport a = run_plan(plan, source, one);
    CHECK_FALSE(a.by_replicate);
    plan.threads = 2;
    const RunReport b = run_plan(plan, source, replicates);
    CHECK(b.by_replicate);
    CHECK(b.workers == 2);
    plan.threads = 4;  // more than there are replicates: cells side by side
    const RunReport c = run_plan(plan, source, cells);
    CHECK_FALSE(c.by_replicate);
    plan.memory_bytes =
        static_cast<std::uint64_t>(static_cast<double>(a.world_bytes) * 1.25 * 2.5);  // two worlds, not three
    const RunReport d = run_plan(plan, source, little);
    CHECK(d.history_again);
    CHECK(d.months > c.months);
    CHECK(a.hash == b.hash);
    CHECK(a.hash == c.hash);
    CHECK(a.hash == d.hash);
}

TEST_CASE("memory that does not hold one world is refused before anything is run", "[experiment]") {
    const TinySource source;
    Plan plan = tiny_plan();
    plan.memory_bytes = 1000;
    MemorySink sink;
    CHECK_THROWS_AS(run_plan(plan, source, sink), MachineRefused);
    CHECK(sink.calls == 0);
}

TEST_CASE("a run that was stopped goes on to the same result, and runs nothing twice", "[experiment][resume]") {
    const TinySource source;
    const Plan plan = tiny_plan(3, 3, 13);
    MemorySink whole, parts;
    const RunReport full = run_plan(plan, source, whole);
    Counting stopping(60);  // settling 3, arms of 13 months: in the second replicate
    const RunReport first = run(plan, source, parts, stopping);
    CHECK(first.stopped);
    CHECK_FALSE(first.complete());
    const int done = parts.calls;
    CHECK(done >= 3);
    CHECK(done < 9);
    const RunReport second = run_plan(plan, source, parts);
    CHECK(second.complete());
    CHECK(second.kept == done);
    CHECK(parts.calls == 9);
    CHECK(second.hash == full.hash);
    CHECK_FALSE(first.hash == full.hash);
    const RunReport third = run_plan(plan, source, parts);
    CHECK(third.months == 0);
    CHECK(third.hash == full.hash);
}

TEST_CASE("an arm alone is the arm beside others", "[experiment][laws]") {
    const TinySource source;
    Plan plan = tiny_plan(4, 1, 13);
    MemorySink beside, alone;
    run_plan(plan, source, beside);
    plan.run_arms = {3};
    const RunReport report = run_plan(plan, source, alone);
    CHECK(report.wanted == 1);
    CHECK(alone.records.at({0, 3}).hash == beside.records.at({0, 3}).hash);
}

TEST_CASE("replicates change luck, not people", "[experiment]") {
    const TinySource source;
    MemorySink sink;
    run_plan(tiny_plan(1, 3, 12), source, sink);
    const auto& first = sink.records.at({0, 0});
    const auto& second = sink.records.at({1, 0});
    CHECK(first.start.by_group == second.start.by_group);
    CHECK(first.start.persons() == 60);
    CHECK(first.hash != second.hash);
    CHECK(second.hash != sink.records.at({2, 0}).hash);
}

TEST_CASE("a replicate is the same whichever others are run", "[experiment]") {
    const TinySource source;
    Plan plan = tiny_plan(1, 3, 12);
    MemorySink all, third;
    run_plan(plan, source, all);
    plan.first_replicate = 2, plan.replicates = 1;
    run_plan(plan, source, third);
    CHECK(all.records.at({2, 0}).hash == third.records.at({2, 0}).hash);
}

TEST_CASE("each replicate has its own draw, or several share one, or all have the central values", "[experiment]") {
    Plan plan;
    CHECK(draw_of(plan, 0) == 1);
    CHECK(draw_of(plan, 7) == 8);
    plan.replicates_per_draw = 2;
    CHECK(draw_of(plan, 0) == 1);
    CHECK(draw_of(plan, 1) == 1);
    CHECK(draw_of(plan, 2) == 2);
    CHECK(luck_of(plan, 0) != luck_of(plan, 1));
    plan.draw_parameters = false;
    CHECK(draw_of(plan, 7) == 0);
    const TinySource source;
    MemorySink drawn, central;
    Plan small = tiny_plan(2, 1, 12);
    run_plan(small, source, drawn);
    small.draw_parameters = false;
    run_plan(small, source, central);
    CHECK(drawn.records.at({0, 0}).draw == 1);
    CHECK(drawn.records.at({0, 1}).draw == 1);
    CHECK(central.records.at({0, 0}).draw == 0);
    CHECK(drawn.records.at({0, 0}).hash != central.records.at({0, 0}).hash);
}

TEST_CASE("progress counts every month once and ends at the total", "[experiment]") {
    const TinySource source;
    MemorySink sink;
    Counting progress;
    const RunReport report = run(tiny_plan(2, 2, 5), source, sink, progress);
    CHECK(progress.of == 2 * (3 + 2 * 5));
    CHECK(progress.last == progress.of);
    CHECK(report.months == progress.of);
    CHECK(progress.in_order);
}

TEST_CASE("the ledger's cost of care is what was billed for persons, when nothing else is paid",
          "[experiment][money]") {
    const TinySource source(tiny::Options{.persons = 200, .capacity = 64});
    MemorySink sink;
    run_plan(tiny_plan(1, 1, 24), source, sink);
    const auto& record = sink.records.at({0, 0});
    std::int64_t billed = 0;
    for (const auto& y : record.years)
        billed += y.book.group_sum(GroupCount::cents_public) + y.book.group_sum(GroupCount::cents_share) +
                  y.book.group_sum(GroupCount::cents_extra);
    CHECK(billed > 0);
    const auto cost = measure::cost_by_account(record, source.catalogue());
    CHECK(cost.total == billed);
    // the insurance pays the public part and the refunds
    std::int64_t insurance = 0;
    for (const auto& y : record.years)
        insurance += y.book.group_sum(GroupCount::cents_public) + y.book.group_sum(GroupCount::cents_refund);
    CHECK(cost.care[0] == insurance);
}

TEST_CASE("a probe sees every month of every arm in order", "[experiment]") {
    class Watching : public Probe {
    public:
        int months = 0, ends = 0;
        void month(const world::World& world, Month month, int, int) override {
            ++months;
            CHECK(world.now - month == 1);
        }
        void at_end(const world::World&, int, int) override { ++ends; }
    };
    const TinySource source;
    MemorySink sink;
    Counting progress;
    Watching probe;
    run(tiny_plan(2, 1, 4), source, sink, progress, &probe);
    CHECK(probe.months == 8);
    CHECK(probe.ends == 2);
}
