#include <algorithm>

#include "tresse/core/math.hpp"
#include "tresse/model/programme.hpp"

namespace tresse::model {
namespace {

bool has(std::uint32_t bits, std::size_t action) { return (bits >> action) & 1u; }

/// The effect at the dose of routine: adopters do what the trials' providers did, times fidelity.
double at_dose(const Action& a, const Lever& lever) {
    const double dose = static_cast<double>(a.fidelity) / static_cast<double>(a.trial_share);
    return static_cast<double>(lever.effect) * std::min(1.0, dose);
}

/// Partner roles of an action on providers are those it means; without any it means every role.
bool means_role(const Action& a, int role) { return a.partner_roles.empty() || std::find(a.partner_roles.begin(), a.partner_roles.end(), role) != a.partner_roles.end(); }

bool can_take_up(const Action& a, const world::Provider& p, const world::Catalogue& c, Month month) {
    if (p.outside || !means_role(a, p.role) || p.load_permille > 1100) return false;  // who is overloaded does not change habits
    return p.municipality >= c.places.size() || runs_in(a, c.places[p.municipality], month);
}

/// Months from taking up to the first effect that patients can feel: the longest lag of the action.
int lag_of(const Action& a) {
    int lag = 0;
    for (const Lever& l : a.levers) lag = std::max<int>(lag, l.lag_months);
    return lag;
}

/// One action's month: who is meant, how many have it, who takes it up now.
void spread(world::World& world, const Prepared& prepared, std::size_t index, Month month) {
    const Rules& rules = *prepared.rules;
    const Action& a = rules.policy.actions[index];
    const ProviderTables& t = rules.tables->provider;
    const world::Catalogue& c = *rules.catalogue;
    std::int64_t meant = 0, have = 0;
    for (const world::Provider& p : world.providers) {
        if (p.outside || !means_role(a, p.role)) continue;
        meant += 1, have += has(p.actions, index);
    }
    const double strength = world.organisations.empty() ? 1.0 : static_cast<double>(world.organisations[0].strength_permille) / 1000.0;
    const double most = a.reach_value * ramp(a, month) * strength * static_cast<double>(meant);
    std::vector<std::size_t> now;
    for (std::size_t i = 0; i < world.providers.size() && i + 1 < world.ties.first.size(); ++i) {
        const world::Provider& p = world.providers[i];
        if (has(p.actions, index) || !can_take_up(a, p, c, month)) continue;
        double all = 0, with = 0;
        for (std::uint32_t k = world.ties.first[i]; k < world.ties.first[i + 1]; ++k) {
            const world::Tie& tie = world.ties.tie[k];
            all += tie.strength, with += has(world.providers[tie.to].actions, index) ? tie.strength : 0.0;
        }
        const bool helped = a.supported || rules.policy.supports_adoption;
        const double own = static_cast<double>(helped ? t.bass_p_supported : t.bass_p), imitation = static_cast<double>(helped ? t.bass_q_supported : t.bass_q);
        const double pace = (own + imitation * (all > 0 ? with / all : 0.0)) * adoption_pace(world, rules, p, LeverKind::adoption, month);
        const Block luck = draw(rules.seed, i, static_cast<std::uint32_t>(month.index), sub(Purpose::provider, 16 + static_cast<std::uint32_t>(a.index)));
        if (unit(luck.word[0]) < 1.0 - exp_d(-pace / 12.0)) now.push_back(i);
    }
    for (const std::size_t i : now) {
        if (static_cast<double>(have) >= most) break;
        world.providers[i].actions |= 1u << index;
        world.providers[i].action_since[index] = world.since(month);
        ++have;
        if (a.mechanism_enrolled >= 0) world.month_book.touch(a.mechanism_enrolled);
        touch_levers(world, rules, world.providers[i].actions & ~(1u << index), LeverKind::adoption);
    }
    world.actions[index].adopters = have;
}

}  // namespace

void adopt_actions(world::World& world, const Prepared& prepared, Month month) {
    const auto& actions = prepared.rules->policy.actions;
    for (std::size_t a = 0; a < actions.size(); ++a) {
        if (actions[a].reach != Reach::share_of_providers || actions[a].is_record) continue;
        if (month > actions[a].end)
            for (world::Provider& p : world.providers) p.actions &= ~(1u << a);
        else if (month >= actions[a].start) spread(world, prepared, a, month);
    }
    if (actions.empty()) return;
    const bool some_moved = std::any_of(actions.begin(), actions.end(), [&](const Action& a) { return a.moved != 0 && a.start == month; });
    if (some_moved) touch_levers(world, *prepared.rules, ~0u, LeverKind::start_delay);
    const int now = world.since(month);
    for (world::Provider& p : world.providers) {
        p.actions_act = 0;
        for (std::size_t a = 0; a < actions.size(); ++a)
            if (has(p.actions, a) && now - p.action_since[a] >= lag_of(actions[a])) p.actions_act |= 1u << a;
    }
}

double adoption_pace(const world::World& world, const Rules& rules, const world::Provider& provider, LeverKind what, Month month) {
    double log_ratio = 0;
    if (provider.actions != 0)
        for (std::size_t a = 0; a < rules.policy.actions.size(); ++a)
            if (has(provider.actions, a))
                for (const Lever& l : rules.policy.actions[a].levers)
                    if (l.kind == what || (l.kind == LeverKind::adoption && what != LeverKind::adoption)) log_ratio += at_dose(rules.policy.actions[a], l);
    double ratio = 1.0;
    if (!world.organisations.empty() && month >= rules.policy.organisation_start)
        ratio += (rules.policy.adoption_ratio - 1.0) * static_cast<double>(world.organisations[0].strength_permille) / 1000.0;
    return ratio * exp_d(log_ratio);
}

void touch_levers(world::World& world, const Rules& rules, std::uint32_t actions, LeverKind what) {
    for (std::size_t a = 0; a < rules.policy.actions.size() && actions != 0; ++a)
        if (has(actions, a))
            for (const Lever& l : rules.policy.actions[a].levers)
                if (l.kind == what && l.mechanism >= 0) world.month_book.touch(l.mechanism);
}

double tie_lever(const Rules& rules, const world::Provider& from, const world::Provider& to) {
    const std::uint32_t both = from.actions & to.actions;
    if (both == 0) return 0;
    double log_ratio = 0;
    for (std::size_t a = 0; a < rules.policy.actions.size(); ++a)
        if (has(both, a))
            for (const Lever& l : rules.policy.actions[a].levers)
                if (l.kind == LeverKind::tie_formation) log_ratio += at_dose(rules.policy.actions[a], l);
    return log_ratio == 0 ? 0.0 : exp_d(log_ratio) - 1.0;
}

void add_provider_paperwork(world::World& world, const Rules& rules) {
    for (std::size_t a = 0; a < rules.policy.actions.size(); ++a) {
        if (rules.policy.actions[a].reach != Reach::share_of_providers) continue;
        for (const Lever& l : rules.policy.actions[a].levers) {
            if (l.kind != LeverKind::administration_time) continue;
            const auto tenths = static_cast<std::int64_t>(at_dose(rules.policy.actions[a], l) * 10.0);
            for (world::Provider& p : world.providers) {
                if (!has(p.actions_act, a) || rules.catalogue->roles[p.role].in_days) continue;
                const std::int64_t minutes = tenths * std::max(1, p.filled_milli) / 1000;
                p.admin += minutes;
                if (l.mechanism >= 0) world.month_book.touch(l.mechanism, minutes);
            }
        }
    }
}

}  // namespace tresse::model
