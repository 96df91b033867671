#include "tresse/decide/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "tresse/core/check.hpp"

namespace tresse::decide {

using measure::Direction;

std::string_view verdict_word(Verdict verdict) {
    switch (verdict) {
    case Verdict::better:
        return "better";
    case Verdict::worse:
        return "worse";
    case Verdict::same:
        return "same";
    case Verdict::cannot_tell:
        return "cannot_tell";
    case Verdict::none:
        return "none";
    }
    return "none";
}

Verdict verdict_of(const Range& improvement, double smallest_difference) {
    TRESSE_CHECK(smallest_difference >= 0, "the smallest difference that matters is a size, not a direction");
    if (improvement.low >= -smallest_difference && improvement.high <= smallest_difference)
        return Verdict::same;
    if (improvement.low > 0 && improvement.middle > smallest_difference)
        return Verdict::better;
    if (improvement.high < 0 && improvement.middle < -smallest_difference)
        return Verdict::worse;
    return Verdict::cannot_tell;
}

namespace {

/// Means of both arms over the futures in which both have a value. Order: by replicate, so that the last bit is fixed.
void means(std::span<const Outcome> outcomes, ComparedRow& row) {
    std::vector<std::pair<int, std::pair<double, double>>> list;
    for (const Outcome& o : outcomes)
        if (o.base && o.arm)
            list.push_back({o.replicate, {*o.base, *o.arm}});
    if (list.empty())
        return;
    std::sort(list.begin(), list.end());
    double base = 0, arm = 0;
    for (const auto& [replicate, value] : list)
        base += value.first, arm += value.second;
    row.base = base / static_cast<double>(list.size());
    row.arm = arm / static_cast<double>(list.size());
}

/// The outcomes as "0 in the base, the improvement in the arm".
std::vector<Outcome> improvements(const Ruler& ruler, std::span<const Outcome> outcomes, double base) {
    std::vector<Outcome> out(outcomes.begin(), outcomes.end());
    for (Outcome& o : out) {
        if (!o.base || !o.arm)
            continue;
        const double d = *o.arm - *o.base;
        o.arm = ruler.direction == Direction::more   ? d
                : ruler.direction == Direction::less ? -d
                                                     : std::abs(base) - std::abs(base + d);
        o.base = 0.0;
    }
    return out;
}

}  // namespace

ComparedRow compare_row(const Ruler& ruler, std::span<const Outcome> outcomes) {
    ComparedRow row;
    row.score = ruler.score;
    means(outcomes, row);
    row.difference = difference(outcomes);
    row.detectability = detectability(outcomes, row.difference);
    if (ruler.direction == Direction::none) {
        row.verdict = Verdict::none;
        return row;
    }
    if (!row.difference.defined())
        return row;
    row.way = difference(improvements(ruler, outcomes, *row.base));
    row.improvement = row.way.uncertainty;
    row.verdict = verdict_of(row.improvement, ruler.smallest_difference);
    return row;
}

}  // namespace tresse::decide
