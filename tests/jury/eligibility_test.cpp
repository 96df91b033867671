#include "tresse/jury/eligibility.hpp"

#include <set>

#include "fixture.hpp"

using namespace tresse;
using namespace tresse::jury;
using namespace jury_fixture;

namespace {

State state_of(const scenario::Proposal& p, const std::string& rule) {
    for (const Finding& f : eligibility(call(), p, {&p, 1}, *village().region))
        if (f.rule->id == rule)
            return f.state;
    FAIL("no rule " << rule);
    return State::met;
}

}  // namespace

TEST_CASE("the round has twelve dossiers after real pilots and eight invented ones, and all of them can be read", "[jury]") {
    int real = 0, invented = 0;
    for (const auto& p : proposals()) {
        INFO(p.file << "\n" << problems_of(p));
        CHECK(problems_of(p).empty());
        CHECK(p.area_readable);
        CHECK(p.plan_readable);
        CHECK(p.invented == p.modelled_on.empty());
        CHECK(p.invented != !p.invented_fields.empty());
        (p.invented ? invented : real)++;
    }
    CHECK(real == 12);
    CHECK(invented == 8);
}

TEST_CASE("every planted fault is found and named, and nothing else is", "[jury]") {
    for (const auto& p : proposals()) {
        INFO(p.id);
        std::set<std::string> found;
        for (const Finding& f : eligibility(call(), p, proposals(), *village().region)) {
            if (f.state != State::ask && f.state != State::refuse)
                continue;
            found.insert(f.rule->id);
            CHECK_FALSE(f.found.empty());
            CHECK_FALSE(f.cure.empty());
            CHECK_FALSE(f.rule->source.empty());
        }
        CHECK(found == std::set<std::string>(p.planted.begin(), p.planted.end()));
    }
}

TEST_CASE("no dossier after a real pilot has a finding against it", "[jury]") {
    for (const auto& p : proposals())
        if (!p.invented)
            CHECK(p.planted.empty());
}

TEST_CASE("between 3 per cent below and above 75,000 inhabitants the finding is a question, below it can refuse", "[jury]") {
    // 74,373 = 29,032 + 27,338 + 7,021 + 10,982 (Nivelles, Tubize, Ittre, Rebecq, Statbel 2021); 66,292 = arrondissement Philippeville
    CHECK(inhabitants(call(), proposal("ouest-brabant"), *village().region) == 74373);
    CHECK(state_of(proposal("ouest-brabant"), "inhabitants") == State::ask);
    CHECK(inhabitants(call(), proposal("entre-sambre-et-fagne"), *village().region) == 66292);
    CHECK(state_of(proposal("entre-sambre-et-fagne"), "inhabitants") == State::refuse);
    CHECK(state_of(proposal("after-verbonden-zohrg"), "inhabitants") == State::met);
    CHECK(state_of(proposal("after-chronilux"), "inhabitants") == State::advise);
}

TEST_CASE("an overlap is named by its municipality, from both sides", "[jury]") {
    const auto names = overlap(proposal("mons-coeur"), proposal("borinage-solidaire"), *village().region, Lang::fr);
    CHECK(names == std::vector<std::string>{"Saint-Ghislain"});
    CHECK(overlap(proposal("mons-coeur"), proposal("after-pact"), *village().region, Lang::fr).empty());
}

TEST_CASE("a part of a municipality counts with the people the dossier gives", "[jury]") {
    double others = 0;
    for (const int nis : {21013, 21014})
        others += static_cast<double>(call().population.at(nis));
    CHECK(inhabitants(call(), proposal("after-boost"), *village().region) == 55000 + others);
}

TEST_CASE("a dossier without a section has a finding, not an error", "[jury]") {
    const auto p = read(small_dossier("", "target_group"));
    CHECK(problems_of(p).empty());
    CHECK(state_of(p, "target_group") == State::refuse);
    CHECK(state_of(p, "partners") == State::refuse);
    CHECK(state_of(p, "partners_of_the_entity") == State::not_checked);
    CHECK(state_of(p, "money_adds_up") == State::met);
    CHECK(gravest(eligibility(call(), p, {&p, 1}, *village().region)) == State::refuse);
}

TEST_CASE("money that does not add up is a question with the gap in it", "[jury]") {
    const auto findings = eligibility(call(), proposal("haute-senne"), proposals(), *village().region);
    for (const Finding& f : findings)
        if (f.rule->id == "money_adds_up") {
            // 160,000 + 70,000 + 40,000 = 270,000 against 208,333
            CHECK(f.state == State::ask);
            CHECK(f.found.args.at(0).number == 270000);
            CHECK(f.found.args.at(2).number == 270000 - 208333);
        }
}

TEST_CASE("what cannot be read is not checked, with its line, and never met or unmet", "[jury]") {
    const auto unread = [](const std::string& text, const std::string& rule) {
        const auto p = read(text);
        for (const Finding& f : eligibility(call(), p, {&p, 1}, *village().region))
            if (f.rule->id == rule)
                return f.unread && f.state == State::not_checked ? f.line : -1;
        return -2;
    };
    const std::string head = "format: 1\nkind: proposal\nid: small\ntitle: Small\n";
    CHECK(unread(head + "money: {asked: {coordination_eur_per_year: \"150.000\"}}\n", "money_asked") == 5);
    CHECK(unread(head + "money: {asked: {coordination_eur_per_year: 150.000}}\n", "money_asked") == 5);
    CHECK(unread(head + "money: {asked: {coordination_eur_per_year: lots}}\n", "money_asked") == 5);
    CHECK(unread(head + "money: {asked: {coordination_eur_per_year: 150000}}\n", "money_asked") == -1);
    CHECK(unread(head + "plan: {actions: [{id: a, what: x, eur_per_year: -5}]}\nmoney: {asked: {actions_eur_per_year: 5}}\n", "money_adds_up") == 5);
    CHECK(unread(head + "area: {municipalities: [Leuvem]}\n", "inhabitants") == 5);
    CHECK(unread(head + "area: {municipalities: [Leuvem]}\n", "one_project_per_area") == 5);
    CHECK(unread(head + "area: {municipalities: [Leuvem]}\n", "partners") == -1);
    CHECK(unread(head + "partnrs: []\n", "partners") == 5);  // a slip of the key is no missing section
    for (const auto& rule : call().rules)
        if (rule.id != "partners_of_the_entity")
            CHECK(unread("format: 1\nkind: proposal\n\tid: tab\n", rule.id) == 3);
    CHECK(unread("", "partners") == 0);
}

TEST_CASE("the cure of an amount with marks between thousands is the plain number", "[jury]") {
    for (const std::string written : {"\"150.000\"", "150.000", "150,000", "150 000", "EUR 150.000,00", "150.000 EUR"}) {
        const auto p = read("format: 1\nkind: proposal\nid: small\ntitle: Small\nmoney: {asked: {coordination_eur_per_year: " + (written.find(',') != std::string::npos ? "'" + written + "'" : written) + "}}\n");
        INFO(written << ": " << problems_of(p));
        CHECK(problems_of(p).find("Write 150000") != std::string::npos);
        CHECK(p.coordination_eur != p.coordination_eur);
    }
    CHECK(problems_of(read("format: 1\nkind: proposal\nid: small\ntitle: Small\nmoney: {asked: {coordination_eur_per_year: 150000.5}}\n")).empty());
}
