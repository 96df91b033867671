#include "replicate.hpp"

#include <utility>

#include "tresse/core/check.hpp"
#include "tresse/core/draw.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::experiment {

int draw_of(const Plan& plan, int replicate) {
    TRESSE_CHECK(plan.replicates_per_draw >= 1, "a draw is used at least once");
    return plan.draw_parameters ? replicate / plan.replicates_per_draw + 1 : 0;
}

std::uint64_t luck_of(const Plan& plan, int replicate) {
    const int luck = plan.same_luck ? replicate % plan.replicates_per_draw : replicate;
    return mix64(plan.seed, static_cast<std::uint64_t>(luck) + 1);
}

Replicate::Replicate(const Plan& plan, const Source& source, int replicate, bool only, Workers& workers, Clock& clock)
    : plan_(plan), source_(source), replicate_(replicate), draw_(draw_of(plan, replicate)), only_(only), workers_(workers),
      clock_(clock), tables_(source.tables(draw_)), inhabitants_(inhabitants(source.population(), source.catalogue())) {
}

model::Rules Replicate::rules(int arm) const {
    const world::World& start = source_.population();
    model::Rules r;
    r.catalogue = &source_.catalogue();
    r.tables = &tables_;
    r.seed = luck_of(plan_, replicate_);
    r.policy = source_.policy(arm, draw_);
    r.tariff_year0 = start.start_of_time.year();
    const Month last = start.policy_start + plan_.policy_months;
    r.tariffs = source_.tariffs(arm, draw_, r.tariff_year0, last.year());
    TRESSE_CHECK(!r.tariffs.empty(), "every arm has money tables");
    for (funding::Tariffs& t : r.tariffs)
        funding::set_budgets(t, inhabitants_);
    return r;
}

void Replicate::settle() {
    model::Rules rules = this->rules(plan_.base);
    rules.settling = true;
    // today before any programme: what the base arm itself would start at the policy date starts with the fork
    rules.policy.actions.clear(), rules.policy.contracts.clear();
    rules.policy.capacity.clear(), rules.policy.hazards.clear();
    rules.policy.has_organisation = rules.policy.supports_adoption = false;
    if (!only_ || !source_.take_population(history_))
        history_ = source_.population();
    source_.fit_supply(history_, tables_);
    history_.seed = rules.seed;
    history_.actions.clear(), history_.organisations.clear();
    fit_books(history_, rules);
    model::Engine engine(rules);
    engine.refresh_all(history_, workers_);
    while (history_.now < history_.policy_start) {
        clock_.tick();
        engine.step(history_, workers_);
        if (history_.now.is_january()) {
            mark_heavy_users(history_, fixed_cents_of_a_stay(history_, rules));
            open_year(history_);
        }
    }
    close_open_months(history_, rules);  // what was lived before the policy date is not of its years
}

measure::RunRecord Replicate::run_arm(int arm, bool last, Probe* probe) {
    model::Rules rules = this->rules(arm);
    if (probe != nullptr)
        rules.witness = probe->witness(arm, replicate_);
    rules.log_events = rules.witness != nullptr;
    world::World world = last ? std::move(history_) : history_;
    open_policy(world, rules);
    model::Engine engine(rules);
    engine.refresh_all(world, workers_);
    const auto& c = source_.catalogue();
    if (probe != nullptr)
        probe->at_start(world, rules, arm, replicate_);
    measure::Recorder recorder(world, c.kinds.size(), c.places.size(), arm, replicate_, draw_);
    for (int m = 0; m < plan_.policy_months; ++m) {
        clock_.tick();
        const Month month = world.now;
        engine.step(world, workers_);
        recorder.after_step(world, month);
        if (month.is_december()) {
            const std::int64_t stay_cents = fixed_cents_of_a_stay(world, rules);
            mark_heavy_users(world, stay_cents);
            recorder.after_year(world, static_cast<int>(c.conditions.size()), stay_cents);
        }
        if (rules.witness != nullptr)
            probe->events(engine.seen(), arm, replicate_);
        if (probe != nullptr)
            probe->month(world, month, arm, replicate_);
        if (month.is_december())
            open_year(world);
    }
    engine.recount(world);
    if (plan_.policy_months > 0)
        recorder.add_open_months(world, close_open_months(world, rules));
    if (probe != nullptr)
        probe->at_end(world, arm, replicate_);
    return recorder.finish(model::state_hash(world));
}

}  // namespace tresse::experiment
