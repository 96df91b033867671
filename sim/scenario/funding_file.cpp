#include "tresse/scenario/funding_file.hpp"

#include <algorithm>
#include <cmath>

#include "funding_file_reader.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"

namespace tresse::scenario {

namespace {

std::vector<std::string> account_words(const FundingContext& context) {
    std::vector<std::string> out{"competent_federated"};
    for (const auto& account : context.payers->accounts) out.push_back(account.id);
    return out;
}

template <class Rows>
std::vector<std::string> ids_of(const Rows& rows) {
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row.id);
    return out;
}

std::vector<std::string> index_words(const FundingContext& context) {
    std::vector<std::string> out;
    for (const auto& [id, years] : *context.index) out.push_back(id);
    if (std::find(out.begin(), out.end(), "none") == out.end()) out.emplace_back("none");
    return out;
}

/// A word that may also be true or false: -1 not asked, 0, 1.
std::int8_t asked_flag(const Node& node) {
    if (!node.present()) return -1;
    return node.flag_or(false) ? 1 : 0;
}

/// `batch`: files of this call; a rule of an earlier call is replaced, one of this call may not stand twice.
void read_one(Document& document, const FundingContext& context, const std::vector<std::string>& batch, FundingRules& out) {
    out.hash = out.hash * 1099511628211u ^ document.hash();
    if (!document.usable()) return;
    funding::RuleSpec rule;
    rule.file = document.name();
    RuleReader reader{context, rule, {}, {}, {}, {}};
    reader.read(document.root());
    document.finish();
    const auto sources = document.sources();
    out.sources.insert(out.sources.end(), sources.begin(), sources.end());
    const int there = out.find(rule.id);
    if (there >= 0) {
        const auto& other = out.rules[static_cast<std::size_t>(there)].file;
        if (std::find(batch.begin(), batch.end(), other) != batch.end()) document.root().problem_at("id", "rule " + rule.id + " stands in " + other + " too.");
        out.rules.erase(out.rules.begin() + there);
    }
    if (!rule.id.empty()) out.rules.push_back(std::move(rule));
}

void check_names(const FundingRules& rules, std::size_t first, Problems& problems) {
    const auto known = ids_of(rules.rules);
    for (std::size_t i = first; i < rules.rules.size(); ++i) {
        const auto& rule = rules.rules[i];
        for (const auto& id : rule.replaces)
            if (rules.find(id) < 0) {
                const auto near = nearest(id, known);
                problems.note(rule.file, rule.replaces_line, "replaces", "no rule \"" + id + "\" is here, so nothing of it is replaced." + (near.empty() ? "" : " Nearest: " + near + "."));
            }
        for (const auto& pay : rule.pays)
            if (pay.share.kind == funding::ShareKind::as_rule && rules.find(pay.share.as_rule) < 0) {
                const auto near = nearest(pay.share.as_rule, known);
                problems.add(rule.file, pay.share.line, "pays." + pay.id + ".patient_share.as", "\"" + pay.share.as_rule + "\" is no rule." + (near.empty() ? "" : " Nearest: " + near + "."));
            }
    }
}

void finish_rules(FundingRules& rules, std::size_t first, const FundingContext& context, Problems& problems, std::size_t before) {
    check_names(rules, first, problems);
    if (problems.count() == before) run_checks(rules, first, context, problems);
}

}  // namespace

bool known_word(const Node& node, const std::string& word, const std::vector<std::string>& words, const std::string& thing) {
    if (word.empty() || std::find(words.begin(), words.end(), word) != words.end()) return true;
    const auto near = nearest(word, words);
    node.problem("\"" + word + "\" is no " + thing + "." + (near.empty() ? "" : " Nearest: " + near + "."));
    return false;
}

Uncertain read_eur(const Node& node, double most) {
    auto out = node.uncertain(0, most, Law::normal);
    if (out.law == Law::normal && out.low > 0) out.law = Law::lognormal;
    return out;
}

Uncertain read_share(const Node& node) {
    auto out = node.uncertain(0, 1, Law::normal);
    if (out.law == Law::normal && out.low > 0 && out.high < 1) out.law = Law::logit;
    return out;
}

void RuleReader::read(const Node& root) {
    head(root);
    indicators(root.maybe("indicators"));
    const auto list = root.need("pays");
    list.must_be_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto one = pay(list.at(i));
        for (const auto& other : rule.pays)
            if (!one.id.empty() && other.id == one.id) list.at(i).problem("pay " + one.id + " stands twice in this rule.");
        rule.pays.push_back(std::move(one));
    }
    if (list.present() && list.size() == 0) list.problem("found no pay, wanted at least one.");
    limits(root.maybe("limits"));
    checks(root.maybe("checks"));
}

