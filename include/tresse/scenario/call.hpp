#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/scenario/region.hpp"
#include "tresse/scenario/source.hpp"

/// What pilots answer to: a call with its rules, criteria, benches, weights and timetable.
namespace tresse::scenario {

/// What a rule that is not met does: keep a dossier out, ask the jury to judge, or advise.
enum class Severity : std::uint8_t { refuse, ask, advise };

/// A condition of admission. `asked_in` says where it was read: the call of 2016, the filing of 2017, our addition.
struct CallRule {
    std::string id, asked_in, source;
    LocalText name, cure;
    Severity severity = Severity::ask;
    double min = 0;                        ///< inhabitants, or years
    double best_low = 0, best_high = 0;    ///< inhabitants; 0 = no advice
    std::vector<std::string> need;         ///< roles of partners
    int line = 0;
};

struct CallBench {
    std::string id, source;
    LocalText name, appointed_by;
    double weight = 1;
};

/// A criterion that jurors score, or a simulated score with the two ends of its value function.
struct CallCriterion {
    std::string id;
    LocalText name;
    double weight = 0;
    std::array<LocalText, 6> anchors;      ///< what 0 to 5 means
    std::string score;                     ///< row of the score table; empty = scored by jurors
    double worst = 0, best = 0;            ///< improvement that is worth 0 and 1, in the unit of the score
    bool simulated() const { return !score.empty(); }
};

struct CallStep {
    std::string id, from, to, source;
    LocalText name;
};

struct Call {
    std::string id, file;
    LocalText title, legal_basis, rubric_note;
    std::string legal_source;
    std::string filing_from, filing_to;    ///< "2017-08-18"; empty = not asked
    std::vector<CallStep> timetable;
    std::vector<std::string> advice;       ///< what the jury may say of a dossier
    bool ranking_used = false;
    std::vector<CallBench> benches;
    std::vector<CallRule> rules;
    std::vector<CallCriterion> criteria;   ///< jurors' first, then simulated
    double scale_from = 0, scale_to = 5, scale_step = 0.5;
    double pass_share = 0;                 ///< of the highest weighted mean; 0 = no threshold
    double pass_each = 0;                  ///< lowest mean on any criterion
    double separate_prob = 0.95;           ///< above it, two dossiers count as told apart
    double budget_projects = 0;            ///< how many dossiers the money allows; 0 = not said
    double budget_eur_per_year = 0;
    double grant_coordination_eur = 0, grant_actions_eur = 0;   ///< most that a project may ask a year
    std::string benchmark;                 ///< action on which the equal-money benchmark spends everything
    int plan_months = 48, after_months = 24;
    double population_margin = 0;
    std::string population_date;
    std::string population_file;           ///< path of the table
    std::map<int, std::int64_t> population;   ///< by NIS number, at the date that stands for the call's
    std::vector<SourceUse> sources;
    std::uint64_t hash = 0;

    const CallRule* rule(std::string_view id) const;
    const CallBench* bench(std::string_view id) const;
    int criterion(std::string_view id) const;   ///< -1 when there is none
};

/// Reads a call with the table of inhabitants it names. Problems are added.
Call read_call(const std::string& path, Problems& problems);
Call read_call_text(const std::string& text, const std::string& name, Problems& problems);

/// Ids of the rules that the tool can check, sorted.
const std::vector<std::string>& rule_ids();

}  // namespace tresse::scenario
