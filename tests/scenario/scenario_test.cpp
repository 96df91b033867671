#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

#include "tresse/core/file.hpp"
#include "tresse/scenario/arm.hpp"
#include "tresse/scenario/scenario.hpp"

// The shipped scenarios are the examples; a bad one is a small text with one thing wrong. Lines are counted by hand.

using namespace tresse;
using namespace tresse::scenario;

namespace {

const std::string home = TRESSE_SOURCE_DIR;

const Scenario& first_look() {
    static const Scenario scenario = load_scenario("first-look", home);
    return scenario;
}

std::string text_of(const BadInput& bad) {
    std::string out;
    for (const Problem& p : bad.problems().list())
        if (!p.note) out += std::to_string(p.line) + " " + p.where + ": " + p.message + "\n";
    return out;
}

/// A scenario of the author's own, in a folder of its own.
struct Own {
    std::string folder = (std::filesystem::temp_directory_path() / "tresse-scenario-test").string();
    std::string path = folder + "/mine.yaml";
    explicit Own(const std::string& body) {
        std::filesystem::remove_all(folder);
        make_folder(folder);
        write_file(path, body);
    }
    ~Own() { std::filesystem::remove_all(folder); }
    std::string complaint(const Overrides& overrides = {}) const {
        try {
            load_scenario(path, home, overrides);
        } catch (const BadInput& bad) {
            return text_of(bad);
        }
        return "";
    }
};

const std::string head = "format: 1\nkind: scenario\nid: mine\ntitle: Mine\narea: {municipality: Glabbeek}\ntime: {start: 2026-01}\nbase: today\n";  // 7 lines
const std::string today = "arms:\n  - id: today\n";

std::string complaint(const std::string& body) { return Own(body).complaint(); }

std::string complaint_of_set(const std::string& key, const std::string& value) {
    Overrides o;
    o.set.emplace_back(key, value);
    try {
        load_scenario("every-mechanism", home, o);
    } catch (const BadInput& bad) {
        return text_of(bad);
    }
    return "";
}

}  // namespace

TEST_CASE("the first scenario loads with its area, arms and dates") {
    const Scenario& s = first_look();
    CHECK(s.id == "first-look");
    CHECK(s.area.municipalities.size() == 9);
    CHECK(s.start == Month::of(2026, 1));
    CHECK(s.end() == Month::of(2035, 12));
    CHECK(s.settling_months == 36);
    REQUIRE(s.arms.size() == 3);
    CHECK(s.base_index() == 0);
    CHECK(s.arms[0].spec->adds_nothing());
    const ArmSpec& pilot = *s.arms[1].spec;
    CHECK(pilot.organisation.eur(0, 1) == 152520);
    CHECK(pilot.organisation.eur(1, 1) == 0);       // actions from the second year
    CHECK(pilot.organisation.eur(1, 5) == 208333);
    CHECK(pilot.organisation.eur(1, 6) == 0);
    CHECK(pilot.components[0].end == Month::of(2030, 12));  // what it paid for ends with the money
    const ArmSpec& integrated = *s.arms[2].spec;
    CHECK(integrated.components.size() == 4);
    CHECK(integrated.components[0].reach_value == 600);
    CHECK(integrated.funding[1].reinvest_in.size() == 2);
    for (const Arm& arm : s.arms)
        for (const Lang lang : {Lang::en, Lang::fr, Lang::nl, Lang::de}) CHECK_FALSE(arm.label.text[static_cast<int>(lang)].empty());
}

TEST_CASE("every shipped scenario loads") {
    const auto ids = shipped_scenarios(home);
    CHECK(std::find(ids.begin(), ids.end(), "first-look") != ids.end());
    CHECK(std::find(ids.begin(), ids.end(), "village") != ids.end());
    for (const std::string& id : ids) {
        INFO(id);
        CHECK_NOTHROW(load_scenario(id, home));
    }
}

