#include "tresse/jury/decision.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "tresse/core/check.hpp"
#include "tresse/core/draw.hpp"

namespace tresse::jury {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Worths that differ by less are equal: sums of a dozen products keep some 15 digits.
constexpr double equal_within = 1e-12;

/// Alternatives by value, highest first; equal ones by number.
std::vector<std::size_t> by_value(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] != values[b] ? values[a] > values[b] : a < b; });
    return order;
}

std::vector<double> values_of(const Samples& s, std::size_t draw) {
    std::vector<double> out(s.alternatives);
    for (std::size_t a = 0; a < s.alternatives; ++a)
        out[a] = s.value(draw, a);
    return out;
}

void add_beats(const std::vector<double>& values, Acceptability& out) {
    const std::size_t n = values.size();
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b)
            out.beats[a * n + b] += values[a] > values[b] + equal_within ? 1 : values[a] < values[b] - equal_within ? 0 : 0.5;
}

/// Ranks of one draw; those of equal value share theirs.
void add_ranks(const std::vector<double>& values, Acceptability& out, std::vector<double>& first) {
    const auto order = by_value(values);
    const std::size_t n = values.size();
    for (std::size_t from = 0; from < n;) {
        std::size_t to = from + 1;
        while (to < n && values[order[from]] - values[order[to]] <= equal_within)
            ++to;
        const double part = 1.0 / static_cast<double>(to - from);
        for (std::size_t i = from; i < to; ++i)
            for (std::size_t r = from; r < to; ++r) {
                out.rank[order[i] * n + r] += part;
                if (r == 0)
                    first[order[i]] += part;
            }
        from = to;
    }
}

void add_confidence(const Samples& s, Acceptability& out) {
    for (std::size_t a = 0; a < s.alternatives; ++a) {
        const std::span<const double> weights(&out.central[a * s.criteria], s.criteria);
        if (std::isnan(weights[0])) {
            out.confidence[a] = none;
            continue;
        }
        double sum = 0;
        for (std::size_t d = 0; d < s.draws; ++d) {
            const double own = s.value(d, a, weights);
            double best_other = -std::numeric_limits<double>::infinity();
            std::size_t equal = 1;
            for (std::size_t b = 0; b < s.alternatives; ++b) {
                if (b == a)
                    continue;
                const double other = s.value(d, b, weights);
                best_other = std::max(best_other, other);
                equal += std::fabs(other - own) <= equal_within;
            }
            if (own >= best_other - equal_within)
                sum += 1.0 / static_cast<double>(equal);
        }
        out.confidence[a] = sum / static_cast<double>(s.draws);
    }
}

}  // namespace

std::vector<double> swing_weights(std::span<const double> points) {
    double sum = 0;
    for (const double p : points) {
        TRESSE_CHECK(p >= 0, "points of swing are not negative");
        sum += p;
    }
    TRESSE_CHECK(sum > 0, "weights of zero alone weigh nothing; the reader of rounds refuses them");
    std::vector<double> out(points.begin(), points.end());
    for (double& w : out)
        w /= sum;
    return out;
}

std::vector<double> rank_order_centroid(std::size_t n) {
    std::vector<double> out(n);
    double sum = 0;
    for (std::size_t k = n; k > 0; --k) {
        sum += 1.0 / static_cast<double>(k);
        out[k - 1] = sum / static_cast<double>(n);
    }
    return out;
}

double broken_line(std::span<const std::pair<double, double>> points, double x) {
    TRESSE_CHECK(points.size() >= 2, "a line has two points");
    if (x <= points.front().first)
        return points.front().second;
    for (std::size_t i = 1; i < points.size(); ++i)
        if (x <= points[i].first) {
            const double width = points[i].first - points[i - 1].first;
            const double along = width > 0 ? (x - points[i - 1].first) / width : 1;
            return points[i - 1].second + along * (points[i].second - points[i - 1].second);
        }
    return points.back().second;
}

double Samples::value(std::size_t draw, std::size_t alternative) const {
    return value(draw, alternative, {&weight[draw * criteria], criteria});
}

double Samples::value(std::size_t draw, std::size_t alternative, std::span<const double> weights) const {
    const double* w = &worth[(draw * alternatives + alternative) * criteria];
    double sum = 0;
    for (std::size_t c = 0; c < criteria; ++c)
        sum += weights[c] * w[c];
    return sum;
}

double Acceptability::among_first(std::size_t a, std::size_t places) const {
    double sum = 0;
    for (std::size_t r = 0; r < std::min(places, alternatives); ++r)
        sum += rank[a * alternatives + r];
    return sum;
}

double Acceptability::mean_rank(std::size_t a) const {
    double sum = 0;
    for (std::size_t r = 0; r < alternatives; ++r)
        sum += rank[a * alternatives + r] * static_cast<double>(r + 1);
    return sum;
}

