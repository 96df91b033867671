#include <algorithm>
#include <cmath>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

struct PlaceValue {
    ScoreLine line;
    double people = 0, value = unknown;
    Sign sign = Sign::none;
};

/// Below this many people a place alone says little: the zone is shown instead.
constexpr double few_people = 10000;

struct MapData {
    int row = 0;
    bool difference = false;
    std::vector<PlaceValue> places;
    ScoreLine area;
    double low = 0, high = 1;  ///< of the values
};

double picked(const ScoreLine& line, int arm, bool difference) {
    if (arm == 0)
        return line.base;
    return difference ? line.arms[static_cast<std::size_t>(arm) - 1].difference.middle
                      : line.arms[static_cast<std::size_t>(arm) - 1].level;
}

/// The first score that is asked for, or the first that places have.
int row_for_map(const Context& c) {
    const int wanted = score_row(c, measure::ScoreId::went_without_care_percent);
    if (std::isfinite(score_line(*c.snapshot, wanted, {measure::By::place, 0}, -1).base))
        return wanted;
    return wanted;
}

MapData data_of(const Context& c) {
    const Snapshot& s = *c.snapshot;
    MapData out;
    out.row = row_for_map(c);
    const int arm = arm_of(c), year = s.year_of(c.state.month);
    out.difference = c.state.difference && arm > 0;
    out.area = score_line(s, out.row, {}, year);
    out.low = 1e300, out.high = -1e300;
    const measure::RunRecord& first = *s.compared.arms[0].futures.front();
    for (std::size_t i = 0; i < s.compared.catalogue().places.size(); ++i) {
        PlaceValue one;
        one.line = score_line(s, out.row, {measure::By::place, static_cast<int>(i)}, year);
        one.people = i < first.start.by_place.size() ? static_cast<double>(first.start.by_place[i]) * first.sample : 0;
        one.value = picked(one.line, arm, out.difference);
        if (out.difference)
            one.sign = one.line.arms[static_cast<std::size_t>(arm) - 1].sign;
        if (std::isfinite(one.value))
            out.low = std::min(out.low, one.value), out.high = std::max(out.high, one.value);
        out.places.push_back(std::move(one));
    }
    if (out.low > out.high)
        out.low = 0, out.high = 1;
    return out;
}

/// +1: more is better.
double good_way(const ScoreLine& line) {
    return line.direction == '-' ? -1 : line.direction == '0' ? (line.base > 0 ? -1 : 1) : 1;
}

Ink ink_of(const MapData& data, const PlaceValue& place, Theme theme) {
    if (!std::isfinite(place.value))
        return ink(Role::raised);
    if (!data.difference)
        return plain(amount_colour(data.high > data.low ? (place.value - data.low) / (data.high - data.low) : 0.5));
    if (place.sign == Sign::cannot_tell)
        return ink(Role::untold, 0.45);
    const double most = std::max({std::fabs(data.low), std::fabs(data.high), 1e-12});
    return plain(difference_colour(good_way(place.line) * place.value / most, theme));
}

struct Projection {
    double x0, y0, scale;
    Point operator()(const Point& p) const { return {x0 + p.x * scale, y0 + p.y * scale}; }
};

Projection fit(const Snapshot& s, const Box& box, const State& state) {
    double x0 = 1e30, y0 = 1e30, x1 = -1e30, y1 = -1e30;
    for (const MapCell& cell : s.cells)
        for (const auto& ring : cell.rings)
            for (const Point& p : ring)
                x0 = std::min(x0, p.x), x1 = std::max(x1, p.x), y0 = std::min(y0, p.y), y1 = std::max(y1, p.y);
    const double scale =
        std::min(box.width() / std::max(x1 - x0, 0.1), box.height() / std::max(y1 - y0, 0.1)) * state.zoom;
    return {box.middle().x - (x0 + x1) / 2 * scale + state.shift_x,
            box.middle().y - (y0 + y1) / 2 * scale + state.shift_y, scale};
}

