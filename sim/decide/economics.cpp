#include "tresse/decide/economics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tresse/core/check.hpp"

namespace tresse::decide {

double present_value(std::span<const double> by_year, double rate) {
    double sum = 0, factor = 1;
    for (const double x : by_year) {
        sum += x * factor;
        factor /= 1 + rate;
    }
    return sum;
}

std::vector<OnFrontier> frontier(std::span<const CostEffect> arms) {
    std::vector<std::size_t> order(arms.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (arms[a].eur != arms[b].eur)
            return arms[a].eur < arms[b].eur;
        return arms[a].qaly != arms[b].qaly ? arms[a].qaly > arms[b].qaly : a < b;
    });
    std::vector<OnFrontier> out;
    std::vector<std::size_t> line;  // rows of `out` on the frontier so far
    for (const std::size_t arm : order) {
        out.push_back({arm, Place::on_frontier, {}});
        if (!line.empty() && arms[arm].qaly <= arms[out[line.back()].arm].qaly) {
            out.back().place = Place::dominated;
            continue;
        }
        const auto ratio = [&](std::size_t from, std::size_t to) {
            return (arms[to].eur - arms[from].eur) / (arms[to].qaly - arms[from].qaly);
        };
        while (line.size() > 1 && ratio(out[line.back()].arm, arm) <
                                      ratio(out[line[line.size() - 2]].arm, out[line.back()].arm)) {
            out[line.back()].place = Place::extended_dominated;
            line.pop_back();
        }
        line.push_back(out.size() - 1);
    }
    for (std::size_t i = 1; i < line.size(); ++i) {
        const CostEffect &before = arms[out[line[i - 1]].arm], &here = arms[out[line[i]].arm];
        out[line[i]].icer = (here.eur - before.eur) / (here.qaly - before.qaly);
    }
    return out;
}

std::vector<AcceptabilityAt> acceptability(const Draws& draws, std::span<const double> thresholds) {
    std::vector<AcceptabilityAt> out;
    if (draws.empty())
        return out;
    const std::size_t arms = draws.front().size();
    const double n = static_cast<double>(draws.size());
    for (const double threshold : thresholds) {
        AcceptabilityAt at;
        at.eur_per_qaly = threshold;
        at.share.assign(arms, 0);
        std::vector<std::vector<double>> benefit(arms);
        double highest = 0;
        for (const auto& draw : draws) {
            TRESSE_CHECK(draw.size() == arms, "every draw has every arm");
            double best = -INFINITY;
            int ties = 0;
            for (std::size_t a = 0; a < arms; ++a) {
                const double b = net_benefit(draw[a], threshold);
                benefit[a].push_back(b);
                ties = b > best ? 1 : ties + (b == best);
                best = std::max(best, b);
            }
            highest += best / n;
            for (std::size_t a = 0; a < arms; ++a)
                if (benefit[a].back() == best)
                    at.share[a] += 1 / n / ties;
        }
        for (std::size_t a = 0; a < arms; ++a) {
            const double mean = summary(benefit[a]).mean;
            at.benefit.push_back({mean, quantile(benefit[a], 0.025), quantile(benefit[a], 0.975)});
            if (mean > at.benefit[at.best].middle)
                at.best = a;
        }
        at.perfect = std::max(0.0, highest - at.benefit[at.best].middle);
        out.push_back(std::move(at));
    }
    return out;
}

Expected expected_by_draw(const std::vector<std::vector<double>>& values) {
    Expected out;
    double within = 0;
    std::size_t freedom = 0, most = 1;
    for (const std::vector<double>& repeats : values) {
        const Summary s = summary(repeats);
        out.by_draw.push_back(s.mean);
        within += s.count > 1 ? s.variance * static_cast<double>(s.count - 1) : 0;
        freedom += s.count > 1 ? s.count - 1 : 0;
        most = std::max(most, s.count);
    }
    if (freedom == 0 || values.size() < 2)
        return out;
    out.separated = true;
    const Summary all = summary(out.by_draw);
    const double chance = within / static_cast<double>(freedom) / static_cast<double>(most);
    const double parameters = all.variance > 0 ? std::max(0.0, all.variance - chance) / all.variance : 0;
    out.factor = std::sqrt(std::min(1.0, parameters + 1 / static_cast<double>(all.count)));
    for (double& v : out.by_draw)
        v = all.mean + out.factor * (v - all.mean);
    return out;
}

}  // namespace tresse::decide
