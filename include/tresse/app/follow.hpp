#pragma once

#include <memory>
#include <string>

#include "tresse/app/commands.hpp"
#include "tresse/app/session.hpp"
#include "tresse/experiment/life.hpp"
#include "tresse/scenario/scenario.hpp"

namespace tresse::app {

/// One life of a run, lived again in its arms.
struct FollowedLife {
    std::shared_ptr<const scenario::Scenario> scenario;
    experiment::LifeAnswer answer;
    std::string run;       ///< code
    std::string asked;     ///< conditions looked for; empty: anybody
    std::uint64_t key = 0;
    int compared = 0;      ///< arms whose record was compared with the run's
    bool identical = true;
};

/// Runs a future of the run again and gives one person's life. Null: stopped on request. Throws: BadInput when nobody fits or the inputs changed.
std::shared_ptr<const FollowedLife> follow(const std::string& run, const Person& how, Session& session);

}  // namespace tresse::app
