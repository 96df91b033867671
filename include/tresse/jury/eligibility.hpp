#pragma once

#include <span>
#include <string>
#include <vector>

#include "tresse/jury/phrase.hpp"
#include "tresse/scenario/call.hpp"
#include "tresse/scenario/proposal.hpp"
#include "tresse/scenario/region.hpp"

/// Which conditions of a call a dossier meets. Findings are for the jury: nothing here keeps a dossier out.
namespace tresse::jury {

enum class State {
    met,
    advise,       ///< met, and there is an advice to give
    ask,          ///< for the jury to judge
    refuse,       ///< can refuse
    not_checked,  ///< what is needed to check it is not known
};

/// One condition of the call against one dossier.
struct Finding {
    const scenario::CallRule* rule = nullptr;
    State state = State::met;
    Phrase found, cure;                    ///< the cure is empty when nothing needs one
    int line = 0;                          ///< of the dossier; 0 = no such section
    bool unread = false;                   ///< not checked, since the file cannot be read there
    /// Whether the jury has to say why the dossier is not refused: a condition that can refuse is not met, or not read.
    bool must_be_answered() const { return state == State::refuse || (unread && rule->severity == scenario::Severity::refuse); }
};

/// Inhabitants of an area at the date that stands for the call's, parts of municipalities as the dossier counts them.
double inhabitants(const scenario::Call& call, const scenario::Proposal& proposal, const scenario::Region& region);

/// Names of the municipalities that two dossiers both claim. A part overlaps with everything.
std::vector<std::string> overlap(const scenario::Proposal& a, const scenario::Proposal& b, const scenario::Region& region, Lang lang);

/// Order: of the rules of the call. `all`: every dossier of the round, for overlaps. The call must live as long.
std::vector<Finding> eligibility(const scenario::Call& call, const scenario::Proposal& proposal, std::span<const scenario::Proposal> all, const scenario::Region& region);

/// The findings that stand against a favourable advice.
std::vector<const Finding*> to_be_answered(std::span<const Finding> findings);

/// The gravest state among findings.
State gravest(std::span<const Finding> findings);

}  // namespace tresse::jury