std::string place_tip(const Context& c, const MapData& data, std::size_t i) {
    const PlaceValue& p = data.places[i];
    std::string tip = c.snapshot->compared.catalogue().places[i].name(text::language()) + "\n" +
                      fill(tr("{n} people"), {{"n", text::number(p.people, 0)}}) + "\n" + p.line.label + ": " +
                      level_text(p.line.base, p.line.digits) + " " + p.line.unit;
    if (arm_of(c) > 0) {
        const ScoreLine::Cell& cell = p.line.arms[static_cast<std::size_t>(arm_of(c)) - 1];
        tip += "\n" + c.snapshot->arm_label(static_cast<std::size_t>(arm_of(c))) + ": " +
               text::range(cell.difference, p.line.digits);
        if (cell.sign != Sign::none)
            tip += ", " + sign_word(cell.sign);
    }
    return p.people < few_people ? tip + "\n" + tr("Few people: chance is large here.") : tip;
}

void draw_cells(const Context& c, Scene& scene, const Box& box, const MapData& data) {
    const Snapshot& s = *c.snapshot;
    const Projection at = fit(s, box.inset(18), c.state);
    const bool modelled = true;  // every score of a place is simulated
    for (std::size_t i = 0; i < s.cells.size(); ++i)
        for (std::size_t r = 0; r < s.cells[i].rings.size(); ++r) {
            std::vector<Point> ring;
            for (const Point& p : s.cells[i].rings[r])
                ring.push_back(at(p));
            const Ink fill_ink = ink_of(data, data.places[i], c.state.theme);
            const auto& triangles = s.cells[i].triangles[r];
            scene.area(ring, fill_ink, triangles);
            if (modelled && triangles.empty() && data.places[i].people < few_people && s.cells.size() > 1)
                scene.hatch(ring, ink(Role::surface, 0.28), 12);
            Spot spot;
            spot.box = {1e30, 1e30, -1e30, -1e30};
            for (const Point& p : ring)
                spot.box = {std::min(spot.box.x0, p.x), std::min(spot.box.y0, p.y), std::max(spot.box.x1, p.x),
                            std::max(spot.box.y1, p.y)};
            spot.outline = ring;
            spot.command = "scope place " + std::to_string(i);
            spot.tip = place_tip(c, data, i);
            scene.spots.push_back(std::move(spot));
            ring.push_back(ring.front());
            scene.line(ring, ink(Role::surface), 2);
        }
    if (c.state.scope.by == measure::By::place)
        for (const auto& given : s.cells[static_cast<std::size_t>(c.state.scope.index)].rings) {
            std::vector<Point> ring;
            for (const Point& p : given)
                ring.push_back(at(p));
            ring.push_back(ring.front());
            scene.line(ring, ink(Role::text), 2.5);
        }
    // names, where there is room
    for (std::size_t i = 0; i < s.cells.size() && s.cells.size() <= 60; ++i) {
        const PlaceValue& p = data.places[i];
        const std::string name = s.compared.catalogue().places[i].name(text::language());
        const Point m = at(s.cells[i].centre);
        const double across = 2 * std::sqrt(s.cells[i].area / 3.1416) * at.scale;
        if (c.measure.width(name, Type::small) > across * 0.98)
            continue;
        const std::uint32_t ground = colour_of(ink_of(data, p, c.state.theme), c.state.theme);
        const double light =
            (((ground >> 16) & 255u) * 0.299 + ((ground >> 8) & 255u) * 0.587 + (ground & 255u) * 0.114);
        const bool grey = data.difference && p.sign == Sign::cannot_tell;
        const Ink letters = grey ? ink(Role::muted) : light > 140 ? plain(0x1A212C) : plain(0xFFFFFF);
        scene.words({m.x, m.y - 2}, name, Type::small, letters, Anchor::middle);
        const std::string number =
            data.difference ? text::signed_number(p.value, p.line.digits) : level_text(p.value, p.line.digits);
        scene.words({m.x, m.y + 14}, grey ? number + " ?" : number, Type::label, letters, Anchor::middle);
    }
}

