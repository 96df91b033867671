#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "tresse/app/session.hpp"
#include "tresse/experiment/drawn_source.hpp"
#include "tresse/experiment/run.hpp"
#include "tresse/measure/record.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/scenario/study.hpp"
#include "tresse/store/run_folder.hpp"
#include "tresse/store/study_store.hpp"

/// Stages of a study: which arms at which points, with which luck; and the numbers that are kept of a future.
namespace tresse::app {

/// Everything that says what a stage runs. The same text gives the same futures in every process.
struct StageDesign {
    std::string id;
    std::string arm;                      ///< of `kept`; empty: all arms of the scenario
    std::vector<std::vector<std::uint8_t>> kept;  ///< subsets of the arm's parts, beside the base
    int sample = 1, months = 120, repeats = 1;
    bool same_luck = false;
    bool persons = false;                 ///< compares persons' money between the base and the arms
    std::vector<std::string> keys;
    experiment::Points points;
    std::vector<std::pair<std::string, std::string>> set;

    int futures() const { return static_cast<int>(points.size()) * repeats; }
};
std::string text_of(const StageDesign& design);
StageDesign design_of(const std::string& text);

/// A study with its scenario, as all stages use it.
struct StudyPlan {
    scenario::Study study;
    std::string scenario_name;  ///< a path or an id
    Options options;
    std::string home;
    std::shared_ptr<const scenario::Scenario> scenario;  ///< with the study's own sample and horizon
    int target = 0;                                      ///< arm that is explained
    int base() const { return scenario->base_index(); }
};
/// Throws: BadInput with all problems of both files.
StudyPlan load_plan(const std::string& name, const Options& options, const std::string& home);

/// The plan of a run that is there: its own copy of the study, with what the command line changed. Throws: BadInput.
StudyPlan plan_of_run(const store::Found& run, Options& options, Session& session);

/// A stage ready to run.
class Stage {
public:
    /// Makes people, or takes those of `before` when it has the same.
    Stage(const StudyPlan& plan, StageDesign design, int threads, std::shared_ptr<const Stage> before);

    const StageDesign& design() const { return design_; }
    const scenario::Scenario& scenario() const { return *arms_; }
    experiment::Plan plan(int threads) const;
    const experiment::Source& source() const { return *source_; }
    std::vector<std::string> columns() const;
    /// Months of all worlds of one future, settling included, times the share simulated: what progress counts.
    double work_of_a_future() const;

private:
    struct People;
    StageDesign design_;
    std::shared_ptr<const People> people_;
    std::shared_ptr<const scenario::Scenario> arms_;
    std::unique_ptr<experiment::DrawnSource> source_;
};

/// What is kept of a future: a name and a number each, in a fixed order. `persons`: four numbers of winners and losers.
std::vector<std::pair<std::string, double>> numbers_of(const measure::RunRecord& record,
                                                       const scenario::Scenario& scenario, int arm,
                                                       const std::array<double, 4>& persons);

/// Looks at what persons paid themselves in each arm, and compares with the base of the same future.
class PersonsProbe : public experiment::Probe {
public:
    /// `arms`: how many of a future run, in ascending order.
    PersonsProbe(int base, int arms, double smallest_eur_a_year)
        : base_(base), last_(arms - 1), smallest_(smallest_eur_a_year) {}
    void month(const world::World& world, Month month, int arm, int replicate) override;
    void at_end(const world::World& world, int arm, int replicate) override;
    /// Share who pay less, share who pay more, EUR a year less of the first and more of the others. NaN: not known.
    std::array<double, 4> of(int arm, int replicate);

private:
    using Paid = std::vector<std::uint32_t>;  ///< cents by person alive at the start
    const int base_, last_;
    const double smallest_;
    std::mutex mutex_;
    std::map<std::pair<int, int>, Paid> paid_;
    std::map<std::pair<int, int>, int> years_;
    std::map<std::pair<int, int>, std::array<double, 4>> result_;
};

}  // namespace tresse::app
