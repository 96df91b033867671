#include "tresse/build/ties.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/core/math.hpp"

namespace tresse::build {

namespace {

/// Patients whom two providers share in one neighbourhood; providers in ascending order.
struct Shared {
    std::uint64_t pair = 0;
    float patients = 0;
};

struct Node {
    ProviderIndex provider;
    float part;  ///< of the neighbourhood's patients
};

/// Who treats a neighbourhood's patients, with the part of them that each sees. Few patients are left out: they make no tie.
std::vector<Node> nodes_of(const world::World& world, const SupplyPlan& plan, const Placement& placement, std::size_t n) {
    std::vector<Node> out;
    for (std::size_t slot = 0; slot < world::limit::team_slots; ++slot)
        for (std::size_t k = 1; k < world::limit::ranks; ++k) {
            const auto p = world.neighbourhoods[n].by_slot[slot][k];
            const float share = placement.share[n][slot][k];
            if (p == no_provider || share < 0.04f)
                continue;
            const auto& role = plan.catalogue.roles[world.providers[p].role].id;
            out.push_back({p, share * static_cast<float>(patients_of_role(role))});
        }
    return out;
}

/// Sums equal pairs, in order. Cost: one sort.
void merge(std::vector<Shared>& list) {
    std::stable_sort(list.begin(), list.end(), [](const Shared& a, const Shared& b) { return a.pair < b.pair; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (kept > 0 && list[kept - 1].pair == list[i].pair)
            list[kept - 1].patients += list[i].patients;
        else
            list[kept++] = list[i];
    }
    list.resize(kept);
}

std::vector<Shared> shared_patients(const world::World& world, const SupplyPlan& plan, const Placement& placement) {
    std::vector<Shared> all;
    std::size_t merged = 0;
    for (std::size_t n = 0; n < world.neighbourhoods.size(); ++n) {
        const auto nodes = nodes_of(world, plan, placement, n);
        const float patients = static_cast<float>(placement.patients[n]) * static_cast<float>(plan.sample);
        for (std::size_t i = 0; i < nodes.size(); ++i)
            for (std::size_t j = i + 1; j < nodes.size(); ++j) {
                // Two of one slot share nobody: a patient has one of them.
                if (world.providers[nodes[i].provider].role == world.providers[nodes[j].provider].role)
                    continue;
                const auto a = std::min(nodes[i].provider, nodes[j].provider), b = std::max(nodes[i].provider, nodes[j].provider);
                const float both = patients * nodes[i].part * nodes[j].part;
                if (both > 0.12f)
                    all.push_back({static_cast<std::uint64_t>(a) << 32 | b, both});
            }
        if (all.size() > 2 * merged + 4000000) {
            merge(all);
            merged = all.size();
        }
    }
    merge(all);
    return all;
}

class Tying {
public:
    Tying(const world::World& world, const SupplyPlan& plan) : world_(world), b_(plan.parameters), rows_(world.providers.size()) {}

    void add(const std::vector<Shared>& shared) {
        for (const auto& s : shared) {
            if (s.patients < 1.5f)
                continue;
            const auto a = static_cast<std::uint32_t>(s.pair >> 32), b = static_cast<std::uint32_t>(s.pair);
            const double strength = strength_of(a, b, static_cast<double>(s.patients));
            put(a, b, strength);
            put(b, a, strength);
        }
    }

    /// Departments: one roof, and half of what their house has with others.
    void add_houses() {
        std::vector<std::vector<std::uint32_t>> house(world_.providers.size());
        for (std::uint32_t i = 0; i < world_.providers.size(); ++i)
            if (world_.providers[i].organisation != no_provider)
                house[world_.providers[i].organisation].push_back(i);
        for (const auto& members : house) {
            // The department that the lists name carries the ties of the whole house.
            std::size_t known = 0;
            for (std::size_t m = 1; m < members.size(); ++m)
                if (rows_[members[m]].size() > rows_[members[known]].size())
                    known = m;
            const auto partners = members.empty() ? std::vector<world::Tie>() : rows_[members[known]];
            for (const auto i : members) {
                for (const auto j : members)
                    if (i != j)
                        put(i, j, b_.tie_near + b_.tie_house + 0.5 * b_.tie_shared);
                if (i == members[known])
                    continue;
                for (const auto& tie : partners) {
                    if (world_.providers[tie.to].organisation == world_.providers[i].organisation)
                        continue;
                    put(i, tie.to, 0.5 * tie.strength / 65535.0);
                    put(tie.to, i, 0.5 * tie.strength / 65535.0);
                }
            }
        }
    }

    world::Ties rows() {
        world::Ties out;
        out.first.push_back(0);
        for (auto& row : rows_) {
            const auto stronger = [](const world::Tie& a, const world::Tie& b) { return a.strength != b.strength ? a.strength > b.strength : a.to < b.to; };
            std::sort(row.begin(), row.end(), stronger);
            if (row.size() > most_ties)
                row.resize(most_ties);
            std::sort(row.begin(), row.end(), [](const world::Tie& a, const world::Tie& b) { return a.to < b.to; });
            out.tie.insert(out.tie.end(), row.begin(), row.end());
            out.first.push_back(static_cast<std::uint32_t>(out.tie.size()));
            row = {};
        }
        return out;
    }

private:
    double strength_of(std::uint32_t a, std::uint32_t b, double patients) const {
        const auto &p = world_.providers[a], &q = world_.providers[b];
        const double km = straight_km(static_cast<double>(p.lat), static_cast<double>(p.lon), static_cast<double>(q.lat), static_cast<double>(q.lon));
        return b_.tie_shared * patients / (patients + b_.tie_half_patients) + b_.tie_near * exp_d(-km / b_.tie_near_km);
    }
    void put(std::uint32_t from, std::uint32_t to, double strength) {
        const auto s = static_cast<std::uint16_t>(std::clamp(strength * 65535.0 + 0.5, 1.0, 65535.0));
        rows_[from].push_back({to, s, s});
    }

    const world::World& world_;
    const BuildParameters& b_;
    std::vector<std::vector<world::Tie>> rows_;
};

}  // namespace

world::Ties make_ties(const world::World& world, const SupplyPlan& plan, const Placement& placement) {
    Tying tying(world, plan);
    tying.add(shared_patients(world, plan, placement));
    tying.add_houses();
    return tying.rows();
}

}  // namespace tresse::build
