#pragma once

#include <map>

#include "model/tiny_world.hpp"
#include "tresse/experiment/run.hpp"

/// The tiny world as a source, with arms: 0 today, 1 the same again, 2 onset doubled from the second year, 3 half the GPs.
namespace tresse::experiment::test {

class TinySource : public Source {
public:
    explicit TinySource(const tiny::Options& options = {}) : setup_(tiny::make(options)) {}
    tiny::Setup& setup() { return setup_; }

    const world::Catalogue& catalogue() const override { return *setup_.catalogue; }
    const world::World& population() const override { return setup_.world; }
    model::Tables tables(int draw) const override {
        model::Tables t = *setup_.tables;
        for (auto& condition : t.disease.condition)
            condition.progression[1] *= 1.0f + 0.1f * static_cast<float>(draw);
        return t;
    }
    model::Policy policy(int arm, int) const override {
        model::Policy p;
        if (arm == 2)
            p.hazards.push_back({model::LeverKind::onset, -1, 0.2f, setup_.world.policy_start + 12});
        if (arm == 3)
            p.capacity.push_back({setup_.catalogue->role("gp"), 0.5, false, setup_.world.policy_start});
        return p;
    }
    std::vector<funding::Tariffs> tariffs(int, int, int first, int last) const override {
        return std::vector<funding::Tariffs>(static_cast<std::size_t>(last - first + 1), setup_.tariffs[0]);
    }

private:
    tiny::Setup setup_;
};

/// Keeps records by key, as a store does.
class MemorySink : public Sink {
public:
    std::map<std::pair<int, int>, measure::RunRecord> records;  ///< (replicate, arm)
    int calls = 0;

    void finished(const measure::RunRecord& r) override {
        ++calls;
        records[{r.replicate, r.arm}] = r;
    }
    bool has(int arm, int replicate, std::uint64_t& hash) const override {
        const auto found = records.find({replicate, arm});
        if (found == records.end())
            return false;
        hash = found->second.hash;
        return true;
    }
};

inline Plan tiny_plan(int arms = 2, int replicates = 2, int months = 14) {
    Plan plan;
    for (int a = 0; a < arms; ++a)
        plan.arms.push_back("arm-" + std::to_string(a));
    plan.replicates = replicates;
    plan.policy_months = months;
    plan.seed = 5;
    return plan;
}

}  // namespace tresse::experiment::test
