#include <algorithm>
#include <cmath>

#include "parts.hpp"
#include "study_pages.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/decide/sensitivity.hpp"
#include "tresse/measure/score.hpp"
#include "tresse/scenario/arm.hpp"

/// Names, ranges and small sums that all pages of a study use.
namespace tresse::app {

namespace {

using text::fill;
using text::tr;

}  // namespace

std::string StudyText::arm_name(int arm) const {
    const scenario::Arm& a = scenario().arms.at(static_cast<std::size_t>(arm));
    return a.label.empty() ? a.id : text::tr(a.label);
}

std::string StudyText::short_name(int arm) const {
    int letter = 0;
    if (arm != base()) {
        const auto list = arms();
        letter = 1 + static_cast<int>(std::find(list.begin(), list.end(), arm) - list.begin());
    }
    return std::string(1, static_cast<char>('A' + letter)) + " " + arm_name(arm);
}

std::vector<int> StudyText::arms() const {
    std::vector<int> out;
    for (int a = 0; a < static_cast<int>(scenario().arms.size()); ++a)
        if (a != base())
            out.push_back(a);
    return out;
}

decide::Ruler StudyText::ruler(const std::string& id) const {
    const measure::Score* score = measure::find_score(id);
    decide::Ruler ruler{id, score ? score->direction : measure::Direction::none, 0};
    const scenario::ScoreSpec* spec = scores.find(id);
    if (spec && ruler.direction != measure::Direction::none)
        ruler.smallest_difference = spec->smallest_that_matters;
    else
        ruler.direction = measure::Direction::none;
    return ruler;
}

std::string part_name(const scenario::ArmPart& part) {
    if (part.id == "capacity-and-hazards")
        return tr("changes of capacity and hazards");
    const std::string& name = text::tr(part.name);
    return name.empty() ? part.id : name;
}

std::string input_name(const StudyPlan& plan, const std::string& key) {
    return input_name(*plan.scenario, plan.target, key);
}

std::string input_value(const StudyPlan& plan, const std::string& key, double quantile) {
    for (const Uncertain* u : plan.scenario->uncertain())
        if (u->key == key) {
            const double value = scenario::value_at(*u, std::clamp(quantile, 1e-6, 1 - 1e-6));
            return text::number(value, text::decimals_for(value, 2, 3));
        }
    return "";
}

int digits_for(const Range& range) {
    double largest = 0;
    for (const double v : {range.middle, range.low, range.high})
        if (std::isfinite(v))
            largest = std::max(largest, std::fabs(v));
    return text::decimals_for(largest, 2, 3);
}

std::vector<std::string> telling_inputs(const StudyPlan& plan, const StageResults& futures, int most) {
    std::vector<std::string> own;
    for (const scenario::ArmPart& part : scenario::parts_of(*plan.scenario, plan.target))
        own.insert(own.end(), part.keys.begin(), part.keys.end());
    const auto& keys = futures.design().keys;
    std::vector<std::size_t> columns;
    for (const std::string& key : own)
        if (const auto at = std::find(keys.begin(), keys.end(), key); at != keys.end())
            columns.push_back(static_cast<std::size_t>(at - keys.begin()));
    const auto draws = futures.draws(plan.base(), plan.target);
    if (draws.size() < 4 || columns.empty())
        return {};
    std::vector<double> strength(columns.size(), 0);
    for (const std::string& number : {"score:" + plan.study.score, std::string("score:cost_per_head_eur")}) {
        std::map<int, std::pair<double, int>> by_draw;
        for (const decide::Outcome& o : futures.pairs(plan.base(), plan.target, number))
            if (o.base && o.arm)
                by_draw[o.draw].first += *o.arm - *o.base, ++by_draw[o.draw].second;
        experiment::Points points;
        std::vector<double> results;
        for (const auto& [draw, sum] : by_draw) {
            std::vector<double> point;
            for (const std::size_t c : columns)
                point.push_back(futures.point(draw)[c]);
            points.push_back(std::move(point));
            results.push_back(sum.first / sum.second);
        }
        for (const decide::Correlation& c : decide::rank_correlations(points, results))
            strength[c.input] = std::max(strength[c.input], std::fabs(c.value));
    }
    std::vector<std::size_t> order(columns.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return strength[a] > strength[b]; });
    std::vector<std::string> out;
    for (std::size_t i = 0; i < order.size() && static_cast<int>(i) < most; ++i)
        out.push_back(keys[columns[order[i]]]);
    return out;
}