void RuleReader::head(const Node& root) {
    rule.line = root.line();
    rule.id = root.need("id").text();
    rule.title = root.need("title").local_text();
    rule.in_words = root.need("in_words").local_text();
    const auto force = root.need("in_force");
    rule.from = force.need("from").month();
    const auto to = force.maybe("to");
    rule.to = to.present() ? to.month() : Month::of(2200, 12);
    if (rule.to < rule.from) force.problem("the rule ends in " + rule.to.text() + ", before it starts in " + rule.from.text() + ".");
    rule.only_when_used = root.maybe("only_when_used").flag_or(false);
    split = split_of(root, {});
    matter = root.maybe("matter").text_or("");
    payee = payee_of(root, "");
    const auto through = root.maybe("paid_through");
    if (through.present() && through.word({"sickness_funds", "nobody"}) == 0) rule.paid_through = "sickness_funds";
    const auto applies = root.maybe("applies_to");
    applies.must_be_map();
    const auto contract = applies.maybe("practice").maybe("contract");
    rule.contract = contract.text_or("");
    if (!context.catalogue->contracts.empty()) known_word(contract, rule.contract, context.catalogue->contracts, "contract class");
    rule.person = when(applies.maybe("person"));
    const auto replaces = root.maybe("replaces");
    rule.replaces = replaces.texts(), rule.replaces_line = replaces.line();
    rule.leaves_as_is = root.maybe("leaves_as_is").texts();
    money = money_year(root.need("money"), {});
    rule.not_known = root.maybe("what_we_do_not_know").text_or("");
    root.maybe("note").text_or("");
}

funding::MoneyYear RuleReader::money_year(const Node& node, const funding::MoneyYear& standard) const {
    if (!node.present()) return standard;
    funding::MoneyYear out;
    out.year = static_cast<int>(node.need("amounts_of").whole(1990, 2100));
    const auto index = node.need("indexation");
    out.index = index.text_or("none");
    if (known_word(index, out.index, index_words(context), "index") && index.present()) {
        bool known = true;
        funding::index_factor(*context.index, out.index, out.year, out.year + 1, &known);
        if (!known) node.problem("index " + out.index + " has no year " + std::to_string(out.year) + " nor an earlier one.");
    }
    node.maybe("source");
    return out;
}

funding::When RuleReader::when(const Node& node) const {
    funding::When out;
    if (!node.present() || !node.must_be_map()) return out;
    out.age_from = static_cast<int>(node.maybe("age_from").whole_or(out.age_from, 0, 120));
    out.age_to = static_cast<int>(node.maybe("age_to").whole_or(out.age_to, 0, 120));
    if (out.age_to < out.age_from) node.problem("age_to " + std::to_string(out.age_to) + " lies below age_from " + std::to_string(out.age_from) + ".");
    out.increased_reimbursement = asked_flag(node.maybe("increased_reimbursement"));
    const auto record = node.maybe("global_medical_record");
    if (record.is_scalar() && record.text() == "in_this_practice") out.global_record = 1;
    else out.global_record = asked_flag(record);
    out.medical_house = asked_flag(node.maybe("medical_house"));
    out.chronic_status = asked_flag(node.maybe("chronic_status"));
    out.nursing_home = asked_flag(node.maybe("nursing_home"));
    out.dependence_from = static_cast<int>(node.maybe("dependence_from").whole_or(0, 0, 3));
    out.dependence_to = static_cast<int>(node.maybe("dependence_to").whole_or(3, 0, 3));
    const auto trajectories = node.maybe("care_trajectory");
    for (std::size_t i = 0; i < trajectories.size(); ++i)
        if (const int bit = trajectories.at(i).word(funding::trajectory_words()); bit >= 0) out.trajectories |= 1 << bit;
    const auto regions = node.maybe("region");
    if (regions.present()) out.regions = 0;
    for (std::size_t i = 0; i < regions.size(); ++i)
        if (const int bit = regions.at(i).word({"flanders", "brussels", "wallonia"}); bit >= 0) out.regions |= 1 << bit;
    const auto conditions = node.maybe("diagnosed");
    for (std::size_t i = 0; i < conditions.size(); ++i)
        if (known_word(conditions.at(i), conditions.at(i).text(), ids_of(context.catalogue->conditions), "condition"))
            out.conditions |= 1u << std::max(context.catalogue->condition(conditions.at(i).text()), 0);
    state_when(node, out.state);
    return out;
}

