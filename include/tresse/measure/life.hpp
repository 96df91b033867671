#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "tresse/core/ids.hpp"
#include "tresse/core/money.hpp"
#include "tresse/core/month.hpp"
#include "tresse/world/cell.hpp"

/// One simulated life, month by month, in every arm of one future: plain data that the terminal and the explorer read. Made by
/// `experiment::live_again`, which runs the future again. Nobody in it is real.
namespace tresse::measure {

/// What became of a request for care in its month.
enum class CareFate : std::uint8_t {
    delivered,   ///< by the provider of the person's team
    by_another,  ///< of the zone, or out of hours
    waits,       ///< to the next month
    given_up,    ///< after waiting, or turned away
};

/// Requests for one service that met the same fate.
struct LifeCare {
    std::uint8_t service = 0;  ///< of the catalogue
    CareFate fate = CareFate::delivered;
    bool emergency = false;
    std::uint8_t waited = 0;   ///< months so far
    std::int16_t action = -1;  ///< programme that it belongs to: row of the catalogue's actions
    std::uint16_t lines = 0;   ///< requests
    std::uint32_t count = 0;   ///< visits, days, packs, hours, by the service's unit
    ProviderIndex provider = no_provider;
    std::uint32_t key = 0, cut = 0;  ///< of one that waits or is given up: its place in the queue, and the first place that was not served
    bool operator==(const LifeCare&) const = default;
};

struct LifeStay {
    std::uint8_t cause = 0;  ///< of the catalogue
    bool unplanned = false, again = false, dies = false;  ///< again: within 30 days of a discharge
    std::uint16_t days = 0;
    bool operator==(const LifeStay&) const = default;
};

/// Part in an action of a component.
struct LifeEnrolment {
    std::int16_t action = 0;       ///< row of the catalogue's actions
    Month since;
    std::uint8_t dose = 0;         ///< 255 = what the trial arms received
    std::uint16_t delivered = 0;   ///< contacts so far
    float accepts = 0, luck = 1;   ///< of people of this income, the share that says yes; the person said yes when luck is below it
    bool operator==(const LifeEnrolment&) const = default;
};

/// A candidate for an event: it was drawn, and happened when `luck` lay below `chance`. Both are probabilities of this kind of event in this month.
/// Formula: chance = 1 - exp(-natural rate x factor), luck = 1 - exp(-natural rate x headroom x u). The luck is the same in every arm for the same facts.
struct LifeDraw {
    std::int32_t mark = 0;         ///< model::Mark
    bool happened = false;
    double chance = 0, luck = 0;
    double natural = 0;            ///< chance without policy, providers and season
    // what the factor is made of; 1 = nothing
    float levers = 1;              ///< of actions in which the person or the own practice takes part
    float coordination = 1, control = 1;  ///< what the team agrees; adherence and treatment
    bool operator==(const LifeDraw&) const = default;
};

/// The end of a month.
struct LifeMonth {
    Month month;
    world::PersonRow row;                       ///< every column of the person; ranks and classes among them are places in tables of this arm
    HouseholdId household = 0;
    int members = 0;                            ///< of the household, this person counted
    std::uint32_t place = 0;                    ///< municipality, of the catalogue
    Cents household_paid = 0, household_ceiling = 0;  ///< statutory shares this calendar year; the most it has to bear (above any sum: none)
    Cents own_cents = 0, public_cents = 0;      ///< this month: own share before refunds, and what payers gave for this person's care
    std::array<ProviderIndex, 16> team{};       ///< by team slot; no_provider = none
    std::uint16_t team_shares = 0;              ///< team slots whose provider shares its record, one bit each
    std::uint8_t gp_contract = 0;               ///< of the own general practice
    bool standing = false;                      ///< has daily care at home, below
    std::uint8_t nursing_days = 0, help_hours = 0;   ///< a month
    std::uint8_t carer_hours = 0;               ///< a week, unpaid
    std::uint8_t waits_for_home = 0;            ///< months on the list of a nursing home
    std::vector<LifeCare> care;
    std::vector<LifeStay> stays;
    std::vector<LifeEnrolment> enrolments;
    std::vector<std::int32_t> events;           ///< model::Mark of what happened, in its order
    std::vector<LifeDraw> draws;                ///< what could have happened, where it can be told
};

enum class LifeEnd : std::uint8_t { here, died, left_area };

/// The life in one arm. Months go from the policy date, or from birth or arrival, to the last month lived here.
struct Life {
    int arm = 0;                ///< of the scenario
    std::vector<LifeMonth> months;
    LifeEnd end = LifeEnd::here;
    std::int64_t quality = 0;   ///< lived since the policy date, in months of full health x 256
    std::uint64_t hash = 0;     ///< of the record of the arm that was run to tell it
    bool lived() const { return !months.empty(); }
};

/// Groups of facts that two arms may differ in.
enum class LifeFact : std::uint8_t {
    presence, conditions, events, stays, dependence, home, work, habits, body, team, records, care, programme, plan, coordination, attitude, carer, household,
    own_money, public_money, quality, counts,
    count
};
/// Bits of LifeFact in which two months of one person differ. Places in tables of an arm are not facts; draws are luck, not facts.
std::uint32_t differing_facts(const LifeMonth& a, const LifeMonth& b);

/// How people like this one fare in an arm against the base: same sex, ten-year age band and conditions at the policy date.
struct Alike {
    std::int64_t persons = 0, same = 0, better = 0, worse = 0;
    std::int64_t apart = 0;     ///< of `persons`: left the area in one of the two arms only, so not compared
};

/// A difference of less than this over the whole time is the same life: a week in full health. Units: months of full health x 256. Source: A-1200.
inline constexpr std::int64_t same_quality = 59;

/// What can be said of why two arms part.
enum class CauseKind : std::uint8_t {
    none,       ///< they do not part
    draw,       ///< an event was drawn in both and happened in one: `a`, `b`
    programme,  ///< takes part in `action` in one arm
    queue,      ///< `service` was delivered in one arm and not in the other
    contract,   ///< the own general practice works under another contract
    record,     ///< a provider of the team shares its record in one arm
    price,      ///< same care, another price
    tied,       ///< the team is tied otherwise: what its providers do with each other changed
    unnamed,    ///< the stages cannot tell
};
struct LifeCause {
    CauseKind kind = CauseKind::none;
    LifeDraw a, b;              ///< base and arm
    int action = -1, service = -1;
    float accepts = 0, luck = 0;
    std::uint32_t key = 0, cut_a = 0, cut_b = 0;
};

/// Where the life in an arm parts from that in the base.
struct LifeParting {
    int arm = 0;
    bool differs = false;
    Month first;                ///< first month in which any stored fact differs
    std::uint32_t facts = 0;    ///< which, bits of LifeFact
    LifeCause cause;
    bool events_differ = false;
    Month first_event;          ///< first month in which events, stays or presence differ
    LifeCause event_cause;
};

/// Compares two lives of one person month by month. Requires: of one future.
LifeParting parting(const Life& base, const Life& arm);

struct Lives {
    PersonId person = 0;
    int replicate = 0, draw = 0;
    Month policy_start;
    int months = 0;             ///< simulated
    bool alike_known = false;   ///< false for those who were born or came later
    std::vector<Life> arms;     ///< base first
    std::vector<Alike> alike;   ///< by arm; of the base nothing but `persons`
    std::vector<LifeParting> partings;  ///< by arm
};

}  // namespace tresse::measure
