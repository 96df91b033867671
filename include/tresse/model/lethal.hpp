#pragma once

#include "tresse/model/tables_people.hpp"
#include "tresse/world/bits.hpp"

namespace tresse::model {

/// Deaths a year that the conditions of a person cause by themselves, whatever the age: beside the hazard of the life table and its ratios, which are
/// normed so that both together give the table. Formula: sum over the conditions in a lethal stage of its rate. Order: conditions.
double lethal_hazard(const DiseaseTables& tables, world::Conditions conditions);

/// How much of the rate of progression, and of the shares of later starting stages, a person of an age has: highest from 90 on.
/// Formula: exp(r x (age - 90) / 10) up to 90 years; 1 where the condition gives no ratio.
float worse_at(const ConditionTable& table, int age);

}  // namespace tresse::model
