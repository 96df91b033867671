#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tresse/core/month.hpp"
#include "tresse/funding/tariff.hpp"
#include "tresse/measure/record.hpp"
#include "tresse/model/policy.hpp"
#include "tresse/model/tables.hpp"
#include "tresse/world/catalogue.hpp"
#include "tresse/world/world.hpp"

/// Which futures are run: arms x replicates, and who gets the results.
namespace tresse::model {
class Witness;
struct Rules;
struct Seen;
}  // namespace tresse::model

namespace tresse::experiment {

/// What to run. A replicate is one future: one luck and one draw of the uncertain numbers, shared by all arms.
struct Plan {
    std::vector<std::string> arms;  ///< ids, in the order of the scenario
    int base = 0;                   ///< row of `arms`: its rules hold while settling
    std::vector<int> run_arms;      ///< rows of `arms` to run; empty = all
    int first_replicate = 0, replicates = 12;
    bool draw_parameters = true;  ///< false: central values in all replicates
    int replicates_per_draw = 1;  ///< 2 and more tell chance from parameters (`decide::difference`), at that price
    bool same_luck = false;       ///< the repeats of every draw have the same lucks: for points that are compared
    int policy_months = 120;
    std::uint64_t seed = 2026;
    int threads = 1;
    bool last_of_source = false;  ///< nobody will ask the source for its people again: the last replicate may take them
    std::uint64_t memory_bytes = 0;  ///< that worlds may take together; 0 = no limit
};

/// 0 = central values, else 1, 2, 3 ...
int draw_of(const Plan& plan, int replicate);
/// Luck of a replicate; the population keeps its own seed, so that replicates change luck, not people.
/// Formula: by the replicate's number; with `same_luck` by its number within the draw.
std::uint64_t luck_of(const Plan& plan, int replicate);

/// Where numbers, rules and people come from. Asked by several threads at once: answers must not change anything.
class Source {
public:
    virtual ~Source() = default;
    virtual const world::Catalogue& catalogue() const = 0;
    /// The people of the area at the first settling month. Replicates get copies.
    virtual const world::World& population() const = 0;
    /// Gives the people away to the last who asks for them; afterwards `population` has only its dates. False: a copy is needed.
    virtual bool take_population(world::World& out) const {
        (void)out;
        return false;
    }
    /// Gives a copy of the people the posts of a draw: care is balanced against them (`build::fit_supply`). Default: every draw has the same posts.
    virtual void fit_supply(world::World& world, const model::Tables& drawn) const { (void)world, (void)drawn; }
    /// Numbers of one draw, complete: with the constants that need a population.
    virtual model::Tables tables(int draw) const = 0;
    virtual model::Policy policy(int arm, int draw) const = 0;
    /// One money table per year, without the sums of closed budgets.
    virtual std::vector<funding::Tariffs> tariffs(int arm, int draw, int first_year, int last_year) const = 0;
};

/// Where finished pieces go. Calls come one at a time, in any order of replicates (arms of a replicate in their order):
/// (arm, replicate) is the key.
class Sink {
public:
    virtual ~Sink() = default;
    virtual void finished(const measure::RunRecord& record) = 0;
    /// True when the piece is there already, with the hash of its record: it is not run again.
    virtual bool has(int arm, int replicate, std::uint64_t& hash) const {
        (void)arm, (void)replicate, (void)hash;
        return false;
    }
};

/// How far it is, and whether to stop.
class Progress {
public:
    virtual ~Progress() = default;
    /// Months of one world, settling included. Calls come one at a time.
    virtual void at(std::int64_t done, std::int64_t total) { (void)done, (void)total; }
    /// Asked between months by several threads at once: true ends the run; finished pieces are kept.
    virtual bool stop() const { return false; }
};

/// Looks into running worlds: for one life, for tables of supply and ties. Calls come from several threads at once,
/// those of one piece in order.
class Probe {
public:
    virtual ~Probe() = default;
    /// At the policy date, before any month of the arm.
    virtual void at_start(const world::World& world, const model::Rules& rules, int arm, int replicate) {
        (void)world, (void)rules, (void)arm, (void)replicate;
    }
    /// Who looks into the months of this piece from inside; null: nobody, and no events are kept.
    virtual model::Witness* witness(int arm, int replicate) {
        (void)arm, (void)replicate;
        return nullptr;
    }
    /// Before `month`, when there is a witness: the events that happened, by person.
    virtual void events(const std::vector<model::Seen>& seen, int arm, int replicate) { (void)seen, (void)arm, (void)replicate; }
    /// After a month of the policy period.
    virtual void month(const world::World& world, Month month, int arm, int replicate) {
        (void)world, (void)month, (void)arm, (void)replicate;
    }
    virtual void at_end(const world::World& world, int arm, int replicate) { (void)world, (void)arm, (void)replicate; }
};

}  // namespace tresse::experiment
