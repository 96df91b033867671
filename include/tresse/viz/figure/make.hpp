#pragma once

#include <string>
#include <vector>

#include "tresse/core/stats.hpp"
#include "tresse/viz/figure/figure.hpp"

/// Figures of the report, from numbers.
namespace tresse::viz {

/// Differences of several arms against the base, all scores in one figure. Each row is drawn in units of the smallest
/// difference that matters to it, and turned so that right is better: so the rows can stand under each other.
struct ForestData {
    struct Difference {
        Range range;  ///< in the score's own unit; NaN middle: not known
        Sign sign = Sign::none;
        std::string text;  ///< "+2.2 (-1.1 to +5.5)"
    };
    struct Score {
        std::string family, label, unit;
        double smallest = 0;  ///< difference that matters, in the score's unit; above 0
        int better = 1;       ///< +1: more is better, -1: less is better
        std::vector<Difference> arms;
    };
    std::vector<std::string> arms;  ///< names; the first is the base and has no marks
    std::vector<Score> scores;      ///< in the order of the table
    std::string run;
};
Figure forest(const ForestData& data);

/// The course of a measure over the years, a line per arm with its range.
struct LinesData {
    struct Arm {
        std::string name;
        std::vector<Range> values;  ///< one per year; NaN: none
    };
    std::string id, title, unit, run;
    std::vector<int> years;
    std::vector<Arm> arms;
};
Figure lines(const LinesData& data);

/// Who pays more and who pays less than in the base: a bar per account and arm. Units: `unit`, of `values`.
struct BarsData {
    struct Account {
        std::string name;
        std::vector<Range> values;  ///< one per arm without the base: what it pays more than in the base
    };
    std::string id, title, unit, run;
    std::vector<std::string> arms;  ///< names; the first is the base
    std::vector<Account> accounts;
};
Figure bars(const BarsData& data);

}  // namespace tresse::viz
