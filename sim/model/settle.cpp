#include <algorithm>
#include <limits>

#include "tresse/core/check.hpp"
#include "pay_line.hpp"
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

/// Lines that `deliver` did not pay: parts of stays, which are known only once a stay is.
void pay_later_lines(Here& here) {
    const Till till(here);
    const auto& requests = here.cell.requests;
    for (std::size_t i = here.scratch.paid_lines; i < requests.size(); ++i) {
        const world::Line& line = requests[i];
        if (!(line.flags & flag::served) || (here.prepared.bits[line.service] & service_bit::programme)) continue;
        const int at = node(here.prepared.role_of[line.service], line.rank);
        till.pay(line.slot, line.service, line.count, static_cast<std::size_t>(at), here.scratch.node_facts[static_cast<std::size_t>(at)].contract);
    }
}

/// In whose group a household's refund is counted: the first of its members of January who is still there, else its newborn of the lowest id.
/// A place that death left free may by now be another family's newborn.
int first_member(const Cell& cell, std::size_t household) {
    const world::Persons& p = cell.persons;
    const auto lives_here = [&](int s) { return !p.empty(s) && p.household[s] == household; };
    const int first = cell.households[household].first_slot;
    for (int s = first; s < first + cell.households[household].members; ++s)
        if (lives_here(s)) return s;
    int found = -1;
    for (int s = 0; s < cell.slots; ++s)
        if (lives_here(s) && (found < 0 || p.id[s] < p.id[found])) found = s;
    return found < 0 ? first : found;
}

void refunds(Here& here) {
    auto& households = here.cell.households;
    for (std::size_t h = 0; h < households.size(); ++h) {
        const Cents before = here.scratch.paid_before[h], after = households[h].paid;
        if (after <= here.scratch.ceilings[households[h].ceiling_class] || after == before) continue;
        const Cents ceiling = ceiling_of(here, households[h]);
        const Cents due = funding::refund_due(before, after, ceiling);
        if (due == 0) continue;
        here.book.group(GroupCount::cents_refund, here.cell.persons.group[first_member(here.cell, h)]) += due;
        here.did(Did::refund, 0, due);
        if (before <= ceiling) here.did(Did::ceiling_reached);
    }
}

/// Which ranks of the payment's role hold a provider that is paid so: all bits or none by rank, so that nobody is asked twice.
struct PaidRanks {
    PaidRanks(const Here& here, const funding::PersonPayment& payment) {
        const auto& providers = here.place.provider[payment.role];
        for (std::size_t rank = 1; rank < of.size(); ++rank) {
            const bool paid = providers[rank] != no_provider && (payment.contract == funding::any_contract || here.board.row[providers[rank]].contract == payment.contract);
            of[rank] = paid ? ~Cents{0} : Cents{0};
            any |= paid;
        }
    }
    std::array<Cents, limit::ranks> of{};
    bool any = false;
};

/// One payment to the own providers of the people in a list, where these are paid so. Without a branch: who has such a provider and is in the terms cannot be guessed.
/// Shape: `n` slots. Units: `times` payments each.
void pay_persons_of(Here& here, std::size_t k, const funding::PersonPayment& payment, const PaidRanks& ranks, const Slot* slots, std::size_t n, Cents times, Did what) {
    world::Persons& p = here.cell.persons;
    const std::uint32_t* by_class = payment.cents_by_class.data();
    const int team_slot = here.prepared.team_slot_of[payment.role];
    Cents sum = 0;
    std::int64_t paid = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const Slot slot = slots[i];
        const int rank = world::team_rank(p.team[slot], team_slot);
        const Cents cents = static_cast<Cents>(by_class[p.tariff_class[slot]]) * times & ranks.of[static_cast<std::size_t>(rank)];
        sum += cents, paid += cents != 0;
        here.scratch.node_cents[static_cast<std::size_t>(node(payment.role, rank))] += cents;
        here.book.group(GroupCount::cents_public, p.group[slot]) += cents;
        here.book.group(GroupCount::cohort_cents, p.group[slot]) += p.id[slot] < here.first_newcomer ? cents : 0;
        p.spend_year[slot] += static_cast<std::uint32_t>(cents);
    }
    here.sums.payment_cents[k] += sum;
    here.book.mechanism(MechanismCount::persons, static_cast<int>(what)) += paid;
    here.book.mechanism(MechanismCount::events, static_cast<int>(what)) += paid;
    here.book.mechanism(MechanismCount::cents, static_cast<int>(what)) += sum;
}

/// Capitation and other sums per person and period, to the person's own provider: by neighbourhood thirds, three months at a time;
/// the yearly sums that are no service of the catalogue in the birthday month.
void person_payments(Here& here, const funding::Tariffs& tariffs) {
    const bool third = static_cast<int>(here.cell.neighbourhood % 3) == here.month.index % 3;
    const world::Persons& p = here.cell.persons;
    here.scratch.fit(p.capacity());
    // the list is made once for all payments of a kind
    Slot* slots = here.scratch.chosen.data();
    const auto pay_all = [&](bool yearly, std::size_t n) {
        for (std::size_t k = 0; k < tariffs.person_payments.size(); ++k) {
            const funding::PersonPayment& payment = tariffs.person_payments[k];
            if ((payment.every_months == 12) != yearly) continue;
            const PaidRanks ranks(here, payment);
            if (!ranks.any) continue;
            pay_persons_of(here, k, payment, ranks, slots, n, payment.every_months == 1 ? 3 : 1, yearly ? Did::record_fee : Did::capitation);
        }
    };
    std::size_t n = 0;
    for (int slot = 0; slot < here.cell.slots; ++slot) {
        slots[n] = static_cast<Slot>(slot);
        n += p.birthday[slot] == here.month.of_year();
    }
    pay_all(true, n);
    if (!third) return;
    n = 0;
    for (int slot = 0; slot < here.cell.slots; ++slot) {
        slots[n] = static_cast<Slot>(slot);
        n += !p.empty(slot);
    }
    pay_all(false, n);
}

}  // namespace

void settle(Here& here) {
    const funding::Tariffs& tariffs = here.rules.tariff(here.month);
    pay_later_lines(here);
    refunds(here);
    person_payments(here, tariffs);
    if (here.month.ends_quarter()) close_quarter(here);
    if (here.month.is_december()) close_year(here);
}

}  // namespace tresse::model
