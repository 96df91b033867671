#include <catch2/catch.hpp>

#include <algorithm>

#include "scenario/funding_library.hpp"
#include "tresse/funding/invoice.hpp"
#include "tresse/world/bits.hpp"

// Thirty bills under the Belgian rules at the amounts of 2025, worked out by hand: the arithmetic is the expectation. Sums per person and year that
// every inhabitant brings (the hospitals' bonus of 0.61) are not asked: each case names the contacts and the sums that it means.

namespace tresse {

using funding::Facts;
using funding_library::shipped;

namespace {

const funding::Tariffs& prices() {
    static const funding::Tariffs t = [] {
        Problems problems;
        auto out = funding::compile(shipped().input(), Month::of(2025, 1), problems);
        REQUIRE_FALSE(problems.any());
        return out;
    }();
    return t;
}

struct Who {
    int age = 40;
    bool increased = false, record = false, chronic = false;
    int trajectory = 0, dependence = 0;
    const char* ill = "";
    bool home = false, house = false;
    int region = 0;
};

struct Case {
    const char* says;
    Who who;
    std::vector<std::pair<const char*, long long>> contacts;
    Cents received, share, extra;
    std::vector<const char*> sums = {};       ///< rules of sums per person and year that count too
    const char* contract = "fee_for_service";
};

Facts facts_of(const Who& w) {
    Facts f;
    f.age = w.age, f.increased_reimbursement = w.increased, f.global_record = w.record, f.chronic_status = w.chronic;
    f.trajectories = w.trajectory, f.dependence = w.dependence, f.nursing_home = w.home, f.medical_house = w.house, f.region = w.region;
    if (*w.ill) f.conditions = 1u << shipped().compiled_names.condition(w.ill);
    return f;
}

void holds(const Case& c) {
    INFO(c.says);
    funding::InvoiceAsk ask;
    ask.facts = facts_of(c.who), ask.entity = 1, ask.person_payments = false;
    const auto& contracts = shipped().compiled_names.contracts;
    ask.contract = static_cast<int>(std::find(contracts.begin(), contracts.end(), std::string(c.contract)) - contracts.begin());
    for (const auto& [service, units] : c.contacts) ask.contacts.emplace_back(shipped().service(service), units);
    auto bill = funding::invoice(prices(), ask);
    for (const auto* rule : c.sums) {
        auto sum = ask;
        sum.contacts.clear(), sum.person_payments = true, sum.rule = shipped().compiled_names.rule(rule);
        sum.state.shares_two_years = 100000;
        const auto more = funding::invoice(prices(), sum);
        bill.received += more.received;
        bill.by_account.insert(bill.by_account.end(), more.by_account.begin(), more.by_account.end());
    }
    CHECK(bill.received == c.received);
    CHECK(bill.share == c.share);
    CHECK(bill.extra == c.extra);
    Cents paid = bill.share + bill.extra;
    for (const auto& [account, cents] : bill.by_account) paid += cents;
    CHECK(paid == bill.received);
}

}  // namespace

TEST_CASE("general practice: fees, own shares, records and trajectories come to what the arithmetic says") {
    const std::vector<Case> cases{
        {"one consultation, nothing special", {}, {{"gp_consultation", 1}}, 3284, 600, 0},
        {"ten consultations with a record", {40, false, true}, {{"gp_consultation", 10}}, 10 * 3284, 10 * 400, 0},
        {"five consultations, increased reimbursement without a record", {40, true}, {{"gp_consultation", 5}}, 5 * 3284, 5 * 150, 0},
        {"five consultations, increased reimbursement with a record", {40, true, true}, {{"gp_consultation", 5}}, 5 * 3284, 5 * 100, 0},
        {"a girl of 17 with increased reimbursement and a record", {17, true, true}, {{"gp_consultation", 3}}, 3 * 3284, 0, 0},
        {"a boy of 17 without increased reimbursement, with a record", {17, false, true}, {{"gp_consultation", 3}}, 3 * 3284, 3 * 400, 0},
        {"two home visits", {78}, {{"gp_home_visit", 2}}, 2 * 4800, 2 * 1500, 0},
        {"two home visits, increased reimbursement", {78, true}, {{"gp_home_visit", 2}}, 2 * 4800, 2 * 300, 0},
        {"a home visit in a trajectory costs the patient nothing", {78, false, true, false, 1}, {{"gp_home_visit", 1}}, 4800, 0, 0},
        {"the record of a year", {50, false, true}, {}, 3790, 0, 0, {"global-medical-record"}},
        {"the record with the status of a chronic condition", {50, false, true, true}, {}, 4580, 0, 0, {"global-medical-record"}},
        {"no record, no sum", {50}, {}, 0, 0, 0, {"global-medical-record"}},
        {"a trajectory of a year: 87.20 of 2014 x 1.3292 = 115.906", {62, false, true, false, 1}, {}, 11591, 0, 0, {"care-trajectory-fee"}},
        {"follow-up of known diabetes: 3.55 of 2018 x 1.2914 = 4.584", {62, false, true, false, 0, 0, "type2_diabetes"}, {}, 458, 0, 0, {"diabetes-follow-up"}},
        {"New Deal, three consultations of 15.95 x 1.0947 = 17.46", {30, false, true}, {{"gp_consultation", 3}}, 3 * 1746, 3 * 400, 0, {}, "new_deal"},
    };
    for (const auto& c : cases) holds(c);
}

TEST_CASE("specialists, tests, medicines and first-line care come to what the arithmetic says") {
    const std::vector<Case> cases{
        {"two cardiologists", {70}, {{"specialist_cardiology", 2}}, 2 * 4900, 2 * 1200, 0},
        {"a lung specialist and a psychiatrist, increased reimbursement", {70, true}, {{"specialist_pneumology", 1}, {"specialist_psychiatry", 1}}, 5500 + 6200, 2 * 300, 0},
        {"the kidney specialist of a trajectory", {70, false, true, false, 2}, {{"specialist_nephrology", 2}}, 2 * 5500, 0, 0},
        {"two sets of tests and an image: a tenth each", {60}, {{"lab_set", 2}, {"imaging", 1}}, 2 * 2800 + 7200, 2 * 280 + 720, 0},
        {"the same with increased reimbursement: 3 and 2 percent", {60, true}, {{"lab_set", 2}, {"imaging", 1}}, 2 * 2800 + 7200, 2 * 84 + 144, 0},
        {"three technical acts: 6 percent", {60}, {{"technical_act", 3}}, 3 * 6000, 3 * 360, 0},
        {"nine sessions of physiotherapy", {60}, {{"physiotherapy", 9}}, 9 * 3080, 9 * 625, 0},
        {"the same with increased reimbursement", {60, true}, {{"physiotherapy", 9}}, 9 * 3080, 9 * 220, 0},
        {"medicines of 400 euros at list price: 14 percent", {60}, {{"medicines", 40}}, 40000, 40 * 140, 0},
        {"the same with increased reimbursement: 7 percent", {60, true}, {{"medicines", 40}}, 40000, 40 * 70, 0},
        {"eight sessions with a psychologist, outside the ceiling", {30}, {{"psychologist", 8}}, 8 * 8500, 0, 8 * 1100},
        {"a dietitian without a trajectory is paid by the household", {30}, {{"dietitian", 2}}, 2 * 3200, 0, 2 * 3200},
        {"four sessions of occupational therapy, half by the household", {80}, {{"occupational_therapy", 4}}, 4 * 3500, 0, 4 * 1750},
        {"thirty days of lump sum B at home: 42.00 x 0.005 = 0.21 a day", {82, false, false, false, 0, 2}, {{"nursing_forfait_b", 30}}, 30 * 4200, 30 * 21, 0},
        {"twenty hours of home help, increased reimbursement", {82, true}, {{"home_help", 20}}, 20 * 4500, 0, 20 * 550},
    };
    for (const auto& c : cases) holds(c);
}

TEST_CASE("hospital, homes and allowances come to what the arithmetic says") {
    const std::vector<Case> cases{
        {"an emergency visit", {25}, {{"emergency_visit", 1}}, 19000, 1825, 0},
        {"the same with increased reimbursement", {25, true}, {{"emergency_visit", 1}}, 19000, 455, 0},
        {"a stay of four days: first day 27.27 + 19.81 = 47.08", {70}, {{"hospital_first_day", 1}, {"hospital_day", 4}}, 2727 + 4 * 11467, 2727 + 4 * 1981, 0},
        {"a stay of four days, increased reimbursement", {70, true}, {{"hospital_first_day", 1}, {"hospital_day", 4}}, 4 * 11467, 4 * 703, 0},
        {"a year of dialysis", {70}, {{"dialysis", 156}}, 156 * 37179, 0, 0},
        {"thirty days in a home in Flanders", {86, false, false, false, 0, 3, "", true, false, 0}, {{"nursing_home_day", 30}}, 30 * (9800 + 7452), 0, 30 * 7452},
        {"thirty days in a home in Wallonia", {86, false, false, false, 0, 3, "", true, false, 2}, {{"nursing_home_day", 30}}, 30 * (9800 + 6200), 0, 30 * 6200},
        {"the lump sum for chronic illness, class A: 371.55 x 1.019 = 378.609", {80, false, false, false, 0, 1}, {}, 37861, 0, 0, {"chronic-illness-lump-sum"}},
        {"class C, increased reimbursement: 743.12 x 1.019 = 757.239", {80, true, false, false, 0, 3}, {}, 75724, 0, 0, {"chronic-illness-lump-sum"}},
        {"nobody without dependence", {80}, {}, 0, 0, 0, {"chronic-illness-lump-sum"}},
    };
    for (const auto& c : cases) holds(c);
}

TEST_CASE("a nursing-home month is on no federal account but for doctors, medicines and acts") {
    Who w;
    w.age = 86, w.home = true, w.dependence = 3;
    funding::InvoiceAsk ask;
    ask.facts = facts_of(w), ask.person_payments = false, ask.entity = shipped().payers.entity_of(24107, 0);
    ask.contacts = {{shipped().service("nursing_home_day"), 30}};
    const int nihdi = shipped().account("nihdi_health_care");
    CHECK(funding::invoice(prices(), ask).paid_by(nihdi) == 0);
    ask.contacts = {{shipped().service("gp_home_visit"), 1}, {shipped().service("medicines"), 10}};
    CHECK(funding::invoice(prices(), ask).paid_by(nihdi) == 4800 - 1500 + 10 * (1000 - 140));
}

}  // namespace tresse
