#include "tresse/model/lethal.hpp"

#include <cmath>
#include <memory>

#include <catch2/catch.hpp>

using namespace tresse;
using namespace tresse::model;

namespace {

std::unique_ptr<DiseaseTables> two_conditions() {
    auto t = std::make_unique<DiseaseTables>();
    t->conditions = 2;
    for (std::size_t c = 0; c < 2; ++c) t->condition[c].stages = 3;
    t->condition[0].remission[1] = 0.2f;                                      // who leaves the first stage is well
    t->condition[0].remission[3] = 0.9f, t->condition[0].lethal[3] = true;    // who leaves the third is dead
    t->condition[1].remission[2] = 0.1f, t->condition[1].lethal[2] = true;
    return t;
}

}  // namespace

TEST_CASE("people die of a condition in its lethal stages alone, and of two conditions at both rates", "[model]") {
    const auto t = two_conditions();
    world::Conditions has;
    CHECK(lethal_hazard(*t, has) == 0);
    has.set_stage(0, 1);
    CHECK(lethal_hazard(*t, has) == 0);
    has.set_stage(0, 3);
    CHECK(lethal_hazard(*t, has) == Approx(0.9));
    has.set_stage(1, 2);
    CHECK(lethal_hazard(*t, has) == Approx(1.0));
}

TEST_CASE("illness gets worse by the declared ratio with ten years of age, up to ninety", "[model]") {
    ConditionTable table;
    CHECK(worse_at(table, 30) == 1.0f);
    table.worse_log_ratio_per_decade = 0.36f;
    CHECK(static_cast<double>(worse_at(table, 70) / worse_at(table, 60)) == Approx(std::exp(0.36)).epsilon(1e-4));
    CHECK(worse_at(table, 90) == 1.0f);
    CHECK(worse_at(table, 110) == 1.0f);
}
