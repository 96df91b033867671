#pragma once

#include "tresse/core/workers.hpp"
#include "tresse/experiment/fork.hpp"
#include "tresse/experiment/plan.hpp"
#include "tresse/model/step.hpp"

/// One future: settling, then the arms one after the other.
namespace tresse::experiment {

/// The run was asked to stop; caught where the replicate was started.
struct Stopped {};

/// Counts months and asks whether to stop; for several threads.
class Clock {
public:
    virtual ~Clock() = default;
    /// Throws: Stopped.
    virtual void tick() = 0;
};

/// A replicate in the making. Holds one draw's numbers and the history that arms fork from.
class Replicate {
public:
    /// `only`: the source may give its people away, since nobody else will ask for them.
    Replicate(const Plan& plan, const Source& source, int replicate, bool only, Workers& workers, Clock& clock);
    /// From the first settling month to the policy date, under the rules of the base without its actions.
    void settle();
    /// The future of one arm. `last`: the arm takes the history's memory, which is gone afterwards.
    measure::RunRecord run_arm(int arm, bool last, Probe* probe);

private:
    model::Rules rules(int arm) const;

    const Plan& plan_;
    const Source& source_;
    const int replicate_, draw_;
    const bool only_;
    Workers& workers_;
    Clock& clock_;
    model::Tables tables_;
    Inhabitants inhabitants_;
    world::World history_;
};

}  // namespace tresse::experiment
