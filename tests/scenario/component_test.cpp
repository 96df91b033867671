#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "tresse/core/file.hpp"
#include "tresse/scenario/arm.hpp"
#include "tresse/scenario/component.hpp"
#include "tresse/scenario/scenario.hpp"

// Effects are those of the source entries; logs are by hand.

using namespace tresse;
using namespace tresse::scenario;

namespace {

const std::string home = TRESSE_SOURCE_DIR;
const std::string folder = home + "/scenarios/library/components/";

const world::Catalogue& names() {
    static const world::Catalogue catalogue = *load_scenario("village", home).catalogue;
    return catalogue;
}

std::shared_ptr<const ComponentSpec> shipped(const std::string& id) {
    static std::map<std::string, std::shared_ptr<const ComponentSpec>> read;
    if (const auto found = read.find(id); found != read.end()) return found->second;
    Problems problems;
    auto out = read_component(folder + id + ".yaml", names(), problems);
    INFO(problems.text());
    CHECK_FALSE(problems.any());
    REQUIRE(out);
    return read[id] = out;
}

/// A small component around one action body, written with two spaces less than it needs.
std::string complaint(const std::string& action, const std::string& top = "non_medical_providers: [case_manager]\n") {
    Problems problems;
    read_component_text("format: 1\nkind: component\nid: c\nnumber: 3\nlevel: local\nname: C\nmay_start: [federal]\n" + top +
                            "actions:\n  - id: a\n    name: A\n    in_words: a\n    service: case_manager_month\n    accepts_share: {value: 0.5, low: 0.4, high: 0.6, source: A-001}\n"
                            "    staff: {role: case_manager, minutes_month: {value: 10, low: 5, high: 20, source: A-001}, eur_per_hour: {value: 60, low: 50, high: 70, source: A-001}}\n" +
                            action,
                        "c.yaml", names(), problems);
    std::string out;
    for (const Problem& p : problems.list()) out += std::to_string(p.line) + " " + p.where + ": " + p.message + "\n";
    return out;
}

const model::Lever& lever_of(const model::Action& action, model::LeverKind kind) {
    for (const model::Lever& l : action.levers)
        if (l.kind == kind) return l;
    FAIL("no such lever");
    return action.levers.front();
}

}  // namespace

TEST_CASE("the shipped components load, with words in four languages") {
    std::map<int, int> numbers;
    for (const std::string& name : names_in(folder)) {
        const std::string id = name.substr(0, name.size() - 5);
        INFO(id);
        const auto c = shipped(id);
        numbers[c->number] += 1;
        CHECK_FALSE(c->actions.empty());
        CHECK(c->id == id);
        for (const ActionSpec& a : c->actions)
            for (int l = 0; l < lang_count; ++l) {
                CHECK_FALSE(a.name.text[l].empty());
                CHECK_FALSE(a.in_words.text[l].empty());
            }
    }
    for (int n = 1; n <= 18; ++n) CHECK(numbers[n] == 1);  // 14 local components and 4 of the authorities: the plan of 2015
}

TEST_CASE("an effect without evidence carries an assumption's id, a wide range and a chance of nothing") {
    for (const std::string& name : names_in(folder))
        for (const ActionSpec& a : shipped(name.substr(0, name.size() - 5))->actions)
            for (const LeverSpec& l : a.levers) {
                INFO(name << " " << a.id << " " << model::lever_word(l.kind));
                if (l.evidence != Evidence::assumption) continue;
                CHECK(l.mean.is_assumption());
                const bool ratio = model::lever_form(l.kind).is_ratio;
                CHECK((ratio ? std::log(l.mean.high / l.mean.low) > 0.1 : l.mean.high > l.mean.low));
                // what is work, not outcome (paperwork, plans, longer contacts, looking for cases), happens for sure
                const bool work = l.kind == model::LeverKind::administration_time || l.kind == model::LeverKind::goals_and_plan || l.kind == model::LeverKind::contact_time ||
                                  l.kind == model::LeverKind::diagnosis || (a.id == "case-finding" && l.kind == model::LeverKind::admission);
                CHECK((l.drawn.nil_prob > 0 || work));
            }
}

