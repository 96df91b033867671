#include "tresse/measure/access.hpp"

#include <algorithm>

#include "tresse/core/check.hpp"

namespace tresse::measure {

Access catchment_access(std::span<const double> supply, std::span<const double> people, std::span<const Way> ways) {
    std::vector<double> asked(supply.size(), 0.0);
    for (const Way& way : ways) {
        TRESSE_CHECK(way.from < people.size() && way.to < supply.size(), "a way leads from a home to a supplier");
        asked[way.to] += people[way.from] * catchment_weight(way.minutes);
    }
    Access out;
    out.of_home.assign(people.size(), 0.0);
    for (const Way& way : ways)
        if (asked[way.to] > 0)
            out.of_home[way.from] += supply[way.to] / asked[way.to] * catchment_weight(way.minutes);
    for (std::size_t j = 0; j < supply.size(); ++j)
        if (!(asked[j] > 0))
            out.unreached += supply[j];
    return out;
}

Value PlaceAccess::quantile(double share) const {
    std::int64_t all = 0;
    for (const auto& [value, n] : neighbourhoods)
        all += n;
    if (all == 0)
        return {};
    double below = 0;
    for (const auto& [value, n] : neighbourhoods) {
        below += static_cast<double>(n);
        if (below >= share * static_cast<double>(all))
            return value;
    }
    return neighbourhoods.back().first;
}

PlaceAccess access_by_place(const world::World& world, const world::Catalogue& catalogue, int role) {
    TRESSE_CHECK(role >= 0 && role < world::limit::roles, "access is to a role of the catalogue");
    std::vector<double> people(world.neighbourhoods.size(), 0.0), supply(world.providers.size(), 0.0);
    for (const world::Cell& cell : world.cells)
        for (int slot = 0; slot < cell.slots; ++slot)
            people[cell.neighbourhood] += cell.persons.empty(slot) ? 0.0 : 1.0;
    PlaceAccess out;
    for (std::size_t p = 0; p < supply.size(); ++p)
        if (world.providers[p].role == role && !world.providers[p].outside)
            out.posts += supply[p] = world.providers[p].filled_milli / 1000.0;
    std::vector<Way> ways;
    for (std::uint32_t n = 0; n < world.neighbourhoods.size(); ++n) {
        const auto& near = world.neighbourhoods[n];
        for (std::size_t rank = 1; rank < world::limit::ranks; ++rank)
            if (const ProviderIndex p = near.provider[static_cast<std::size_t>(role)][rank]; p != no_provider)
                ways.push_back({n, p, near.minutes_away[static_cast<std::size_t>(role)][rank]});
    }
    const Access access = catchment_access(supply, people, ways);
    out.unreached = access.unreached;
    out.people.assign(catalogue.places.size(), 0);
    std::vector<double> sum(catalogue.places.size(), 0.0);
    for (std::size_t n = 0; n < people.size(); ++n) {
        const auto place = world.neighbourhoods[n].municipality;
        const auto count = static_cast<std::int64_t>(people[n]);
        out.people[place] += count;
        sum[place] += access.of_home[n] * people[n];
        if (count > 0)
            out.neighbourhoods.emplace_back(access.of_home[n] * 10000, count);
    }
    std::sort(out.neighbourhoods.begin(), out.neighbourhoods.end());
    for (std::size_t p = 0; p < sum.size(); ++p)
        out.posts_per_10000.push_back(out.people[p] > 0 ? Value(sum[p] / static_cast<double>(out.people[p]) * 10000) : Value());
    return out;
}

}  // namespace tresse::measure
