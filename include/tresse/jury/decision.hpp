#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// Decision analysis over weights and ranges: additive values, swing weights, and what is first under how many ways of
/// weighing. Pure arithmetic; nobody's opinion is asked here. Published methods only, none of them patented.
namespace tresse::jury {

/// Points of swing to weights that add to 1. Source: von Winterfeldt and Edwards 1986. Requires: points >= 0, sum > 0.
std::vector<double> swing_weights(std::span<const double> points);

/// Weights for criteria of which only the order is known, most important first.
/// Formula: w_k = (1/n) sum_{i=k..n} 1/i, the mean of all weights with that order. Source: Barron and Barrett 1996.
std::vector<double> rank_order_centroid(std::size_t n);

/// Worth of x on a broken line; flat beyond its ends. Requires: at least two points, ascending in the first.
double broken_line(std::span<const std::pair<double, double>> points, double x);

/// Draws of worths in [0, 1] and of weights: the input of the acceptability analysis.
/// Shape: worth[(draw * alternatives + a) * criteria + c], weight[draw * criteria + c].
struct Samples {
    std::size_t draws = 0, alternatives = 0, criteria = 0;
    std::vector<double> worth, weight;
    double value(std::size_t draw, std::size_t alternative) const;
    double value(std::size_t draw, std::size_t alternative, std::span<const double> weights) const;
};

/// Shape: rank[a * alternatives + r], central[a * criteria + c], beats[a * alternatives + b].
struct Acceptability {
    std::size_t draws = 0, alternatives = 0, criteria = 0;
    std::vector<double> rank;              ///< share of draws in which alternative a has rank r (0 = first)
    std::vector<double> central;           ///< mean of the weights that put a first; NaN when none does
    std::vector<double> confidence;        ///< share of draws in which a is first under its own central weights; NaN as above
    std::vector<double> beats;             ///< share of draws in which a is worth more than b; equal worths count half
    double among_first(std::size_t alternative, std::size_t places) const;
    double mean_rank(std::size_t alternative) const;   ///< first = 1
};

/// SMAA-2. Equal values share their ranks evenly. Source: Lahdelma and Salminen 2001.
Acceptability acceptability(const Samples& samples);

/// Weights drawn evenly from all that add to 1.
/// Formula: gaps between sorted uniforms. Random: by (seed, draw), purpose jury.
std::vector<double> even_weights(std::uint64_t seed, std::uint32_t draw, std::size_t n);

/// Alternatives that no chain of clear wins parts: two belong together when neither beats the other with at least
/// `clear_prob`, and so do those that are linked through others. Order: of mean rank, inside and among groups.
std::vector<std::vector<std::size_t>> groups_not_separated(const Acceptability& result, double clear_prob);

/// 1 when a is clearly worth more than b, -1 when less, 0 when the two are not told apart.
int clear_win(const Acceptability& result, std::size_t a, std::size_t b, double clear_prob);

/// How many pairs are told apart: of all, and of those inside the groups above.
struct PairCount {
    std::size_t all = 0, told = 0, inside = 0, inside_told = 0;
};
PairCount pairs_told_apart(const Acceptability& result, const std::vector<std::vector<std::size_t>>& groups, double clear_prob);

/// Under a budget: how often each alternative is inside, and how often exactly the set of the central order comes out.
struct BudgetStability {
    std::vector<double> inside;            ///< by alternative, share of draws
    std::vector<std::size_t> central_set;  ///< best first, by mean value
    double same_set = 0;                   ///< share of draws with that very set
};
/// Formula: in each draw the best that still fits is taken, until nothing fits. Units: costs and budget alike.
BudgetStability budget_stability(const Samples& samples, std::span<const double> costs, double budget);

}  // namespace tresse::jury
