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
    return text::signed_number(d.middle, digits) + " (" +
           fill(tr("{low} to {high}"),
                {{"low", text::signed_number(d.low, digits)}, {"high", text::signed_number(d.high, digits)}}) +
           ")";
}

std::string sign_word(Sign sign) {
    switch (sign) {
    case Sign::better:
        return tr("better");
    case Sign::worse:
        return tr("worse");
    case Sign::same:
        return tr("same");
    case Sign::cannot_tell:
        return tr("cannot tell");
    case Sign::none:
        break;
    }
    return "";
}

std::string sign_letter(Sign sign) {
    switch (sign) {
    case Sign::better:
        return "\u25b2";
    case Sign::worse:
        return "\u25bc";
    case Sign::same:
        return "=";
    case Sign::cannot_tell:
        return "?";
    case Sign::none:
        break;
    }
    return " ";
}

}  // namespace tresse::viz
