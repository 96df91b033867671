#include "tresse/core/workers.hpp"

#include <atomic>
#include <optional>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "tresse/core/check.hpp"

namespace tresse {

struct Workers::Arena {
    std::atomic<bool> busy = false;  // guards the law against nesting; no result reads it
    std::optional<tbb::global_control> more_than_cores;
    std::optional<tbb::task_arena> arena;
};

namespace {

/// Marks the workers as busy for one call, also when it ends by an exception.
class Turn {
public:
    explicit Turn(std::atomic<bool>& busy) : busy_(busy) {
        TRESSE_CHECK(!busy_.exchange(true),
                     "each_piece is never nested: either replicates run in parallel or cells, not both");
    }
    ~Turn() { busy_ = false; }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    std::atomic<bool>& busy_;
};

/// oneTBB is not built for ThreadSanitizer, which then cannot see that pieces begin after the call and end before it
/// returns, and reports each of them. Pieces do not order one another here, so races between them are still found.
class Fence {
public:
#if defined(__SANITIZE_THREAD__)
    void open() { begun_.store(true, std::memory_order_release); }
    void enter() { (void)begun_.load(std::memory_order_acquire); }
    void leave() { ended_.fetch_add(1, std::memory_order_release); }
    void close() { (void)ended_.load(std::memory_order_acquire); }

private:
    std::atomic<bool> begun_ = false;
    std::atomic<std::size_t> ended_ = 0;
#else
    void open() {}
    void enter() {}
    void leave() {}
    void close() {}
#endif
};

}  // namespace

Workers::Workers(int threads) : threads_(threads), arena_(std::make_unique<Arena>()) {
    TRESSE_CHECK(threads >= 1, "work needs at least one thread");
    if (threads == 1)
        return;
    // By default the library starts no more threads than cores; who asks for more (a test of determinism) shall get
    // them.
    if (threads > tbb::info::default_concurrency()) {
        arena_->more_than_cores.emplace(tbb::global_control::max_allowed_parallelism,
                                        static_cast<std::size_t>(threads));
    }
    arena_->arena.emplace(threads);
}

Workers::~Workers() = default;

void Workers::run(std::size_t count, void (*call)(void*, std::size_t), void* context) {
    const Turn turn(arena_->busy);
    if (!arena_->arena) {
        for (std::size_t i = 0; i < count; ++i)
            call(context, i);
        return;
    }
    // A piece is a cell or a replicate, so one is work enough for a task.
    Fence fence;
    fence.open();
    arena_->arena->execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, count, 1),
            [&](const tbb::blocked_range<std::size_t>& range) {
                fence.enter();
                for (std::size_t i = range.begin(); i < range.end(); ++i)
                    call(context, i);
                fence.leave();
            },
            tbb::simple_partitioner());
    });
    fence.close();
}

}  // namespace tresse
