#include "tresse/scenario/study.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <catch2/catch.hpp>

#include "tresse/core/problems.hpp"
#include "tresse/scenario/arm.hpp"
#include "tresse/scenario/component.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/scenario/variant.hpp"

using namespace tresse;
using namespace tresse::scenario;
using Catch::Matchers::Contains;

namespace {

const std::string home = TRESSE_SOURCE_DIR;
const std::string small = "format: 1\nkind: study\nid: x\ntitle: X\nscenario: village\n"
                          "equity: {eur_per_qaly_forgone: {value: 40000, low: 20000, high: 80000, source: A-971}}\n";

const Scenario& village() {
    static const Scenario s = load_scenario("village", home);
    return s;
}

const Uncertain* number(const Scenario& s, const std::string& key) {
    for (const Uncertain* u : s.uncertain())
        if (u->key == key)
            return u;
    return nullptr;
}

std::string problems_of(const std::string& text) {
    Problems problems;
    parse_study(text, "x.yaml", problems);
    return problems.text();
}

}  // namespace

TEST_CASE("a study of few lines has every default filled in", "[scenario][study]") {
    Problems problems;
    const Study s = parse_study(small, "x.yaml", problems);
    CHECK_FALSE(problems.any());
    CHECK(s.draws == 256);
    CHECK(s.repeats == 2);
    CHECK(s.score == "qaly_per_1000");
    CHECK(s.why.exact_up_to == 6);
    CHECK(s.equity.eur_per_qaly_forgone.low == 20000);
    CHECK(s.economics.lifetime_months == 1200);
    CHECK(s.vary.empty());
}

TEST_CASE("all that is wrong in a study is said at once, with the nearest word", "[scenario][study]") {
    const std::string text = problems_of("format: 1\nkind: study\nid: x\ntitle: X\nscenario: village\ndraw: 5\nscore: qaly_per_100\nsample: 0.33\n"
                                         "structures:\n  - {id: a, set: {}}\nequity: {}\n");
    CHECK_THAT(text, Contains("draws") && Contains("qaly_per_1000") && Contains("eur_per_qaly_forgone") && Contains("0.33") && Contains("set"));
}

TEST_CASE("a study names arms, numbers and sources that exist", "[scenario][study]") {
    Problems problems;
    const Study s = parse_study(small + "arm: integratd\nvary: [component.*, no.such.number]\ncorrelated:\n  - {of: [component.case-management.actions.complex-needs.accepts_share], rank_correlation: 0.5, source: A-99999}\n", "x.yaml", problems);
    REQUIRE_FALSE(problems.any());
    check_study(s, village(), problems);
    CHECK_THAT(problems.text(), Contains("integrated") && Contains("no.such.number") && Contains("A-99999") && Contains("one number is not correlated"));
}

TEST_CASE("every shipped study loads and fits its scenario", "[scenario][study]") {
    const auto ids = shipped_studies(home);
    CHECK(std::find(ids.begin(), ids.end(), "first-look") != ids.end());
    for (const std::string& id : ids) {
        const Study s = load_study(id, home);
        Problems problems;
        check_study(s, load_scenario(s.scenario, home), problems);
        INFO(problems.text());
        CHECK_FALSE(problems.any());
        for (const StudyStructure& structure : s.structures) {
            Overrides o;
            o.set = structure.set;
            CHECK_NOTHROW(load_scenario(s.scenario, home, o));
        }
    }
    CHECK_THROWS_AS(load_study("first-loo", home), BadInput);
}

TEST_CASE("a quantile moves a number along its law, and below the probability of nothing it is nothing", "[scenario][variant]") {
    Uncertain u;
    u.value = 0.8, u.low = 0.6, u.high = 1.1, u.law = Law::lognormal, u.nil_prob = 0.4, u.nil_value = 1;
    CHECK(value_at(u, 0.39) == 1);
    CHECK(value_at(u, 0.7) == Approx(0.8));  // the middle of what is left
    CHECK(value_at(u, 0.4 + 0.6 * 0.025) == Approx(0.6));
    u.nil_prob = 0;
    CHECK(value_at(u, 0.5) == Approx(0.8));
    CHECK(value_at(u, 0.001) < value_at(u, 0.999));
}

TEST_CASE("numbers move in a copy; the scenario stays what it is", "[scenario][variant][laws]") {
    const std::string key = "component.case-management.actions.complex-needs.accepts_share", library = "coordination.density_causal";
    const std::vector<std::string> keys = {key, library};
    const std::vector<double> high = {0.975, 0.975}, centre = {std::nan(""), std::nan("")};
    const double before = number(village(), key)->value;
    const Scenario moved = with_numbers(village(), keys, high);
    CHECK(number(moved, key)->value == Approx(number(village(), key)->high));
    CHECK(number(moved, library)->value == Approx(number(village(), library)->high));
    CHECK(number(village(), key)->value == before);
    CHECK(number(with_numbers(village(), keys, centre), key)->value == before);
    // compiled with draw 0 the arm has the moved number
    const int arm = static_cast<int>(village().arms.size()) - 1;
    const auto accepts = [&](const Scenario& s) { return compile_policy(s, arm, 0).actions.front().accepts; };
    CHECK(accepts(moved)[2] > accepts(village())[2]);
}

TEST_CASE("the parts of an arm can be left out one by one, and all of them make the arm again", "[scenario][variant]") {
    const int arm = static_cast<int>(village().arms.size()) - 1;
    const auto parts = parts_of(village(), arm);
    REQUIRE(parts.size() == 6);  // four actions, the body with its savings rule, the New Deal practice
    CHECK(parts[0].id == "case-management/complex-needs");
    CHECK(std::count_if(parts.begin(), parts.end(), [](const ArmPart& p) { return p.is_rule; }) == 2);
    std::vector<std::vector<std::uint8_t>> kept = {{1, 1, 1, 1, 1, 1}, {1, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 1, 0}, {0, 0, 0, 0, 0, 1}};
    const Scenario cut = with_parts(village(), arm, kept);
    REQUIRE(cut.arms.size() == 5);
    CHECK(cut.base_index() == 0);
    CHECK(cut.arms[0].spec->adds_nothing());
    CHECK(cut.arms[1].spec->components.size() == 4);
    CHECK(cut.arms[1].spec->funding.size() == 2);
    CHECK(cut.arms[2].spec->components.size() == 1);
    CHECK_FALSE(cut.arms[2].spec->organisation.given);
    CHECK(cut.arms[2].spec->funding.empty());
    CHECK(cut.arms[3].spec->organisation.given);
    CHECK(cut.arms[3].spec->funding.size() == 1);
    CHECK(cut.arms[4].spec->funding.size() == 1);
    CHECK_FALSE(cut.arms[4].spec->organisation.given);
}

TEST_CASE("words with a star stand for all keys that begin so", "[scenario][variant]") {
    CHECK(key_fits("component.*", "component.a.b"));
    CHECK(key_fits("a.b", "a.b"));
    CHECK_FALSE(key_fits("a.b", "a.bc"));
    CHECK(key_fits("*", "anything"));
}
