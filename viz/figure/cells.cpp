#include <algorithm>
#include <cmath>
#include <numeric>

#include "tresse/core/check.hpp"
#include "tresse/viz/figure/chart.hpp"

namespace tresse::viz {

namespace {

constexpr double pi = 3.14159265358979;
constexpr double widest = 1.9;  // a cell's rim from its centre, against that of a disc of its area

/// Keeps the side of a polygon where a x + b y <= c.
std::vector<Point> cut(const std::vector<Point>& polygon, double a, double b, double c) {
    std::vector<Point> out;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const Point &p = polygon[i], &q = polygon[(i + 1) % polygon.size()];
        const double dp = a * p.x + b * p.y - c, dq = a * q.x + b * q.y - c;
        if (dp <= 0)
            out.push_back(p);
        if ((dp < 0 && dq > 0) || (dp > 0 && dq < 0)) {
            const double t = dp / (dp - dq);
            out.push_back({p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t});
        }
    }
    return out;
}

std::vector<Point> disc(Point centre, double radius) {
    std::vector<Point> out;
    constexpr int corners = 28;
    for (int i = 0; i < corners; ++i)
        out.push_back(
            {centre.x + radius * std::cos(i * 2 * pi / corners), centre.y + radius * std::sin(i * 2 * pi / corners)});
    return out;
}

/// Nearest sites of each, close ones first.
std::vector<std::vector<std::size_t>> neighbours(const std::vector<Point>& at, std::size_t most) {
    std::vector<std::vector<std::size_t>> out(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) {
        std::vector<std::pair<double, std::size_t>> far;
        for (std::size_t k = 0; k < at.size(); ++k)
            if (k != i)
                far.emplace_back(std::hypot(at[k].x - at[i].x, at[k].y - at[i].y), k);
        std::sort(far.begin(), far.end());
        for (std::size_t n = 0; n < std::min(most, far.size()); ++n)
            out[i].push_back(far[n].second);
    }
    return out;
}

/// Power cell of a site: nearer to it, once its weight is taken off, than to any other.
std::vector<Point> power_cell(const std::vector<Point>& at, const std::vector<double>& weight, std::size_t i,
                              const std::vector<std::size_t>& near, double reach) {
    std::vector<Point> cell = disc(at[i], reach);
    const auto square = [&](std::size_t k) { return at[k].x * at[k].x + at[k].y * at[k].y; };
    for (const std::size_t k : near) {
        const double c = (square(k) - weight[k] - square(i) + weight[i]) / 2;
        cell = cut(cell, at[k].x - at[i].x, at[k].y - at[i].y, c);
        if (cell.empty())
            break;
    }
    return cell;
}

double twice_area(const Point& a, const Point& b, const Point& c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

}  // namespace

std::vector<Point> projected(const std::vector<MapSite>& sites, std::vector<Point>* more) {
    double lat = 0;
    for (const MapSite& s : sites)
        lat += s.lat / static_cast<double>(sites.size());
    const double north = 111.2, east = north * std::cos(lat * pi / 180);
    std::vector<Point> out;
    double x0 = 1e30, y0 = 1e30;
    for (const MapSite& s : sites) {
        out.push_back({s.lon * east, -s.lat * north});
        x0 = std::min(x0, out.back().x), y0 = std::min(y0, out.back().y);
    }
    for (Point& p : out)
        p = {p.x - x0, p.y - y0};
    if (more)
        for (Point& p : *more)
            p = {p.x * east - x0, -p.y * north - y0};
    return out;
}

double ring_area(const std::vector<Point>& ring) {
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point &p = ring[i], &q = ring[(i + 1) % ring.size()];
        sum += p.x * q.y - q.x * p.y;
    }
    return std::fabs(sum) / 2;
}

std::vector<MapCell> voronoi_cells(const std::vector<MapSite>& sites) {
    const std::vector<Point> at = projected(sites);
    const auto near = neighbours(at, 48);
    std::vector<double> weight(sites.size(), 0), area(sites.size(), 0), reach;
    for (const MapSite& s : sites)
        reach.push_back(std::sqrt(std::max(s.area_km2, 0.2) / pi) * widest);
    std::vector<std::vector<Point>> cells(sites.size());
    constexpr int rounds = 60;
    for (int round = 0; round <= rounds; ++round) {
        for (std::size_t i = 0; i < sites.size(); ++i) {
            cells[i] = power_cell(at, weight, i, near[i], reach[i]);
            area[i] = ring_area(cells[i]);
        }
        if (round < rounds)
            for (std::size_t i = 0; i < sites.size(); ++i) {
                const double wanted = std::max(sites[i].area_km2, 0.2), least = std::sqrt(wanted / pi);
                weight[i] += 0.2 * (wanted - area[i]);
                // an outer cell with too much room draws in its own rim
                reach[i] = std::clamp(reach[i] * std::pow(wanted / std::max(area[i], wanted / 8), 0.12), least,
                                      least * widest);
            }
    }
    std::vector<MapCell> out;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        MapCell cell;
        cell.centre = at[i];
        cell.area = area[i];
        if (cells[i].size() > 2)
            cell.rings.push_back(cells[i]);
        cell.triangles.resize(cell.rings.size());
        out.push_back(std::move(cell));
    }
    return out;
}

