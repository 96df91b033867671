#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "study_stage.hpp"
#include "tresse/decide/comparison.hpp"
#include "tresse/decide/difference.hpp"

/// Results of a study as tables: numbers by stage, future, arm and name.
namespace tresse::app {

class StageResults {
public:
    StageResults() = default;
    StageResults(StageDesign design, std::vector<std::string> columns, std::vector<store::StudyPiece> pieces);

    const StageDesign& design() const { return design_; }
    const std::vector<std::string>& columns() const { return columns_; }
    const std::vector<store::StudyPiece>& pieces() const { return pieces_; }
    bool empty() const { return pieces_.empty(); }
    /// -1: no such number.
    int column(std::string_view name) const;
    bool has(std::string_view name) const { return column(name) >= 0; }
    /// Missing: the piece is not there, or has no such number.
    decide::Value value(int arm, int replicate, std::string_view name) const;
    /// Futures in which both arms are finished.
    std::vector<int> replicates(int base, int arm) const;
    /// A number of two arms, by future.
    std::vector<decide::Outcome> pairs(int base, int arm, std::string_view name) const;
    decide::Difference difference(int base, int arm, std::string_view name) const;
    /// Mean over the futures of an arm; NaN: none.
    double mean(int arm, std::string_view name) const;
    /// Years kept of a future.
    int years() const;
    std::vector<double> by_year(int arm, int replicate, std::string_view what) const;  ///< "cohort_eur": y0:, y1: ...
    /// Draws of which the two arms have a future, ascending.
    std::vector<int> draws(int base, int arm) const;
    const std::vector<double>& point(int draw) const { return design_.points.at(static_cast<std::size_t>(draw) - 1); }

private:
    const store::StudyPiece* piece(int arm, int replicate) const;

    StageDesign design_;
    std::vector<std::string> columns_;
    std::map<std::string, int, std::less<>> index_;
    std::vector<store::StudyPiece> pieces_;
    std::map<std::pair<int, int>, std::size_t> where_;  ///< (arm, replicate)
};

struct StudyResults {
    std::map<std::string, StageResults> stages;
    const StageResults& stage(const std::string& id) const;  ///< an empty one when it was not asked
    std::uint64_t hash = 0;
    int futures = 0;  ///< of all stages
};

/// Reads all stages of a run folder.
StudyResults read_results(const store::StudyStore& store);

}  // namespace tresse::app
