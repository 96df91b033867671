#include "tresse/funding/compile.hpp"

#include <catch2/catch.hpp>
#include <memory>

#include "tresse/funding/invoice.hpp"

namespace tresse::funding {

namespace {

Uncertain exactly(double value) {
    Uncertain out;
    out.value = out.low = out.high = value;
    out.source = "A-000", out.key = "test";
    return out;
}

/// Two services, a GP kind, two contracts, two entities; rules are added by each test.
struct Little {
    Little() {
        for (const auto* id : {"visit", "day"}) names.services.push_back({}), names.services.back().id = id;
        names.kinds.push_back({}), names.kinds.back().id = "gp_practice", names.kinds.back().role = 3;
        names.contracts = {"standard", "bundle"};
        for (const auto* id : {"insurance", "north", "south"}) names.accounts.push_back({id, world::Level::federal, LocalText(id), world::AccountUse::care});
        names.entities = {{"north", 1}, {"south", 2}};
        competence.shares = {{{{1, 10000}}, {{2, 10000}}}};
        index["fees"] = {{2023, 1.1}, {2024, 1.05}, {2025, 1.0}};
        index["health_index"] = {{2023, 1.05}, {2024, 1.02}, {2025, 1.0}};
    }
    RuleSpec& rule(const std::string& id, double eur, const std::string& payer = "insurance") {
        RuleSpec r;
        r.id = id, r.file = id + ".yaml", r.from = Month::of(2000, 1), r.to = Month::of(2100, 12);
        Pay p;
        p.id = "visit", p.services = {"visit"}, p.split = {{payer, 1.0}}, p.money = {2025, "fees"}, p.payee = "gp_practice";
        p.eur.plain = exactly(eur), p.eur.given = true;
        r.pays.push_back(p);
        specs.push_back(std::make_unique<RuleSpec>(r));
        names.rules.push_back(id);
        return *specs.back();
    }
    CompileInput input() const {
        CompileInput in;
        for (const auto& s : specs) in.rules.push_back(s.get());
        in.catalogue = &names, in.competence = &competence, in.index = &index, in.euros_of = 0;
        return in;
    }
    Tariffs compiled(Month month = Month::of(2025, 1)) {
        auto out = compile(input(), month, problems);
        return out;
    }
    world::Catalogue names;
    Competence competence;
    IndexTable index;
    std::vector<std::unique_ptr<RuleSpec>> specs;
    Problems problems;
};

}  // namespace

TEST_CASE("an amount moves by its index and is rounded once, half away from zero") {
    Little w;
    w.rule("a", 10.05);
    CHECK(w.compiled(Month::of(2023, 5)).price(0, 0, 0).total == 914);    // 10.05 x 1 / 1.1 = 9.13636
    CHECK(w.compiled(Month::of(2025, 1)).price(0, 0, 0).total == 1005);
    CHECK(w.compiled(Month::of(2031, 1)).price(0, 0, 0).total == 1005);   // the last known year stands
    w.specs[0]->pays[0].eur.plain = exactly(1.005);
    CHECK(w.compiled().price(0, 0, 0).total == 101);
}

TEST_CASE("constant prices take the general index off again") {
    Little w;
    w.rule("a", 100);
    auto in = w.input();
    in.euros_of = 2025;
    CHECK(compile(in, Month::of(2023, 1), w.problems).price(0, 0, 0).total == 9545);   // 100 / 1.1 x 1.05 = 95.4545
}

TEST_CASE("a service that no rule pays costs nothing and is nobody's") {
    Little w;
    w.rule("a", 10);
    const auto t = w.compiled();
    CHECK(t.row(0, 1, 0) == 0);
    CHECK(t.rows[0] == PriceRow{});
}

TEST_CASE("the age that a rule names starts a new tariff class") {
    Little w;
    auto& pay = w.rule("a", 10).pays[0];
    When old;
    old.age_from = 65;
    pay.eur.cases.push_back({old, exactly(20)});
    const auto t = w.compiled();
    CHECK(t.age_cuts == std::vector<std::int32_t>{65});
    CHECK(t.used_facts == 0);
    Facts f;
    f.age = 64;
    CHECK(t.price(0, 0, t.tariff_class(f)).total == 1000);
    f.age = 65;
    CHECK(t.price(0, 0, t.tariff_class(f)).total == 2000);
    f.age = 110;
    CHECK(t.price(0, 0, t.tariff_class(f)).total == 2000);
}

TEST_CASE("facts that change no price share a tariff class") {
    Little w;
    auto& pay = w.rule("a", 10).pays[0];
    When bim;
    bim.increased_reimbursement = 1;
    pay.eur.cases.push_back({bim, exactly(10)});   // asks for the fact, but pays the same
    const auto t = w.compiled();
    CHECK(t.combinations() == 2);
    CHECK(t.classes == 1);
}

TEST_CASE("one rule for one contract takes the place of the usual one there and only there") {
    Little w;
    w.rule("usual", 30);
    auto& other = w.rule("bundle", 15);
    other.contract = "bundle", other.replaces = {"usual"}, other.person.global_record = 1;
    const auto t = w.compiled();
    REQUIRE_FALSE(w.problems.any());
    Facts with, without;
    with.global_record = true;
    CHECK(t.price(0, 0, t.tariff_class(with)).total == 3000);
    CHECK(t.price(1, 0, t.tariff_class(with)).total == 1500);
    CHECK(t.price(1, 0, t.tariff_class(without)).total == 3000);
    CHECK(t.price(1, 0, t.tariff_class(with)).contract == 1);
    CHECK(t.price(1, 0, t.tariff_class(without)).contract == any_contract);
}

TEST_CASE("a rule for some people leaves the limit and the premium of another rule standing, a rule for everybody does not") {
    Little w;
    w.rule("own", 15).limits = {{"passers_by", "", 0.25}};
    auto& other = w.rule("other", 20);
    other.replaces = {"own"};
    other.person.medical_house = 1;
    CHECK(w.compiled().limits.size() == 1);
    other.person = When{};
    CHECK(w.compiled().limits.empty());
    REQUIRE_FALSE(w.problems.any());
}

TEST_CASE("two rules for the same contact are a problem that names both") {
    Little w;
    w.rule("first", 30);
    w.rule("second", 15);
    w.compiled();
    REQUIRE(w.problems.count() == 1);
    CHECK(w.problems.list()[0].message.find("replaces: [first]") != std::string::npos);
    CHECK(w.problems.list()[0].file == "second.yaml");
}

TEST_CASE("a rule that an arm must ask for is silent until it is used, and from its month on") {
    Little w;
    w.rule("extra", 12).only_when_used = true;
    CHECK(w.compiled().price(0, 0, 0).total == 0);
    auto in = w.input();
    in.uses.push_back({"extra", Month::of(2026, 7)});
    CHECK(compile(in, Month::of(2026, 6), w.problems).price(0, 0, 0).total == 0);
    CHECK(compile(in, Month::of(2026, 7), w.problems).price(0, 0, 0).total == 1200);
    const auto changes = tariff_changes(in, Month::of(2026, 1), Month::of(2027, 3));
    CHECK(changes == std::vector<Month>{Month::of(2026, 1), Month::of(2026, 7), Month::of(2027, 1)});
}

TEST_CASE("tables of several years number their classes, rows and splits alike") {
    Little w;
    auto& young = w.rule("a", 10);
    young.to = Month::of(2024, 12);
    When child;
    child.age_to = 17;
    young.pays[0].eur.cases.push_back({child, exactly(5)});
    auto& later = w.rule("b", 11);
    later.from = Month::of(2025, 1);
    const auto years = compile_years(w.input(), 2024, 2026, w.problems);
    REQUIRE_FALSE(w.problems.any());
    REQUIRE(years.size() == 3);
    CHECK(years[0].class_of == years[1].class_of);
    CHECK(years[0].index == years[2].index);
    CHECK(years[0].rows.size() == years[2].rows.size());
    Facts f;
    f.age = 8;
    const auto k = years[0].tariff_class(f);
    CHECK(years[0].price(0, 0, k).total == 476);    // 5 x 1 / 1.05 = 4.7619
    CHECK(years[1].price(0, 0, k).total == 1100);
}

TEST_CASE("a split over the competent body names its account in every place and adds to 10,000", "[law]") {
    Little w;
    w.rule("a", 10).pays[0].split = {{"insurance", 1.0 / 3}, {"competent_federated", 2.0 / 3}};
    w.competence.matters = {"help"};
    w.competence.shares.push_back({{{1, 10000}}, {{1, 3333}, {2, 6667}}});
    w.specs[0]->pays[0].matter = "help";
    const auto t = w.compiled();
    for (int entity = 0; entity < 2; ++entity) {
        const auto& s = t.split_in(t.price(0, 0, 0).split, entity);
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < s.weight.size(); ++i) {
            sum += s.weight[i];
            CHECK(s.account[i] >= 0);
        }
        CHECK(sum == 10000);
    }
    CHECK(t.split_in(t.price(0, 0, 0).split, 0).account == std::vector<std::int32_t>{0, 1});
    CHECK(t.split_in(t.price(0, 0, 0).split, 1).account == std::vector<std::int32_t>{0, 1, 2});
    CHECK(t.split_in(t.price(0, 0, 0).split, 1).weight == std::vector<std::int64_t>{3333, 2222, 4445});   // 2/3 x 0.3333 and x 0.6667
}

