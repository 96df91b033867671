#include "tresse/measure/life.hpp"

#include <catch2/catch.hpp>

using namespace tresse;
using namespace tresse::measure;

namespace {

/// A woman over three months in which nothing happens.
Life quiet(int arm = 0) {
    Life life;
    life.arm = arm;
    for (int m = 0; m < 3; ++m) {
        LifeMonth month;
        month.month = Month::of(2026, 1) + m;
        month.row.id = 7;
        month.row.birthday = 3;
        month.team.fill(no_provider);
        life.months.push_back(month);
    }
    return life;
}

constexpr std::uint32_t bit(LifeFact fact) { return std::uint32_t{1} << static_cast<int>(fact); }

}  // namespace

TEST_CASE("two lives with the same facts part nowhere, whatever place they have in the tables of their arms", "[measure][life]") {
    const Life base = quiet();
    Life arm = quiet(1);
    arm.months[1].row.tariff_class = 9, arm.months[1].row.household = 4, arm.months[1].row.event_gate = 77;
    const LifeParting p = parting(base, arm);
    CHECK_FALSE(p.differs);
    CHECK_FALSE(p.events_differ);
    CHECK(p.cause.kind == CauseKind::none);
}

TEST_CASE("the first month that differs is the first in which any stored fact differs", "[measure][life]") {
    const Life base = quiet();
    // one change for each fact that a reader can see, by hand
    struct Case {
        void (*change)(LifeMonth&);
        LifeFact fact;
    };
    const Case cases[] = {
        {[](LifeMonth& m) { m.row.conditions = 1; }, LifeFact::conditions},
        {[](LifeMonth& m) { m.events.push_back(3); }, LifeFact::events},
        {[](LifeMonth& m) { m.stays.push_back({0, true, false, false, 4}); }, LifeFact::stays},
        {[](LifeMonth& m) { m.row.status = world::status::Dependence::set(0, 2); }, LifeFact::dependence},
        {[](LifeMonth& m) { m.row.status = world::status::NursingHome::mask; }, LifeFact::home},
        {[](LifeMonth& m) { m.row.status = world::status::Work::set(0, 3); }, LifeFact::work},
        {[](LifeMonth& m) { m.row.status = world::status::Smoking::set(0, 2); }, LifeFact::habits},
        {[](LifeMonth& m) { m.row.treatment = 1; }, LifeFact::body},
        {[](LifeMonth& m) { m.team[0] = 5; }, LifeFact::team},
        {[](LifeMonth& m) { m.team_shares = 1; }, LifeFact::records},
        {[](LifeMonth& m) { m.care.push_back({}); }, LifeFact::care},
        {[](LifeMonth& m) { m.enrolments.push_back({}); }, LifeFact::programme},
        {[](LifeMonth& m) { m.row.status = world::status::Plan::mask; }, LifeFact::plan},
        {[](LifeMonth& m) { m.row.coordination = 1; }, LifeFact::coordination},
        {[](LifeMonth& m) { m.row.trust = 1; }, LifeFact::attitude},
        {[](LifeMonth& m) { m.carer_hours = 2; }, LifeFact::carer},
        {[](LifeMonth& m) { m.members = 2; }, LifeFact::household},
        {[](LifeMonth& m) { m.own_cents = 1; }, LifeFact::own_money},
        {[](LifeMonth& m) { m.public_cents = 1; }, LifeFact::public_money},
        {[](LifeMonth& m) { m.row.utility = 1; }, LifeFact::quality},
        {[](LifeMonth& m) { m.row.gp_contacts = 1; }, LifeFact::counts},
    };
    for (const Case& one : cases) {
        Life arm = quiet(1);
        one.change(arm.months[1]);
        INFO("fact " << static_cast<int>(one.fact));
        const LifeParting p = parting(base, arm);
        CHECK(p.differs);
        CHECK(p.first == Month::of(2026, 2));
        CHECK(p.facts == bit(one.fact));
    }
}

TEST_CASE("a life that ends earlier in one arm parts in the first month that is missing", "[measure][life]") {
    const Life base = quiet();
    Life arm = quiet(1);
    arm.months.pop_back();
    const LifeParting p = parting(base, arm);
    CHECK(p.first == Month::of(2026, 3));
    CHECK(p.facts == bit(LifeFact::presence));
    CHECK(p.events_differ);
    CHECK(p.cause.kind == CauseKind::unnamed);
}

TEST_CASE("a draw is named as the cause only when luck and natural risk are the same in both", "[measure][life]") {
    Life base = quiet(), arm = quiet(1);
    const LifeDraw drawn{80, true, 0.22, 0.20, 0.22, 1, 1, 1};
    base.months[1].events = {80}, base.months[1].draws = {drawn};
    arm.months[1].draws = {{80, false, 0.18, 0.20, 0.22, 0.8f, 1, 1}};
    LifeParting p = parting(base, arm);
    CHECK(p.cause.kind == CauseKind::draw);
    CHECK(p.cause.a.chance == 0.22);
    CHECK(p.cause.b.chance == 0.18);
    arm.months[1].draws[0].natural = 0.19;  // another person by now: the same draw asks another question
    p = parting(base, arm);
    CHECK(p.cause.kind == CauseKind::unnamed);
}

TEST_CASE("a request that waits in one arm and is met in the other is a matter of the queue", "[measure][life]") {
    Life base = quiet(), arm = quiet(1);
    LifeCare care;
    care.service = 2, care.lines = 1, care.count = 1;
    arm.months[0].care = {care};
    care.fate = CareFate::waits, care.key = 50, care.cut = 40;
    base.months[0].care = {care};
    const LifeParting p = parting(base, arm);
    CHECK(p.cause.kind == CauseKind::queue);
    CHECK(p.cause.service == 2);
    CHECK(p.cause.cut_a == 40);
}
