#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

Ink level_ink(world::Level level) {
    switch (level) {
    case world::Level::federal:
        return plain(0x0072B2);
    case world::Level::federated:
        return plain(0x009E73);
    case world::Level::local:
        return plain(0xE69F00);
    case world::Level::private_:
        return plain(0xCC79A7);
    case world::Level::organisation:
        return plain(0x56B4E9);
    case world::Level::flow:
        break;
    }
    return ink(Role::untold);
}

/// As everywhere: orange costs more, blue less.
const Ink more_ink = plain(0xD55E00, 0.5), less_ink = plain(0x0072B2, 0.5);

std::string account_name(const world::Catalogue& c, int account) {
    const world::Account& a = c.accounts[static_cast<std::size_t>(account)];
    return a.name.empty() ? a.id : tr(a.name);
}

std::string rule_name(const world::Catalogue& c, int rule) {
    if (rule < 0)
        return "\u2013";
    const auto i = static_cast<std::size_t>(rule);
    return i < c.rule_names.size() && !c.rule_names[i].empty() ? tr(c.rule_names[i]) : c.rules[i];
}

/// Money for care and programmes; what only fills the payers' purses is left out.
std::vector<Flow> shown_flows(const Context& c, bool difference) {
    const world::Catalogue& cat = c.snapshot->compared.catalogue();
    std::vector<Flow> all = flows_of(*c.snapshot, arm_of(c), c.snapshot->year_of(c.state.month), difference), out;
    for (const Flow& f : all)
        if (f.payer < cat.first_flow)
            out.push_back(f);
    return out;
}

/// Nodes of a column: the largest stand alone, the rest together.
struct Column {
    std::vector<int> keep;
    std::set<int> kept;
};
Column largest(const std::map<int, double>& sums, std::size_t most, double least_share) {
    std::vector<std::pair<double, int>> order;
    for (const auto& [id, sum] : sums)
        order.emplace_back(-std::fabs(sum), id);
    std::sort(order.begin(), order.end());
    Column out;
    double all = 0;
    for (const auto& [sum, id] : order)
        all -= sum;
    for (std::size_t i = 0; i < std::min(most, order.size()) && -order[i].first >= all * least_share; ++i) {
        out.keep.push_back(order[i].second);
        out.kept.insert(order[i].second);
    }
    return out;
}

FlowChart chart_of(const Context& c, const std::vector<Flow>& list, bool difference) {
    const world::Catalogue& cat = c.snapshot->compared.catalogue();
    std::map<int, double> payers, rules, payees;
    for (const Flow& f : list)
        payers[f.payer] += std::fabs(f.amount), rules[f.rule] += std::fabs(f.amount),
            payees[f.payee] += std::fabs(f.amount);
    const double least = difference ? 0.015 : 0.008;
    const std::size_t most = difference ? 8 : 10;
    const Column left = largest(payers, 7, least), middle = largest(rules, most, least),
                 right = largest(payees, most, least);
    FlowChart chart;
    chart.unit = tr("million EUR a year");
    chart.columns = {tr("who pays"), tr("by which rule"), tr("who receives")};
    double total = 0;
    for (const auto& [id, sum] : payers)
        total += sum;
    chart.digits = total > 100 ? 0 : total > 10 ? 1 : 2;
    std::map<std::pair<int, int>, int> node;
    const auto add_nodes = [&](const Column& column, std::size_t all, int where, auto&& name, auto&& colour) {
        for (const int id : column.keep) {
            node[{where, id}] = static_cast<int>(chart.nodes.size());
            chart.nodes.push_back({name(id), where, colour(id)});
        }
        if (column.keep.size() < all) {
            node[{where, -99}] = static_cast<int>(chart.nodes.size());
            chart.nodes.push_back({tr("others"), where, ink(Role::untold)});
        }
    };
    const auto account = [&](int id) { return account_name(cat, id); };
    add_nodes(left, payers.size(), 0, account,
              [&](int id) { return level_ink(cat.accounts[static_cast<std::size_t>(id)].level); });
    add_nodes(
        middle, rules.size(), 1, [&](int id) { return rule_name(cat, id); }, [](int) { return ink(Role::faint); });
    add_nodes(right, payees.size(), 2, account, [&](int id) {
        return id < cat.first_flow ? level_ink(cat.accounts[static_cast<std::size_t>(id)].level) : ink(Role::muted);
    });
    const auto at = [&](const Column& column, int where, int id) {
        return node.at({where, column.kept.contains(id) ? id : -99});
    };
    std::map<std::pair<int, int>, std::pair<double, double>> links;  // all, and with its sign
    std::map<int, double> net;
    for (const Flow& f : list) {
        const int a = at(left, 0, f.payer), b = at(middle, 1, f.rule), d = at(right, 2, f.payee);
        for (const auto& key : {std::pair{a, b}, std::pair{b, d}}) {
            links[key].first += std::fabs(f.amount);
            links[key].second += f.amount;
        }
        if (difference)
            for (const int one : {a, b, d})
                net[one] += f.amount;
    }
    // a height has no sign, so the number beside it is what remains when more and less are set off
    for (const auto& [one, sum] : net)
        chart.nodes[static_cast<std::size_t>(one)].amount = text::signed_number(sum, 2);
    for (const auto& [key, sum] : links) {
        const FlowNode &a = chart.nodes[static_cast<std::size_t>(key.first)],
                       &b = chart.nodes[static_cast<std::size_t>(key.second)];
        Ink colour = a.column == 0 ? a.ink : ink(Role::faint);
        colour.opacity = 0.38;
        if (difference)
            colour = sum.second >= 0 ? more_ink : less_ink;
        chart.links.push_back({key.first, key.second, sum.first, colour,
                               a.name + " \u2192 " + b.name + "\n" +
                                   (difference ? text::signed_number(sum.second, 3) : text::number(sum.second, 2)) +
                                   " " + chart.unit});
    }
    return chart;
}