void draw_providers(const Context& c, Scene& scene, const Box& box) {
    const Snapshot& s = *c.snapshot;
    const auto arm = static_cast<std::size_t>(arm_of(c));
    if (c.state.kind < 0 || arm >= s.nets.size())
        return;
    const Projection at = fit(s, box.inset(18), c.state);
    std::vector<MapSite> sites;
    for (const world::Place& p : s.compared.catalogue().places)
        sites.push_back({p.lat, p.lon, p.area_km2});
    for (const NetProvider& p : s.nets[arm].providers) {
        if (p.kind != c.state.kind)
            continue;
        std::vector<Point> here = {{p.lon, p.lat}};
        projected(sites, &here);
        const Point m = at(here[0]);
        const double radius = 3 + std::sqrt(std::max(0.0, p.filled)) * 1.2;
        scene.dot(m, radius + 1.2, ink(Role::surface));
        scene.dot(m, radius, p.load > 1.1 ? ink(Role::worse) : ink(Role::text));
        scene.spot({m.x - radius, m.y - radius, m.x + radius, m.y + radius}, "",
                   s.compared.catalogue().kinds[static_cast<std::size_t>(p.kind)].name.in(text::language()) + "\n" +
                       fill(tr("posts {posts} · load {load}"),
                            {{"posts", text::number(p.filled, 1)}, {"load", text::percent(p.load)}}));
    }
}

/// The provider kinds of the area, one of which can be shown on the map.
void draw_kinds(const Context& c, Scene& scene, const Box& box) {
    const Snapshot& s = *c.snapshot;
    double y = box.y0;
    scene.line({{box.x0, y + 4}, {box.x1, y + 4}}, ink(Role::rule), 1);
    scene.words({box.x0, y + 24}, tr("Show providers"), Type::caption, ink(Role::muted));
    y += 32;
    const world::Catalogue& cat = s.compared.catalogue();
    for (std::size_t k = 0; k < cat.kinds.size() && y + 20 < box.y1; ++k) {
        if (std::none_of(s.nets[0].providers.begin(), s.nets[0].providers.end(),
                         [&](const NetProvider& p) { return p.kind == static_cast<int>(k); }))
            continue;
        const bool chosen = c.state.kind == static_cast<int>(k);
        scene.ring({box.x0 + 6, y + 8}, 4, ink(chosen ? Role::accent : Role::faint));
        if (chosen)
            scene.dot({box.x0 + 6, y + 8}, 2.4, ink(Role::accent));
        double height = 5;
        for (const std::string& line : wrapped(tr(cat.kinds[k].name), box.width() - 20, Type::small, c.measure)) {
            scene.words({box.x0 + 18, y + height + 7}, line, Type::small, ink(chosen ? Role::text : Role::muted));
            height += 15;
        }
        scene.spot({box.x0, y, box.x1, y + height}, "kind " + std::to_string(k));
        y += height;
    }
}

