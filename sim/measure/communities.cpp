#include "tresse/measure/communities.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tresse::measure {

namespace {

/// Nodes with weighted ties; a node may stand for several providers, whose ties among each other are its loop.
struct Net {
    std::vector<std::vector<std::pair<int, double>>> near;
    std::vector<double> loop, degree;  ///< a loop counts twice in a degree
    double twice = 0;                  ///< sum of degrees
    void fit(std::size_t n) { near.resize(n), loop.resize(n, 0.0), degree.resize(n, 0.0); }
    void close() {
        twice = 0;
        for (std::size_t i = 0; i < near.size(); ++i) {
            degree[i] = 2 * loop[i];
            for (const auto& [to, weight] : near[i])
                degree[i] += weight;
            twice += degree[i];
        }
    }
};

/// Gives every label from 0 on, in the order of its first node.
int renumber(std::vector<int>& label) {
    std::map<int, int> known;
    for (int& l : label)
        l = known.try_emplace(l, static_cast<int>(known.size())).first->second;
    return static_cast<int>(known.size());
}

constexpr int most_rounds = 100;

/// Moves nodes one by one to the neighbouring community that gains most. Returns whether anything moved.
bool move_nodes(const Net& net, std::vector<int>& of) {
    std::vector<double> total(net.near.size(), 0.0);
    for (std::size_t i = 0; i < of.size(); ++i)
        total[static_cast<std::size_t>(of[i])] += net.degree[i];
    bool any = false;
    for (int round = 0; round < most_rounds; ++round) {
        bool moved = false;
        for (std::size_t i = 0; i < of.size(); ++i) {
            std::map<int, double> to;
            for (const auto& [j, weight] : net.near[i])
                to[of[static_cast<std::size_t>(j)]] += weight;
            const int own = of[i];
            total[static_cast<std::size_t>(own)] -= net.degree[i];
            const auto gain = [&](int c, double weight) { return weight - total[static_cast<std::size_t>(c)] * net.degree[i] / net.twice; };
            int best = own;
            double most = gain(own, to[own]);
            for (const auto& [c, weight] : to)
                if (const double g = gain(c, weight); g > most + 1e-9 * net.twice)
                    best = c, most = g;
            total[static_cast<std::size_t>(best)] += net.degree[i];
            of[i] = best;
            moved |= best != own;
        }
        any |= moved;
        if (!moved)
            break;
    }
    return any;
}

Net joined(const Net& net, const std::vector<int>& of, int count) {
    Net out;
    out.fit(static_cast<std::size_t>(count));
    std::vector<std::map<int, double>> between(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < of.size(); ++i) {
        const auto own = static_cast<std::size_t>(of[i]);
        out.loop[own] += net.loop[i];
        for (const auto& [j, weight] : net.near[i]) {
            if (of[static_cast<std::size_t>(j)] == of[i])
                out.loop[own] += weight / 2;
            else
                between[own][of[static_cast<std::size_t>(j)]] += weight;
        }
    }
    for (std::size_t c = 0; c < between.size(); ++c)
        out.near[c].assign(between[c].begin(), between[c].end());
    out.close();
    return out;
}

double pairs(double n) { return n * (n - 1) / 2; }

}  // namespace

Communities find_communities(const world::World& world, const NetworkView& view) {
    const std::vector<Tied> ties = tied_inside(world, view);
    Communities out;
    out.of.assign(world.providers.size(), -1);
    std::vector<std::size_t> provider;
    std::vector<int> row(world.providers.size(), -1);
    for (std::size_t p = 0; p < world.providers.size(); ++p)
        if (!world.providers[p].outside)
            row[p] = static_cast<int>(provider.size()), provider.push_back(p);
    Net net;
    net.fit(provider.size());
    for (const Tied& t : ties) {
        net.near[static_cast<std::size_t>(row[t.a])].emplace_back(row[t.b], t.strength);
        net.near[static_cast<std::size_t>(row[t.b])].emplace_back(row[t.a], t.strength);
    }
    net.close();
    std::vector<int> label(provider.size());
    for (std::size_t i = 0; i < label.size(); ++i)
        label[i] = static_cast<int>(i);
    while (net.twice > 0) {
        std::vector<int> of(net.near.size());
        for (std::size_t i = 0; i < of.size(); ++i)
            of[i] = static_cast<int>(i);
        const bool moved = move_nodes(net, of);
        const int count = renumber(of);
        for (int& l : label)
            l = of[static_cast<std::size_t>(l)];
        if (!moved || count == static_cast<int>(net.near.size()))
            break;
        net = joined(net, of, count);
    }
    out.count = renumber(label);
    for (std::size_t i = 0; i < label.size(); ++i)
        out.of[provider[i]] = label[i];
    out.modularity = modularity(ties, out.of).value_or(0);
    return out;
}

Value modularity(const std::vector<Tied>& ties, const std::vector<int>& of) {
    std::map<int, std::pair<double, double>> sums;  // inside, degree
    double all = 0;
    for (const Tied& t : ties) {
        const double w = t.strength;
        all += w;
        sums[of[t.a]].second += w, sums[of[t.b]].second += w;
        if (of[t.a] == of[t.b])
            sums[of[t.a]].first += w;
    }
    if (!(all > 0))
        return {};
    double out = 0;
    for (const auto& [label, sum] : sums)
        out += sum.first / all - (sum.second / (2 * all)) * (sum.second / (2 * all));
    return out;
}

Value crossing_percent(const std::vector<Tied>& ties, const std::vector<int>& label) {
    double all = 0, crossing = 0;
    for (const Tied& t : ties) {
        if (label[t.a] < 0 || label[t.b] < 0)
            continue;
        all += t.strength;
        crossing += label[t.a] == label[t.b] ? 0 : t.strength;
    }
    if (!(all > 0))
        return {};
    return 100 * crossing / all;
}

Value agreement(const std::vector<int>& a, const std::vector<int>& b) {
    std::map<std::pair<int, int>, double> both;
    std::map<int, double> in_a, in_b;
    double n = 0;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if (a[i] < 0 || b[i] < 0)
            continue;
        both[{a[i], b[i]}] += 1, in_a[a[i]] += 1, in_b[b[i]] += 1, n += 1;
    }
    if (n < 2)
        return {};
    double same = 0, of_a = 0, of_b = 0;
    for (const auto& [labels, count] : both)
        same += pairs(count);
    for (const auto& [label, count] : in_a)
        of_a += pairs(count);
    for (const auto& [label, count] : in_b)
        of_b += pairs(count);
    const double chance = of_a * of_b / pairs(n), most = (of_a + of_b) / 2;
    if (!(most > chance))
        return {};
    return (same - chance) / (most - chance);
}

}  // namespace tresse::measure
