#include <algorithm>
#include <cmath>

#include "tresse/viz/figure/chart.hpp"

namespace tresse::viz {

namespace {

struct Paper {
    const Panel& panel;
    const PlotPlace& at;
    Scene& scene;
};

Ink ink_of(const Mark& mark, double opacity = 1) {
    return mark.series < 0 || mark.sign == Sign::cannot_tell ? ink(Role::untold, opacity)
                                                             : arm_ink(mark.series, opacity);
}

void draw_band(const Paper& p, const Mark& mark) {
    std::vector<Point> upper, lower;
    const auto close = [&] {
        // quads: a band is rarely convex, and each quad is
        for (std::size_t i = 0; i + 1 < upper.size(); ++i)
            p.scene.area({upper[i], upper[i + 1], lower[i + 1], lower[i]}, ink_of(mark, 0.16));
        upper.clear();
        lower.clear();
    };
    for (std::size_t i = 0; i < mark.x.size(); ++i) {
        if (!std::isfinite(mark.y[i]) || !std::isfinite(mark.y2[i])) {
            close();
            continue;
        }
        const double x = p.at.x(mark.x[i]);
        lower.push_back({x, std::clamp(p.at.y(mark.y[i]), p.at.inner.y0, p.at.inner.y1)});
        upper.push_back({x, std::clamp(p.at.y(mark.y2[i]), p.at.inner.y0, p.at.inner.y1)});
    }
    close();
}

void draw_curve(const Paper& p, const Mark& mark, int curves) {
    std::vector<Point> run;
    // The first curve is the widest, so that what lies on it leaves a rim.
    const double width = curves > 1 ? std::max(1.8, 5.0 - 1.6 * std::max(0, mark.series)) : 2.2;
    if (mark.series < 0) {
        for (std::size_t i = 0; i + 1 < mark.x.size(); ++i)
            p.scene.line({{p.at.x(mark.x[i]), p.at.y(mark.y[i])}, {p.at.x(mark.x[i + 1]), p.at.y(mark.y[i + 1])}},
                         ink_of(mark), 1.2, true);
        return;
    }
    const bool marked = mark.x.size() <= 24;
    for (std::size_t i = 0; i <= mark.x.size(); ++i) {
        if (i < mark.x.size() && std::isfinite(mark.y[i])) {
            run.push_back({p.at.x(mark.x[i]), p.at.y(mark.y[i])});
            continue;
        }
        if (run.size() > 1)
            p.scene.line(run, ink_of(mark), width);
        for (std::size_t k = 0; marked && k < run.size(); ++k)
            if (run.size() == 1 || static_cast<int>(k % 3) == std::max(0, mark.series) % 3)
                p.scene.arm_mark(run[k], 4.5, std::max(0, mark.series), ink_of(mark));
        run.clear();
    }
}

void draw_mark(const Paper& p, const Mark& mark, int curves) {
    const Box& in = p.at.inner;
    switch (mark.kind) {
    case Mark::Kind::zone:
        if (mark.y.size() == 2)
            p.scene.box({in.x0, p.at.y(mark.y[1]), in.x1, p.at.y(mark.y[0])}, ink(Role::grid, 0.8));
        else
            p.scene.box({p.at.x(mark.x[0]), in.y0, p.at.x(mark.x[1]), in.y1}, ink(Role::grid, 0.8));
        break;
    case Mark::Kind::rule:
        if (mark.x.empty())
            p.scene.line({{in.x0, p.at.y(mark.y[0])}, {in.x1, p.at.y(mark.y[0])}}, ink(Role::muted), 1.2);
        else
            p.scene.line({{p.at.x(mark.x[0]), in.y0}, {p.at.x(mark.x[0]), in.y1}}, ink(Role::muted), 1.2);
        break;
    case Mark::Kind::band:
        draw_band(p, mark);
        break;
    case Mark::Kind::line:
        draw_curve(p, mark, curves);
        break;
    case Mark::Kind::reach:
        if (mark.x.size() == 2)
            p.scene.line({{p.at.x(mark.x[0]), p.at.y(mark.y[0])}, {p.at.x(mark.x[1]), p.at.y(mark.y[1])}},
                         ink_of(mark, 0.8), 1.5);
        break;
    case Mark::Kind::points:
        for (std::size_t i = 0; i < mark.x.size(); ++i)
            if (std::isfinite(mark.x[i]) && std::isfinite(mark.y[i]))
                p.scene.arm_mark({p.at.x(mark.x[i]), p.at.y(mark.y[i])}, 5, std::max(0, mark.series),
                                 ink_of(mark, 0.85));
        break;
    case Mark::Kind::interval:
    case Mark::Kind::bar:
        break;  // these stand in rows, not between two axes of numbers
    }
}

void draw_axes(const Paper& p) {
    const Box& in = p.at.inner;
    for (const Tick& tick : p.panel.y.ticks) {
        const double y = std::round(p.at.y(tick.value)) + 0.5;
        if (y < in.y0 - 1 || y > in.y1 + 1)
            continue;
        p.scene.line({{in.x0, y}, {in.x1, y}}, ink(Role::grid), 1);
        p.scene.words({in.x0 - 8, y + 4}, tick.label, Type::small, ink(Role::muted), Anchor::end);
    }
    for (const Tick& tick : p.panel.x.ticks) {
        const double x = p.at.x(tick.value);
        if (x < in.x0 - 1 || x > in.x1 + 1)
            continue;
        p.scene.line({{x, in.y1}, {x, in.y1 + 5}}, ink(Role::rule), 1);
        p.scene.words({x, in.y1 + 19}, tick.label, Type::small, ink(Role::muted), Anchor::middle);
    }
    p.scene.line({{in.x0, in.y1 + 0.5}, {in.x1, in.y1 + 0.5}}, ink(Role::rule), 1);
}

/// Names right of the lines' ends, moved apart where they would lie on each other.
void name_ends(const Paper& p, const PlotStyle& style) {
    struct End {
        double y;
        int series;
    };
    std::vector<End> ends;
    for (const Mark& mark : p.panel.marks)
        if (mark.kind == Mark::Kind::line && mark.series >= 0 &&
            static_cast<std::size_t>(mark.series) < style.names.size())
            for (std::size_t i = mark.y.size(); i-- > 0;)
                if (std::isfinite(mark.y[i])) {
                    ends.push_back({p.at.y(mark.y[i]), mark.series});
                    break;
                }
    std::stable_sort(ends.begin(), ends.end(), [](const End& a, const End& b) { return a.y < b.y; });
    constexpr double apart = 17;
    for (std::size_t i = 1; i < ends.size(); ++i)
        ends[i].y = std::max(ends[i].y, ends[i - 1].y + apart);
    const double over = ends.empty() ? 0 : std::max(0.0, ends.back().y - p.at.inner.y1);
    for (const End& end : ends) {
        const double y = end.y - over, x = p.at.inner.x1 + 12;
        p.scene.arm_mark({x, y}, 4.5, end.series, arm_ink(end.series));
        p.scene.words({x + 10, y + 4.5}, style.names[static_cast<std::size_t>(end.series)], Type::small,
                      ink(Role::text));
    }
}

}  // namespace

PlotPlace plot(const Panel& panel, const Box& box, const PlotStyle& style, const Measure& measure, Scene& scene) {
    double left = 20, right = 12;
    for (const Tick& tick : panel.y.ticks)
        left = std::max(left, measure.width(tick.label, Type::small) + 14);
    for (const std::string& name : style.names)
        right = std::max(right, measure.width(name, Type::small) + 30);
    PlotPlace at;
    const double top = (panel.title.empty() ? 4 : 26) + (panel.y.title.empty() ? 0 : 20);
    at.inner = {box.x0 + left, box.y0 + top, box.x1 - right, box.y1 - 28 - (panel.x.title.empty() ? 0 : 18)};
    at.x_low = panel.x.low, at.x_high = panel.x.high;
    at.y_low = panel.y.low, at.y_high = panel.y.high;
    const Paper p{panel, at, scene};
    if (!panel.title.empty())
        scene.words({box.x0, box.y0 + 14}, panel.title, Type::label);
    if (!panel.y.title.empty())
        scene.words({box.x0, box.y0 + top - 10}, panel.y.title, Type::small, ink(Role::muted));
    for (const Mark& mark : panel.marks)
        if (mark.kind == Mark::Kind::zone)
            draw_mark(p, mark, 1);
    draw_axes(p);
    if (!panel.x.title.empty())
        scene.words({at.inner.middle().x, box.y1 - 4}, panel.x.title, Type::small, ink(Role::muted), Anchor::middle);
    if (style.has_cursor && style.cursor >= at.x_low && style.cursor <= at.x_high)
        scene.line({{at.x(style.cursor), at.inner.y0}, {at.x(style.cursor), at.inner.y1}}, ink(Role::accent), 1.5);
    int curves = 0;
    for (const Mark& mark : panel.marks)
        curves += mark.kind == Mark::Kind::line ? 1 : 0;
    for (const Mark::Kind kind : {Mark::Kind::band, Mark::Kind::rule, Mark::Kind::reach, Mark::Kind::line,
                                  Mark::Kind::points})
        for (const Mark& mark : panel.marks)
            if (mark.kind == kind)
                draw_mark(p, mark, curves);
    name_ends(p, style);
    return at;
}

}  // namespace tresse::viz
