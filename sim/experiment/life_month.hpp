#pragma once

#include "tresse/measure/life.hpp"
#include "tresse/model/rules.hpp"
#include "tresse/world/world.hpp"

namespace tresse::experiment {

/// Where a person stands in the month that was just computed.
struct Standing {
    const world::Cell* cell = nullptr;
    int slot = 0;
};

/// People of a household who live.
int members_of(const world::Cell& cell, std::uint16_t household);

/// The month of one person, without events and draws. `before` is the person's row a month earlier.
measure::LifeMonth life_month(const world::World& world, const model::Rules& rules, Month month, Standing at, const world::PersonRow& before);

}  // namespace tresse::experiment
