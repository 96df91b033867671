#include "tresse/decide/stop_rule.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "tresse/core/math.hpp"

namespace tresse::decide {

namespace {

constexpr double normal_95 = 1.959963984540054;

double student(double draws) {
    return student_quantile(0.5 + level / 2, std::max(1.0, draws - 1));
}

/// Distance of a mean to where the word of a range of this half width changes.
double to_border(double mean, double half, double size) {
    const double a = std::fabs(mean);
    double distance = std::fabs(a - std::max(size, half));
    if (half < size)
        distance = std::min(distance, std::fabs(a - (size - half)));
    return distance;
}

/// What the intervals of a difference say of its sources. Units: of the score.
struct Spreads {
    double means = 0;       // SD of the means of draws
    double parameters = 0;  // SD of the expected difference over draws
    double parameters_at_least = 0;
    double repeats = 1;
    bool separated = false;

    /// Variance over draws as the range shows it: chance is taken out only as far as it is sure.
    double shown_squared(double draws) const {
        const double p2 = parameters * parameters;
        if (!separated)
            return p2;
        const double freedom = std::max(1.0, draws * (repeats - 1));
        return p2 + std::max(0.0, means * means - p2) * (1 - 1 / gamma_quantile(0.99, 2 / freedom));
    }
};

Spreads spreads_of(const Difference& way, double k) {
    Spreads x;
    x.means = (way.simulation.high - way.simulation.low) / 2 / student(k) * std::sqrt(k);
    if (!way.parameters_varied)
        return x;
    x.separated = way.chance_separated;
    x.parameters = way.parameter_sd;
    x.repeats = static_cast<double>(way.pairs) / way.draws;
    const double error = 1.645 * std::sqrt(2 / (k - 1)) * x.means * x.means;
    x.parameters_at_least = std::sqrt(std::max(0.0, x.parameters * x.parameters - error));
    return x;
}

Range around(double middle, double half) {
    return {middle, middle - half, middle + half};
}

void wish(const Outlook& o, int now, int most, int& wanted) {
    if (o.standing != Standing::open || o.draws_needed <= now || o.draws_needed > most)
        return;
    wanted = wanted == 0 ? o.draws_needed : std::min(wanted, o.draws_needed);
}

}  // namespace

Outlook outlook(const Difference& way, double size) {
    Outlook out;
    out.shown = verdict_of(way.uncertainty, size);
    const bool varied = way.parameters_varied;
    const double k = varied ? way.draws : way.pairs;
    out.upper_bound = varied && !way.chance_separated;
    if (k < fewest_draws) {
        out.limit = out.shown;
        out.draws_needed = fewest_draws;
        return out;
    }
    const Spreads x = spreads_of(way, k);
    const double m = way.expected, half = normal_95 * x.parameters, border = to_border(m, half, size);
    out.limit = verdict_of(around(m, half), size);
    const auto stands = [&](double draws) {
        const double reach = student(draws), error = x.means / std::sqrt(draws);
        return reach * error <= border && verdict_of(around(m, reach * std::sqrt(x.shown_squared(draws) + error * error)), size) == out.limit;
    };
    if (stands(k) && out.shown == out.limit) {
        out.standing = Standing::settled;
        if (out.limit != Verdict::cannot_tell)
            return out;
        // it is the numbers, not chance, only when the least that they can be leaves it open too
        if (out.upper_bound || !varied || verdict_of(around(m, normal_95 * x.parameters_at_least), size) == Verdict::cannot_tell) {
            out.standing = Standing::undecidable;
            return out;
        }
        out.standing = Standing::open;
        out.draws_needed = static_cast<int>(2 * k);
        return out;
    }
    double draws = k + 1;
    while (draws < too_many && !stands(draws))
        draws = std::ceil(draws * 1.05 + 1);
    out.draws_needed = draws >= too_many ? too_many : static_cast<int>(draws);
    return out;
}

Look look(std::span<const PieceValues> pieces, std::span<const Ruler> rulers, int base, int most_draws) {
    Look out;
    std::set<int> arms, draws, replicates;
    for (const PieceValues& p : pieces) {
        draws.insert(p.draw);
        replicates.insert(p.replicate);
        if (p.arm != base)
            arms.insert(p.arm);
    }
    const auto ask = [&](int arm, int against) {
        for (std::size_t row = 0; row < rulers.size(); ++row) {
            if (rulers[row].direction == measure::Direction::none)
                continue;
            const auto pairs = pairs_of(pieces, against, arm, row);
            const ComparedRow compared = compare_row(rulers[row], pairs);
            if (!compared.difference.defined())
                continue;
            out.questions.push_back({arm, against, row, outlook(compared.way, rulers[row].smallest_difference)});
        }
    };
    for (const int arm : arms)
        ask(arm, base);
    for (auto a = arms.begin(); a != arms.end(); ++a)
        for (auto b = std::next(a); b != arms.end(); ++b)
            ask(*b, *a);
    const int now = static_cast<int>(draws.size() > 1 ? draws.size() : replicates.size());
    int wanted = 0;
    for (const Question& q : out.questions)
        wish(q.outlook, now, most_draws, wanted);
    out.done = wanted == 0;
    if (!out.done)
        out.draws_wanted = std::min(most_draws, std::max(wanted, now + (now + 1) / 2));
    return out;
}

}  // namespace tresse::decide
