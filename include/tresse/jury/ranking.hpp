#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tresse/core/stats.hpp"
#include "tresse/jury/decision.hpp"
#include "tresse/jury/sheet.hpp"

/// From scores, weights and simulated ranges to an order that says how much it depends on each.
namespace tresse::jury {

/// What the simulation says of one simulated criterion: how much better than today, with its 95 % range.
struct Improvement {
    bool known = false;
    double middle = 0, low = 0, high = 0;
};

struct RankingInput {
    const Scores* scores = nullptr;
    /// [proposal][simulated criterion, in the order of the call]
    std::vector<std::vector<Improvement>> simulated;
    std::vector<double> cost_eur;          ///< a year, by proposal
    std::uint64_t seed = 2026;
    std::size_t draws = 4000;
};

/// One dossier in the order.
struct RankedDossier {
    std::size_t proposal = 0;
    double mean_share = 0;                 ///< weighted mean as a share of the highest possible
    std::vector<double> bench_share;       ///< with each bench's own scores, weights and value function; NaN = missing
    std::vector<int> bench_rank;           ///< 0 = missing
    bool below_mean = false;               ///< under the call's threshold on the mean
    std::vector<int> below_each;           ///< criteria of the call under their threshold
};

struct Ranking {
    std::vector<std::size_t> ranked;       ///< proposals that enough jurors scored, in the order of the call's files
    std::vector<std::size_t> not_scored;
    std::vector<RankedDossier> dossiers;   ///< as `ranked`
    Acceptability between_benches;         ///< weights: every mixture of what the benches gave
    Acceptability any_weights;             ///< weights: all that there are
    std::vector<std::vector<std::size_t>> groups;   ///< indices into `ranked`, of between_benches
    BudgetStability budget;                ///< empty when the call has no budget
    bool has_budget = false;
    std::size_t places = 5;                ///< "among the first five"
    std::vector<std::string> criteria;     ///< ids of all criteria that weigh, jurors' and simulated
};

/// Weights of a bench over all criteria of the call: its swing points, its order, or the call's own.
std::vector<double> weights_of_bench(const scenario::Call& call, const scenario::Round& round, std::size_t bench);

/// Criteria to which a bench gave no weight of its own while it weighed others: they count for nothing in its voice. One remark a bench.
std::vector<Phrase> weights_left_out(const scenario::Call& call, const scenario::Round& round);

/// Formula: in each draw one juror of each bench speaks for it (another, when that one is in conflict); benches are averaged by
/// their weights, missing ones left out; simulated improvements are normal within their range; weights are a mixture of the
/// benches' with even shares (or even over all weights). Random: by (seed, draw), purpose jury.
Ranking ranking(const RankingInput& input);

}  // namespace tresse::jury
