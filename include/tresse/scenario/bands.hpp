#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/problems.hpp"
#include "tresse/scenario/source.hpp"

/// What the base year is held against, and how far it may be off: declared in a file of the region pack before anything is run.
namespace tresse::scenario {

enum class BandGroup : std::uint8_t { people, mortality, health, use, money, equity, supply, spread };
inline constexpr int band_groups = 8;
/// "people", "mortality" ...
const std::vector<std::string>& band_group_words();

/// In which areas a row is judged.
enum class BandWhere : std::uint8_t {
    country,  ///< the whole country only
    region,   ///< the area that the row names, and as a part of the country
    local,    ///< areas smaller than the country
    any,
};

struct Band {
    std::string id;
    BandGroup group = BandGroup::people;
    std::string measure;             ///< what is counted; "none" = the model cannot speak to it
    std::string of;                  ///< of which condition, service, account, kind
    int region = -1;                 ///< -1 the area as it is, else a region of the pack
    bool country = false;            ///< written for the whole country
    int sex = -1;                    ///< 0 women, 1 men, -1 all
    int age_from = 0, age_to = 120;
    std::optional<double> value;     ///< as published; missing: from the tables of the pack
    std::string unit;
    int year = 0;                    ///< of the figure; 0 = several
    double factor = 1;               ///< that brings it to the base year
    double band = 0;                 ///< to both sides
    bool relative = true;            ///< band in percent of the target, else in its unit
    bool must = false;
    BandWhere where = BandWhere::country;
    std::string source;              ///< S- and A-ids, with blanks between them
    std::string why;                 ///< scope and carrying of the figure, or why the model cannot speak to it
    int line = 0;
};

struct Bands {
    std::vector<Band> rows;          ///< in file order
    std::vector<SourceUse> sources;
    std::uint64_t hash = 0;
    const Band* find(std::string_view id) const;
};

/// Reads bands.csv of a region pack. Problems are added, all at once: unknown words with the nearest one, an id that stands twice, a band of nothing.
Bands load_bands(const std::string& path, Problems& problems);
Bands parse_bands(std::string_view text, const std::string& name, Problems& problems);

}  // namespace tresse::scenario