TEST_CASE("a lifestyle course fades as published: 34, 27 and 24 % fewer cases at 10, 15 and 21 years") {
    const model::Action a = compile_action(*shipped("prevention")->action("lifestyle-course"), names(), 1, 0);
    const model::Lever& l = lever_of(a, model::LeverKind::onset);
    CHECK(l.effect == Approx(std::log(0.42)));  // S-963
    // cumulative effect of an instant log ratio e that falls as (1 - d)^t: mean over t of e (1 - d)^t, by hand
    const auto fewer = [&](double years) {
        const double k = -std::log(1 - static_cast<double>(l.decay_per_year));
        return 1 - std::exp(static_cast<double>(l.effect) * (1 - std::exp(-k * years)) / (k * years));
    };
    CHECK(fewer(10) == Approx(0.34).margin(0.03));
    CHECK(fewer(15) == Approx(0.27).margin(0.03));
    CHECK(fewer(21) == Approx(0.24).margin(0.03));
}

TEST_CASE("telemonitoring, peer groups and a list alone are not helped: their null results stay null") {
    CHECK(lever_of(compile_action(*shipped("continuity")->action("telemonitoring"), names(), 1, 0), model::LeverKind::readmission).effect > 0);
    for (const LeverSpec& l : shipped("patient-org-experience")->action("peer-groups")->levers) CHECK(l.mean.value == 0);
    for (const char* list : {"risk-list", "risk-list-foresight", "risk-list-random"}) CHECK(shipped("risk-stratification")->action(list)->levers.empty());
}

TEST_CASE("what moves providers stands in an action on providers, and what comes with a contact does not") {
    CHECK(complaint("    levers:\n      - {mechanism: adoption, ratio: {value: 1.2, low: 1, high: 1.5, source: A-001}, evidence: assumption}\n").find("only an action without a service") != std::string::npos);
    CHECK(complaint("    levers:\n      - {mechanism: risk_factor_change, ratio: {value: 1.2, low: 1, high: 1.5, source: A-001}, evidence: assumption}\n").find("which one?") != std::string::npos);
    CHECK(complaint("    stratifies: {score: random, tier_shares: [0.2, 0.1, 0.05], eur_per_person_year: {value: 1, low: 0, high: 2, source: A-001}}\n").find("sorting is done by practices") != std::string::npos);
}

TEST_CASE("case management moves no use of care and no death: the null results stay null") {
    const auto c = shipped("case-management");
    for (const LeverSpec& l : c->action("complex-needs")->levers) CHECK((l.kind == model::LeverKind::goals_and_plan || l.kind == model::LeverKind::experience));
    CHECK(c->action("complex-needs")->not_found.size() >= 3);
}

TEST_CASE("the central value of an effect is the published mean, drawn values come from the prediction interval") {
    const ActionSpec& action = *shipped("continuity")->action("discharge-follow-up");
    const auto central = lever_of(compile_action(action, names(), 1, 0), model::LeverKind::readmission);
    CHECK(central.effect == Approx(std::log(0.82)));  // S-104
    CHECK(central.is_ratio);
    CHECK(central.lasts_months == 1);
    int harm = 0;
    double lowest = 0, highest = -9;
    for (int draw = 1; draw <= 2000; ++draw) {
        const double effect = lever_of(compile_action(action, names(), 1, draw), model::LeverKind::readmission).effect;
        harm += effect >= 0;
        lowest = std::min(lowest, effect), highest = std::max(highest, effect);
    }
    // "about one area in nine sees nothing or harm"; normal tail beyond ln(1/0.82)/ln(1.12/0.82) x 1.96 = 1.25 sd = 10.6 %, spread of 2000 draws 0.7 %
    CHECK(harm == Approx(212).margin(45));
    CHECK(lowest < std::log(0.62));
    CHECK(highest > std::log(1.08));
}

TEST_CASE("an effect that rests on an assumption is nothing in half of the draws") {
    const ActionSpec& action = *shipped("continuity")->action("medicine-review");
    int nothing = 0;
    for (int draw = 1; draw <= 1000; ++draw) nothing += lever_of(compile_action(action, names(), 1, draw), model::LeverKind::adverse_drug_event).effect == 0;
    CHECK(nothing == Approx(500).margin(65));  // 0.5, four standard errors of 16
    CHECK(nil_probability(Evidence::pooled) == 0);
    CHECK(nil_probability(Evidence::single_trial) == 0.3);
    CHECK(nil_probability(Evidence::observational) == 0.5);
}

