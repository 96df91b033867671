#include "tresse/world/ledger.hpp"

#include "tresse/core/check.hpp"

namespace tresse::world {

void Ledger::post(int rule, int from, int to, Cents cents) {
    if (cents == 0) return;
    const auto n = static_cast<int>(balance_.size());
    TRESSE_CHECK(from >= 0 && from < n && to >= 0 && to < n, "every account of a posting exists");
    balance_[static_cast<std::size_t>(from)] -= cents;
    balance_[static_cast<std::size_t>(to)] += cents;
    month_[{rule, from, to}] += cents;
}

std::vector<Posting> Ledger::month() const {
    std::vector<Posting> list;
    list.reserve(month_.size());
    for (const auto& [key, cents] : month_) list.push_back({key[0], key[1], key[2], cents});
    return list;
}

Cents Ledger::received_in_month(int account) const {
    Cents sum = 0;
    for (const auto& [key, cents] : month_)
        if (key[2] == account) sum += cents;
    return sum;
}

Cents Ledger::paid_in_month(int account) const {
    Cents sum = 0;
    for (const auto& [key, cents] : month_)
        if (key[1] == account) sum += cents;
    return sum;
}

void Ledger::check() const {
    Cents sum = 0;
    for (const Cents b : balance_) sum += b;
    TRESSE_CHECK(sum == 0, "what one account pays another receives: all balances add to zero");
    std::vector<Cents> expected = at_open_;
    for (const auto& [key, cents] : month_) {
        expected[static_cast<std::size_t>(key[1])] -= cents;
        expected[static_cast<std::size_t>(key[2])] += cents;
    }
    TRESSE_CHECK(expected == balance_, "a month's postings explain every change of balance");
}

void Ledger::open_month() {
    month_.clear();
    at_open_ = balance_;
}

}  // namespace tresse::world