/// What the map says, at its right: legend, source, the place chosen, providers.
void draw_beside(const Context& c, Scene& scene, const Box& box, const MapData& data) {
    const Snapshot& s = *c.snapshot;
    double y = box.y0;
    y += scene.paragraph({box.x0, y, box.x1, y}, data.area.label, Type::label, c.measure) + 4;
    y += scene.paragraph({box.x0, y, box.x1, y}, data.area.unit, Type::small, c.measure, ink(Role::muted)) + 10;
    if (data.difference) {
        const double most = std::max(std::fabs(data.low), std::fabs(data.high));
        const bool up = good_way(data.area) > 0;
        difference_legend(scene, {box.x0, y, box.x1, y + 10}, c.state.theme,
                          {text::signed_number(up ? -most : most, data.area.digits) + " " + tr("worse"), "0",
                           tr("better") + " " + text::signed_number(up ? most : -most, data.area.digits)});
        y += 40;
        scene.box({box.x0, y, box.x0 + 14, y + 14}, ink(Role::untold, 0.45), 2);
        scene.words({box.x0 + 22, y + 11.5}, tr("cannot tell"), Type::small, ink(Role::muted));
    } else {
        amount_legend(scene, {box.x0, y, box.x1, y + 10}, level_text(data.low, data.area.digits),
                      level_text(data.high, data.area.digits));
        y += 36;
    }
    y += 22;
    scene.box({box.x0, y, box.x0 + 14, y + 14}, ink(Role::raised), 2);
    scene.hatch({{box.x0, y}, {box.x0 + 14, y}, {box.x0 + 14, y + 14}, {box.x0, y + 14}}, ink(Role::muted), 5);
    scene.words({box.x0 + 22, y + 11.5}, tr("below 10,000 people"), Type::small, ink(Role::muted));
    y += 30;
    const int arm = arm_of(c);
    const Scope here = c.state.scope.by == measure::By::place ? c.state.scope : Scope{};
    const ScoreLine& line = here.all() ? data.area : data.places[static_cast<std::size_t>(here.index)].line;
    scene.line({{box.x0, y}, {box.x1, y}}, ink(Role::rule), 1);
    scene.words({box.x0, y + 24}, here.all() ? c.brief->area : scope_name(s, here), Type::label);
    y += 46;
    for (std::size_t i = 0; i < s.arms(); ++i) {
        scene.arm_mark({box.x0 + 6, y - 4.5}, 4.5, static_cast<int>(i), arm_ink(static_cast<int>(i)));
        scene.words_in({box.x0 + 18, y}, s.arm_label(i), Type::small, box.width() - 60, c.measure);
        scene.words({box.x1, y}, level_text(i == 0 ? line.base : line.arms[i - 1].level, line.digits), Type::body,
                    ink(Role::text), Anchor::end);
        y += 22;
    }
    if (arm > 0) {
        const ScoreLine::Cell& cell = line.arms[static_cast<std::size_t>(arm) - 1];
        scene.words({box.x0, y + 2}, fill(tr("{arm} minus A"), {{"arm", std::string(1, static_cast<char>('A' + arm))}}),
                    Type::small, ink(Role::muted));
        scene.words({box.x1, y + 2}, text::range(cell.difference, line.digits), Type::small, ink(Role::text),
                    Anchor::end);
        y += 24;
        scene.sign_mark({box.x0 + 6, y - 4}, 4.5, cell.sign);
        scene.words({box.x0 + 18, y}, cell.sign == Sign::none ? "" : sign_word(cell.sign), Type::small,
                    ink(Role::muted));
        y += 14;
    }
    if (!s.nets.empty() && box.y1 - y > 120)
        draw_kinds(c, scene, {box.x0, y, box.x1, box.y1 - 44});
    const std::string source =
        s.schematic
            ? tr("Schematic: cells around the centres of municipalities, areas near the true ones. Values: simulated.")
            : fill(tr("Borders: {file}. Values: simulated."), {{"file", s.boundaries}});
    const auto lines = wrapped(source, box.width(), Type::caption, c.measure);
    scene.paragraph({box.x0, box.y1 - 16.0 * static_cast<double>(lines.size()), box.x1, box.y1}, source, Type::caption,
                    c.measure, ink(Role::faint));
}

void fill_table(const Context& c, const MapData& data, Page& page) {
    DataTable& t = page.picture.table;
    t.columns = {"NIS", tr("Municipality"), tr("People"), c.snapshot->arm_name(0)};
    for (std::size_t arm = 1; arm < c.snapshot->arms(); ++arm)
        t.columns.insert(t.columns.end(),
                         {c.snapshot->arm_name(arm) + " \u2212 A", tr("From"), tr("To"), tr("Verdict")});
    for (std::size_t i = 0; i < data.places.size(); ++i) {
        const PlaceValue& p = data.places[i];
        const world::Place& place = c.snapshot->compared.catalogue().places[i];
        std::vector<std::string> row = {std::to_string(place.nis), place.name(text::language()),
                                        text::number(p.people, 0), level_text(p.line.base, p.line.digits + 1)};
        for (const ScoreLine::Cell& cell : p.line.arms)
            row.insert(row.end(), {text::signed_number(cell.difference.middle, p.line.digits + 1),
                                   text::signed_number(cell.difference.low, p.line.digits + 1),
                                   text::signed_number(cell.difference.high, p.line.digits + 1),
                                   cell.sign == Sign::none ? "" : sign_word(cell.sign)});
        t.rows.push_back(std::move(row));
    }
}

}  // namespace

