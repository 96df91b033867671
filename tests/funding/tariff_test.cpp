#include "tresse/funding/tariff.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

#include "tresse/core/check.hpp"
#include "tresse/core/draw.hpp"

namespace tresse::funding {

namespace {

Cents sum(const std::vector<Cents>& parts) { return std::accumulate(parts.begin(), parts.end(), Cents{0}); }

/// Weights that add to 10,000, some of them zero.
Split random_split(std::uint64_t i) {
    Split out;
    std::int64_t left = 10000;
    const auto accounts = 1 + below(draw(7, i, 0, 1).word[0], 6);
    for (std::uint32_t k = 0; k < accounts; ++k) {
        const auto part = k + 1 == accounts ? left : static_cast<std::int64_t>(below(draw(7, i, k, 2).word[0], static_cast<std::uint32_t>(left + 1)));
        out.account.push_back(static_cast<std::int32_t>(k)), out.weight.push_back(part);
        left -= part;
    }
    return out;
}

}  // namespace

TEST_CASE("what the payers give adds to the amount, whatever the split", "[law]") {
    for (std::uint64_t i = 0; i < 20000; ++i) {
        const auto split = random_split(i);
        const auto amount = static_cast<Cents>(draw(7, i, 0, 3).word[0]) - (i % 2 == 0 ? 0 : 1000000000);
        std::vector<Cents> parts;
        share_out(split, amount, parts);
        REQUIRE(sum(parts) == amount);
        for (std::size_t k = 0; k < parts.size(); ++k)
            if (split.weight[k] == 0) REQUIRE(parts[k] == 0);
    }
}

TEST_CASE("a tie of the largest remainder goes to the earlier payer") {
    std::vector<Cents> parts;
    share_out({{4, 9}, {5000, 5000}, -1}, 101, parts);
    CHECK(parts == std::vector<Cents>{51, 50});   // by hand: 50.5 each, the odd cent to the first
    share_out({{4, 9, 2}, {3333, 3333, 3334}, -1}, 100, parts);
    CHECK(parts == std::vector<Cents>{33, 33, 34});
}

TEST_CASE("money is never shared out before the place has named the federated body") {
    std::vector<Cents> parts;
    CHECK_THROWS_AS(share_out({{competent_federated}, {10000}, -1}, 100, parts), BrokenRule);
}

TEST_CASE("after refunds a household has never paid more than its ceiling, however its shares arrive", "[law]") {
    for (std::uint64_t i = 0; i < 5000; ++i) {
        const Cents ceiling = below(draw(8, i, 0, 1).word[0], 60000);
        Cents paid = 0, refunded = 0;
        for (std::uint32_t month = 0; month < 12; ++month) {
            const Cents share = below(draw(8, i, month, 2).word[0], 12000);
            refunded += refund_due(paid, paid + share, ceiling);
            paid += share;
            REQUIRE(paid - refunded <= ceiling);
            REQUIRE(paid - refunded == std::min(paid, ceiling));   // and not a cent is refunded too early
        }
    }
}

TEST_CASE("shares that come in another order are refunded alike", "[law]") {
    const Cents ceiling = 51692;
    CHECK(refund_due(0, 40000, ceiling) + refund_due(40000, 70000, ceiling) == refund_due(0, 30000, ceiling) + refund_due(30000, 70000, ceiling));
    CHECK(refund_due(0, 70000, ceiling) == 18308);   // 700.00 - 516.92
}

TEST_CASE("a household's ceiling follows its income, and increased reimbursement never raises it") {
    Ceiling c;
    c.given = true;
    c.income_from = {0, 1268119, 2268706};
    c.by_class = {25499, 51692, 74666, 51692};
    CHECK(c.class_of(0, false) == 0);
    CHECK(c.class_of(1268118, false) == 0);
    CHECK(c.class_of(1268119, false) == 1);
    CHECK(c.class_of(9000000, false) == 2);
    CHECK(c.class_of(9000000, true) == 3);   // 516.92 instead of 746.66
    CHECK(c.class_of(500000, true) == 0);    // 254.99 is lower still
}

TEST_CASE("in a closed budget one stay less changes the price of a point and no total", "[law]") {
    const Cents year = 100000001, fixed = 85000001;
    const std::vector<std::int64_t> before{4000, 6000, 0}, after{4000, 5993, 0};
    const Cents each = 1500;
    const auto total = [&](const std::vector<std::int64_t>& points) {
        Cents advances = 0;
        for (const auto p : points) advances += p * each;
        return fixed + advances + sum(year_end_by_points(year, fixed, advances, points));
    };
    CHECK(total(before) == year);
    CHECK(total(after) == year);
    const auto first = year_end_by_points(year, fixed, 10000 * each, before);
    CHECK(first[2] == 0);
    CHECK(first[0] + first[1] == 0);   // 150,000.00 of advances are exactly the variable part
    const auto second = year_end_by_points(year, fixed, 9993 * each, after);
    CHECK(second[0] + second[1] == 7 * each);
    CHECK(second[0] > first[0]);       // the others earn more a day
}

TEST_CASE("a budget without points leaves its variable part unpaid instead of dividing by nothing") {
    CHECK(year_end_by_points(1000, 850, 0, std::vector<std::int64_t>{0, 0}) == std::vector<Cents>{0, 0});
}

TEST_CASE("twelve fixed parts make the fixed share of the year") {
    ClosedBudget b;
    b.year_by_entity = {123456789, 1};
    b.fixed_share = 0.85;
    Cents paid = 0;
    for (int month = 0; month < 12; ++month) paid += fixed_part(b, 0, month);
    CHECK(paid == 104938271);   // 123,456,789 x 0.85 = 104,938,270.65
}

TEST_CASE("a budget by inhabitants counts every person at the amount of the age") {
    Tariffs t;
    t.closed_budgets.resize(1);
    t.closed_budgets[0].cents_per_person.fill(100);
    t.closed_budgets[0].cents_per_person[80] = 5000;
    std::vector<std::array<std::int64_t, world::oldest_age + 1>> persons(2);
    persons[0][10] = 7, persons[1][80] = 3;
    set_budgets(t, persons);
    CHECK(t.closed_budgets[0].year_by_entity == std::vector<Cents>{700, 15000});
}

TEST_CASE("savings are shared and losses are not") {
    SavingsShare s;
    s.on = true, s.share = 0.5;
    CHECK(savings_payment(s, 1000001, 900000) == 50001);   // half of 1,000.01 EUR, half a cent up
    CHECK(savings_payment(s, 900000, 1000000) == 0);
    s.on = false;
    CHECK(savings_payment(s, 1000000, 0) == 0);
}

TEST_CASE("a nurse premium follows the smaller of its two ratios") {
    PracticePayment p;
    p.at_point = 19881100, p.records = 10000, p.nurse_hours = 120;
    CHECK(practice_payment(p, 10000, 120) == 19881100);
    CHECK(practice_payment(p, 5000, 120) == 9940550);
    CHECK(practice_payment(p, 10000, 30) == 4970275);
    CHECK(practice_payment(p, 0, 30) == 0);
}

}  // namespace tresse::funding
