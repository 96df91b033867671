#include <algorithm>

#include "funding_file_reader.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/world/bits.hpp"

namespace tresse::scenario {

namespace {

namespace st = world::status;

constexpr double most_history_eur = 1e6;

std::int8_t asked_flag(const Node& node) {
    if (!node.present()) return -1;
    return node.flag_or(false) ? 1 : 0;
}

std::vector<std::string> role_words(const world::Catalogue& catalogue) {
    std::vector<std::string> out;
    for (const auto& role : catalogue.roles) out.push_back(role.id);
    return out;
}

/// Whether a role's place in the team is its own, so that who was seen there is known apart.
bool stands_alone(const world::Catalogue& catalogue, int role) {
    const int slot = catalogue.roles[static_cast<std::size_t>(role)].team_slot;
    return std::count_if(catalogue.roles.begin(), catalogue.roles.end(), [&](const world::Role& r) { return r.team_slot == slot; }) == 1;
}

std::vector<std::string> seen_roles(const Node& node, const world::Catalogue& catalogue) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < node.size(); ++i) {
        const auto word = node.at(i).text();
        if (!known_word(node.at(i), word, role_words(catalogue), "role")) continue;
        if (const int role = catalogue.role(word); role >= 0 && !stands_alone(catalogue, role))
            node.at(i).problem("departments of a hospital share one place in a person's team, so who was seen at \"" + word + "\" is not known apart.\nName a role with a place of its own: gp, home_nursing, pharmacy, physiotherapy, dietitian ...");
        out.push_back(word);
    }
    return out;
}

}  // namespace

void RuleReader::state_when(const Node& node, funding::StateWhen& out) const {
    out.care_plan = asked_flag(node.maybe("care_plan"));
    out.case_manager = asked_flag(node.maybe("case_manager"));
    out.informal_carer = asked_flag(node.maybe("informal_carer"));
    if (const auto stage = node.maybe("stage"); stage.present() && stage.must_be_map()) {
        const auto condition = stage.need("condition");
        std::vector<std::string> known;
        for (const auto& c : context.catalogue->conditions) known.push_back(c.id);
        if (known_word(condition, condition.text(), known, "condition")) out.stage_condition = context.catalogue->condition(condition.text());
        out.stage_from = static_cast<int>(stage.maybe("from").whole_or(1, 1, world::limit::stages));
        out.stage_to = static_cast<int>(stage.maybe("to").whole_or(world::limit::stages, 1, world::limit::stages));
        if (out.stage_to < out.stage_from) stage.problem("the last stage lies before the first.");
        if (out.stage_condition >= 0 && out.stage_from > static_cast<int>(context.catalogue->conditions[static_cast<std::size_t>(out.stage_condition)].stages.size()))
            stage.problem(condition.text() + " has " + std::to_string(context.catalogue->conditions[static_cast<std::size_t>(out.stage_condition)].stages.size()) + " stages, so nobody is meant.");
    }
    if (const auto seen = node.maybe("seen"); seen.present()) out.seen = seen_roles(seen, *context.catalogue);
    out.shares_two_years_from_eur = node.maybe("shares_two_years_from_eur").number_or(-1, 0, most_history_eur);
    out.spending_last_year_from_eur = node.maybe("spending_last_year_from_eur").number_or(-1, 0, most_history_eur);
}

void RuleReader::no_state(const Node& node, const funding::When& when) const {
    if (when.state.any())
        node.problem("care_plan, case_manager, informal_carer, stage, seen and history can be asked in `when` of a payment per person and in applies_to.person, not here: prices are tables by lasting facts.");
}

void RuleReader::check_state(const Node& node, const funding::Pay& out) const {
    const bool per_person = funding::unit_months(out.unit) > 0 && out.benefit == funding::BenefitKind::none && !out.ceiling.given;
    if (!per_person && (out.who.state.any() || rule.person.state.any()))
        node.problem("a payment per " + std::string(funding::unit_word(out.unit)) + " cannot ask for care_plan, case_manager, informal_carer, stage, seen or history: these are known for payments per person only.\nWrite unit: person_month, person_quarter or person_year, or ask for lasting facts.");
    if (!per_person && !out.gates.empty()) node.problem("a gate stands before payments per person; this one is per " + std::string(funding::unit_word(out.unit)) + ". Write unit: person_month, person_quarter or person_year.");
    if (per_person && out.payee == "household" && !rule.contract.empty()) node.problem("a household has no contract class. Leave out applies_to.practice.");
}

