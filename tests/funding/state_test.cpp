#include "tresse/funding/state.hpp"

#include <catch2/catch.hpp>

#include "tresse/world/bits.hpp"

namespace tresse::funding {

namespace st = world::status;

TEST_CASE("a test that asks nothing holds for everybody") {
    CHECK(StateTest{}.holds(State{}));
    State state;
    state.status = 0xffffffffu, state.seen = 0xffff, state.shares_two_years = 1;
    CHECK(StateTest{}.holds(state));
}

TEST_CASE("flags that must and must not stand are tested on the packed word") {
    StateTest test;
    test.must = st::Plan::mask, test.must_not = st::CaseManager::mask;
    State state;
    CHECK_FALSE(test.holds(state));
    state.status = st::Plan::mask;
    CHECK(test.holds(state));
    state.status |= st::CaseManager::mask;
    CHECK_FALSE(test.holds(state));
}

TEST_CASE("any kind of carer is a carer, and none is none") {
    StateTest with, without;
    with.some = st::Carer::mask, without.none = st::Carer::mask;
    State state;
    CHECK_FALSE(with.holds(state));
    CHECK(without.holds(state));
    for (std::uint32_t kind = 1; kind <= 3; ++kind) {
        state.status = st::Carer::set(0, kind);
        CHECK(with.holds(state));
        CHECK_FALSE(without.holds(state));
    }
}

TEST_CASE("a stage is asked from one to another, both included, and a condition that is absent has none") {
    StateTest test;
    test.condition = 2, test.stage_from = 2, test.stage_to = 3;
    State state;
    CHECK_FALSE(test.holds(state));
    world::Conditions conditions;
    for (int stage = 1; stage <= 4; ++stage) {
        conditions.set_stage(2, stage);
        state.conditions = conditions.word;
        CHECK(test.holds(state) == (stage == 2 || stage == 3));
    }
}

TEST_CASE("history is asked from a threshold on, and every gate must be open") {
    StateTest test;
    test.shares_from = 45000, test.seen = 0b101, test.indicators = 0b11;
    State state;
    state.shares_two_years = 45000, state.seen = 0b100, state.indicators = 0b11;
    CHECK(test.holds(state));
    state.shares_two_years = 44999;
    CHECK_FALSE(test.holds(state));
    state.shares_two_years = 45000, state.seen = 0b010;
    CHECK_FALSE(test.holds(state));
    state.seen = 0b001, state.indicators = 0b10;
    CHECK_FALSE(test.holds(state));
}

}  // namespace tresse::funding
