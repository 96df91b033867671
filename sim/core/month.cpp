#include "tresse/core/month.hpp"

#include <fmt/format.h>

namespace tresse {

std::string Month::text() const {
    return fmt::format("{:04}-{:02}", year(), of_year() + 1);
}

bool parse_month(std::string_view text, Month& out) {
    if (text.size() != 7 || text[4] != '-')
        return false;
    int digits[7] = {};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 4)
            continue;
        if (text[i] < '0' || text[i] > '9')
            return false;
        digits[i] = text[i] - '0';
    }
    const int year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    const int month = digits[5] * 10 + digits[6];
    if (year < 1900 || year > 2200 || month < 1 || month > 12)
        return false;
    out = Month::of(year, month);
    return true;
}

}  // namespace tresse