TEST_CASE("an arm's own splits stand first, in its order") {
    Little w;
    w.rule("a", 10);
    auto in = w.input();
    in.arm_splits = {{{"south", 1.0}}, {{"insurance", 0.5}, {"competent_federated", 0.5}}};
    const auto t = compile(in, Month::of(2025, 1), w.problems);
    CHECK(t.split_in(0, 0).account == std::vector<std::int32_t>{2});
    CHECK(t.split_in(1, 0).account == std::vector<std::int32_t>{0, 1});
    CHECK(t.price(0, 0, 0).split == 2);
}

TEST_CASE("a yearly sum in quarters is rounded per payment, and only for those who qualify") {
    Little w;
    auto& rule = w.rule("a", 0);
    rule.person.global_record = 1;
    auto& pay = rule.pays[0];
    pay.unit = Unit::person_year, pay.services.clear(), pay.paid_every_months = 3, pay.eur.plain = exactly(66.50);
    const auto t = w.compiled();
    REQUIRE(t.person_payments.size() == 1);
    const auto& p = t.person_payments[0];
    CHECK(p.role == 3);
    CHECK(p.every_months == 3);
    CHECK(p.contract == any_contract);
    Facts f;
    CHECK(p.cents_by_class[t.tariff_class(f)] == 0);
    f.global_record = true;
    CHECK(p.cents_by_class[t.tariff_class(f)] == 1663);   // 16.625
}

