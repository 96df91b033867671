#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace tresse {

/// A calendar month; `index` counts months from January of year 0.
struct Month {
    std::int32_t index = 0;

    static constexpr Month of(int year, int month_1_to_12) { return {year * 12 + month_1_to_12 - 1}; }
    constexpr int year() const { return index / 12; }
    /// 0 = January.
    constexpr int of_year() const { return index % 12; }
    constexpr bool is_january() const { return of_year() == 0; }
    constexpr bool is_december() const { return of_year() == 11; }
    constexpr bool ends_quarter() const { return of_year() % 3 == 2; }
    constexpr Month operator+(int months) const { return {index + months}; }
    constexpr Month operator-(int months) const { return {index - months}; }
    constexpr int operator-(Month other) const { return index - other.index; }
    constexpr auto operator<=>(const Month&) const = default;
    /// "2026-01".
    std::string text() const;
};

/// Reads "2026-01". Returns false when the text is not a month between 1900-01 and 2200-12.
bool parse_month(std::string_view text, Month& out);

}  // namespace tresse
