#include <algorithm>

#include "compiler.hpp"
#include "tresse/core/check.hpp"

namespace tresse::funding {

namespace {

bool in_force_at(const CompileContext& context, std::size_t rule, std::size_t m) { return context.epochs[context.epoch_of[m]][rule]; }

/// One for every pay with a closed budget, in the order of the rules, also in months when it is not in force (then of nothing).
void add_closed_budget(CompileContext& context, std::size_t r, const Pay& pay, std::size_t m, Tariffs& t) {
    const auto& spec = *context.input.rules[r];
    ClosedBudget out;
    out.rule = context.rule_index(spec);
    out.split = context.split(pay.split, pay.matter, spec, pay.line);
    out.payee_role = static_cast<std::uint8_t>(context.payee_role(spec, pay));
    out.fixed_share = std::clamp(context.drawn(pay.closed.fixed_share), 0.0, 1.0);
    if (!pay.services.empty()) out.service = static_cast<std::uint8_t>(std::max(context.input.catalogue->service(pay.services.front()), 0));
    double growth = 1;
    for (int year = pay.money.year; year < context.months[m].year(); ++year) growth *= 1 + context.drawn(pay.closed.growth_per_year);
    for (int year = context.months[m].year(); year < pay.money.year; ++year) growth /= 1 + context.drawn(pay.closed.growth_per_year);
    Facts facts;
    if (in_force_at(context, r, m))
        for (facts.age = 0; facts.age <= world::oldest_age; ++facts.age)
            if (const auto* number = pay.closed.eur_per_person.of(facts); number != nullptr) out.cents_per_person[static_cast<std::size_t>(facts.age)] = whole_cents(context.eur(*number, pay.money, m) * growth);
    t.closed_budgets.push_back(std::move(out));
}

void add_ceiling(CompileContext& context, const RuleSpec& spec, const Pay& pay, std::size_t m, Tariffs& t) {
    Ceiling out;
    out.given = true;
    out.rule = context.rule_index(spec);
    out.split = context.split(pay.split, pay.matter, spec, pay.line);
    for (const auto& band : pay.ceiling.bands) {
        const double factor = index_factor(*context.input.index, pay.money.index, pay.money.year, context.months[m].year());
        const double back = context.input.euros_of == 0 ? 1.0 : index_factor(*context.input.index, "health_index", context.months[m].year(), context.input.euros_of);
        out.income_from.push_back(whole_cents(band.from_eur * factor * back));
        out.by_class.push_back(context.cents(band.ceiling, pay.money, m));
    }
    out.by_class.push_back(context.cents(pay.ceiling.increased_reimbursement, pay.money, m));
    out.chronic_reduction = context.cents(pay.ceiling.chronic_reduction, pay.money, m);
    if (t.ceiling.given)
        context.problem(spec, pay.line, "pays." + pay.id + ".household_ceiling", "a second rule gives a household ceiling. Write `replaces` in the one that takes the other's place.");
    t.ceiling = std::move(out);
}

void add_benefit(CompileContext& context, const RuleSpec& spec, const Pay& pay, std::size_t m, Tariffs& t) {
    t.benefits.given = true;
    t.benefits.rule = context.rule_index(spec);
    t.benefits.split = context.split(pay.split, pay.matter, spec, pay.line);
    const std::size_t kind = pay.benefit == BenefitKind::invalidity ? 1 : 0;
    const double months = static_cast<double>(unit_months(pay.unit));
    t.benefits.month[kind] = whole_cents(context.eur(pay.eur.plain, pay.money, m) / months);
}

void add_practice_payment(CompileContext& context, const RuleSpec& spec, const Pay& pay, std::size_t m, Tariffs& t) {
    PracticePayment out;
    out.rule = context.rule_index(spec);
    out.role = static_cast<std::uint8_t>(context.payee_role(spec, pay));
    out.kind = static_cast<std::int16_t>(context.input.catalogue->kind(pay.payee));
    if (!spec.contract.empty()) out.contract = static_cast<std::uint8_t>(context.contract(spec.contract));
    out.split = context.split(pay.split, pay.matter, spec, pay.line);
    out.records = pay.steps.records, out.nurse_hours = pay.steps.nurse_hours;
    out.at_point = context.cents(pay.steps.eur, pay.money, m);
    out.nurse_hours_per_1000_records = std::max(0.0, context.drawn(pay.steps.nurse_hours_per_1000_records));
    t.practice_payments.push_back(out);
}

int first_account(CompileContext& context, const Pay& pay, const RuleSpec& spec) {
    const auto split = context.split(pay.split, pay.matter, spec, pay.line);
    const int account = context.splits[split].account.front();
    if (account == competent_federated || pay.split.size() != 1)
        context.problem(spec, pay.line, "pays." + pay.id + ".payer", "a grant or savings share comes from one named account.");
    return std::max(account, 0);
}

/// Grants and savings shares belong to organisations: one for every use of the rule.
void add_for_uses(CompileContext& context, const RuleSpec& spec, const Pay& pay, Tariffs& t) {
    for (const auto& use : context.input.uses) {
        if (use.rule != spec.id) continue;
        const int account = first_account(context, pay, spec);
        if (pay.grant.given) {
            Grant out;
            out.rule = context.rule_index(spec);
            out.account = account;
            out.per_year = whole_cents(std::max(0.0, context.drawn(pay.eur.plain)));
            out.first_month = (use.from + 12 * (pay.grant.first_year - 1)).index;
            out.last_month = std::min((use.from + (12 * pay.grant.last_year - 1)).index, use.to.index);
            out.purpose = static_cast<std::uint8_t>(pay.grant.purpose);
            out.organisation = static_cast<std::uint8_t>(use.organisation);
            if (out.last_month >= out.first_month) t.grants.push_back(out);
        }
        if (pay.savings.given) {
            if (t.savings.on) context.problem(spec, pay.line, "pays." + pay.id, "two savings shares in one arm; one organisation at most can have one.");
            const auto chosen = [](double of_use, double of_rule) { return of_use < 0 ? of_rule : of_use; };
            t.savings = {true, context.rule_index(spec), chosen(use.share, pay.savings.share), chosen(use.reinvested, pay.savings.reinvested),
                         chosen(use.outliers_above_percentile, pay.savings.outliers_above_percentile), context.drawn(pay.savings.first_year_step),
                         context.drawn(pay.savings.trend_per_year), pay.savings.quality_gate,
                         static_cast<std::uint8_t>(use.organisation), account, use.from.year()};
        }
    }
}

void add_written_grants(CompileContext& context, Tariffs& t) {
    for (const auto& grant : context.input.grants) {
        const int rule = context.input.catalogue->rule(grant.rule), account = context.input.catalogue->account(grant.payer);
        TRESSE_CHECK(rule >= 0 && account >= 0, "a grant of an arm names a rule and an account of the scenario");
        t.grants.push_back({static_cast<std::uint16_t>(rule), account, whole_cents(grant.eur_per_year), grant.from.index, grant.to.index, static_cast<std::uint8_t>(grant.purpose),
                            static_cast<std::uint8_t>(grant.organisation)});
    }
}

/// Whether another rule in force takes the place of this one for everybody; a rule for some people leaves what belongs to a practice as it is.
bool is_replaced(const CompileContext& context, std::size_t r, std::size_t m) {
    const auto& rules = context.input.rules;
    for (std::size_t other = 0; other < rules.size(); ++other)
        if (in_force_at(context, other, m) && rules[other]->contract.empty() && rules[other]->person.always() &&
            std::find(rules[other]->replaces.begin(), rules[other]->replaces.end(), rules[r]->id) != rules[other]->replaces.end())
            return true;
    return false;
}

void add_rule(CompileContext& context, std::size_t r, std::size_t m, Tariffs& t) {
    const auto& spec = *context.input.rules[r];
    const bool stands = in_force_at(context, r, m) && !is_replaced(context, r, m);
    for (const auto& pay : spec.pays) {
        if (pay.closed.given) add_closed_budget(context, r, pay, m, t);
        if (pay.grant.given || pay.savings.given) add_for_uses(context, spec, pay, t);
        if (!stands) continue;
        if (pay.ceiling.given) add_ceiling(context, spec, pay, m, t);
        if (pay.benefit != BenefitKind::none) add_benefit(context, spec, pay, m, t);
        if (pay.steps.given) add_practice_payment(context, spec, pay, m, t);
    }
    if (!stands) return;
    for (const auto& limit : spec.limits) {
        ShareLimit out{context.rule_index(spec), any_contract, limit.share_max};
        if (!spec.contract.empty()) out.contract = static_cast<std::uint8_t>(context.contract(spec.contract));
        if (!spec.pays.empty()) out.role = static_cast<std::uint8_t>(context.payee_role(spec, spec.pays.front()));
        t.limits.push_back(out);
    }
}

}  // namespace

void compile_lump_sums(CompileContext& context, std::vector<Tariffs>& tables) {
    for (std::size_t m = 0; m < tables.size(); ++m) {
        for (std::size_t r = 0; r < context.input.rules.size(); ++r) add_rule(context, r, m, tables[m]);
        add_written_grants(context, tables[m]);
    }
}

}  // namespace tresse::funding
