#pragma once

#include <vector>

#include "tresse/model/stages.hpp"

/// Telling a life: which events a month had in store for one person, and why those that happened did. Looks on, changes nothing.
namespace tresse::model {

/// One candidate of stage 3. It happens when `luck` < `chance`: both are probabilities of this kind of event in this month.
/// Formula: chance = 1 - exp(-rate x factor), luck = 1 - exp(-rate x headroom x u), with u the candidate's own draw.
struct ToldEvent {
    int mark = 0;
    double natural = 0, chance = 0, luck = 0;
    float levers = 1, coordination = 1, control = 1;  ///< parts of the factor; season and calendar are the same in all arms
};

/// Candidates of the month of one person, in their order, from the facts as they stand before stage 3. A second or later candidate is told from the same
/// facts; what the first changed may have made it void.
/// Law: the accepted first candidate of a month is the event that stage 3 reports, and none is when it reports none.
std::vector<ToldEvent> told_events(const Here& here, int slot);

/// How a person's invitation to an action came out this month: shares and draws of `ask_to_join`.
struct ToldInvitation {
    float accepts = 0, luck = 1;   ///< says yes when luck < accepts
};
ToldInvitation told_invitation(const Rules& rules, PersonId person, std::uint32_t status, int action, Month month);

/// Looks at cells in the middle of a month. Called from several threads at once, each cell by one of them.
class Witness {
public:
    virtual ~Witness() = default;
    /// Before stage 3. Requires: nothing that `here` refers to is changed, its book neither.
    virtual void before_events(const Here& here) = 0;
};

}  // namespace tresse::model
