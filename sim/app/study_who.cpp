#include <algorithm>
#include <cmath>

#include "study_pages.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/decide/equity_impact.hpp"

/// For whom: groups, what is given up elsewhere, aversion to inequality, winners and losers.
namespace tresse::app {

namespace {

using decide::Aversion;
using decide::Group;
using text::fill;
using text::tr;

constexpr const char* fifths[] = {"fifth1", "fifth2", "fifth3", "fifth4", "fifth5"};

std::string group_name(const std::string& id) {
    if (id == "fifth1")
        return tr("Lowest income fifth");
    if (id == "fifth5")
        return tr("Highest income fifth");
    if (id.starts_with("fifth"))
        return fill(tr("Income fifth {n}"), {{"n", id.substr(5)}});
    if (id == "increased_reimbursement")
        return tr("Increased reimbursement");
    if (id == "ordinary")
        return tr("Others");
    return id == "women" ? tr("Women") : tr("Men");
}

/// Difference of a number of a group, a person of the group. `scale` 1000 for years per 1,000.
decide::Difference per_person(const StudyText& text, int arm, const std::string& group, const std::string& what, double scale) {
    const StageResults& stage = text.futures();
    const double persons = stage.mean(text.base(), group + ":persons");
    std::vector<decide::Outcome> pairs = stage.pairs(text.base(), arm, group + ":" + what);
    for (decide::Outcome& o : pairs)
        for (decide::Value* v : {&o.base, &o.arm})
            if (*v && persons > 0)
                *v = **v / persons * scale;
    return decide::difference(pairs);
}

std::string group_word(const decide::Difference& d, double smallest) {
    switch (decide::verdict_of(d.uncertainty, smallest)) {
    case decide::Verdict::better:
        return tr("gains");
    case decide::Verdict::worse:
        return tr("loses");
    case decide::Verdict::same:
        return tr("same");
    default:
        return tr("cannot tell");
    }
}

viz::StudyBlock groups_block(const StudyText& text, bool all_groups) {
    viz::StudyBlock b;
    const int arm = text.plan.target;
    b.title = fill(tr("Groups of people: {arm}"), {{"arm", text.short_name(arm)}});
    b.table.columns = {tr("Group"), tr("quality-adjusted years per 1 000 people"), tr("word"), tr("own payments, EUR a head and year"), tr("went without care, points")};
    const double smallest = text.ruler("qaly_per_1000").smallest_difference, years = std::max(1, text.futures().years());
    std::vector<std::string> groups(std::begin(fifths), std::end(fifths));
    if (all_groups)
        for (const char* more : {"increased_reimbursement", "ordinary", "women", "men"})
            groups.emplace_back(more);
    for (const std::string& g : groups) {
        const decide::Difference q = per_person(text, arm, g, "cohort_qaly", 1000), own = per_person(text, arm, g, "own_eur", 1 / years), without = text.futures().difference(text.base(), arm, g + ":went_without");
        b.table.rows.push_back({group_name(g), text::range(q.uncertainty, digits_for(q.uncertainty)), group_word(q, smallest), text::range(own.uncertainty, digits_for(own.uncertainty)), text::range(without.uncertainty, digits_for(without.uncertainty))});
    }
    b.how_to_read = tr("what the group can expect against today, with its 95 % range; nobody's own health can be compared, since one person lives one life. Income fifths are those of the start, in all arms.");
    return b;
}

/// Groups of an arm, poorest first, with the health of the base and the expected gain a person.
std::vector<Group> groups_of(const StudyText& text, int arm) {
    std::vector<Group> out;
    const StageResults& stage = text.futures();
    for (const char* name : fifths) {
        Group g;
        const std::string id = name;
        g.persons = stage.mean(text.base(), id + ":persons");
        g.health = g.persons > 0 ? stage.mean(text.base(), id + ":cohort_qaly") / g.persons : 0;
        g.gain = arm == text.base() ? 0 : per_person(text, arm, id, "cohort_qaly", 1).expected;
        out.push_back(g);
    }
    return out;
}

double extra_cost(const StudyText& text, int arm) {
    double sum = 0;
    const StageResults& stage = text.futures();
    for (int y = 0; y < stage.years() && arm != text.base(); ++y)
        for (const char* what : {"cohort_eur", "programme_eur"})
            sum += stage.difference(text.base(), arm, "y" + std::to_string(y) + ":" + what).expected;
    return sum;
}

std::vector<Group> net_groups(const StudyText& text, int arm, double eur_per_qaly) {
    return decide::after_forgone(groups_of(text, arm), extra_cost(text, arm), eur_per_qaly);
}

/// Years an inhabitant gains after the care that the extra money displaces: where the expectation lies. Unit: years per 1,000 people.
Range net_range(const StudyText& text, int arm, double eur_per_qaly) {
    const StageResults& stage = text.futures();
    double persons = 0;
    for (const char* fifth : fifths)
        persons += stage.mean(text.base(), std::string(fifth) + ":persons");
    const auto years = [&](int of, int future) {
        double out = 0;
        for (const char* fifth : fifths)
            out += stage.value(of, future, std::string(fifth) + ":cohort_qaly").value_or(0);
        for (int y = 0; y < stage.years(); ++y)
            for (const char* what : {"cohort_eur", "programme_eur"})
                out -= stage.value(of, future, "y" + std::to_string(y) + ":" + what).value_or(0) / eur_per_qaly;
        return out * 1000 / persons;
    };
    std::vector<decide::Outcome> pairs;
    for (const decide::Outcome& o : stage.pairs(text.base(), arm, "persons"))
        pairs.push_back({o.replicate, o.draw, years(text.base(), o.replicate), years(arm, o.replicate)});
    return decide::difference(pairs).uncertainty;
}

viz::StudyBlock equal_block(const StudyText& text) {
    const scenario::StudyEquity& e = text.plan.study.equity;
    std::vector<double> x;
    for (double a = 0; a <= e.aversion_to * (1 + 1e-9); a += e.aversion_step)
        x.push_back(a);
    std::vector<Curve> curves;
    for (const int arm : text.arms()) {
        Curve c{text.short_name(arm), {}};
        const auto groups = net_groups(text, arm, e.eur_per_qaly_forgone.value);
        for (const double a : x) {
            const auto before = decide::equal_equivalent(groups, a, Aversion::relative, false), after = decide::equal_equivalent(groups, a, Aversion::relative, true);
            c.y.push_back(before && after ? (*after - *before) * 1000 : std::nan(""));
        }
        curves.push_back(std::move(c));
    }
    viz::StudyBlock b;
    b.figure = curve_figure("equal-equivalent", tr("Gain for those who mind inequality"), tr("aversion to inequality (Atkinson)"), tr("quality-adjusted years per 1 000 people, equally spread"), x, curves,
                            tr("at 0 only the total counts; further right a year for the poorest counts more. The height is what an equally spread gain of the same worth would be, after the care that the extra money displaces."));
    return b;
}

viz::StudyBlock impact_block(const StudyText& text) {
    viz::StudyBlock b;
    const scenario::StudyEquity& e = text.plan.study.equity;
    b.title = tr("Health and equity together");
    b.table.columns = {tr("Arm"), tr("a year costs elsewhere"), tr("net gain, years per 1 000"), tr("gap between fifths narrows by"), tr("worth of less inequality")};
    for (const int arm : text.arms())
        for (const double price : {e.eur_per_qaly_forgone.low, e.eur_per_qaly_forgone.value, e.eur_per_qaly_forgone.high}) {
            const decide::Impact i = decide::impact(net_groups(text, arm, price), 10, Aversion::relative);
            const Range net = net_range(text, arm, price);
            b.table.rows.push_back({text.short_name(arm), text::number(price, 0) + " EUR", text::range(net, 2), text::signed_number(i.slope * 1000, 2), text::signed_number(i.equity * 1000, 2)});
        }
    std::vector<int> all = {text.base()};
    const auto list = text.arms();
    all.insert(all.end(), list.begin(), list.end());
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            const auto flip = decide::flip_aversion(net_groups(text, all[i], e.eur_per_qaly_forgone.value), net_groups(text, all[j], e.eur_per_qaly_forgone.value), e.aversion_to, Aversion::relative);
            b.points.push_back(flip ? fill(tr("{a} and {b} change places at an aversion of {x}."), {{"a", text.short_name(all[i])}, {"b", text.short_name(all[j])}, {"x", text::number(*flip, 1)}})
                                    : fill(tr("{a} and {b} keep their order at every aversion up to {x}."), {{"a", text.short_name(all[i])}, {"b", text.short_name(all[j])}, {"x", text::number(e.aversion_to, 0)}}));
        }
    b.how_to_read = tr("extra money is taken from other care, which costs so many years by head of the population; three prices, since Belgium has none. Right columns: years per 1 000 people between the lowest and the highest end of income (above zero: the gap narrows), and what the smaller gap is worth at an aversion of 10.");
    return b;
}

viz::StudyBlock plane_block(const StudyText& text) {
    const StageResults& stage = text.futures();
    std::vector<Cloud> clouds;
    for (const int arm : text.arms()) {
        Cloud c{text.short_name(arm), {}, {}};
        std::map<int, std::pair<std::array<double, 5>, int>> draws;
        for (std::size_t g = 0; g < 5; ++g) {
            const double persons = stage.mean(text.base(), std::string(fifths[g]) + ":persons");
            for (const decide::Outcome& o : stage.pairs(text.base(), arm, std::string(fifths[g]) + ":cohort_qaly"))
                if (o.base && o.arm && persons > 0)
                    draws[o.draw].first[g] += (*o.arm - *o.base) / persons, draws[o.draw].second += g == 0;
        }
        const auto groups = groups_of(text, arm);
        for (const auto& [draw, sum] : draws) {
            auto here = groups;
            for (std::size_t g = 0; g < 5 && sum.second > 0; ++g)
                here[g].gain = sum.first[g] / sum.second;
            const decide::Impact i = decide::impact(here, 10, Aversion::relative);
            c.x.push_back(i.slope * 1000), c.y.push_back(i.mean * 1000);
        }
        clouds.push_back(std::move(c));
    }
    viz::StudyBlock b;
    b.figure = cloud_figure("equity-impact-plane", tr("Equity-impact plane, every draw a cross"), tr("gap between fifths narrows by, years per 1 000"), tr("gain, years per 1 000"), clouds,
                            tr("up is more health, right is a smaller gap between poor and rich; upper right is good for both, lower right trades health for equity. Before what is displaced elsewhere; crosses hold chance as well."));
    return b;
}

viz::StudyBlock persons_block(const StudyText& text) {
    viz::StudyBlock b;
    b.title = tr("Winners and losers in money, person by person");
    b.table.columns = {tr("Arm"), tr("pay at least 25 EUR a year less"), tr("pay at least 25 EUR a year more"), tr("less, EUR a year"), tr("more, EUR a year")};
    const StageResults& stage = text.futures();
    for (const int arm : text.arms()) {
        const double less = stage.mean(arm, "persons:pay_less"), more = stage.mean(arm, "persons:pay_more");
        if (std::isnan(less))
            continue;
        b.table.rows.push_back({text.short_name(arm), text::percent(less, 1), text::percent(more, 1), text::number(stage.mean(arm, "persons:eur_less"), 0), text::number(stage.mean(arm, "persons:eur_more"), 0)});
    }
    b.how_to_read = tr("each person of today's population with and without the plan, with the same luck: own shares of statutory fees a year on average, before refunds above the household's ceiling. Who lives longer pays longer.");
    return b;
}

std::string who_answer(const StudyText& text) {
    std::vector<std::string> gains, loses;
    const double smallest = text.ruler("qaly_per_1000").smallest_difference;
    for (const char* g : {"fifth1", "fifth2", "fifth3", "fifth4", "fifth5", "increased_reimbursement"}) {
        const decide::Difference d = per_person(text, text.plan.target, g, "cohort_qaly", 1000);
        const decide::Verdict v = decide::verdict_of(d.uncertainty, smallest);
        if (v == decide::Verdict::better)
            gains.push_back(group_name(g));
        if (v == decide::Verdict::worse)
            loses.push_back(group_name(g));
    }
    std::string out = fill(tr("{arm} against today:"), {{"arm", text.short_name(text.plan.target)}}) + " ";
    out += gains.empty() ? tr("no income group gains health by a size that matters") : fill(tr("health is gained by {groups}"), {{"groups", text::list(gains)}});
    out += "; " + (loses.empty() ? tr("none can be said to lose health") : fill(tr("health is lost by {groups}"), {{"groups", text::list(loses)}}));
    const double less = text.futures().mean(text.plan.target, "persons:pay_less"), more = text.futures().mean(text.plan.target, "persons:pay_more");
    if (std::isfinite(less))
        out += "; " + fill(tr("{less} of people pay at least 25 EUR a year less for care, {more} pay so much more"), {{"less", text::percent(less, 1)}, {"more", text::percent(more, 1)}});
    return out + ".";
}

}  // namespace

viz::StudyPage brief_who(const StudyText& text) {
    viz::StudyPage page;
    page.question = tr("Who gains, who loses?");
    page.answer = who_answer(text);
    page.blocks.push_back(groups_block(text, false));
    page.blocks.push_back(who_pays(text));
    return page;
}

viz::StudyPage page_for_whom(const StudyText& text) {
    viz::StudyPage page;
    page.question = tr("For whom?");
    page.answer = who_answer(text);
    page.blocks = {groups_block(text, true), persons_block(text), impact_block(text), equal_block(text), plane_block(text)};
    return page;
}

}  // namespace tresse::app
