#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "tresse/core/money.hpp"

namespace tresse::world {

/// Sums of postings of one kind: a rule moved `cents` from one account to another. Double entry: what one pays another receives.
struct Posting {
    std::int32_t rule = 0;
    std::int32_t from = 0;
    std::int32_t to = 0;
    Cents cents = 0;
    bool operator==(const Posting&) const = default;
};

/// The books of all accounts. Law: the balances always add to zero; a month's postings explain every change of balance.
class Ledger {
public:
    Ledger() = default;
    explicit Ledger(int accounts) : balance_(static_cast<std::size_t>(accounts), 0) {}

    /// Adds to this month's sum of (rule, from, to). Negative cents are a correction and are kept with their sign.
    void post(int rule, int from, int to, Cents cents);
    Cents balance(int account) const { return balance_[static_cast<std::size_t>(account)]; }
    std::span<const Cents> balances() const { return balance_; }
    /// This month's postings in the order (rule, from, to).
    std::vector<Posting> month() const;
    Cents received_in_month(int account) const;
    Cents paid_in_month(int account) const;
    /// Throws: BrokenRule when a balance changed by anything but postings or the sum is not zero. Called by close_month in every build.
    void check() const;
    /// Starts a new month: this month's postings are forgotten, balances stay.
    void open_month();

private:
    std::vector<Cents> balance_;
    std::vector<Cents> at_open_ = std::vector<Cents>(balance_.size(), 0);
    std::map<std::array<std::int32_t, 3>, Cents> month_;
};

}  // namespace tresse::world
