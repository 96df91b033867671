#include <algorithm>
#include <limits>

#include "tresse/core/check.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;
namespace st2 = world::status2;
namespace flag = world::line_flag;

Cents ceiling_of_class(const funding::Ceiling& c, std::uint8_t ceiling_class) {
    const auto row = static_cast<std::size_t>(ceiling_class & ~chronic_household);
    if (!c.given || row >= c.by_class.size()) return std::numeric_limits<Cents>::max() / 2;
    return ceiling_class & chronic_household ? std::max<Cents>(0, c.by_class[row] - c.chronic_reduction) : c.by_class[row];
}

Cents ceiling_of(const Here& here, const world::Household& household) { return ceiling_of_class(here.rules.tariff(here.month).ceiling, household.ceiling_class); }

namespace {

/// Sums of one person's lines, so that the person's columns are touched once.
struct Account {
    int slot = -1;
    Cents total = 0, share = 0, extra = 0;
};

void book_account(Here& here, const Account& a) {
    if (a.slot < 0) return;
    world::Persons& p = here.cell.persons;
    std::int64_t* g = here.book.group_row(p.group[a.slot]);
    const Cents open = a.total - a.share - a.extra;
    g[static_cast<int>(GroupCount::cents_public)] += open;
    g[static_cast<int>(GroupCount::cents_share)] += a.share;
    g[static_cast<int>(GroupCount::cents_extra)] += a.extra;
    if (p.id[a.slot] < here.first_newcomer) g[static_cast<int>(GroupCount::cohort_cents)] += a.total;
    here.cell.households[p.household[a.slot]].paid += static_cast<std::uint32_t>(a.share);
    p.share_year[a.slot] += static_cast<std::uint32_t>(a.share);
    p.spend_year[a.slot] += static_cast<std::uint32_t>(open);
}

void pay_lines(Here& here, const funding::Tariffs& tariffs) {
    const world::Persons& p = here.cell.persons;
    const Prepared& prepared = here.prepared;
    const ProviderIndex* providers = here.place.provider[0].data();
    std::int64_t* priced = here.book.priced_rows();
    Account a;
    for (const world::Line& line : here.cell.requests) {
        if (!(line.flags & flag::served) || (prepared.bits[line.service] & service_bit::programme)) continue;
        if (line.slot != a.slot) {
            book_account(here, a);
            a = Account{line.slot, 0, 0, 0};
        }
        const int at = node(prepared.role_of[line.service], line.rank);
        const ProviderIndex provider = providers[at];
        const int contract = line.rank == 0 || provider == no_provider ? 0 : here.board.row[provider].contract;
        const std::uint16_t row = tariffs.row(contract, line.service, p.tariff_class[line.slot]);
        const funding::PriceRow& price = tariffs.rows[row];
        const std::uint32_t n = line.count;
        priced[row] += n;
        const Cents total = static_cast<Cents>(price.total) * n;
        a.total += total;
        a.share += static_cast<Cents>(price.share) * n;
        a.extra += static_cast<Cents>(price.extra) * n;
        if (line.service != prepared.s_federal) here.scratch.node_cents[static_cast<std::size_t>(at)] += total;
    }
    book_account(here, a);
}

void refunds(Here& here) {
    auto& households = here.cell.households;
    for (std::size_t h = 0; h < households.size(); ++h) {
        const Cents before = here.scratch.paid_before[h], after = households[h].paid;
        if (after == before) continue;
        const Cents ceiling = ceiling_of(here, households[h]);
        const Cents due = funding::refund_due(before, after, ceiling);
        if (due == 0) continue;
        // counted in the group of the household's first slot; the sum over groups is exact
        here.book.group(GroupCount::cents_refund, here.cell.persons.group[households[h].first_slot]) += due;
        here.did(Did::refund, 0, due);
        if (before <= ceiling) here.did(Did::ceiling_reached);
    }
}

/// Capitation and other sums per person and period, to the person's own provider: by neighbourhood thirds, three months at a time.
void person_payments(Here& here, const funding::Tariffs& tariffs) {
    if (static_cast<int>(here.cell.neighbourhood % 3) != here.month.index % 3) return;
    world::Persons& p = here.cell.persons;
    for (std::size_t k = 0; k < tariffs.person_payments.size(); ++k) {
        const funding::PersonPayment& payment = tariffs.person_payments[k];
        if (payment.every_months == 12) continue;
        const Cents times = payment.every_months == 1 ? 3 : 1;
        for (int slot = 0; slot < here.cell.slots; ++slot) {
            if (p.empty(slot)) continue;
            const int rank = world::team_rank(p.team[slot], here.prepared.team_slot_of[payment.role]);
            if (rank == 0) continue;
            const ProviderIndex provider = here.place.provider[payment.role][static_cast<std::size_t>(rank)];
            if (provider == no_provider || (payment.contract != funding::any_contract && here.board.row[provider].contract != payment.contract)) continue;
            const Cents cents = static_cast<Cents>(payment.cents_by_class[p.tariff_class[slot]]) * times;
            if (cents == 0) continue;
            here.scratch.payment_cents[k] += cents;
            here.scratch.node_cents[static_cast<std::size_t>(node(payment.role, rank))] += cents;
            here.book.group(GroupCount::cents_public, p.group[slot]) += cents;
            if (p.id[slot] < here.first_newcomer) here.book.group(GroupCount::cohort_cents, p.group[slot]) += cents;
            p.spend_year[slot] += static_cast<std::uint32_t>(cents);
            here.did(Did::capitation, 0, cents);
        }
    }
}

/// The yearly sums of the birthday month that are no service of the catalogue.
void birthday_payments(Here& here, const funding::Tariffs& tariffs) {
    world::Persons& p = here.cell.persons;
    const auto today = static_cast<std::uint8_t>(here.month.of_year());
    for (std::size_t k = 0; k < tariffs.person_payments.size(); ++k) {
        const funding::PersonPayment& payment = tariffs.person_payments[k];
        if (payment.every_months != 12) continue;
        for (int slot = 0; slot < here.cell.slots; ++slot) {
            if (p.birthday[slot] != today) continue;
            const int rank = world::team_rank(p.team[slot], here.prepared.team_slot_of[payment.role]);
            if (rank == 0) continue;
            const ProviderIndex provider = here.place.provider[payment.role][static_cast<std::size_t>(rank)];
            if (provider == no_provider || (payment.contract != funding::any_contract && here.board.row[provider].contract != payment.contract)) continue;
            const Cents cents = payment.cents_by_class[p.tariff_class[slot]];
            if (cents == 0) continue;
            here.scratch.payment_cents[k] += cents;
            here.scratch.node_cents[static_cast<std::size_t>(node(payment.role, rank))] += cents;
            here.book.group(GroupCount::cents_public, p.group[slot]) += cents;
            if (p.id[slot] < here.first_newcomer) here.book.group(GroupCount::cohort_cents, p.group[slot]) += cents;
            p.spend_year[slot] += static_cast<std::uint32_t>(cents);
            here.did(Did::record_fee, 0, cents);
        }
    }
}

}  // namespace

void settle(Here& here) {
    const funding::Tariffs& tariffs = here.rules.tariff(here.month);
    Scratch& s = here.scratch;
    auto& households = here.cell.households;
    s.paid_before.resize(households.size());
    for (std::size_t h = 0; h < households.size(); ++h) s.paid_before[h] = households[h].paid;
    pay_lines(here, tariffs);
    refunds(here);
    person_payments(here, tariffs);
    birthday_payments(here, tariffs);
    if (here.month.ends_quarter()) close_quarter(here);
    if (here.month.is_december()) close_year(here);
}

}  // namespace tresse::model
