#pragma once

#include <cstdint>
#include <span>

#include "tresse/core/draw.hpp"

namespace tresse::build {

/// Luck of building. Keyed by (place, number inside the place), so that the same people live in a municipality whatever area is simulated,
/// however many threads run and however large a cell is.
struct PlaceLuck {
    std::uint64_t seed = 0;
    std::uint64_t place = 0;

    /// Four words for the k-th thing (person, household) of the place. `subject` numbers the draws of a purpose (below 2^20).
    Block of(std::uint32_t k, Purpose purpose, std::uint32_t subject) const {
        return draw(seed, place << 32 | k, 0, sub(purpose, subject));
    }
    /// One number in [0, 1) for the place itself.
    double start(Purpose purpose, std::uint32_t subject) const { return unit(of(0xffffffffu, purpose, subject).word[0]); }
};

/// Systematic sampling with unequal probabilities: after any number of calls the number taken differs from the sum of `p` by less than one.
class Systematic {
public:
    explicit Systematic(double start) : sum_(start) {}
    bool take(double p) { return take_count(p) > 0; }
    /// The same for expectations above one.
    int take_count(double expected) {
        const auto before = static_cast<long long>(sum_);
        sum_ += expected;
        return static_cast<int>(static_cast<long long>(sum_) - before);
    }

private:
    double sum_;
};

/// A walk through 0..n-1 that visits each once, in an order that looks unlike the walks of other subjects. Cost: no memory, no sort.
class Walk {
public:
    Walk(std::uint32_t n, Block luck);
    std::uint32_t next() {
        const std::uint32_t here = at_;
        at_ = at_ >= n_ - stride_ ? at_ - (n_ - stride_) : at_ + stride_;
        return here;
    }

private:
    std::uint32_t n_, at_ = 0, stride_ = 1;
};

/// Proportional fitting of a table to its row and column sums, in place. Rows first, so that columns are exact at the end; a row or column
/// of sum 0 becomes 0. Shape: table[row * columns + column]. Requires: sums agree to 1e-6 of their size, or the result is a compromise.
void rake(std::span<double> table, std::span<const double> row_sums, std::span<const double> column_sums, int rounds);

/// About normal with mean 0 and spread 1 from one word, bounded to +-3.5: the sum of four 8-bit uniforms.
constexpr double rough_normal(std::uint32_t word) {
    const int sum = static_cast<int>(word & 255u) + static_cast<int>(word >> 8 & 255u) + static_cast<int>(word >> 16 & 255u) + static_cast<int>(word >> 24);
    return (sum - 510) / 147.8;
}

}  // namespace tresse::build
