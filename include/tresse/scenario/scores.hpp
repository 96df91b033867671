#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/scenario/source.hpp"

/// What a reader must know of a score: unit, direction, the smallest difference that matters, and how to read it.
namespace tresse::scenario {

enum class ScoreFamily : std::uint8_t { health, experience, cost, workers, equity };
enum class Better : std::uint8_t { more, less, closer_to_zero };

struct ScoreSpec {
    std::string id;
    ScoreFamily family = ScoreFamily::health;
    std::string unit;                        ///< a word such as percent_of_discharges
    Better better = Better::more;
    double smallest_that_matters = 0;        ///< in the unit
    std::string source;                      ///< of that size: its reason
    bool points = true, relative = false;    ///< differences that a report may show
    LocalText name, how_to_read;
};

struct Scores {
    std::vector<ScoreSpec> rows;             ///< in the order of the score table
    std::vector<SourceUse> sources;
    std::uint64_t hash = 0;

    /// Null when there is none.
    const ScoreSpec* find(std::string_view id) const;
};

/// Ids of the rows that the score table has, in its order.
std::vector<std::string> score_ids();

/// Reads scenarios/library/scores.yaml: exactly the rows of the table.
Scores load_scores(const std::string& path, Problems& problems);
Scores parse_scores(const std::string& text, const std::string& name, Problems& problems);

}  // namespace tresse::scenario
