#include <algorithm>
#include <cmath>
#include <map>

#include "funding_file_reader.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/funding/invoice.hpp"

namespace tresse::scenario {

namespace {

constexpr double half_a_cent = 0.005;

std::string two_digits(double eur) {
    const Cents cents = cents_from_eur(eur);
    const Cents part = std::abs(cents % 100);
    return (cents < 0 ? "-" : "") + std::to_string(std::abs(cents / 100)) + (part < 10 ? ".0" : ".") + std::to_string(part);
}

double eur_of(Cents cents) { return static_cast<double>(cents) / 100; }

/// The account that a key like "nihdi_pays_eur" means, or -1.
int account_of_key(const std::string& key, const world::Catalogue& names) {
    constexpr std::string_view end = "_pays_eur";
    if (!key.ends_with(end)) return -1;
    const auto word = key.substr(0, key.size() - end.size());
    return names.account(word == "nihdi" ? "nihdi_health_care" : word);
}

/// Tables of the examples: most rules of a library share those of a year.
using Compiled = std::map<std::pair<int, std::string>, funding::Tariffs>;

/// Everything that a worked example needs.
struct Example {
    const FundingRules& rules;
    const funding::RuleSpec& rule;
    const funding::CheckSpec& check;
    const FundingContext& context;
    const world::Catalogue& names;
    const funding::Competence& competent;
    Compiled& compiled;
    Problems& problems;
    std::size_t number;

