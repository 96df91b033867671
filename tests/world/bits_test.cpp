#include "tresse/world/bits.hpp"

#include <catch2/catch.hpp>

using namespace tresse::world;

TEST_CASE("a condition's stage and flag change no other condition") {
    Conditions c;
    CHECK(c.none());
    for (int k = 0; k < limit::conditions; ++k) {
        c.set_stage(k, 1 + k % limit::stages);
        c.set_diagnosed(k, k % 2 == 0);
    }
    for (int k = 0; k < limit::conditions; ++k) {
        CHECK(c.stage(k) == 1 + k % 7);
        CHECK(c.diagnosed(k) == (k % 2 == 0));
    }
    c.set_stage(4, 0);
    CHECK_FALSE(c.has(4));
    for (int k = 0; k < limit::conditions; ++k)
        if (k != 4) {
            CHECK(c.stage(k) == 1 + k % 7);
            CHECK(c.diagnosed(k) == (k % 2 == 0));
        }
}

TEST_CASE("who loses a condition loses its diagnosis") {
    Conditions c;
    c.set_stage(15, 7);
    c.set_diagnosed(15, true);
    REQUIRE(c.diagnosed(15));
    c.set_stage(15, 0);
    CHECK_FALSE(c.diagnosed(15));
    CHECK(c.word == 0);
}

TEST_CASE("a diagnosis alone is no condition") {
    Conditions c;
    c.set_diagnosed(3, true);
    CHECK(c.none());
    CHECK(c.count() == 0);
    CHECK(c.present() == 0);
}

TEST_CASE("conditions are counted whatever their stage") {
    for (int stage = 1; stage <= limit::stages; ++stage) {  // each of the three bits of a stage counts
        Conditions c;
        c.set_stage(0, stage), c.set_stage(7, stage), c.set_stage(15, stage);
        CHECK(c.count() == 3);
        CHECK(c.present() == (1ull | 1ull << 21 | 1ull << 45));
        CHECK_FALSE(c.none());
    }
}

namespace {

template <class A, class B> constexpr bool apart() {
    return (A::mask & B::mask) == 0;
}
template <class First, class... Rest> constexpr bool all_apart() {
    if constexpr (sizeof...(Rest) == 0)
        return true;
    else
        return (apart<First, Rest>() && ...) && all_apart<Rest...>();
}
template <class... Fields> constexpr std::uint32_t together() {
    return (Fields::mask | ...);
}

}  // namespace

TEST_CASE("no two facts of a status word share a bit, and none is left over") {
    {
        using namespace status;
        STATIC_REQUIRE(
            all_apart<Sex, Quintile, Education, Bim, Work, Dependence, NursingHome, Smoking, Activity, Record, Plan,
                      CaseManager, Tier, Carer, Trajectory, MedicalHouse, Overweight, Enrolled, AtHomeCare, Chronic>());
        STATIC_REQUIRE(
            together<Sex, Quintile, Education, Bim, Work, Dependence, NursingHome, Smoking, Activity, Record, Plan,
                     CaseManager, Tier, Carer, Trajectory, MedicalHouse, Overweight, Enrolled, AtHomeCare, Chronic>() ==
            0xffffffffu);
    }
    {
        using namespace status2;
        STATIC_REQUIRE(all_apart<CarerStrain, SpellMonths, Births, SinceDischarge, Medicines, ForgoneMoney,
                                 ForgoneDistance, ForgoneWaiting, Admissions, AdmissionsBefore, CareUse, SpecialistUse,
                                 EmergencyUse, WasEnrolled>());
    }
}

TEST_CASE("a field reads what was written and leaves its neighbours alone") {
    std::uint32_t word = 0xffffffffu;
    word = status::Quintile::set(word, 2);
    CHECK(status::Quintile::get(word) == 2);
    CHECK((word | status::Quintile::mask) == 0xffffffffu);
    word = status::Quintile::set(word, 4);
    CHECK(status::Quintile::get(word) == 4);
    CHECK(status::Sex::get(word) == 1);
    CHECK(status::Education::get(word) == 3);
    CHECK(status::Chronic::get(status::Chronic::set(0, 1)) == 1);  // the highest bit
}

TEST_CASE("ranks of a team stand in nibbles of their own") {
    std::uint64_t team = 0;
    for (int slot = 0; slot < limit::team_slots; ++slot)
        team = with_team_rank(team, slot, 15 - slot);
    for (int slot = 0; slot < limit::team_slots; ++slot)
        CHECK(team_rank(team, slot) == 15 - slot);
    team = with_team_rank(team, 3, 0);
    CHECK(team_rank(team, 3) == 0);
    CHECK(team_rank(team, 2) == 13);
    CHECK(team_rank(team, 4) == 11);
}

TEST_CASE("a group's number says its parts") {
    int next = 0;
    for (int quintile = 0; quintile < quintiles; ++quintile)
        for (int sex = 0; sex < 2; ++sex)
            for (int band = 0; band < age_bands; ++band)
                for (int bim = 0; bim < 2; ++bim) {
                    const int group = group_index(quintile, sex, band, bim);
                    REQUIRE(group == next++);  // no gap, no double
                    const GroupParts parts = group_parts(group);
                    CHECK((parts.quintile == quintile && parts.sex == sex && parts.band == band && parts.bim == bim));
                }
    CHECK(next == groups);
}

TEST_CASE("age bands begin at the ages of their names") {
    constexpr int first[] = {0, 5, 15, 25, 45, 55, 65, 75, 85, 95};
    for (int band = 0; band < age_bands; ++band) {
        CHECK(age_band(first[band]) == band);
        if (band > 0)
            CHECK(age_band(first[band] - 1) == band - 1);
    }
    CHECK(age_band(oldest_age) == age_bands - 1);
}
