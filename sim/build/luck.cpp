#include "tresse/build/luck.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "tresse/core/check.hpp"

namespace tresse::build {

Walk::Walk(std::uint32_t n, Block luck) : n_(n) {
    TRESSE_CHECK(n > 0, "an empty list has no walk");
    if (n < 3)
        return;
    at_ = static_cast<std::uint32_t>(static_cast<std::uint64_t>(luck.word[0]) * n >> 32);
    // Strides between 0.2 n and 0.8 n: neighbours in the list do not follow each other in the walk.
    const std::uint32_t low = n / 5 + 1, width = n - 2 * (n / 5);
    stride_ = low + static_cast<std::uint32_t>(static_cast<std::uint64_t>(luck.word[1]) * width >> 32);
    if (stride_ >= n)
        stride_ = n - 1;
    while (std::gcd(stride_, n) != 1)
        stride_ = stride_ + 1 < n ? stride_ + 1 : 1;
}

void rake(std::span<double> table, std::span<const double> row_sums, std::span<const double> column_sums, int rounds) {
    const std::size_t rows = row_sums.size(), columns = column_sums.size();
    TRESSE_CHECK(table.size() == rows * columns, "the table has a cell for each row and column");
    std::vector<double> sum(columns);
    for (int round = 0; round < rounds; ++round) {
        for (auto& s : sum)
            s = 0;
        double worst = 0;
        for (std::size_t r = 0; r < rows; ++r) {
            double total = 0;
            for (std::size_t c = 0; c < columns; ++c)
                total += table[r * columns + c];
            const double factor = total > 0 ? row_sums[r] / total : 0;
            for (std::size_t c = 0; c < columns; ++c)
                sum[c] += table[r * columns + c] *= factor;
        }
        for (std::size_t c = 0; c < columns; ++c) {
            const double factor = sum[c] > 0 ? column_sums[c] / sum[c] : 0;
            const double miss = factor > 1 ? factor - 1 : 1 - factor;
            worst = sum[c] > 0 && miss > worst ? miss : worst;
            for (std::size_t r = 0; r < rows; ++r)
                table[r * columns + c] *= factor;
        }
        if (worst < 1e-9)
            return;
    }
}

}  // namespace tresse::build
