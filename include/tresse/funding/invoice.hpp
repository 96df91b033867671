#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tresse/core/money.hpp"
#include "tresse/funding/tariff.hpp"

namespace tresse::funding {

/// A person's year with providers of one contract class, to be priced: for worked examples, `explain` and tests.
struct InvoiceAsk {
    Facts facts;
    int contract = 0;
    int entity = 0;
    std::vector<std::pair<int, long long>> contacts;  ///< service, units
    int months = 12;                                  ///< of person payments
    int rule = -1;                                    ///< only rows and payments of this rule; -1 = all
    bool person_payments = true;
    State state;                                      ///< beyond the facts; its indicators by their index in the tariffs
};

struct InvoiceLine {
    int service = -1;                                 ///< -1: a person payment
    long long units = 0;
    Cents each = 0, share_each = 0;
};

struct Invoice {
    Cents received = 0;                               ///< by the providers, the organisation or the household
    Cents to_household = 0;                           ///< of which by the household itself, as an allowance
    Cents share = 0, extra = 0;                       ///< by the person: statutory, and outside the ceiling
    std::vector<std::pair<int, Cents>> by_account;    ///< public money, ascending account
    std::vector<InvoiceLine> lines;

    Cents paid_by(int account) const;
    /// "4 x 15.95 + 1 x 66.00"
    std::string arithmetic() const;
};

/// Law: received = share + extra + sum of by_account.
Invoice invoice(const Tariffs& tariffs, const InvoiceAsk& ask);

}  // namespace tresse::funding
