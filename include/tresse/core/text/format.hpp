#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/month.hpp"
#include "tresse/core/stats.hpp"

/// Numbers, dates and sentences as a French, Dutch, German or English reader writes them.
namespace tresse::text {

/// A named value of a sentence. Numbers are written by one of the functions below before they come here; a whole number
/// may come as it is.
struct Arg {
    std::string_view name;
    std::string value;

    Arg(std::string_view arg_name, std::string_view text) : name(arg_name), value(text) {}
    Arg(std::string_view arg_name, const char* text) : name(arg_name), value(text) {}
    Arg(std::string_view arg_name, const std::string& text) : name(arg_name), value(text) {}
    Arg(std::string_view arg_name, long long whole_number);
    Arg(std::string_view arg_name, int whole_number) : Arg(arg_name, static_cast<long long>(whole_number)) {}
};

/// Puts values where the pattern says {name}; a translator may change their order. "{{" is a brace; a name that is not
/// given stays as it is, so that a wrong translation is seen and breaks nothing.
std::string fill(std::string_view pattern, std::initializer_list<Arg> args);
std::string fill(std::string_view pattern, std::span<const Arg> args);

/// A number with `digits` decimals, thousands apart by a narrow space, "." or "," before the decimals; never "-0.0".
/// Missing: NaN is written as a dash.
std::string number(double value, int digits);
/// The same with "+" before what is above zero once rounded.
std::string signed_number(double value, int digits);
/// "-1.1 to +5.5"; without signs: "1.1 to 5.5".
std::string from_to(double low, double high, int digits, bool sign = true);
/// "+2.2 (-1.1 to +5.5)". Missing: no end, the middle alone; no middle, a dash.
std::string range(const Range& range, int digits, bool sign = true);
std::string whole(long long value);
/// A share as "40 %". Units: `share` 0.4.
std::string percent(double share, int digits = 0);
/// "44 s", "3 min 20 s", "2 h 05 min".
std::string duration(double seconds);
/// "1 simulated future", "12 simulated futures".
std::string futures(long long n);
/// "155 MB".
std::string megabytes(double bytes);
/// "January 2026".
std::string month_name(Month month);
/// "21 November 2026". Requires: month 1 to 12.
std::string date(int year, int month, int day);
/// "a, b and c".
std::string list(const std::vector<std::string>& things);

/// How many decimals show `value` with about `figures` figures that mean something, between 0 and `most`.
int decimals_for(double value, int figures, int most);

}  // namespace tresse::text
