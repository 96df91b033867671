#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tresse/app/session.hpp"
#include "tresse/core/stats.hpp"
#include "tresse/scenario/scenario.hpp"

/// What a finished study says of one arm, as numbers: shares of its parts, and inputs one at a time.
namespace tresse::app {

/// A part of the arm: what it adds to a difference, on average over all orders in which the parts could come.
struct StudyShare {
    int part = 0;  ///< in the order of `scenario::parts_of`
    Range share, alone;
};

/// One input at its low and at its high end, the others at their centre.
struct StudyInput {
    std::string key;
    double low = 0, high = 0;    ///< change of the difference against the centre
    std::string at_low, at_high;  ///< the input's own values there
    bool told = false;           ///< chance alone would not give so much
};

struct StudyScore {
    std::string id;
    Range total;                      ///< of all parts together
    std::vector<StudyShare> shares;   ///< empty: no subsets were run
    double centre = 0;
    std::vector<StudyInput> inputs;   ///< largest swing first; empty: not varied one by one
};

struct StudyAnswer {
    std::string run, folder;
    std::shared_ptr<const scenario::Scenario> scenario;  ///< as the study ran it
    int arm = 0;
    int draws = 0, share_draws = 0;
    bool exact = true;        ///< shares over all subsets; else over sampled orders
    bool same_inputs = true;  ///< false: the files changed since
    std::vector<StudyScore> scores;
};

/// Whether a run folder holds a study.
bool is_study(const std::string& folder);

/// Throws: BadInput when the folder holds no finished study.
std::shared_ptr<const StudyAnswer> read_study(const std::string& folder, Session& session);

/// The newest finished study of a scenario with this id; null: there is none. Studies that cannot be read are left out.
std::shared_ptr<const StudyAnswer> newest_study(const std::string& scenario_id, Session& session);

/// Name of a part, and of an input, in the language chosen.
std::string share_name(const StudyAnswer& study, const StudyShare& share);
std::string input_name(const StudyAnswer& study, const StudyInput& input);

}  // namespace tresse::app
