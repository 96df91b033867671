#include "tresse/world/ledger.hpp"

#include <numeric>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"

using namespace tresse;
using namespace tresse::world;

namespace {

Cents sum_of(const Ledger& ledger) {
    const auto balances = ledger.balances();
    return std::accumulate(balances.begin(), balances.end(), Cents{0});
}

}  // namespace

TEST_CASE("what one account pays another receives") {
    Ledger ledger(3);
    ledger.post(0, 1, 2, 500);
    ledger.post(1, 2, 0, 120);
    ledger.post(0, 1, 2, -30);  // a correction keeps its sign
    CHECK(ledger.balance(0) == 120);
    CHECK(ledger.balance(1) == -470);
    CHECK(ledger.balance(2) == 350);
    CHECK(sum_of(ledger) == 0);
    CHECK_NOTHROW(ledger.check());
}

TEST_CASE("postings of a month are sums by rule, payer and payee, in that order") {
    Ledger ledger(3);
    ledger.post(1, 0, 1, 7);
    ledger.post(0, 2, 1, 3);
    ledger.post(1, 0, 1, 5);
    ledger.post(0, 1, 2, 4);
    CHECK(ledger.month() == std::vector<Posting>{{0, 1, 2, 4}, {0, 2, 1, 3}, {1, 0, 1, 12}});
    CHECK(ledger.received_in_month(1) == 15);
    CHECK(ledger.paid_in_month(1) == 4);
}

TEST_CASE("nothing moved is no posting") {
    Ledger ledger(2);
    ledger.post(0, 0, 1, 0);
    CHECK(ledger.month().empty());
}

TEST_CASE("a new month forgets the postings and keeps the balances") {
    Ledger ledger(2);
    ledger.post(0, 0, 1, 100);
    ledger.open_month();
    CHECK(ledger.month().empty());
    CHECK(ledger.balance(1) == 100);
    CHECK_NOTHROW(ledger.check());
    ledger.post(0, 0, 1, 50);
    CHECK(ledger.received_in_month(1) == 50);
    CHECK(ledger.balance(1) == 150);
    CHECK_NOTHROW(ledger.check());
}

TEST_CASE("paying oneself changes nothing") {
    Ledger ledger(2);
    ledger.post(0, 1, 1, 80);
    CHECK(ledger.balance(1) == 0);
    CHECK_NOTHROW(ledger.check());
}

TEST_CASE("money to or from an account that does not exist is a bug") {
    Ledger ledger(2);
    CHECK_THROWS_AS(ledger.post(0, 0, 2, 1), BrokenRule);
    CHECK_THROWS_AS(ledger.post(0, -1, 1, 1), BrokenRule);
    CHECK(sum_of(ledger) == 0);
}
