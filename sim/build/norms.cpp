#include "tresse/build/norms.hpp"

#include <algorithm>

#include "tresse/build/households.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"

namespace tresse::build {

namespace {

/// Shares of the single ages of a band: a straight line through the neighbouring bands up to 84, a constant fall beyond.
void spread_ages(const std::array<double, bands>& count, std::array<std::array<double, 11>, bands>& out) {
    for (std::size_t b = 0; b < bands; ++b) {
        auto& weight = out[b];
        const double here = std::max(count[b], 1e-9) / 5;
        const double before = b > 0 ? std::max(count[b - 1], 1e-9) / 5 : here;
        const double after = b + 1 < bands ? std::max(count[b + 1], 1e-9) / 5 : here;
        const int ages_in_band = b == 20 ? 11 : 5;
        double fall = 0.55;  // of ages 100 and over, a year
        if (b >= 17 && b < 20)
            fall = pow_d(std::clamp(b < 19 ? after / before : here * here / (before * before), 1e-3, 1.0), 0.1);
        const double slope = b == 0 ? (after - here) / 5 : (after - before) / 10;
        double sum = 0, value = 1;
        for (int j = 0; j < ages_in_band; ++j) {
            const double line = std::max(0.1 * here, here + slope * (j - 2));
            weight[static_cast<std::size_t>(j)] = b >= 17 ? value : line;
            value *= fall;
            sum += weight[static_cast<std::size_t>(j)];
        }
        for (auto& w : weight)
            w /= sum;
    }
}

double children_at_home(const LivingNorms& norms, std::size_t region, const BySexBand<double>& people) {
    double sum = 0;
    for (std::size_t s = 0; s < 2; ++s)
        for (std::size_t b = 0; b < bands; ++b)
            for (std::size_t j = 0; j < (b == 20 ? 11u : 5u); ++j)
                sum += people[s][b] * norms.age_weight[region][s][b][j] * norms.at_home[region][s][b * 5 + j];
    return sum;
}

/// Everybody under 18 lives with parents; then a logistic fall around an age of leaving that gives the pack's number of children at home.
void solve_leaving_home(LivingNorms& norms, std::size_t r, double wanted, const BySexBand<double>& people, const BuildParameters& parameters) {
    double low = 10, high = 40;
    for (int step = 0; step < 40; ++step) {
        const double middle = (low + high) / 2;
        for (std::size_t s = 0; s < 2; ++s)
            for (int a = 0; a <= 110; ++a) {
                const double at = middle + (s == 1 ? parameters.leaves_home_men_later_years : 0.0);
                norms.at_home[r][s][static_cast<std::size_t>(a)] = a < 18 ? 1 : a > 49 ? 0 : logistic((at - a - 0.5) / parameters.leaves_home_spread_years);
            }
        (children_at_home(norms, r, people) < wanted ? low : high) = middle;
    }
}

void solve_residents(LivingNorms& norms, std::size_t r, const Margins& margins, const model::DependenceTables& dependence) {
    // Inside 85+ the share rises with age: 0.75, 1.25 and 1.8 times that of the group.
    const auto shape = [&](std::size_t s, std::size_t b) {
        const auto& given = dependence.share_by_age[s];
        const std::array<double, 3> usual = s == 0 ? std::array<double, 3>{0.011, 0.055, 0.28} : std::array<double, 3>{0.011, 0.038, 0.15};
        const auto at = [&](std::size_t i) { return given[i] > 0 ? static_cast<double>(given[i]) : usual[i]; };
        return b < 13 ? 0.0 : b < 15 ? at(0) : b < 17 ? at(1) : at(2) * (b == 17 ? 0.75 : b == 18 ? 1.25 : 1.8);
    };
    double expected = 0;
    for (std::size_t s = 0; s < 2; ++s)
        for (std::size_t b = 0; b < bands; ++b)
            expected += shape(s, b) * margins.population[r][s][b];
    const double factor = expected > 0 ? margins.residents[r] / expected : 0;
    for (std::size_t s = 0; s < 2; ++s)
        for (std::size_t b = 0; b < bands; ++b)
            norms.resident[r][s][b] = std::min(0.85, factor * shape(s, b));
}

/// Expected private inhabitants and children at home of a place.
struct Expected {
    double persons = 0, children = 0;
};
Expected expected_of(const PlaceInput& place, const LivingNorms& norms) {
    Expected out;
    const auto r = static_cast<std::size_t>(place.region);
    for (std::size_t s = 0; s < 2; ++s)
        for (std::size_t b = 0; b < bands; ++b) {
            out.persons += place.count[s][b] * (1 - norms.resident[r][s][b]);
            for (std::size_t j = 0; j < 5 && b < 10; ++j)
                out.children += place.count[s][b] * norms.age_weight[r][s][b][j] * norms.at_home[r][s][b * 5 + j];
        }
    return out;
}

/// The shift of the places' shares at which one-person households take their share of the region's households.
void solve_one_person(LivingNorms& norms, std::span<const PlaceInput> places, int region, double wanted_share) {
    const auto r = static_cast<std::size_t>(region);
    std::vector<std::pair<const PlaceInput*, Expected>> inside;
    for (const auto& place : places)
        if (place.region == region)
            inside.emplace_back(&place, expected_of(place, norms));
    double low = -3, high = 3;
    for (int step = 0; step < 30 && !inside.empty(); ++step) {
        norms.one_person_shift[r] = (low + high) / 2;
        double alone = 0, all = 0;
        for (const auto& [place, expected] : inside) {
            const auto plan = plan_households(*place, norms, expected.persons, expected.children);
            alone += plan.alone;
            all += plan.total();
        }
        (alone < wanted_share * all ? low : high) = norms.one_person_shift[r];
    }
}

}  // namespace

LivingNorms solve_living(const Margins& margins, std::span<const PlaceInput> places, const model::DependenceTables& dependence, const BuildParameters& parameters) {
    LivingNorms norms;
    for (std::size_t r = 0; r < regions; ++r) {
        double private_persons = 0;
        for (std::size_t s = 0; s < 2; ++s)
            spread_ages(margins.population[r][s], norms.age_weight[r][s]);
        solve_residents(norms, r, margins, dependence);
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b)
                private_persons += margins.population[r][s][b] * (1 - norms.resident[r][s][b]);
        const auto& share = margins.household_share[r];
        const auto& size = margins.household_size[r];
        double mean_size = 0, all = 0;
        for (std::size_t t = 0; t < household_types; ++t) {
            mean_size += share[t] * size[t];
            all += share[t];
        }
        const double households = private_persons / std::max(1e-9, mean_size);
        norms.children_per_couple[r] = size[2] - 2;
        norms.children_per_lone[r] = size[3] - 1;
        norms.lone_share[r] = share[3] / std::max(1e-9, share[2] + share[3]);
        norms.other_per_person[r] = share[4] / std::max(1e-9, mean_size);
        norms.other_size[r] = size[4];
        const double children = households * (share[2] * (size[2] - 2) + share[3] * (size[3] - 1));
        solve_leaving_home(norms, r, children, margins.population[r], parameters);
        solve_one_person(norms, places, static_cast<int>(r), share[0] / std::max(1e-9, all));
    }
    return norms;
}