TEST_CASE("a patient's share above the price is a problem, not a silent gift") {
    Little w;
    auto& share = w.rule("a", 5).pays[0].share;
    share.kind = ShareKind::eur, share.amount.plain = exactly(6), share.amount.given = true, share.money = {2025, "none"};
    w.compiled();
    REQUIRE(w.problems.count() == 1);
    CHECK(w.problems.list()[0].message.find("6.00 EUR of a price of 5.00 EUR") != std::string::npos);
}

TEST_CASE("an invoice pays out what it takes in", "[law]") {
    Little w;
    auto& pay = w.rule("a", 31.37).pays[0];
    pay.split = {{"insurance", 0.37}, {"competent_federated", 0.63}};
    pay.share.kind = ShareKind::share_of_eur, pay.share.amount.plain = exactly(0.2), pay.share.amount.given = true, pay.share.money = {2025, "none"};
    pay.extra.plain = exactly(2.5), pay.extra.given = true;
    const auto t = w.compiled();
    InvoiceAsk ask;
    ask.entity = 1, ask.contacts = {{0, 7}};
    const auto bill = invoice(t, ask);
    CHECK(bill.received == 7 * (3137 + 250));
    CHECK(bill.share == 7 * 627);   // 31.37 x 0.2 = 6.274
    CHECK(bill.extra == 7 * 250);
    CHECK(bill.received == bill.share + bill.extra + bill.paid_by(0) + bill.paid_by(2));
    CHECK(bill.paid_by(1) == 0);
}

TEST_CASE("more facts than tariff classes allow are refused with the limit") {
    Little w;
    auto& pay = w.rule("a", 10).pays[0];
    for (int c = 0; c < 16; ++c) {
        When one;
        one.conditions = 1u << c;
        one.age_from = 10 + c;
        pay.eur.cases.push_back({one, exactly(10 + c)});
    }
    w.compiled();
    REQUIRE(w.problems.any());
    CHECK(w.problems.list()[0].message.find("65000 tariff classes") != std::string::npos);
}

TEST_CASE("a draw moves a price inside its range and draw 0 is the central value") {
    Little w;
    auto& number = w.rule("a", 40).pays[0].eur.plain;
    number.low = 30, number.high = 60, number.law = Law::lognormal;
    auto in = w.input();
    in.seed = 11;
    CHECK(compile(in, Month::of(2025, 1), w.problems).price(0, 0, 0).total == 4000);
    int moved = 0, inside = 0;
    for (in.draw = 1; in.draw <= 200; ++in.draw) {
        const auto total = compile(in, Month::of(2025, 1), w.problems).price(0, 0, 0).total;
        moved += total != 4000, inside += total >= 3000 && total <= 6000;
    }
    CHECK(moved >= 195);
    CHECK(inside >= 180);   // 95 % expected
}

}  // namespace tresse::funding
