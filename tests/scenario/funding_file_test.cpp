#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <string>

#include "scenario/funding_library.hpp"
#include "tresse/core/file.hpp"
#include "tresse/scenario/funding_keys.hpp"

// Wrong rule files are refused with line, found, wanted and what to do; the wording of the age and share problems is that of the mock-ups.

namespace tresse {

using funding_library::shipped;

namespace {

/// A small rule that is right; `text` stands in for its pays.
std::string rule_with(const std::string& pays, const std::string& head = "payer: nihdi_health_care\n") {
    return "format: 1\nkind: funding_rule\nid: test-rule\ntitle: {en: Test}\nin_words: A test.\nin_force: {from: 2020-01}\nonly_when_used: true\n" + head +
           "payee: gp_practice\nmoney: {amounts_of: 2025, indexation: none}\npays:\n" + pays;
}

const char* const good_pay = "  - {id: a, unit: person_month, eur: {value: 12, low: 12, high: 12, source: A-001}, patient_share: none}\n";

Problems read(const std::string& text) {
    auto rules = shipped().rules;
    Problems problems;
    scenario::add_funding_rule_text(rules, text, "mine.yaml", shipped().context, problems);
    return problems;
}

/// The one problem of a text that has exactly one.
Problem only(const std::string& text) {
    const auto problems = read(text);
    INFO(problems.text());
    REQUIRE(problems.count() == 1);
    for (const auto& p : problems.list())
        if (!p.note) return p;
    return {};
}

bool has(const std::string& text, const std::string& part) {
    UNSCOPED_INFO(text);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a small rule that is right is read without a word") {
    const auto problems = read(rule_with(good_pay));
    INFO(problems.text());
    CHECK(problems.list().empty());
}

TEST_CASE("a gap between ages is named with both rows and a remedy") {
    const auto p = only(rule_with("  - id: a\n    unit: person_month\n    patient_share: none\n    eur_by_age:\n      columns: [from_age, to_age, eur]\n      rows:\n"
                                  "        - [18, 44, {value: 12, low: 10, high: 14, source: A-001}]\n        - [50, 120, {value: 20, low: 18, high: 22, source: A-001}]\n"));
    CHECK(p.line == 16);
    CHECK(p.where == "pays[0].eur_by_age");
    CHECK(p.message == "ages 45 to 49 have no amount: the rows are 18-44 and 50-120.\nGive a row for them, or write to_age: 49 in the first row.");
}

TEST_CASE("ages with two amounts are named") {
    CHECK(scenario::age_band_problem({{0, 44, {}}, {40, 120, {}}}) ==
          "ages 40 to 44 have two amounts: the rows are 0-44 and 40-120.\nWrite to_age: 39 in the first row, or from_age: 45 in the next.");
    CHECK(scenario::age_band_problem({{0, 44, {}}, {44, 120, {}}}).find("age 44 has two amounts") == 0);
    CHECK(scenario::age_band_problem({{0, 44, {}}, {46, 120, {}}}).find("age 45 has no amount") == 0);
    CHECK(scenario::age_band_problem({{0, 44, {}}, {45, 120, {}}}).empty());
    CHECK(scenario::age_band_problem({{18, 120, {}}}).empty());   // a rule may leave the young out
}

TEST_CASE("shares that do not make 1 are added up") {
    const auto p = only(rule_with(good_pay, "split: {nihdi_health_care: 0.5, competent_federated: 0.4}\n"));
    CHECK(p.line == 8);
    CHECK(p.message == "nihdi_health_care 0.5 + competent_federated 0.4 = 0.9; the shares must make 1.\nWho pays the other 0.1?");
    CHECK(has(only(rule_with(good_pay, "split: {nihdi_health_care: 0.7, competent_federated: 0.6}\n")).message, "= 1.3; the shares must make 1.\n0.3 would be paid twice."));
}

TEST_CASE("a failing example is a problem with its line and its arithmetic") {
    const auto p = only(rule_with(good_pay) + "checks:\n  - says: a year\n    person: {age: 40}\n    expect: {practice_gets_eur: 120.00}\n");
    CHECK(p.line == 16);
    CHECK(p.where == "checks[0].expect.practice_gets_eur");
    CHECK(p.message == "the rule pays 144.00 EUR (12 x 12.00), your example expects 120.00.\nEither the amount is 10.00, or the example does not count 12.");
    CHECK(has(only(rule_with(good_pay) + "checks:\n  - {says: no, tariff: {pay: b, year: 2025}, expect: {eur: 12}}\n").message, "\"b\" is no pay of this rule"));
}

TEST_CASE("a payer of one entity for every place is worth a remark, not a refusal") {
    const auto problems = read(rule_with(good_pay, "payer: flemish_community\n"));
    CHECK_FALSE(problems.any());
    REQUIRE(problems.list().size() == 1);
    CHECK(has(problems.list()[0].message, "competent_federated"));
}

TEST_CASE("unknown words are answered with the nearest known one") {
    CHECK(has(only(rule_with(good_pay, "payer: nihdi_helth_care\n")).message, "\"nihdi_helth_care\" is no account. Nearest: nihdi_health_care."));
    CHECK(has(only(rule_with("  - {id: a, unit: contact, service: gp_consultatoin, eur: {value: 1, low: 1, high: 1, source: A-001}, patient_share: none}\n")).message,
              "\"gp_consultatoin\" is no service. Nearest: gp_consultation."));
    CHECK(has(only(rule_with("  - {id: a, unit: person_mnth, eur: {value: 1, low: 1, high: 1, source: A-001}}\n")).message, "Nearest: person_month"));
    CHECK(has(only(rule_with(good_pay, "payer: nihdi_health_care\napplies_to: {practice: {contract: new_deel}}\n")).message, "Nearest: new_deal."));
    CHECK(has(only(rule_with("  - {id: a, unit: contact, service: gp_consultation, eur: {value: 1, low: 1, high: 1, source: A-001}, patient_share: {as: gp-consultatio, source: A-001}}\n")).message,
              "Nearest: gp-consultation."));
}

TEST_CASE("a unit that does not fit the service is refused with the right one") {
    CHECK(has(only(rule_with("  - {id: a, unit: contact, service: hospital_day, eur: {value: 1, low: 1, high: 1, source: A-001}, patient_share: none}\n")).message, "Write unit: day."));
    CHECK(has(only(rule_with("  - {id: a, unit: day, service: gp_consultation, eur: {value: 1, low: 1, high: 1, source: A-001}, patient_share: none}\n")).message, "Write unit: contact."));
    CHECK(has(only(rule_with("  - {id: a, unit: contact, eur: {value: 1, low: 1, high: 1, source: A-001}, patient_share: none}\n")).message, "needs the service it prices"));
    CHECK(has(only(rule_with("  - {id: a, unit: person_month, eur: {value: 1, low: 1, high: 1, source: A-001}, patient_share: {eur: {value: 1, low: 1, high: 1, source: A-001}}}\n")).message,
              "Write patient_share: none."));
}

TEST_CASE("an estimate without source, negative money and a forgotten patient's share are refused") {
    CHECK(has(only(rule_with("  - {id: a, unit: person_month, eur: 12}\n")).message, "needs its range and source"));
    CHECK(has(only(rule_with("  - {id: a, unit: person_month, eur: {value: 12, low: 10, high: 14}}\n")).message, "this key is missing"));
    const auto negative = read(rule_with("  - {id: a, unit: person_month, eur: {value: -12, low: 10, high: 14, source: A-001}}\n"));
    REQUIRE(negative.any());
    CHECK(has(negative.list()[0].message, "found -12, wanted a number from 0"));
    CHECK(has(only(rule_with("  - {id: a, unit: contact, service: gp_consultation, eur: {value: 1, low: 1, high: 1, source: A-001}}\n")).message, "say what the patient pays"));
}

TEST_CASE("what the engine cannot compute yet is refused, not ignored") {
    CHECK(has(only(rule_with("  - {id: a, unit: indicator_point, eur: {value: 1, low: 1, high: 1, source: A-001}}\n")).message, "cannot be computed yet"));
    CHECK(has(only(rule_with("  - {id: a, unit: person_month, eur: {value: 12, low: 12, high: 12, source: A-001}, gates: [{indicator: x}]}\n")).message, "unknown key"));
    CHECK(has(only(rule_with("  - {id: a, unit: person_month, eur: {value: 12, low: 12, high: 12, source: A-001}, patient_shere: none}\n")).message, "Nearest: patient_share"));
}

TEST_CASE("two rules for one contact must say which takes the other's place") {
    const auto problems = read(rule_with("  - {id: a, unit: contact, service: gp_consultation, eur: {value: 40, low: 40, high: 40, source: A-001}, patient_share: none}\n") +
                               "checks:\n  - {says: one, contacts: {gp_consultation: 1}, expect: {practice_gets_eur: 40}}\n");
    REQUIRE(problems.any());
    CHECK(has(problems.list()[0].message, "replaces: [gp-consultation]"));
    CHECK_FALSE(read(rule_with("  - {id: a, unit: contact, service: gp_consultation, eur: {value: 40, low: 40, high: 40, source: A-001}, patient_share: none}\n",
                               "payer: nihdi_health_care\nreplaces: [gp-consultation, medical-house-capitation, new-deal-practice]\n") +
                     "checks:\n  - {says: one, contacts: {gp_consultation: 1}, expect: {practice_gets_eur: 40}}\n")
                    .any());
}

TEST_CASE("a user's rule with the id of a shipped one takes its place") {
    auto rules = shipped().rules;
    Problems problems;
    auto text = rule_with("  - {id: a, unit: contact, service: gp_out_of_hours, eur: {value: 99, low: 99, high: 99, source: A-001}, patient_share: none}\n");
    text.replace(text.find("id: test-rule"), 13, "id: gp-out-of-hours");
    scenario::add_funding_rule_text(rules, text, "mine.yaml", shipped().context, problems);
    CHECK_FALSE(problems.any());
    CHECK(rules.rules.size() == shipped().rules.rules.size());
    CHECK(rules.rules.back().file == "mine.yaml");
}

TEST_CASE("a New Deal practice as its authors drafted it loads, but for an index that we only assume") {
    // The draft expects 17.95 within 0.10 in 2026. Our index of fees of 2026 is an assumption and gives 17.81; the shipped file says so.
    const auto& rules = shipped().rules;
    const auto& rule = rules.rules[static_cast<std::size_t>(rules.find("new-deal-practice"))];
    REQUIRE(rule.checks.size() == 3);
    CHECK(rule.checks[2].within == 0.15);
    CHECK(rule.contract == "new_deal");
    CHECK(rule.pays[2].eur.bands.size() == 4);
    CHECK(rule.pays[3].steps.records == 10000);
    CHECK(rule.limits[0].share_max == 0.25);
}

TEST_CASE("all texts of the shipped rules stand in four languages and every estimate has a source") {
    for (const auto& rule : shipped().rules.rules) {
        INFO(rule.id);
        for (int lang = 0; lang < lang_count; ++lang) {
            CHECK_FALSE(rule.title.text[lang].empty());
            CHECK_FALSE(rule.in_words.text[lang].empty());
        }
        for (const auto* number : funding::uncertain_of(rule)) {
            CHECK_FALSE(number->source.empty());
            CHECK(number->low <= number->value);
            CHECK(number->value <= number->high);
            CHECK_FALSE(number->key.empty());
        }
    }
}

TEST_CASE("wrong payers are refused with the nearest account") {
    const std::string accounts = "format: 1\nkind: payers\naccounts:\n  - {id: north, level: federated, name: {en: N}}\n  - {id: all, level: federal, name: {en: A}}\n";
    const std::string rest = "  - {region: brussels, account: north}\n  - {region: wallonia, account: north}\n";
    const auto first = [](const std::string& text) {
        Problems problems;
        scenario::parse_payers(text, "payers.yaml", problems);
        return problems.list().empty() ? std::string() : problems.list()[0].message;
    };
    CHECK(first(accounts + "competent_federated:\n  - {region: flanders, account: north}\n" + rest).empty());
    CHECK(has(first(accounts + "competent_federated:\n  - {region: flanders, account: nort}\n" + rest), "Nearest: north."));
    CHECK(has(first(accounts + "competent_federated:\n  - {region: flanders, account: all}\n" + rest), "not an account of a federated entity"));
    CHECK(has(first(accounts + "competent_federated:\n" + rest), "no row for region flanders"));
    CHECK(has(first(accounts + "competent_federated:\n  - {region: flanders, account: north, except: {help: {accounts: {north: 0.5, all: 0.4}, source: A-001}}}\n" + rest), "must make 1"));
}

TEST_CASE("the program's own accounts follow those that can pay") {
    const auto& names = shipped().compiled_names;
    CHECK(names.first_flow == static_cast<int>(shipped().payers.accounts.size()));
    for (int kind = 0; kind < static_cast<int>(names.kinds.size()); ++kind) CHECK(scenario::income_account(names, kind) >= names.first_flow);
    for (const auto* id : {"wages", "inputs", "owners", "outside", "financing_nihdi_health_care", "financing_german_community", "financing_municipality"}) CHECK(names.account(id) >= names.first_flow);
    CHECK(names.account("financing_household") == -1);
    CHECK(scenario::financing_account(names, names.account("walloon_region")) >= names.first_flow);
    REQUIRE(names.entities.size() == 4);
    CHECK(names.entities[0].id == "german_community");
    CHECK(names.accounts[static_cast<std::size_t>(names.entities[0].account)].id == "german_community");
}

TEST_CASE("who is competent follows the municipality before the region") {
    const auto& payers = shipped().payers;
    const auto who = [&](int nis, int region) { return payers.accounts[static_cast<std::size_t>(payers.account_of(payers.entity_of(nis, region)))].id; };
    CHECK(who(63067, 2) == "german_community");
    CHECK(who(63079, 2) == "walloon_region");   // Verviers, beside them
    CHECK(who(21015, 1) == "brussels_ccc");
    CHECK(who(24107, 0) == "flemish_community");
}

TEST_CASE("every top key of the shipped rules stands in the table of keys") {
    std::string known = " format kind ";
    for (const auto& key : scenario::funding_keys()) known += key.path.substr(0, key.path.find_first_of(".[,")) + " ";
    for (const auto& rule : shipped().rules.rules) {
        Problems problems;
        scenario::Document file(rule.file, "funding_rule", problems);
        for (const auto& key : file.root().keys()) {
            INFO(rule.id << " " << key);
            CHECK(known.find(" " + key + " ") != std::string::npos);
        }
    }
}

TEST_CASE("a rule that stands in two files of a folder is refused") {
    const std::string folder = (std::filesystem::temp_directory_path() / ("tresse-funding-test-" + std::to_string(::getpid()))).string();
    make_folder(folder);
    write_file(join_path(folder, "a.yaml"), rule_with(good_pay));
    write_file(join_path(folder, "b.yaml"), rule_with(good_pay));
    Problems problems;
    scenario::load_funding_rules(folder, shipped().context, problems);
    std::filesystem::remove_all(folder);
    REQUIRE(problems.count() == 1);
    CHECK(has(problems.list()[0].message, "rule test-rule stands in " + join_path(folder, "a.yaml") + " too"));
}

}  // namespace tresse
