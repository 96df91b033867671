#include "tresse/scenario/study.hpp"

#include "key_rows.hpp"

namespace tresse::scenario {

namespace {

constexpr KeyRow rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "study", "must", "what the file is"},
    {"id", "word", "small letters, digits, hyphens", "must", "names the folder of results"},
    {"title", "text in en, fr, nl, de", "", "must", "heading"},
    {"scenario", "id or path", "", "must", "the scenario whose arms are studied"},
    {"arm", "word", "id of an arm", "the last that is not the base", "the arm whose difference is explained"},
    {"score", "word", "the rows of the score table", "qaly_per_1000", "the score whose difference is explained, beside cost"},
    {"draws", "number", "2 to 65536", "256", "points of the uncertain numbers; powers of two fill the space most evenly"},
    {"repeats", "number", "1 to 1000", "2", "futures of each point, with luck of their own: two and more tell chance from parameters"},
    {"sample", "share", "1/k with k whole", "1", "share of the households; more chance, the same expectation"},
    {"months", "months", "0 to 600", "0", "horizon; 0 = as the scenario"},
    {"vary", "list of keys", "`all`, keys of numbers, or beginnings with *", "all", "which numbers are drawn; the others keep their central value"},
    {"correlated[].of", "list of keys", "as vary", "must", "numbers that are high or low together"},
    {"correlated[].rank_correlation", "number", "0 to 0.99", "must", "of each pair"},
    {"correlated[].source", "source id", "", "must", "why they go together"},
    {"structures[].id", "word", "", "must", "name of a sub-model that could be otherwise"},
    {"structures[].label", "text in en, fr, nl, de", "", "id", "heading"},
    {"structures[].set.<key>", "text", "a key of the scenario", "must", "what is set, as by --set"},
    {"structure_draws", "number", "2 to 65536", "16", "points at which each structure is run"},
    {"why.draws", "number", "0 to 4096", "8", "points at which subsets of the arm's parts are run; 0 = not asked"},
    {"why.exact_up_to", "parts", "1 to 8", "6", "above it orders of arrival are sampled"},
    {"why.orders", "number", "1 to 1000", "8", "sampled orders, each with its reverse"},
    {"sensitivity.inputs", "number", "0 to 40", "8", "how many inputs are varied one by one; 0 = not asked"},
    {"sensitivity.repeats", "number", "1 to 1000", "2", "futures at each point; all points have the same lucks"},
    {"sensitivity.morris", "number", "0 to 1000", "4", "trajectories of Morris"},
    {"sensitivity.sobol", "number", "0 to 65536", "0", "base points of Sobol' indices; runs: base x (inputs + 2)"},
    {"economics.threshold_to_eur", "EUR", "1000 to 10 million", "100000", "highest value of a quality-adjusted year that is shown"},
    {"economics.threshold_step_eur", "EUR", "100 to 1 million", "5000", "steps of that value"},
    {"economics.lifetime_draws", "number", "0 to 4096", "8", "points at which the cohort is followed to its last death; 0 = not asked"},
    {"economics.lifetime_sample", "share", "1/k: k from 1 to 10000", "20", "share of the households followed so long"},
    {"economics.lifetime_months", "months", "12 to 1200", "1200", "how long at most"},
    {"equity.aversion_to", "number", "0.5 to 100", "20", "highest aversion to inequality that is shown"},
    {"equity.aversion_step", "number", "0.1 to 100", "2", "steps of it"},
    {"equity.eur_per_qaly_forgone", "estimate: EUR", "1 to 10 million", "must", "spending that displaces a quality-adjusted year elsewhere"},
    {"robust.budgets_eur_per_head", "list of EUR a head and year", "0 to 100000", "none", "budgets for portfolios of the arm's parts"},
    {"robust.break_even_years", "years", "1 to 50", "5", "in which the plan should pay for itself"},
};

}  // namespace

std::vector<KeyDoc> study_keys() {
    std::vector<KeyDoc> out;
    add_keys("study", rows, out);
    return out;
}

}  // namespace tresse::scenario
