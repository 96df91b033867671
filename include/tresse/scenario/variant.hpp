#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/scenario/scenario.hpp"

/// A scenario with other numbers or with parts of its arms, for studies. The files behind it stay the same.
namespace tresse::scenario {

/// Whether a word names a key of draws: the key itself, or its beginning when the word ends in *.
bool key_fits(std::string_view word, std::string_view key);

/// The value of a number at quantile u of all it could be, "nothing" included.
/// Formula: nil_value for u < nil_prob, else at((u - nil_prob) / (1 - nil_prob)). Requires: 0 < u < 1.
double value_at(const Uncertain& number, double u);

/// The scenario with the central values of some numbers moved to quantiles: compile it with draw 0. Numbers that share a
/// key move together. NaN leaves a number where it is; numbers without a range stay. Shape: `quantiles` as `keys`.
Scenario with_numbers(const Scenario& scenario, std::span<const std::string> keys, std::span<const double> quantiles);

/// What an arm adds to the base, in parts that can be left out one by one.
struct ArmPart {
    std::string id;    ///< "case-management/complex-needs", "new-deal-practice", "zone-body"
    LocalText name;
    bool is_rule = false;          ///< a funding rule; else an action or a body
    std::vector<std::string> keys; ///< of draws that belong to it alone
};
/// Actions in the order of the file; the body with its grants and the savings rule that pays it; other funding rules;
/// changes of capacity and of hazards together.
std::vector<ArmPart> parts_of(const Scenario& scenario, int arm);

/// The scenario with one arm for each row of `kept`: the arm without the parts whose flag is 0. All flags 0 is the base.
/// Shape: kept[i] as parts_of(arm). The arms are called "<arm>:<flags>"; the base of the scenario stands first.
Scenario with_parts(const Scenario& scenario, int arm, const std::vector<std::vector<std::uint8_t>>& kept);

}  // namespace tresse::scenario
