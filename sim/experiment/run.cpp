#include "tresse/experiment/run.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "replicate.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/hash.hpp"

namespace tresse::experiment {

namespace {

/// Room that a world needs beside its state, for requests, books and the scratch of a month: a generous guess, so that
/// --memory is kept.
constexpr double room_of_a_world = 1.25;

/// From this size on one world has work enough for all threads, and several of them would fill the memory.
constexpr std::size_t cells_of_a_large_area = 512;

/// What is still to be run of one replicate.
struct Todo {
    int replicate = 0;
    std::vector<int> arms;
};

class SharedClock : public Clock {
public:
    SharedClock(Progress& progress, std::int64_t total) : progress_(progress), total_(total) {}
    void tick() override {
        if (progress_.stop()) {
            stopped_ = true;
            throw Stopped{};
        }
        const std::lock_guard lock(mutex_);
        progress_.at(done_, total_);
        ++done_;
    }
    std::int64_t done() const { return done_; }
    std::int64_t total() const { return total_; }
    bool stopped() const { return stopped_; }

private:
    Progress& progress_;
    std::int64_t total_, done_ = 0;
    std::atomic<bool> stopped_ = false;
    std::mutex mutex_;
};

std::vector<int> arms_of(const Plan& plan) {
    if (!plan.run_arms.empty())
        return plan.run_arms;
    std::vector<int> all(plan.arms.size());
    for (std::size_t a = 0; a < all.size(); ++a)
        all[a] = static_cast<int>(a);
    return all;
}

void check_plan(const Plan& plan) {
    const int arms = static_cast<int>(plan.arms.size());
    TRESSE_CHECK(arms > 0 && plan.base >= 0 && plan.base < arms, "the base is one of the arms");
    TRESSE_CHECK(plan.replicates >= 0 && plan.policy_months >= 0 && plan.threads >= 1,
                 "a plan is checked when it is loaded");
    for (const int a : plan.run_arms)
        TRESSE_CHECK(a >= 0 && a < arms, "the arms to run are arms of the plan");
}

/// Pieces still to run; those that the sink has go to the report.
std::vector<Todo> todo_of(const Plan& plan, const Sink& sink, RunReport& report) {
    std::vector<Todo> list;
    const std::vector<int> arms = arms_of(plan);
    for (int r = plan.first_replicate; r < plan.first_replicate + plan.replicates; ++r) {
        Todo todo{r, {}};
        for (const int arm : arms) {
            ++report.wanted;
            std::uint64_t hash = 0;
            if (sink.has(arm, r, hash))
                report.pieces.push_back({arm, r, hash}), ++report.kept;
            else
                todo.arms.push_back(arm);
        }
        if (!todo.arms.empty())
            list.push_back(std::move(todo));
    }
    return list;
}

/// How the work is spread: chosen by size and memory; the result cannot tell.
void choose(const Plan& plan, std::size_t replicates, std::size_t cells, RunReport& report) {
    const auto bytes = static_cast<std::uint64_t>(static_cast<double>(report.world_bytes) * room_of_a_world);
    // beside the running arm its history, and the people that all replicates start from
    const auto needed = [&](std::uint64_t side_by_side, std::uint64_t worlds) {
        return bytes + side_by_side * worlds * bytes;
    };
    std::size_t side_by_side = std::min(static_cast<std::size_t>(plan.threads), replicates);
    if (plan.memory_bytes > 0) {
        while (side_by_side > 1 && needed(side_by_side, 2) > plan.memory_bytes)
            --side_by_side;
        report.history_again = needed(1, 2) > plan.memory_bytes;
        if (needed(1, 1) > plan.memory_bytes)
            throw MachineRefused("memory: the area needs " + std::to_string(needed(1, 1) / 1000000 + 1) +
                                 " MB, and --memory allows " + std::to_string(plan.memory_bytes / 1000000) +
                                 " MB. A sample (--sample) needs less.");
    }
    report.by_replicate =
        cells < cells_of_a_large_area && side_by_side > 1 && side_by_side == static_cast<std::size_t>(plan.threads);
    report.workers = report.by_replicate ? static_cast<int>(side_by_side) : plan.threads;
}

void sort_pieces(std::vector<Piece>& pieces) {
    std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
        return a.replicate != b.replicate ? a.replicate < b.replicate : a.arm < b.arm;
    });
}

/// Hands pieces over one at a time and keeps their hashes.
class Counter {
public:
    Counter(Sink& sink, RunReport& report) : sink_(sink), report_(report) {}
    void take(const measure::RunRecord& record) {
        const std::lock_guard lock(mutex_);
        sink_.finished(record);
        report_.pieces.push_back({record.arm, record.replicate, record.hash});
    }

private:
    Sink& sink_;
    RunReport& report_;
    std::mutex mutex_;
};

}  // namespace

std::uint64_t result_hash(const Plan& plan, std::span<const Piece> pieces) {
    std::vector<Piece> sorted(pieces.begin(), pieces.end());
    sort_pieces(sorted);
    Hasher hasher;
    for (const Piece& p : sorted) {
        const std::string& id = plan.arms[static_cast<std::size_t>(p.arm)];
        hasher.add(static_cast<std::uint64_t>(id.size()));
        hasher.add(id);
        hasher.add(p.replicate);
        hasher.add(p.hash);
    }
    return hasher.value();
}

RunReport run(const Plan& plan, const Source& source, Sink& sink, Progress& progress, Probe* probe) {
    check_plan(plan);
    RunReport report;
    const std::vector<Todo> todo = todo_of(plan, sink, report);
    const world::World& start = source.population();
    report.world_bytes = start.state_bytes();
    choose(plan, todo.size(), start.cells.size(), report);
    std::int64_t total = 0;
    for (const Todo& t : todo) {
        const auto arms = static_cast<std::int64_t>(t.arms.size());
        total +=
            (report.history_again ? arms : 1) * (start.policy_start - start.start_of_time) + arms * plan.policy_months;
    }
    SharedClock ticks(progress, total);
    Counter counter(sink, report);
    const auto one = [&](const Todo& t, Workers& workers) {
        try {
            Replicate replicate(plan, source, t.replicate, plan.last_of_source && todo.size() == 1 && !report.history_again, workers, ticks);
            for (std::size_t a = 0; a < t.arms.size(); ++a) {
                if (a == 0 || report.history_again)
                    replicate.settle();
                counter.take(replicate.run_arm(t.arms[a], report.history_again || a + 1 == t.arms.size(), probe));
            }
        } catch (const Stopped&) {
            // what is finished is with the sink; the others see the same wish at their next month
        }
    };
    Workers workers(report.workers);
    if (report.by_replicate) {
        workers.each_piece(todo.size(), [&](std::size_t i) {
            Workers alone(1);
            one(todo[i], alone);
        });
    } else {
        for (const Todo& t : todo) {
            if (ticks.stopped())
                break;
            one(t, workers);
        }
    }
    report.stopped = ticks.stopped();
    report.months = ticks.done();
    if (!report.stopped)
        progress.at(ticks.done(), ticks.total());
    sort_pieces(report.pieces);
    report.hash = result_hash(plan, report.pieces);
    return report;
}

}  // namespace tresse::experiment
