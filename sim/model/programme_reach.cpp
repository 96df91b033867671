#include <algorithm>

#include "tresse/model/programme.hpp"

namespace tresse::model {

double ramp(const Action& action, Month month) {
    if (month < action.start || month > action.end) return 0;
    const double done = static_cast<double>(month - action.start + 1) / static_cast<double>(std::max(1, action.full_after_months));
    return done > 1 ? 1 : done;
}

bool runs_in(const Action& action, const world::Place& place, Month month) {
    if (((action.entities >> (place.entity & 31)) & 1u) == 0) return false;
    if (action.zones_per_year <= 0) return true;
    const int turn = place.zone < 0 ? 0 : place.zone;
    return month >= action.start + static_cast<int>(12.0 * static_cast<double>(turn) / action.zones_per_year);
}

double share_of_area(const Action& action, const world::World& world, const world::Catalogue& catalogue, Month month) {
    std::int64_t in = 0, all = 0;
    for (std::size_t p = 0; p < catalogue.places.size() && p < world.base_persons.size(); ++p) {
        all += world.base_persons[p];
        if (runs_in(action, catalogue.places[p], month)) in += world.base_persons[p];
    }
    return all > 0 ? static_cast<double>(in) / static_cast<double>(all) : 0.0;
}

int months_after_support(const Action& action, int months_since_start, Month month) {
    int after = month > action.end ? month - action.end : 0;
    if (action.enrolled_months > 0) after = std::max(after, months_since_start - action.enrolled_months);
    return std::max(0, after);
}

void count_enrolled(world::World& world, const Policy& policy) {
    for (world::ActionState& s : world.actions) s.enrolled = s.active = 0;
    if (policy.actions.empty()) return;
    const std::uint16_t now = world.since(world.now);
    for (const world::Cell& cell : world.cells)
        for (const world::Enrolment& e : cell.enrolments) {
            world::ActionState& s = world.actions[e.action];
            s.enrolled += 1;
            s.active += months_after_support(policy.actions[e.action], now - e.since + 1, world.now + 1) == 0;
        }
}

namespace {

/// Splits a whole number in proportion to weights, by largest remainder; ties go to the first.
std::vector<std::int32_t> shared_out(std::int32_t amount, const std::vector<std::int64_t>& weight) {
    std::vector<std::int32_t> part(weight.size(), 0);
    std::int64_t total = 0;
    for (const std::int64_t w : weight) total += w;
    if (total <= 0) return part;
    std::vector<std::pair<std::int64_t, std::size_t>> rest;
    std::int64_t given = 0;
    for (std::size_t i = 0; i < weight.size(); ++i) {
        const std::int64_t product = amount * weight[i];
        part[i] = static_cast<std::int32_t>(product / total);
        given += part[i];
        rest.push_back({-(product % total), i});
    }
    std::sort(rest.begin(), rest.end());
    for (std::size_t i = 0; i < rest.size() && given < amount; ++i, ++given) part[rest[i].second] += 1;
    return part;
}

void take_from_bands(world::Provider& p, std::int32_t left) {
    for (std::size_t band = 0; band < 4 && left != 0; ++band) {
        const std::int32_t part = left > 0 ? std::min(left, p.by_age_milli[band]) : left;
        p.by_age_milli[band] -= part, left -= part;
    }
    p.burnt_out_milli = std::max(0, std::min(p.burnt_out_milli, p.filled_milli));
}

/// Teams of a role inside the area, in places where the action runs.
std::vector<std::size_t> teams(const world::World& world, const world::Catalogue& catalogue, const Action& action, int role) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < world.providers.size(); ++i) {
        const world::Provider& p = world.providers[i];
        if (p.outside || p.role != role) continue;
        const bool placed = p.municipality < catalogue.places.size();
        if (!placed || ((action.entities >> (catalogue.places[p.municipality].entity & 31)) & 1u)) out.push_back(i);
    }
    return out;
}

}  // namespace

void place_posts(world::World& world, const Prepared& prepared, const Action& action, std::int32_t change) {
    const world::Catalogue& c = *prepared.rules->catalogue;
    const auto own = teams(world, c, action, action.staff_role);
    std::vector<std::int64_t> weight;
    for (const std::size_t i : own) {
        const world::Provider& p = world.providers[i];
        // newcomers go to where work waits, leavers come from all alike; a team nobody asks yet counts a little
        weight.push_back(change < 0 ? p.filled_milli : std::max<std::int64_t>(0, p.demand - p.capacity) + p.demand / 8 + 100);
    }
    const auto part = shared_out(change < 0 ? -change : change, weight);
    for (std::size_t k = 0; k < own.size(); ++k) {
        world::Provider& p = world.providers[own[k]];
        const std::int32_t step = change < 0 ? -std::min(part[k], p.filled_milli) : part[k];
        p.posts_milli = std::max(0, p.posts_milli + step), p.filled_milli += step;
        if (step > 0) p.by_age_milli[0] += step;
        else take_from_bands(p, -step);
    }
    const int nursing = c.role("home_nursing");
    if (nursing < 0 || nursing == action.staff_role) return;
    const auto from = teams(world, c, action, nursing);
    const auto lent = static_cast<std::int32_t>(static_cast<double>(change) * static_cast<double>(prepared.rules->tables->provider.hired_from_area));
    std::vector<std::int64_t> staff;
    for (const std::size_t i : from) staff.push_back(lent < 0 ? world.providers[i].lent_milli : world.providers[i].filled_milli);
    const auto share = shared_out(lent < 0 ? -lent : lent, staff);
    for (std::size_t k = 0; k < from.size(); ++k) {
        world::Provider& p = world.providers[from[k]];
        const std::int32_t step = lent < 0 ? -std::min(share[k], p.lent_milli) : std::min(share[k], p.filled_milli);
        p.filled_milli -= step, p.lent_milli += step;
        if (step < 0) p.by_age_milli[0] -= step;
        else take_from_bands(p, step);
    }
}

}  // namespace tresse::model