TEST_CASE("the catalogue of a scenario has its places, zones, actions and mechanisms") {
    const world::Catalogue& c = *first_look().catalogue;
    CHECK(c.places.size() == 9);
    REQUIRE(c.zones.size() == 1);
    CHECK(c.zones[0] == "zuidoost-hageland");
    CHECK(c.places[0].zone == 0);
    CHECK(c.entities[static_cast<std::size_t>(c.places[0].entity)].id == "flemish_community");
    REQUIRE(c.actions.size() == 4);
    CHECK(c.actions[0].id == "case-management/complex-needs");
    for (const char* word : {"onset", "invited case-management/complex-needs", "delivered continuity/discharge-follow-up", "continuity/discharge-follow-up: readmission",
                             "empowerment/group-education: progression type2_diabetes", "team: gp"})
        CHECK(c.mechanism(word) >= 0);
    for (const char* rule : {"gp-consultation", "new-deal-practice", "savings-share", "organisation-grant", "programme-costs", "provider-income"}) CHECK(c.rule(rule) >= 0);
    CHECK(c.contracts.front() == "fee_for_service");
    CHECK(std::find(c.contracts.begin(), c.contracts.end(), "standard") == c.contracts.end());
}

TEST_CASE("the resolved scenario has every default and reads back to itself") {
    for (const char* id : {"first-look", "every-mechanism"}) {
        const Scenario s = load_scenario(id, home);
        const Own own(s.resolved);
        make_folder(own.folder + "/own");
        for (const auto& [name, text] : s.own_files) write_file(own.folder + "/" + name, text);
        const Scenario again = load_scenario(own.path, home);
        CHECK(again.resolved == s.resolved);
        CHECK(again.hash == s.hash);
    }
    CHECK_THAT(first_look().resolved, Catch::Contains("draw_parameters: true") && Catch::Contains("sample: 1") && Catch::Contains("full_after_months: 1"));
}

TEST_CASE("what the command line changes stands in the resolved scenario and changes the hash") {
    Overrides o;
    o.replicates = 3, o.months = 24, o.sample = 10, o.has_seed = true, o.seed = 7, o.area = "Glabbeek";
    o.set.emplace_back("arms.integrated.components.case-management/complex-needs.reach.persons", "60");
    const Scenario s = load_scenario("first-look", home, o);
    CHECK(s.replicates == 3);
    CHECK(s.policy_months == 24);
    CHECK(s.sample == 10);
    CHECK(s.seed == 7);
    CHECK(s.area.id == "glabbeek");
    CHECK(s.arms[2].spec->components[0].reach_value == 60);
    CHECK_THAT(s.resolved, Catch::Contains("policy_months: 24") && Catch::Contains("persons: 60"));
    CHECK(s.hash != first_look().hash);
}

TEST_CASE("a village is said to be too small to judge a policy by") {
    const Scenario s = load_scenario("village", home);
    REQUIRE_FALSE(s.notes.empty());
    CHECK_THAT(s.notes[0].message, Catch::Contains("Glabbeek has 5") && Catch::Contains("too few to judge a policy by"));
}

TEST_CASE("a federated payer outside its competence is remarked, not refused") {
    CHECK(first_look().notes.empty());
    Overrides o;
    o.area = "92094";  // Namur
    const Scenario s = load_scenario("first-look", home, o);
    REQUIRE(s.notes.size() == 3);  // case management, group education, shared record
    CHECK_THAT(s.notes[0].message, Catch::Contains("payer flemish_community, but in this area the competent account is walloon_region. Write competent_federated"));
}

