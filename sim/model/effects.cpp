#include "tresse/model/effects.hpp"

#include <algorithm>
#include <array>

#include "tresse/core/math.hpp"

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

}  // namespace

Effect effect_on_enrolled(const Here& here, int slot, LeverKind kind, int condition) {
    Effect total;
    const auto& refs = here.prepared.levers[static_cast<std::size_t>(kind)];
    std::array<float, 16> ratio{};
    int n = 0;
    for (const auto& e : here.cell.enrolments) {
        if (e.slot != slot || e.dose == 0) continue;
        for (const auto ref : refs) {
            if (ref.action != e.action) continue;
            const Lever& lever = here.rules.policy.actions[ref.action].levers[ref.lever];
            if (lever.condition >= 0 && lever.condition != condition) continue;
            const int age = static_cast<int>(here.now) - static_cast<int>(e.since);
            if (age <= lever.lag_months || (lever.lasts_months > 0 && age > lever.lag_months + lever.lasts_months)) continue;
            const float effect = lever.effect * static_cast<float>(e.dose) / 255.0f;
            total.any = true;
            if (lever.is_ratio && n < 16) ratio[static_cast<std::size_t>(n++)] = effect;
            if (!lever.is_ratio) total.adds += effect;
            if (lever.mechanism >= 0) here.book.touch(lever.mechanism);
        }
    }
    total.log_ratio = combined(ratio, n);
    return total;
}

float hazard_change(const Here& here, LeverKind kind, int condition) {
    float log_ratio = 0;
    for (const HazardChange& h : here.rules.policy.hazards)
        if (h.kind == kind && (h.condition < 0 || h.condition == condition) && here.month >= h.start) log_ratio += h.log_ratio;
    return log_ratio == 0 ? 1.0f : exp_f(log_ratio);
}

}  // namespace tresse::model
