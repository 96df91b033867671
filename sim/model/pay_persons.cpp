#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace {

/// Who is paid for a person this month, and what the books say of it.
class Payer {
public:
    Payer(Here& here, const funding::Tariffs& tariffs) : here_(here), tariffs_(tariffs) {}

    void pay(int slot) {
        world::Persons& p = here_.cell.persons;
        bool known = false;
        funding::State state;
        for (std::size_t k = 0; k < tariffs_.state_payments.size(); ++k) {
            const funding::PersonPayment& payment = tariffs_.state_payments[k];
            if (!due(payment, slot)) continue;
            const Cents cents = payment.cents_by_class[p.tariff_class[slot]];
            if (cents == 0) continue;
            if (!known) state = state_of(slot), known = true;
            funding::StateTest open = payment.test;
            open.indicators = 0;
            if (!open.holds(state)) continue;
            if (!gates(payment, slot, state)) here_.did(Did::gate_closed);
            else book(k, slot, cents);
        }
    }

private:
    bool due(const funding::PersonPayment& payment, int slot) const {
        if (payment.every_months == 1) return true;
        if (payment.every_months == 12) return here_.cell.persons.birthday[slot] == here_.month.of_year();
        return static_cast<int>(here_.cell.neighbourhood % 3) == here_.month.index % 3;
    }

    funding::State state_of(int slot) const {
        const world::Persons& p = here_.cell.persons;
        funding::State out;
        out.status = p.status[slot], out.conditions = p.conditions[slot];
        out.seen = static_cast<std::uint16_t>(p.seen_year[slot] | p.seen_last_year[slot]);
        out.shares_two_years = static_cast<Cents>(p.share_year[slot]) + p.share_last_year[slot];
        out.spending_last_year = p.spend_last_year[slot];
        return out;
    }

    /// Whether the acts that the payment asks for are done this year. Random: by person, year and the indicator's name, so that a payment moves
    /// only those between the two shares.
    bool gates(const funding::PersonPayment& payment, int slot, const funding::State& state) {
        bool all = true;
        for (std::size_t i = 0; i < tariffs_.indicators.size(); ++i) {
            if ((payment.test.indicators >> i & 1u) == 0) continue;
            const funding::Indicator& act = tariffs_.indicators[i];
            const bool seen = (act.seen & state.seen) != 0;
            const Block luck = draw(here_.rules.seed, here_.cell.persons.id[slot], static_cast<std::uint32_t>(here_.month.year()), sub(Purpose::indicator, act.key));
            const bool done = seen && luck.word[0] < act.share_paid;
            all = all && done;
            if (done && luck.word[0] >= act.share_without && here_.cell.persons.birthday[slot] == here_.month.of_year()) effort(act, slot);
        }
        return all;
    }

    /// An act that is done because it is paid takes minutes that nobody else gets.
    void effort(const funding::Indicator& act, int slot) {
        const int rank = provider_rank(here_, slot, act.role);
        if (rank == 0) return;
        here_.scratch.node_admin[static_cast<std::size_t>(node(act.role, rank))] += act.deci_minutes;
        here_.did(Did::act_for_payment, act.deci_minutes);
    }

    void book(std::size_t k, int slot, Cents cents) {
        const funding::PersonPayment& payment = tariffs_.state_payments[k];
        world::Persons& p = here_.cell.persons;
        if (payment.payee == funding::PersonPayee::provider) {
            const int rank = provider_rank(here_, slot, payment.role);
            if (rank == 0) return;  // nobody takes new patients: nobody is paid
            const ProviderIndex provider = here_.place.provider[payment.role][static_cast<std::size_t>(rank)];
            if (payment.contract != funding::any_contract && here_.board.row[provider].contract != payment.contract) return;
            here_.scratch.node_cents[static_cast<std::size_t>(node(payment.role, rank))] += cents;
        }
        here_.sums.state_cents[k] += cents;
        here_.did(Did::person_payment, 0, cents);
        if (payment.payee == funding::PersonPayee::household) return;  // a transfer, no care
        here_.book.group(GroupCount::cents_public, p.group[slot]) += cents;
        if (p.id[slot] < here_.first_newcomer) here_.book.group(GroupCount::cohort_cents, p.group[slot]) += cents;
        p.spend_year[slot] += static_cast<std::uint32_t>(cents);
    }

    Here& here_;
    const funding::Tariffs& tariffs_;
};

}  // namespace

void pay_persons(Here& here) {
    const funding::Tariffs& tariffs = here.rules.tariff(here.month);
    if (tariffs.state_payments.empty()) return;
    Payer payer(here, tariffs);
    for (int slot = 0; slot < here.cell.slots; ++slot)
        if (!here.cell.persons.empty(slot)) payer.pay(slot);
}

}  // namespace tresse::model
