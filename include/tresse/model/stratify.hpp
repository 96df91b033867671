#pragma once

#include "tresse/model/programme.hpp"

/// Sorting the population by risk. A tier is a flag that an action may ask for; by itself it changes no event, no contact and no wish.
namespace tresse::model {

inline constexpr int most_points = 65535;

/// The score of one person in whole points, 0 to `most_points`; higher is more at risk.
/// Formula: facts: age in tens of years, known conditions, Katz class, stays of this and last calendar year, medicines and last year's spending in
/// 10,000 EUR, each times its weight, 1,000 points for each unit. foresight: the root of the month's true hazard of a stay, hidden frailty included,
/// which no file holds: what the best score could know. random: luck.
/// Random: keyed by person and year, for `random` alone.
int risk_points(const Prepared& prepared, const world::Persons& persons, int slot, int region, Month month, const Stratification& how);

/// In December, and in the month in which the action starts: adults whose own GP has taken the action up are scored and put into tiers by the shares of
/// the action. Several lists may run, as one for each federated body: who stands on two has the higher tier, who stands on none tier 0. Law: it changes no luck and no other column.
void stratify(world::World& world, const Prepared& prepared, Month month);

/// The tier of so many points, from the cuts of tiers 1 to 3.
constexpr std::uint32_t tier_of(int points, const std::array<int, 3>& cut) { return points >= cut[2] ? 3u : points >= cut[1] ? 2u : points >= cut[0] ? 1u : 0u; }

}  // namespace tresse::model
