#include <algorithm>

#include "tresse/model/close.hpp"

namespace tresse::model {
namespace {

/// Days of waiting inside the month: w0 rho^2 / (1 - rho), at most a month; who waits longer is seen in the lines that wait and brings thirty days
/// for each month.
std::uint8_t wait_days(const world::Provider& p, float wait0) {
    const double rho = std::min(0.98, static_cast<double>(p.load_permille) / 1000.0);
    const double days = static_cast<double>(wait0) * rho * rho / (1.0 - rho);
    return static_cast<std::uint8_t>(days > 30 ? 30 : days);
}

std::int64_t capacity_of(const world::Provider& p, const KindTable& kind, const ProviderTables& tables) {
    const double effort = static_cast<double>(p.filled_milli) - static_cast<double>(p.burnt_out_milli) * static_cast<double>(tables.burnout_effort_loss);
    const double deci = effort / 1000.0 * static_cast<double>(kind.minutes_per_post_month) * 10.0;
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(deci) - p.admin);
}

}  // namespace

void publish(world::World& world, const Prepared& prepared, Month month) {
    const Rules& rules = *prepared.rules;
    const ProviderTables& tables = rules.tables->provider;
    for (std::size_t i = 0; i < world.providers.size(); ++i) {
        world::Provider& p = world.providers[i];
        const KindTable& kind = tables.kind[p.kind];
        p.capacity = capacity_of(p, kind, tables);
        for (const CapacityChange& change : rules.policy.capacity)
            if (change.role == p.role && month >= change.start) p.capacity = static_cast<std::int64_t>(static_cast<double>(p.capacity) * change.ratio);
        world::BoardRow& row = world.board[i];
        row.accepts = p.closed_list ? 0 : 1;
        row.shares_record = p.shares_record;
        row.uses_guideline = p.uses_guideline;
        row.contract = p.contract;
        row.actions = p.actions_act;
        row.overload = static_cast<std::uint8_t>(p.load_permille > 1000 ? std::min<std::uint32_t>(255, (p.load_permille - 1000) / 10) : 0);
        row.months_waiting = static_cast<std::uint8_t>(p.capacity > 0 ? std::min<std::int64_t>(255, p.backlog / p.capacity) : 255);
        row.wait_days = wait_days(p, kind.wait0_days);
    }
    // density of a provider's ties, for coordination: mean strength of its strongest ones
    for (std::size_t i = 0; i + 1 < world.ties.first.size(); ++i) {
        std::uint64_t sum = 0;
        const std::uint32_t from = world.ties.first[i], to = world.ties.first[i + 1];
        for (std::uint32_t t = from; t < to; ++t) sum += world.ties.tie[t].strength;
        world.board[i].coordination = static_cast<std::uint8_t>(to == from ? 0 : sum / (to - from) / 257);
    }
}

}  // namespace tresse::model
