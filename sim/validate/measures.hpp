#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/validate/judge.hpp"

/// What each word of the bands file counts. Private to the room.
namespace tresse::validate {

/// A value of one future and how far chance moves it.
struct Measured {
    measure::Value value;
    double error = 0;     ///< one standard error of this future
    bool shared = false;  ///< the same people stand behind all futures: more of them do not make it smaller
};

/// A row of the bands file as it is judged: a row of a family (all conditions, by age) is many of these.
struct Row {
    scenario::Band band;
    int condition = -1;
    std::string label;
};

struct MeasureWord {
    std::string_view word;
    Measured (*measured)(const Row&, const Future&, const Evidence&);
    /// Target when the file gives none; missing: the file must give one.
    measure::Value (*target)(const Row&, const Evidence&);
};
const std::vector<MeasureWord>& measures();
const MeasureWord* find_measure(std::string_view word);

/// Label of a row in the language chosen.
std::string label_of(const Row& row, const Evidence& evidence);

/// Persons of the pack in the area by sex and five years of age.
BySexFive<double> pack_people(const Evidence& evidence);
/// Period life expectancy of a table of yearly probabilities, from an age on.
double life_expectancy_of_table(const std::array<double, 111>& death_prob, int from);

/// Rows of the region, ages and sex that a row speaks of, added over a census.
template <class Counts> std::int64_t over(const Row& row, const Counts& counts) {
    std::int64_t sum = 0;
    for (int s = 0; s < 2; ++s)
        for (int f = 0; f < fives; ++f)
            if ((row.band.sex < 0 || row.band.sex == s) && f * 5 + 4 >= row.band.age_from &&
                f * 5 <= row.band.age_to)
                sum += counts[static_cast<std::size_t>(s)][static_cast<std::size_t>(f)];
    return sum;
}

/// The words of measures in other files of the room.
std::vector<MeasureWord> people_measures();
std::vector<MeasureWord> care_measures();

/// 100 x above / below with the error of a share among `below` persons. Missing: nobody.
Measured share_of(double above, double below, bool shared);
/// `count` events, scaled by `scale`.
Measured counted(double count, double scale, bool shared = false);

}  // namespace tresse::validate