TEST_CASE("all problems of a scenario come at once") {
    const std::string text = complaint("format: 1\nkind: scenario\nid: mine\ntitle: Mine\narea: {municipalities: [24137, Thienen, 24137]}\ntime: {start: 2030-01, policy_months: 10 years}\nbase: now\n"
                                       "arms:\n  - id: today\n  - id: today\n    founding: []\n    components:\n      - {use: case-managment/complex-needs, reach: {persons: 3}, paid_by: {nihdi_health_care: 1}}\n"
                                       "      - {use: continuity/discharge-follow-up, reach: {share_of_target: 3.1}, paid_by: {nihdi_health_care: 0.5, flemish_comunity: 0.4}}\n    funding: [{use: new-deal}]\n");
    CHECK_THAT(text, Catch::Contains("5 area.municipalities[1]: \"Thienen\" is no municipality of 2025.\nNearest: Tienen (24107, FR Tirlemont)."));
    CHECK_THAT(text, Catch::Contains("5 area.municipalities[2]: 24137 stands twice."));
    CHECK_THAT(text, Catch::Contains("6 time.start: found \"2030-01\". The pack belgium has the people of 1 January 2025, which stand for a start in 2025, 2026, 2027."));
    CHECK_THAT(text, Catch::Contains("6 time.policy_months: found \"10 years\", wanted a whole number from 1 to 600. This key counts months: write 120."));
    CHECK_THAT(text, Catch::Contains("7 base: \"now\" is no arm of this scenario."));
    CHECK_THAT(text, Catch::Contains("10 arms[1].id: \"today\" is the id of another arm too."));
    CHECK_THAT(text, Catch::Contains("11 arms[1].founding: unknown key. Nearest: funding"));
    CHECK_THAT(text, Catch::Contains("13 arms[1].components[0].use: \"case-managment\" is no component. Nearest: case-management"));
    CHECK_THAT(text, Catch::Contains("14 arms[1].components[1].reach.share_of_target: found 3.1, wanted a share from 0 to 1.\n"));
    CHECK_THAT(text, Catch::Contains("\"flemish_comunity\" is none of the accounts of payers.yaml. Nearest: flemish_community"));
    CHECK_THAT(text, Catch::Contains("nihdi_health_care 0.5 + flemish_comunity 0.4 = 0.9; the shares must make 1. Who pays the other 0.1?"));
    CHECK_THAT(text, Catch::Contains("15 arms[1].funding[0].use: \"new-deal\" is no funding rule."));
}

TEST_CASE("a hint keeps the unit of the key, guesses nothing, and a missing source says what a source is") {
    const std::string text = complaint("format: 1\nkind: scenario\nid: mine\ntitle: Mine\narea: {municipalities: [24137]}\ntime: {start: 2026-01, settling_months: 3 years, policy_months: 12}\nbase: today\n"
                                       "arms:\n  - id: today\n  - id: more\n    organisation:\n      use: zone-body\n      start: 2026-01\n      grants:\n        - {for: coordination, eur_per_year: 11000 EUR/month, years: 1-2, payer: nihdi_health_care}\n");
    CHECK_THAT(text, Catch::Contains("time.settling_months: found \"3 years\", wanted a whole number") && Catch::Contains("This key counts months: write 36."));
    CHECK_THAT(text, Catch::Contains("eur_per_year: found \"11000 EUR/month\"") && Catch::Contains("This key counts a year: write 132000."));
    CHECK_THAT(text, Catch::Contains("grants[0].source: this key is missing. A source is the id of an entry in sources.yaml") && Catch::Contains("For example source: S-104"));
}

TEST_CASE("a scenario without area, arms, base or time says so") {
    const std::string text = complaint("format: 1\nkind: scenario\nid: mine\ntitle: Mine\n");
    for (const char* key : {"area: this key is missing", "arms: this key is missing", "base: this key is missing", "time: this key is missing"}) CHECK_THAT(text, Catch::Contains(key));
}

