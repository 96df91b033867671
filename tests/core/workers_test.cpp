#include "tresse/core/workers.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"

using tresse::BrokenRule;
using tresse::Workers;

TEST_CASE("every piece is done once, with any number of threads", "[core][workers]") {
    for (int threads : {1, 2, 4}) {
        Workers workers(threads);
        CHECK(workers.threads() == threads);
        for (const std::size_t count : {0u, 1u, 2u, 7u, 1000u}) {
            std::vector<int> done(count, 0);
            workers.each_piece(count, [&](std::size_t i) { ++done[i]; });
            CHECK(done == std::vector<int>(count, 1));
        }
    }
}

TEST_CASE("slots summed in index order do not depend on the number of threads", "[core][workers]") {
    const auto total = [](int threads) {
        Workers workers(threads);
        std::vector<double> slots(500);
        workers.each_piece(slots.size(), [&](std::size_t i) { slots[i] = 1.0 / (1.0 + static_cast<double>(i)); });
        double sum = 0;
        for (const double slot : slots)
            sum += slot;
        return sum;
    };
    CHECK(total(1) == total(2));
    CHECK(total(1) == total(3));
}

TEST_CASE("one thread works in order, on the calling thread", "[core][workers]") {
    Workers workers(1);
    std::vector<std::size_t> order;
    bool elsewhere = false;
    const auto caller = std::this_thread::get_id();
    workers.each_piece(5, [&](std::size_t i) {
        order.push_back(i);
        elsewhere |= std::this_thread::get_id() != caller;
    });
    CHECK(order == std::vector<std::size_t>{0, 1, 2, 3, 4});
    CHECK_FALSE(elsewhere);
}

TEST_CASE("two threads are two threads", "[core][workers]") {
    // Each of two pieces waits until the other has begun, so one thread alone would give up.
    Workers workers(2);
    std::atomic<int> begun = 0;
    std::atomic<int> met = 0;
    workers.each_piece(2, [&](std::size_t) {
        ++begun;
        for (int tries = 0; tries < 5000 && begun < 2; ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (begun == 2)
            ++met;
    });
    CHECK(met == 2);
}

TEST_CASE("an exception of a piece reaches the caller, and the workers work on", "[core][workers]") {
    for (int threads : {1, 2}) {
        Workers workers(threads);
        CHECK_THROWS_WITH(workers.each_piece(50,
                                             [](std::size_t i) {
                                                 if (i == 20)
                                                     throw std::runtime_error("piece 20");
                                             }),
                          "piece 20");
        int done = 0;
        workers.each_piece(1, [&](std::size_t) { ++done; });
        CHECK(done == 1);
    }
}

TEST_CASE("a call inside a call is a broken rule", "[core][workers]") {
    for (int threads : {1, 2}) {
        Workers workers(threads);
        CHECK_THROWS_AS(workers.each_piece(3, [&](std::size_t) { workers.each_piece(2, [](std::size_t) {}); }),
                        BrokenRule);
        CHECK_NOTHROW(workers.each_piece(3, [](std::size_t) {}));
    }
}

TEST_CASE("work needs at least one thread", "[core][workers]") {
    CHECK_THROWS_AS(Workers(0), BrokenRule);
    CHECK_THROWS_AS(Workers(-2), BrokenRule);
}
