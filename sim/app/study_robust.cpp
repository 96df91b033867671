#include <algorithm>
#include <bit>
#include <cmath>

#include "study_pages.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/decide/economics.hpp"
#include "tresse/decide/robust.hpp"

/// Choices that hold up: regret, what bad futures have in common, budgets, and what must be true to break even.
namespace tresse::app {

namespace {

using text::fill;
using text::tr;

/// One number of an arm against the base, mean over the repeats of a draw.
std::vector<double> by_draw(const StudyText& text, int arm, const std::vector<int>& draws, auto&& number) {
    const StageResults& stage = text.futures();
    std::vector<double> sum(draws.size(), 0), count(draws.size(), 0);
    for (const decide::Outcome& o : stage.pairs(text.base(), arm, "persons")) {
        const auto row = static_cast<std::size_t>(std::lower_bound(draws.begin(), draws.end(), o.draw) - draws.begin());
        sum[row] += number(arm, o.replicate) - number(text.base(), o.replicate), ++count[row];
    }
    for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] = count[i] > 0 ? sum[i] / count[i] : 0;
    return sum;
}

/// Net benefit of the reference case at one value of a year, EUR.
auto benefit_of(const StudyText& text) {
    return [&text](int arm, int future) {
        const StageResults& stage = text.futures();
        const decide::Rates r;
        return decide::present_value(stage.by_year(arm, future, "cohort_qaly"), r.health) * text.plan.study.equity.eur_per_qaly_forgone.value -
               decide::present_value(stage.by_year(arm, future, "cohort_eur"), r.cost) - decide::present_value(stage.by_year(arm, future, "programme_eur"), r.cost);
    };
}

/// What all payers of health care spend over the first years, EUR, cash.
auto spent_of(const StudyText& text) {
    return [&text](int arm, int future) {
        double sum = 0;
        const StageResults& stage = text.futures();
        const int years = std::min(stage.years(), text.plan.study.robust.break_even_years);
        for (int y = 0; y < years; ++y)
            for (const world::Account& a : text.scenario().catalogue->accounts)
                sum += stage.value(arm, future, "y" + std::to_string(y) + ":account:" + a.id).value_or(0);
        return sum;
    };
}

/// Net benefit against the base: where its expectation lies. Unit: EUR an inhabitant.
Range benefit_range(const StudyText& text, int arm, double persons) {
    std::vector<decide::Outcome> pairs;
    const auto benefit = benefit_of(text);
    for (const decide::Outcome& o : text.futures().pairs(text.base(), arm, "persons"))
        pairs.push_back({o.replicate, o.draw, benefit(text.base(), o.replicate) / persons, benefit(arm, o.replicate) / persons});
    return decide::difference(pairs).uncertainty;
}

viz::StudyBlock regret_block(const StudyText& text, const std::vector<int>& draws) {
    viz::StudyBlock b;
    b.title = tr("Regret");
    std::vector<int> arms = {text.base()};
    const auto list = text.arms();
    arms.insert(arms.end(), list.begin(), list.end());
    std::vector<std::vector<double>> worth(draws.size(), std::vector<double>(arms.size(), 0));
    const double persons = text.futures().mean(text.base(), "persons");
    for (std::size_t a = 1; a < arms.size(); ++a) {
        const auto values = by_draw(text, arms[a], draws, benefit_of(text));
        for (std::size_t d = 0; d < draws.size(); ++d)
            worth[d][a] = values[d] / persons;
    }
    const decide::RegretTable t = decide::regret(worth);
    b.table.columns = {tr("Arm"), tr("net benefit against today, expected"), tr("best in % of draws"), tr("mean regret"), tr("in 9 of 10 draws below"), tr("worst regret")};
    bool told = false;   // some arm's expected net benefit is on one side of today's
    for (std::size_t a = 0; a < t.arms.size(); ++a) {
        const Range range = a == 0 ? Range{} : benefit_range(text, arms[a], persons);
        told = told || range.low > 0 || range.high < 0;
        b.table.rows.push_back({text.short_name(arms[a]), a == 0 ? "\u2013" : text::range(range, 0), text::number(t.arms[a].best_share * 100, 0), text::number(t.arms[a].mean, 0), text::number(t.arms[a].often_below, 0), text::number(t.arms[a].worst, 0)});
    }
    if (!t.arms.empty())
        b.text = fill(tr("The smallest worst regret is that of {arm}."), {{"arm", text.short_name(arms[t.least_worst])}});
    if (!t.arms.empty() && !told)
        b.text += " " + tr("But no arm's net benefit is told from today's: the range of each holds zero, and this order may be chance.");
    b.how_to_read = fill(tr("EUR per inhabitant of net benefit over the whole period, at {eur} EUR per quality-adjusted year: how much better the best plan of the same future would have been. Chance of single futures is still inside."), {{"eur", text::number(text.plan.study.equity.eur_per_qaly_forgone.value, 0)}});
    return b;
}

/// "... is above 0.61 and ... is below 0.4"
std::string box_words(const StudyText& text, const decide::Box& box, const std::vector<std::string>& keys) {
    std::vector<std::string> parts;
    for (const decide::BoxBorder& border : box.borders)
        parts.push_back(fill(border.is_upper ? tr("\"{input}\" stays under {value}") : tr("\"{input}\" exceeds {value}"),
                             {{"input", input_name(text.plan, keys[border.input])}, {"value", input_value(text.plan, keys[border.input], border.value)}}));
    return text::list(parts);
}

viz::StudyBlock box_block(const StudyText& text, const std::vector<int>& draws, const std::vector<std::string>& keys, const std::vector<double>& result, const std::string& title, const std::string& sentence) {
    viz::StudyBlock b;
    b.title = title;
    const auto& all = text.futures().design().keys;
    experiment::Points points(draws.size());
    for (std::size_t d = 0; d < draws.size(); ++d)
        for (const std::string& key : keys)
            points[d].push_back(text.futures().point(draws[d])[static_cast<std::size_t>(std::find(all.begin(), all.end(), key) - all.begin())]);
    std::vector<std::uint8_t> bad;
    for (const double r : result)
        bad.push_back(r < 0);
    const auto count = std::count(bad.begin(), bad.end(), std::uint8_t{1});
    b.text = fill(sentence, {{"n", static_cast<int>(count)}, {"all", static_cast<int>(draws.size())}}) + " ";
    const auto box = decide::prim(points, bad);
    if (!box)
        b.text += tr("No input or pair of inputs tells these draws from the others: what they have in common is not found in the plan's own numbers.");
    else
        b.text += fill(tr("This happens when {box}: there in {density} of draws; {coverage} of all such draws lie there."),
                       {{"box", box_words(text, *box, keys)}, {"density", text::percent(box->density)}, {"coverage", text::percent(box->coverage)}});
    return b;
}

viz::StudyBlock portfolio_block(const StudyText& text) {
    viz::StudyBlock b;
    b.title = tr("The best set of parts under a budget");
    const StageResults& stage = text.results.stage("why");
    const auto parts = scenario::parts_of(text.scenario(), text.plan.target);
    if (stage.empty() || text.plan.study.robust.budgets_eur_per_head.empty()) {
        b.text = tr("Not computed: the study asks for no budgets, or no subsets of the plan's parts were run.");
        return b;
    }
    const auto subsets = why_subsets(text.plan);
    std::vector<decide::Portfolio> all;
    const double persons = stage.mean(0, "persons");
    for (std::size_t i = 0; i < subsets.size(); ++i) {
        decide::Portfolio p{subsets[i], 0, 0};
        if (subsets[i] != 0) {
            for (int y = 0; y < stage.years(); ++y)
                p.cost += stage.mean(static_cast<int>(i), "y" + std::to_string(y) + ":programme_eur") / persons / stage.years();
            const decide::Ruler ruler = text.ruler(text.plan.study.score);
            p.worth = stage.difference(0, static_cast<int>(i), "score:" + text.plan.study.score).expected * (ruler.direction == measure::Direction::more ? 1 : -1);
        }
        all.push_back(p);
    }
    b.table.columns = {tr("EUR a head and year, at most"), tr("parts"), tr("cost"), tr("gain in the score")};
    for (const double budget : text.plan.study.robust.budgets_eur_per_head) {
        const auto best = decide::best_under(all, budget);
        if (!best)
            continue;
        std::vector<std::string> names;
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (best->parts >> i & 1)
                names.push_back(part_name(parts[i]));
        b.table.rows.push_back({text::number(budget, 0), names.empty() ? tr("none: today") : text::list(names), text::number(best->cost, 2), text::signed_number(best->worth, text::decimals_for(best->worth, 2, 3))});
    }
    b.how_to_read = fill(tr("of all subsets that were run ({draws} draws): the one with the largest expected gain whose programme money fits. Close calls between subsets may be chance: see the ranges of the shares."), {{"draws", static_cast<int>(stage.design().points.size())}});
    return b;
}

viz::StudyBlock inverse_block(const StudyText& text, const std::vector<int>& draws, const std::vector<std::string>& keys, const std::vector<double>& saved) {
    viz::StudyBlock b;
    const int years = std::min(text.futures().years(), text.plan.study.robust.break_even_years);
    b.title = fill(tr("What must be true for it to pay for itself in {n} years?"), {{"n", years}});
    const auto& all = text.futures().design().keys;
    for (const std::string& key : keys) {
        std::vector<double> input;
        for (const int d : draws)
            input.push_back(text.futures().point(d)[static_cast<std::size_t>(std::find(all.begin(), all.end(), key) - all.begin())]);
        if (const auto n = decide::needed_for_zero(input, saved))
            b.points.push_back(fill(n->at_least ? tr("\"{input}\" at {value} or more, the others as they may be.") : tr("\"{input}\" at {value} or less, the others as they may be."),
                                    {{"input", input_name(text.plan, key)}, {"value", input_value(text.plan, key, n->quantile)}}));
    }
    if (b.points.empty())
        b.text = tr("No single number of the plan would be enough, within the middle 95 % of what it may be.");
    return b;
}

}  // namespace

viz::StudyPage page_robust(const StudyText& text) {
    viz::StudyPage page;
    page.question = tr("Which choice holds up, and what would make it fail?");
    const auto draws = text.futures().draws(text.base(), text.plan.target);
    if (draws.size() < 2)
        return page;
    const auto keys = telling_inputs(text.plan, text.futures(), 12);
    page.blocks.push_back(regret_block(text, draws));
    page.answer = page.blocks.back().text;
    const auto benefit = by_draw(text, text.plan.target, draws, benefit_of(text));
    page.blocks.push_back(box_block(text, draws, keys, benefit, fill(tr("When {arm} fails"), {{"arm", text.short_name(text.plan.target)}}), tr("In {n} of {all} draws the plan gives less net benefit than today.")));
    auto saved = by_draw(text, text.plan.target, draws, spent_of(text));
    for (double& s : saved)
        s = -s;
    page.blocks.push_back(portfolio_block(text));
    page.blocks.push_back(box_block(text, draws, keys, saved, tr("When it does not pay for itself"), tr("In {n} of {all} draws all payers together spend more than today over these years.")));
    page.blocks.push_back(inverse_block(text, draws, keys, saved));
    return page;
}

}  // namespace tresse::app