namespace {

/// Cuts at which a fifth of all people lies below each, for a given slope, by Newton's method.
std::array<double, 4> even_cuts(std::span<const double> x, std::span<const double> weight, double slope) {
    std::array<double, 4> cut{};
    double all = 0;
    for (const double w : weight)
        all += w;
    for (int c = 0; c < 4; ++c) {
        double at = logit(0.2 * (c + 1));
        for (int step = 0; step < 8; ++step) {
            double below = 0, slope_sum = 0;
            for (std::size_t i = 0; i < x.size(); ++i) {
                const double p = logistic(at - slope * x[i]);
                below += weight[i] * p;
                slope_sum += weight[i] * p * (1 - p);
            }
            at -= (below - 0.2 * (c + 1) * all) / slope_sum;
        }
        cut[static_cast<std::size_t>(c)] = at;
    }
    return cut;
}

/// Slope of the regression of the log mean income ratio on the log index.
double reached_elasticity(std::span<const double> x, std::span<const double> weight, double slope, const std::array<double, 5>& ratio) {
    const auto cut = even_cuts(x, weight, slope);
    double sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        double mean = ratio[4];
        for (std::size_t c = 0; c < 4; ++c)
            mean -= (ratio[c + 1] - ratio[c]) * logistic(cut[c] - slope * x[i]);
        const double y = log_d(mean);
        sw += weight[i];
        sx += weight[i] * x[i];
        sy += weight[i] * y;
        sxx += weight[i] * x[i] * x[i];
        sxy += weight[i] * x[i] * y;
    }
    const double spread = sxx - sx * sx / sw;
    return spread > 0 ? (sxy - sx * sy / sw) / spread : 0;
}

}  // namespace

double solve_income_slope(std::span<const PlaceInput> places, const BuildParameters& parameters) {
    std::vector<double> x, weight;
    double low_x = 0, high_x = 0;
    for (const auto& place : places) {
        x.push_back(log_d(place.income_index / 100));
        weight.push_back(place.inhabitants());
        low_x = std::min(low_x, x.back());
        high_x = std::max(high_x, x.back());
    }
    if (high_x - low_x < 1e-6)
        return 1;  // all places alike: the slope moves nothing
    double low = 0.1, high = 20;
    for (int step = 0; step < 18; ++step) {
        const double middle = (low + high) / 2;
        (reached_elasticity(x, weight, middle, parameters.fifth_income_ratio) < parameters.income_elasticity ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace tresse::build
