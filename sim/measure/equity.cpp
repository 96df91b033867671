#include "tresse/measure/equity.hpp"

#include <vector>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"

namespace tresse::measure {

namespace {

/// Groups with persons, as shares with their middle rank.
struct Ranked {
    double share = 0, rank = 0, mean = 0;
};

/// Missing: no persons, or a group of persons without a mean, gives an empty list.
std::vector<Ranked> ranked(std::span<const RankedGroup> groups) {
    double all = 0;
    for (const RankedGroup& g : groups) {
        TRESSE_CHECK(g.persons >= 0, "a group has no fewer than 0 persons");
        if (g.persons > 0 && !g.mean)
            return {};
        all += g.persons;
    }
    std::vector<Ranked> out;
    double below = 0;
    for (const RankedGroup& g : groups) {
        if (!(g.persons > 0))
            continue;
        const double share = g.persons / all;
        out.push_back({share, below + share / 2, *g.mean});
        below += share;
    }
    return out;
}

double mean_of(const std::vector<Ranked>& list) {
    double sum = 0;
    for (const Ranked& r : list)
        sum += r.share * r.mean;
    return sum;
}

}  // namespace

Value overall_mean(std::span<const RankedGroup> groups) {
    const auto list = ranked(groups);
    if (list.empty())
        return {};
    return mean_of(list);
}

Value concentration_index(std::span<const RankedGroup> groups) {
    const auto list = ranked(groups);
    const double mean = mean_of(list);
    if (list.empty() || mean == 0)
        return {};
    double sum = 0;
    for (const Ranked& r : list)
        sum += r.share * r.mean * r.rank;
    return 2 * sum / mean - 1;
}

Value wagstaff_index(std::span<const RankedGroup> groups, double low, double high) {
    const Value c = concentration_index(groups), mean = overall_mean(groups);
    if (!c || !(*mean > low) || !(*mean < high))
        return {};
    return *c * *mean * (high - low) / ((high - *mean) * (*mean - low));
}

Value erreygers_index(std::span<const RankedGroup> groups, double low, double high) {
    TRESSE_CHECK(high > low, "a score with limits has a lower and an upper one");
    const Value c = concentration_index(groups), mean = overall_mean(groups);
    if (!c)
        return {};
    return *c * 4 * *mean / (high - low);
}

Value slope_index(std::span<const RankedGroup> groups) {
    const auto list = ranked(groups);
    if (list.size() < 2)
        return {};
    const double mean = mean_of(list);
    double middle = 0;
    for (const Ranked& r : list)
        middle += r.share * r.rank;
    double both = 0, spread = 0;
    for (const Ranked& r : list) {
        both += r.share * (r.rank - middle) * (r.mean - mean);
        spread += r.share * (r.rank - middle) * (r.rank - middle);
    }
    return both / spread;
}

Value relative_index(std::span<const RankedGroup> groups) {
    const Value slope = slope_index(groups), mean = overall_mean(groups);
    if (!slope || *mean == 0)
        return {};
    return *slope / *mean;
}

Value atkinson_index(std::span<const RankedGroup> groups, double aversion) {
    TRESSE_CHECK(aversion >= 0, "aversion to inequality is not negative");
    const auto list = ranked(groups);
    if (list.empty())
        return {};
    const double mean = mean_of(list);
    double sum = 0;
    const bool geometric = aversion == 1;
    for (const Ranked& r : list) {
        if (!(r.mean > 0))
            return {};
        sum += r.share * (geometric ? log_d(r.mean / mean) : pow_d(r.mean / mean, 1 - aversion));
    }
    return 1 - (geometric ? exp_d(sum) : pow_d(sum, 1 / (1 - aversion)));
}

Value equally_distributed(std::span<const RankedGroup> groups, double aversion) {
    const Value loss = atkinson_index(groups, aversion);
    if (!loss)
        return {};
    return *overall_mean(groups) * (1 - *loss);
}

Value first_minus_last(std::span<const RankedGroup> groups) {
    if (groups.empty() || !groups.front().mean || !groups.back().mean)
        return {};
    return *groups.front().mean - *groups.back().mean;
}

}  // namespace tresse::measure
