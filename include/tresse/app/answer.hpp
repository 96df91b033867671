#pragma once

#include <string>
#include <vector>

#include "tresse/decide/comparison.hpp"
#include "tresse/measure/record.hpp"
#include "tresse/measure/score.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/scenario/scores.hpp"
#include "tresse/scenario/source.hpp"
#include "tresse/store/manifest.hpp"
#include "tresse/store/run_folder.hpp"
#include "tresse/viz/report/brief.hpp"

/// From records to what is told: scores, verdicts, means, payers, sentences, tables, figures.
namespace tresse::app {

/// An arm with its futures. The catalogue of its scenario gives names to what its records count.
struct ArmRun {
    const scenario::Scenario* scenario = nullptr;
    int arm = 0;  ///< of the scenario
    std::string id;
    std::vector<const measure::RunRecord*> futures;  ///< by replicate, ascending
};

/// All arms that are compared; the base first.
struct Compared {
    std::vector<ArmRun> arms;
    scenario::Scores scores;
    std::vector<measure::ScoreRow> rows;  ///< of the base's catalogue
    std::vector<decide::Ruler> rulers;    ///< by row
    std::vector<decide::PieceValues> pieces;
    std::vector<decide::ComparedArm> results;  ///< every arm but the base
    const world::Catalogue& catalogue() const { return *arms.front().scenario->catalogue; }
    const scenario::Scenario& scenario() const { return *arms.front().scenario; }
};

/// Computes scores and verdicts. Requires: the first arm is the base.
Compared compared(std::vector<ArmRun> arms, scenario::Scores scores);

/// The arms of one run, base first.
std::vector<ArmRun> arms_of(const scenario::Scenario& scenario, const std::vector<measure::RunRecord>& records);

/// Paired differences of any number that a record has, against the base, for one arm.
/// Missing: futures in which one of them has none.
template <class Number> decide::Difference paired(const Compared& c, std::size_t arm, Number&& number) {
    std::vector<decide::Outcome> outcomes;
    for (const measure::RunRecord* one : c.arms[arm].futures)
        for (const measure::RunRecord* base : c.arms[0].futures)
            if (base->replicate == one->replicate)
                outcomes.push_back({one->replicate, one->draw, number(*base, c.arms[0]), number(*one, c.arms[arm])});
    return decide::difference(outcomes);
}

/// Mean over the futures of an arm of any number that a record has.
template <class Number> double mean_of(const ArmRun& arm, Number&& number) {
    double sum = 0;
    int count = 0;
    for (const measure::RunRecord* one : arm.futures)
        if (const decide::Value value = number(*one, arm))
            sum += *value, ++count;
    return count > 0 ? sum / count : viz::unknown;
}

/// Names of a score row, in the language chosen.
std::string row_name(const measure::ScoreRow& row, const world::Catalogue& catalogue);

/// Money, posts, hours and people of an arm, by action, a year on average over its futures.
std::vector<viz::BriefMeans> means_of(const ArmRun& arm);
/// Cents that payers give to programmes: grants and the direct costs of actions. Units: cents over all years.
double programme_cents(const measure::RunRecord& record, const world::Catalogue& catalogue);
/// What an arm adds to the base, in one sentence.
std::string adds_words(const Compared& compared, std::size_t arm, const viz::BriefMeans& all);

std::vector<viz::BriefPayer> payers_of(const Compared& compared);
std::vector<viz::BriefTable> tables_of(const Compared& compared);
std::vector<viz::Figure> figures_of(const Compared& compared, const viz::Brief& brief);

/// What is told, in the language chosen. `sources` may be null.
viz::Brief make_brief(const Compared& compared, const store::Manifest& manifest, const std::string& folder,
                      const scenario::SourceRegister* sources);

/// Names of what the records of a scenario count.
store::Names names_of(const scenario::Scenario& scenario);

/// scores, series, groups, ledger: the tables of the run folder.
std::vector<store::Table> result_tables(const Compared& compared);

/// The date of "2026-11-21T14:05:33Z", in words of the language; the text itself when it is none.
std::string date_words(const std::string& started);

}  // namespace tresse::app
