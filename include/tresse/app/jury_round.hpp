#pragma once

#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "tresse/app/session.hpp"
#include "tresse/core/local_text.hpp"
#include "tresse/core/stats.hpp"

/// The last sitting of a jury round, read from the tables of its papers and from the call that the round keeps: what the
/// explorer shows stands in the papers.
namespace tresse::app {

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// A condition that a dossier does not plainly meet.
struct RoundFinding {
    LocalText condition, found, cure;
    bool can_refuse = false;  ///< else: for the jury to judge
    int line = 0;             ///< of the dossier
};

/// A simulated difference of the plan to today, over the plan.
struct RoundImpact {
    LocalText score;
    Range difference;
    std::string verdict;  ///< better, worse, same, cannot_tell
};

struct RoundDossier {
    std::string id, run;
    LocalText title;
    double people = no_number, eur_a_year = no_number;
    std::vector<RoundFinding> findings;
    std::vector<RoundImpact> impacts;  ///< empty: not simulated
    bool scored = false;
    int group = 0;  ///< from 1: those of one group cannot be separated by scores and weights
    double mean_share = no_number, mean_place = no_number, first = no_number, among_first = no_number, in_budget = no_number;
    std::vector<double> bench_share;  ///< NaN: the bench is missing

    int refusals() const;
    int told() const;  ///< impacts that are better or worse
};

struct JuryRound {
    std::string folder, sitting;
    LocalText title;
    std::vector<LocalText> benches;
    int places = 0;  ///< "among the first five"
    bool ranks = false;                  ///< the call ranks dossiers; else no place is given to any
    std::vector<RoundDossier> dossiers;  ///< of a call that ranks: scored ones first, by mean place; else as the files came
    /// Dossiers of which the simulated ranges touch or differ by less than what matters, linked through others; largest
    /// group first. Shape: indices into `dossiers`.
    std::vector<std::vector<std::size_t>> not_told_apart;
};

/// Whether a folder keeps a round.
bool is_round(const std::string& folder);
/// Throws: BadInput with all problems when a table of the last sitting or the call is missing or damaged.
std::shared_ptr<const JuryRound> read_round(const std::string& folder);
/// The newest round below the results; "": none.
std::string newest_round(const Session& session);

}  // namespace tresse::app
