#include <algorithm>
#include <cmath>

#include "tresse/core/text/format.hpp"
#include "tresse/viz/figure/chart.hpp"

namespace tresse::viz {

namespace {

constexpr double node_width = 12, gap = 14, least = 1.5;

struct Placed {
    double in = 0, out = 0;  ///< amounts
    double y = 0, height = 0;
    double used_in = 0, used_out = 0;
    double amount() const { return std::max(in, out); }
};

/// A band from one node to the next, its edges S-curves; as quads, so that every piece is convex.
void ribbon(Scene& scene, Point from, Point to, double thick, const Ink& ink) {
    constexpr int steps = 18;
    const auto place = [&](double t) {
        const double bend = t * t * (3 - 2 * t);
        return Point{from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * bend};
    };
    std::vector<Point> upper, lower;
    for (int i = 0; i <= steps; ++i) {
        const Point p = place(static_cast<double>(i) / steps);
        upper.push_back(p);
        lower.push_back({p.x, p.y + thick});
    }
    std::reverse(lower.begin(), lower.end());
    upper.insert(upper.end(), lower.begin(), lower.end());
    scene.area(std::move(upper), ink);
}

std::vector<Placed> placed(const FlowChart& chart, const Box& box, double& scale) {
    std::vector<Placed> out(chart.nodes.size());
    for (const FlowLink& l : chart.links) {
        out[static_cast<std::size_t>(l.from)].out += l.amount;
        out[static_cast<std::size_t>(l.to)].in += l.amount;
    }
    int columns = 1;
    for (const FlowNode& n : chart.nodes)
        columns = std::max(columns, n.column + 1);
    scale = 1e30;
    for (int c = 0; c < columns; ++c) {
        double sum = 0;
        int count = 0;
        for (std::size_t i = 0; i < out.size(); ++i)
            if (chart.nodes[i].column == c)
                sum += out[i].amount(), ++count;
        if (sum > 0)
            scale = std::min(scale, (box.height() - gap * std::max(0, count - 1)) / sum);
    }
    for (int c = 0; c < columns; ++c) {
        double y = box.y0;
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (chart.nodes[i].column != c)
                continue;
            out[i].y = y;
            out[i].height = std::max(least, out[i].amount() * scale);
            y += out[i].height + gap;
        }
    }
    return out;
}

}  // namespace

namespace {

struct Sides {
    double left = 0, right = 0;  ///< room for the words beside the outer columns
    std::vector<double> x;       ///< of the columns
};

constexpr double words_room = 166;

Sides sides_of(const FlowChart& chart, const Box& box, const Measure& measure) {
    Sides out;
    int columns = 1;
    for (const FlowNode& n : chart.nodes)
        columns = std::max(columns, n.column + 1);
    for (const FlowNode& n : chart.nodes) {
        const double w = std::min(words_room, measure.width(n.name, Type::small) + 52) + 8;
        if (n.column == 0)
            out.left = std::max(out.left, w);
        else if (n.column == columns - 1)
            out.right = std::max(out.right, w);
    }
    out.left = std::max(out.left, 60.0), out.right = std::max(out.right, 60.0);
    const double x0 = box.x0 + out.left, x1 = box.x1 - out.right - node_width;
    for (int c = 0; c < columns; ++c)
        out.x.push_back(columns > 1 ? x0 + (x1 - x0) * c / (columns - 1) : x0);
    return out;
}

/// Name and amount beside a node, around the middle `at`; gives the height they take.
double name_node(Scene& scene, const std::string& name, const std::string& amount, Point at, Anchor anchor, double room,
                 bool over_flows, const Measure& measure) {
    const double number = measure.width(amount, Type::label) + 8, side = anchor == Anchor::end ? -1 : 1;
    const std::vector<std::string> lines = wrapped(name, std::max(40.0, room - number), Type::small, measure);
    double y = at.y + 4 - 7.0 * (static_cast<double>(lines.size()) - 1);
    if (over_flows) {  // a pale ground, so that the words are read where flows pass under them
        double wide = 0;
        for (const std::string& line : lines)
            wide = std::max(wide, measure.width(line, Type::small));
        scene.box({at.x - 4, y - 13, at.x + number + wide + 4, y + 14.0 * static_cast<double>(lines.size()) - 9}, ink(Role::surface, 0.72), 3);
    }
    scene.words({at.x, y}, amount, Type::label, ink(Role::text), anchor);
    for (const std::string& line : lines) {
        scene.words({at.x + side * number, y}, line, Type::small, ink(Role::text), anchor);
        y += 14;
    }
    return 14.0 * static_cast<double>(lines.size());
}

}  // namespace

