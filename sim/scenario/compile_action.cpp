#include <algorithm>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"
#include "tresse/scenario/component.hpp"

namespace tresse::scenario {

namespace {

/// One draw, kept inside what the number can be: the tails of a normal law reach beyond.
double drawn_in(const Uncertain& u, std::uint64_t seed, int draw, double low, double high) { return std::clamp(u.drawn(seed, draw), low, high); }

double drawn_positive(const Uncertain& u, std::uint64_t seed, int draw) { return std::max(0.0, u.drawn(seed, draw)); }

model::Test compile_test(const TestSpec& spec, const world::Catalogue& catalogue) {
    model::Test test = spec.test;
    for (const std::string& id : spec.conditions)
        if (const int c = catalogue.condition(id); c >= 0) test.mask |= 1u << c;
    return test;
}

/// Formula: effect = shrink x ln(ratio), or shrink x addition; shrinking comes before any combination.
model::Lever compile_lever(const LeverSpec& spec, const world::Catalogue& catalogue, std::uint64_t seed, int draw) {
    model::Lever lever;
    lever.kind = spec.kind;
    lever.condition = static_cast<std::int8_t>(spec.condition.empty() ? -1 : catalogue.condition(spec.condition));
    if (spec.risk_factor >= 0) lever.condition = static_cast<std::int8_t>(spec.risk_factor);
    lever.is_ratio = model::lever_form(spec.kind).is_ratio;
    const double effect = spec.drawn.drawn(seed, draw);
    lever.effect = static_cast<float>(drawn_in(spec.shrink, seed, draw, 0, 1) * (lever.is_ratio ? log_d(effect) : effect));
    lever.lag_months = static_cast<std::int16_t>(spec.lag_months);
    lever.lasts_months = static_cast<std::int16_t>(spec.lasts_months);
    lever.decay_per_year = static_cast<float>(drawn_in(spec.decay, seed, draw, 0, 1));
    return lever;
}

/// Formula: the odds fall in equal steps on the log scale from the highest fifth to the lowest; the mean of the fifths is `accepts`, found by
/// halving on the common term. Shape: [0] lowest fifth.
std::array<float, world::quintiles> accepts_by_income(double accepts, double odds_lowest) {
    std::array<float, world::quintiles> out{};
    if (accepts <= 0 || accepts >= 1) {
        out.fill(static_cast<float>(std::clamp(accepts, 0.0, 1.0)));
        return out;
    }
    const double step = log_d(odds_lowest) / (world::quintiles - 1);
    const auto share = [&](double term, int q) { return logistic(term + step * (world::quintiles - 1 - q)); };
    double low = -40, high = 40;
    for (int i = 0; i < 80; ++i) {
        const double middle = (low + high) / 2;
        double mean = 0;
        for (int q = 0; q < world::quintiles; ++q) mean += share(middle, q) / world::quintiles;
        (mean < accepts ? low : high) = middle;
    }
    for (int q = 0; q < world::quintiles; ++q) out[static_cast<std::size_t>(q)] = static_cast<float>(share((low + high) / 2, q));
    return out;
}

model::Stratification compile_stratification(const StratifySpec& spec, std::uint64_t seed, int draw) {
    model::Stratification out;
    out.given = spec.given;
    out.score = spec.score;
    out.share = spec.tier_shares;
    out.cents_person_year = cents_from_eur(round_digits(drawn_positive(spec.eur_per_person_year, seed, draw), 6));
    float* const weight[] = {&out.weight_age, &out.weight_condition, &out.weight_katz, &out.weight_admission, &out.weight_medicine, &out.weight_cost};
    for (std::size_t i = 0; i < spec.weight.size(); ++i) *weight[i] = static_cast<float>(drawn_positive(spec.weight[i], seed, draw));
    return out;
}

}  // namespace

model::Action compile_action(const ActionSpec& spec, const world::Catalogue& catalogue, std::uint64_t seed, int draw) {
    model::Action a;
    a.target.at_discharge = spec.target.at_discharge;
    for (const TestSpec& t : spec.target.all) a.target.all.push_back(compile_test(t, catalogue));
    for (const TestSpec& t : spec.target.any) a.target.any.push_back(compile_test(t, catalogue));
    a.accepts = accepts_by_income(spec.accepts.drawn(seed, draw), spec.accepts_odds_lowest_income.drawn(seed, draw));
    for (const MinutesSpec& m : spec.needs) {
        const int role = role_of_word(catalogue, m.role);
        if (role < 0) continue;
        a.minutes_intake[static_cast<std::size_t>(role)] += static_cast<float>(drawn_positive(m.intake, seed, draw));
        a.minutes_month[static_cast<std::size_t>(role)] += static_cast<float>(drawn_positive(m.month, seed, draw));
    }
    if (spec.staff.given) {
        a.staff_role = role_of_word(catalogue, spec.staff.role);
        a.staff_minutes_intake = static_cast<float>(drawn_positive(spec.staff.minutes_intake, seed, draw));
        a.staff_minutes_month = static_cast<float>(drawn_positive(spec.staff.minutes_month, seed, draw));
        a.staff_cents_hour = cents_from_eur(round_digits(drawn_positive(spec.staff.eur_per_hour, seed, draw), 6));
    }
    a.other_cents_intake = cents_from_eur(round_digits(drawn_positive(spec.other_eur, seed, draw), 6));
    a.other_cents_month = cents_from_eur(round_digits(drawn_positive(spec.other_eur_month, seed, draw), 6));
    a.provider_cents_month = cents_from_eur(round_digits(drawn_positive(spec.eur_per_provider_month, seed, draw), 6));
    a.service = spec.service.empty() ? -1 : catalogue.service(spec.service);
    a.enrolled_months = spec.course_months;
    a.dose_window_days = spec.dose_window_days;
    a.fidelity = static_cast<float>(drawn_in(spec.fidelity, seed, draw, 0, 1));
    a.trial_share = static_cast<float>(drawn_in(spec.trial_share, seed, draw, 0.05, 1));
    for (const LeverSpec& l : spec.levers) a.levers.push_back(compile_lever(l, catalogue, seed, draw));
    for (const std::string& p : spec.partners)
        if (const int role = role_of_word(catalogue, p); role >= 0) a.partner_roles.push_back(role);
    a.supported = spec.supports_adoption, a.is_record = spec.takes_up_record;
    if (spec.outreach.given) {
        a.outreach.quintile_to = spec.outreach.to_income_fifth - 1;
        a.outreach.accepts = static_cast<float>(drawn_in(spec.outreach.accepts, seed, draw, 0, 1));
        a.outreach.cents = cents_from_eur(round_digits(drawn_positive(spec.outreach.eur, seed, draw), 6));
    }
    a.stratify = compile_stratification(spec.stratify, seed, draw);
    return a;
}

}  // namespace tresse::scenario
