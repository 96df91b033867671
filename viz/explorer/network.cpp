#include <algorithm>
#include <cmath>
#include <map>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

constexpr std::size_t most_ties = 220;  // drawn; the strongest

const Net* net_of(const Context& c) {
    const auto arm = static_cast<std::size_t>(arm_of(c));
    return c.snapshot && arm < c.snapshot->nets.size() && !c.snapshot->nets[arm].providers.empty()
               ? &c.snapshot->nets[arm]
               : nullptr;
}

/// Colours of the commonest kinds; the others are grey.
std::vector<int> common_kinds(const Net& net) {
    std::map<int, int> count;
    for (const NetProvider& p : net.providers)
        ++count[p.kind];
    std::vector<std::pair<int, int>> order;
    for (const auto& [kind, n] : count)
        order.emplace_back(-n, kind);
    std::sort(order.begin(), order.end());
    std::vector<int> out;
    for (std::size_t i = 0; i < std::min<std::size_t>(7, order.size()); ++i)
        out.push_back(order[i].second);
    return out;
}

Ink provider_ink(const Context& c, const NetProvider& p, const std::vector<int>& kinds) {
    if (c.state.colour == 1)
        return plain(amount_colour(std::clamp((p.load - 0.5) / 0.8, 0.0, 1.0)));
    if (c.state.colour == 2)
        return p.shares_record && p.uses_guideline ? arm_ink(2)
               : p.shares_record                   ? arm_ink(0)
               : p.uses_guideline                  ? arm_ink(5)
                                                   : ink(Role::untold);
    const auto at = std::find(kinds.begin(), kinds.end(), p.kind);
    return at == kinds.end() ? ink(Role::untold) : arm_ink(static_cast<int>(at - kinds.begin()));
}

/// From kilometres of the area to the screen: the cells of the municipalities fill the box.
struct Placing {
    double x0 = 0, y0 = 0, scale = 1, dx = 0, dy = 0;
    Point operator()(const Point& p) const { return {dx + (p.x - x0) * scale, dy + (p.y - y0) * scale}; }
};

Placing placing_of(const Context& c, const Box& box) {
    double x0 = 1e30, y0 = 1e30, x1 = -1e30, y1 = -1e30;
    for (const MapCell& cell : c.snapshot->cells)
        for (const auto& ring : cell.rings)
            for (const Point& p : ring)
                x0 = std::min(x0, p.x), x1 = std::max(x1, p.x), y0 = std::min(y0, p.y), y1 = std::max(y1, p.y);
    const double wide = std::max(x1 - x0, 0.1), high = std::max(y1 - y0, 0.1);
    const double scale = std::min(box.width() / wide, box.height() / high);
    return {x0, y0, scale, box.middle().x - wide * scale / 2, box.middle().y - high * scale / 2};
}

constexpr double golden = 2.399963229728653;  // angle that spreads points evenly over a disc

/// Number of a provider among those of its municipality; the largest first.
std::vector<int> ranks_in_place(const Net& net) {
    std::vector<std::size_t> order(net.providers.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return net.providers[a].filled > net.providers[b].filled; });
    std::map<int, int> next;
    std::vector<int> out(order.size());
    for (const std::size_t i : order)
        out[i] = next[net.providers[i].place]++;
    return out;
}

/// How far from its centre the providers of a municipality are spread. Units: pixels.
double spread_of(const Context& c, const Placing& place, int home) {
    return 0.66 * std::sqrt(c.snapshot->cells[static_cast<std::size_t>(home)].area / 3.141592653589793) * place.scale;
}

/// Places on the screen: inside the own municipality, the largest in the middle; or by ties.
std::vector<Point> places_of(const Context& c, const Net& net, const Box& box) {
    std::vector<Point> at;
    if (c.state.layout == 1 && net.by_ties.size() == net.providers.size()) {
        for (const Point& p : net.by_ties)
            at.push_back({box.x0 + p.x * box.width(), box.y0 + p.y * box.height()});
        return at;
    }
    const Placing place = placing_of(c, box);
    const std::vector<int> order = ranks_in_place(net);
    std::map<int, int> count;
    for (const NetProvider& p : net.providers)
        ++count[p.place];
    std::vector<MapSite> sites;
    for (const world::Place& p : c.snapshot->compared.catalogue().places)
        sites.push_back({p.lat, p.lon, p.area_km2});
    for (const NetProvider& p : net.providers)
        at.push_back({p.lon, p.lat});
    projected(sites, &at);
    for (std::size_t i = 0; i < at.size(); ++i) {
        const int home = net.providers[i].place;
        if (home < 0 || static_cast<std::size_t>(home) >= c.snapshot->cells.size()) {
            at[i] = place(at[i]);
            continue;
        }
        const Point middle = place(c.snapshot->cells[static_cast<std::size_t>(home)].centre);
        const double r = spread_of(c, place, home) * std::sqrt((order[i] + 0.5) / count[home]), turn = order[i] * golden;
        at[i] = {middle.x + r * std::cos(turn), middle.y + r * std::sin(turn)};
    }
    return at;
}

