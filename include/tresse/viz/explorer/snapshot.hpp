#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tresse/app/answer.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/viz/explorer/state.hpp"
#include "tresse/viz/figure/chart.hpp"

/// A finished run as the views need it: made by the worker, then never changed. Sums per municipality and provider, never
/// persons.
namespace tresse::viz::explorer {

/// Counts of one month, summed over futures. Shape: `by month[measure]`.
struct MonthCourse {
    std::vector<std::vector<std::vector<double>>> futures;  ///< [future][month][column of Snapshot::month_measures]
};

struct NetProvider {
    int id = 0, kind = -1, place = -1;
    double lat = 0, lon = 0, posts = 0, filled = 0, load = 0;
    int panel = 0;
    bool shares_record = false, uses_guideline = false;
};

struct NetTie {
    int a = 0, b = 0;     ///< rows of `providers`
    double strength = 0;  ///< 0-1
};

struct Net {
    std::vector<NetProvider> providers;
    std::vector<NetTie> ties;    ///< each pair once, a < b
    std::vector<Point> by_ties;  ///< by provider, in the unit square: those that work together stand together
};

/// A mechanism that acts more or less often than in the base. Units: events per 1,000 people and year.
struct Moved {
    std::string id;
    double base = 0;
    Range difference;  ///< arm minus base
    bool told() const { return difference.low > 0 || difference.high < 0; }
};

/// Numbers of views that were worked out before; the same question gives the same answer.
class Memo;

struct Snapshot {
    app::Simulated run;
    app::Compared compared;  ///< its pointers lead into `run`
    std::string program_home;
    std::vector<std::string> arm_labels_en;
    std::vector<int> years;
    std::vector<std::string> month_measures;
    std::vector<MonthCourse> months;   ///< by arm; empty when the run has no monthly table
    std::vector<Net> nets;             ///< by arm; empty when the run has none
    std::vector<MapCell> cells;        ///< by place of the catalogue
    std::vector<std::vector<Moved>> moved;  ///< by arm; clearest first
    std::shared_ptr<Memo> memo;
    bool schematic = true;             ///< cells are made from centroids
    std::string boundaries;            ///< name of the file that brought real borders
    std::vector<std::string> remarks;  ///< what was odd about the run folder or the boundaries
    double seconds = 0;                ///< that making this took

    std::size_t arms() const { return compared.arms.size(); }
    int months_of_policy() const { return compared.scenario().policy_months; }
    Month start() const { return compared.scenario().start; }
    /// Name of an arm in the language chosen: "C Integrated".
    std::string arm_name(std::size_t arm) const;
    std::string arm_label(std::size_t arm) const;
    /// Row of `years` in which a month of the cursor lies; -1 for the whole horizon.
    int year_of(int month) const;
};

/// What to read beside the run.
struct SnapshotInput {
    std::string home;        ///< folder that holds scenarios/
    std::string boundaries;  ///< GeoJSON file, or empty
};

/// Throws: BadInput when the run has no finished future.
std::shared_ptr<const Snapshot> make_snapshot(app::Simulated run, const SnapshotInput& input);

Limits limits_of(const Snapshot* snapshot);

// --- numbers of the views: pure, tested without a window ---------------------------------------------------------

struct ScoreLine {
    int row = 0;  ///< of Compared::rows
    std::string id, label, unit;
    int family = 0, digits = 1;
    char direction = ' ';
    double smallest = 0, base = 0;
    struct Cell {
        double level = 0;
        Range difference;
        Sign sign = Sign::none;
    };
    std::vector<Cell> arms;  ///< without the base
};

/// One score, for whom and when. `row`: of Compared::rows.
ScoreLine score_line(const Snapshot& snapshot, int row, const Scope& scope, int year);
/// Every score that has a value here, without the parts of the cost.
std::vector<ScoreLine> score_lines(const Snapshot& snapshot, const Scope& scope, int year);

/// Mechanisms of all arms; what the arms' own actions do is left out.
std::vector<std::vector<Moved>> moved_mechanisms(const Snapshot& snapshot);
std::shared_ptr<Memo> new_memo();

/// A score over the years. Shape: [arm][year].
struct Course {
    std::vector<std::vector<Range>> level;       ///< mean, and the middle 95 % of the futures
    std::vector<std::vector<Range>> difference;  ///< paired, with its range; the base has none
    std::vector<std::vector<Sign>> sign;
};
Course course_of(const Snapshot& snapshot, int row, const Scope& scope);

/// Money that moved. Units: million EUR a year.
struct Flow {
    int payer = -1, payee = -1, rule = -1;
    double amount = 0;
};
/// Mean over futures; `year` -1: mean over the years. `base` >= 0: minus what moved in that arm. Rules keep their id of
/// the base's catalogue.
std::vector<Flow> flows_of(const Snapshot& snapshot, int arm, int year, bool difference);

/// A future of an arm against its twin of the base, for the cost-effectiveness plane. Units: years, EUR, per 1,000 people.
struct PlanePoint {
    double qalys = 0, eur = 0;
};
std::vector<PlanePoint> plane_of(const Snapshot& snapshot, int arm);
/// Share of the points in which a QALY is worth its money at `eur_per_qaly`. Missing: no points.
double acceptable(const std::vector<PlanePoint>& points, double eur_per_qaly);

std::string level_text(double value, int digits);
std::string scope_name(const Snapshot& snapshot, const Scope& scope);

}  // namespace tresse::viz::explorer
