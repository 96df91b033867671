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
    const double t = student(k), m = way.expected;
    const double error = (way.simulation.high - way.simulation.low) / 2 / t;  // s / sqrt(k)
    const double spread = (way.uncertainty.high - way.uncertainty.low) / 2 / t;
    const double p = varied ? std::sqrt(std::max(0.0, spread * spread - error * error)) : 0.0, s = error * std::sqrt(k);
    const double half = normal_95 * p, border = to_border(m, half, size);
    out.limit = verdict_of(around(m, half), size);
    const auto stands = [&](double draws) {
        const double tk = student(draws), e = s / std::sqrt(draws);
        return tk * e <= border && verdict_of(around(m, tk * std::sqrt(p * p + e * e)), size) == out.limit;
    };
    if (stands(k)) {
        out.standing = out.limit == Verdict::cannot_tell ? Standing::undecidable : Standing::settled;
        return out;
    }
    double draws = k;
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