/// The municipalities behind the providers, pale.
void draw_ground(const Context& c, Scene& scene, const Box& box) {
    const Placing place = placing_of(c, box);
    for (std::size_t i = 0; i < c.snapshot->cells.size(); ++i) {
        const MapCell& cell = c.snapshot->cells[i];
        for (std::size_t r = 0; r < cell.rings.size(); ++r) {
            std::vector<Point> ring;
            for (const Point& p : cell.rings[r])
                ring.push_back(place(p));
            scene.area(ring, ink(Role::page), cell.triangles[r]);
            ring.push_back(ring.front());
            scene.line(ring, ink(Role::surface), 2);
        }
    }
    // names over all cells: a neighbour must not cover them
    for (std::size_t i = 0; i < c.snapshot->cells.size() && c.snapshot->cells.size() <= 60; ++i) {
        const Point centre = place(c.snapshot->cells[i].centre);
        scene.words({centre.x, centre.y - spread_of(c, place, static_cast<int>(i)) - 9}, c.snapshot->compared.catalogue().places[i].name(text::language()), Type::small,
                    ink(Role::muted), Anchor::middle);
    }
}

int chosen_row(const Context& c, const Net& net) {
    for (std::size_t i = 0; i < net.providers.size(); ++i)
        if (net.providers[i].id == c.state.provider)
            return static_cast<int>(i);
    return -1;
}

void draw_net(const Context& c, Scene& scene, const Box& box, const Net& net) {
    if (c.state.layout == 0)
        draw_ground(c, scene, box.inset(20));
    const std::vector<Point> at = places_of(c, net, box.inset(20));
    const std::vector<int> kinds = common_kinds(net);
    const int chosen = chosen_row(c, net);
    const auto shown = [&](int row) {
        const NetProvider& p = net.providers[static_cast<std::size_t>(row)];
        return (c.state.kind < 0 || p.kind == c.state.kind) &&
               (c.state.scope.by != measure::By::place || p.place == c.state.scope.index);
    };
    std::vector<const NetTie*> ties;
    for (const NetTie& t : net.ties)
        if (chosen >= 0 ? t.a == chosen || t.b == chosen : shown(t.a) || shown(t.b))
            ties.push_back(&t);
    std::stable_sort(ties.begin(), ties.end(),
                     [](const NetTie* a, const NetTie* b) { return a->strength > b->strength; });
    if (ties.size() > most_ties)
        ties.resize(most_ties);
    for (std::size_t i = ties.size(); i-- > 0;) {
        const NetTie& t = *ties[i];
        const double strong = std::sqrt(t.strength);
        scene.line({at[static_cast<std::size_t>(t.a)], at[static_cast<std::size_t>(t.b)]},
                   chosen >= 0 ? ink(Role::accent, 0.25 + 0.7 * strong) : ink(Role::muted, 0.03 + 0.16 * strong),
                   0.7 + 2.2 * strong);
    }
    std::vector<char> beside(net.providers.size(), chosen < 0);
    if (chosen >= 0) {
        beside[static_cast<std::size_t>(chosen)] = 1;
        for (const NetTie* t : ties)
            beside[static_cast<std::size_t>(t->a)] = beside[static_cast<std::size_t>(t->b)] = 1;
    }
    const world::Catalogue& cat = c.snapshot->compared.catalogue();
    for (std::size_t i = 0; i < net.providers.size(); ++i) {
        const NetProvider& p = net.providers[i];
        const bool faint = !beside[i] || !shown(static_cast<int>(i));
        const double r = std::clamp(3.0 + std::sqrt(std::max(0.0, p.filled)) * 0.6, 3.0, 9.0);
        Ink colour = provider_ink(c, p, kinds);
        colour.opacity = faint ? 0.18 : 1;
        if (!faint)
            scene.dot(at[i], r + 1, ink(Role::surface));
        scene.dot(at[i], r, colour);
        if (static_cast<int>(i) == chosen)
            scene.ring(at[i], r + 4, ink(Role::text), 2);
        const std::string kind = p.kind >= 0 ? tr(cat.kinds[static_cast<std::size_t>(p.kind)].name) : "";
        scene.spot(
            {at[i].x - r - 1, at[i].y - r - 1, at[i].x + r + 1, at[i].y + r + 1}, "provider " + std::to_string(p.id),
            kind + (p.place >= 0 ? ", " + cat.places[static_cast<std::size_t>(p.place)].name(text::language()) : "") +
                "\n" +
                fill(tr("posts {posts} · load {load}"),
                     {{"posts", text::number(p.filled, 1)}, {"load", text::percent(p.load)}}),
            false);
    }
}

