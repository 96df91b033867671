#pragma once

#include "tresse/model/risk_laws.hpp"
#include "tresse/model/stages.hpp"

/// How blood pressure, lipids, HbA1c and eGFR of a person move from year to year, and how their treatment starts (risk_laws.hpp has the laws).
namespace tresse::model {

/// On the birthday: each place in a law is drawn anew with the yearly probability, treatments start or end.
/// Random: `anew` is the block of purpose risk_factor by person and month, `start` a word of luck for the treatments.
void control_at_birthday(Here& here, int slot, int age, const Block& anew, std::uint32_t start);

/// What policy and adherence change in a person's values against today's mean, this month.
RiskChange change_of_control(const Here& here, int slot, const PersonFacts& facts);

}  // namespace tresse::model
