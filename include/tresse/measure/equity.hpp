#pragma once

#include <span>

#include "tresse/measure/life_table.hpp"

/// How unequally a score is spread over ordered groups, lowest income first. Pure arithmetic on group means.
namespace tresse::measure {

/// A group of people: how many they are and the mean of the score among them. Groups stand in order of rank.
struct RankedGroup {
    double persons = 0;
    Value mean;
};

// Missing, for all below: a group with persons but without a mean, no persons at all. Groups without persons do not
// count.

/// Mean over all persons.
Value overall_mean(std::span<const RankedGroup> groups);

/// Concentration index: below 0 when the score lies with the poor. Between -1 and 1.
/// Formula: (2 / mean) sum p x R - 1, with p the share of persons and R the share ranked below the middle of the group.
/// Missing: also when the mean is 0. Source: Kakwani, Wagstaff & van Doorslaer, Journal of Econometrics 1997.
Value concentration_index(std::span<const RankedGroup> groups);

/// The same for a score with limits, made to reach -1 and 1 within them. Formula: C mean (high - low) / ((high - mean)
/// (mean - low)). Missing: also when the mean is at a limit. Source: Wagstaff, Health Economics 2005.
Value wagstaff_index(std::span<const RankedGroup> groups, double low, double high);

/// The same with equal weight on absolute gaps wherever the mean is. Formula: C 4 mean / (high - low).
/// Source: Erreygers, Journal of Health Economics 2009.
Value erreygers_index(std::span<const RankedGroup> groups, double low, double high);

/// Slope index of inequality: what a straight line says between the very first and the very last rank, in the score's
/// unit. Formula: weighted least squares of the group means on R. Missing: also fewer than two groups.
Value slope_index(std::span<const RankedGroup> groups);
/// The slope divided by the mean. Missing: also when the mean is 0. Source: Pamuk, Population Studies 1985.
Value relative_index(std::span<const RankedGroup> groups);

/// Atkinson's index, 0 = all the same. Formula: 1 - (sum p (x / mean)^(1 - aversion))^(1 / (1 - aversion)), the
/// geometric mean at aversion 1. Missing: also a mean of a group at or below 0. Requires: aversion >= 0.
Value atkinson_index(std::span<const RankedGroup> groups, double aversion);
/// What everybody would have if all had the same and the loss from inequality were gone. Formula: mean (1 - Atkinson).
Value equally_distributed(std::span<const RankedGroup> groups, double aversion);

/// First group minus last group: "lowest minus highest income fifth".
Value first_minus_last(std::span<const RankedGroup> groups);

}  // namespace tresse::measure
