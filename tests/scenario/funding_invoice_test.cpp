#include <catch2/catch.hpp>

#include <algorithm>

#include "scenario/funding_library.hpp"
#include "tresse/funding/invoice.hpp"

// Invoices of the shipped rules, worked out by hand; the arithmetic stands beside each number.

namespace tresse {

using funding::Facts;
using funding_library::shipped;

namespace {

const funding::Tariffs& prices_2025() {
    static const funding::Tariffs t = [] {
        Problems problems;
        auto out = funding::compile(shipped().input(), Month::of(2025, 1), problems);
        REQUIRE_FALSE(problems.any());
        return out;
    }();
    return t;
}

constexpr Cents hospital_bonus = 61;

Facts person(int age, bool increased = false, bool record = false) {
    Facts f;
    f.age = age, f.increased_reimbursement = increased, f.global_record = record;
    return f;
}

funding::Invoice bill(const Facts& facts, const std::vector<std::pair<std::string, long long>>& contacts, int entity = 1, const std::string& contract = "fee_for_service") {
    funding::InvoiceAsk ask;
    ask.facts = facts, ask.entity = entity;
    const auto& names = shipped().compiled_names.contracts;
    ask.contract = static_cast<int>(std::find(names.begin(), names.end(), contract) - names.begin());
    for (const auto& [id, units] : contacts) {
        REQUIRE(shipped().service(id) >= 0);
        ask.contacts.emplace_back(shipped().service(id), units);
    }
    auto out = funding::invoice(prices_2025(), ask);
    // the hospitals' bonus of every inhabitant, 0.56 x 1.096 = 0.61, stands in each year's bill and is taken off here
    out.received -= hospital_bonus;
    for (auto& [account, cents] : out.by_account)
        if (account == shipped().account("nihdi_health_care")) cents -= hospital_bonus;
    std::erase_if(out.by_account, [](const auto& paid) { return paid.second == 0; });
    Cents sum = out.share + out.extra;
    for (const auto& [account, cents] : out.by_account) sum += cents;
    CHECK(sum == out.received);   // every euro paid is a euro received
    return out;
}

/// What the shipped rules pay for one person, by hand: see funding_cases_test.cpp for thirty more.
Cents nihdi(const funding::Invoice& i) { return i.paid_by(shipped().account("nihdi_health_care")); }

}  // namespace

TEST_CASE("the shipped payers and rules load without a problem and their worked examples hold") {
    INFO(shipped().problems.text());
    CHECK_FALSE(shipped().problems.any());
    CHECK(shipped().rules.rules.size() >= 48);
}

TEST_CASE("every service of the library has a price for somebody under every contract") {
    const auto& t = prices_2025();
    for (const auto& service : shipped().compiled_names.services) {
        INFO(service.id);
        for (int contract = 0; contract < t.contracts; ++contract) {
            bool paid = false;
            for (int k = 0; k < t.classes; ++k) paid = paid || t.row(contract, shipped().service(service.id), k) != 0;
            CHECK(paid);
        }
    }
}

TEST_CASE("ordinary status, no record, four GP consultations") {
    const auto i = bill(person(40), {{"gp_consultation", 4}});
    CHECK(i.received == 13136);                   // 4 x 32.84
    CHECK(i.share == 2400);                       // 4 x 6.00
    CHECK(nihdi(i) == 10736);
}

TEST_CASE("ordinary status with record: the practice gets the record fee too") {
    const auto i = bill(person(40, false, true), {{"gp_consultation", 4}});
    CHECK(i.received == 13136 + 3790);            // 4 x 32.84 + 37.90
    CHECK(i.share == 1600);                       // 4 x 4.00
}

TEST_CASE("increased reimbursement with record, a GP visit and a specialist") {
    const auto i = bill(person(80, true, true), {{"gp_consultation", 1}, {"gp_home_visit", 2}, {"specialist_cardiology", 1}});
    CHECK(i.received == 3284 + 9600 + 4900 + 3790);
    CHECK(i.share == 100 + 600 + 300);            // 1.00 + 2 x 3.00 + 3.00
}

TEST_CASE("a child with increased reimbursement and a record pays nothing at the GP") {
    CHECK(bill(person(8, true, true), {{"gp_consultation", 5}}).share == 0);
    CHECK(bill(person(24, true, true), {{"gp_consultation", 1}}).share == 0);
    CHECK(bill(person(25, true, true), {{"gp_consultation", 1}}).share == 100);
}

TEST_CASE("a person of a medical house pays nothing and the house gets its sum a month") {
    auto f = person(50);
    f.medical_house = true, f.global_record = true;
    const auto i = bill(f, {{"gp_consultation", 6}, {"physiotherapy", 9}, {"nursing_technical", 10}}, 1, "medical_house");
    CHECK(i.share == 0);
    CHECK(i.received == 56556);                   // 12 x (14.80 + 14.41 + 6.66) x 1.314: 12 x (19.45 + 18.93 + 8.75); no record fee
}

TEST_CASE("a stay of seven days, ordinary status") {
    const auto i = bill(person(70), {{"hospital_first_day", 1}, {"hospital_day", 7}, {"stay_fees", 100}, {"stay_medicines", 100}});
    CHECK(i.share == 4708 + 6 * 1981 + 3000 + 500);   // 47.08 + 6 x 19.81 for the days, 30 and 5 for fees and medicines
    CHECK(i.extra == 0);
    CHECK(nihdi(i) == 7 * 9486 + 217000 + 26000);     // 7 advances of 94.86, 2 200 - 30, 265 - 5
    const auto& day = prices_2025().price(0, shipped().service("hospital_day"), prices_2025().tariff_class(person(70)));
    CHECK(day.closed_budget == 0);                    // the rest of the day's cost is in the closed budget
}

TEST_CASE("a stay of seven days, increased reimbursement") {
    const auto i = bill(person(70, true), {{"hospital_first_day", 1}, {"hospital_day", 7}, {"stay_fees", 100}, {"stay_medicines", 100}});
    CHECK(i.share == 7 * 703 + 200 + 500);            // seven days of 7.03
}

TEST_CASE("a single room is paid by the household, outside the ceiling") {
    const auto i = bill(person(50), {{"room_supplement", 1}});
    CHECK(i.share == 0);
    CHECK(i.extra == i.received);
    CHECK(i.received == 244560);                      // 2 400 x 1.019
    CHECK(i.by_account.empty());
}

TEST_CASE("a year of diabetes care in a trajectory") {
    auto f = person(62, false, true);
    f.trajectories = 1;
    const auto i = bill(f, {{"gp_consultation", 4}, {"specialist_endocrinology", 1}, {"lab_set", 4}, {"medicines", 90}, {"dietitian", 2}});
    CHECK(i.share == 4 * 280 + 90 * 140);             // GP and endocrinologist free; tests 4 x 2.80; medicines 900 x 14 %
    CHECK(i.extra == 2 * 1280);                       // dietitian: 40 % of 32.00
    CHECK(i.received == 13136 + 5500 + 11200 + 90000 + 6400 + 3790 + 11591);   // the last: the trajectory, 87.20 x 1.3292 = 115.906
}

TEST_CASE("thirty days of home nursing at level C cost the patient next to nothing") {
    CHECK(bill(person(85, true), {{"nursing_forfait_c", 30}}).share == 0);
    const auto i = bill(person(85), {{"nursing_forfait_c", 30}});
    CHECK(i.received == 172500);                      // 30 x 57.50
    CHECK(i.share == 30 * 29);                        // 57.50 x 0.005 = 0.2875
}

TEST_CASE("in a New Deal practice a consultation of 2025 is paid less and the person brings a yearly sum") {
    const auto usual = bill(person(40, false, true), {{"gp_consultation", 4}});
    const auto deal = bill(person(40, false, true), {{"gp_consultation", 4}}, 1, "new_deal");
    CHECK(deal.share == usual.share);                 // 4 x 4.00 in both
    CHECK(deal.received == 4 * 1746 + 4 * 1806 + 3790);   // 15.95 x 1.0947 = 17.46; 66 / 4 x 1.0947 = 18.06; record fee as usual
    const auto passer_by = bill(person(40), {{"gp_consultation", 4}}, 1, "new_deal");
    CHECK(passer_by.received == 4 * 3284);            // enrolled elsewhere: the usual fee
    CHECK(passer_by.share == 2400);
}

TEST_CASE("a psychologist's sessions are outside the ceiling") {
    const auto i = bill(person(30, true), {{"psychologist", 8}});
    CHECK(i.extra == 3200);                           // 8 x 4.00
    CHECK(i.share == 0);
    CHECK(i.received == 68000);
}

TEST_CASE("an emergency visit, a day stay and dialysis") {
    CHECK(bill(person(25), {{"emergency_visit", 1}}).share == 1825);
    CHECK(bill(person(25), {{"day_stay", 1}}).share == 0);
    CHECK(bill(person(70), {{"dialysis", 13}}).received == 483327);   // 13 x 371.79
}

TEST_CASE("a nursing-home day goes to four different bodies in Namur, Tienen, Schaerbeek and Eupen") {
    const auto& payers = shipped().payers;
    struct Town { int nis, region; const char* account; Cents price; };
    for (const auto& town : {Town{92094, 2, "walloon_region", 6200}, Town{24107, 0, "flemish_community", 7452}, Town{21015, 1, "brussels_ccc", 7000}, Town{63023, 2, "german_community", 6200}}) {
        auto f = person(86);
        f.region = town.region, f.nursing_home = true;
        const auto i = bill(f, {{"nursing_home_day", 1}}, payers.entity_of(town.nis, town.region));
        INFO(town.nis);
        CHECK(i.paid_by(shipped().account(town.account)) == 9800);
        CHECK(i.extra == town.price);
        CHECK(i.share == 0);
        CHECK(nihdi(i) == 0);
    }
}

TEST_CASE("forty hours of home help in Brussels are shared by three bodies and the user") {
    auto f = person(82);
    f.region = 1;
    const auto i = bill(f, {{"home_help", 40}}, shipped().payers.entity_of(21004, 1));
    CHECK(i.extra == 40000);
    CHECK(i.paid_by(shipped().account("brussels_ccc")) == 49000);        // 1 400.00 x 0.35
    CHECK(i.paid_by(shipped().account("brussels_fcc")) == 70000);
    CHECK(i.paid_by(shipped().account("flemish_community")) == 21000);
}

TEST_CASE("the ceiling of 2025 is that of 2024 with the health index") {
    const auto& c = prices_2025().ceiling;
    REQUIRE(c.given);
    CHECK(c.by_class == std::vector<Cents>{25983, 52674, 76085, 117053, 163874, 210695, 52674});   // 254.99 x 1.019 = 259.83 ...
    CHECK(c.chronic_reduction == 11719);              // 115 x 1.019 = 117.185
    CHECK(c.class_of(2000000, false) == 1);
    CHECK(c.class_of(4000000, true) == 6);
}

TEST_CASE("gross claims of fees double exactly when tariffs double, and fixed shares stay", "[law]") {
    auto twice = shipped().rules.rules;
    for (auto& rule : twice)
        for (auto& pay : rule.pays)
            if (rule.id == "gp-consultation") pay.eur.plain.value *= 2, pay.eur.plain.low *= 2, pay.eur.plain.high *= 2;
    auto in = shipped().input();
    for (std::size_t r = 0; r < twice.size(); ++r) in.rules[r] = &twice[r];
    Problems problems;
    const auto t = funding::compile(in, Month::of(2025, 1), problems);
    const int gp = shipped().service("gp_consultation");
    const auto k = t.tariff_class(person(40));
    CHECK(t.price(0, gp, k).total == 2 * 3284);
    CHECK(t.price(0, gp, k).share == 600);
}

TEST_CASE("the pilots' grant is the sum of the year whatever the index, coordination first, actions from the second year") {
    auto in = shipped().input(2025);
    in.uses.push_back({"pilots-grant", Month::of(2026, 1), Month::of(2030, 12)});
    Problems problems;
    const auto t = funding::compile(in, Month::of(2028, 1), problems);
    REQUIRE(t.grants.size() == 2);
    CHECK(t.grants[0].per_year == 15252000);
    CHECK(t.grants[0].first_month == Month::of(2026, 1).index);
    CHECK(t.grants[0].last_month == Month::of(2030, 12).index);
    CHECK(t.grants[1].per_year == 20833300);
    CHECK(t.grants[1].purpose == 1);
    CHECK(t.grants[1].first_month == Month::of(2027, 1).index);
}

TEST_CASE("an arm sets the savings share and nothing else of its rule") {
    auto in = shipped().input(2025);
    in.uses.push_back({"savings-share", Month::of(2026, 1), Month::of(2035, 12), 0, 0.7});
    Problems problems;
    const auto t = funding::compile(in, Month::of(2026, 1), problems);
    CHECK(t.savings.on);
    CHECK(t.savings.share == 0.7);
    CHECK(t.savings.outliers_above_percentile == 99);
    const auto& rules = shipped().rules;
    const auto& written = rules.rules[static_cast<std::size_t>(rules.find("savings-share"))].pays[0].savings;
    CHECK(t.savings.trend_per_year == written.trend_per_year.value);
    CHECK(t.savings.first_year_step == written.first_year_step.value);
    CHECK(t.savings.first_year == 2026);
    CHECK_FALSE(prices_2025().savings.on);
}

TEST_CASE("the budget of Belgium comes to what was published for classic stays") {
    auto t = prices_2025();
    std::vector<std::array<std::int64_t, world::oldest_age + 1>> persons(1);
    const std::int64_t five_years[]{0, 1903158, 1374341, 3046347, 3096393, 1256238, 794059, 355015};   // inhabitants of 1 January 2025 by 0-14, 15-24, 25-44, ...
    const int at[]{0, 5, 20, 30, 50, 70, 80, 90};
    for (int i = 1; i < 8; ++i) persons[0][static_cast<std::size_t>(at[i])] = five_years[i];
    funding::set_budgets(t, persons);
    REQUIRE(t.closed_budgets.size() == 2);              // the second is that of a reform, of nothing until it is used
    CHECK(static_cast<double>(t.closed_budgets[0].year_by_entity[0]) == Approx(8.126e11).epsilon(1e-4));   // cents
    CHECK(t.closed_budgets[0].fixed_share == 0.85);
}

TEST_CASE("benefits of the first year and of invalidity, a month, in prices of 2025") {
    CHECK(prices_2025().benefits.month[0] == 169011);   // 61.85 x 26 x 1.051
    CHECK(prices_2025().benefits.month[1] == 149768);   // 17 100 / 12 x 1.051 = 1 497.675
}

}  // namespace tresse
