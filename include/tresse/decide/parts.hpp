#pragma once

#include <span>
#include <vector>

#include "tresse/decide/difference.hpp"

/// Four reasons why a difference is not one number, kept apart. Pure.
namespace tresse::decide {

/// Units: of the score. None of them contains another.
struct Spread {
    bool chance_known = false;
    double chance = 0;         ///< between futures with the same numbers
    double parameters = 0;     ///< of the expected difference, over draws of the uncertain numbers
    bool heterogeneity_known = false;
    double heterogeneity = 0;  ///< of the expected difference, over groups of persons
    bool structure_known = false;
    double structure = 0;      ///< of the expected difference, over sub-models that could be otherwise
};

/// A group's difference and how many belong to it.
struct GroupDifference {
    double persons = 0;
    Difference difference;
};

/// `structures`: difference under another structure minus that under the study's own, at the same points and lucks.
/// Formula: heterogeneity sqrt(max(0, sum w (e - mean)^2 - sum w (1 - w) se^2)) with w the shares of persons, e the
/// expected differences and se their simulation errors; structure: the same with equal weights, the study's own counted as 0.
Spread spread_of(const Difference& whole, std::span<const GroupDifference> groups, std::span<const Difference> structures);

}  // namespace tresse::decide
