#include <algorithm>
#include <cmath>

#include "study_pages.hpp"
#include "tresse/app/mechanism_name.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/decide/sensitivity.hpp"
#include "tresse/measure/score.hpp"

/// Why: shares of the parts, the chain from a part to euros, and the inputs that move the result.
namespace tresse::app {

namespace {

using text::fill;
using text::tr;

std::string score_title(const std::string& id) {
    const measure::Score* s = measure::find_score(id);
    return s ? tr(s->name) : id;
}

std::string number_of_score(const std::string& id) {
    return "score:" + id;
}

/// A mechanism that a part moves: its Shapley share in the yearly count.
struct Link {
    std::string mechanism;
    Range events, persons, eur;
    double strength = 0;  ///< expected over its error
};

/// Mechanisms whose count a part moves by more than chance, strongest first. Money follows the events.
std::vector<std::vector<Link>> links_of(const StudyText& text, std::size_t most) {
    const StageResults& stage = text.results.stage("why");
    std::vector<std::vector<Link>> out(scenario::parts_of(text.scenario(), text.plan.target).size());
    if (stage.empty())
        return out;
    for (const std::string& m : text.scenario().catalogue->mechanisms) {
        if (!is_step(m))
            continue;
        const std::string head = "mechanism:" + m + ":";
        if (!(std::fabs(stage.mean(0, head + "events")) + std::fabs(stage.mean(static_cast<int>(stage.design().kept.size()), head + "events")) > 0))
            continue;
        const PartShares events = part_shares(text, head + "events");
        if (!events.defined())
            continue;
        const PartShares persons = part_shares(text, head + "persons"), eur = part_shares(text, head + "eur");
        for (std::size_t i = 0; i < out.size(); ++i) {
            const Range& r = events.share[i];
            const double reach = (r.high - r.low) / 2;
            if (!(std::fabs(r.middle) >= 0.5) || !std::isfinite(reach) || reach >= std::fabs(r.middle))
                continue;
            out[i].push_back({m, r, persons.share[i], eur.share[i], std::fabs(r.middle) / std::max(reach, 1e-9)});
        }
    }
    for (auto& list : out) {
        std::stable_sort(list.begin(), list.end(), [](const Link& a, const Link& b) { return a.strength > b.strength; });
        if (list.size() > most)
            list.resize(most);
    }
    return out;
}

/// "Case management: reaches 310 people a year in 2,100 hours; by way of: admission unplanned -12 ..."
std::string chain_sentence(const StudyText& text, const PartShares& health, const PartShares& cost, std::size_t i, const std::vector<Link>& links) {
    const StageResults& stage = text.results.stage("why");
    const int whole = static_cast<int>(stage.design().kept.size());
    const scenario::ArmPart& part = health.parts[i];
    std::string out = part_name(part) + ": ";
    if (stage.has("action:" + part.id + ":reached")) {
        const double people = stage.mean(whole, "action:" + part.id + ":reached"), hours = stage.mean(whole, "action:" + part.id + ":hours");
        std::vector<std::string> means;
        if (people >= 0.5)
            means.push_back(fill(tr("reaches {people} people a year"), {{"people", text::number(people, 0)}}));
        if (hours >= 0.5)
            means.push_back(fill(tr("{hours} hours of its own staff"), {{"hours", text::number(hours, 0)}}));
        means.push_back(fill(tr("{eur} EUR a year"), {{"eur", text::number(stage.mean(whole, "action:" + part.id + ":eur"), 0)}}));
        out += text::list(means) + "; ";
    }
    if (links.empty())
        out += tr("moves no count of the model beyond chance");
    std::vector<std::string> ways;
    const auto names = mechanism_names(*text.scenario().catalogue);
    for (const Link& l : links)
        ways.push_back(fill(tr("{what} {events} a year"), {{"what", names.at(l.mechanism)}, {"events", text::signed_number(l.events.middle, digits_for(l.events))}}) +
                       (std::fabs(l.eur.middle) >= 500 ? " (" + text::signed_number(l.eur.middle, 0) + " EUR)" : ""));
    if (!ways.empty())
        out += fill(tr("by way of {ways}"), {{"ways", text::list(ways)}});
    const auto clear = [](const Range& r) { return r.low > 0 || r.high < 0; };
    const auto share = [&](const Range& r) { return clear(r) ? text::signed_number(r.middle, digits_for(r)) : tr("nothing that can be told from chance"); };
    out += "; " + fill(tr("its share: {health} in {score}; {cost} in EUR per inhabitant a year"),
                       {{"health", share(health.share[i])}, {"score", score_title(text.plan.study.score)}, {"cost", share(cost.share[i])}}) +
           ".";
    return out;
}

viz::StudyBlock shares_block(const std::string& score, const PartShares& shares, bool figure) {
    viz::StudyBlock b;
    std::vector<BarRow> rows;
    for (std::size_t i = 0; i < shares.parts.size(); ++i)
        rows.push_back({part_name(shares.parts[i]), shares.share[i]});
    rows.push_back({tr("All together"), shares.total});
    const std::string title = fill(tr("{score}: what each part adds"), {{"score", score_title(score)}});
    if (figure) {
        b.figure = bar_figure("why-" + score, title, score_title(score), rows,
                              tr("the bars of the parts add up to the last one. A part's bar is what it adds on average over all orders in which the parts could have come; the thin line is the 95 % range over draws."));
        return b;
    }
    b.title = title;
    b.table.columns = {tr("Part"), tr("share"), tr("alone")};
    for (std::size_t i = 0; i < shares.parts.size(); ++i)
        b.table.rows.push_back({part_name(shares.parts[i]), text::range(shares.share[i], digits_for(shares.share[i])), text::range(shares.alone[i], digits_for(shares.alone[i]))});
    b.table.rows.push_back({tr("more (+) or less (-) together than apart"), "", text::range(shares.together, digits_for(shares.together))});
    b.table.rows.push_back({tr("All together"), text::range(shares.total, digits_for(shares.total)), ""});
    b.how_to_read = (shares.exact ? fill(tr("exact shares over all {n} subsets of the parts, in {draws} draws."), {{"n", static_cast<int>(std::exp2(static_cast<double>(shares.parts.size())))}, {"draws", shares.draws}})
                                  : fill(tr("shares over sampled orders of arrival, in {draws} draws."), {{"draws", shares.draws}})) +
                    " " + tr("Shares add up to the whole; what a part does alone need not.");
    return b;
}

std::string not_computed() {
    return tr("Not computed: no subsets of the plan's parts were run (why.draws in the study), or the base is itself a plan.");
}

std::string largest_sentence(const PartShares& shares, const std::string& score, int draws) {
    std::size_t most = 0;
    bool clear = false;
    for (std::size_t i = 0; i < shares.share.size(); ++i) {
        const Range& r = shares.share[i];
        const bool sure = r.low > 0 || r.high < 0;
        if ((sure && !clear) || (sure == clear && std::fabs(r.middle) > std::fabs(shares.share[most].middle)))
            most = i, clear = sure;
    }
    if (!clear)
        return fill(tr("In {score} no part's share can be told from chance."), {{"score", score_title(score)}});
    const bool largest = std::none_of(shares.share.begin(), shares.share.end(), [&](const Range& r) { return std::fabs(r.middle) > std::fabs(shares.share[most].middle); });
    return fill(largest ? tr("In {score} most comes from {part}: {share} of {total}, in the {draws} draws in which parts were left out.")
                        : tr("In {score} the largest share that can be told from chance is that of {part}: {share} of {total}, in the {draws} draws in which parts were left out."),
                {{"score", score_title(score)}, {"part", part_name(shares.parts[most])}, {"share", text::range(shares.share[most], digits_for(shares.share[most]))},
                 {"total", text::signed_number(shares.total.middle, digits_for(shares.total))}, {"draws", draws}});
}

struct WhyNumbers {
    PartShares health, cost;
};
WhyNumbers why_numbers(const StudyText& text) {
    return {part_shares(text, number_of_score(text.plan.study.score)), part_shares(text, number_of_score("cost_per_head_eur"))};
}

std::string why_answer(const StudyText& text, const WhyNumbers& w) {
    if (!w.health.defined())
        return not_computed();
    const int draws = static_cast<int>(text.results.stage("why").design().points.size());
    return fill(tr("{arm} against today:"), {{"arm", text.short_name(text.plan.target)}}) + " " + largest_sentence(w.health, text.plan.study.score, draws) + " " + largest_sentence(w.cost, "cost_per_head_eur", draws);
}

viz::StudyBlock chain_block(const StudyText& text, const WhyNumbers& w, std::size_t most) {
    viz::StudyBlock b;
    b.title = tr("From the plan to euros");
    const auto links = links_of(text, most);
    for (std::size_t i = 0; i < w.health.parts.size(); ++i)
        b.points.push_back(chain_sentence(text, w.health, w.cost, i, links[i]));
    b.how_to_read = tr("each sentence is made from counts of the model: people reached, events that became more or fewer because of this part, and what the events cost. Only what chance does not explain is named.");
    return b;
}

viz::StudyBlock tornado_block(const StudyText& text, const std::string& score) {
    viz::StudyBlock b;
    const decide::Tornado t = tornado_of(text, number_of_score(score));
    if (t.bars.empty())
        return b;
    std::vector<BarRow> rows;
    for (const decide::TornadoBar& bar : t.bars) {
        const std::string& key = text.results.stage("one-way").design().keys[bar.input];
        const std::string ends = " [" + input_value(text.plan, key, 0.025) + "; " + input_value(text.plan, key, 0.975) + "]";
        rows.push_back({input_name(text.plan, key) + ends + (bar.clear() ? "" : " *"), {bar.high - t.centre, std::min(bar.low, bar.high) - t.centre, std::max(bar.low, bar.high) - t.centre}});
    }
    b.figure = bar_figure("tornado-" + score, fill(tr("{score}: one input at a time"), {{"score", score_title(score)}}), tr("change of the difference"), rows,
                          tr("the difference with one input at its low and high end (in brackets), the others at their centre, minus the difference at the centre. The bar is the high end. A star: chance alone could give so much."));
    return b;
}

/// Differences at the points of a stage, mean over repeats with the same luck.
std::vector<double> at_points(const StageResults& stage, const std::string& number) {
    std::vector<double> out;
    for (std::size_t p = 0; p < stage.design().points.size(); ++p) {
        double sum = 0;
        int count = 0;
        for (int r = 0; r < stage.design().repeats; ++r) {
            const int future = static_cast<int>(p) * stage.design().repeats + r;
            const decide::Value base = stage.value(0, future, number), arm = stage.value(1, future, number);
            if (base && arm)
                sum += *arm - *base, ++count;
        }
        if (count == 0)
            return {};
        out.push_back(sum / count);
    }
    return out;
}

viz::StudyBlock morris_block(const StudyText& text) {
    viz::StudyBlock b;
    const StageResults& stage = text.results.stage("morris");
    const auto results = at_points(stage, number_of_score(text.plan.study.score));
    if (results.empty())
        return b;
    const auto indices = decide::morris(stage.design().points, results, experiment::morris_step, text.scenario().seed);
    b.title = tr("Screening: Morris");
    b.table.columns = {tr("Input"), tr("size of its effect"), tr("curved or with others"), tr("enough runs?")};
    bool few = false;
    for (std::size_t j = 0; j < indices.size(); ++j) {
        few = few || indices[j].enough == decide::Enough::too_few;
        b.table.rows.push_back({input_name(text.plan, stage.design().keys[j]), text::range(indices[j].interval, digits_for(indices[j].interval), false),
                                text::number(indices[j].spread, digits_for(indices[j].interval)), tr(decide::enough_word(indices[j].enough))});
    }
    if (few)
        b.text = tr("Too few trajectories for some of these: the order may be chance. At least ten are needed.");
    b.how_to_read = tr("mean size of the change when the input moves over its whole range, with its 95 % range; a large last number means that the effect depends on where the others stand.");
    return b;
}

viz::StudyBlock sobol_block(const StudyText& text) {
    viz::StudyBlock b;
    const StageResults& stage = text.results.stage("sobol");
    b.title = tr("Shares of the variance: Sobol'");
    const auto results = stage.empty() ? std::vector<double>() : at_points(stage, number_of_score(text.plan.study.score));
    const auto indices = results.empty() ? std::vector<decide::SobolIndex>() : decide::sobol(stage.design().keys.size(), results, text.scenario().seed);
    if (indices.empty()) {
        b.text = tr("Not computed: the study asks for no Sobol' points, or the result does not vary.");
        return b;
    }
    b.table.columns = {tr("Input"), tr("alone"), tr("with all it takes part in"), tr("enough runs?")};
    for (std::size_t j = 0; j < indices.size(); ++j)
        b.table.rows.push_back({input_name(text.plan, stage.design().keys[j]), text::range(indices[j].first, 2, false), text::range(indices[j].total, 2, false), tr(decide::enough_word(indices[j].enough))});
    b.how_to_read = tr("shares of the variance of the difference when only these inputs vary, with 95 % ranges. \"Too few runs to say\": the range is wider than 0.2.");
    return b;
}

std::string inputs_answer(const StudyText& text) {
    const decide::Tornado t = tornado_of(text, number_of_score(text.plan.study.score));
    std::vector<std::string> names;
    for (const decide::TornadoBar& bar : t.bars)
        if (bar.clear() && names.size() < 3)
            names.push_back(input_name(text.plan, text.results.stage("one-way").design().keys[bar.input]));
    if (t.bars.empty())
        return tr("What decides most was not computed.");
    if (names.empty())
        return fill(tr("No single input moves {score} by more than chance does."), {{"score", score_title(text.plan.study.score)}});
    return fill(tr("What decides most in {score}: {inputs}."), {{"score", score_title(text.plan.study.score)}, {"inputs", text::list(names)}});
}

}  // namespace

decide::Tornado tornado_of(const StudyText& text, const std::string& number) {
    const StageResults& stage = text.results.stage("one-way");
    if (stage.design().points.empty())
        return {};  // too few draws to choose the inputs by, or none asked for
    const int repeats = stage.design().repeats;
    std::vector<std::vector<double>> results(stage.design().points.size());
    for (std::size_t p = 0; p < results.size(); ++p)
        for (int r = 0; r < repeats; ++r) {
            const int future = static_cast<int>(p) * repeats + r;
            const decide::Value base = stage.value(0, future, number), arm = stage.value(1, future, number);
            if (base && arm)
                results[p].push_back(*arm - *base);
        }
    for (const auto& list : results)
        if (list.size() != results.front().size() || list.empty())
            return {};
    return decide::tornado(results);
}

viz::StudyPage brief_why(const StudyText& text) {
    viz::StudyPage page;
    page.question = tr("Why is it so?");
    const WhyNumbers w = why_numbers(text);
    page.answer = why_answer(text, w);
    if (w.health.defined()) {
        page.blocks.push_back(shares_block(text.plan.study.score, w.health, false));
        page.blocks.push_back(chain_block(text, w, 2));
    }
    viz::StudyBlock inputs;
    inputs.text = inputs_answer(text);
    page.blocks.push_back(std::move(inputs));
    return page;
}

viz::StudyPage page_why(const StudyText& text) {
    viz::StudyPage page;
    page.question = tr("Why does the plan differ from today?");
    const WhyNumbers w = why_numbers(text);
    page.answer = why_answer(text, w);
    if (!w.health.defined())
        return page;
    page.blocks.push_back(shares_block(text.plan.study.score, w.health, true));
    page.blocks.push_back(shares_block(text.plan.study.score, w.health, false));
    page.blocks.push_back(shares_block("cost_per_head_eur", w.cost, true));
    page.blocks.push_back(shares_block("cost_per_head_eur", w.cost, false));
    page.blocks.push_back(chain_block(text, w, 6));
    return page;
}

viz::StudyPage page_inputs(const StudyText& text) {
    viz::StudyPage page;
    page.question = tr("Which uncertain numbers decide?");
    page.answer = inputs_answer(text);
    if (text.results.stage("one-way").empty())
        return page;
    const auto draws = text.futures().draws(text.base(), text.plan.target);
    std::size_t own = 0;
    for (const scenario::ArmPart& part : scenario::parts_of(text.scenario(), text.plan.target))
        own += part.keys.size();
    viz::StudyBlock how;
    how.text = fill(tr("The {n} inputs of the plan with the strongest rank correlation, of {all}, were varied; with {draws} draws a correlation below {chance} can be chance. Numbers that all arms share were drawn, not varied one by one."),
                    {{"n", static_cast<int>(text.results.stage("one-way").design().keys.size())}, {"all", static_cast<int>(own)}, {"draws", static_cast<int>(draws.size())},
                     {"chance", text::number(decide::correlation_by_chance(own, draws.size()), 2)}});
    page.blocks.push_back(std::move(how));
    for (const std::string& score : {text.plan.study.score, std::string("cost_per_head_eur")})
        page.blocks.push_back(tornado_block(text, score));
    page.blocks.push_back(morris_block(text));
    page.blocks.push_back(sobol_block(text));
    return page;
}

}  // namespace tresse::app
