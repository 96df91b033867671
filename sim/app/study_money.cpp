#include <algorithm>
#include <cmath>
#include <optional>

#include "study_pages.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/decide/economics.hpp"

/// Cost per quality-adjusted year, acceptability, value of information, and who pays in which year.
namespace tresse::app {

namespace {

using decide::CostEffect;
using text::fill;
using text::tr;

/// Differences from the base by draw and arm (the base first, all 0), chance taken out where draws were repeated.
struct ByDraw {
    std::vector<int> arms;       ///< the base, then the others
    std::vector<int> draws;
    decide::Draws results;       ///< [draw][arm]
    std::vector<Range> eur, qaly;  ///< by arm: where the expected difference lies
    bool separated = false;
};

ByDraw by_draw(const StudyText& text, const StageResults& stage, decide::Rates rates) {
    ByDraw out;
    out.arms = {text.base()};
    const auto list = text.arms();
    out.arms.insert(out.arms.end(), list.begin(), list.end());
    if (stage.empty() || list.empty())
        return out;
    out.draws = stage.draws(text.base(), list.front());
    out.results.assign(out.draws.size(), std::vector<CostEffect>(out.arms.size()));
    out.eur.resize(out.arms.size()), out.qaly.resize(out.arms.size());
    for (std::size_t a = 1; a < out.arms.size(); ++a) {
        std::vector<std::vector<double>> eur(out.draws.size()), qaly(out.draws.size());
        std::vector<decide::Outcome> eur_pairs, qaly_pairs;
        for (const decide::Outcome& o : stage.pairs(text.base(), out.arms[a], "persons")) {
            const auto row = static_cast<std::size_t>(std::lower_bound(out.draws.begin(), out.draws.end(), o.draw) - out.draws.begin());
            if (row >= out.draws.size() || out.draws[row] != o.draw)
                continue;
            double money[2] = {}, health[2] = {};
            for (const int side : {0, 1}) {
                const int arm = side ? out.arms[a] : text.base();
                money[side] = decide::present_value(stage.by_year(arm, o.replicate, "cohort_eur"), rates.cost) +
                              decide::present_value(stage.by_year(arm, o.replicate, "programme_eur"), rates.cost);
                health[side] = decide::present_value(stage.by_year(arm, o.replicate, "cohort_qaly"), rates.health);
            }
            eur[row].push_back(money[1] - money[0]);
            qaly[row].push_back(health[1] - health[0]);
            eur_pairs.push_back({o.replicate, o.draw, money[0], money[1]});
            qaly_pairs.push_back({o.replicate, o.draw, health[0], health[1]});
        }
        out.eur[a] = decide::difference(eur_pairs).uncertainty, out.qaly[a] = decide::difference(qaly_pairs).uncertainty;
        const decide::Expected e = decide::expected_by_draw(eur), q = decide::expected_by_draw(qaly);
        out.separated = e.separated;
        for (std::size_t d = 0; d < out.draws.size(); ++d)
            out.results[d][a] = {e.by_draw[d], q.by_draw[d]};
    }
    return out;
}

CostEffect mean_of(const decide::Draws& draws, std::size_t arm) {
    CostEffect sum;
    for (const auto& d : draws)
        sum.eur += d[arm].eur / static_cast<double>(draws.size()), sum.qaly += d[arm].qaly / static_cast<double>(draws.size());
    return sum;
}

/// The ratio of the means, when the range of the health gained leaves out zero.
std::string ratio_words(const CostEffect& x, const Range& health) {
    if (health.low <= 0 && health.high >= 0)
        return x.eur > 0 ? tr("costs more; health not told from zero") : tr("costs less; health not told from zero");
    if (x.qaly > 0 && x.eur > 0)
        return text::number(x.eur / x.qaly, 0);
    if (x.qaly > 0)
        return tr("costs less and gives more");
    if (x.eur > 0)
        return tr("costs more and gives less");
    return x.qaly == 0 ? std::string("\u2013") : fill(tr("saves {eur} for each year lost"), {{"eur", text::number(x.eur / x.qaly, 0)}});
}

std::string rates_words(decide::Rates r) {
    return text::percent(r.cost, 1) + " / " + text::percent(r.health, 1);
}

std::vector<double> thresholds_of(const StudyText& text) {
    std::vector<double> out;
    const scenario::StudyEconomics& e = text.plan.study.economics;
    for (double x = 0; x <= e.threshold_to_eur * (1 + 1e-9); x += e.threshold_step_eur)
        out.push_back(x);
    return out;
}

viz::StudyBlock ratios_block(const StudyText& text, const StageResults& stage, const std::string& horizon) {
    viz::StudyBlock b;
    b.title = horizon;
    b.table.columns = {tr("Arm"), tr("discount: cost / health"), tr("EUR million more"), tr("quality-adjusted years more"), tr("EUR per year gained")};
    for (const decide::Rates rates : decide::kce_rates) {
        const ByDraw d = by_draw(text, stage, rates);
        for (std::size_t a = 1; a < d.arms.size() && !d.results.empty(); ++a) {
            const Range re{d.eur[a].middle / 1e6, d.eur[a].low / 1e6, d.eur[a].high / 1e6}, &rq = d.qaly[a];
            b.table.rows.push_back({text.short_name(d.arms[a]), rates_words(rates), text::range(re, digits_for(re)), text::range(rq, digits_for(rq)), ratio_words(mean_of(d.results, a), rq)});
        }
    }
    b.how_to_read = tr("for all people alive at the start, against today, with 95 % ranges of the expected difference. The first rate discounts costs, the second health; the first line of each arm is the Belgian reference case. "
                       "Care is counted at what was billed for these people, whoever pays; fixed hospital budgets do not move. Where the years gained may be nothing there is no ratio: see the curves.");
    return b;
}

void curves(const StudyText& text, const ByDraw& d, std::vector<viz::StudyBlock>& out) {
    const std::vector<double> at = thresholds_of(text);
    const auto rows = decide::acceptability(d.results, at);
    std::vector<double> x;
    std::vector<Curve> shares(d.arms.size()), benefit(d.arms.size());
    Curve perfect{tr("perfect information"), {}};
    const double persons = text.futures().mean(text.base(), "persons");
    for (std::size_t a = 0; a < d.arms.size(); ++a)
        shares[a].name = benefit[a].name = text.short_name(d.arms[a]);
    for (const decide::AcceptabilityAt& row : rows) {
        x.push_back(row.eur_per_qaly / 1000);
        for (std::size_t a = 0; a < d.arms.size(); ++a) {
            shares[a].y.push_back(row.share[a] * 100);
            benefit[a].y.push_back(row.benefit[a].middle / persons);
        }
        perfect.y.push_back(row.perfect / persons);
    }
    viz::StudyBlock one, two, three;
    one.figure = curve_figure("acceptability", tr("How often each plan is the best buy"), tr("thousand EUR that a quality-adjusted year is worth"), tr("% of draws"), x, shares,
                              tr("choose what a quality-adjusted year is worth to you (Belgium has no fixed value) and read upwards how often each plan gives most for it."));
    two.figure = curve_figure("net-benefit", tr("Expected net benefit against today"), tr("thousand EUR that a quality-adjusted year is worth"), tr("EUR per inhabitant, whole period"), x, benefit,
                              tr("the highest line is the plan to choose at that value, if you only look at the expectation; where lines cross, the choice changes."));
    three.figure = curve_figure("perfect-information", tr("What it would be worth to know everything"), tr("thousand EUR that a quality-adjusted year is worth"), tr("EUR per inhabitant, whole period"), x, {perfect},
                                tr("the most that research on the uncertain numbers could be worth, per inhabitant of this area; zero means that no finding would change the choice."));
    out.push_back(std::move(one)), out.push_back(std::move(two)), out.push_back(std::move(three));
}

viz::StudyBlock frontier_block(const StudyText& text, const ByDraw& d) {
    viz::StudyBlock b;
    b.title = tr("Which plans could be a good buy at some value");
    b.table.columns = {tr("Arm"), tr("EUR million more"), tr("quality-adjusted years more"), tr("place"), tr("EUR per year gained, from the one before")};
    std::vector<CostEffect> means;
    for (std::size_t a = 0; a < d.arms.size(); ++a)
        means.push_back(mean_of(d.results, a));
    std::vector<std::string> unclear;
    for (const decide::OnFrontier& f : decide::frontier(means)) {
        const std::string place = f.place == decide::Place::on_frontier ? tr("on the frontier") : f.place == decide::Place::dominated ? tr("another costs less and gives more") : tr("a mix of two others is better");
        const bool told = f.arm == 0 || d.qaly[f.arm].low > 0 || d.qaly[f.arm].high < 0;
        if (!told)
            unclear.push_back(text.short_name(d.arms[f.arm]));
        b.table.rows.push_back({text.short_name(d.arms[f.arm]), text::signed_number(means[f.arm].eur / 1e6, 2), text::signed_number(means[f.arm].qaly, 1), place, f.icer && told && unclear.empty() ? text::number(*f.icer, 0) : "\u2013"});
    }
    if (!unclear.empty())
        b.text = fill(tr("Health not told from zero: {arms}. Places and order may be chance, and no ratio is given from there on."), {{"arms", text::list(unclear)}});
    b.how_to_read = tr("expected values at the rates of the reference case, cheapest first. Only plans on the frontier are the best buy at some value of a year.");
    return b;
}

viz::StudyBlock plane_block(const StudyText& text, const ByDraw& d) {
    std::vector<Cloud> clouds;
    for (std::size_t a = 1; a < d.arms.size(); ++a) {
        Cloud c{text.short_name(d.arms[a]), {}, {}};
        for (const auto& draw : d.results)
            c.x.push_back(draw[a].qaly), c.y.push_back(draw[a].eur / 1e6);
        clouds.push_back(std::move(c));
    }
    viz::StudyBlock b;
    b.figure = cloud_figure("cost-effect-plane", tr("Costs and health, every draw a cross"), tr("quality-adjusted years more"), tr("EUR million more"), clouds,
                            tr("right is more health, up is more cost. Crosses on both sides of a line mean that even the sign is not known."));
    return b;
}

viz::StudyBlock partial_block(const StudyText& text, const ByDraw& d) {
    viz::StudyBlock b;
    b.title = tr("What it would be worth to know one number");
    const double worth = text.plan.study.equity.eur_per_qaly_forgone.value, persons = text.futures().mean(text.base(), "persons");
    b.table.columns = {tr("Input"), tr("EUR per inhabitant, whole period"), tr("an input without meaning gives"), tr("clear?")};
    std::vector<std::vector<double>> benefit;
    for (const auto& draw : d.results) {
        benefit.emplace_back();
        for (const CostEffect& x : draw)
            benefit.back().push_back(decide::net_benefit(x, worth));
    }
    const auto& keys = text.futures().design().keys;
    for (const std::string& key : telling_inputs(text.plan, text.futures(), 8)) {
        const auto at = static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
        std::vector<double> input;
        for (const int draw : d.draws)
            input.push_back(text.futures().point(draw)[at]);
        if (const auto p = decide::partial_information(benefit, input, text.scenario().seed))
            b.table.rows.push_back({input_name(text.plan, key), text::number(p->value / persons, 2), text::number(p->noise / persons, 2), p->clear() ? tr("yes") : tr("no")});
    }
    if (b.table.rows.empty()) {
        b.table = {};
        b.text = tr("Not computed: at least 30 draws are needed.");
        return b;
    }
    b.how_to_read = fill(tr("expected gain from knowing this number before choosing, at {eur} EUR per quality-adjusted year. \"No\": with so many draws an input without any meaning could give as much."), {{"eur", text::number(worth, 0)}});
    return b;
}

viz::StudyBlock budget_block(const StudyText& text, bool short_form = false) {
    viz::StudyBlock b;
    const StageResults& stage = text.futures();
    b.title = fill(tr("Who pays more, year by year: {arm}"), {{"arm", text.short_name(text.plan.target)}});
    b.table.columns = {tr("million EUR more than today")};
    const int years = stage.years();
    std::vector<int> shown;
    for (int y = 0; y < years; ++y)
        if (short_form ? y == 0 || y == 4 || y == years - 1 : years <= 6 || y < 3 || y == 4 || y == years - 1)
            shown.push_back(y), b.table.columns.push_back(fill(tr("year {n}"), {{"n", y + 1}}));
    const auto row = [&](const std::string& name, const std::string& number) {
        std::vector<std::string> cells = {name};
        bool any = false;
        for (const int y : shown) {
            const decide::Difference d = stage.difference(text.base(), text.plan.target, "y" + std::to_string(y) + ":" + number);
            const double scale = 1e-6;
            const Range r{d.expected * scale, d.uncertainty.low * scale, d.uncertainty.high * scale};
            any = any || (d.defined() && std::fabs(r.middle) >= 0.005);
            cells.push_back(d.defined() ? text::range(r, std::max(1, digits_for(r))) : "\u2013");
        }
        if (any)
            b.table.rows.push_back(std::move(cells));
    };
    const world::Catalogue& c = *text.scenario().catalogue;
    for (int a = 0; a < c.first_flow; ++a)
        if (c.accounts[static_cast<std::size_t>(a)].level != world::Level::organisation)
            row(text::tr(c.accounts[static_cast<std::size_t>(a)].name), "account:" + c.accounts[static_cast<std::size_t>(a)].id);
    row(tr("sickness and disability benefits (beside it)"), "benefits");
    b.how_to_read = tr("cash of each body, not discounted, everyone who lives here; above zero it pays more than today. Benefits stand beside health care and are never added to it.");
    return b;
}

}  // namespace

viz::StudyBlock who_pays(const StudyText& text) {
    viz::StudyBlock b = budget_block(text, true);
    b.how_to_read = tr("above zero a body pays more than today; cash, not discounted.");
    return b;
}

viz::StudyPage page_money(const StudyText& text) {
    viz::StudyPage page;
    page.question = tr("Is it worth its money, and who pays?");
    const ByDraw d = by_draw(text, text.futures(), decide::kce_rates[0]);
    if (d.results.empty() || d.arms.size() < 2)
        return page;
    const auto target = static_cast<std::size_t>(std::find(d.arms.begin(), d.arms.end(), text.plan.target) - d.arms.begin());
    const CostEffect m = mean_of(d.results, target);
    page.answer = fill(tr("{arm}: {eur} EUR million and {qaly} quality-adjusted years against today; EUR per year gained: {ratio}."),
                       {{"arm", text.short_name(text.plan.target)}, {"eur", text::signed_number(m.eur / 1e6, 2)}, {"qaly", text::signed_number(m.qaly, 1)}, {"ratio", ratio_words(m, d.qaly[target])}});
    viz::StudyBlock chance;
    chance.text = d.separated ? tr("Chance is taken out of the draws by the repeats, so that the curves show what is not known, not the dice.") : tr("Draws were not repeated: chance is inside the curves, which makes all choices look less certain than they are.");
    page.blocks.push_back(std::move(chance));
    page.blocks.push_back(ratios_block(text, text.futures(), tr("Over the horizon of the scenario")));
    const StageResults& life = text.results.stage("lifetime");
    if (!life.empty()) {
        page.blocks.push_back(ratios_block(text, life, fill(tr("Over a lifetime: until the last of those alive today has died, {years} years at most"), {{"years", life.design().months / 12}})));
        page.blocks.back().text = fill(tr("{draws} draws, one household in {sample}; programmes go on as in the last year of the policy. So few draws say more of the size than of the range."), {{"draws", static_cast<int>(life.design().points.size())}, {"sample", life.design().sample}});
    }
    page.blocks.push_back(frontier_block(text, d));
    page.blocks.push_back(plane_block(text, d));
    curves(text, d, page.blocks);
    page.blocks.push_back(partial_block(text, d));
    page.blocks.push_back(budget_block(text));
    return page;
}

}  // namespace tresse::app
