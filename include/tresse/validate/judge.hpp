#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tresse/core/stats.hpp"
#include "tresse/measure/record.hpp"
#include "tresse/scenario/bands.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/validate/census.hpp"

/// The base year against published figures: target, simulated value with its range, band, verdict.
namespace tresse::validate {

/// One future of the base year.
struct Future {
    const measure::RunRecord* record = nullptr;  ///< its first year is the base year
    const Census* census = nullptr;
};

/// What is judged. Requires: at least one future, each with twelve months from a January on.
struct Evidence {
    const scenario::Scenario* scenario = nullptr;
    std::vector<Future> futures;
    bool country() const { return scenario->area.kind == "country"; }
    /// The region in which all municipalities of the area lie; -1 when there are several.
    int region() const;
    /// The area is a region as a whole.
    bool whole_region() const;
};

enum class Outcome : std::uint8_t {
    pass,          ///< within the band
    near,          ///< within twice the band
    fail,
    not_modelled,  ///< the model cannot speak to it, for a stated reason
};
std::string_view outcome_word(Outcome outcome);

struct Finding {
    std::string id, label;           ///< label: in the language chosen
    scenario::BandGroup group = scenario::BandGroup::people;
    std::string unit;                ///< key of the unit; `unit_words` says it
    double target = 0;               ///< carried to the base year
    double published = 0;            ///< as published; equal to the target when it comes from the pack
    Range simulated;                 ///< mean over futures with its 95 % interval; infinite ends with one future
    double band = 0;                 ///< in the unit
    double chance = 0;               ///< 95 % half-width of what the size of the area and the number of futures leave to chance
    double off = 0;                  ///< distance beyond chance, in bands: 1 is the edge of pass, 2 of near
    bool must = false;
    bool part = false;               ///< one of many cells of a table by sex and age
    Outcome outcome = Outcome::not_modelled;
    std::string source, why;
    int year = 0;
};

struct Validation {
    std::vector<Finding> rows;       ///< in the order of the bands file
    int count(Outcome outcome, bool must_only = false) const;
    /// A must row failed.
    bool failed() const { return count(Outcome::fail, true) > 0; }
};

/// Words of measures that the bands file may name.
std::vector<std::string> measure_words();
/// Adds a problem for every row that names a measure, condition, service, account, rule or kind that is not there.
void check_bands(const scenario::Bands& bands, const scenario::Scenario& scenario, const std::string& file, Problems& problems);

/// Judges every row that applies to the area.
/// Formula: off = max(0, |simulated - target| - chance) / band; pass up to 1, near up to 2.
Validation judge(const scenario::Bands& bands, const Evidence& evidence);

/// "million EUR", "% of deaths": the words of a unit, in the language chosen.
std::string unit_words(const std::string& unit);
/// "Two conditions or more, 65-84", "..., income fifth 1".
std::string distribution_words(const measure::Distribution& distribution);
std::string group_words(scenario::BandGroup group);
std::string outcome_words(Outcome outcome);
/// Decimals that show a figure of this unit and size.
int digits_of(const Finding& finding);

}  // namespace tresse::validate
