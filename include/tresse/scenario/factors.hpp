#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/problems.hpp"
#include "tresse/scenario/source.hpp"

/// The few numbers that are fitted: factors that bring the base year of `today` to national counts. Found by `tresse validate --fit`, written to the
/// region pack, read by every arm and every draw. No other number of the tool is fitted.
namespace tresse::scenario {

struct Factor {
    std::string id;          ///< deaths.flanders.women, contacts.medicines, stays.75, price.federal_baseline, survey.long_illness ...
    double value = 1;        ///< factor
    double low = 0.5, high = 2;
    std::string target;      ///< row of bands.csv that it is fitted to
    double elasticity = 1;   ///< first guess: percent of the target a percent of the factor
    std::string source;
    int line = 0;
};

struct Factors {
    std::vector<Factor> rows;
    std::string report;      ///< from what and when, in words
    std::vector<SourceUse> sources;
    std::uint64_t hash = 0;

    /// The factor; 1 when there is no such row.
    double factor(std::string_view id) const;
    const Factor* find(std::string_view id) const;
};

/// Reads factors.yaml of a region pack. All problems at once; a value outside its bounds is one.
Factors load_factors(const std::string& path, Problems& problems);
Factors parse_factors(const std::string& text, const std::string& name, Problems& problems);

/// The file as text, with new values and a new report; what else stands in it is kept.
std::string factors_text(const Factors& constants);

/// Ids that the tables read, with the services of a library.
std::vector<std::string> factor_ids(const std::vector<std::string>& services);

}  // namespace tresse::scenario