/// The card of the provider chosen.
void draw_card(const Context& c, Scene& scene, const Box& box, const Net& net, int row) {
    const NetProvider& p = net.providers[static_cast<std::size_t>(row)];
    const world::Catalogue& cat = c.snapshot->compared.catalogue();
    double y = box.y0 + 14;
    const std::string kind = p.kind >= 0 ? tr(cat.kinds[static_cast<std::size_t>(p.kind)].name) : "";
    for (const std::string& line : wrapped(kind, box.width(), Type::label, c.measure)) {
        scene.words({box.x0, y}, line, Type::label);
        y += 20;
    }
    if (p.place >= 0)
        scene.words({box.x0, y}, cat.places[static_cast<std::size_t>(p.place)].name(text::language()), Type::small,
                    ink(Role::muted));
    y += 30;
    const auto line = [&](const std::string& words, const std::string& value) {
        scene.words_in({box.x0, y}, words, Type::small, box.width() - 70, c.measure, ink(Role::muted));
        scene.words({box.x1, y}, value, Type::body, ink(Role::text), Anchor::end);
        y += 24;
    };
    int ties = 0;
    for (const NetTie& t : net.ties)
        ties += t.a == row || t.b == row ? 1 : 0;
    line(tr("posts filled"), text::number(p.filled, 1));
    line(tr("posts wanted"), text::number(p.posts, 1));
    line(tr("load"), text::percent(p.load));
    line(tr("people in its teams"), text::whole(p.panel));
    line(tr("ties"), text::whole(ties));
    line(tr("shares records"), p.shares_record ? tr("yes") : tr("no"));
    line(tr("follows the guideline"), p.uses_guideline ? tr("yes") : tr("no"));
}

void draw_key(const Context& c, Scene& scene, const Box& box, const Net& net) {
    const world::Catalogue& cat = c.snapshot->compared.catalogue();
    double y = box.y0;
    if (c.state.colour == 1) {
        amount_legend(scene, {box.x0, y, box.x1, y + 10}, "50 %", "130 %");
        scene.words_in({box.x0, y + 46}, tr("load: work over the time there is"), Type::small, box.width(), c.measure,
                       ink(Role::muted));
        return;
    }
    if (c.state.colour == 2) {
        const std::pair<Ink, std::string> rows[] = {{arm_ink(2), tr("shares records and follows the guideline")},
                                                    {arm_ink(0), tr("shares records")},
                                                    {arm_ink(5), tr("follows the guideline")},
                                                    {ink(Role::untold), tr("neither")}};
        for (const auto& [colour, words] : rows) {
            scene.dot({box.x0 + 6, y + 6}, 5, colour);
            y += scene.paragraph({box.x0 + 20, y - 2, box.x1, y}, words, Type::small, c.measure) + 6;
        }
        return;
    }
    const std::vector<int> kinds = common_kinds(net);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const bool chosen = c.state.kind == kinds[i];
        scene.dot({box.x0 + 6, y + 7}, 5, arm_ink(static_cast<int>(i)));
        const std::string name = kinds[i] >= 0 ? tr(cat.kinds[static_cast<std::size_t>(kinds[i])].name) : "\u2013";
        double height = 7;
        for (const std::string& line : wrapped(name, box.width() - 20, Type::small, c.measure)) {
            scene.words({box.x0 + 20, y + height + 4.5}, line, Type::small, ink(chosen ? Role::accent : Role::text));
            height += 15;
        }
        scene.spot({box.x0, y - 2, box.x1, y + height - 4}, "kind " + std::to_string(kinds[i]));
        y += height;
    }
    scene.dot({box.x0 + 6, y + 7}, 5, ink(Role::untold));
    scene.words({box.x0 + 20, y + 11.5}, tr("other kinds"), Type::small, ink(Role::muted));
}

}  // namespace

