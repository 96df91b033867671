#include <vector>

#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace {

/// Who is paid for a person this month, and what the books say of it.
class Payer {
public:
    Payer(Here& here, const funding::Tariffs& tariffs) : here_(here), tariffs_(tariffs) {}

    /// Payments that fall due: every month or in this neighbourhood's third of the quarter for everybody, the yearly ones at a birthday.
    struct Due {
        std::size_t number;
        const std::uint32_t* cents_by_class;
        std::uint64_t bit;
        funding::StateTest open;   ///< without the indicators, whose gates are drawn
    };
    void open_month() {
        const bool third = static_cast<int>(here_.cell.neighbourhood % 3) == here_.month.index % 3;
        for (std::size_t k = 0; k < tariffs_.state_payments.size(); ++k) {
            const funding::PersonPayment& payment = tariffs_.state_payments[k];
            Due due{k, payment.cents_by_class.data(), funding::Tariffs::payment_bit(k), payment.test};
            due.open.indicators = 0;
            if (payment.every_months == 1 || (payment.every_months == 3 && third)) for_all_.push_back(due), all_bits_ |= due.bit;
            if (payment.every_months == 12) at_birthday_.push_back(due), birthday_bits_ |= due.bit;
        }
    }
    bool some_for_all() const { return !for_all_.empty(); }

    void pay(int slot, bool birthday) {
        if (!tariffs_.state_pays.empty()) {
            const std::uint64_t due = birthday ? all_bits_ | birthday_bits_ : all_bits_;
            if ((tariffs_.state_pays[here_.cell.persons.tariff_class[slot]] & due) == 0) [[likely]] return;
        }
        known_ = false;
        for (const Due& due : for_all_) one(due, slot);
        if (birthday)
            for (const Due& due : at_birthday_) one(due, slot);
    }

private:
    void one(const Due& due, int slot) {
        const Cents cents = due.cents_by_class[here_.cell.persons.tariff_class[slot]];
        if (cents == 0) return;
        if (!known_) state_ = state_of(slot), known_ = true;
        if (!due.open.holds(state_)) return;
        if (!gates(tariffs_.state_payments[due.number], slot, state_)) here_.did(Did::gate_closed);
        else book(due.number, slot, cents);
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
    std::vector<Due> for_all_, at_birthday_;
    std::uint64_t all_bits_ = 0, birthday_bits_ = 0;
    bool known_ = false;      ///< `state_` is of the person being paid for
    funding::State state_;
};

}  // namespace

void pay_persons(Here& here) {
    const funding::Tariffs& tariffs = here.rules.tariff(here.month);
    if (tariffs.state_payments.empty()) return;
    const auto today = static_cast<std::uint8_t>(here.month.of_year());
    const world::Persons& p = here.cell.persons;
    Payer payer(here, tariffs);
    payer.open_month();
    const bool everybody = payer.some_for_all();
    for (int slot = 0; slot < here.cell.slots; ++slot) {
        const bool birthday = p.birthday[slot] == today;
        if (everybody ? !p.empty(slot) : birthday) payer.pay(slot, birthday);
    }
}

}  // namespace tresse::model
