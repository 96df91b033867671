#pragma once

#include <memory>
#include <vector>

#include "tresse/core/month.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/model/rules.hpp"
#include "tresse/world/world.hpp"

namespace tresse::model {

struct Seen;

/// Carries worlds through months under one set of rules (an arm, a parameter draw). Holds the tables in reading order and the memory that months share.
/// Use one per arm and thread of replicates; results depend on the world and the rules alone.
class Engine {
public:
    /// Requires: `rules` outlives the engine.
    explicit Engine(const Rules& rules);
    ~Engine();
    Engine(Engine&&) noexcept;

    /// One month. A: persons ask. B: providers say how far they get. C: persons receive. D: books and behaviour.
    /// Laws, checked every month in every build: persons are conserved (before + births + arrivals - deaths - departures = after); the ledger's
    /// balances add to zero; what providers received equals the postings to their kinds. Throws: BrokenRule.
    void step(world::World& world, Workers& workers);

    /// Recomputes gates, rates, profile, tariff class and group of every person: after the world was built, and at the fork, when other rules apply
    /// to the same persons. Changes no luck.
    void refresh_all(world::World& world, Workers& workers);

    /// Counts the stocks anew from the columns and compares. Throws: BrokenRule when a stock kept by difference drifted.
    void recount(const world::World& world) const;

    /// Accepted events of the last month in the order (person, mark); empty unless Rules::log_events.
    std::vector<Seen> seen() const;

    const Rules& rules() const;

private:
    struct Memory;
    std::unique_ptr<Memory> memory_;
};

/// Hash of everything that is a result: columns of all persons in the order of their ids, households, providers, ledger, books. Independent of
/// threads, pieces and cell capacity.
std::uint64_t state_hash(const world::World& world);

}  // namespace tresse::model