std::vector<decide::Subset> why_subsets(const StudyPlan& plan) {
    const int parts = static_cast<int>(scenario::parts_of(*plan.scenario, plan.target).size());
    if (parts <= plan.study.why.exact_up_to) {
        std::vector<decide::Subset> all(std::size_t{1} << parts);
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = static_cast<decide::Subset>(i);
        return all;
    }
    return decide::subsets_of(parts, decide::arrival_orders(parts, plan.study.why.orders, plan.scenario->seed));
}

PartShares part_shares(const StudyText& text, const std::string& number) {
    PartShares out;
    const StageResults& stage = text.results.stage("why");
    out.parts = scenario::parts_of(text.scenario(), text.plan.target);
    if (stage.empty() || !stage.has(number))
        return out;
    const int n = static_cast<int>(out.parts.size());
    const std::vector<decide::Subset> subsets = why_subsets(text.plan);
    out.exact = n <= text.plan.study.why.exact_up_to;
    const auto orders = decide::arrival_orders(n, text.plan.study.why.orders, text.scenario().seed);
    std::vector<std::vector<double>> share(out.parts.size()), alone(out.parts.size());
    std::vector<double> total, together;
    for (int future = 0; future < stage.design().futures(); ++future) {
        std::map<decide::Subset, double> worth;
        for (std::size_t i = 0; i < subsets.size(); ++i) {
            // arm 0 is the base, which is the subset of no part; the others follow in order
            const decide::Value v = stage.value(subsets[i] == 0 ? 0 : static_cast<int>(i), future, number);
            if (v)
                worth.emplace(subsets[i], *v);
        }
        if (worth.size() != subsets.size())
            continue;
        decide::Shares s;
        if (out.exact) {
            std::vector<double> all;
            for (const auto& [subset, value] : worth)
                all.push_back(value);
            s = decide::shapley(n, all);
        } else {
            s = decide::shapley_sampled(n, orders, worth);
        }
        ++out.draws;
        total.push_back(s.total), together.push_back(s.together);
        for (std::size_t i = 0; i < out.parts.size(); ++i)
            share[i].push_back(s.share[i]), alone[i].push_back(s.alone[i]);
    }
    if (out.draws == 0)
        return out;
    out.total = mean_interval(total, 0.95), out.together = mean_interval(together, 0.95);
    for (std::size_t i = 0; i < out.parts.size(); ++i) {
        out.share.push_back(mean_interval(share[i], 0.95));
        out.alone.push_back(mean_interval(alone[i], 0.95));
    }
    return out;
}

decide::Look look_at(const StudyText& text, int most_draws) {
    const StageResults& stage = text.futures();
    std::vector<decide::Ruler> rulers;
    for (const measure::Score& score : measure::scores())
        if (const decide::Ruler r = text.ruler(std::string(score.id)); r.direction != measure::Direction::none)
            rulers.push_back(r);
    std::vector<decide::PieceValues> pieces;
    for (const store::StudyPiece& p : stage.pieces()) {
        decide::PieceValues v{p.arm, p.replicate, p.draw, {}};
        for (const decide::Ruler& r : rulers)
            v.values.push_back(stage.value(p.arm, p.replicate, "score:" + r.score));
        pieces.push_back(std::move(v));
    }
    return decide::look(pieces, rulers, text.base(), most_draws);
}

std::string look_words(const StudyText& text, const decide::Look& look) {
    int settled = 0, undecidable = 0, open = 0;
    for (const decide::Question& q : look.questions)
        ++(q.outlook.standing == decide::Standing::settled ? settled : q.outlook.standing == decide::Standing::undecidable ? undecidable : open);
    const std::size_t draws = text.futures().draws(text.base(), text.plan.target).size();
    std::string out = fill(tr("{draws} draws: of {all} verdicts and ranks {settled} stand, {undecidable} cannot be decided by more futures, {open} are open."),
                           {{"draws", static_cast<int>(draws)}, {"all", static_cast<int>(look.questions.size())}, {"settled", settled}, {"undecidable", undecidable}, {"open", open}});
    if (!look.done)
        out += " " + fill(tr("Next look at {draws} draws."), {{"draws", look.draws_wanted}});
    return out;
}

}  // namespace tresse::app