void RuleReader::gates(const Node& node, funding::Pay& out) const {
    const auto gate = node.maybe("gate");
    if (!gate.present()) return;
    std::vector<std::string> known;
    for (const auto& one : rule.indicators) known.push_back(one.id);
    for (const auto& id : gate.texts()) {
        if (known.empty()) gate.problem("the rule has no indicators: list them under `indicators`.");
        else if (known_word(gate, id, known, "indicator of this rule")) out.gates.push_back(id);
    }
}

void RuleReader::indicators(const Node& list) {
    list.must_be_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto node = list.at(i);
        if (!node.must_be_map()) continue;
        funding::IndicatorSpec out;
        out.line = node.line();
        out.id = node.need("id").text();
        out.says = node.need("says").local_text();
        const auto seen = node.need("seen");
        out.seen = seen_roles(seen, *context.catalogue);
        if (seen.present() && out.seen.empty()) seen.problem("found no role, wanted at least one.");
        out.share_without_payment = read_share(node.need("share_without_payment"));
        out.gain_when_paid = node.need("gain_when_paid").uncertain(0, 1, Law::normal);
        out.minutes = node.need("minutes").uncertain(0, 600, Law::normal);
        for (const auto& other : rule.indicators)
            if (!out.id.empty() && other.id == out.id) node.problem("indicator " + out.id + " stands twice in this rule.");
        rule.indicators.push_back(std::move(out));
    }
}

void RuleReader::state_of_example(const Node& node, funding::CheckSpec& out) const {
    const auto person = node.maybe("person");
    const auto& asked = rule.person.state;
    const auto flag = [&](std::string_view key, std::int8_t standard, std::uint32_t bit) {
        if (person.maybe(key).flag_or(standard == 1)) out.state.status |= bit;
    };
    flag("care_plan", asked.care_plan, st::Plan::mask);
    flag("case_manager", asked.case_manager, st::CaseManager::mask);
    flag("informal_carer", asked.informal_carer, st::Carer::set(0, 1));
    world::Conditions conditions;
    if (asked.stage_condition >= 0) conditions.set_stage(asked.stage_condition, asked.stage_from);
    if (const auto stage = person.maybe("stage"); stage.present() && stage.must_be_map()) {
        const auto condition = stage.need("condition");
        const int at = context.catalogue->condition(condition.text());
        if (at < 0) condition.problem("\"" + condition.text() + "\" is no condition.");
        const auto is = static_cast<int>(stage.need("is").whole(0, world::limit::stages));
        if (at >= 0) conditions.set_stage(at, is);
    }
    out.state.conditions = conditions.word;
    const auto seen = person.maybe("seen");
    if (!seen.present()) out.state.seen = 0xffff;  // everybody, unless the example says whom
    for (std::size_t i = 0; i < seen.size(); ++i)
        if (const int role = context.catalogue->role(seen.at(i).text()); role >= 0)
            out.state.seen = static_cast<std::uint16_t>(out.state.seen | 1u << context.catalogue->roles[static_cast<std::size_t>(role)].team_slot);
        else seen.at(i).problem("\"" + seen.at(i).text() + "\" is no role.");
    out.state.shares_two_years = cents_from_eur(person.maybe("shares_two_years_eur").number_or(std::max(0.0, asked.shares_two_years_from_eur), 0, most_history_eur));
    out.state.spending_last_year = cents_from_eur(person.maybe("spending_last_year_eur").number_or(std::max(0.0, asked.spending_last_year_from_eur), 0, most_history_eur));
    if (const auto not_done = node.maybe("not_done"); not_done.present()) {
        std::vector<std::string> known;
        for (const auto& one : rule.indicators) known.push_back(one.id);
        out.not_done = not_done.texts();
        if (known.empty()) not_done.problem("the rule has no indicators.");
        else
            for (const auto& id : out.not_done) known_word(not_done, id, known, "indicator of this rule");
    }
}

}  // namespace tresse::scenario
