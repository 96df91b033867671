#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

namespace tresse {

/// The one parallel construct: piece i writes slot i, the caller sums in index order. So results cannot depend on the
/// number of threads.
/// No reductions, concurrent containers, atomics or thread-locals on the result path.
class Workers {
public:
    /// Requires: threads >= 1. With 1 everything runs on the calling thread, in index order.
    explicit Workers(int threads);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    int threads() const { return threads_; }

    /// Calls body(i) for i in [0, count). The first exception is rethrown after all pieces stopped.
    /// Requires: never nested, never from two threads at once (else BrokenRule).
    template <class Body> void each_piece(std::size_t count, Body&& body) {
        run(
            count, [](void* context, std::size_t i) { (*static_cast<std::remove_reference_t<Body>*>(context))(i); },
            &body);
    }

private:
    void run(std::size_t count, void (*call)(void*, std::size_t), void* context);

    int threads_;
    struct Arena;
    std::unique_ptr<Arena> arena_;
};

}  // namespace tresse
