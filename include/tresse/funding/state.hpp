#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/money.hpp"
#include "tresse/core/uncertain.hpp"

/// What only payments per person and period ask: the state and the history of a person beyond the facts of prices. These change at any time, so
/// they are tested when the payment is made and are no part of a tariff class.
namespace tresse::funding {

/// A person as such a payment sees it. `status` and `conditions` are the packed words of world::status and world::Conditions.
struct State {
    std::uint32_t status = 0;
    std::uint64_t conditions = 0;
    std::uint16_t seen = 0;                  ///< team slots seen this or last calendar year, one bit each
    Cents shares_two_years = 0;              ///< statutory shares of this and the last calendar year
    Cents spending_last_year = 0;            ///< public money spent on the person last calendar year
    std::uint32_t indicators = 0;            ///< those that hold, by their index in the tariffs
};

/// A test over a State as its author wrote it. A flag of -1 is not asked.
struct StateWhen {
    std::int8_t care_plan = -1, case_manager = -1, informal_carer = -1;
    int stage_condition = -1, stage_from = 1, stage_to = 7;
    double shares_two_years_from_eur = -1, spending_last_year_from_eur = -1;
    std::vector<std::string> seen;           ///< provider roles, any of them

    bool any() const {
        return care_plan >= 0 || case_manager >= 0 || informal_carer >= 0 || stage_condition >= 0 || shares_two_years_from_eur >= 0 || spending_last_year_from_eur >= 0 || !seen.empty();
    }
};

/// The same compiled to masks. Law: without anything asked it holds for everybody.
struct StateTest {
    std::uint32_t must = 0, must_not = 0;    ///< bits of the status word
    std::uint32_t some = 0, none = 0;        ///< a field of it that must not, or must, be zero
    std::int8_t condition = -1, stage_from = 1, stage_to = 7;
    std::uint16_t seen = 0;
    Cents shares_from = -1, spending_from = -1;
    std::uint32_t indicators = 0;            ///< all of them

    bool holds(const State& state) const;
};

/// A recorded act that a gate asks for: done at a contact with one of some roles, in this or the last calendar year, for a share of the persons
/// that a payment for it raises.
struct IndicatorSpec {
    std::string id;
    LocalText says;
    std::vector<std::string> seen;           ///< roles, each alone in its place of the team
    Uncertain share_without_payment;         ///< of those seen, in a calendar year
    Uncertain gain_when_paid;                ///< added to that share where a payment is gated on it; 0 = no answer
    Uncertain minutes;                       ///< of the payee, for each person for whom it is done because it is paid
    int line = 0;
};

struct Indicator {
    std::uint16_t rule = 0;
    std::uint32_t key = 0;                   ///< of its luck: of its name, so that other rules do not move it
    std::uint16_t seen = 0;                  ///< team slots
    std::uint32_t share_without = 0, share_paid = 0;  ///< x 2^32
    std::uint8_t role = 0;                   ///< whose minutes the added acts take
    std::uint32_t deci_minutes = 0;
};

}  // namespace tresse::funding
