#include "tresse/scenario/boundaries.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"

namespace tresse::scenario {

namespace {

using nlohmann::json;

int nis_of(const json& feature) {
    const auto properties = feature.find("properties");
    if (properties == feature.end() || !properties->is_object())
        return 0;
    for (const char* key : {"nis", "NIS", "niscode", "nis_code", "cd_munty_refnis"}) {
        const auto found = properties->find(key);
        if (found == properties->end())
            continue;
        long long value = 0;
        if (found->is_number_integer())
            return found->get<int>();
        if (found->is_string() && parse_whole(found->get<std::string>(), value))
            return static_cast<int>(value);
    }
    return 0;
}

/// False: not a ring of three or more places on earth.
bool read_ring(const json& given, std::vector<std::pair<double, double>>& ring) {
    if (!given.is_array())
        return false;
    for (const json& point : given) {
        if (!point.is_array() || point.size() < 2 || !point[0].is_number() || !point[1].is_number())
            return false;
        const std::pair place{point[0].get<double>(), point[1].get<double>()};
        if (!(std::fabs(place.first) <= 180 && std::fabs(place.second) <= 90))
            return false;
        ring.push_back(place);
    }
    if (ring.size() > 1 && ring.front() == ring.back())
        ring.pop_back();
    return ring.size() >= 3;
}

}  // namespace

std::vector<Boundary> read_boundaries(const std::string& path, Problems& problems) {
    std::vector<Boundary> out;
    const json all = json::parse(read_file(path, std::size_t{256} << 20), nullptr, false);
    if (all.is_discarded() || !all.is_object() || !all.contains("features") || !all["features"].is_array()) {
        problems.add(path, 0, "", "is no GeoJSON feature collection: wanted an object with a list `features`.");
        return out;
    }
    int index = 0;
    for (const json& feature : all["features"]) {
        const std::string where = "features[" + std::to_string(index++) + "]";
        Boundary one;
        one.nis = feature.is_object() ? nis_of(feature) : 0;
        if (one.nis <= 0) {
            problems.add(path, 0, where, "has no NIS code: wanted a property `nis` with a whole number.");
            continue;
        }
        const json geometry = feature.value("geometry", json());
        const std::string type = geometry.is_object() ? geometry.value("type", "") : "";
        const json coordinates = geometry.is_object() ? geometry.value("coordinates", json()) : json();
        if ((type != "Polygon" && type != "MultiPolygon") || !coordinates.is_array()) {
            problems.add(path, 0, where, "found geometry \"" + type + "\", wanted Polygon or MultiPolygon.");
            continue;
        }
        const json polygons = type == "Polygon" ? json::array({coordinates}) : coordinates;
        bool whole = true;
        for (const json& polygon : polygons) {
            std::vector<std::pair<double, double>> ring;
            if (!polygon.is_array() || polygon.empty() || !read_ring(polygon[0], ring))
                whole = false;
            else
                one.rings.push_back(std::move(ring));
        }
        if (!whole)
            problems.add(path, 0, where + " (" + std::to_string(one.nis) + ")",
                         "has a broken ring: wanted three or more points of longitude and latitude.");
        if (!one.rings.empty())
            out.push_back(std::move(one));
    }
    return out;
}

}  // namespace tresse::scenario