Acceptability acceptability(const Samples& s) {
    TRESSE_CHECK(s.worth.size() == s.draws * s.alternatives * s.criteria && s.weight.size() == s.draws * s.criteria, "samples have their shape");
    Acceptability out;
    out.draws = s.draws, out.alternatives = s.alternatives, out.criteria = s.criteria;
    out.rank.assign(s.alternatives * s.alternatives, 0);
    out.beats.assign(s.alternatives * s.alternatives, 0);
    out.central.assign(s.alternatives * s.criteria, 0);
    out.confidence.assign(s.alternatives, none);
    if (s.draws == 0 || s.alternatives == 0)
        return out;
    std::vector<double> won(s.alternatives, 0);
    for (std::size_t d = 0; d < s.draws; ++d) {
        const auto values = values_of(s, d);
        std::vector<double> first(s.alternatives, 0);
        add_ranks(values, out, first);
        add_beats(values, out);
        for (std::size_t a = 0; a < s.alternatives; ++a) {
            won[a] += first[a];
            for (std::size_t c = 0; c < s.criteria; ++c)
                out.central[a * s.criteria + c] += first[a] * s.weight[d * s.criteria + c];
        }
    }
    for (double& x : out.rank)
        x /= static_cast<double>(s.draws);
    for (double& x : out.beats)
        x /= static_cast<double>(s.draws);
    for (std::size_t a = 0; a < s.alternatives; ++a)
        for (std::size_t c = 0; c < s.criteria; ++c)
            out.central[a * s.criteria + c] = won[a] > 0 ? out.central[a * s.criteria + c] / won[a] : none;
    add_confidence(s, out);
    return out;
}

std::vector<double> even_weights(std::uint64_t seed, std::uint32_t draw_number, std::size_t n) {
    std::vector<double> cuts;
    for (std::size_t i = 0; i + 1 < n; i += 4) {
        const Block b = draw(seed, i / 4, draw_number, sub(Purpose::jury, 0));
        for (std::size_t w = 0; w < 4 && i + w + 1 < n; ++w)
            cuts.push_back(unit_open(b.word[w]));
    }
    std::sort(cuts.begin(), cuts.end());
    std::vector<double> out(n);
    double before = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double now = i + 1 < n ? cuts[i] : 1.0;
        out[i] = now - before;
        before = now;
    }
    return out;
}

int clear_win(const Acceptability& r, std::size_t a, std::size_t b, double clear_prob) {
    const double p = r.beats[a * r.alternatives + b];
    return p >= clear_prob ? 1 : p <= 1 - clear_prob ? -1 : 0;
}

PairCount pairs_told_apart(const Acceptability& r, const std::vector<std::vector<std::size_t>>& groups, double clear_prob) {
    PairCount out;
    std::vector<std::size_t> group_of(r.alternatives, 0);
    for (std::size_t g = 0; g < groups.size(); ++g)
        for (const std::size_t a : groups[g])
            group_of[a] = g;
    for (std::size_t a = 0; a < r.alternatives; ++a)
        for (std::size_t b = a + 1; b < r.alternatives; ++b) {
            const bool told = clear_win(r, a, b, clear_prob) != 0, same_group = group_of[a] == group_of[b];
            ++out.all, out.told += told, out.inside += same_group, out.inside_told += same_group && told;
        }
    return out;
}

std::vector<std::vector<std::size_t>> groups_not_separated(const Acceptability& r, double clear_prob) {
    const std::size_t n = r.alternatives;
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const double x = r.mean_rank(a), y = r.mean_rank(b);
        return x != y ? x < y : a < b;
    });
    std::vector<bool> taken(n, false);
    std::vector<std::vector<std::size_t>> out;
    for (const std::size_t start : order) {
        if (taken[start])
            continue;
        std::vector<std::size_t> group = {start};
        taken[start] = true;
        for (std::size_t i = 0; i < group.size(); ++i)
            for (const std::size_t other : order)
                if (!taken[other] && clear_win(r, group[i], other, clear_prob) == 0)
                    taken[other] = true, group.push_back(other);
        std::sort(group.begin(), group.end(), [&](std::size_t a, std::size_t b) { return std::find(order.begin(), order.end(), a) < std::find(order.begin(), order.end(), b); });
        out.push_back(std::move(group));
    }
    return out;
}

BudgetStability budget_stability(const Samples& s, std::span<const double> costs, double budget) {
    TRESSE_CHECK(costs.size() == s.alternatives, "every alternative has its cost");
    BudgetStability out;
    out.inside.assign(s.alternatives, 0);
    const auto fill_budget = [&](const std::vector<double>& values) {
        std::vector<std::size_t> in;
        double left = budget;
        for (const std::size_t a : by_value(values))
            if (costs[a] <= left + 1e-9)
                in.push_back(a), left -= costs[a];
        return in;
    };
    std::vector<double> mean(s.alternatives, 0);
    std::vector<std::vector<std::size_t>> sets;
    for (std::size_t d = 0; d < s.draws; ++d) {
        const auto values = values_of(s, d);
        for (std::size_t a = 0; a < s.alternatives; ++a)
            mean[a] += values[a] / static_cast<double>(s.draws);
        sets.push_back(fill_budget(values));
        for (const std::size_t a : sets.back())
            out.inside[a] += 1.0 / static_cast<double>(s.draws);
        std::sort(sets.back().begin(), sets.back().end());
    }
    out.central_set = fill_budget(mean);
    auto sorted = out.central_set;
    std::sort(sorted.begin(), sorted.end());
    if (s.draws > 0)
        out.same_set = static_cast<double>(std::count(sets.begin(), sets.end(), sorted)) / static_cast<double>(s.draws);
    return out;
}

}  // namespace tresse::jury
