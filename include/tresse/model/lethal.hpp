#pragma once

#include "tresse/model/tables_people.hpp"
#include "tresse/world/bits.hpp"

namespace tresse::model {

/// Deaths a year that the conditions of a person cause by themselves, whatever the age: beside the hazard of the life table and its ratios, which are
/// normed so that both together give the table. Formula: sum over the conditions in a lethal stage of its rate. Order: conditions.
double lethal_hazard(const DiseaseTables& tables, world::Conditions conditions);

}  // namespace tresse::model
