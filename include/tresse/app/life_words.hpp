#pragma once

#include <string>
#include <vector>

#include "tresse/measure/life.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/store/table.hpp"

/// What a life is called in words, for the terminal and the explorer; in the language chosen.
namespace tresse::app {

/// Counts of a month that a reader looks for.
struct MonthCare {
    int gp = 0, specialist = 0, emergency = 0, nursing = 0, home_help = 0, programme = 0;  ///< contacts, visits, hours delivered
    int hospital_days = 0, waiting = 0, given_up = 0;                                       ///< days of stays; requests
};
MonthCare month_care(const measure::LifeMonth& month, const world::Catalogue& catalogue);

/// "Woman, 78, Linter · lives alone · helped by a relative": who the person is in a month.
std::string who_words(const measure::LifeMonth& month, const world::Catalogue& catalogue);
/// "heart failure (moderate), hypertension (mild, not known yet)"; "no chronic condition".
std::string condition_words(std::uint64_t conditions, const world::Catalogue& catalogue);
/// "needs much daily help": how dependent the person is in a month.
std::string dependence_word(const measure::LifeMonth& month);
/// The care team: kind and place of each provider.
std::string team_words(const measure::LifeMonth& month, const scenario::Scenario& scenario);
/// What an event is called: "an unplanned hospital stay".
std::string event_words(int mark, const world::Catalogue& catalogue);
/// What happened in a month, against the month before (null: the first).
std::vector<std::string> happenings(const measure::LifeMonth& month, const measure::LifeMonth* before, const world::Catalogue& catalogue);
/// "conditions, care received": groups of facts.
std::string fact_words(std::uint32_t facts);
/// Why two arms part, in sentences; `base` and `arm` are their names.
std::string cause_words(const measure::LifeCause& cause, std::uint32_t facts, const std::string& base, const std::string& arm, const world::Catalogue& catalogue);

/// One row per arm and month, for files.
store::Table life_table(const measure::Lives& lives, const scenario::Scenario& scenario);

/// The whole page for a terminal of 100 columns, without the lines on how the person was chosen.
std::string life_page(const measure::Lives& lives, const scenario::Scenario& scenario);
/// "Of 111 people like this one ...": is the life typical?
std::string alike_words(const measure::Lives& lives, const scenario::Scenario& scenario);

}  // namespace tresse::app
