#pragma once

#include <array>
#include <vector>

#include "tresse/core/month.hpp"
#include "tresse/funding/tariff.hpp"
#include "tresse/world/world.hpp"

/// The budget guarantee as an administration reckons it: what the people of an area were expected to cost, by risk cell and national trend, against
/// what they did cost; the spending of a person above a percentile is cut off on both sides.
/// Law: nothing of another arm enters; an arm that is run alone has the same guarantee.
namespace tresse::model {

/// Risk cells: sex, ten age bands, increased reimbursement. A status that spending itself brings would reward spending and is left out.
inline constexpr int risk_cells = 2 * world::age_bands * 2;
int risk_cell(std::uint32_t status, int age);

/// What is known of a risk cell: persons' spending after the cut, person-months, squares in EUR.
struct RiskSum {
    std::int64_t cents = 0, months = 0, squares = 0, persons = 0, cut_off = 0;
    void add(Cents spent, int lived, Cents cut);
};
using RiskSums = std::array<RiskSum, risk_cells>;

/// At the policy date: the cut and the cells from the claims of the last calendar year. Does nothing when the rules have no savings share.
void open_guarantee(world::World& world, const funding::SavingsShare& savings);

/// The year's account in December, after the persons' year is closed. Units: cents of the simulated people.
world::GuaranteeYear settle_guarantee(world::World& world, const funding::SavingsShare& savings, Month month);

/// Spending of those who left this month, by piece, into the world's sums in piece order.
void count_left(world::World& world, const std::vector<const RiskSums*>& by_piece);

}  // namespace tresse::model
