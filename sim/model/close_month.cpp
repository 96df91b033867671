#include <algorithm>
#include <string>

#include "tresse/core/check.hpp"
#include "tresse/model/close.hpp"

namespace tresse::model {

void Handover::fit(std::size_t cells, std::size_t pieces, std::size_t payments, std::size_t actions) {
    payment_cents.assign(pieces, std::vector<std::int64_t>(payments, 0));
    state_cents.assign(pieces, {});
    action_cents.assign(pieces, std::vector<std::int64_t>(actions, 0));
    action_counts.assign(pieces, std::vector<std::int64_t>(actions * action_count, 0));
    node_cents.assign(cells, {});
    node_admin.assign(cells, {});
}

namespace {

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
int kind_paid(const world::Catalogue& c, int service, int contract) {
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

void post_prices(world::World& world, const world::Catalogue& c, Poster& poster) {
    const int rows = static_cast<int>(poster.tariffs().rows.size());
    for (int row = 0; row < rows; ++row) {
        if (world.month_book.priced(row) == 0) continue;
        const auto units = by_entity(world, c, [&](std::size_t i) { return world.piece_books[i].priced(row); });
        for (std::size_t e = 0; e < units.size(); ++e)
            if (units[e] != 0) poster.price_row(row, static_cast<int>(e), units[e]);
    }
}

void post_sums(world::World& world, const world::Catalogue& c, Poster& poster, const Handover& handover) {
    const funding::Tariffs& t = poster.tariffs();
    for (std::size_t k = 0; k < t.person_payments.size(); ++k) {
        const auto cents = by_entity(world, c, [&](std::size_t i) { return handover.payment_cents[i][k]; });
        for (std::size_t e = 0; e < cents.size(); ++e)
            if (cents[e] != 0) poster.to_role(t.person_payments[k].rule, t.person_payments[k].split, static_cast<int>(e), t.person_payments[k].role, t.person_payments[k].kind, cents[e]);
    }
    for (std::size_t k = 0; k < t.state_payments.size(); ++k) {
        const auto cents = by_entity(world, c, [&](std::size_t i) { return handover.state_cents[i][k]; });
        for (std::size_t e = 0; e < cents.size(); ++e) poster.state_payment(t.state_payments[k], static_cast<int>(e), cents[e]);
    }
    if (t.ceiling.given) {
        const auto refund = by_entity(world, c, [&](std::size_t i) { return world.piece_books[i].group_sum(GroupCount::cents_refund); });
        for (std::size_t e = 0; e < refund.size(); ++e) poster.pay_public(t.ceiling.rule, t.ceiling.split, static_cast<int>(e), poster.accounts().household, refund[e]);
    }
    if (t.benefits.given) {
        for (std::size_t kind = 0; kind < 2; ++kind) {
            const auto stock = static_cast<std::size_t>(kind == 0 ? world::Stock::sick : world::Stock::disabled);
            const auto persons = by_entity(world, c, [&](std::size_t i) { return world.stocks[i][stock]; });
            for (std::size_t e = 0; e < persons.size(); ++e) {
                poster.pay_public(t.benefits.rule, t.benefits.split, static_cast<int>(e), poster.accounts().household, persons[e] * t.benefits.month[kind]);
                if (persons[e] > 0) world.month_book.touch(static_cast<int>(Did::benefit), 0, persons[e] * t.benefits.month[kind]);
            }
        }
    }
}

/// The fixed twelfths of closed budgets, whatever the volume.
Cents post_budgets(world::World& world, Poster& poster, Month month) {
    Cents fixed = 0;
    for (const funding::ClosedBudget& budget : poster.tariffs().closed_budgets) {
        if (budget.year_by_entity.empty()) continue;
        for (std::size_t e = 0; e < budget.year_by_entity.size(); ++e) {
            const Cents part = funding::fixed_part(budget, static_cast<int>(e), month.of_year());
            if (part == 0) continue;
            poster.to_role(budget.rule, budget.split, static_cast<int>(e), budget.payee_role, -1, part);
            fixed += part;
            world.month_book.touch(static_cast<int>(Did::closed_budget), 0, part);
        }
    }
    return fixed;
}

/// What this cell's providers earned goes to them; the sum must equal what was posted to their kinds.
Cents to_providers(world::World& world, const Handover& handover) {
    Cents sum = 0;
    for (std::size_t c = 0; c < world.cells.size(); ++c) {
        const auto& list = handover.node_cents[c];
        if (list.empty()) continue;
        const auto& place = world.neighbourhoods[world.cells[c].neighbourhood];
        for (std::size_t n = 0; n < nodes; ++n) {
            if (list[n] == 0) continue;
            sum += list[n];
            const ProviderIndex provider = place.provider[n / limit::ranks][n % limit::ranks];
            if (n % limit::ranks != 0 && provider != no_provider) world.providers[provider].income_month += list[n];
        }
    }
    return sum;
}

/// The shares of a fixed twelfth by beds go to the houses; income of a month ends as wages and owners' income, so that nothing piles up.
void close_incomes(world::World& world, const world::Catalogue& c, const Accounts& accounts, const ProviderTables& tables) {
    const int rule = std::max(0, c.rule("provider-income"));
    std::vector<Cents> wages(c.kinds.size(), 0);
    for (const world::Provider& p : world.providers) {
        if (p.outside) continue;
        wages[p.kind] += static_cast<Cents>(static_cast<double>(tables.kind[p.kind].wage_year_eur) * 100.0 / 12.0 * static_cast<double>(p.filled_milli) / 1000.0);
    }
    for (std::size_t k = 0; k < c.kinds.size(); ++k) {
        if (accounts.income[k] < 0) continue;
        const Cents income = world.ledger.balance(accounts.income[k]);
        const Cents to_wages = std::max<Cents>(0, std::min(wages[k], income));
        world.ledger.post(rule, accounts.income[k], accounts.wages, to_wages);
        world.ledger.post(rule, accounts.income[k], accounts.owners, income - to_wages);
    }
}

void sum_books(world::World& world, const Prepared& prepared) {
    world.month_book.clear();
    for (const Book& b : world.piece_books) world.month_book.add(b);
    // minutes and money of a service follow from its units
    const funding::Tariffs& tariffs = prepared.rules->tariff(world.now);
    const int services = world.month_book.shape().services;
    for (int s = 0; s < services; ++s)
        world.month_book.service(ServiceCount::deci_minutes, s) = world.month_book.service(ServiceCount::units, s) * prepared.rules->tables->provider.deci_minutes[static_cast<std::size_t>(s)];
    for (std::size_t r = 0; r < tariffs.rows.size(); ++r)
        if (const std::int64_t n = world.month_book.priced(static_cast<int>(r)); n != 0) world.month_book.service(ServiceCount::cents, tariffs.rows[r].service) += n * tariffs.rows[r].total;
    for (std::size_t i = 0; i < world.pieces.size(); ++i) {
        auto& counts = world.place_year[world.pieces[i].municipality].counts;
        for (std::size_t g = 0; g < counts.size(); ++g) counts[g] += world.piece_books[i].group_sum(static_cast<GroupCount>(g));
    }
}

}  // namespace

void close_month(world::World& world, const Prepared& prepared, Month month, const Handover& handover) {
    const world::Catalogue& c = *prepared.rules->catalogue;
    sum_books(world, prepared);
    world.ledger.open_month();
    for (world::Provider& p : world.providers) p.income_month = 0;
    Poster poster(world, prepared, month);
    post_prices(world, c, poster);
    post_sums(world, c, poster, handover);
    const Cents earned = to_providers(world, handover);
    TRESSE_CHECK(earned == poster.to_providers(), "what providers received equals what was posted to their kinds");
    post_budgets(world, poster, month);
    close_incomes(world, c, poster.accounts(), prepared.rules->tables->provider);
}

}  // namespace tresse::model