void fill_table(const Context& c, const std::vector<Flow>& list, Page& page) {
    const world::Catalogue& cat = c.snapshot->compared.catalogue();
    page.picture.table.columns = {tr("Payer"), tr("Rule"), tr("Receiver"), tr("million EUR a year")};
    for (const Flow& f : list)
        page.picture.table.rows.push_back({account_name(cat, f.payer), rule_name(cat, f.rule),
                                           account_name(cat, f.payee), text::number(f.amount, 4)});
}

/// Who pays more and who less than in the base: bars beside the flows.
void draw_balance(const Context& c, Scene& scene, const Box& box) {
    const auto arm = static_cast<std::size_t>(arm_of(c));
    scene.words_in({box.x0, box.y0 + 12}, tr("Pays more or less than today"), Type::label, box.width(), c.measure);
    const double more = scene.paragraph({box.x0, box.y0 + 20, box.x1, box.y0 + 60}, tr("million EUR a year, what comes back set off, with its 95 % range"), Type::small,
                                        c.measure, ink(Role::muted)) - 18;
    if (arm == 0)
        return;
    double most = 1e-9;
    for (const BriefPayer& p : c.brief->payers)
        for (const double v : {p.arms[arm - 1].balance.middle, std::clamp(p.arms[arm - 1].balance.low, -1e6, 1e6),
                               std::clamp(p.arms[arm - 1].balance.high, -1e6, 1e6)})
            if (std::isfinite(v))
                most = std::max(most, std::fabs(v));
    double y = box.y0 + 52 + more;
    const double middle = box.x0 + box.width() * 0.5, half = box.width() * 0.46;
    for (const BriefPayer& p : c.brief->payers) {
        if (y + 50 > box.y1)
            break;
        const Range& b = p.arms[arm - 1].balance;
        const std::vector<std::string> name = wrapped(p.name, box.width() - 70, Type::small, c.measure);
        for (std::size_t k = 0; k < name.size(); ++k)
            scene.words({box.x0, y + 12 + 14.0 * static_cast<double>(k)}, name[k], Type::small);
        const bool told = b.low > 0 || b.high < 0;
        scene.words({box.x1, y + 12}, text::signed_number(-b.middle, 2), Type::small,
                    ink(told ? Role::text : Role::muted), Anchor::end);
        y += 14.0 * static_cast<double>(name.size() - 1);
        const double x = middle - b.middle / most * half;
        scene.box({std::min(middle, x), y + 20, std::max(middle, x) + 0.5, y + 30},
                  told ? (b.middle < 0 ? ink(Role::worse) : ink(Role::better)) : ink(Role::untold), 1);
        scene.line({{middle, y + 16}, {middle, y + 34}}, ink(Role::faint), 1);
        if (std::isfinite(b.low) && std::isfinite(b.high))
            scene.line({{middle - b.high / most * half, y + 25}, {middle - b.low / most * half, y + 25}},
                       ink(Role::text), 1.2);
        y += 46;
    }
}

}  // namespace

