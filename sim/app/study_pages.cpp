#include "study_pages.hpp"

#include <algorithm>
#include <cmath>

#include "parts.hpp"
#include "tresse/app/answer.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/decide/parts.hpp"
#include "tresse/measure/score.hpp"

/// How sure: differences, verdicts, what the range is made of; and the frame of the report.
namespace tresse::app {

namespace {

using text::fill;
using text::tr;

/// Scores with a verdict, in the order of the table.
std::vector<const measure::Score*> judged(const StudyText& text) {
    std::vector<const measure::Score*> out;
    for (const measure::Score& s : measure::scores())
        if (text.ruler(std::string(s.id)).direction != measure::Direction::none)
            out.push_back(&s);
    return out;
}

decide::ComparedRow row_of(const StudyText& text, int arm, const measure::Score& score) {
    return decide::compare_row(text.ruler(std::string(score.id)), text.futures().pairs(text.base(), arm, "score:" + std::string(score.id)));
}

std::string verdict_words(decide::Verdict v) {
    return viz::sign_word(viz::sign_of(v));
}

std::string score_name(const measure::Score& score) {
    const std::string name = tr(score.name);
    return score.family == measure::Family::equity ? fill(tr("gap between income fifths in: {name}"), {{"name", name}}) : name;
}

/// Money, posts, hours, people: means stand before effects.
viz::StudyBlock means_block(const StudyText& text) {
    viz::StudyBlock b;
    b.title = tr("What the plans have to work with, a year on average");
    b.table.columns = {tr("Arm"), tr("EUR per inhabitant"), tr("posts wanted"), tr("filled"), tr("hours"), tr("people reached")};
    const StageResults& stage = text.futures();
    const double persons = stage.mean(text.base(), "persons");
    for (const int arm : text.arms()) {
        double sum[4] = {};
        const char* what[4] = {"posts_wanted", "posts_filled", "hours", "reached"};
        for (const world::ActionName& action : text.scenario().catalogue->actions)
            for (int i = 0; i < 4; ++i)
                sum[i] += stage.mean(arm, "action:" + action.id + ":" + what[i]);
        double eur = 0;
        for (int y = 0; y < stage.years(); ++y)
            eur += stage.mean(arm, "y" + std::to_string(y) + ":given_eur") / stage.years();
        b.table.rows.push_back({text.short_name(arm), text::number(eur / persons, 2), text::number(sum[0], 1), text::number(sum[1], 1), text::number(sum[2], 0), text::number(sum[3], 0)});
    }
    return b;
}

viz::StudyBlock differences_block(const StudyText& text, bool short_form) {
    viz::StudyBlock b;
    b.table.columns = {tr("Score")};
    for (const int arm : text.arms()) {
        b.table.columns.push_back(text.short_name(arm));
        if (!short_form)
            b.table.columns.push_back(tr("Verdict"));
    }
    for (const measure::Score* score : judged(text)) {
        std::vector<std::string> cells = {score_name(*score)};
        for (const int arm : text.arms()) {
            const decide::ComparedRow row = row_of(text, arm, *score);
            const Range r = row.difference.defined() ? row.difference.uncertainty : Range{std::nan(""), 0, 0};
            cells.push_back(text::range(r, digits_for(r)) + (short_form ? "  " + verdict_words(row.verdict) : ""));
            if (!short_form)
                cells.push_back(verdict_words(row.verdict));
        }
        b.table.rows.push_back(std::move(cells));
    }
    b.how_to_read = short_form ? tr("the difference from today with its 95 % range. \"Same\": the whole range is too small to matter.")
                               : tr("each future is run with and without the plan, with the same people and the same luck; the table shows the difference from today. The range says where the "
                                    "expected difference lies, given that the uncertain numbers are not known; chance is taken out as far as repeats of the same numbers allow. \"Better\" and "
                                    "\"worse\": the range leaves out zero and its middle is large enough to matter. \"Same\": the whole range is too small to matter. \"Cannot tell\": all else.");
    return b;
}

/// Chance, parameters, heterogeneity, structure: never in one number.
viz::StudyBlock parts_block(const StudyText& text) {
    viz::StudyBlock b;
    const int arm = text.plan.target;
    b.title = fill(tr("What the ranges are made of: {arm}"), {{"arm", text.short_name(arm)}});
    b.table.columns = {tr("Score"), tr("chance"), tr("uncertain numbers"), tr("between groups of people"), tr("other structures")};
    const StageResults& main = text.futures();
    for (const measure::Score* score : judged(text)) {
        const std::string number = "score:" + std::string(score->id);
        const decide::Difference whole = main.difference(text.base(), arm, number);
        if (!whole.defined())
            continue;
        std::vector<decide::GroupDifference> groups;
        if (score->which == measure::ScoreId::qaly_per_1000)
            for (const char* g : {"fifth1", "fifth2", "fifth3", "fifth4", "fifth5"}) {
                const std::string name = g;
                std::vector<decide::Outcome> pairs = main.pairs(text.base(), arm, name + ":cohort_qaly");
                const double persons = main.mean(text.base(), name + ":persons");
                for (decide::Outcome& o : pairs)
                    for (decide::Value* v : {&o.base, &o.arm})
                        if (*v && persons > 0)
                            *v = **v / persons * 1000;
                groups.push_back({persons, decide::difference(pairs)});
            }
        std::vector<decide::Difference> structures;
        for (const scenario::StudyStructure& s : text.plan.study.structures) {
            const StageResults& other = text.results.stage("structure:" + s.id);
            std::vector<decide::Outcome> pairs;
            for (const decide::Outcome& o : other.pairs(text.base(), arm, number)) {
                const decide::Value base = main.value(text.base(), o.replicate, number), own = main.value(arm, o.replicate, number);
                if (o.base && o.arm && base && own)
                    pairs.push_back({o.replicate, o.draw, *own - *base, *o.arm - *o.base});
            }
            structures.push_back(decide::difference(pairs));
        }
        const decide::Spread s = decide::spread_of(whole, groups, structures);
        const auto word = [&](bool known, double v) { return known ? text::number(v, text::decimals_for(v, 2, 3)) : std::string("\u2013"); };
        b.table.rows.push_back({score_name(*score), word(s.chance_known, s.chance), word(true, s.parameters), word(s.heterogeneity_known, s.heterogeneity), word(s.structure_known, s.structure)});
    }
    b.how_to_read = tr("standard deviations of the difference, in the unit of the score, each for one reason alone. Chance: futures with the same numbers. Uncertain numbers: the expected difference, over draws. "
                       "Groups: over income fifths (health only). Structures: over sub-models that could be otherwise. A dash: not asked or not known.");
    return b;
}

viz::StudyBlock stop_block(const StudyText& text) {
    viz::StudyBlock b;
    b.title = tr("Would more futures help?");
    const decide::Look look = look_at(text, 1000000);
    b.text = look_words(text, look);
    b.table.columns = {tr("Arm"), tr("against"), tr("Score"), tr("now"), tr("draws needed in all")};
    std::vector<const measure::Score*> scores = judged(text);
    for (const decide::Question& q : look.questions) {
        if (q.outlook.standing == decide::Standing::settled)
            continue;
        const std::string needed = q.outlook.standing == decide::Standing::undecidable ? tr("no number: the uncertain numbers decide")
                                   : q.outlook.draws_needed >= decide::too_many        ? tr("beyond counting")
                                                                                       : text::whole(q.outlook.draws_needed);
        b.table.rows.push_back({text.short_name(q.arm), text.short_name(q.against), score_name(*scores.at(q.row)), verdict_words(q.outlook.shown), needed});
    }
    b.how_to_read = tr("rows whose word could still change, or will stay \"cannot tell\" whatever the number of futures. The number is what it would take if the mean stays where it is now.");
    return b;
}

std::string counts_sentence(const StudyText& text, int arm) {
    int count[5] = {};
    for (const measure::Score* score : judged(text))
        ++count[static_cast<int>(row_of(text, arm, *score).verdict)];
    return fill(tr("{arm}: {better} better, {worse} worse, {same} the same, {unknown} cannot tell."),
                {{"arm", text.short_name(arm)}, {"better", count[0]}, {"worse", count[1]}, {"same", count[2]}, {"unknown", count[3]}});
}

/// What an evaluation of this one area could have seen of the plan that is explained. A sample has more chance than its area, in proportion to
/// the root of its share: people outside households share no luck.
std::string seen_words(const StudyText& text) {
    std::vector<std::string> seen;
    for (const measure::Score* score : judged(text)) {
        const decide::ComparedRow row = row_of(text, text.plan.target, *score);
        if (!row.detectability.defined || row.verdict == decide::Verdict::same)
            continue;
        const double smallest = row.detectability.smallest_seen / std::sqrt(static_cast<double>(text.plan.study.sample));
        if (std::fabs(row.difference.expected) > smallest)
            seen.push_back(score_name(*score));
    }
    return seen.empty() ? tr("An evaluation in this one area could have seen no row.") : fill(tr("An evaluation in this one area could have seen: {scores}."), {{"scores", text::list(seen)}});
}

std::string answer_sure(const StudyText& text) {
    std::string out;
    for (const int arm : text.arms())
        out += (out.empty() ? "" : " ") + counts_sentence(text, arm);
    return out;
}

}  // namespace

viz::StudyPage brief_sure(const StudyText& text) {
    viz::StudyPage page;
    page.question = tr("How sure are you?");
    page.answer = answer_sure(text);
    page.blocks.push_back(means_block(text));
    page.blocks.push_back(differences_block(text, true));
    viz::StudyBlock last;
    last.points = {look_words(text, look_at(text, 1000000)), seen_words(text)};
    page.blocks.push_back(std::move(last));
    return page;
}

viz::StudyPage page_differences(const StudyText& text) {
    viz::StudyPage page;
    page.question = tr("What would each plan change?");
    page.answer = answer_sure(text);
    page.blocks.push_back(means_block(text));
    page.blocks.push_back(differences_block(text, false));
    return page;
}

viz::StudyPage page_sure(const StudyText& text) {
    viz::StudyPage page;
    page.question = tr("Where do the ranges come from, and would more futures help?");
    page.blocks.push_back(parts_block(text));
    page.blocks.push_back(stop_block(text));
    viz::StudyBlock three;
    three.title = tr("Three ranges that are never mixed");
    three.points = {tr("Error of the simulation: how well the expected difference is known; shrinks with more futures."),
                    tr("Uncertainty: where the expected difference lies, given what is not known of the numbers; this is what the tables show."),
                    tr("What an evaluation of this one area could see: compared with the chance of a single area; see the table of `./tresse compare`.")};
    page.blocks.push_back(std::move(three));
    return page;
}

viz::StudyReport study_report(const StudyText& text, const store::Manifest& manifest) {
    viz::StudyReport r;
    const scenario::Scenario& s = text.scenario();
    r.title = text::tr(text.plan.study.title);
    r.subtitle = fill(tr("{question} {area}, {years} years from {month}."),
                      {{"question", text::tr(s.question)}, {"area", text::tr(s.area.name)}, {"years", text::number(s.policy_months / 12.0, s.policy_months % 12 == 0 ? 0 : 1)}, {"month", text::month_name(s.start)}});
    const auto draws = text.futures().draws(text.base(), text.plan.target);
    r.facts = fill(tr("Study {study} \u00b7 run {run} \u00b7 {date} \u00b7 {draws} draws of {numbers} uncertain numbers, {futures} each \u00b7 euros of {year}"),
                   {{"study", text.plan.study.id}, {"run", text.run}, {"date", date_words(manifest.started)}, {"draws", static_cast<int>(draws.size())},
                    {"numbers", static_cast<int>(text.futures().design().keys.size())}, {"futures", text::futures(text.futures().design().repeats)}, {"year", std::to_string(s.euros_of)}});
    if (text.plan.study.sample > 1)
        r.warnings.push_back(fill(tr("A sketch: one household in {n} was simulated, providers in proportion. Chance is larger than in the area. Means of people are the same; what hangs on thresholds (a savings share, a budget, places of an action) is not."), {{"n", text.plan.study.sample}}));
    if (s.too_small_for_policy())
        r.warnings.push_back(too_small_words(s));
    for (const std::string& remark : s.area.remarks)
        r.warnings.push_back(remark);
    r.sure = brief_sure(text), r.why = brief_why(text), r.who = brief_who(text);
    r.pages = {page_differences(text), page_sure(text), page_why(text), page_inputs(text), page_money(text), page_for_whom(text), page_robust(text)};
    std::erase_if(r.pages, [](const viz::StudyPage& p) { return p.question.empty(); });
    r.foot = fill(tr("Effects are borrowed from trials elsewhere; totals are fitted to Belgium; nobody was asked. Version {version}, result {result}."),
                  {{"version", manifest.version}, {"result", hex(text.results.hash, 8)}});
    return r;
}

}  // namespace tresse::app
