#include "tresse/model/stratify.hpp"

#include <algorithm>

#include "tresse/core/math.hpp"

namespace tresse::model {

namespace st = world::status;
namespace st2 = world::status2;

namespace {

constexpr int adult_from = 18;

double facts_points(const world::Persons& p, int slot, int age, const Stratification& how) {
    const world::Conditions conditions{p.conditions[slot]};
    int known = 0;
    for (int c = 0; c < limit::conditions; ++c) known += conditions.diagnosed(c);
    const std::uint32_t status2 = p.status2[slot];
    const double stays = static_cast<double>(st2::Admissions::get(status2) + st2::AdmissionsBefore::get(status2));
    return 1000.0 * (static_cast<double>(how.weight_age) * age / 10.0 + static_cast<double>(how.weight_condition) * known + static_cast<double>(how.weight_katz) * st::Dependence::get(p.status[slot]) +
                     static_cast<double>(how.weight_admission) * stays + static_cast<double>(how.weight_medicine) * st2::Medicines::get(status2) +
                     static_cast<double>(how.weight_cost) * static_cast<double>(p.spend_last_year[slot]) / 1e6);
}

double foresight_points(const Prepared& prepared, const world::Persons& p, int slot, int region, Month month) {
    const PersonFacts facts = facts_of(p, slot, region, month.index);
    Hazards hazards;
    natural_hazards(prepared.hazards, facts, hazards);
    float rate = hazards.of(mark_unplanned);
    for (int c = 0; c < prepared.hazards.conditions; ++c) rate += hazards.of(mark_admission + c);
    return static_cast<double>(most_points) * (rate > 0 ? exp_d(0.5 * log_d(std::min(1.0, static_cast<double>(rate)))) : 0.0);
}

/// Actions that the own GP has taken up, one bit each: who has no GP is not on any list.
std::uint32_t taken_up(const world::World& world, const Prepared& prepared, const world::Cell& cell, int slot) {
    const int rank = world::team_rank(cell.persons.team[slot], prepared.gp_slot);
    if (rank == 0) return 0;
    const ProviderIndex gp = world.neighbourhoods[cell.neighbourhood].by_slot[static_cast<std::size_t>(prepared.gp_slot)][static_cast<std::size_t>(rank)];
    return gp == no_provider ? 0u : world.providers[gp].actions;
}

/// Lists of a month, one bit an action: all that run, and those that were made anew before this one.
struct Lists {
    std::uint32_t running = 0, made = 0;
};

template <class Visit>
void each_adult(world::World& world, const Prepared& prepared, Month month, Visit&& visit) {
    for (world::Cell& cell : world.cells) {
        const int region = prepared.rules->catalogue->places[cell.municipality].region;
        for (int slot = 0; slot < cell.slots; ++slot)
            if (!cell.persons.empty(slot) && age_at(cell.persons.birth_month[slot], month.index) >= adult_from) visit(cell, slot, region);
    }
}

/// The fewest points that keep a tier within its share of the scored. Order: counts, so the order of persons does not matter.
std::array<int, 3> cuts(const std::vector<std::int64_t>& count, std::int64_t scored, const std::array<double, 3>& share) {
    std::array<int, 3> cut{most_points + 1, most_points + 1, most_points + 1};
    for (std::size_t tier = 0; tier < 3; ++tier) {
        const auto room = static_cast<std::int64_t>(share[tier] * static_cast<double>(scored) + 0.5);
        std::int64_t above = 0;
        for (int points = most_points; points >= 0; --points) {
            above += count[static_cast<std::size_t>(points)];
            if (above > room) break;
            cut[tier] = points;
        }
    }
    return cut;
}

void one(world::World& world, const Prepared& prepared, Month month, std::size_t index, const Lists& lists) {
    const std::uint32_t own = 1u << index;
    const Stratification& how = prepared.rules->policy.actions[index].stratify;
    std::vector<std::int64_t> count(static_cast<std::size_t>(most_points) + 1, 0);
    std::int64_t scored = 0;
    each_adult(world, prepared, month, [&](world::Cell& cell, int slot, int region) {
        if (!(taken_up(world, prepared, cell, slot) & own)) return;
        count[static_cast<std::size_t>(risk_points(prepared, cell.persons, slot, region, month, how))] += 1;
        ++scored;
    });
    const std::array<int, 3> cut = cuts(count, scored, how.share);
    each_adult(world, prepared, month, [&](world::Cell& cell, int slot, int region) {
        const std::uint32_t by = taken_up(world, prepared, cell, slot);
        std::uint32_t& status = cell.persons.status[slot];
        if (by & own) {
            const std::uint32_t tier = tier_of(risk_points(prepared, cell.persons, slot, region, month, how), cut);
            status = st::Tier::set(status, by & lists.made ? std::max(tier, st::Tier::get(status)) : tier);
        } else if (!(by & lists.running)) {
            status = st::Tier::set(status, 0);  // another body's list keeps those who stand on it
        }
    });
    world.actions[index].scored = scored;
    const Action& action = prepared.rules->policy.actions[index];
    if (action.mechanism_delivered >= 0 && scored > 0) world.month_book.touch(action.mechanism_delivered, 0, 0);
}

}  // namespace

int risk_points(const Prepared& prepared, const world::Persons& persons, int slot, int region, Month month, const Stratification& how) {
    double points = 0;
    switch (how.score) {
        case RiskScore::facts: points = facts_points(persons, slot, age_at(persons.birth_month[slot], month.index), how); break;
        case RiskScore::foresight: points = foresight_points(prepared, persons, slot, region, month); break;
        case RiskScore::random: points = (most_points + 1) * unit(draw(prepared.rules->seed, persons.id[slot], static_cast<std::uint32_t>(month.year()), sub(Purpose::programme, 8191)).word[0]); break;
    }
    return static_cast<int>(std::clamp(points, 0.0, static_cast<double>(most_points)));
}

void stratify(world::World& world, const Prepared& prepared, Month month) {
    const auto& actions = prepared.rules->policy.actions;
    Lists lists;
    for (std::size_t a = 0; a < actions.size(); ++a)
        if (actions[a].stratify.given && month >= actions[a].start && month <= actions[a].end) lists.running |= 1u << a;
    for (std::size_t a = 0; a < actions.size(); ++a) {
        if (!(lists.running >> a & 1u) || !(month.is_december() || month == actions[a].start)) continue;
        one(world, prepared, month, a, lists);
        lists.made |= 1u << a;
    }
}

}  // namespace tresse::model
