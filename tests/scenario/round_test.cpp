#include "tresse/scenario/round.hpp"

#include <catch2/catch.hpp>

#include "tresse/core/file.hpp"
#include "tresse/scenario/proposal.hpp"
#include "tresse/scenario/region.hpp"

using namespace tresse;
using namespace tresse::scenario;
using Catch::Matchers::Contains;

namespace {

const std::string folder = std::string(TRESSE_SOURCE_DIR) + "/scenarios/jury";

const Region& belgium() {
    static const Region region = load_region(std::string(TRESSE_SOURCE_DIR) + "/scenarios/belgium");
    return region;
}

const Call& shipped() {
    static const Call call = [] {
        Problems problems;
        auto out = read_call(folder + "/call-2017.yaml", problems);
        INFO(problems.text());
        REQUIRE_FALSE(problems.any());
        return out;
    }();
    return call;
}

std::string text_of(const Problems& problems) {
    std::string out;
    for (const Problem& p : problems.list())
        out += std::to_string(p.line) + " " + p.where + ": " + p.message + "\n";
    return out;
}

std::string dossier(const std::string& body) {
    const std::vector<std::string> uses = {"case-management/complex-needs", "continuity/discharge-follow-up"};
    const Proposal p = read_proposal_text("format: 1\nkind: proposal\nid: d\ntitle: D\n" + body, "d.yaml", belgium(), uses);
    std::string out;
    for (const Problem& one : p.problems)
        out += std::to_string(one.line) + " " + one.where + ": " + one.message + "\n";
    return out + (p.area_readable ? "" : "no area\n") + (p.plan_readable ? "" : "no plan\n");
}

std::string round_complaint(const std::string& body) {
    Problems problems;
    read_round_text("format: 1\nkind: round\nid: r\ntitle: R\n" + body, "r.yaml", shipped(), problems);
    return text_of(problems);
}

const std::string area = "area: {municipalities: [24062]}\n";
const std::string plan = "plan: {years: 4, actions: [{id: a1, use: case-management/complex-needs, eur_per_year: 10}]}\n";

}  // namespace

TEST_CASE("the shipped call has its rules with source, ten criteria with six anchors in four languages, and does not rank") {
    const Call& call = shipped();
    CHECK(call.rules.size() == 18);
    CHECK_FALSE(call.ranking_used);
    CHECK(call.population.size() == 565);
    int scored = 0;
    double weights = 0;
    for (const CallCriterion& c : call.criteria) {
        if (c.simulated())
            continue;
        ++scored, weights += c.weight;
        for (const LocalText& anchor : c.anchors)
            for (const Lang lang : {Lang::en, Lang::fr, Lang::nl, Lang::de}) {
                INFO(c.id);
                CHECK_FALSE(anchor.text[static_cast<int>(lang)].empty());
            }
    }
    CHECK(scored == 10);
    CHECK(weights == 100);
    for (const CallRule& r : call.rules) {
        INFO(r.id);
        CHECK_FALSE(r.asked_in.empty());
        CHECK(is_source_id(r.source));
    }
}

TEST_CASE("a dossier with area and plan alone can be read") {
    CHECK(dossier(area + plan).empty());
}

TEST_CASE("doubled components are named with the line of the first") {
    CHECK_THAT(dossier(area + "plan:\n  years: 4\n  actions: [{id: a1, use: case-management/complex-needs}]\n  components:\n    - {id: prevention, work: [1, a1]}\n    - {id: prevention, work: [2, p3]}\n"), Contains("11 ") && Contains("\"prevention\" stands twice, first on line 10") && Contains("Keep one"));
    CHECK_THAT(dossier(area + "plan: {years: 4, actions: [{id: a1, use: case-management/complex-needs}], components: {preventoin: [1, a1]}}\n"), Contains("Nearest: prevention"));
}

TEST_CASE("areas that do not exist keep a dossier from being simulated, with the nearest name") {
    CHECK_THAT(dossier("area: {municipalities: [Leuvem]}\n" + plan), Contains("Leuven") && Contains("no area"));
    CHECK_THAT(dossier("area: {municipalities: [99999]}\n" + plan), Contains("5 area.municipalities") && Contains("no area"));
    CHECK_THAT(dossier("area: {provinces: [luxemburg]}\n" + plan), Contains("no area"));
    CHECK_THAT(dossier("area: {municipalities: []}\n" + plan), Contains("no municipality stands here"));
}

