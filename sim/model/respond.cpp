#include <algorithm>

#include "tresse/core/math.hpp"
#include "tresse/model/close.hpp"
#include "tresse/model/programme.hpp"

namespace tresse::model {
namespace {

/// A whole number with the expectation `x`: the fraction by luck. Law: 0 stays 0.
std::int32_t whole(double x, std::uint32_t word) {
    if (!(x > 0)) return 0;
    const double floor_x = static_cast<double>(static_cast<std::int64_t>(x));
    return static_cast<std::int32_t>(floor_x) + (unit(word) < x - floor_x ? 1 : 0);
}

struct Luck {
    Block a, b;
};

Luck luck_of(const Rules& rules, std::size_t provider, Month month) {
    const auto m = static_cast<std::uint32_t>(month.index);
    return {draw(rules.seed, provider, m, Purpose::provider), draw(rules.seed, provider, m, sub(Purpose::provider, 1))};
}

void workload(world::Provider& p, const KindTable& kind, const ProviderTables& t) {
    const std::int64_t work = p.served + p.pool_served + p.admin;
    const std::int64_t all = p.capacity + p.admin;
    const double load = all > 0 ? static_cast<double>(work) / static_cast<double>(all) : (work > 0 ? 2.0 : 0.0);
    const double smooth = static_cast<double>(t.load_smoothing);
    p.load_permille = static_cast<std::uint32_t>((1.0 - smooth) * static_cast<double>(p.load_permille) + smooth * 1000.0 * std::min(load, 4.0) + 0.5);
    p.strain_permille = p.load_permille > 1000 ? p.load_permille - 1000 : 0;
    p.backlog = std::max<std::int64_t>(0, p.demand - p.served);
    p.closed_list = kind.panel_full > 0 && static_cast<double>(p.load_permille) > 1000.0 * static_cast<double>(kind.panel_full) * static_cast<double>(kind.target_use);
}

void burn_out(world::World& world, world::Provider& p, const KindTable& kind, const ProviderTables& t, const Luck& luck) {
    if (!kind.workers) return;
    const double load = std::min(2.0, static_cast<double>(p.load_permille) / 1000.0);
    const double extra_admin = p.capacity > 0 ? static_cast<double>(p.admin) / static_cast<double>(p.capacity) : 0.0;
    const double hazard = static_cast<double>(t.burnout_base) * exp_d(static_cast<double>(t.burnout_slope) * (load - static_cast<double>(t.burnout_pivot)) + static_cast<double>(t.burnout_admin) * extra_admin);
    const std::int32_t well = p.filled_milli - p.burnt_out_milli;
    const std::int32_t fall = std::min(well, whole(static_cast<double>(well) * (1.0 - exp_d(-hazard)), luck.a.word[0]));
    const std::int32_t rise = std::min(p.burnt_out_milli, whole(static_cast<double>(p.burnt_out_milli) * static_cast<double>(t.burnout_recovery), luck.a.word[1]));
    p.burnt_out_milli += fall - rise;
    if (fall > 0) world.month_book.touch(static_cast<int>(Did::burnt_out), fall);
    if (rise > 0) world.month_book.touch(static_cast<int>(Did::recovered), rise);
}

/// Staff grow older, leave and are replaced. Exits rise with the share that is burnt out.
void staff(world::World& world, world::Provider& p, const KindTable& kind, const ProviderTables& t, const Luck& luck, bool january) {
    if (january) {
        p.posts_milli += whole(static_cast<double>(p.posts_milli) * static_cast<double>(kind.posts_growth), luck.a.word[3]);
        constexpr std::array<double, 3> step{1.0 / 30, 1.0 / 10, 1.0 / 5};  // width of the age bands in years
        for (std::size_t band = 3; band-- > 0;) {
            const auto older = static_cast<std::int32_t>(static_cast<double>(p.by_age_milli[band]) * step[band] + unit(luck.b.word[3]));
            const std::int32_t moved = std::min(older, p.by_age_milli[band]);
            p.by_age_milli[band] -= moved, p.by_age_milli[band + 1] += moved;
        }
    }
    const double burnt = p.filled_milli > 0 ? static_cast<double>(p.burnt_out_milli) / static_cast<double>(p.filled_milli) : 0.0;
    const double ratio = 1.0 + (static_cast<double>(t.burnout_exit_ratio) - 1.0) * burnt;
    std::int32_t exits = 0;
    for (std::size_t band = 0; band < 4; ++band) {
        const double expected = static_cast<double>(p.by_age_milli[band]) * static_cast<double>(kind.exit_per_year[band]) / 12.0 * ratio;
        const std::int32_t leave = std::min(p.by_age_milli[band], whole(expected, luck.b.word[band] * 2654435761u));
        p.by_age_milli[band] -= leave;
        exits += leave;
    }
    p.filled_milli -= exits;
    p.burnt_out_milli = std::min(p.burnt_out_milli, p.filled_milli);
    p.exits_milli = exits;
    if (exits > 0) world.month_book.touch(static_cast<int>(Did::exit), exits);
    const std::int32_t empty = std::max(0, p.posts_milli - p.filled_milli);
    const std::int32_t hired = std::min(empty, whole(static_cast<double>(empty) * static_cast<double>(kind.vacancy_fill_month), luck.a.word[2]));
    p.filled_milli += hired;
    p.by_age_milli[0] += hired;
    p.hired_milli = hired;
    if (hired > 0) world.month_book.touch(static_cast<int>(Did::vacancy_filled), hired);
}

/// Bass diffusion over ties: own start p, imitation q times the share of tied providers that have it; supported where change management works.
bool adopts(const ProviderTables& t, double share_of_ties, bool supported, double pace, std::uint32_t word) {
    const double p = static_cast<double>(supported ? t.bass_p_supported : t.bass_p), q = static_cast<double>(supported ? t.bass_q_supported : t.bass_q);
    return unit(word) < 1.0 - exp_d(-(p + q * share_of_ties) * pace / 12.0);
}

void diffusion(world::World& world, const Prepared& prepared, Month month) {
    const Rules& rules = *prepared.rules;
    const ProviderTables& t = rules.tables->provider;
    const bool supported = rules.policy.supports_adoption && month >= rules.policy.start;
    std::vector<std::uint8_t> record(world.providers.size()), guideline(world.providers.size());
    std::size_t sharing = 0;
    const double ceiling = rules.policy.record_sharing_ceiling * static_cast<double>(world.providers.size());
    for (std::size_t i = 0; i < world.providers.size(); ++i) {
        record[i] = world.providers[i].shares_record, guideline[i] = world.providers[i].uses_guideline;
        sharing += record[i];
    }
    for (std::size_t i = 0; i < world.providers.size() && i + 1 < world.ties.first.size(); ++i) {
        world::Provider& p = world.providers[i];
        if (p.outside || (p.shares_record && p.uses_guideline)) continue;
        double n = 0, with_record = 0, with_guideline = 0;
        for (std::uint32_t k = world.ties.first[i]; k < world.ties.first[i + 1]; ++k) {
            const world::Tie& tie = world.ties.tie[k];
            n += tie.strength, with_record += record[tie.to] ? tie.strength : 0.0, with_guideline += guideline[tie.to] ? tie.strength : 0.0;
        }
        const Block luck = draw(rules.seed, i, static_cast<std::uint32_t>(month.index), sub(Purpose::provider, 2));
        // an overloaded practice does not change its habits
        if (p.load_permille > 1100) continue;
        // what the action brings ends at its ceiling; what would have spread without it goes on
        const bool below_ceiling = static_cast<double>(sharing) < ceiling;
        const double pace = below_ceiling ? adoption_pace(world, rules, p, LeverKind::record_sharing, month) : 1.0;
        if (!p.shares_record && adopts(t, n > 0 ? with_record / n : 0.0, supported && below_ceiling, pace, luck.word[0])) {
            p.shares_record = true;
            ++sharing;
            world.month_book.touch(static_cast<int>(Did::record_adopted));
            touch_levers(world, rules, p.actions, LeverKind::record_sharing), touch_levers(world, rules, p.actions, LeverKind::adoption);
        }
        if (!p.uses_guideline && adopts(t, n > 0 ? with_guideline / n : 0.0, supported, adoption_pace(world, rules, p, LeverKind::guideline_use, month), luck.word[1])) {
            p.uses_guideline = true;
            world.month_book.touch(static_cast<int>(Did::guideline_adopted));
            touch_levers(world, rules, p.actions, LeverKind::guideline_use), touch_levers(world, rules, p.actions, LeverKind::adoption);
        }
    }
}

/// A tie moves towards its base strength, higher where both sides read the shared record. A consortium alone brings nobody together: that takes an
/// action with a lever on ties.
void tie_strengths(world::World& world, const Prepared& prepared, Month month) {
    if (!month.ends_quarter()) return;
    const CoordinationTables& k = prepared.rules->tables->coordination;
    for (std::size_t i = 0; i + 1 < world.ties.first.size(); ++i) {
        for (std::uint32_t t = world.ties.first[i]; t < world.ties.first[i + 1]; ++t) {
            world::Tie& tie = world.ties.tie[t];
            double target = static_cast<double>(tie.shared);
            if (world.providers[i].shares_record && world.providers[tie.to].shares_record) target *= 1.0 + static_cast<double>(k.shared_tie_growth);
            target *= 1.0 + tie_lever(*prepared.rules, world.providers[i], world.providers[tie.to]);
            const double moved = static_cast<double>(tie.strength) + 0.25 * (std::min(65535.0, target) - static_cast<double>(tie.strength));
            const auto after = static_cast<std::uint16_t>(moved + 0.5);
            if (after > tie.strength) {
                world.month_book.touch(static_cast<int>(Did::tie_grown));
                touch_levers(world, *prepared.rules, world.providers[i].actions & world.providers[tie.to].actions, LeverKind::tie_formation);
            }
            if (after < tie.strength) world.month_book.touch(static_cast<int>(Did::tie_faded));
            tie.strength = after;
        }
    }
}

void contract_shifts(world::World& world, const Prepared& prepared, Month month) {
    for (const ContractShift& shift : prepared.rules->policy.contracts) {
        if (month < shift.start) continue;
        const double ramp = std::min(1.0, static_cast<double>(month - shift.start + 1) / static_cast<double>(std::max(1, shift.full_after_months)));
        for (std::size_t i = 0; i < world.providers.size(); ++i) {
            world::Provider& p = world.providers[i];
            if (p.outside || p.role != shift.role || p.contract != shift.from_contract) continue;
            const Block luck = draw(prepared.rules->seed, i, static_cast<std::uint32_t>(shift.to_contract), sub(Purpose::provider, 3));
            if (unit(luck.word[0]) < shift.share * ramp) p.contract = static_cast<std::uint8_t>(shift.to_contract);
        }
    }
}

void admin_minutes(world::World& world, const Handover& handover) {
    for (world::Provider& p : world.providers) p.admin = 0;
    for (std::size_t c = 0; c < world.cells.size(); ++c) {
        const auto& list = handover.node_admin[c];
        if (list.empty()) continue;
        const auto& place = world.neighbourhoods[world.cells[c].neighbourhood];
        for (std::size_t n = 0; n < nodes; ++n) {
            if (list[n] == 0) continue;
            const ProviderIndex provider = place.provider[n / limit::ranks][n % limit::ranks];
            if (provider != no_provider) world.providers[provider].admin += list[n];
        }
    }
}

}  // namespace

void respond(world::World& world, const Prepared& prepared, Month month, const Handover& handover) {
    const ProviderTables& t = prepared.rules->tables->provider;
    admin_minutes(world, handover);
    add_provider_paperwork(world, *prepared.rules);
    for (std::size_t i = 0; i < world.providers.size(); ++i) {
        world::Provider& p = world.providers[i];
        const KindTable& kind = t.kind[p.kind];
        workload(p, kind, t);
        const std::int64_t over = p.served + p.pool_served - p.capacity;
        if (over > 0) world.month_book.touch(static_cast<int>(Did::overtime), over);
        p.income_year = month.is_january() ? p.income_month : p.income_year + p.income_month;
        if (p.outside) continue;
        const Luck luck = luck_of(*prepared.rules, i, month);
        burn_out(world, p, kind, t, luck);
        if (!prepared.rules->settling) staff(world, p, kind, t, luck, month.is_january() && month > world.policy_start);  // the counts stand for the policy date
    }
    if (!prepared.rules->settling) diffusion(world, prepared, month), adopt_actions(world, prepared, month);
    tie_strengths(world, prepared, month);
    contract_shifts(world, prepared, month);
}

}  // namespace tresse::model
