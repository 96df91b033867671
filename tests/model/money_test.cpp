#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>

#include "model/tiny_world.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/guarantee.hpp"
#include "tresse/model/stages.hpp"

// Laws of money in a world built in code: 400 persons, round prices. Numbers follow from the tiny world's own tables.

using namespace tresse;

namespace {

using EachMonth = std::function<void(const world::World&, Month)>;

/// The months of one arm from the policy date, after the settling months.
world::World lived(tiny::Setup& setup, const model::Rules& rules, int months, const EachMonth& each = {}) {
    world::World w = setup.world;
    Workers workers(1);
    model::Rules before = rules;
    before.settling = true;
    model::Engine settle(before);
    settle.refresh_all(w, workers);
    while (w.now < w.policy_start) settle.step(w, workers);
    w.actions.assign(rules.policy.actions.size(), {});
    model::open_guarantee(w, rules.tariff(w.policy_start).savings);
    w.year_book.clear();
    model::Engine engine(rules);
    engine.refresh_all(w, workers);
    for (int m = 0; m < months; ++m) {
        const Month month = w.now;
        engine.step(w, workers);
        if (each) each(w, month);
        if (month.is_december()) w.year_book.clear();
    }
    return w;
}

Cents posted(const world::World& w, int rule, int to) {
    Cents out = 0;
    for (const auto& p : w.ledger.month())
        if (p.rule == rule && p.to == to) out += p.cents;
    return out;
}

/// Bed-days become points of a closed budget: four fifths in twelfths, the insurance's part of a day as advance.
void close_hospital(tiny::Setup& setup, Cents budget) {
    auto& t = setup.tariffs[0];
    funding::ClosedBudget b;
    b.rule = 4, b.payee_role = static_cast<std::uint8_t>(setup.catalogue->role("hospital_beds")), b.fixed_share = 0.8, b.year_by_entity = {budget};
    t.closed_budgets.push_back(b);
    for (auto& row : t.rows)
        if (row.total > 0 && row.service == setup.catalogue->service("hospital_day")) row.closed_budget = 0, row.rule = 4;
}

struct HospitalYear {
    Cents paid = 0;
    std::int64_t days = 0;
};

HospitalYear hospital_year(double admissions) {
    auto setup = tiny::make({.persons = 400});
    for (auto& sex : setup.tables->hospital.baseline)
        for (auto& rate : sex) rate *= static_cast<float>(admissions);
    close_hospital(setup, 40000000);
    HospitalYear out;
    const auto& c = *setup.catalogue;
    const int insurance = c.account("insurance"), house = c.account("income_hospital_beds_kind"), day = c.service("hospital_day");
    lived(setup, setup.rules(), 12, [&](const world::World& w, Month) {
        for (const auto& p : w.ledger.month())
            if (p.rule == 4 && p.from == insurance && p.to == house) out.paid += p.cents;
        out.days += w.month_book.service(world::ServiceCount::units, day);
    });
    return out;
}

}  // namespace

TEST_CASE("a closed budget is paid to the cent whatever the stays, and fewer days raise the price of a day", "[laws]") {
    const auto usual = hospital_year(1), fewer = hospital_year(0.5);
    REQUIRE(usual.days > fewer.days);
    CHECK(usual.paid == 40000000);
    CHECK(fewer.paid == 40000000);
    CHECK(static_cast<double>(fewer.paid) / static_cast<double>(fewer.days) > static_cast<double>(usual.paid) / static_cast<double>(usual.days));
}

TEST_CASE("at the end of every month no household has paid more than its ceiling after refunds", "[laws]") {
    auto setup = tiny::make({.persons = 400, .contacts_per_year = 60});
    auto& ceiling = setup.tariffs[0].ceiling;
    ceiling.by_class = {5000, 12000};
    auto rules = setup.rules();
    rules.settling = true;  // nobody dies or moves, so that what is refunded can be added up by household
    Cents refunded = 0;
    int above = 0;
    const int household = setup.catalogue->account("household");
    world::World w = setup.world;
    Workers workers(1);
    model::Engine engine(rules);
    engine.refresh_all(w, workers);
    while (w.now < w.policy_start) {
        const Month month = w.now;
        if (month.is_january()) refunded = 0;
        engine.step(w, workers);
        refunded += posted(w, 1, household);
        if (month.is_december()) continue;  // the year is closed: what was paid starts anew
        Cents due = 0;
        for (const auto& cell : w.cells)
            for (const auto& h : cell.households) {
                const Cents most = ceiling.by_class[h.ceiling_class & 1u];
                due += std::max<Cents>(0, static_cast<Cents>(h.paid) - most), above += static_cast<Cents>(h.paid) > most;
            }
        CHECK(refunded == due);
    }
    CHECK(above > 0);  // else the test shows nothing
}

