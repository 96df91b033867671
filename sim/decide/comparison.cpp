#include "tresse/decide/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tresse/core/check.hpp"

namespace tresse::decide {

namespace {

std::map<int, const PieceValues*> by_replicate(std::span<const PieceValues> pieces, int arm) {
    std::map<int, const PieceValues*> out;
    for (const PieceValues& p : pieces)
        if (p.arm == arm)
            TRESSE_CHECK(out.emplace(p.replicate, &p).second, "an arm runs a future once");
    return out;
}

}  // namespace

std::vector<Outcome> pairs_of(std::span<const PieceValues> pieces, int base, int arm, std::size_t row) {
    const auto bases = by_replicate(pieces, base), arms = by_replicate(pieces, arm);
    std::vector<Outcome> out;
    for (const auto& [replicate, b] : bases) {
        const auto a = arms.find(replicate);
        if (a == arms.end())
            continue;
        TRESSE_CHECK(b->draw == a->second->draw, "the arms of one future share a draw of the uncertain numbers");
        TRESSE_CHECK(row < b->values.size() && row < a->second->values.size(), "every piece has a value for every row");
        out.push_back({replicate, b->draw, b->values[row], a->second->values[row]});
    }
    return out;
}

std::vector<ComparedArm> compare_arms(std::span<const PieceValues> pieces, std::span<const Ruler> rulers, int base) {
    std::set<int> arms;
    for (const PieceValues& p : pieces)
        if (p.arm != base)
            arms.insert(p.arm);
    std::vector<ComparedArm> out;
    for (const int arm : arms) {
        ComparedArm one;
        one.arm = arm;
        for (std::size_t row = 0; row < rulers.size(); ++row)
            one.rows.push_back(compare_row(rulers[row], pairs_of(pieces, base, arm, row)));
        out.push_back(std::move(one));
    }
    return out;
}

std::string_view message(Say say) {
    switch (say) {
    case Say::better:
        return "Better: {scores}.";
    case Say::worse:
        return "Worse: {scores}.";
    case Say::same:
        return "No difference that matters: {scores}.";
    case Say::cannot_tell:
        return "Cannot tell: {scores}.";
    case Say::all_the_same:
        return "No score differs by a size that matters.";
    case Say::costs_more:
        return "Care costs {number} EUR more per inhabitant and year ({low} to {high}).";
    case Say::costs_less:
        return "Care costs {number} EUR less per inhabitant and year ({low} to {high}).";
    case Say::cost_unclear:
        return "Whether care costs more or less is not clear: {number} EUR per inhabitant and year ({low} to {high}).";
    case Say::cost_no_range:
        return "Whether care costs more or less is not clear: {number} EUR per inhabitant and year in one future, which gives no range.";
    case Say::pays_most:
        return "The largest part falls on: {scores} ({number} EUR).";
    case Say::saves_most:
        return "The largest saving is that of: {scores} ({number} EUR).";
    case Say::seen:
        return "An evaluation in this one area could have seen: {scores}.";
    case Say::seen_none:
        return "An evaluation in this one area could have seen no row.";
    case Say::count:
        break;
    }
    return "";
}

namespace {

std::vector<std::string> with_verdict(const ComparedArm& arm, Verdict verdict) {
    std::vector<std::string> out;
    for (const ComparedRow& r : arm.rows)
        if (r.verdict == verdict)
            out.push_back(r.score);
    return out;
}

void say_cost(const ComparedArm& arm, double smallest_account, std::vector<Sentence>& out) {
    const auto& id = measure::score(measure::ScoreId::cost_per_head_eur).id;
    const std::string account = std::string(measure::score(measure::ScoreId::account_per_head_eur).id) + "/";
    const ComparedRow* cost = nullptr;
    for (const ComparedRow& r : arm.rows)
        if (r.score == id)
            cost = &r;
    if (cost == nullptr || !cost->difference.defined() || cost->verdict == Verdict::same)
        return;
    const Range& range = cost->difference.uncertainty;
    const bool up = range.low > 0, down = range.high < 0;
    out.push_back({up     ? Say::costs_more
                   : down ? Say::costs_less
                   : std::isfinite(range.low) && std::isfinite(range.high) ? Say::cost_unclear
                                                                           : Say::cost_no_range,
                   {},
                   {down ? -range.middle : range.middle, range.low, range.high}});
    if (!up && !down)
        return;
    const double sign = down ? -1 : 1;
    const ComparedRow* most = nullptr;
    for (const ComparedRow& r : arm.rows) {
        if (!r.score.starts_with(account) || !r.difference.defined() || r.difference.expected * sign < smallest_account)
            continue;
        if (most == nullptr || r.difference.expected * sign > most->difference.expected * sign)
            most = &r;
    }
    if (most != nullptr)
        out.push_back({up ? Say::pays_most : Say::saves_most, {most->score}, {most->difference.expected * sign}});
}

}  // namespace

std::vector<Sentence> sentences(const ComparedArm& arm, double smallest_account) {
    std::vector<Sentence> out;
    const auto add = [&](Say say, std::vector<std::string> scores) {
        if (!scores.empty())
            out.push_back({say, std::move(scores), {}});
    };
    const auto better = with_verdict(arm, Verdict::better), worse = with_verdict(arm, Verdict::worse);
    const auto same = with_verdict(arm, Verdict::same), unknown = with_verdict(arm, Verdict::cannot_tell);
    add(Say::better, better);
    add(Say::worse, worse);
    say_cost(arm, smallest_account, out);
    if (better.empty() && worse.empty() && unknown.empty() && !same.empty())
        out.push_back({Say::all_the_same, {}, {}});
    else
        add(Say::same, same);
    add(Say::cannot_tell, unknown);
    std::vector<std::string> seen;
    for (const ComparedRow& r : arm.rows)
        if (r.verdict != Verdict::none && r.detectability.defined && r.detectability.seen)
            seen.push_back(r.score);
    if (seen.empty())
        out.push_back({Say::seen_none, {}, {}});
    else
        out.push_back({Say::seen, std::move(seen), {}});
    return out;
}

}  // namespace tresse::decide
