#include "tresse/build/reach.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/core/math.hpp"

namespace tresse::build {

namespace {

constexpr double part_km = 40;      // A-1420
constexpr int balance_rounds = 60;  // the largest house is then within 0.1 % of its beds' part; a test holds it

/// exp(-decay minutes) at [municipality of the pack][site].
std::vector<std::vector<double>> nearness_of(const scenario::Region& region, const BuildParameters& parameters, std::span<const int> sites) {
    // Ways are counted from the sites, since they are fewer; the graph has no one-way streets.
    std::vector<int> from;
    for (const int s : sites)
        from.push_back(region.hospital_sites[static_cast<std::size_t>(s)].municipality);
    std::sort(from.begin(), from.end());
    from.erase(std::unique(from.begin(), from.end()), from.end());
    const Travel travel(region, from, parameters);
    std::vector<std::vector<double>> near(region.municipalities.size(), std::vector<double>(sites.size()));
    for (std::size_t m = 0; m < near.size(); ++m)
        for (std::size_t h = 0; h < sites.size(); ++h) {
            const auto& site = region.hospital_sites[static_cast<std::size_t>(sites[h])];
            const auto& town = region.municipalities[m];
            const double km = travel.km({site.municipality, site.lat, site.lon}, {static_cast<int>(m), town.lat, town.lon}) +
                              parameters.inside_km_per_root_area * std::sqrt(std::max(0.0, town.area_km2));
            near[m][h] = exp_d(-parameters.hospital_decay_per_minute * travel.minutes(km));
        }
    return near;
}

/// People of each site from all of the pack.
std::vector<double> people_of(const scenario::Region& region, const std::vector<std::vector<double>>& near, const std::vector<double>& pull) {
    std::vector<double> out(pull.size(), 0.0);
    for (std::size_t m = 0; m < near.size(); ++m) {
        double sum = 0;
        for (std::size_t h = 0; h < pull.size(); ++h)
            sum += pull[h] * near[m][h];
        for (std::size_t h = 0; h < pull.size() && sum > 0; ++h)
            out[h] += region.municipalities[m].inhabitants() * pull[h] * near[m][h] / sum;
    }
    return out;
}

std::vector<double> balanced_pull(const scenario::Region& region, const std::vector<std::vector<double>>& near, std::span<const int> sites) {
    std::vector<double> beds, pull;
    double all_beds = 0, all_people = 0;
    for (const int s : sites) {
        beds.push_back(region.hospital_sites[static_cast<std::size_t>(s)].beds);
        all_beds += beds.back();
    }
    for (const auto& town : region.municipalities)
        all_people += town.inhabitants();
    pull = beds;
    for (int round = 0; round < balance_rounds; ++round) {
        const std::vector<double> people = people_of(region, near, pull);
        for (std::size_t h = 0; h < pull.size(); ++h)
            if (people[h] > 0)
                pull[h] *= beds[h] / all_beds * all_people / people[h];
    }
    return pull;
}

/// Houses that matter to some part of the area, or stand in it.
std::vector<bool> kept_houses(const scenario::Region& region, const HospitalFlows& flows, std::span<const int> municipalities, std::span<const int> part,
                              std::span<const int> sites) {
    const auto parts = part.empty() ? 0 : static_cast<std::size_t>(*std::max_element(part.begin(), part.end())) + 1;
    std::vector<bool> kept(sites.size(), false);
    for (std::size_t h = 0; h < sites.size(); ++h) {
        std::vector<double> drawn(parts, 0.0), people(parts, 0.0);
        for (std::size_t i = 0; i < municipalities.size(); ++i) {
            const double here = region.municipalities[static_cast<std::size_t>(municipalities[i])].inhabitants();
            drawn[static_cast<std::size_t>(part[i])] += here * flows.to_house[i][h];
            people[static_cast<std::size_t>(part[i])] += here;
            if (region.hospital_sites[static_cast<std::size_t>(sites[h])].municipality == municipalities[i])
                kept[h] = true;
        }
        for (std::size_t p = 0; p < parts; ++p)
            if (drawn[p] >= 0.004 * people[p] && people[p] > 0)
                kept[h] = true;
    }
    return kept;
}

}  // namespace

std::vector<int> parts_of(const Travel& travel, std::span<const int> municipalities) {
    std::vector<int> part(municipalities.size(), -1);
    int parts = 0;
    for (std::size_t i = 0; i < municipalities.size(); ++i) {
        if (part[i] >= 0)
            continue;
        part[i] = parts++;
        std::vector<std::size_t> open{i};
        while (!open.empty()) {
            const std::size_t at = open.back();
            open.pop_back();
            for (std::size_t j = 0; j < municipalities.size(); ++j)
                if (part[j] < 0 && travel.path_km(municipalities[at], municipalities[j]) <= part_km)
                    part[j] = part[i], open.push_back(j);
        }
    }
    return part;
}

HospitalFlows hospital_flows(const scenario::Region& region, const BuildParameters& parameters, std::span<const int> municipalities, std::span<const int> parts,
                             std::span<const int> sites) {
    const auto near = nearness_of(region, parameters, sites);
    HospitalFlows out;
    out.pull = balanced_pull(region, near, sites);
    const std::vector<double> by_all = people_of(region, near, out.pull);
    std::vector<double> by_residents(sites.size(), 0.0);
    double demand = 0, outside = 0, inside_all = 0, inside_residents = 0;
    for (const int m : municipalities) {
        const auto& row = near[static_cast<std::size_t>(m)];
        double sum = 0;
        for (std::size_t h = 0; h < sites.size(); ++h)
            sum += out.pull[h] * row[h];
        auto& flow = out.to_house.emplace_back(sites.size(), 0.0);
        for (std::size_t h = 0; h < sites.size() && sum > 0; ++h) {
            flow[h] = out.pull[h] * row[h] / sum;
            by_residents[h] += flow[h] * region.municipalities[static_cast<std::size_t>(m)].inhabitants();
        }
    }
    for (std::size_t h = 0; h < sites.size(); ++h) {
        const bool here = std::find(municipalities.begin(), municipalities.end(), region.hospital_sites[static_cast<std::size_t>(sites[h])].municipality) != municipalities.end();
        demand += by_residents[h], outside += here ? 0 : by_residents[h];
        inside_all += here ? by_all[h] : 0, inside_residents += here ? by_residents[h] : 0;
    }
    out.outside_share = demand > 0 ? outside / demand : 0;
    out.resident_share = inside_all > 0 ? inside_residents / inside_all : 1;
    const std::vector<bool> kept = kept_houses(region, out, municipalities, parts, sites);
    for (auto& flow : out.to_house) {
        double sum = 0;
        for (std::size_t h = 0; h < sites.size(); ++h)
            sum += flow[h] = kept[h] ? flow[h] : 0;
        for (auto& part : flow)
            part = sum > 0 ? part / sum : 0;
    }
    return out;
}

}  // namespace tresse::build
