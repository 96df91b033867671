#include <algorithm>
#include <cmath>

#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

struct Row {
    std::string key, value, source, what;
    bool assumed = false;
};

const scenario::Scenario* scenario_of(const Context& c) {
    return c.snapshot ? &c.snapshot->compared.scenario() : c.work.scenario.get();
}

/// The uncertain numbers, those with the widest ranges first.
std::vector<Row> rows_of(const Context& c, const scenario::Scenario& s) {
    std::vector<std::pair<double, Row>> list;
    for (const Uncertain* u : s.uncertain()) {
        if (u->law == Law::fixed)
            continue;
        Row row;
        row.key = u->key;
        row.value = number_text(u->value) + "  (" + number_text(u->low) + " \u2013 " + number_text(u->high) + ")";
        row.source = u->source;
        row.assumed = u->is_assumption();
        if (const scenario::Source* source = s.sources ? s.sources->find(u->source) : nullptr)
            row.what = row.assumed && !source->why.empty()
                           ? source->why
                           : source->what + (source->where.empty() ? "" : ". " + source->where);
        const std::string all = row.key + " " + row.source + " " + row.what;
        if (!c.state.search.empty() &&
            std::search(all.begin(), all.end(), c.state.search.begin(), c.state.search.end(), [](char a, char b) {
                return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
            }) == all.end())
            continue;
        // a range around nought has no width to compare: it comes last
        list.emplace_back(std::fabs(u->value) > 1e-12 ? (u->high - u->low) / std::fabs(u->value) : -1, std::move(row));
    }
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Row> out;
    for (auto& [width, row] : list)
        out.push_back(std::move(row));
    return out;
}

}  // namespace

std::string sources_answer(const Context& c) {
    const scenario::Scenario* s = scenario_of(c);
    if (!s)
        return tr("Open a run or a scenario to see where its numbers come from.");
    int all = 0, assumed = 0;
    for (const Uncertain* u : s->uncertain())
        if (u->law != Law::fixed)
            ++all, assumed += u->is_assumption() ? 1 : 0;
    return fill(tr("{all} numbers have a range and a source. {published} rest on something published, {assumed} are "
                   "our assumptions, each with its reason. The widest ranges stand first."),
                {{"all", all}, {"published", all - assumed}, {"assumed", assumed}});
}

void draw_sources(const Context& c, const Box& box, Scene& scene, Page& page) {
    const scenario::Scenario* s = scenario_of(c);
    if (!s) {
        page.is_empty = true;
        empty_state(c, scene, box, tr("No run is open."), "./tresse explain first-look --assumptions");
        return;
    }
    const std::vector<Row> rows = rows_of(c, *s);
    const Box sheet = card(scene, box);
    const std::string search = c.state.search.empty() && !c.state.typing
                                   ? tr("Search: press /")
                                   : tr("Search:") + " " + c.state.search + (c.state.typing ? "|" : "");
    const Box field{sheet.x0, sheet.y0, sheet.x0 + 320, sheet.y0 + 28};
    scene.box(field, ink(Role::raised), 6);
    scene.words_in({field.x0 + 12, field.y0 + 18.5}, search, Type::small, 296, c.measure,
                   ink(c.state.typing ? Role::text : Role::muted));
    scene.spot(field, "type on");
    const std::size_t first = std::min(static_cast<std::size_t>(c.state.scroll), rows.empty() ? 0 : rows.size() - 1);
    const double columns[] = {sheet.x0, sheet.x0 + sheet.width() * 0.36, sheet.x0 + sheet.width() * 0.57,
                              sheet.x0 + sheet.width() * 0.64};
    double y = sheet.y0 + 52;
    const std::string heads[] = {tr("Number"), tr("Value (range)"), tr("Source"), tr("What it rests on")};
    for (std::size_t i = 0; i < 4; ++i)
        scene.words({columns[i], y}, heads[i], Type::caption, ink(Role::muted));
    scene.line({{sheet.x0, y + 8}, {sheet.x1, y + 8}}, ink(Role::rule), 1);
    y += 14;
    std::size_t shown = 0;
    for (std::size_t i = first; i < rows.size(); ++i) {
        const Row& row = rows[i];
        const std::vector<std::string> what = wrapped(row.what, sheet.x1 - columns[3], Type::small, c.measure);
        const std::vector<std::string> key = wrapped(row.key, columns[1] - columns[0] - 16, Type::small, c.measure);
        const std::size_t lines = std::clamp<std::size_t>(std::max(what.size(), key.size()), 1, 3);
        const double height = 10 + 17.0 * static_cast<double>(lines);
        if (y + height > sheet.y1)
            break;
        for (std::size_t k = 0; k < std::min(lines, key.size()); ++k)
            scene.words({columns[0], y + 16 + 17.0 * static_cast<double>(k)}, key[k], Type::small);
        scene.words({columns[1], y + 16}, row.value, Type::small);
        scene.words({columns[2], y + 16}, row.source, Type::small, row.assumed ? ink(Role::worse) : ink(Role::better));
        for (std::size_t k = 0; k < std::min(lines, what.size()); ++k)
            scene.words({columns[3], y + 16 + 17.0 * static_cast<double>(k)},
                        what[k] + (k + 1 == lines && what.size() > lines ? " \u2026" : ""), Type::small,
                        ink(Role::muted));
        scene.spot({sheet.x0, y, sheet.x1, y + height}, "", row.key + "\n" + row.what);
        scene.line({{sheet.x0, y + height}, {sheet.x1, y + height}}, ink(Role::grid), 1);
        y += height;
        ++shown;
    }
    scene.words({sheet.x1, sheet.y0 + 18},
                fill(tr("{from} – {to} of {all}"), {{"from", static_cast<long long>(rows.empty() ? 0 : first + 1)},
                                                    {"to", static_cast<long long>(first + shown)},
                                                    {"all", static_cast<long long>(rows.size())}}),
                Type::small, ink(Role::muted), Anchor::end);
    page.picture.table.columns = {heads[0], heads[1], heads[2], heads[3]};
    for (const Row& row : rows)
        page.picture.table.rows.push_back({row.key, row.value, row.source, row.what});
    name_picture(c, page, "sources", "");
}

}  // namespace tresse::viz::explorer
