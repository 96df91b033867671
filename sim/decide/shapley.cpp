#include "tresse/decide/shapley.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <set>

#include "tresse/core/check.hpp"
#include "tresse/core/draw.hpp"
#include "tresse/core/hash.hpp"

namespace tresse::decide {

namespace {

/// a! b! / (a + b + 1)!
double weight(int a, int b) {
    double w = 1.0 / (a + b + 1);
    for (int i = 1; i <= std::min(a, b); ++i)
        w *= static_cast<double>(i) / (std::max(a, b) + i);
    return w;
}

void apart(int parts, Shares& out, auto&& worth) {
    const Subset all = (Subset{1} << parts) - 1;
    const double none = worth(0), whole = worth(all);
    out.total = whole - none;
    out.together = out.total;
    for (int i = 0; i < parts; ++i) {
        out.alone.push_back(worth(Subset{1} << i) - none);
        out.last.push_back(whole - worth(all & ~(Subset{1} << i)));
        out.together -= out.alone.back();
    }
}

}  // namespace

Shares shapley(int parts, std::span<const double> worth) {
    TRESSE_CHECK(parts >= 1 && parts <= 16, "exact shares need every subset");
    TRESSE_CHECK(worth.size() == std::size_t{1} << parts, "every subset has a worth");
    Shares out;
    const Subset all = (Subset{1} << parts) - 1;
    out.share.assign(static_cast<std::size_t>(parts), 0);
    out.pairs.assign(static_cast<std::size_t>(parts), std::vector<double>(static_cast<std::size_t>(parts), 0));
    for (Subset s = 0; s <= all; ++s) {
        const int size = std::popcount(s);
        for (int i = 0; i < parts; ++i) {
            const Subset bit = Subset{1} << i;
            if (s & bit)
                continue;
            out.share[static_cast<std::size_t>(i)] += weight(size, parts - size - 1) * (worth[s | bit] - worth[s]);
            for (int j = i + 1; j < parts; ++j) {
                const Subset other = Subset{1} << j;
                if (s & other)
                    continue;
                const double second = worth[s | bit | other] - worth[s | bit] - worth[s | other] + worth[s];
                out.pairs[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] +=
                    weight(size, parts - size - 2) * second;
            }
        }
    }
    for (std::size_t i = 0; i < out.pairs.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            out.pairs[i][j] = out.pairs[j][i];
    apart(parts, out, [&](Subset s) { return worth[s]; });
    return out;
}

std::vector<std::vector<int>> arrival_orders(int parts, int pairs, std::uint64_t seed) {
    std::vector<std::vector<int>> out;
    const std::uint64_t what = hash_text("study: order of arrival");
    for (int p = 0; p < pairs; ++p) {
        std::vector<std::pair<std::uint32_t, int>> keys;
        for (int i = 0; i < parts; ++i)
            keys.emplace_back(draw(mix64(seed, static_cast<std::uint64_t>(p)), what, static_cast<std::uint32_t>(i),
                                   Purpose::parameter)
                                  .word[0],
                              i);
        std::sort(keys.begin(), keys.end());
        std::vector<int> order;
        for (const auto& [key, i] : keys)
            order.push_back(i);
        out.push_back(order);
        std::reverse(order.begin(), order.end());
        out.push_back(std::move(order));
    }
    return out;
}

std::vector<Subset> subsets_of(int parts, const std::vector<std::vector<int>>& orders) {
    std::set<Subset> out = {0, (Subset{1} << parts) - 1};
    for (const std::vector<int>& order : orders) {
        Subset s = 0;
        for (const int i : order)
            out.insert(s |= Subset{1} << i);
    }
    // each part alone and each left out, so that interaction can be shown
    for (int i = 0; i < parts; ++i)
        out.insert({Subset{1} << i, ((Subset{1} << parts) - 1) & ~(Subset{1} << i)});
    return {out.begin(), out.end()};
}

Shares shapley_sampled(int parts, const std::vector<std::vector<int>>& orders, const std::map<Subset, double>& worth) {
    TRESSE_CHECK(!orders.empty(), "shares need an order of arrival");
    Shares out;
    out.share.assign(static_cast<std::size_t>(parts), 0);
    const auto value = [&](Subset s) {
        const auto found = worth.find(s);
        TRESSE_CHECK(found != worth.end(), "every subset on the way has a worth");
        return found->second;
    };
    for (const std::vector<int>& order : orders) {
        Subset s = 0;
        for (const int i : order) {
            const Subset with = s | Subset{1} << i;
            out.share[static_cast<std::size_t>(i)] += (value(with) - value(s)) / static_cast<double>(orders.size());
            s = with;
        }
    }
    apart(parts, out, value);
    return out;
}

}  // namespace tresse::decide