std::string network_answer(const Context& c) {
    const Net* net = net_of(c);
    if (!c.snapshot)
        return tr("Open a run to see its providers and their ties.");
    if (!net)
        return tr("This run was made before providers and ties were kept.");
    const auto n = static_cast<double>(net->providers.size());
    const Net& base = c.snapshot->nets[0];
    const auto share = [](const Net& one) {
        double posts = 0, sharing = 0;
        for (const NetProvider& p : one.providers)
            posts += 1, sharing += p.shares_record ? 1 : 0;
        return posts > 0 ? sharing / posts : 0;
    };
    std::string out = fill(tr("{arm}, at the end of the first future: {providers} providers, {ties} ties kept, {mean} "
                              "each on average; {share} share their records"),
                           {{"arm", c.snapshot->arm_label(static_cast<std::size_t>(arm_of(c)))},
                            {"providers", text::number(n, 0)},
                            {"ties", text::number(static_cast<double>(net->ties.size()), 0)},
                            {"mean", text::number(n > 0 ? 2 * static_cast<double>(net->ties.size()) / n : 0, 1)},
                            {"share", text::percent(share(*net))}});
    return out + (arm_of(c) > 0 && !base.providers.empty()
                      ? fill(tr(" ({base}: {share})."),
                             {{"base", c.snapshot->arm_label(0)}, {"share", text::percent(share(base))}})
                      : ".");
}

void draw_network(const Context& c, const Box& box, Scene& scene, Page& page) {
    const Net* net = net_of(c);
    if (!net) {
        page.is_empty = true;
        empty_state(c, scene, box,
                    c.snapshot ? tr("This run keeps no providers. A new run of the same scenario will.")
                               : tr("No run is open."),
                    "./tresse compare " +
                        (c.snapshot ? c.snapshot->compared.scenario().id : std::string("first-look")));
        return;
    }
    const double right = 240;
    take_picture(scene, box, page, [&](Scene& own) {
        const Box sheet{box.x0, box.y0, box.x1 - right - 16, box.y1};
        own.box(sheet, ink(Role::surface), 8);
        own.frame(sheet, ink(Role::rule, 0.8), 1, 8);
        draw_net(c, own, {sheet.x0, sheet.y0 + 48, sheet.x1, sheet.y1}, *net);
        const Box side = card(own, {box.x1 - right, box.y0, box.x1, box.y1});
        const int chosen = chosen_row(c, *net);
        double key = 280;
        if (chosen >= 0)
            draw_card(c, own, {side.x0, side.y0, side.x1, side.y0 + 260}, *net, chosen);
        else
            key = 24 + own.paragraph(
                {side.x0, side.y0, side.x1, side.y1},
                tr("Click on a provider for its card and its neighbours, on a kind to see that kind alone. Size: posts "
                   "filled. Lines: strength of the tie; the 12 strongest of each provider are kept. Inside a municipality "
                   "the places are schematic."),
                Type::small, c.measure, ink(Role::muted));
        draw_key(c, own, {side.x0, side.y0 + key, side.x1, side.y1}, *net);
    });
    const double x = choices(c, scene, {box.x0 + 12, box.y0 + 12},
                             {{tr("by place"), "layout 0"}, {tr("by ties"), "layout 1"}}, c.state.layout);
    choices(c, scene, {x + 12, box.y0 + 12},
            {{tr("kind"), "colour 0"}, {tr("load"), "colour 1"}, {tr("adoption"), "colour 2"}}, c.state.colour);
    name_picture(c, page, "network",
                 tr("a dot is a provider, its size the posts filled; a line is a tie, its width the strength."));
    const world::Catalogue& cat = c.snapshot->compared.catalogue();
    page.picture.table.columns = {tr("Provider"),       tr("Kind"),
                                  tr("Municipality"),   tr("posts filled"),
                                  tr("load"),           tr("people in its teams"),
                                  tr("shares records"), tr("follows the guideline")};
    for (const NetProvider& p : net->providers)
        page.picture.table.rows.push_back(
            {std::to_string(p.id), p.kind >= 0 ? tr(cat.kinds[static_cast<std::size_t>(p.kind)].name) : "",
             p.place >= 0 ? cat.places[static_cast<std::size_t>(p.place)].name(text::language()) : "",
             text::number(p.filled, 2), text::number(p.load, 3), std::to_string(p.panel),
             p.shares_record ? tr("yes") : tr("no"), p.uses_guideline ? tr("yes") : tr("no")});
}

}  // namespace tresse::viz::explorer
