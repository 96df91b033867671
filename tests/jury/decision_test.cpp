#include "tresse/jury/decision.hpp"

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

#include "tresse/core/draw.hpp"
#include "tresse/core/math.hpp"

using namespace tresse;
using namespace tresse::jury;

namespace {

struct Beta {
    double a, b;
};

/// The thrombolytics example: heparin and enoxaparin by proximal thrombosis, distal thrombosis and major bleeding, events as
/// Beta laws, worth falling straight over 0-0.25, 0.15-0.40 and 0-0.10. Source: Lynd and O'Brien 2004, in the form in which
/// the authors of the R package smaa (van Valkenhoef) publish it with their drug-benefit software.
Samples thrombolytics(std::size_t draws, const std::vector<double>& fixed = {}) {
    static const Beta events[2][3] = {{{20, 116}, {40, 96}, {1, 135}}, {{8, 121}, {32, 97}, {5, 124}}};
    static const double low[3] = {0, 0.15, 0}, high[3] = {0.25, 0.40, 0.10};
    Samples s;
    s.draws = draws, s.alternatives = 2, s.criteria = 3;
    for (std::uint32_t d = 0; d < draws; ++d) {
        for (std::uint64_t a = 0; a < 2; ++a)
            for (std::uint64_t c = 0; c < 3; ++c) {
                const double u = unit_open(draw(7, a * 3 + c, d, 99).word[0]);
                s.worth.push_back((high[c] - beta_quantile(u, events[a][c].a, events[a][c].b)) / (high[c] - low[c]));
            }
        const auto w = fixed.empty() ? even_weights(7, d, 3) : fixed;
        s.weight.insert(s.weight.end(), w.begin(), w.end());
    }
    return s;
}

/// Worths that do not change from draw to draw, with even weights.
Samples certain(const std::vector<std::vector<double>>& worth, std::size_t draws) {
    Samples s;
    s.draws = draws, s.alternatives = worth.size(), s.criteria = worth[0].size();
    for (std::uint32_t d = 0; d < draws; ++d) {
        for (const auto& row : worth)
            s.worth.insert(s.worth.end(), row.begin(), row.end());
        const auto w = even_weights(11, d, s.criteria);
        s.weight.insert(s.weight.end(), w.begin(), w.end());
    }
    return s;
}

}  // namespace

TEST_CASE("acceptability, central weights and confidence are those that the R package smaa publishes for thrombolytics", "[jury]") {
    // published with 10,000 draws: rank acceptability 0.3504 / 0.6496; central weights (0.187, 0.277, 0.536) and
    // (0.407, 0.364, 0.229); confidence 0.668 / 0.896. Three standard errors of both sides together: 0.02.
    const Acceptability r = acceptability(thrombolytics(10000));
    CHECK(r.rank[0] == Approx(0.3504).margin(0.02));
    CHECK(r.rank[2] == Approx(0.6496).margin(0.02));
    CHECK(r.rank[0] + r.rank[1] == Approx(1));
    const double central[2][3] = {{0.1865, 0.2772, 0.5363}, {0.4073, 0.3641, 0.2285}};
    for (std::size_t a = 0; a < 2; ++a)
        for (std::size_t c = 0; c < 3; ++c)
            CHECK(r.central[a * 3 + c] == Approx(central[a][c]).margin(0.015));
    CHECK(r.confidence[0] == Approx(0.6682).margin(0.03));
    CHECK(r.confidence[1] == Approx(0.8956).margin(0.02));
}

TEST_CASE("with the fixed weights of that publication the acceptability is 0.128 and 0.872", "[jury]") {
    const Acceptability r = acceptability(thrombolytics(10000, {0.5, 0.2, 0.3}));
    CHECK(r.rank[0] == Approx(0.1279).margin(0.015));
    CHECK(r.rank[2] == Approx(0.8721).margin(0.015));
}

TEST_CASE("two alternatives that are each best in one of two criteria share the weights where they cross", "[jury]") {
    // closed form: a = (1, 0), b = (0, 0.5): a first when w1 > 0.5 (1 - w1), so w1 > 1/3: two thirds of all weights;
    // its central weight is the middle of (1/3, 1) = 2/3, that of b the middle of (0, 1/3) = 1/6
    const Acceptability r = acceptability(certain({{1, 0}, {0, 0.5}}, 20000));
    CHECK(r.rank[0] == Approx(2.0 / 3).margin(0.01));
    CHECK(r.central[0] == Approx(2.0 / 3).margin(0.01));
    CHECK(r.central[2] == Approx(1.0 / 6).margin(0.01));
    CHECK(r.confidence[0] == 1.0);
    CHECK(r.beats[1] == Approx(r.rank[0]));
}

TEST_CASE("an alternative that is worse in everything is never first and has no central weights", "[jury]") {
    const Acceptability r = acceptability(certain({{0.9, 0.8}, {0.2, 0.1}}, 500));
    CHECK(r.rank[0] == 1.0);
    CHECK(r.rank[3] == 1.0);
    CHECK(std::isnan(r.central[2]));
    CHECK(std::isnan(r.confidence[1]));
    CHECK(groups_not_separated(r, 0.95).size() == 2);
}

