#include <algorithm>

#include "compiler.hpp"
#include "tresse/core/check.hpp"
#include "tresse/world/bits.hpp"

namespace tresse::funding {

namespace {

namespace st = world::status;

constexpr std::size_t most_indicators = 32;  // bits of State::indicators

/// Bits of the team slots of some roles.
std::uint16_t slots_of(CompileContext& context, const RuleSpec& rule, int line, const std::vector<std::string>& roles) {
    std::uint16_t out = 0;
    for (const auto& id : roles) {
        const int role = context.input.catalogue->role(id);
        if (role < 0) context.problem(rule, line, "seen", "\"" + id + "\" is no role of this scenario.");
        else out = static_cast<std::uint16_t>(out | 1u << context.input.catalogue->roles[static_cast<std::size_t>(role)].team_slot);
    }
    return out;
}

std::uint32_t threshold(double share) {
    const double scaled = std::clamp(share, 0.0, 1.0) * 4294967296.0;
    return scaled >= 4294967295.0 ? 4294967295u : static_cast<std::uint32_t>(scaled);
}

std::uint32_t name_key(const std::string& name) {
    std::uint32_t hash = 2166136261u;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash & 0xfffffu;
}

void ask_flag(StateTest& out, std::int8_t asked, std::uint32_t bit) {
    if (asked > 0) out.must |= bit;
    if (asked == 0) out.must_not |= bit;
}

void add(CompileContext& context, const RuleSpec& rule, const Pay& pay, const StateWhen& when, StateTest& out) {
    ask_flag(out, when.care_plan, st::Plan::mask);
    ask_flag(out, when.case_manager, st::CaseManager::mask);
    if (when.informal_carer > 0) out.some = st::Carer::mask;
    if (when.informal_carer == 0) out.none = st::Carer::mask;
    if (when.stage_condition >= 0) {
        if (out.condition >= 0 && out.condition != when.stage_condition)
            context.problem(rule, pay.line, "pays." + pay.id + ".when.stage", "the rule and its pay ask the stage of two conditions; one payment can ask one.");
        out.condition = static_cast<std::int8_t>(when.stage_condition);
        out.stage_from = static_cast<std::int8_t>(when.stage_from), out.stage_to = static_cast<std::int8_t>(when.stage_to);
    }
    out.seen = static_cast<std::uint16_t>(out.seen | slots_of(context, rule, pay.line, when.seen));
}

}  // namespace

bool is_state_payment(const RuleSpec& rule, const Pay& pay) {
    return is_person_payment(pay) && (pay.payee == "organisation" || pay.payee == "household" || pay.who.state.any() || rule.person.state.any() || !pay.gates.empty());
}

int indicator_index(const CompileInput& input, const RuleSpec& rule, const std::string& id) {
    int at = 0;
    for (const auto* other : input.rules)
        for (const auto& one : other->indicators) {
            if (other == &rule && one.id == id) return at;
            ++at;
        }
    return -1;
}

StateTest compile_state(CompileContext& context, const RuleSpec& rule, const Pay& pay, std::size_t month) {
    StateTest out;
    for (const StateWhen* when : {&rule.person.state, &pay.who.state}) {
        add(context, rule, pay, *when, out);
        const auto cents = [&](double eur) {
            return whole_cents(eur * index_factor(*context.input.index, pay.money.index, pay.money.year, context.months[month].year()) *
                               (context.input.euros_of == 0 ? 1.0 : index_factor(*context.input.index, "health_index", context.months[month].year(), context.input.euros_of)));
        };
        if (when->shares_two_years_from_eur >= 0) out.shares_from = std::max(out.shares_from, cents(when->shares_two_years_from_eur));
        if (when->spending_last_year_from_eur >= 0) out.spending_from = std::max(out.spending_from, cents(when->spending_last_year_from_eur));
    }
    for (const auto& id : pay.gates) {
        const int at = indicator_index(context.input, rule, id);
        TRESSE_CHECK(at >= 0, "the reader knows the indicators of a rule");
        if (at < static_cast<int>(most_indicators)) out.indicators |= 1u << at;
    }
    return out;
}

void compile_indicators(CompileContext& context, std::vector<Tariffs>& tables) {
    std::size_t count = 0;
    for (const auto* rule : context.input.rules)
        for (const auto& spec : rule->indicators) {
            if (++count > most_indicators) {
                context.problem(*rule, spec.line, "indicators", "the rules of one arm have more than " + std::to_string(most_indicators) + " indicators, the most that a person's state holds.");
                return;
            }
            Indicator out;
            out.rule = context.rule_index(*rule);
            out.key = name_key(rule->id + "/" + spec.id);
            out.seen = slots_of(context, *rule, spec.line, spec.seen);
            const double share = std::clamp(context.drawn(spec.share_without_payment), 0.0, 1.0);
            out.share_without = threshold(share);
            out.deci_minutes = static_cast<std::uint32_t>(std::max(0.0, context.drawn(spec.minutes)) * 10 + 0.5);
            for (const auto& pay : rule->pays)
                if (const int kind = context.input.catalogue->kind(pay.payee); kind >= 0) out.role = static_cast<std::uint8_t>(context.input.catalogue->kinds[static_cast<std::size_t>(kind)].role);
            for (std::size_t m = 0; m < tables.size(); ++m) {
                const std::size_t r = static_cast<std::size_t>(std::find(context.input.rules.begin(), context.input.rules.end(), rule) - context.input.rules.begin());
                const bool paid = context.epochs[context.epoch_of[m]][r];
                out.share_paid = paid ? threshold(share + std::max(0.0, context.drawn(spec.gain_when_paid))) : out.share_without;
                tables[m].indicators.push_back(out);
            }
        }
}

}  // namespace tresse::funding
