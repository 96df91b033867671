#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tresse/core/stats.hpp"

/// For whom: health gained and health given up elsewhere, by group, and what that is worth to those who mind inequality.
/// Distributional cost-effectiveness analysis. Pure.
namespace tresse::decide {

/// A group of people, worst off first. Units: quality-adjusted years a person.
struct Group {
    double persons = 0;
    double health = 0;  ///< in the base
    double gain = 0;    ///< by the arm, before what is given up
};

/// Health after what an arm costs has been taken from other care. Formula: gain_g - share_g (cost / eur_per_qaly) / persons_g.
/// Shape: `shares` by group, adds to 1; empty = by the number of persons. Requires: eur_per_qaly > 0.
/// Source: Asaria, Griffin and Cookson, Medical Decision Making 2016.
std::vector<Group> after_forgone(std::span<const Group> groups, double cost_eur, double eur_per_qaly,
                                 std::span<const double> shares = {});

enum class Aversion : std::uint8_t {
    relative,  ///< Atkinson: to gaps as shares
    absolute,  ///< Kolm: to gaps in years
};
/// Health that everybody would have, if all had the same, for a society as content as with this spread.
/// Formula: Atkinson (sum p h^(1-e))^(1/(1-e)), geometric mean at 1; Kolm -ln(sum p exp(-a h)) / a, the mean at 0.
/// Shape: `with_gain` adds each group's gain. Missing: a group at or below 0 with relative aversion; nobody.
std::optional<double> equal_equivalent(std::span<const Group> groups, double aversion, Aversion kind, bool with_gain);

/// An arm on the equity-impact plane. Units: quality-adjusted years a person.
struct Impact {
    double mean = 0;    ///< net gain on average
    double equity = 0;  ///< what less inequality is worth: gain of the equal equivalent minus the mean gain
    double slope = 0;   ///< change of the slope index of inequality, worst off minus best off; above 0 narrows the gap
};
Impact impact(std::span<const Group> groups, double aversion, Aversion kind);

/// The aversion at which arm b becomes better than arm a (or a than b) by the equal equivalent; missing when the ranking
/// is the same up to `most`. Formula: first change of sign on a grid of 1/200 of `most`, then halving.
std::optional<double> flip_aversion(std::span<const Group> a, std::span<const Group> b, double most, Aversion kind);

/// Persons whose money differs by at least a size. Shares add to 1.
struct WinLose {
    double win = 0, lose = 0, same = 0;
    std::int64_t persons = 0;
    double won = 0, lost = 0;  ///< mean size among winners and losers
};
/// `paid_more`: arm minus base, per person. Missing: nobody gives persons 0.
WinLose winners_and_losers(std::span<const double> paid_more, double smallest);


}  // namespace tresse::decide
