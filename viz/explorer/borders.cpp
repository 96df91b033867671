#include "borders.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "tresse/core/file.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/scenario/boundaries.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

/// Drops points that stand closer than `least` km to the one before: a screen does not show them.
std::vector<Point> thinned(const std::vector<Point>& ring, double least) {
    std::vector<Point> out;
    for (const Point& p : ring)
        if (out.empty() || std::hypot(p.x - out.back().x, p.y - out.back().y) >= least)
            out.push_back(p);
    return out.size() >= 3 ? out : ring;
}

}  // namespace

std::vector<MapCell> bordered_cells(const std::string& path, const world::Catalogue& catalogue,
                                    std::vector<std::string>& remarks) {
    Problems problems;
    std::vector<scenario::Boundary> borders;
    try {
        borders = scenario::read_boundaries(path, problems);
    } catch (const BadInput& bad) {
        for (const Problem& p : bad.problems().list())
            remarks.push_back(fill(tr("Borders: {file}: {message}"), {{"file", p.file}, {"message", p.message}}));
        return {};
    }
    for (const Problem& p : problems.list())
        remarks.push_back(fill(tr("Borders: {file}: {message}"),
                               {{"file", name_of(p.file)}, {"message", p.where + " " + p.message}}));
    std::map<int, const scenario::Boundary*> by_nis;
    for (const scenario::Boundary& b : borders)
        by_nis[b.nis] = &b;
    std::vector<MapSite> sites;
    for (const world::Place& p : catalogue.places)
        sites.push_back({p.lat, p.lon, p.area_km2});
    std::vector<MapCell> cells = voronoi_cells(sites);
    std::vector<std::string> without;
    bool any = false;
    for (std::size_t i = 0; i < catalogue.places.size(); ++i) {
        const auto found = by_nis.find(catalogue.places[i].nis);
        if (found == by_nis.end()) {
            without.push_back(catalogue.places[i].name(text::language()));
            continue;
        }
        MapCell cell;
        cell.centre = cells[i].centre;
        for (const auto& given : found->second->rings) {
            std::vector<Point> ring;
            for (const auto& [lon, lat] : given)
                ring.push_back({lon, lat});
            projected(sites, &ring);
            ring = thinned(ring, 0.08);
            auto triangles = triangulated(ring);
            if (triangles.empty()) {
                remarks.push_back(fill(tr("Borders: a ring of {place} crosses itself and was left out."),
                                       {{"place", catalogue.places[i].name(text::language())}}));
                continue;
            }
            cell.area += ring_area(ring);
            cell.rings.push_back(std::move(ring));
            cell.triangles.push_back(std::move(triangles));
        }
        if (!cell.rings.empty()) {
            cells[i] = std::move(cell);
            any = true;
        }
    }
    if (!without.empty())
        remarks.push_back(
            fill(tr("Borders: none for {places}; drawn from its centre."), {{"places", text::list(without)}}));
    return any ? cells : std::vector<MapCell>{};
}

}  // namespace tresse::viz::explorer
