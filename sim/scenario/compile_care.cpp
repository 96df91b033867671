#include <algorithm>

#include "compile_parts.hpp"

namespace tresse::scenario {

namespace {

/// Fills ages from `first[i]` to before `first[i + 1]` with value i; younger ages stay 0.
template <std::size_t n>
void by_age(const std::array<int, n>& first, const std::array<float, n>& value, std::array<float, model::ages>& out) {
    for (std::size_t i = 0; i < n; ++i)
        for (int age = first[i]; age < (i + 1 < n ? first[i + 1] : model::ages); ++age) out[static_cast<std::size_t>(age)] = value[i];
}

}  // namespace

void compile_dependence(const Draws& draws, model::Tables& tables) {
    model::DependenceTables& d = tables.dependence;
    std::array<float, 4> four{};
    draws.list("dependence.course.worsening", four);
    by_age(std::array<int, 4>{50, 65, 75, 85}, four, d.worsening);
    draws.list("dependence.nursing_home.entry", four);
    by_age(std::array<int, 4>{65, 75, 85, 90}, four, d.home_entry);
    draws.list("dependence.course.share_home", d.share_home);
    draws.list("dependence.course.resident_share_women", d.share_by_age[0]);
    draws.list("dependence.course.resident_share_men", d.share_by_age[1]);
    d.recovery = draws.one("dependence.course.recovery");
    d.log_entry_katz3 = log_f(draws.one("dependence.nursing_home.odds_katz3"));
    d.log_entry_dementia = log_f(draws.one("dependence.nursing_home.odds_dementia"));
    d.log_entry_prior_stay = log_f(draws.one("dependence.nursing_home.odds_prior_stay"));
    d.log_entry_alone = log_f(draws.one("dependence.nursing_home.odds_alone"));
    d.log_entry_strain = log_f(draws.one("dependence.nursing_home.odds_strain"));
    draws.list("dependence.home_care.nursing_prob", d.nursing_prob);
    draws.list("dependence.home_care.help_prob", d.help_prob);
    draws.list("dependence.home_care.help_hours_week", d.help_hours_week);
    draws.list("dependence.carer.hours_week", d.carer_hours_week);
    for (std::size_t k = 0; k < 4; ++k) d.nursing_service[k] = static_cast<std::uint8_t>(draws.library.service(draws.library.nursing_services[k]));
    d.carer_strain_step = draws.one("dependence.carer.strain_step");
    d.carer_recovery = draws.one("dependence.carer.strain_recovery");
    draws.list("dependence.carer.dropout", d.carer_dropout);
    d.coresident_ratio = draws.one("dependence.carer.coresident_ratio");
    d.dementia_ratio = draws.one("dependence.carer.dementia_ratio");
}

void compile_work(const Draws& draws, model::Tables& tables) {
    model::WorkTables& w = tables.work;
    draws.list("work.sick_start", w.sick_start_mean);
    w.sick_start = w.sick_start_mean;   // until `build` knows who is at work
    draws.list("work.still_off", w.still_off);
    w.invalid_return = draws.one("work.disabled_return");
    w.leaves_school = draws.one("work.leaves_school");
    w.leaves_higher_school = draws.one("work.leaves_higher_school");
    w.first_job = draws.one("work.first_job");
    w.first_unemployed = draws.one("work.first_unemployed");
    w.to_unemployed = draws.one("work.to_unemployed");
    w.to_employed = draws.one("work.to_employed");
    draws.list("work.retires_women", w.retires[0]);
    draws.list("work.retires_men", w.retires[1]);
    draws.list("work.stops_at_60", w.stops_at_60);
}

namespace {

model::KindTable kind_table(const Draws& draws, const KindSpec& spec) {
    model::KindTable k;
    const auto one = [&](const char* key) { return static_cast<float>(draws(spec.numbers.one(key))); };
    k.minutes_per_post_month = one("minutes_per_post_year") / 12.0f;
    k.target_use = one("target_use");
    k.overtime_max = one("overtime_max");
    k.wait0_days = one("wait0_days");
    draws.fill(spec.numbers.list("exit_per_year"), k.exit_per_year);
    draws.fill(spec.numbers.list("age_share"), k.age_share);
    k.entry_per_post_year = one("entry_per_post_year");
    k.vacancy_fill_month = one("vacancy_fill_month");
    k.admin_share = one("admin_share");
    k.record_sharing_start = one("record_sharing_start");
    k.guideline_start = one("guideline_start");
    // what was delivered more each year was delivered by somebody: posts follow the drift of the same draw
    k.posts_growth = draws.one("behaviour.need.volume_drift") + draws.one("behaviour.supply.growth_beyond_drift");
    if (spec.numbers.has("panel_full")) k.panel_full = one("panel_full");
    k.wage_year_eur = one("wage_year_eur");
    k.workers = spec.workers;
    draws.fill(spec.numbers.list("posts_per_10000"), k.posts_per_10000);
    k.size_posts = one("size_posts");
    k.filled_share = one("filled_share");
    return k;
}

}  // namespace

void compile_providers(const Draws& draws, model::Tables& tables) {
    model::ProviderTables& p = tables.provider;
    for (const KindSpec& spec : draws.library.kinds) p.kind.push_back(kind_table(draws, spec));
    for (std::size_t s = 0; s < draws.library.services.size(); ++s) {
        const Numbers& numbers = draws.library.services[s].numbers;
        if (numbers.has("minutes")) p.minutes[s] = static_cast<float>(draws(numbers.one("minutes")));
    }
    p.burnout_base = draws.one("workers.burnout_base");
    p.burnout_slope = draws.one("workers.burnout_slope");
    p.burnout_pivot = draws.one("workers.burnout_pivot");
    p.burnout_admin = draws.one("workers.burnout_admin");
    p.burnout_recovery = draws.one("workers.burnout_recovery");
    p.burnout_exit_ratio = draws.one("workers.burnout_exit_ratio");
    p.burnout_effort_loss = draws.one("workers.burnout_effort_loss");
    p.bass_p = draws.one("workers.bass_p");
    p.bass_q = draws.one("workers.bass_q");
    p.bass_p_supported = draws.one("workers.bass_p_supported");
    p.bass_q_supported = draws.one("workers.bass_q_supported");
    p.hired_from_area = draws.one("workers.hired_from_area");
    p.load_smoothing = draws.one("workers.load_smoothing");
    p.overload_from = draws.one("workers.overload_from");
    p.fee_elasticity = draws.one("workers.fee_elasticity");
    p.capitation_contact_ratio = draws.one("workers.capitation_contact_ratio");
    p.selection_strength = draws.one("workers.selection_strength");
    p.savings_effort = draws.one("workers.savings_effort");
    p.savings_effort_years = draws.one("workers.savings_effort_years");
    p.capitation_emergency_ratio = draws.one("workers.capitation_emergency_ratio");
}

}  // namespace tresse::scenario
