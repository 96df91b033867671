#pragma once

#include <string>
#include <vector>

#include "tresse/core/stats.hpp"
#include "tresse/decide/verdict.hpp"
#include "tresse/jury/eligibility.hpp"
#include "tresse/jury/means.hpp"
#include "tresse/jury/ranking.hpp"
#include "tresse/jury/sheet.hpp"

/// Everything that the papers of a round are made from, and what follows from it.
namespace tresse::jury {

/// A simulated difference to today.
struct ImpactCell {
    Range difference;                      ///< per head or per hundred, as the score
    decide::Verdict verdict = decide::Verdict::none;
};

/// One score of one dossier in its own area. Shape: cells are plan, placebo (same money, no action), benchmark (same
/// money, all on the best known action).
struct ImpactRow {
    std::string id;
    std::string_view name, unit;           ///< messages of the catalogues
    int digits = 1;
    measure::Direction direction = measure::Direction::none;
    double base = unknown, smallest = 0;
    ImpactCell plan, placebo, benchmark;
};

/// What one action of a plan did in the simulation, over the months of the plan. Units: the whole area, mean of the futures.
struct SimulatedAction {
    LocalText name;
    double spent_eur = 0, refused = 0, began = 0;
    double posts_wanted = 0, posts_filled = 0;   ///< on average of the months in which it runs
};

struct Impact {
    bool simulated = false;
    Phrase why_not;                        ///< when it was not
    std::string run, folder;               ///< code and folder: every number can be traced
    double people = 0;                     ///< of the whole area
    int sample = 1, replicates = 0, plan_months = 0, after_months = 0;
    std::vector<ImpactRow> during, after;  ///< over the plan, and after its money stops
    double eur_per_head = unknown, posts_wanted = 0, posts_filled = 0, reached_per_1000 = unknown;
    double benchmark_reached_per_1000 = unknown;
    std::vector<SimulatedAction> actions;
    double charged_eur = unknown, coordination_eur = unknown;   ///< over the plan: charged to payers; of which for coordination
    std::vector<Range> began_by_year;      ///< people who began until the end of each year of the plan
    double spent_eur() const;
    std::vector<Phrase> remarks;
    const ImpactRow* row(std::string_view id) const;   ///< over the plan; null when there is none
};

struct Room {
    const scenario::Call* call = nullptr;
    const scenario::Round* round = nullptr;            ///< null: no jurors were named
    const scenario::Region* region = nullptr;
    const std::vector<scenario::Proposal>* proposals = nullptr;
    std::vector<std::vector<Finding>> findings;
    std::vector<Means> means;
    std::vector<std::vector<ClaimCheck>> claims;
    std::vector<Impact> impacts;
    const Scores* scores = nullptr;                    ///< null without a round
    const Ranking* ranking = nullptr;                  ///< null without scores
    std::vector<std::vector<std::size_t>> not_told_apart;   ///< dossiers that their simulated results do not part; largest group first
    std::vector<Phrase> remarks;                       ///< muted scores, changed signatures
    std::string date, code, folder, command;
};

/// Two dossiers are told apart by their results when on some score with a direction their ranges do not touch and their
/// middles differ by more than what matters.
bool told_apart(const Impact& a, const Impact& b);

/// Simulated dossiers in groups that are linked by pairs not told apart. Order: largest first, then by number.
std::vector<std::vector<std::size_t>> groups_not_told_apart(const std::vector<Impact>& impacts);

/// Ranges for the promises that the simulation can be set beside: net saving a year, in EUR, and people reached, both of the whole area.
ClaimRanges claim_ranges(const Impact& impact);

/// Improvement on each simulated criterion of the call.
std::vector<Improvement> improvements(const scenario::Call& call, const Impact& impact);

/// Questions for the interview, made from the weak spots: findings, promises, staff, patients, unknown effects.
std::vector<Phrase> questions(const Room& room, std::size_t proposal);

/// How many members of each bench advise what: the draft of a recommendation. Empty when nobody advised.
struct AdviceCount {
    std::string advice;
    std::vector<int> by_bench;
    int total = 0;
};
std::vector<AdviceCount> advice_counts(const Scores& scores, std::size_t proposal);
/// The first sentence of a recommendation. It is withheld when a condition that can refuse is not met, or not read, and the jurors
/// advise anything but `unfavourable`: then the jury must say why that condition does not refuse the dossier.
struct Draft {
    std::string advice;                    ///< "": the benches are divided, or nobody advised
    bool withheld = false;
    std::vector<const Finding*> to_answer;
};
Draft draft_of(const Room& room, std::size_t proposal);

/// Why "told apart" says little here: benches without a voice, or with one alone. Empty when every bench has two voices.
Phrase few_voices(const Room& room);

/// The advice that most benches give (each bench one voice, its majority); "" when there is none or no single one.
std::string draft_advice(const Scores& scores, std::size_t proposal);

}  // namespace tresse::jury
