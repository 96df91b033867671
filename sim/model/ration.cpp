#include "tresse/model/ration.hpp"

#include <algorithm>

#include "tresse/core/check.hpp"

namespace tresse::model {

void Flow::fit(std::size_t cells, std::size_t pieces) {
    demand.assign(cells * nodes, 0);
    emergency.assign(cells * nodes, 0);
    late.assign(cells * nodes, 0);
    queued.resize(pieces);
    tight.resize(cells);
    for (auto& lines : tight) lines.clear();
}

Cut cut_of(std::span<Queued> lines, std::int64_t available) {
    // sums by the leading bits of the key find the bucket in which the cut lies; only that bucket is sorted
    constexpr int shift = 20;  // keys have 28 bits: months waited, then luck
    std::array<std::int64_t, 256> sum{};
    const auto bucket_of = [](const Queued& q) { return std::min<std::size_t>(q.key >> shift, 255); };
    for (const Queued& q : lines) sum[bucket_of(q)] += q.deci_minutes;
    Cut cut;
    std::size_t bucket = 0;
    while (bucket < sum.size() && cut.served + sum[bucket] <= available) cut.served += sum[bucket++];
    if (bucket == sum.size()) return cut;
    const auto marginal = std::partition(lines.begin(), lines.end(), [&](const Queued& q) { return bucket_of(q) == bucket; });
    std::sort(lines.begin(), marginal, [](const Queued& a, const Queued& b) { return a.key != b.key ? a.key < b.key : a.deci_minutes < b.deci_minutes; });
    for (auto i = lines.begin(); i != marginal;) {
        std::int64_t together = 0;
        auto j = i;
        for (; j != marginal && j->key == i->key; ++j) together += j->deci_minutes;
        cut.key = i->key;
        if (cut.served + together > available) return cut;
        cut.served += together;
        i = j;
    }
    TRESSE_CHECK(false, "the bucket whose sum passes what is available holds the cut");
}

bool tight_nodes(const world::Neighbourhood& place, std::span<const world::BoardRow> board, std::array<std::uint8_t, nodes>& tight) {
    const ProviderIndex* providers = place.provider[0].data();
    std::uint8_t any = 0;
    for (int n = 0; n < nodes; ++n) {
        const bool some = (n % limit::ranks != 0) & (providers[n] != no_provider);
        any |= tight[static_cast<std::size_t>(n)] = some & (board[some ? providers[n] : 0].cut != world::everybody);
    }
    return any != 0;
}

namespace {

std::int64_t with_overtime(const world::Provider& p, const Prepared& prepared) {
    const double most = static_cast<double>(prepared.rules->tables->provider.kind[p.kind].overtime_max);
    return p.capacity + static_cast<std::int64_t>(static_cast<double>(p.capacity) * most);
}

/// Groups the queued lines of all pieces by queue (pieces in order) and hands each queue's lines to `use`.
template <class Use>
void each_queue(std::vector<std::vector<Queued>>& queued, std::size_t queues, Use&& use) {
    std::vector<std::uint32_t> first(queues + 1, 0);
    for (const auto& list : queued)
        for (const Queued& q : list) first[q.queue + 1] += 1;
    for (std::size_t i = 0; i < queues; ++i) first[i + 1] += first[i];
    std::vector<Queued> sorted(first.back());
    std::vector<std::uint32_t> at(first.begin(), first.end() - 1);
    for (const auto& list : queued)
        for (const Queued& q : list) sorted[at[q.queue]++] = q;
    for (std::size_t i = 0; i < queues; ++i)
        if (first[i + 1] > first[i]) use(i, std::span<Queued>(sorted.data() + first[i], first[i + 1] - first[i]));
}

void sum_demand(world::World& world, const Flow& flow) {
    for (world::Provider& p : world.providers) p.demand = p.emergency = p.served = p.pool_served = 0;
    for (std::size_t c = 0; c < world.cells.size(); ++c) {
        const auto& place = world.neighbourhoods[world.cells[c].neighbourhood];
        for (std::size_t role = 0; role < limit::roles; ++role) {
            for (std::size_t rank = 1; rank < limit::ranks; ++rank) {
                const std::size_t at = c * nodes + role * limit::ranks + rank;
                if (flow.demand[at] == 0) continue;
                const ProviderIndex provider = place.provider[role][rank];
                TRESSE_CHECK(provider != no_provider, "a request goes to a provider that the neighbourhood knows");
                world.providers[provider].demand += flow.demand[at];
                world.providers[provider].emergency += flow.emergency[at];
            }
        }
    }
}

void collect_tight(world::World& world, const Prepared& prepared, Month month, Workers& workers, Flow& flow) {
    workers.each_piece(world.pieces.size(), [&](std::size_t i) {
        auto& list = flow.queued[i];
        list.clear();
        const world::Piece& piece = world.pieces[i];
        std::vector<std::uint32_t> few;
        for (std::uint32_t c = piece.first_cell; c < piece.first_cell + piece.cells; ++c) {
            const Cell& cell = world.cells[c];
            const auto& place = world.neighbourhoods[cell.neighbourhood];
            std::array<std::uint8_t, nodes> tight;
            if (!tight_nodes(place, world.board, tight)) continue;
            // which lines stand in a queue that binds cannot be guessed: first their list, without a branch
            if (few.size() < cell.requests.size() + 1) few.resize(cell.requests.size() * 2 + 1);
            std::size_t n = 0;
            for (std::size_t l = 0; l < cell.requests.size(); ++l) {
                const world::Line& line = cell.requests[l];
                few[n] = static_cast<std::uint32_t>(l);
                n += tight[static_cast<std::size_t>(prepared.role_of[line.service] * limit::ranks) + line.rank] & !(line.flags & (world::line_flag::no_queue | world::line_flag::emergency));
            }
            for (const std::uint32_t l : std::span(few.data(), n)) {
                const world::Line& line = cell.requests[l];
                const std::size_t role = prepared.role_of[line.service];
                const ProviderIndex provider = place.provider[role][line.rank];
                const std::uint32_t minutes = prepared.rules->tables->provider.deci_minutes[line.service] * line.count;
                const std::uint32_t key = queue_key(prepared.rules->seed, cell.persons.id[line.slot], provider, month, line.waited);
                list.push_back({provider, key, minutes});
                flow.tight[c].push_back({l, key});
            }
        }
    });
}

}  // namespace

void ration_own(world::World& world, const Prepared& prepared, Month month, Workers& workers, Flow& flow) {
    sum_demand(world, flow);
    bool any = false;
    for (std::size_t i = 0; i < world.providers.size(); ++i) {
        world::Provider& p = world.providers[i];
        const bool fits = prepared.rules->unlimited_capacity || p.demand <= with_overtime(p, prepared);
        world.board[i].cut = fits ? world::everybody : 0u;  // 0 marks "to be found"
        if (fits) p.served = p.demand;
        any |= !fits;
    }
    if (!any) return;
    collect_tight(world, prepared, month, workers, flow);
    each_queue(flow.queued, world.providers.size(), [&](std::size_t i, std::span<Queued> lines) {
        world::Provider& p = world.providers[i];
        const Cut cut = cut_of(lines, std::max<std::int64_t>(0, with_overtime(p, prepared) - p.emergency));
        world.board[i].cut = cut.key;
        p.served = p.emergency + cut.served;
    });
    for (std::size_t i = 0; i < world.providers.size(); ++i)  // all of its demand could not be refused
        if (world.board[i].cut == 0u && world.providers[i].demand == world.providers[i].emergency) {
            world.board[i].cut = world::everybody;
            world.providers[i].served = world.providers[i].demand;
        }
}

void ration_pool(world::World& world, const Prepared& prepared, Month month, Workers& workers, Flow& flow) {
    for (std::size_t c = 0; c < world.cells.size(); ++c) {  // the redirected who went to the night post or the emergency department
        const auto& place = world.neighbourhoods[world.cells[c].neighbourhood];
        for (std::size_t n = 0; n < nodes; ++n) {
            const std::uint32_t late = flow.late[c * nodes + n];
            if (late == 0) continue;
            world::Provider& p = world.providers[place.provider[n / limit::ranks][n % limit::ranks]];
            p.demand += late, p.emergency += late, p.served += late;
        }
    }
    const std::size_t queues = world.pool_cut.size();
    std::vector<std::int64_t> spare(queues, 0);
    std::vector<std::vector<std::uint32_t>> members(queues);
    for (std::size_t i = 0; i < world.providers.size(); ++i) {
        const world::Provider& p = world.providers[i];
        if (p.served >= p.capacity) continue;
        const int zone = prepared.rules->catalogue->places[p.municipality].zone;
        const std::size_t pool = (zone < 0 ? queues / limit::roles - 1 : static_cast<std::size_t>(zone)) * limit::roles + p.role;
        spare[pool] += p.capacity - p.served;
        members[pool].push_back(static_cast<std::uint32_t>(i));
    }
    workers.each_piece(world.pieces.size(), [&](std::size_t i) {
        auto& list = flow.queued[i];
        list.clear();
        const world::Piece& piece = world.pieces[i];
        const int zone = prepared.rules->catalogue->places[piece.municipality].zone;
        const std::size_t pool = (zone < 0 ? queues / limit::roles - 1 : static_cast<std::size_t>(zone)) * limit::roles;
        for (std::uint32_t c = piece.first_cell; c < piece.first_cell + piece.cells; ++c)
            for (const world::Line& line : world.cells[c].requests) {
                if (!(line.flags & world::line_flag::pooled)) continue;
                const auto queue = static_cast<std::uint32_t>(pool + prepared.role_of[line.service]);
                list.push_back({queue, queue_key(prepared.rules->seed, world.cells[c].persons.id[line.slot], 0x80000000u + queue, month, line.waited),
                                prepared.rules->tables->provider.deci_minutes[line.service] * line.count});
            }
    });
    std::fill(world.pool_cut.begin(), world.pool_cut.end(), 0u);
    each_queue(flow.queued, queues, [&](std::size_t q, std::span<Queued> lines) {
        const Cut cut = cut_of(lines, spare[q]);
        world.pool_cut[q] = cut.key;
        if (cut.served == 0) return;
        std::vector<std::int64_t> weight;
        for (const std::uint32_t m : members[q]) weight.push_back(world.providers[m].capacity - world.providers[m].served);
        const std::vector<Cents> part = split_by_weight(cut.served, weight);
        for (std::size_t k = 0; k < part.size(); ++k) world.providers[members[q][k]].pool_served += part[k];
    });
}

namespace {

/// Of those who said yes at a discharge last month, the part that the places of this month would have held; in the first month, which counts them, nobody.
std::uint32_t cut_at_discharge(const world::ActionState& state, bool first_month) {
    if (state.places <= 0 || first_month) return 0;
    if (state.accepted_month <= state.places) return world::everybody;
    return static_cast<std::uint32_t>(static_cast<double>(state.places) / static_cast<double>(state.accepted_month) * 0x1p32);
}

}  // namespace

void ration_places(world::World& world, const Policy& policy, Month month) {
    for (std::size_t a = 0; a < world.actions.size(); ++a) {
        world::ActionState& state = world.actions[a];
        if (policy.actions[a].target.at_discharge) {
            state.cut = cut_at_discharge(state, month == policy.actions[a].start);
            continue;
        }
        std::vector<std::uint32_t> keys;
        for (const Cell& cell : world.cells)
            for (const world::Wish& w : cell.wishes)
                if (w.action == a) keys.push_back(w.key);
        const auto room = static_cast<std::size_t>(std::max<std::int64_t>(0, state.places));
        if (keys.size() <= room) {
            state.cut = world::everybody;
            continue;
        }
        std::nth_element(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(room), keys.end());
        state.cut = keys[room];
    }
}

}  // namespace tresse::model