TEST_CASE("an effect from small trials is shrunk before anything else") {
    const ActionSpec& action = *shipped("empowerment")->action("group-education");
    const auto experience = lever_of(compile_action(action, names(), 1, 0), model::LeverKind::experience);
    CHECK(experience.effect == Approx(0.28 * 0.44));  // S-114, S-108
    const auto progression = lever_of(compile_action(action, names(), 1, 0), model::LeverKind::progression);
    CHECK(progression.effect == Approx(std::log(0.959)));
    CHECK(progression.condition == names().condition("type2_diabetes"));
}

TEST_CASE("who accepts follows income, and the mean over the fifths is the stated share") {
    const ActionSpec& action = *shipped("empowerment")->action("group-education");
    const auto accepts = compile_action(action, names(), 1, 0).accepts;
    double mean = 0;
    for (int q = 0; q < 5; ++q) mean += static_cast<double>(accepts[static_cast<std::size_t>(q)]) / 5;
    CHECK(mean == Approx(0.35).margin(1e-6));
    const auto odds = [](double p) { return p / (1 - p); };
    CHECK(odds(static_cast<double>(accepts[0])) / odds(static_cast<double>(accepts[4])) == Approx(0.6).margin(1e-5));
    for (int q = 1; q < 5; ++q) CHECK(accepts[static_cast<std::size_t>(q)] > accepts[static_cast<std::size_t>(q - 1)]);
}

TEST_CASE("minutes, money and target of an action are compiled to roles, cents and tests") {
    const model::Action a = compile_action(*shipped("case-management")->action("complex-needs"), names(), 1, 0);
    const auto role = [](const char* id) { return static_cast<std::size_t>(names().role(id)); };
    CHECK(a.staff_role == names().role("case_manager"));
    CHECK(a.staff_minutes_intake == 300);
    CHECK(a.staff_minutes_month == 150);
    CHECK(a.staff_cents_hour == 6200);
    CHECK(a.minutes_intake[role("gp")] == 20);
    CHECK(a.minutes_month[role("home_nursing")] == 3);  // the profession "home_nurse" works in home_nursing
    CHECK(a.other_cents_month == 400);
    CHECK(a.service == names().service("case_manager_month"));
    REQUIRE(a.target.all.size() == 2);
    CHECK(a.target.all[0].kind == model::Test::Kind::age_from);
    CHECK(a.target.all[0].value == 18);
    CHECK(a.target.any.size() == 2);
    const model::Action review = compile_action(*shipped("empowerment")->action("group-education"), names(), 1, 0);
    CHECK(review.target.all[0].mask == 1u << names().condition("type2_diabetes"));
    CHECK(compile_action(*shipped("continuity")->action("discharge-follow-up"), names(), 1, 0).target.at_discharge);
}

TEST_CASE("a policy names the rows of its mechanisms and whose money it spends") {
    const Scenario s = load_scenario("first-look", home);
    CHECK(compile_policy(s, 0, 0).empty());
    const model::Policy pilot = compile_policy(s, 1, 0);
    CHECK(pilot.has_organisation);
    REQUIRE(pilot.actions.size() == 3);
    CHECK(pilot.actions[0].reach == model::Reach::by_budget);
    CHECK(pilot.actions[0].budget_share == 0.6);
    CHECK(pilot.actions[0].split == 65535);
    CHECK(pilot.actions[0].end == Month::of(2030, 12));
    const model::Policy integrated = compile_policy(s, 2, 0);
    REQUIRE(integrated.actions.size() == 4);
    CHECK(integrated.actions[3].split == 3);
    CHECK(integrated.actions[3].provider_cents_month == 2500);
    CHECK(integrated.supports_adoption);
    CHECK(integrated.record_sharing_ceiling == 0.8);
    const auto& mechanisms = s.catalogue->mechanisms;
    CHECK(mechanisms[static_cast<std::size_t>(integrated.actions[1].levers[0].mechanism)] == "continuity/discharge-follow-up: readmission");
    CHECK(mechanisms[static_cast<std::size_t>(integrated.actions[1].mechanism_delivered)] == "delivered continuity/discharge-follow-up");
    REQUIRE(integrated.contracts.size() == 1);
    CHECK(s.catalogue->contracts[static_cast<std::size_t>(integrated.contracts[0].from_contract)] == "fee_for_service");
    CHECK(s.catalogue->contracts[static_cast<std::size_t>(integrated.contracts[0].to_contract)] == "new_deal");
    CHECK(integrated.contracts[0].share == 0.4);
    const Scenario every = load_scenario("every-mechanism", home);
    const model::Policy capacity = compile_policy(every, 2, 0);
    REQUIRE(capacity.capacity.size() == 3);
    CHECK(capacity.capacity[0].ratio == 1.2);
    const model::Policy healthier = compile_policy(every, 4, 0);
    CHECK(healthier.hazards[0].log_ratio == Approx(std::log(0.5)));
    CHECK(healthier.hazards[1].condition == -1);
}

