#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "tresse/experiment/design.hpp"
#include "tresse/experiment/scenario_source.hpp"

namespace tresse::experiment {

/// Numbers and rules at the points of a study; people and reference sample of a source that was made once.
/// Draw d >= 1 is point d - 1 of the list; draw 0 has the central values.
class DrawnSource : public Source {
public:
    /// `scenario`: the arms to run (`scenario::with_parts`), over the same people and catalogue as `people`, which must
    /// live as long. Shape: points[i] as `keys`.
    DrawnSource(const ScenarioSource& people, scenario::Scenario scenario, std::vector<std::string> keys, Points points);

    const world::Catalogue& catalogue() const override { return people_.catalogue(); }
    const world::World& population() const override { return people_.population(); }
    void fit_supply(world::World& world, const model::Tables& drawn) const override { people_.fit_supply(world, drawn); }
    model::Tables tables(int draw) const override;
    model::Policy policy(int arm, int draw) const override;
    std::vector<funding::Tariffs> tariffs(int arm, int draw, int first_year, int last_year) const override;

private:
    /// The scenario at a point; the last few are kept, since every arm of a future asks for the same.
    std::shared_ptr<const scenario::Scenario> at(int draw) const;

    const ScenarioSource& people_;
    std::shared_ptr<const scenario::Scenario> scenario_;
    std::vector<std::string> keys_;
    Points points_;
    mutable std::mutex mutex_;
    mutable std::vector<std::pair<int, std::shared_ptr<const scenario::Scenario>>> recent_;
};

}  // namespace tresse::experiment