funding::SplitSpec RuleReader::split_of(const Node& node, const funding::SplitSpec& standard) const {
    const auto payer = node.maybe("payer"), shares = node.maybe("split");
    if (payer.present() && shares.present()) shares.problem("give either payer or split, not both.");
    if (!payer.present() && !shares.present()) return standard;
    funding::SplitSpec out;
    if (payer.present()) out.emplace_back(payer.text(), 1.0);
    double sum = 0;
    std::string text;
    if (shares.present())
        for (const auto& id : shares.keys()) {
            const double share = shares.need(id).number(0, 1);
            out.emplace_back(id, share), sum += share;
            text += (text.empty() ? "" : " + ") + id + " " + number_text(share);
        }
    for (const auto& [id, share] : out) {
        known_word(payer.present() ? payer : shares, id, account_words(context), "account");
        const int at = context.payers->account(id);
        if (at >= 0 && context.payers->accounts[static_cast<std::size_t>(at)].level == world::Level::federated)
            (payer.present() ? payer : shares).note("payer " + id + " for every place, also where another body is competent. Write competent_federated to let the place decide.");
    }
    if (shares.present() && std::fabs(sum - 1) > 1e-9) {
        const double rest = std::round((1 - sum) * 1e6) / 1e6;
        shares.problem(text + " = " + number_text(std::round(sum * 1e6) / 1e6) + "; the shares must make 1.\n" +
                       (rest > 0 ? "Who pays the other " + number_text(rest) + "?" : number_text(-rest) + " would be paid twice."));
    }
    return out;
}

std::string RuleReader::payee_of(const Node& node, const std::string& standard) const {
    const auto named = node.maybe("payee");
    const auto word = named.text_or(standard);
    auto words = ids_of(context.catalogue->kinds);
    if (words.empty()) return word;
    words.insert(words.end(), {"organisation", "household"});
    if (named.present()) known_word(named, word, words, "provider kind (nor organisation or household)");
    return word;
}

std::string RuleReader::service_of(const Node& node) const {
    const auto word = node.text_or("");
    known_word(node, word, ids_of(context.catalogue->services), "service");
    return word;
}

void RuleReader::limits(const Node& list) {
    list.must_be_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto node = list.at(i);
        funding::LimitSpec limit;
        limit.id = node.need("id").text();
        limit.text = node.need("rule").text();
        limit.share_max = node.need("share_max").number(0, 1);
        node.maybe("source").text_or("");
        const auto then = node.maybe("if_exceeded");
        if (then.present()) {
            then.need("event").word({"limit_exceeded"});
            then.need("money").word({"none"});
            then.need("source").text();
        }
        rule.limits.push_back(std::move(limit));
    }
}

int FundingRules::find(const std::string& id) const {
    for (std::size_t i = 0; i < rules.size(); ++i)
        if (rules[i].id == id) return static_cast<int>(i);
    return -1;
}

void add_funding_rules(FundingRules& rules, const std::string& folder_or_file, const FundingContext& context, Problems& problems) {
    const auto before = problems.count();
    std::vector<std::string> files;
    if (is_folder(folder_or_file)) {
        for (const auto& name : names_in(folder_or_file))
            if (name.ends_with(".yaml") || name.ends_with(".yml")) files.push_back(join_path(folder_or_file, name));
        if (files.empty()) problems.add(folder_or_file, 0, "", "no funding rule (.yaml) in this folder.");
    } else {
        files.push_back(folder_or_file);
    }
    for (const auto& file : files) {
        Document document(file, "funding_rule", problems);
        read_one(document, context, files, rules);
    }
    // the rules just read stand at the end, since one that is replaced is taken out first
    std::size_t first = rules.rules.size();
    while (first > 0 && std::find(files.begin(), files.end(), rules.rules[first - 1].file) != files.end()) --first;
    finish_rules(rules, first, context, problems, before);
}

FundingRules load_funding_rules(const std::string& folder_or_file, const FundingContext& context, Problems& problems) {
    FundingRules out;
    add_funding_rules(out, folder_or_file, context, problems);
    return out;
}

void add_funding_rule_text(FundingRules& rules, const std::string& text, const std::string& name, const FundingContext& context, Problems& problems) {
    const auto before = problems.count();
    Document document(text, name, "funding_rule", problems);
    read_one(document, context, {}, rules);
    std::size_t first = rules.rules.size();
    while (first > 0 && rules.rules[first - 1].file == name) --first;
    finish_rules(rules, first, context, problems, before);
}

}  // namespace tresse::scenario