TEST_CASE("alternatives that are alike share every rank evenly and stand in one group", "[jury]") {
    const Acceptability r = acceptability(certain({{0.5, 0.5}, {0.5, 0.5}, {0.5, 0.5}}, 300));
    for (const double share : r.rank)
        CHECK(share == Approx(1.0 / 3));
    CHECK(r.beats[1] == Approx(0.5));
    CHECK(groups_not_separated(r, 0.95) == std::vector<std::vector<std::size_t>>{{0, 1, 2}});
}

TEST_CASE("a chain of pairs that are not told apart is one group though its ends are", "[jury]") {
    Acceptability r;
    r.alternatives = 3;
    r.rank = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    r.beats = {0.5, 0.8, 0.99, 0.2, 0.5, 0.8, 0.01, 0.2, 0.5};
    CHECK(groups_not_separated(r, 0.95) == std::vector<std::vector<std::size_t>>{{0, 1, 2}});
    CHECK(groups_not_separated(r, 0.75).size() == 3);
    // by hand: of the pairs ab, bc and ac only ac is told apart, and it stands inside the chain
    CHECK(clear_win(r, 0, 1, 0.95) == 0);
    CHECK(clear_win(r, 0, 2, 0.95) == 1);
    CHECK(clear_win(r, 2, 0, 0.95) == -1);
    const PairCount pairs = pairs_told_apart(r, groups_not_separated(r, 0.95), 0.95);
    CHECK(pairs.all == 3);
    CHECK(pairs.told == 1);
    CHECK(pairs.inside == 3);
    CHECK(pairs.inside_told == 1);
}

TEST_CASE("swing points of 100, 60 and 40 are weights of 0.5, 0.3 and 0.2", "[jury]") {
    // by hand; the worked example of swing weighting in most handbooks divides points by their sum
    const double points[] = {100, 60, 40};
    const auto w = swing_weights(points);
    CHECK(w[0] == Approx(0.5));
    CHECK(w[1] == Approx(0.3));
    CHECK(w[2] == Approx(0.2));
    const double nothing[] = {0, 0};
    CHECK_THROWS(swing_weights(nothing));
}

TEST_CASE("rank-order centroid weights are those that Barron and Barrett tabulate", "[jury]") {
    // Barron and Barrett 1996, table of ROC weights: n = 4: 0.5208 0.2708 0.1458 0.0625; n = 5: 0.4567 0.2567 0.1567 0.0900 0.0400
    const double four[] = {0.5208, 0.2708, 0.1458, 0.0625}, five[] = {0.4567, 0.2567, 0.1567, 0.0900, 0.0400};
    for (std::size_t k = 0; k < 4; ++k)
        CHECK(rank_order_centroid(4)[k] == Approx(four[k]).margin(0.00005));
    for (std::size_t k = 0; k < 5; ++k)
        CHECK(rank_order_centroid(5)[k] == Approx(five[k]).margin(0.00005));
}

TEST_CASE("the mean of even weights with a given order is the rank-order centroid", "[jury]") {
    std::vector<double> sum(4, 0);
    for (std::uint32_t d = 0; d < 20000; ++d) {
        auto w = even_weights(3, d, 4);
        CHECK(w[0] + w[1] + w[2] + w[3] == Approx(1));
        std::sort(w.rbegin(), w.rend());
        for (std::size_t k = 0; k < 4; ++k)
            sum[k] += w[k] / 20000;
    }
    for (std::size_t k = 0; k < 4; ++k)
        CHECK(sum[k] == Approx(rank_order_centroid(4)[k]).margin(0.005));
}

TEST_CASE("a value function is read off its broken line and is flat beyond its ends", "[jury]") {
    // the points and answers of the example of piece-wise linear values in the R package smaa
    const std::vector<std::pair<double, double>> line = {{50, 1}, {75, 0.8}, {90, 0.5}, {100, 0}};
    const double x[] = {50, 90, 100, 10, 40, 101, 120}, y[] = {1, 0.5, 0, 1, 1, 0, 0};
    for (std::size_t i = 0; i < 7; ++i)
        CHECK(broken_line(line, x[i]) == Approx(y[i]));
    CHECK(broken_line(line, 82.5) == Approx(0.65));
}

TEST_CASE("under a budget the best that still fit are inside, and the same set in every draw when values are certain", "[jury]") {
    const Samples s = certain({{0.9, 0.9}, {0.5, 0.5}, {0.4, 0.4}}, 100);
    const double costs[] = {2, 2, 1};
    const BudgetStability b = budget_stability(s, costs, 3);
    CHECK(b.inside[0] == Approx(1));
    CHECK(b.inside[1] == 0);
    CHECK(b.inside[2] == Approx(1));
    CHECK(b.same_set == Approx(1));
    CHECK(b.central_set == std::vector<std::size_t>{0, 2});
}

TEST_CASE("mean rank and share among the first follow from the ranks", "[jury]") {
    const Acceptability r = acceptability(certain({{1, 0}, {0, 0.5}}, 5000));
    CHECK(r.mean_rank(0) == Approx(2 - r.rank[0]));
    CHECK(r.among_first(0, 1) == Approx(r.rank[0]));
    CHECK(r.among_first(0, 5) == Approx(1));
}