std::string map_answer(const Context& c) {
    if (!c.snapshot)
        return tr("Open a run to see its municipalities.");
    const MapData data = data_of(c);
    std::size_t least = 0, most = 0;
    int told = 0;
    bool any = false;
    for (std::size_t i = 0; i < data.places.size(); ++i) {
        if (!std::isfinite(data.places[i].value))
            continue;
        if (!any)
            least = most = i;
        any = true;
        least = data.places[i].value < data.places[least].value ? i : least;
        most = data.places[i].value > data.places[most].value ? i : most;
        told += data.places[i].sign == Sign::better || data.places[i].sign == Sign::worse ? 1 : 0;
    }
    if (!any)
        return fill(tr("{score}: this score has no value by municipality. Choose another."),
                    {{"score", data.area.label}});
    const auto name = [&](std::size_t i) { return c.snapshot->compared.catalogue().places[i].name(text::language()); };
    if (data.places.size() == 1)
        return fill(tr("{score}: one municipality, {place}. Nothing to compare between places."),
                    {{"score", data.area.label}, {"place", name(0)}});
    if (data.difference && told == 0)
        return fill(tr("{score}, {arm} minus {base}: in none of the {all} municipalities can the difference be told "
                       "from chance. Their middles lie between {least} and {most}."),
                    {{"score", data.area.label},
                     {"arm", c.snapshot->arm_label(static_cast<std::size_t>(arm_of(c)))},
                     {"base", c.snapshot->arm_label(0)},
                     {"all", static_cast<long long>(data.places.size())},
                     {"least", text::signed_number(data.low, data.area.digits)},
                     {"most", text::signed_number(data.high, data.area.digits)}});
    if (data.difference)
        return fill(tr("{score}, {arm} minus {base}: from {least} in {least_place} to {most} in {most_place}. In "
                       "{told} of {all} municipalities the difference can be told from chance."),
                    {{"score", data.area.label},
                     {"arm", c.snapshot->arm_label(static_cast<std::size_t>(arm_of(c)))},
                     {"base", c.snapshot->arm_label(0)},
                     {"least", text::signed_number(data.low, data.area.digits)},
                     {"least_place", name(least)},
                     {"most", text::signed_number(data.high, data.area.digits)},
                     {"most_place", name(most)},
                     {"told", told},
                     {"all", static_cast<long long>(data.places.size())}});
    return fill(tr("{score}: from {least} in {least_place} to {most} in {most_place} ({unit})."),
                {{"score", data.area.label},
                 {"least", level_text(data.low, data.area.digits)},
                 {"least_place", name(least)},
                 {"most", level_text(data.high, data.area.digits)},
                 {"most_place", name(most)},
                 {"unit", data.area.unit}});
}

void draw_map(const Context& c, const Box& box, Scene& scene, Page& page) {
    if (!c.snapshot) {
        page.is_empty = true;
        empty_state(c, scene, box, tr("No run is open."), "./tresse compare first-look");
        return;
    }
    const MapData data = data_of(c);
    const double list = 284, right = 226;
    score_list(c, scene, card(scene, {box.x0, box.y0, box.x0 + list, box.y1}, 14), data.row);
    const Box rest{box.x0 + list + 16, box.y0, box.x1, box.y1};
    take_picture(scene, rest, page, [&](Scene& own) {
        own.box(rest, ink(Role::surface), 8);
        own.frame(rest, ink(Role::rule, 0.8), 1, 8);
        const Box map{rest.x0 + 8, rest.y0 + 8, rest.x1 - right - 16, rest.y1 - 8};
        draw_cells(c, own, map, data);
        draw_providers(c, own, map);
        draw_beside(c, own, {rest.x1 - right, rest.y0 + 18, rest.x1 - 18, rest.y1 - 12}, data);
    });
    if (arm_of(c) > 0)
        choices(c, scene, {rest.x0 + 12, rest.y0 + 12},
                {{tr("level"), "difference off"}, {tr("difference"), "difference on"}}, c.state.difference ? 1 : 0);
    name_picture(c, page, "map",
                 tr("darker blue: lower values; yellow: higher ones. In difference maps blue is better, orange is "
                    "worse, grey cannot be told. Slanted lines: fewer than 10,000 people."));
    page.picture.title = data.area.label;
    fill_table(c, data, page);
}

}  // namespace tresse::viz::explorer
