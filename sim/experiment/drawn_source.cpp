#include "tresse/experiment/drawn_source.hpp"

#include <algorithm>

#include "tresse/build/reference.hpp"
#include "tresse/core/check.hpp"
#include "tresse/scenario/variant.hpp"

namespace tresse::experiment {

namespace {
constexpr std::size_t kept = 8;  // as many as threads work on, usually
}

DrawnSource::DrawnSource(const ScenarioSource& people, scenario::Scenario scenario, std::vector<std::string> keys,
                         Points points)
    : people_(people), scenario_(std::make_shared<const scenario::Scenario>(std::move(scenario))),
      keys_(std::move(keys)), points_(std::move(points)) {
    for (const std::vector<double>& point : points_)
        TRESSE_CHECK(point.size() == keys_.size(), "a point has a quantile for every number");
}

std::shared_ptr<const scenario::Scenario> DrawnSource::at(int draw) const {
    if (draw == 0)
        return scenario_;
    TRESSE_CHECK(draw > 0 && static_cast<std::size_t>(draw) <= points_.size(), "a draw is a point of the list");
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [number, made] : recent_)
            if (number == draw)
                return made;
    }
    auto made = std::make_shared<const scenario::Scenario>(
        scenario::with_numbers(*scenario_, keys_, points_[static_cast<std::size_t>(draw) - 1]));
    const std::lock_guard lock(mutex_);
    if (recent_.size() >= kept)
        recent_.erase(recent_.begin());
    recent_.emplace_back(draw, made);
    return made;
}

model::Tables DrawnSource::tables(int draw) const {
    model::Tables t = scenario::compile_tables(*at(draw), 0);
    build::complete_tables(t, people_.reference(), people_.catalogue());
    return t;
}

model::Policy DrawnSource::policy(int arm, int draw) const {
    return scenario::compile_policy(*at(draw), arm, 0);
}

std::vector<funding::Tariffs> DrawnSource::tariffs(int arm, int draw, int first_year, int last_year) const {
    return scenario::compile_tariffs(*at(draw), arm, 0, first_year, last_year);
}

}  // namespace tresse::experiment