TEST_CASE("gross claims double exactly when fees double and own shares stay, with the same contacts", "[laws]") {
    const auto claims = [](std::uint32_t times) {
        auto setup = tiny::make({.persons = 400});
        for (auto& row : setup.tariffs[0].rows) row.total *= times, row.extra *= times;
        Cents out = 0;
        const auto& c = *setup.catalogue;
        lived(setup, setup.rules(), 12, [&](const world::World& w, Month) {
            for (const auto& p : w.ledger.month())
                if (p.rule == 0 && c.accounts[static_cast<std::size_t>(p.to)].id.starts_with("income_")) out += p.cents;
        });
        return out;
    };
    const Cents once = claims(1);
    CHECK(once > 0);
    CHECK(claims(2) == 2 * once);
}

TEST_CASE("a sum per person with a care plan goes to the own practice for those alone, and closed gates pay nobody", "[laws]") {
    auto setup = tiny::make({.persons = 400});
    for (auto& cell : setup.world.cells)
        for (int s = 0; s < cell.slots; s += 3)
            if (!cell.persons.empty(s)) cell.persons.status[s] = world::status::Plan::set(cell.persons.status[s], 1);
    model::recount_stocks(setup.world);
    funding::PersonPayment sum;
    sum.rule = 4, sum.role = static_cast<std::uint8_t>(setup.catalogue->role("gp")), sum.kind = static_cast<std::int16_t>(setup.catalogue->kind("gp_kind"));
    sum.every_months = 1, sum.cents_by_class = {1200, 1200};
    sum.test.must = world::status::Plan::mask;
    const int practice = setup.catalogue->account("income_gp_kind");
    const auto paid = [&](std::uint32_t share) {
        auto now = tiny::make({.persons = 400});
        now.world = setup.world;
        auto one = sum;
        if (share < 0xffffffffu) one.test.indicators = 1;
        now.tariffs[0].state_payments = {one};
        funding::Indicator act;
        act.seen = 1, act.share_without = act.share_paid = share;
        now.tariffs[0].indicators = {act};
        Cents out = 0;
        std::int64_t with_plan = 0;
        lived(now, now.rules(), 1, [&](const world::World& w, Month) {
            out = posted(w, 4, practice);
            for (const auto& s : w.stocks) with_plan += s[static_cast<std::size_t>(world::Stock::with_plan)];
        });
        return std::pair{out, with_plan};
    };
    const auto [all, with_plan] = paid(0xffffffffu);
    CHECK(with_plan > 50);
    CHECK(all == 1200 * with_plan);
    const auto half = paid(0x80000000u).first;
    CHECK(half > 0);
    CHECK(half < all);
    CHECK(paid(0).first == 0);
}

TEST_CASE("a household's allowance is a transfer: it moves the household's account and no group's cost of care", "[laws]") {
    auto setup = tiny::make({.persons = 400});
    funding::PersonPayment sum;
    sum.rule = 4, sum.payee = funding::PersonPayee::household, sum.every_months = 1, sum.cents_by_class = {5000, 5000};
    sum.test.some = world::status::Carer::mask;
    const int household = setup.catalogue->account("household");
    std::int64_t with = 0, without = 0;
    Cents got = 0;
    lived(setup, setup.rules(), 1, [&](const world::World& w, Month) { without = w.month_book.group_sum(world::GroupCount::cents_public); });
    setup.tariffs[0].state_payments = {sum};
    lived(setup, setup.rules(), 1, [&](const world::World& w, Month) { with = w.month_book.group_sum(world::GroupCount::cents_public), got = posted(w, 4, household); });
    CHECK(got > 0);
    CHECK(got % 5000 == 0);
    CHECK(with == without);
}