std::string money_answer(const Context& c) {
    if (!c.snapshot)
        return tr("Open a run to see who pays whom.");
    const auto arm = static_cast<std::size_t>(arm_of(c));
    const world::Catalogue& cat = c.snapshot->compared.catalogue();
    double total = 0;
    for (const Flow& f : shown_flows(c, false))
        if (cat.accounts[static_cast<std::size_t>(f.payer)].level != world::Level::organisation)
            total += f.amount;
    std::string out = fill(tr("{arm}: {total} million EUR a year pass through these accounts for {people} people."),
                           {{"arm", c.snapshot->arm_label(arm)},
                            {"total", text::number(total, 0)},
                            {"people", text::number(c.brief->people, 0)}});
    if (arm == 0 || c.brief->payers.empty())
        return out;
    const BriefPayer *more = nullptr, *less = nullptr;
    for (const BriefPayer& p : c.brief->payers) {
        const double paid = -p.arms[arm - 1].balance.middle;
        if (paid > 0 && (!more || paid > -more->arms[arm - 1].balance.middle))
            more = &p;
        if (paid < 0 && (!less || paid < -less->arms[arm - 1].balance.middle))
            less = &p;
    }
    if (more)
        out += " " + fill(tr("The largest rise is that of {payer}: {amount} million EUR a year."),
                          {{"payer", more->name},
                           {"amount", text::range({-more->arms[arm - 1].balance.middle,
                                                  -more->arms[arm - 1].balance.high, -more->arms[arm - 1].balance.low},
                                                 2)}});
    if (less)
        out += " " +
               fill(tr("The largest fall: {payer}, {amount}."),
                    {{"payer", less->name}, {"amount", text::signed_number(-less->arms[arm - 1].balance.middle, 2)}});
    return out;
}

void draw_money(const Context& c, const Box& box, Scene& scene, Page& page) {
    if (!c.snapshot) {
        page.is_empty = true;
        empty_state(c, scene, box, tr("No run is open."), "./tresse compare first-look");
        return;
    }
    const bool can_differ = arm_of(c) > 0, difference = can_differ && c.state.difference;
    const std::vector<Flow> list = shown_flows(c, difference);
    const double right = can_differ ? 264 : 0;
    take_picture(scene, box, page, [&](Scene& own) {
        const Box sheet = card(own, {box.x0, box.y0, box.x1 - (right > 0 ? right + 16 : 0), box.y1});
        flows(chart_of(c, list, difference), {sheet.x0, sheet.y0 + (can_differ ? 40 : 0), sheet.x1, sheet.y1 - 8},
              c.measure, own);
        if (right > 0)
            draw_balance(c, own, card(own, {box.x1 - right, box.y0, box.x1, box.y1}));
    });
    if (can_differ) {
        const double x =
            choices(c, scene, {box.x0 + 16, box.y0 + 12},
                    {{tr("all the money"), "difference off"}, {tr("difference from today"), "difference on"}},
                    difference ? 1 : 0);
        if (difference) {
            scene.box({x + 20, box.y0 + 21, x + 34, box.y0 + 31}, more_ink, 2);
            scene.words({x + 40, box.y0 + 30.5}, tr("more"), Type::small, ink(Role::muted));
            const double next = x + 52 + c.measure.width(tr("more"), Type::small);
            scene.box({next, box.y0 + 21, next + 14, box.y0 + 31}, less_ink, 2);
            scene.words({next + 20, box.y0 + 30.5}, tr("less"), Type::small, ink(Role::muted));
        }
    }
    name_picture(c, page, "money",
                 tr("the height of a band is money a year. In the difference orange is money that moves more than today, "
                    "blue less; a number is what remains when both are set off."));
    fill_table(c, list, page);
}

}  // namespace tresse::viz::explorer
