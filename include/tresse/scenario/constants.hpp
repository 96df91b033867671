#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "tresse/core/problems.hpp"
#include "tresse/scenario/reader.hpp"

/// Normalising constants of a region pack (constants.yaml): found once from the arm `today` of a large reference run, read by every arm. Without the file
/// every factor is one. No arm ever normalises itself.
namespace tresse::scenario {

inline constexpr int constant_bands = 21;   ///< five-year ages

/// Factor on the hazard of death by region, sex, five-year age and calendar year.
struct MortalityConstants {
    int first_year = 2025;
    std::vector<double> factor;   ///< of one row, by year; later years as the last
};

struct Constants {
    bool given = false;
    std::string file;
    std::uint64_t hash = 0;
    /// [region][sex][band]. Missing: one.
    std::array<std::array<std::array<MortalityConstants, constant_bands>, 2>, 3> mortality{};
    /// Factor on the hazard of onset by condition id: [sex][band]. Missing: one.
    std::map<std::string, std::array<std::array<double, constant_bands>, 2>> onset;
    /// Factors on the log ratios of death by diploma and by income fifth: women, men.
    std::array<double, 2> education{1, 1}, income{1, 1};

    double mortality_factor(int region, int sex, int band, int year) const;
};

/// Reads the file. Missing: a folder without one gives factors of one.
Constants read_constants(const std::string& path, Problems& problems);

/// The keys of the file, for scenarios/README.md.
std::vector<KeyDoc> constants_keys();

/// The file's text; reads back to the same factors to six digits. Bands with equal rows are written together.
std::string constants_text(const Constants& constants, const std::string& about);

}  // namespace tresse::scenario
