#pragma once

#include "tresse/model/stages.hpp"

/// School, work and retirement at a birthday. Job loss, sick leave and return are hazards of the month (hazards.hpp).
namespace tresse::model {

/// The diploma a person ends up with: 0 low, 1 middle, 2 high. Fixed for life, known before school ends.
/// Formula: the margins of the region at 30-34 for the person's sex and income fifth. Random: purpose work, by person.
int final_diploma(const WorkTables& tables, std::uint64_t seed, PersonId person, std::uint32_t status, int region);

/// Next state at the birthday `age`. Laws: a child becomes a student at 15; school ends between 18 and 27, from 21 on for those who take a higher diploma; at
/// 60, 65, 70 and 75 a share of the employed retires; whoever seeks work or is ill retires at the retirement age; who is at home or retired stays.
world::WorkState next_work(const WorkTables& tables, float retirement_age, std::uint32_t status, int age, const Block& luck, bool higher);

/// Applies it to a person on the birthday: state, diploma on leaving school, stocks.
/// Random: `luck` is the block of purpose work by person and month: word 0 leaves school, word 1 first state, word 2 retires.
void grow_older_at_work(Here& here, int slot, int age, const Block& luck);

}  // namespace tresse::model