TEST_CASE("an action without a payer, with two reaches or with the wrong one is refused", "[slow]") {
    const std::string arm = head + today + "  - id: more\n    components:\n";
    CHECK_THAT(complaint(arm + "      - {use: case-management/complex-needs, reach: {persons: 3}}\n"), Catch::Contains("case-management/complex-needs: who pays?"));
    CHECK_THAT(complaint(arm + "      - {use: case-management/complex-needs, paid_by: {household: 1}}\n"), Catch::Contains("how many does it want to reach?"));
    CHECK_THAT(complaint(arm + "      - {use: shared-record/team-record, reach: {persons: 3}, paid_by: {household: 1}}\n"), Catch::Contains("acts on providers: write share_of_providers"));
    CHECK_THAT(complaint(arm + "      - {use: case-management, reach: {persons: 3}, paid_by: {household: 1}}\n"), Catch::Contains("is no action; write component/action."));
    CHECK_THAT(complaint(arm + "      - {use: case-management/complex-needs, reach: {persons: 3, share_of_target: 0.1}, paid_by: {household: 1}}\n"), Catch::Contains("wanted one of persons"));
}

TEST_CASE("a savings share without an organisation is refused") {
    CHECK_THAT(complaint(head + today + "  - id: more\n    funding: [{use: savings-share}]\n"), Catch::Contains("a savings share needs an organisation that receives it"));
}

TEST_CASE("budget shares above one and dates outside the policy period are refused", "[slow]") {
    CHECK_THAT(complaint_of_set("arms.everything.components[1]", "{use: continuity/medicine-review, budget_share: 0.3}"), Catch::Contains("the budget shares add to 1.1; at most 1."));
    CHECK_THAT(complaint_of_set("arms.capacity.capacities[0].start", "2040-01"), Catch::Contains("wanted a month of the policy period, 2026-01 to 2028-12."));
    CHECK_THAT(complaint_of_set("arms.everything.organisation.end", "2025-12"), Catch::Contains("ends in 2025-12, before it starts in 2026-01."));
    CHECK_THAT(complaint_of_set("arms.everything.organisation.grants[0].years", "5-2"), Catch::Contains("wanted years of the organisation like 1-5"));
    CHECK_THAT(complaint_of_set("arms.everything.organisation.use", "zone-bodi"), Catch::Contains("is no kind of organisation. Nearest: zone-body"));
    CHECK_THAT(complaint_of_set("arms.everything.organisation.grants[0].source", "S-999"), Catch::Contains("S-999 does not stand in scenarios/sources.yaml"));
    CHECK_THAT(complaint_of_set("runs.sample", "0.3"), Catch::Contains("wanted a whole k for a share of 1/k of the households"));
    CHECK_THAT(complaint_of_set("arms.healthier.hazards[0].condition", "diabetes2"), Catch::Contains("is no condition."));
    CHECK_THAT(complaint_of_set("money.rules_as_of", "2026-02"), Catch::Contains("wanted a month that is not after the start, 2026-01."));
}

TEST_CASE("a sample is written as a whole number, a fraction or a decimal") {
    int k = 0;
    for (const char* text : {"10", "1/10", "0.1"}) {
        CHECK(parse_sample(text, k));
        CHECK(k == 10);
    }
    CHECK(parse_sample("1", k));
    CHECK(k == 1);
    CHECK(parse_sample("0.3333", k));
    CHECK(k == 3);
    for (const char* text : {"0", "0.3", "2/3", "1.5", "-1", "1/0", "ten", "", "1/", "100000"}) CHECK_FALSE(parse_sample(text, k));
}

TEST_CASE("a number of the library that the author sets has no range any more") {
    const Scenario& plain = first_look();
    const auto numbers = plain.uncertain();
    CHECK(numbers.size() > 100);
    const Uncertain* chosen = nullptr;
    for (const Uncertain* u : plain.library->uncertain())
        if (u->law != Law::fixed && u->key.find("gp_consultation.minutes") != std::string::npos) chosen = u;
    REQUIRE(chosen);
    Overrides o;
    o.set.emplace_back("parameters", "{\"" + chosen->key + "\": 21}");
    const Scenario changed = load_scenario("first-look", home, o);
    for (const Uncertain* u : changed.uncertain()) CHECK(u->key != chosen->key);
    CHECK_THAT(changed.resolved, Catch::Contains(chosen->key + ": 21"));
    o.set.back().second = "{\"" + chosen->key + "x\": 21}";
    CHECK_THROWS_AS(load_scenario("first-look", home, o), BadInput);
}