TEST_CASE("negative money and ends before starts are named with their cure") {
    CHECK_THAT(dossier(area + plan + "money: {asked: {actions_eur_per_year: -5}}\n"), Contains("money.asked.actions_eur_per_year") && Contains("wanted a number") && Contains("no plan"));
    CHECK_THAT(dossier(area + "plan: {years: 4, from: 2018-01-01, to: 2017-01-01, actions: [{id: a1, use: case-management/complex-needs}]}\n"), Contains("before it starts") && Contains("Write the later date"));
    CHECK_THAT(dossier(area + "plan: {years: 4, actions: [{id: a1, use: case-management/complex-needs, from_month: 9, to_month: 3}]}\n"), Contains("ends before it starts"));
    CHECK_THAT(dossier(area + plan + "filed: 14 September\n"), Contains("wanted a date like 2017-09-18"));
}

TEST_CASE("an action that the library has not is named with the nearest, and unknown keys too") {
    CHECK_THAT(dossier(area + "plan: {years: 4, actions: [{id: a1, use: case-management/complex-need}]}\n"), Contains("Nearest: case-management/complex-needs"));
    CHECK_THAT(dossier(area + plan + "partnres: []\n"), Contains("partnres"));
    CHECK_THAT(dossier(area + "plan: {years: 4, actions: [{id: a, use: case-management/complex-needs}, {id: a, use: case-management/complex-needs}]}\n"), Contains("stands twice, first on line"));
    CHECK_THAT(dossier(area + plan + "claims: [{what: people_reached}]\n"), Contains("either change"));
}

TEST_CASE("two jurors with one name are named, with the line of the first") {
    CHECK_THAT(round_complaint("jurors:\n  - {id: a, name: Anna, bench: insurers}\n  - {id: b, name: Anna, bench: patients}\n"), Contains("7 jurors[1].name") && Contains("two jurors have the name \"Anna\" (first on line 6)"));
    CHECK_THAT(round_complaint("jurors: [{id: a, name: A, bench: insurer}]\n"), Contains("Nearest: insurers"));
}

TEST_CASE("a weight vector of zeros is refused with what to write instead") {
    const std::string jurors = "jurors: [{id: a, name: A, bench: insurers}]\n";
    CHECK_THAT(round_complaint(jurors + "weights: [{bench: insurers, swing: {finance: 0, governance: 0}}]\n"), Contains("all weights are zero") && Contains("100 points"));
    CHECK_THAT(round_complaint(jurors + "weights: [{bench: insurers, swing: {finance: 100}, order: [finance]}]\n"), Contains("either swing"));
    CHECK_THAT(round_complaint(jurors + "weights: [{bench: insurers, swing: {finance: 100}, value: {0: 1, 5: 0}}]\n"), Contains("never fall"));
    CHECK_THAT(round_complaint(jurors + "weights: [{bench: insurers, swing: {finanse: 100}}]\n"), Contains("Nearest: finance"));
}

TEST_CASE("a call that is wrong says so for all its parts at once") {
    Problems problems;
    read_call_text("format: 1\nkind: call\nid: c\ntitle: C\njury_gives: {per_dossier: [yes]}\nbenches: [{id: b, name: B, weight: 0, source: A-001}]\n"
                   "timetable: [{step: filing, from: 2017-09-18, to: 2017-08-18, source: S-001}]\n"
                   "admissibility: [{id: inhabitant, asked_in: x, severity: refuse, name: N, cure: C, source: S-001}]\n"
                   "scoring: {criteria: [{id: k, name: K, weight: 0, anchors: {0: a, 1: b, 2: c, 3: d, 4: e, 5: f}}]}\n",
                   "c.yaml", problems);
    const std::string text = text_of(problems);
    CHECK_THAT(text, Contains("before it starts") && Contains("Nearest: inhabitants") && Contains("benches are all zero") && Contains("the weights are all zero"));
}
