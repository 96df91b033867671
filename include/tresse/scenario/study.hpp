#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/uncertain.hpp"
#include "tresse/scenario/reader.hpp"
#include "tresse/scenario/source.hpp"

/// A study: which uncertain numbers of a scenario are drawn how often, and which questions are asked of the futures.
namespace tresse::scenario {

/// Numbers whose true values are expected to be high or low together.
struct StudyCorrelation {
    std::vector<std::string> of;  ///< keys of draws; an ending * stands for all that begin so
    double rank_correlation = 0;  ///< of each pair
    std::string source;
    int line = 0;
};

/// A sub-model that could be otherwise: keys of the scenario that are set, as by --set.
struct StudyStructure {
    std::string id;
    LocalText label;
    std::vector<std::pair<std::string, std::string>> set;
};

/// Why an arm differs: subsets of its parts are run.
struct StudyWhy {
    int draws = 8;         ///< 0 = not asked
    int exact_up_to = 6;   ///< parts; above, orders of arrival are sampled
    int orders = 8;        ///< sampled orders, each with its reverse
};

struct StudySensitivity {
    int inputs = 8;   ///< those that correlate most with the result are varied one by one; 0 = not asked
    int repeats = 2;  ///< futures at each point, the same luck at all points
    int morris = 4;   ///< trajectories; 0 = not asked
    int sobol = 0;    ///< base points of Sobol' indices; 0 = not asked
};

struct StudyEconomics {
    double threshold_to_eur = 100000, threshold_step_eur = 5000;  ///< per quality-adjusted year
    int lifetime_draws = 8;                                       ///< 0 = the horizon of the scenario only
    int lifetime_sample = 20, lifetime_months = 1200;
};

struct StudyEquity {
    double aversion_to = 20, aversion_step = 2;
    Uncertain eur_per_qaly_forgone;  ///< spending that displaces one quality-adjusted year elsewhere
};

struct StudyRobust {
    std::vector<double> budgets_eur_per_head;  ///< a year, for portfolios of the arm's parts
    int break_even_years = 5;
};

/// A checked study, every default filled in.
struct Study {
    std::string id, file;
    LocalText title;
    std::string scenario;            ///< path or id of a shipped one
    std::string arm;                 ///< whose difference is explained; empty = the last that is not the base
    std::string score = "qaly_per_1000";  ///< whose differences are explained, beside cost
    int draws = 256, repeats = 2;    ///< points of the uncertain numbers; futures of each, with luck of their own
    int sample = 1, months = 0;      ///< 1/sample of the households; 0 months = as the scenario
    std::vector<std::string> vary;   ///< keys or beginnings with *; empty = all numbers with a range
    std::vector<StudyCorrelation> correlated;
    std::vector<StudyStructure> structures;
    int structure_draws = 16;
    StudyWhy why;
    StudySensitivity sensitivity;
    StudyEconomics economics;
    StudyEquity equity;
    StudyRobust robust;
    std::vector<SourceUse> sources;
    std::uint64_t hash = 0;  ///< of the bytes read
};

/// Ids of the shipped studies, sorted: files of scenarios/studies/.
std::vector<std::string> shipped_studies(const std::string& home);

/// Reads and checks a study. `name`: a path or the id of a shipped one. What names the scenario's arms and numbers is
/// checked when both are known (`check_study`). Throws: BadInput with all problems.
Study load_study(const std::string& name, const std::string& home);
Study parse_study(const std::string& text, const std::string& name, Problems& problems);

struct Scenario;
/// Arms, keys, scores and sources that the study names are there. Adds problems.
void check_study(const Study& study, const Scenario& scenario, Problems& problems);

/// Keys of the study file as the loader knows them.
std::vector<KeyDoc> study_keys();

}  // namespace tresse::scenario
