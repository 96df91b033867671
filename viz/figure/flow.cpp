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

void flows(const FlowChart& chart, const Box& box, const Measure& measure, Scene& scene) {
    int columns = 1;
    double right_room = 40;
    for (const FlowNode& n : chart.nodes)
        columns = std::max(columns, n.column + 1);
    const auto label = [&](std::size_t i, const Placed& p) {
        return chart.nodes[i].name + "  " + text::number(p.amount(), chart.digits);
    };
    const Box body{box.x0, box.y0 + 26, box.x1, box.y1};
    double scale = 1;
    std::vector<Placed> nodes = placed(chart, body, scale);
    double left_room = 40;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const double w = measure.width(label(i, nodes[i]), Type::small) + 10;
        if (chart.nodes[i].column == 0)
            left_room = std::max(left_room, w);
        if (chart.nodes[i].column == columns - 1)
            right_room = std::max(right_room, w);
    }
    const double x0 = box.x0 + left_room, x1 = box.x1 - right_room - node_width;
    const auto x_of = [&](int column) { return columns > 1 ? x0 + (x1 - x0) * column / (columns - 1) : x0; };
    for (std::size_t c = 0; c < chart.columns.size(); ++c) {
        const int last = columns - 1, column = static_cast<int>(c);
        const Anchor anchor = column == 0 ? Anchor::end : column == last ? Anchor::start : Anchor::middle;
        scene.words({x_of(column) + (column == 0 ? node_width : column == last ? 0 : node_width / 2), box.y0 + 10}, chart.columns[c], Type::small,
                    ink(Role::muted), anchor);
    }
    for (const FlowLink& l : chart.links) {
        Placed &a = nodes[static_cast<std::size_t>(l.from)], &b = nodes[static_cast<std::size_t>(l.to)];
        const double thick = l.amount * scale;
        const Point from{x_of(chart.nodes[static_cast<std::size_t>(l.from)].column) + node_width, a.y + a.used_out};
        const Point to{x_of(chart.nodes[static_cast<std::size_t>(l.to)].column), b.y + b.used_in};
        a.used_out += thick;
        b.used_in += thick;
        if (thick < 0.15)
            continue;
        ribbon(scene, from, to, std::max(thick, 0.6), l.ink);
        scene.spot({from.x + (to.x - from.x) * 0.3, std::min(from.y, to.y), from.x + (to.x - from.x) * 0.7, std::max(from.y, to.y) + std::max(thick, 3.0)},
                   "", l.tip);
    }
    double last_label[3] = {-100, -100, -100};
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const int column = chart.nodes[i].column;
        const double x = x_of(column), middle = nodes[i].y + nodes[i].height / 2 + 4;
        scene.box({x, nodes[i].y, x + node_width, nodes[i].y + nodes[i].height}, chart.nodes[i].ink, 2);
        double& before = last_label[column == 0 ? 0 : column == columns - 1 ? 2 : 1];
        const double y = std::max(middle, before + 14);
        before = y;
        if (column == 0)
            scene.words({x - 8, y}, label(i, nodes[i]), Type::small, ink(Role::text), Anchor::end);
        else if (column == columns - 1)
            scene.words({x + node_width + 8, y}, label(i, nodes[i]), Type::small, ink(Role::text));
        else
            scene.words({x + node_width + 6, y}, label(i, nodes[i]), Type::small, ink(Role::text));
        scene.spot({x - 2, nodes[i].y, x + node_width + 2, nodes[i].y + std::max(nodes[i].height, 8.0)}, "", label(i, nodes[i]) + " " + chart.unit);
    }
}

}  // namespace tresse::viz