void flows(const FlowChart& chart, const Box& box, const Measure& measure, Scene& scene) {
    const Box body{box.x0, box.y0 + 26, box.x1, box.y1};
    double scale = 1;
    std::vector<Placed> nodes = placed(chart, body, scale);
    const Sides sides = sides_of(chart, box, measure);
    const int last = static_cast<int>(sides.x.size()) - 1;
    for (std::size_t c = 0; c < chart.columns.size() && c < sides.x.size(); ++c) {
        const bool first = c == 0, end = static_cast<int>(c) == last;
        scene.words({sides.x[c] + (first ? node_width
                                   : end ? 0
                                         : node_width / 2),
                     box.y0 + 10},
                    chart.columns[c], Type::small, ink(Role::muted),
                    first ? Anchor::end
                    : end ? Anchor::start
                          : Anchor::middle);
    }
    for (const FlowLink& l : chart.links) {
        Placed &a = nodes[static_cast<std::size_t>(l.from)], &b = nodes[static_cast<std::size_t>(l.to)];
        const double thick = l.amount * scale;
        const Point from{sides.x[static_cast<std::size_t>(chart.nodes[static_cast<std::size_t>(l.from)].column)] +
                             node_width,
                         a.y + a.used_out};
        const Point to{sides.x[static_cast<std::size_t>(chart.nodes[static_cast<std::size_t>(l.to)].column)],
                       b.y + b.used_in};
        a.used_out += thick;
        b.used_in += thick;
        if (thick < 0.15)
            continue;
        ribbon(scene, from, to, std::max(thick, 0.6), l.ink);
        scene.spot({from.x + (to.x - from.x) * 0.3, std::min(from.y, to.y), from.x + (to.x - from.x) * 0.7,
                    std::max(from.y, to.y) + std::max(thick, 3.0)},
                   "", l.tip);
    }
    std::vector<double> before(sides.x.size(), -100);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const int column = chart.nodes[i].column;
        const auto c = static_cast<std::size_t>(column);
        const double x = sides.x[c];
        scene.box({x, nodes[i].y, x + node_width, nodes[i].y + nodes[i].height}, chart.nodes[i].ink, 2);
        const std::string amount =
            chart.nodes[i].amount.empty() ? text::number(nodes[i].amount(), chart.digits) : chart.nodes[i].amount;
        const double between = last > 0 ? sides.x[1] - sides.x[0] - node_width : box.width();
        const double room = column == 0 ? sides.left - 8 : column == last ? sides.right - 8 : between - 16;
        const double rows = static_cast<double>(wrapped(chart.nodes[i].name,
                                                        std::max(40.0, room - measure.width(amount, Type::label) - 8),
                                                        Type::small, measure)
                                                    .size());
        const double y = std::max(nodes[i].y + nodes[i].height / 2, before[c] + 7 * rows);
        const Point at{column == 0 ? x - 8 : x + node_width + 8, y};
        before[c] = y + name_node(scene, chart.nodes[i].name, amount, at, column == 0 ? Anchor::end : Anchor::start,
                                  room, column > 0 && column < last, measure) /
                            2;
        scene.spot({x - 2, nodes[i].y, x + node_width + 2, nodes[i].y + std::max(nodes[i].height, 8.0)}, "",
                   chart.nodes[i].name + "\n" + amount + " " + chart.unit);
    }
}

}  // namespace tresse::viz
