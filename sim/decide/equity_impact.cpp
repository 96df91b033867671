#include "tresse/decide/equity_impact.hpp"

#include <cmath>

#include "tresse/core/check.hpp"
#include "tresse/measure/equity.hpp"

namespace tresse::decide {

namespace {

double persons_of(std::span<const Group> groups) {
    double sum = 0;
    for (const Group& g : groups)
        sum += g.persons;
    return sum;
}

std::vector<measure::RankedGroup> ranked(std::span<const Group> groups, bool with_gain) {
    std::vector<measure::RankedGroup> out;
    for (const Group& g : groups)
        out.push_back({g.persons, g.health + (with_gain ? g.gain : 0)});
    return out;
}

}  // namespace

std::vector<Group> after_forgone(std::span<const Group> groups, double cost_eur, double eur_per_qaly,
                                 std::span<const double> shares) {
    TRESSE_CHECK(eur_per_qaly > 0, "a quality-adjusted year has a price");
    TRESSE_CHECK(shares.empty() || shares.size() == groups.size(), "every group bears its share");
    std::vector<Group> out(groups.begin(), groups.end());
    const double all = persons_of(groups), forgone = cost_eur / eur_per_qaly;
    for (std::size_t g = 0; g < out.size(); ++g) {
        if (!(out[g].persons > 0))
            continue;
        const double share = shares.empty() ? out[g].persons / all : shares[g];
        out[g].gain -= share * forgone / out[g].persons;
    }
    return out;
}

std::optional<double> equal_equivalent(std::span<const Group> groups, double aversion, Aversion kind, bool with_gain) {
    const auto list = ranked(groups, with_gain);
    if (kind == Aversion::relative)
        return measure::equally_distributed(list, aversion);
    const double all = persons_of(groups);
    if (!(all > 0))
        return {};
    double mean = 0;
    for (const auto& g : list)
        mean += g.persons / all * *g.mean;
    if (aversion == 0)
        return mean;
    double sum = 0;
    for (const auto& g : list)
        sum += g.persons / all * std::exp(-aversion * (*g.mean - mean));
    return mean - std::log(sum) / aversion;
}

Impact impact(std::span<const Group> groups, double aversion, Aversion kind) {
    Impact out;
    const double all = persons_of(groups);
    if (!(all > 0))
        return out;
    for (const Group& g : groups)
        out.mean += g.persons / all * g.gain;
    const auto before = equal_equivalent(groups, aversion, kind, false), after = equal_equivalent(groups, aversion, kind, true);
    if (before && after)
        out.equity = *after - *before - out.mean;
    const auto slope_before = measure::slope_index(ranked(groups, false)), slope_after = measure::slope_index(ranked(groups, true));
    if (slope_before && slope_after)
        out.slope = std::fabs(*slope_before) - std::fabs(*slope_after);
    return out;
}

std::optional<double> flip_aversion(std::span<const Group> a, std::span<const Group> b, double most, Aversion kind) {
    const auto gap = [&](double aversion) -> std::optional<double> {
        const auto x = equal_equivalent(a, aversion, kind, true), y = equal_equivalent(b, aversion, kind, true);
        if (!x || !y)
            return {};
        return *x - *y;
    };
    constexpr int steps = 200;
    auto before = gap(0);
    for (int i = 1; i <= steps && before; ++i) {
        const double at = most * i / steps;
        const auto here = gap(at);
        if (!here)
            return {};
        if ((*before > 0) != (*here > 0) && *before != 0) {
            double low = most * (i - 1) / steps, high = at;
            for (int round = 0; round < 60; ++round) {
                const double middle = (low + high) / 2;
                const auto value = gap(middle);
                if (!value)
                    return {};
                ((*value > 0) == (*before > 0) ? low : high) = middle;
            }
            return (low + high) / 2;
        }
        before = here;
    }
    return {};
}

WinLose winners_and_losers(std::span<const double> paid_more, double smallest) {
    WinLose out;
    std::int64_t win = 0, lose = 0;
    for (const double d : paid_more) {
        if (d <= -smallest)
            ++win, out.won -= d;
        else if (d >= smallest)
            ++lose, out.lost += d;
    }
    out.persons = static_cast<std::int64_t>(paid_more.size());
    if (out.persons == 0)
        return out;
    const double all = static_cast<double>(out.persons);
    out.win = static_cast<double>(win) / all, out.lose = static_cast<double>(lose) / all;
    out.same = 1 - out.win - out.lose;
    out.won = win > 0 ? out.won / static_cast<double>(win) : 0;
    out.lost = lose > 0 ? out.lost / static_cast<double>(lose) : 0;
    return out;
}

}  // namespace tresse::decide
