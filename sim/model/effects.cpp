#include "tresse/model/effects.hpp"

#include <algorithm>
#include <array>

#include "tresse/core/math.hpp"
#include "tresse/model/programme.hpp"

namespace tresse::model {
namespace {

constexpr float overlap_weight = 0.35f;  // of the second and further effects on one mechanism, see model.md 4

/// Sorts few values by falling size; keeps signs apart.
float combined(std::array<float, 16>& effect, int n) {
    float sum[2] = {0, 0};
    for (int sign = 0; sign < 2; ++sign) {
        std::array<float, 16> one{};
        int k = 0;
        for (int i = 0; i < n; ++i)
            if ((effect[static_cast<std::size_t>(i)] < 0) == (sign == 1)) one[static_cast<std::size_t>(k++)] = effect[static_cast<std::size_t>(i)] < 0 ? -effect[static_cast<std::size_t>(i)] : effect[static_cast<std::size_t>(i)];
        std::sort(one.begin(), one.begin() + k, [](float a, float b) { return a > b; });
        float weight = 1;
        for (int i = 0; i < k; ++i, weight *= overlap_weight) sum[sign] += weight * one[static_cast<std::size_t>(i)];
    }
    return sum[0] - sum[1];
}

/// Share of an effect that is left: all of it while supported, then a part less every year; nothing before its lag and after its time.
float share_left(const Here& here, const Action& action, const Lever& lever, int months) {
    if (months <= lever.lag_months) return 0;
    const int after = months_after_support(action, months, here.month);
    if (lever.lasts_months == 0 ? after > 0 : months > lever.lag_months + lever.lasts_months) return 0;
    if (after == 0 || lever.lasts_months == 0) return 1;
    return lever.decay_per_year >= 1 ? 0.0f : static_cast<float>(exp_d(static_cast<double>(after) / 12.0 * log_d(1.0 - static_cast<double>(lever.decay_per_year))));
}

/// Up to 16 effects of one kind on one person.
struct Gathered {
    std::array<float, 16> ratio{};
    int n = 0;
    Effect total;

    void take(const Here& here, const Lever& lever, float effect) {
        total.any = true;
        if (lever.is_ratio && n < 16) ratio[static_cast<std::size_t>(n++)] = effect;
        if (!lever.is_ratio) total.adds += effect;
        if (lever.mechanism >= 0) here.book.touch(lever.mechanism);
    }
};

/// Actions on providers reach a person through the own GP, where that practice has taken them up.
void from_own_gp(const Here& here, int slot, const std::vector<Prepared::LeverRef>& refs, int condition, Gathered& out) {
    const int rank = world::team_rank(here.cell.persons.team[slot], here.prepared.gp_slot);
    if (rank == 0) return;
    const ProviderIndex gp = here.place.by_slot[static_cast<std::size_t>(here.prepared.gp_slot)][static_cast<std::size_t>(rank)];
    const std::uint32_t bits = gp == no_provider ? 0u : here.board.row[gp].actions;
    if (bits == 0) return;
    for (const auto ref : refs) {
        if (!((bits >> ref.action) & 1u)) continue;
        const Action& action = here.rules.policy.actions[ref.action];
        const Lever& lever = action.levers[ref.lever];
        if (lever.condition >= 0 && lever.condition != condition) continue;
        out.take(here, lever, lever.effect * std::min(1.0f, action.fidelity / action.trial_share));
    }
}

/// Harm is cut where the candidates end: no draw may ask for more events than were drawn. Two kinds meet on one stay and share the room.
float room_above(const Here& here, LeverKind kind) {
    switch (kind) {
        case LeverKind::onset: case LeverKind::progression: case LeverKind::exacerbation: case LeverKind::nursing_home_entry:
            return here.prepared.headroom_room;
        case LeverKind::return_to_work: return here.prepared.headroom_room + 0.69f;  // twice the room: see PreparedHazards
        case LeverKind::adverse_drug_event: return 0.1f * here.prepared.headroom_room;
        case LeverKind::admission: case LeverKind::readmission: return 0.4f * here.prepared.headroom_room;
        default: return 100;
    }
}

}  // namespace

Effect gathered_effect(const Here& here, int slot, LeverKind kind, int condition) {
    Gathered all;
    const auto& refs = here.prepared.levers[static_cast<std::size_t>(kind)];
    if (world::status::Enrolled::get(here.cell.persons.status[slot]))
        for (const auto& e : here.cell.enrolments) {
            if (e.slot != slot || e.dose == 0) continue;
            for (const auto ref : refs) {
                if (ref.action != e.action) continue;
                const Action& action = here.rules.policy.actions[ref.action];
                const Lever& lever = action.levers[ref.lever];
                if (lever.condition >= 0 && lever.condition != condition) continue;
                const float left = share_left(here, action, lever, static_cast<int>(here.now) - static_cast<int>(e.since));
                if (left > 0) all.take(here, lever, lever.effect * left * static_cast<float>(e.dose) / 255.0f);
            }
        }
    if (here.prepared.acts_through_gp) from_own_gp(here, slot, refs, condition, all);
    all.total.log_ratio = std::min(combined(all.ratio, all.n), room_above(here, kind));
    return all.total;
}

float hazard_change(const Here& here, LeverKind kind, int condition) {
    float log_ratio = 0;
    for (const HazardChange& h : here.rules.policy.hazards)
        if (h.kind == kind && (h.condition < 0 || h.condition == condition) && here.month >= h.start) log_ratio += h.log_ratio;
    return log_ratio == 0 ? 1.0f : exp_f(log_ratio);
}

}  // namespace tresse::model