TEST_CASE("a practice under a contract gets its yearly premium in December and nobody else does", "[laws]") {
    auto setup = tiny::make({.persons = 400});
    for (auto& p : setup.world.providers) p.panel = 200;
    for (auto& cell : setup.world.cells)
        for (int s = 0; s < cell.slots; ++s)
            if (!cell.persons.empty(s)) cell.persons.status[s] = world::status::Record::set(cell.persons.status[s], 1);
    model::recount_stocks(setup.world);
    funding::PracticePayment premium;
    premium.rule = 4, premium.role = static_cast<std::uint8_t>(setup.catalogue->role("gp")), premium.kind = static_cast<std::int16_t>(setup.catalogue->kind("gp_kind"));
    premium.at_point = 1000000, premium.records = 1000, premium.nurse_hours = 10, premium.nurse_hours_per_1000_records = 20;
    setup.tariffs[0].practice_payments = {premium};
    const int practice = setup.catalogue->account("income_gp_kind");
    lived(setup, setup.rules(), 12, [&](const world::World& w, Month month) {
        const Cents got = posted(w, 4, practice);
        if (!month.is_december()) CHECK(got == 0);
        else CHECK(got == Approx(200000).epsilon(0.1));  // 200 records of 1,000 at the known point; hours would allow twice as many; newborns have no record
    });
}

TEST_CASE("the guarantee reckons with history, risk cells and a cut, and an area that costs what it cost gains nothing", "[laws]") {
    auto setup = tiny::make({.persons = 2000, .death_per_year = 0.0, .settling = 24});
    auto& s = setup.tariffs[0].savings;
    s.on = true, s.account = 0, s.rule = 4, s.share = 0.5, s.first_year = 2026, s.outliers_above_percentile = 90;
    world::GuaranteeYear year;
    Cents cut = 0;
    lived(setup, setup.rules(), 12, [&](const world::World& w, Month month) {
        if (month.is_december()) year = w.guarantee.year, cut = w.guarantee.cut;
    });
    CHECK(cut > 0);
    CHECK(year.cut_off > 0);                                    // a tenth of the people spend above the 90th percentile
    CHECK(year.person_months > 2000 * 10);
    CHECK(year.noise > 0);
    const auto gap = static_cast<double>(year.forecast - year.real);
    CHECK(std::abs(gap) < 4 * static_cast<double>(year.noise) + 0.03 * static_cast<double>(year.forecast));  // nothing but chance, and what onset adds
    CHECK(year.payout == 0);                                    // there is no organisation to be paid
}

TEST_CASE("what a person spends above the cut is nobody's gain or loss") {
    model::RiskSum sum;
    sum.add(50000, 12, 30000), sum.add(10000, 6, 30000);
    CHECK(sum.cents == 40000);
    CHECK(sum.cut_off == 20000);
    CHECK(sum.months == 18);
    CHECK(sum.persons == 2);
    CHECK(sum.squares == 300 * 300 + 100 * 100);                // in EUR
}

TEST_CASE("a doubled fee moves contacts only when its elasticity is above zero, and a cut fee fewer contacts", "[laws]") {
    const auto contacts = [](float elasticity, std::uint32_t fee) {
        auto setup = tiny::make({.persons = 2000});
        setup.tables->provider.fee_elasticity = elasticity;
        auto later = setup.tariffs[0];
        for (auto& row : later.rows)
            if (row.service == setup.catalogue->service("gp_consultation") && row.total > 0) row.total = fee, row.rule = 4;
        setup.tariffs.push_back(later);
        auto rules = setup.rules();
        rules.tariff_year0 = 2025, rules.policy.start = setup.world.policy_start;
        std::int64_t out = 0;
        const int gp = setup.catalogue->service("gp_consultation");
        lived(setup, rules, 12, [&](const world::World& w, Month) { out += w.month_book.service(world::ServiceCount::asked, gp); });
        return out;
    };
    const auto usual = contacts(0, 3000);
    CHECK(contacts(0, 6000) == usual);           // size zero: nothing answers
    CHECK(contacts(0.3f, 3000) == usual);        // another rule at the same fee: no news
    const auto more = contacts(0.3f, 6000), fewer = contacts(0.3f, 1500);
    CHECK(static_cast<double>(more) / static_cast<double>(usual) == Approx(1.22).margin(0.05));   // exp(0.3 x 3000 / 4500) = 1.221
    CHECK(static_cast<double>(fewer) / static_cast<double>(usual) == Approx(0.82).margin(0.05));  // exp(-0.3 x 1500 / 2250) = 0.819
}
