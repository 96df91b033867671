#include <catch2/catch.hpp>

#include "scenario/funding_library.hpp"
#include "tresse/core/file.hpp"

// A rule that a planner writes in YAML alone: the shipped example and what happens when it is written wrongly.

namespace tresse {

using funding_library::shipped;

namespace {

const std::string file = funding_library::home() + "rules/diabetes-care-plan-fee.yaml";

/// The problems of the example with one piece of text changed.
std::string problems_of(const std::string& from = "", const std::string& to = "") {
    std::string text = read_file(file, 1u << 20);
    if (!from.empty()) {
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
    }
    Problems problems;
    auto rules = shipped().rules;
    scenario::add_funding_rule_text(rules, text, "own.yaml", shipped().context, problems);
    std::string out;
    for (const auto& problem : problems.list()) out += problem.message + "\n";
    return problems.any() ? out : "";
}

}  // namespace

TEST_CASE("the example of a rule of one's own loads and its five worked examples hold") { CHECK(problems_of() == ""); }

TEST_CASE("a worked example can be told with its arithmetic") {
    Problems problems;
    auto rules = shipped().rules;
    scenario::add_funding_rules(rules, file, shipped().context, problems);
    REQUIRE_FALSE(problems.any());
    const auto examples = scenario::worked_examples(rules, rules.find("diabetes-care-plan-fee"), shipped().context);
    REQUIRE(examples.size() == 5);
    CHECK(examples[0].arithmetic == "12 x 12.00");
    CHECK(examples[0].invoice.received == 14400);        // 12 x 12.00
    CHECK(examples[0].invoice.by_account.size() == 2);   // half the insurance, half the region
    CHECK(examples[2].invoice.received == 0);            // the gate is closed
}

TEST_CASE("a wrong example of a rule of one's own is refused with the rule's arithmetic") {
    const auto said = problems_of("practice_gets_eur: 144.00, person", "practice_gets_eur: 140.00, person");
    CHECK(said.find("144.00 EUR (12 x 12.00)") != std::string::npos);
}

TEST_CASE("a gate that no indicator of the rule describes is refused with the nearest") {
    CHECK(problems_of("gate: [foot_check]", "gate: [food_check]").find("Nearest: foot_check") != std::string::npos);
}

TEST_CASE("a care plan cannot be asked of a price, only of a payment per person") {
    const auto said = problems_of("unit: person_month", "unit: contact\n    service: gp_consultation\n    patient_share: none");
    CHECK(said.find("known for payments per person only") != std::string::npos);
    CHECK(said.find("Write unit: person_month") != std::string::npos);
}

TEST_CASE("a gate on a hospital department is refused, since departments share a place in the team") {
    CHECK(problems_of("seen: [gp]", "seen: [endocrinology]").find("share one place") != std::string::npos);
}

TEST_CASE("halves that do not make one are refused with who pays the rest") {
    CHECK(problems_of("competent_federated: 0.5", "competent_federated: 0.4").find("Who pays the other 0.1?") != std::string::npos);
}

TEST_CASE("what a person gets of such a rule follows the gate, the plan and the condition") {
    auto rules = shipped().rules;
    Problems problems;
    scenario::add_funding_rules(rules, file, shipped().context, problems);
    const auto names = scenario::rules_catalogue(rules, shipped().context);
    funding::CompileInput in;
    in.catalogue = &names, in.competence = &shipped().competence, in.index = &shipped().index, in.euros_of = 0;
    for (const auto& rule : rules.rules) in.rules.push_back(&rule);
    in.uses.push_back({"diabetes-care-plan-fee", Month::of(2026, 3)});
    const auto before = funding::compile(in, Month::of(2026, 2), problems), after = funding::compile(in, Month::of(2026, 3), problems);
    REQUIRE_FALSE(problems.any());
    REQUIRE(after.state_payments.size() == 1);
    CHECK(after.state_payments[0].every_months == 1);
    CHECK(after.state_payments[0].kind == names.kind("gp_practice"));
    funding::Facts facts;
    facts.age = 62;
    CHECK(after.state_payments[0].cents_by_class[after.tariff_class(facts)] == 0);
    facts.conditions = 1u << names.condition("type2_diabetes");
    const auto cents = after.state_payments[0].cents_by_class[after.tariff_class(facts)];
    CHECK(cents == static_cast<std::uint32_t>(1200 * shipped().index.at("health_index").at(2025) / shipped().index.at("health_index").at(2026) + 0.5));
    CHECK(before.state_payments[0].cents_by_class[before.tariff_class(facts)] == 0);   // not yet in force
    REQUIRE(after.indicators.size() == 1);
    CHECK(before.indicators[0].share_paid == before.indicators[0].share_without);      // nobody pays for it yet
    CHECK(after.indicators[0].share_paid > after.indicators[0].share_without);
}

}  // namespace tresse