TEST_CASE("a lever in the wrong unit, of no mechanism or twice is refused with its line") {
    CHECK(complaint("    levers: []\n") == "");
    CHECK_THAT(complaint("    levers:\n      - {mechanism: readmission, adds: {value: 1, low: 0, high: 2, source: A-001}, evidence: pooled}\n"), Catch::Contains("17 actions[0].levers[0]: readmission is moved by a ratio on unplanned stays in the 30 days after discharge."));
    CHECK_THAT(complaint("    levers:\n      - {mechanism: goals_and_plan, ratio: {value: 1, low: 0.9, high: 2, source: A-001}, evidence: pooled}\n"), Catch::Contains("goals_and_plan is moved by an addition (adds) of plans with own goals"));
    CHECK_THAT(complaint("    levers:\n      - {mechanism: readmision, ratio: {value: 1, low: 0.9, high: 2, source: A-001}, evidence: pooled}\n"), Catch::Contains("Nearest: readmission"));
    CHECK_THAT(complaint("    levers:\n      - {mechanism: onset, condition: type2_diabetis, ratio: {value: 1, low: 0.9, high: 2, source: A-001}, evidence: pooled}\n"), Catch::Contains("\"type2_diabetis\" is no condition. Nearest: type2_diabetes"));
    const std::string twice = "      - {mechanism: onset, ratio: {value: 1, low: 0.9, high: 2, source: A-001}, evidence: pooled}\n";
    CHECK_THAT(complaint("    levers:\n" + twice + twice), Catch::Contains("18 actions[0].levers[1]: this action moves onset twice, first on line 17."));
    CHECK_THAT(complaint("    levers:\n      - {mechanism: onset, ratio: {value: 0.8, low: 0.7, high: 0.9, source: S-001}, prediction: {low: 0.75, high: 0.85, source: A-001}, evidence: pooled}\n"), Catch::Contains("is never narrower than the interval of the mean"));
    CHECK_THAT(complaint("    levers:\n      - {mechanism: onset, ratio: 0.8, evidence: pooled}\n"), Catch::Contains("This is an estimate of the world, so it needs its range and source"));
}

TEST_CASE("a need of no role, a test of no fact and a probability of 3.1 are refused") {
    CHECK_THAT(complaint("    needs: {gardener_minutes: {value: 1, low: 0, high: 2, source: A-001}}\n"), Catch::Contains("\"gardener\" is no role or kind of provider."));
    CHECK_THAT(complaint("    needs: {gp_hours: {value: 1, low: 0, high: 2, source: A-001}}\n"), Catch::Contains("unknown need. Wanted: <role>_minutes"));
    CHECK_THAT(complaint("    target: {all_of: [{age_form: 65}]}\n"), Catch::Contains("age_form: unknown key. Nearest: age_from"));
    CHECK_THAT(complaint("    target: {all_of: [{age_from: 165}]}\n"), Catch::Contains("found 165, wanted a whole number from 0 to 110."));
    CHECK_THAT(complaint("    fidelity: {value: 3.1, low: 0.1, high: 3.2, source: A-001}\n"), Catch::Contains("found 3.1, wanted a number from 0 to 1.") && !Catch::Contains("Did you mean"));
    CHECK_THAT(complaint("    dose_window_days: 7\n"), Catch::Contains("a window has a meaning only with if_capacity_runs_out"));
    CHECK_THAT(complaint("    service: magic\n"), Catch::Contains("stands twice"));
}

TEST_CASE("a component says which non-medical provider it needs, or why none") {
    CHECK_THAT(complaint("", ""), Catch::Contains("write which providers outside medicine deliver contacts"));
    CHECK_THAT(complaint("", "non_medical_providers: [social_work]\n"), Catch::Contains("no action of this component asks minutes of social_work."));
    CHECK_THAT(complaint("", "non_medical_providers: [case_manager]\nno_non_medical_provider_because: none\n"), Catch::Contains("contradict each other"));
}
