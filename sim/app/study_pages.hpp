#pragma once

#include <string>
#include <vector>

#include "study_results.hpp"
#include "tresse/decide/sensitivity.hpp"
#include "tresse/decide/shapley.hpp"
#include "tresse/decide/stop_rule.hpp"
#include "tresse/scenario/variant.hpp"
#include "tresse/scenario/scores.hpp"
#include "tresse/store/manifest.hpp"
#include "tresse/viz/report/study.hpp"

/// From the results of a study to its report.
namespace tresse::app {

struct StudyText {
    const StudyPlan& plan;
    const StudyResults& results;
    const scenario::Scores& scores;
    std::string run;  ///< short code

    const scenario::Scenario& scenario() const { return *plan.scenario; }
    int base() const { return plan.base(); }
    const StageResults& futures() const { return results.stage("futures"); }
    std::string arm_name(int arm) const;
    std::string short_name(int arm) const;     ///< "C integrated"
    std::vector<int> arms() const;             ///< without the base, in order
    decide::Ruler ruler(const std::string& score) const;
};

/// The score table's questions as far as they are run, and what the stop rule says of them.
decide::Look look_at(const StudyText& text, int most_draws);
/// One line: how many words stand, how many futures would settle more.
std::string look_words(const StudyText& text, const decide::Look& look);

/// The subsets of the arm's parts that the stage "why" runs, ascending, none and all among them.
std::vector<decide::Subset> why_subsets(const StudyPlan& plan);
/// Shares of the parts in a number's difference: mean and 95 % range of the mean over draws.
struct PartShares {
    std::vector<scenario::ArmPart> parts;
    bool exact = true;
    int draws = 0;
    Range total, together;
    std::vector<Range> share, alone;
    bool defined() const { return draws > 0; }
};
PartShares part_shares(const StudyText& text, const std::string& number);

/// One-way results as the tornado of one number; without bars when they were not run.
decide::Tornado tornado_of(const StudyText& text, const std::string& number);

/// Words shared by pages.
std::string input_name(const StudyPlan& plan, const std::string& key);
/// The value of a number at a quantile, with as many digits as mean something.
std::string input_value(const StudyPlan& plan, const std::string& key, double quantile);
int digits_for(const Range& range);
std::string part_name(const scenario::ArmPart& part);

/// The three questions of the brief.
viz::StudyPage brief_sure(const StudyText& text);
viz::StudyPage brief_why(const StudyText& text);
viz::StudyPage brief_who(const StudyText& text);

/// Who pays more in a few years, for the brief.
viz::StudyBlock who_pays(const StudyText& text);

/// A question, its page. One function a question.
viz::StudyPage page_differences(const StudyText& text);
viz::StudyPage page_why(const StudyText& text);
viz::StudyPage page_inputs(const StudyText& text);
viz::StudyPage page_money(const StudyText& text);
viz::StudyPage page_for_whom(const StudyText& text);
viz::StudyPage page_robust(const StudyText& text);
viz::StudyPage page_sure(const StudyText& text);

viz::StudyReport study_report(const StudyText& text, const store::Manifest& manifest);

/// Figures from numbers.
struct BarRow {
    std::string name;
    Range range;  ///< middle, and a line from low to high (NaN: none)
};
viz::Figure bar_figure(const std::string& id, const std::string& title, const std::string& unit, const std::vector<BarRow>& rows, const std::string& how_to_read);
struct Curve {
    std::string name;
    std::vector<double> y;
};
viz::Figure curve_figure(const std::string& id, const std::string& title, const std::string& x_title, const std::string& y_title, const std::vector<double>& x, const std::vector<Curve>& curves, const std::string& how_to_read);
struct Cloud {
    std::string name;
    std::vector<double> x, y;
};
viz::Figure cloud_figure(const std::string& id, const std::string& title, const std::string& x_title, const std::string& y_title, const std::vector<Cloud>& clouds, const std::string& how_to_read);

/// Inputs of the arm that is explained, strongest rank correlation with its differences first: what is varied one by one.
std::vector<std::string> telling_inputs(const StudyPlan& plan, const StageResults& futures, int most);

}  // namespace tresse::app
