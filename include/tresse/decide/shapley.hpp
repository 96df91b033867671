#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

/// What each part of a plan adds to its difference, so that the parts add up to the whole. Pure.
namespace tresse::decide {

/// A subset of the parts: bit i is part i.
using Subset = std::uint32_t;

struct Shares {
    double total = 0;               ///< worth of all parts minus worth of none
    std::vector<double> share;      ///< Shapley value of each part; adds up to `total`
    std::vector<double> alone;      ///< what a part does without the others
    std::vector<double> last;       ///< what is lost when it is left out
    double together = 0;            ///< total minus the sum of `alone`: more (above 0) or less together than apart
    std::vector<std::vector<double>> pairs;  ///< Shapley interaction index [i][j]; empty when orders were sampled
};

/// Exact. Formula: phi_i = sum over subsets S without i of |S|! (n-|S|-1)! / n! (v(S+i) - v(S)); pairs: the same with
/// (n-|S|-2)! |S|! / (n-1)! and the second difference. Shape: worth[subset], 2^n of them.
/// Laws: shares add to the total; a part that changes nothing has 0; equal parts have equal shares.
/// Source: Shapley 1953; interaction: Grabisch and Roubens, International Journal of Game Theory 1999.
Shares shapley(int parts, std::span<const double> worth);

/// Orders in which parts may arrive: `pairs` by chance, each followed by its reverse, which evens out who comes early.
/// Random: by (seed, pair).
std::vector<std::vector<int>> arrival_orders(int parts, int pairs, std::uint64_t seed);
/// The subsets that the orders pass through, ascending, with none and all.
std::vector<Subset> subsets_of(int parts, const std::vector<std::vector<int>>& orders);
/// Mean over orders of what a part adds when it arrives: adds up to the total in every order, so always.
/// Requires: the worth of every subset of `subsets_of`; those of one part, and all but one, where they were run.
Shares shapley_sampled(int parts, const std::vector<std::vector<int>>& orders, const std::map<Subset, double>& worth);

}  // namespace tresse::decide
