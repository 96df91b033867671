#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tresse/jury/phrase.hpp"
#include "tresse/scenario/component.hpp"
#include "tresse/scenario/proposal.hpp"

/// What a dossier's money and posts can do, by arithmetic alone, and its promises beside that. No simulation.
namespace tresse::jury {

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Working hours of a full-time post in a year. Source: A-945.
inline constexpr double hours_per_post = 1450;
/// Money is enough for its posts when it is at least this share of their cost. Source: A-946.
inline constexpr double pay_tolerance = 0.90;
/// A promise is within the means up to this multiple of what they allow. Source: A-947.
inline constexpr double claim_tolerance = 1.25;

/// The actions of the library, by component/action.
using Actions = std::map<std::string, const scenario::ActionSpec*>;

/// One action of a dossier. Missing: NaN where there is nothing to count with.
struct ActionMeans {
    const scenario::ProposalAction* action = nullptr;
    const scenario::ActionSpec* spec = nullptr;   ///< null: not in the library, not simulated
    double eur = 0, posts = 0;             ///< as the dossier says; EUR NaN: cannot be read
    double eur_there = unknown;            ///< its part of the money that there really is
    double posts_paid = unknown;           ///< posts that the money pays at the library's cost an hour
    double hours = unknown;                ///< a year, of the fewer of posts and posts paid
    double at_a_time = unknown;            ///< people whom those hours carry at the same time
    double people_per_year = unknown;      ///< people who can start in a full year
    double providers = 0;
    double share_of_target = unknown;
    bool posts_unpaid = false;             ///< the money does not pay the posts
};

struct Means {
    std::vector<ActionMeans> actions;
    double eur = 0, asked_eur = 0, posts = 0;   ///< EUR NaN: an amount cannot be read
    double paid_share = 1;                 ///< of what the actions cost, the part that is asked or the partners' own
    double people_per_year = 0;            ///< all actions, people counted once per action
    double people_by_end = 0;              ///< over the years of the plan that each action runs
    double minutes_per_target_person = unknown;   ///< a year
    bool adds_up = false;
};

/// Actions that cost more than is there are cut alike. Formula: hours = min(posts, EUR there / (EUR per hour x 1,450)) x 1,450; at a time = hours x 60 / 12 / minutes a month; a year:
/// hours x 60 / (minutes at intake + minutes a month x course months), or those at a time when there is no course.
Means means(const scenario::Proposal& proposal, const Actions& library);

/// The actions of the library that a dossier uses, for `claims`.
Actions actions_of(const Means& means);

/// How a promise stands beside the means and the simulation.
enum class ClaimWord { within, beyond, not_with_this_staff, not_from_these_actions, cannot_tell, not_comparable };

/// A number with its range as the simulation gave it; in the unit of the claim.
struct SimulatedRange {
    double middle = unknown, low = unknown, high = unknown;
    bool known() const { return middle == middle; }
    bool has_range() const { return low > -1e300 && high < 1e300; }
    double most() const { return has_range() ? high : middle; }
};

struct ClaimCheck {
    const scenario::ProposalClaim* claim = nullptr;
    double allowed = unknown;              ///< most that the means allow, in the unit of the claim
    double times = unknown;                ///< promise over that
    SimulatedRange simulated;
    ClaimWord word = ClaimWord::not_comparable;
    Phrase promise, means_allow, our_word;
};

/// Simulated ranges by claim word, when there was a simulation; "people_reached/3": until the end of year 3. Units: people who began
/// for those reached, EUR a year for money.
using ClaimRanges = std::map<std::string, SimulatedRange>;

/// Formula: most allowed = share of the target group that can be reached x the largest effect that the library's range
/// holds for those reached (readmissions for both kinds of admission). People reached are set beside both, the means and the simulation.
std::vector<ClaimCheck> claims(const scenario::Proposal& proposal, const Means& means, const Actions& library, const ClaimRanges& simulated);

}  // namespace tresse::jury
