#include "tresse/viz/report/brief.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

namespace tresse::viz {

using text::fill;
using text::tr;

std::string difference_text(const BriefRow& row, const BriefCell& cell) {
    const Range& d = cell.difference;
    if (!std::isfinite(d.middle))
        return "\u2013";
    if (!std::isfinite(d.low) || !std::isfinite(d.high))
        return text::signed_number(d.middle, text::decimals_for(d.middle, 2, row.digits)) + " (" + tr("no range") + ")";
    const double largest = std::max({std::fabs(d.low), std::fabs(d.high), std::fabs(d.middle)});
    const int digits = text::decimals_for(largest, 2, row.digits);
    return text::signed_number(d.middle, digits) + " (" + text::from_to(d.low, d.high, digits) + ")";
}

}  // namespace tresse::viz
