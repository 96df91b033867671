#include "tresse/decide/parts.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/core/math.hpp"

namespace tresse::decide {

namespace {

/// Standard error of the expected difference, from its interval (1).
double error_of(const Difference& d) {
    const int k = d.parameters_varied ? d.draws : d.pairs;
    if (k < 2)
        return 0;
    return (d.simulation.high - d.simulation.low) / 2 / student_quantile(0.5 + level / 2, k - 1);
}

struct Weighted {
    double weight = 0, value = 0, error = 0;
};

double spread(const std::vector<Weighted>& list) {
    double all = 0, mean = 0, squares = 0, noise = 0;
    for (const Weighted& w : list)
        all += w.weight;
    if (!(all > 0))
        return 0;
    for (const Weighted& w : list)
        mean += w.weight / all * w.value;
    for (const Weighted& w : list) {
        const double share = w.weight / all;
        squares += share * (w.value - mean) * (w.value - mean);
        noise += share * (1 - share) * w.error * w.error;
    }
    return std::sqrt(std::max(0.0, squares - noise));
}

}  // namespace

Spread spread_of(const Difference& whole, std::span<const GroupDifference> groups, std::span<const Difference> structures) {
    Spread out;
    out.chance_known = whole.chance_separated;
    out.chance = whole.chance_sd;
    out.parameters = whole.parameters_varied ? whole.parameter_sd : 0;
    std::vector<Weighted> list;
    for (const GroupDifference& g : groups)
        if (g.difference.pairs > 1)
            list.push_back({g.persons, g.difference.expected, error_of(g.difference)});
    out.heterogeneity_known = list.size() > 1;
    out.heterogeneity = out.heterogeneity_known ? spread(list) : 0;
    std::vector<Weighted> models = {{1, 0, 0}};
    for (const Difference& d : structures)
        if (d.pairs > 1)
            models.push_back({1, d.expected, error_of(d)});
    out.structure_known = models.size() > 1;
    out.structure = out.structure_known ? spread(models) : 0;
    return out;
}

}  // namespace tresse::decide