TEST_CASE("an arm's own value of a number acts in that arm alone") {
    const Scenario s = load_scenario("every-mechanism", home);
    const auto& everything = s.arms[1].spec->components[0];
    CHECK(everything.action.accepts.value == 0.9);
    CHECK(everything.component->action("complex-needs")->accepts.value == 0.7);
    CHECK_THAT(complaint_of_set("arms.everything.parameters", "{component.case-management.actions.complex-needs.accepts_shar: 0.5}"), Catch::Contains("Nearest: component.case-management.actions.complex-needs.accepts_share"));
}

TEST_CASE("an author's own component adds to the shipped ones") {
    const std::string component = read_file(home + "/scenarios/library/components/case-management.yaml", 1u << 20);
    const Own own(head + "own_files: [mine-component.yaml]\n" + today + "  - id: more\n    components:\n      - {use: my-own/complex-needs, reach: {persons: 3}, paid_by: {household: 1}}\n");
    std::string mine = component;
    mine.replace(mine.find("id: case-management"), 19, "id: my-own");
    write_file(own.folder + "/mine-component.yaml", mine);
    const Scenario s = load_scenario(own.path, home);
    CHECK(s.catalogue->actions[0].id == "my-own/complex-needs");
}

TEST_CASE("a scenario that is not there is named with the nearest shipped one") {
    try {
        load_scenario("first-lok", home);
        FAIL("loaded");
    } catch (const BadInput& bad) {
        CHECK_THAT(text_of(bad), Catch::Contains("Nearest: first-look"));
    }
    CHECK_THROWS_AS(load_scenario("/nowhere/mine.yaml", home), BadInput);
    CHECK_THROWS_AS(load_scenario("first-look", "/nowhere"), BadInput);
}

TEST_CASE("what is written per inhabitant grows with the area, and a grant of the competent bodies adds up to the cent") {
    const auto joint = [](const char* area) {
        Overrides o;
        o.area = area;
        return load_scenario("eight-agreements", home, o);
    };
    const Scenario verviers = joint(""), country = joint("belgium");
    const auto reach = [](const Scenario& s) { return s.arms[1].spec->components[4].reach_value; };
    const auto people = [](const Scenario& s) { return static_cast<double>(inhabitants_of(*s.region, s.area)); };
    CHECK(reach(verviers) == Approx(3 * people(verviers) / 1000));
    CHECK(reach(country) / reach(verviers) == Approx(people(country) / people(verviers)));
    for (const Scenario* s : {&verviers, &country}) {
        const auto tariffs = compile_tariffs(*s, 1, 0, 2026, 2026);
        Cents sum = 0;
        for (const funding::Grant& g : tariffs[0].grants) sum += g.per_year;
        CHECK(sum == cents_from_eur(s->arms[1].spec->organisation.grants[0].eur_per_year));
        CHECK(tariffs[0].grants.size() == (s == &verviers ? 2u : 4u));  // Wallonia and the German-speaking Community; all four bodies
    }
}

TEST_CASE("money tables of every arm compile and pay the grants of the arm") {
    const Scenario& s = first_look();
    for (int arm = 0; arm < 3; ++arm) {
        const auto tariffs = compile_tariffs(s, arm, 0, 2026, 2027);
        REQUIRE(tariffs.size() == 2);
        CHECK(tariffs[0].grants.size() == (arm == 0 ? 0u : arm == 1 ? 2u : 1u));
        CHECK(tariffs[0].savings.on == (arm == 2));
    }
    const auto pilot = compile_tariffs(s, 1, 0, 2026, 2026);
    CHECK(pilot[0].grants[1].per_year == 20833300);
    CHECK(pilot[0].grants[1].first_month == Month::of(2027, 1).index);
    CHECK(pilot[0].grants[1].last_month == Month::of(2030, 12).index);
}