    int year() const { return check.year != 0 ? check.year : rule.pays.front().money.year; }
    std::string where(const std::string& key) const { return "checks[" + std::to_string(number) + "]." + key; }
    const funding::Tariffs* tariffs() const;
    /// Number of an indicator of the rule among those of all rules; all of them are compiled for an example.
    int indicator_bit(const std::string& id) const;
    funding::InvoiceAsk ask(bool usual) const;
    void run() const;
    void compare(const std::string& key, double expected, double found, const funding::Invoice& invoice) const;
    void run_tariff() const;
};

/// Prices of the example's year, with the rule as if in force in it; nullptr when they do not compile.
const funding::Tariffs* Example::tariffs() const {
    const bool plain = !rule.only_when_used && rule.in_force(Month::of(year(), 12));
    const auto [found, fresh] = compiled.try_emplace({year(), plain ? "" : rule.id});
    if (fresh) {
        funding::CompileInput in;
        in.catalogue = &names, in.competence = &competent, in.index = context.index, in.euros_of = 0;
        funding::RuleSpec moved = rule;
        if (!plain) {
            moved.from = Month::of(year(), 1), moved.to = Month::of(year(), 12);
            in.uses.push_back({rule.id, moved.from, moved.to, 0, -1, -1, -1});
        }
        for (const auto& other : rules.rules) in.rules.push_back(!plain && other.id == rule.id ? &moved : &other);
        found->second = funding::compile(in, Month::of(year(), 12), problems);
    }
    return found->second.index.empty() ? nullptr : &found->second;
}

int Example::indicator_bit(const std::string& id) const {
    int at = 0;
    for (const auto& other : rules.rules)
        for (const auto& one : other.indicators) {
            if (other.id == rule.id && one.id == id) return at;
            ++at;
        }
    return -1;
}

funding::InvoiceAsk Example::ask(bool usual) const {
    funding::InvoiceAsk out;
    out.facts = check.facts;
    const auto contract = usual ? std::string() : check.contract.empty() ? rule.contract : check.contract;
    const auto at = std::find(names.contracts.begin(), names.contracts.end(), contract);
    out.contract = at == names.contracts.end() ? 0 : static_cast<int>(at - names.contracts.begin());
    for (std::size_t i = 0; i < names.entities.size(); ++i)
        if (check.entity.empty() ? context.payers->competent[i].region == check.facts.region : names.entities[i].id == check.entity) out.entity = static_cast<int>(i);
    for (const auto& [service, units] : check.contacts) out.contacts.emplace_back(names.service(service), units);
    out.months = check.months;
    out.rule = usual ? -1 : names.rule(rule.id);
    out.person_payments = !usual;
    out.state = check.state;
    for (const auto& one : rule.indicators)
        if (std::find(check.not_done.begin(), check.not_done.end(), one.id) == check.not_done.end())
            if (const int bit = indicator_bit(one.id); bit >= 0) out.state.indicators |= 1u << bit;
    return out;
}

void Example::compare(const std::string& key, double expected, double found, const funding::Invoice& invoice) const {
    if (std::fabs(expected - found) < half_a_cent + check.within) return;
    std::string text = "the rule gives " + two_digits(found) + " EUR";
    if (key == "practice_gets_eur" || key == "payee_gets_eur") text = "the rule pays " + two_digits(found) + " EUR (" + invoice.arithmetic() + ")";
    text += ", your example expects " + two_digits(expected) + ".";
    if (invoice.lines.size() == 1 && key.find("gets") != std::string::npos) {
        const auto& line = invoice.lines.front();
        text += "\nEither the amount is " + two_digits(expected / static_cast<double>(line.units)) + ", or the example does not count " + std::to_string(line.units) + ".";
    }
    problems.add(rule.file, check.expect_line, where("expect." + key), text);
}

void Example::run_tariff() const {
    for (const auto& pay : rule.pays) {
        if (pay.id != check.pay) continue;
        const auto* amount = pay.eur.of(check.facts);
        if (amount == nullptr) break;
        const double found = amount->value * funding::index_factor(*context.index, pay.money.index, pay.money.year, year());
        for (const auto& [key, expected] : check.expect)
            if (std::fabs(expected - found) > check.within + half_a_cent)
                problems.add(rule.file, check.expect_line, where("expect.eur"),
                             "in " + std::to_string(year()) + " the rule pays " + two_digits(found) + " EUR (" + number_text(amount->value) + " of " + std::to_string(pay.money.year) + " by index " +
                                 pay.money.index + "), your example expects " + two_digits(expected) + " within " + two_digits(check.within) + ".");
        return;
    }
    problems.add(rule.file, check.line, where("tariff.pay"), "\"" + check.pay + "\" is no pay of this rule with an amount.");
}

void Example::run() const {
    if (!check.pay.empty()) return run_tariff();
    const auto* prices = tariffs();
    if (prices == nullptr) return;
    const auto got = funding::invoice(*prices, ask(false));
    for (const auto& [key, expected] : check.expect) {
        if (key == "practice_gets_eur" || key == "payee_gets_eur") compare(key, expected, eur_of(got.received), got);
        else if (key == "person_pays_eur") compare(key, expected, eur_of(got.share + got.extra), got);
        else if (key == "person_pays_outside_ceiling_eur") compare(key, expected, eur_of(got.extra), got);
        else compare(key, expected, eur_of(got.paid_by(account_of_key(key, names))), got);
    }
    if (check.usual < 0) return;
    const auto usual = funding::invoice(*prices, ask(true));
    compare("usual_practice_gets_eur", check.usual, eur_of(usual.received), usual);
}

}  // namespace

void RuleReader::facts(const Node& person, funding::Facts& out) const {
    const auto& asked = rule.person;
    const auto flag = [&](std::string_view key, std::int8_t standard) { return person.maybe(key).flag_or(standard == 1); };
    out.age = static_cast<int>(person.maybe("age").whole_or(std::max(40, asked.age_from), 0, world::oldest_age));
    out.increased_reimbursement = flag("increased_reimbursement", asked.increased_reimbursement);
    out.global_record = flag("global_medical_record", asked.global_record);
    out.medical_house = flag("medical_house", asked.medical_house);
    out.chronic_status = flag("chronic_status", asked.chronic_status);
    out.nursing_home = flag("nursing_home", asked.nursing_home);
    out.dependence = static_cast<int>(person.maybe("dependence").whole_or(asked.dependence_from, 0, 3));
    const auto trajectory = person.maybe("care_trajectory");
    out.trajectories = asked.trajectories;
    for (std::size_t i = 0; i < trajectory.size(); ++i)
        if (const int bit = trajectory.at(i).word(funding::trajectory_words()); bit >= 0) out.trajectories |= 1 << bit;
    const auto region = person.maybe("region");
    if (region.present()) out.region = std::max(region.word({"flanders", "brussels", "wallonia"}), 0);
    else
        for (int r = 2; r >= 0; --r)
            if (asked.regions >> r & 1) out.region = r;
    const auto conditions = person.maybe("diagnosed");
    if (!conditions.present()) out.conditions = asked.conditions;
    for (std::size_t i = 0; i < conditions.size(); ++i)
        if (const int at = context.catalogue->condition(conditions.at(i).text()); at >= 0) out.conditions |= 1u << at;
        else conditions.at(i).problem("\"" + conditions.at(i).text() + "\" is no condition.");
}

void RuleReader::check(const Node& node) {
    funding::CheckSpec out;
    out.line = node.line();
    if (!node.must_be_map()) return;
    out.says = node.need("says").text();
    facts(node.maybe("person"), out.facts);
    state_of_example(node, out);
    out.contract = node.maybe("contract").text_or("");
    const auto place = node.maybe("municipality");
    if (place.present()) {
        const int entity = context.payers->entity_of(static_cast<int>(place.whole(10000, 99999)), out.facts.region);
        if (entity >= 0) out.entity = context.payers->competent[static_cast<std::size_t>(entity)].account;
    }
    const auto contacts = node.maybe("contacts");
    if (contacts.present())
        for (const auto& id : contacts.keys()) {
            const auto units = contacts.need(id);
            if (context.catalogue->service(id) >= 0) out.contacts.emplace_back(id, units.whole(0, 1000000));
            else {
                std::vector<std::string> known;
                for (const auto& service : context.catalogue->services) known.push_back(service.id);
                known_word(units, id, known, "service");
            }
        }
    out.months = static_cast<int>(node.maybe("months").whole_or(12, 0, 120));
    out.year = static_cast<int>(node.maybe("year").whole_or(0, 1990, 2100));
    const auto tariff = node.maybe("tariff");
    if (tariff.present()) {
        out.pay = tariff.need("pay").text();
        out.year = static_cast<int>(tariff.need("year").whole(1990, 2100));
    }
    const auto expect = node.need("expect");
    out.expect_line = expect.line();
    out.within = expect.maybe("within").number_or(0, 0, 1e9);
    expect.maybe("source").text_or("");
    expect.maybe("note").text_or("");
    std::vector<std::string> known{"practice_gets_eur", "payee_gets_eur", "person_pays_eur", "person_pays_outside_ceiling_eur", "nihdi_pays_eur"};
    for (const auto& account : context.payers->accounts) known.push_back(account.id + "_pays_eur");
    if (tariff.present()) known = {"eur"};
    for (const auto& key : expect.keys()) {
        if (key == "within" || key == "source" || key == "note") continue;
        const auto value = expect.need(key);
        if (known_word(value, key, known, "expectation")) out.expect.emplace_back(key, value.number(-1e12, 1e12));
    }
    if (out.expect.empty() && expect.present()) expect.problem("nothing is expected; write for example practice_gets_eur: 30.00.");
    out.usual = node.maybe("usual_practice_gets_eur").number_or(-1, 0, 1e12);
    rule.checks.push_back(std::move(out));
}

void RuleReader::checks(const Node& list) {
    list.must_be_list();
    for (std::size_t i = 0; i < list.size(); ++i) check(list.at(i));
}

world::Catalogue rules_catalogue(const FundingRules& rules, const FundingContext& context) {
    world::Catalogue out = *context.catalogue;
    add_accounts(*context.payers, out);
    out.rules.clear(), out.rule_names.clear();
    for (const auto& rule : rules.rules) out.rules.push_back(rule.id), out.rule_names.push_back(rule.title);
    for (const auto& contract : funding::contract_names(rules.rules))
        if (std::find(out.contracts.begin(), out.contracts.end(), contract) == out.contracts.end() && (contract != "standard" || out.contracts.empty())) out.contracts.push_back(contract);
    return out;
}

std::vector<WorkedExample> worked_examples(const FundingRules& rules, int rule, const FundingContext& context) {
    TRESSE_CHECK(rule >= 0, "the rule to explain is one of the rules");
    const auto names = rules_catalogue(rules, context);
    const auto competent = competence(*context.payers);
    Compiled compiled;
    Problems problems;
    std::vector<WorkedExample> out;
    const auto& spec = rules.rules[static_cast<std::size_t>(rule)];
    for (std::size_t c = 0; c < spec.checks.size(); ++c) {
        const Example example{rules, spec, spec.checks[c], context, names, competent, compiled, problems, c};
        if (!spec.checks[c].pay.empty()) continue;
        const auto* prices = example.tariffs();
        TRESSE_CHECK(prices != nullptr, "the rules of a loaded scenario compile");
        const auto invoice = funding::invoice(*prices, example.ask(false));
        out.push_back({spec.checks[c].says, invoice.arithmetic(), invoice});
    }
    return out;
}

void run_checks(const FundingRules& rules, std::size_t first, const FundingContext& context, Problems& problems) {
    const auto names = rules_catalogue(rules, context);
    const auto competent = competence(*context.payers);
    Compiled compiled;
    for (std::size_t i = first; i < rules.rules.size(); ++i)
        for (std::size_t c = 0; c < rules.rules[i].checks.size(); ++c) Example{rules, rules.rules[i], rules.rules[i].checks[c], context, names, competent, compiled, problems, c}.run();
}

}  // namespace tresse::scenario
