#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "tresse/core/check.hpp"
#include "tresse/model/close.hpp"

/// Postings of a month, for the files that close it; not for other rooms.
namespace tresse::model {

/// Accounts that postings of the month name, found once.
struct Accounts {
    explicit Accounts(const world::Catalogue& c)
        : household(c.account("household")), outside(c.account("outside")), wages(c.account("wages")), owners(c.account("owners")), organisation(c.account("organisation")) {
        for (std::size_t k = 0; k < c.kinds.size(); ++k) income.push_back(c.account("income_" + c.kinds[k].id));
        for (const auto& a : c.accounts) financing.push_back(c.account("financing_" + a.id));
    }
    int household, outside, wages, owners, organisation;
    std::vector<int> income, financing;
};

/// The provider kind that is paid for a service under a contract: the kind of that role and contract, else the first of the role.
inline int kind_paid(const world::Catalogue& c, int service, int contract) {
    const int role = c.services[static_cast<std::size_t>(service)].role;
    int first = -1;
    for (std::size_t k = 0; k < c.kinds.size(); ++k) {
        if (c.kinds[k].role != role) continue;
        if (first < 0) first = static_cast<int>(k);
        if (contract != funding::any_contract && c.kinds[k].contract == contract) return static_cast<int>(k);
    }
    return first;
}

class Poster {
public:
    Poster(world::World& world, const Prepared& prepared, Month month)
        : world_(world), prepared_(prepared), catalogue_(*prepared.rules->catalogue), tariffs_(prepared.rules->tariff(month)), accounts_(catalogue_) {}

    const Accounts& accounts() const { return accounts_; }
    const world::Catalogue& catalogue() const { return catalogue_; }
    const funding::Tariffs& tariffs() const { return tariffs_; }

    /// A public amount leaves the payers of a split for an account; each payer draws it from its financing.
    void pay_public(int rule, int split, int entity, int to, Cents amount) {
        if (amount == 0) return;
        const funding::Split& s = tariffs_.split_in(split, entity);
        funding::share_out(s, amount, part_);
        for (std::size_t i = 0; i < s.account.size(); ++i) {
            const int from = s.account[i];
            const int source = accounts_.financing[static_cast<std::size_t>(from)];
            if (source >= 0) world_.ledger.post(rule, source, from, part_[i]);
            world_.ledger.post(rule, from, to, part_[i]);
            if (from == accounts_.organisation && !world_.organisations.empty()) world_.organisations[0].budget -= part_[i], world_.organisations[0].spent += part_[i];
        }
    }

    void price_row(int row, int entity, std::int64_t units) {
        const funding::PriceRow& price = tariffs_.rows[static_cast<std::size_t>(row)];
        const bool federal = price.service == prepared_.s_federal;
        const int kind = kind_paid(catalogue_, price.service, price.contract);
        const int to = federal || kind < 0 ? accounts_.outside : accounts_.income[static_cast<std::size_t>(kind)];
        const Cents share = static_cast<Cents>(price.share) * units, extra = static_cast<Cents>(price.extra) * units;
        pay_public(price.rule, price.split, entity, to, static_cast<Cents>(price.public_part()) * units);
        world_.ledger.post(price.rule, accounts_.household, to, share + extra);
        if (!federal) to_providers_ += static_cast<Cents>(price.total) * units;
    }

    /// A provider kind receives: `kind` as the rule names it, -1 = the first that staffs the role.
    void to_role(int rule, int split, int entity, int role, int kind, Cents amount) {
        for (std::size_t k = 0; kind < 0 && k < catalogue_.kinds.size(); ++k)
            if (catalogue_.kinds[k].role == role) kind = static_cast<int>(k);
        TRESSE_CHECK(kind >= 0, "a payment names a role that somebody staffs");
        pay_public(rule, split, entity, accounts_.income[static_cast<std::size_t>(kind)], amount);
        to_providers_ += amount;
    }

    /// One payment per person that asks for state, summed over the persons of an entity.
    void state_payment(const funding::PersonPayment& p, int entity, Cents amount) {
        if (amount == 0) return;
        if (p.payee == funding::PersonPayee::provider) return to_role(p.rule, p.split, entity, p.role, p.kind, amount);
        const bool organisation = p.payee == funding::PersonPayee::organisation;
        pay_public(p.rule, p.split, entity, organisation ? accounts_.organisation : accounts_.household, amount);
        if (organisation && !world_.organisations.empty()) world_.organisations[0].received += amount, world_.organisations[0].budget += amount;
    }

    Cents to_providers() const { return to_providers_; }

private:
    world::World& world_;
    const Prepared& prepared_;
    const world::Catalogue& catalogue_;
    const funding::Tariffs& tariffs_;
    Accounts accounts_;
    std::vector<Cents> part_;
    Cents to_providers_ = 0;
};

/// Sums a count by entity over pieces. Shape: result[entity].
template <class Get>
std::vector<std::int64_t> by_entity(const world::World& world, const world::Catalogue& c, Get&& get) {
    std::vector<std::int64_t> sum(c.entities.size(), 0);
    for (std::size_t i = 0; i < world.pieces.size(); ++i) sum[static_cast<std::size_t>(c.places[world.pieces[i].municipality].entity)] += get(i);
    return sum;
}

/// Closed budgets: the fixed twelfths of the month, the advances that its points earned and, in December, the rest, so that a year's budget is
/// paid whole whatever the volume. Law: fixed parts + advances + rest = budget, by entity and calendar year.
void close_budgets(world::World& world, Poster& poster, Month month);
/// Premiums of practices, once a year in December, and the limits on contacts that a contract sets: an event, no money.
void close_practices(world::World& world, const Prepared& prepared, Poster& poster, Month month);

}  // namespace tresse::model
