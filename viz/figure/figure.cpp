#include "tresse/viz/figure/figure.hpp"

#include <array>
#include <cmath>

#include "tresse/core/check.hpp"
#include "tresse/core/text/format.hpp"

namespace tresse::viz {

std::uint32_t series_colour(int series) {
    // Black is left to text; yellow is too pale for thin lines on white and comes last.
    static constexpr std::array<std::uint32_t, series_colours> colours = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7,
                                                                          0x56B4E9, 0xE69F00, 0xF0E442};
    return series < 0 ? 0x888888u : colours[static_cast<std::size_t>(series % series_colours)];
}

std::vector<Tick> nice_ticks(double low, double high, int wanted) {
    TRESSE_CHECK(std::isfinite(low) && std::isfinite(high) && low <= high, "an axis has two ends in order");
    if (high - low < 1e-12) {
        const double spread = low == 0 ? 1 : std::fabs(low) * 0.1;
        low -= spread;
        high += spread;
    }
    const double rough = (high - low) / wanted;
    double step = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double times : {2.0, 2.5, 2.0}) {  // 1, 2, 5, 10
        if (step >= rough)
            break;
        step *= times;
    }
    int digits = 0;
    for (double s = step; digits < 6 && std::fabs(s - std::round(s)) > 1e-9 * s; s *= 10)
        ++digits;
    std::vector<Tick> out;
    const double first = std::ceil(low / step - 1e-9);
    for (double k = first; k * step <= high + step * 1e-9; k += 1)
        out.push_back({k * step, text::number(k * step, digits)});
    return out;
}

}  // namespace tresse::viz