std::vector<std::uint32_t> triangulated(const std::vector<Point>& ring) {
    std::vector<std::uint32_t> left(ring.size()), out;
    std::iota(left.begin(), left.end(), 0u);
    double turn = 0;
    for (std::size_t i = 0; i < ring.size(); ++i)
        turn += ring[i].x * ring[(i + 1) % ring.size()].y - ring[(i + 1) % ring.size()].x * ring[i].y;
    if (turn < 0)
        std::reverse(left.begin(), left.end());
    const auto is_ear = [&](std::size_t i) {
        const std::size_t n = left.size(), before = (i + n - 1) % n, after = (i + 1) % n;
        const Point &a = ring[left[before]], &b = ring[left[i]], &c = ring[left[after]];
        if (twice_area(a, b, c) <= 0)
            return false;
        for (std::size_t k = 0; k < n; ++k) {
            if (k == before || k == i || k == after)
                continue;
            const Point& p = ring[left[k]];
            if (p == a || p == b || p == c)
                continue;
            if (twice_area(a, b, p) >= 0 && twice_area(b, c, p) >= 0 && twice_area(c, a, p) >= 0)
                return false;
        }
        return true;
    };
    while (left.size() > 3) {
        bool any = false;
        for (std::size_t i = 0; i < left.size() && !any; ++i) {
            const std::size_t n = left.size();
            const bool flat =
                std::fabs(twice_area(ring[left[(i + n - 1) % n]], ring[left[i]], ring[left[(i + 1) % n]])) < 1e-12;
            if (!flat && !is_ear(i))
                continue;
            if (!flat)
                out.insert(out.end(), {left[(i + n - 1) % n], left[i], left[(i + 1) % n]});
            left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
            any = true;
        }
        if (!any)
            return {};
    }
    if (left.size() == 3)
        out.insert(out.end(), {left[0], left[1], left[2]});
    double covered = 0;
    for (std::size_t i = 0; i + 2 < out.size(); i += 3)
        covered += std::fabs(twice_area(ring[out[i]], ring[out[i + 1]], ring[out[i + 2]])) / 2;
    const double whole = ring_area(ring);
    return std::fabs(covered - whole) <= 1e-6 * std::max(whole, covered) ? out : std::vector<std::uint32_t>{};
}

std::vector<Point> force_layout(std::size_t nodes, const std::vector<std::pair<int, int>>& ties,
                                const std::vector<double>& strength, const std::vector<Point>& start, int rounds) {
    TRESSE_CHECK(start.size() == nodes && strength.size() == ties.size(),
                 "every node has a start, every tie a strength");
    std::vector<Point> at = start, push(nodes);
    if (nodes < 2)
        return at;
    const double ideal = std::sqrt(1.0 / static_cast<double>(nodes));
    for (int round = 0; round < rounds; ++round) {
        std::fill(push.begin(), push.end(), Point{});
        for (std::size_t i = 0; i < nodes; ++i)
            for (std::size_t k = i + 1; k < nodes; ++k) {
                double dx = at[i].x - at[k].x, dy = at[i].y - at[k].y;
                const double far = std::max(dx * dx + dy * dy, 1e-7);
                if (far > 36 * ideal * ideal)
                    continue;
                dx *= ideal * ideal / far, dy *= ideal * ideal / far;
                push[i].x += dx, push[i].y += dy, push[k].x -= dx, push[k].y -= dy;
            }
        for (std::size_t t = 0; t < ties.size(); ++t) {
            const auto a = static_cast<std::size_t>(ties[t].first), b = static_cast<std::size_t>(ties[t].second);
            const double dx = at[a].x - at[b].x, dy = at[a].y - at[b].y;
            const double pull = std::hypot(dx, dy) / ideal * (0.15 + strength[t]) * 0.6;
            push[a].x -= dx * pull, push[a].y -= dy * pull, push[b].x += dx * pull, push[b].y += dy * pull;
        }
        const double heat = 0.08 * (1 - static_cast<double>(round) / rounds);
        for (std::size_t i = 0; i < nodes; ++i) {
            push[i].x += (0.5 - at[i].x) * 0.02, push[i].y += (0.5 - at[i].y) * 0.02;
            const double length = std::max(std::hypot(push[i].x, push[i].y), 1e-12), step = std::min(length, heat);
            at[i].x += push[i].x / length * step, at[i].y += push[i].y / length * step;
        }
    }
    double x0 = 1e30, y0 = 1e30, x1 = -1e30, y1 = -1e30;
    for (const Point& p : at)
        x0 = std::min(x0, p.x), x1 = std::max(x1, p.x), y0 = std::min(y0, p.y), y1 = std::max(y1, p.y);
    for (Point& p : at)
        p = {(p.x - x0) / std::max(x1 - x0, 1e-9), (p.y - y0) / std::max(y1 - y0, 1e-9)};
    return at;
}

}  // namespace tresse::viz
