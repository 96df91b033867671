#include "tresse/core/text/format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "tresse/core/check.hpp"
#include "tresse/core/text/catalogue.hpp"

namespace tresse::text {

namespace {

constexpr std::string_view narrow_space = "\u202f";

/// The plain decimal text with marks of the language put in. Requires: digits, perhaps ".", perhaps "-" before.
std::string with_marks(std::string_view plain) {
    std::string out;
    if (plain.starts_with('-')) {
        out += '-';
        plain.remove_prefix(1);
    }
    const std::size_t point = std::min(plain.find('.'), plain.size());
    for (std::size_t i = 0; i < point; ++i) {
        if (i > 0 && (point - i) % 3 == 0)
            out += narrow_space;
        out += plain[i];
    }
    if (point < plain.size()) {
        out += language() == Lang::en ? '.' : ',';
        out += plain.substr(point + 1);
    }
    return out;
}

/// Fixed decimals, the same on every machine; zero has no sign.
std::string plain_fixed(double value, int digits) {
    std::array<char, 400> buffer;
    const auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, digits);
    TRESSE_CHECK(error == std::errc(), "400 letters hold every double");
    std::string out(buffer.data(), end);
    if (out.starts_with('-') && out.find_first_of("123456789") == std::string::npos)
        out.erase(0, 1);
    return out;
}

std::string two_digits(long long value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

Arg::Arg(std::string_view arg_name, long long whole_number) : name(arg_name), value(whole(whole_number)) {}

std::string fill(std::string_view pattern, std::initializer_list<Arg> args) {
    return fill(pattern, std::span<const Arg>(args.begin(), args.size()));
}

std::string fill(std::string_view pattern, std::span<const Arg> args) {
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '{') {
            out += pattern[i];
            continue;
        }
        if (pattern.substr(i).starts_with("{{")) {
            out += '{';
            ++i;
            continue;
        }
        const std::size_t close = pattern.find('}', i);
        const Arg* found = nullptr;
        if (close != std::string_view::npos)
            for (const Arg& arg : args)
                if (arg.name == pattern.substr(i + 1, close - i - 1))
                    found = &arg;
        if (!found) {
            out += '{';
            continue;
        }
        out += found->value;
        i = close;
    }
    return out;
}

std::string number(double value, int digits) {
    if (std::isnan(value))
        return "\u2013";
    if (std::isinf(value))
        return value < 0 ? "-\u221e" : "\u221e";
    return with_marks(plain_fixed(value, digits));
}

std::string signed_number(double value, int digits) {
    const std::string plain = number(value, digits);
    const bool above = value > 0 && (std::isinf(value) || plain.find_first_of("123456789") != std::string::npos);
    return above ? "+" + plain : plain;
}

std::string from_to(double low, double high, int digits, bool sign) {
    const auto word = sign ? signed_number : number;
    return fill(tr("{low} to {high}"), {{"low", word(low, digits)}, {"high", word(high, digits)}});
}

std::string range(const Range& range, int digits, bool sign) {
    if (!std::isfinite(range.middle))
        return "\u2013";
    const std::string middle = sign ? signed_number(range.middle, digits) : number(range.middle, digits);
    if (!std::isfinite(range.low) || !std::isfinite(range.high))
        return middle;
    return middle + " (" + from_to(range.low, range.high, digits, sign) + ")";
}

std::string whole(long long value) {
    return with_marks(std::to_string(value));
}

std::string percent(double share, int digits) {
    return number(share * 100, digits) + (std::isnan(share) ? "" : "\u00a0%");
}

std::string duration(double seconds) {
    const auto total = static_cast<long long>(seconds + 0.5);
    if (total < 60)
        return std::to_string(total) + " s";
    if (total < 3600)
        return std::to_string(total / 60) + " min " + two_digits(total % 60) + " s";
    return whole(total / 3600) + " h " + two_digits(total % 3600 / 60) + " min";
}

std::string futures(long long n) {
    return fill(tr_n("{n} simulated future", "{n} simulated futures", n), {{"n", n}});
}

std::string megabytes(double bytes) {
    return number(bytes / 1e6, 0) + " MB";
}

std::string month_name(Month month) {
    const std::array<std::string, 12> names = {tr("January"),   tr("February"), tr("March"),    tr("April"),
                                               tr("May"),       tr("June"),     tr("July"),     tr("August"),
                                               tr("September"), tr("October"),  tr("November"), tr("December")};
    return names[static_cast<std::size_t>(month.of_year())] + " " + std::to_string(month.year());
}

std::string date(int year, int month, int day) {
    return std::to_string(day) + (language() == Lang::de ? ". " : " ") + month_name(Month::of(year, month));
}

std::string list(const std::vector<std::string>& things) {
    std::string out;
    for (std::size_t i = 0; i < things.size(); ++i) {
        if (i > 0)
            out += i + 1 == things.size() ? " " + tr("and") + " " : ", ";
        out += things[i];
    }
    return out;
}

int decimals_for(double value, int figures, int most) {
    int digits = most;
    double limit = 1;
    for (int i = 1; i < figures; ++i)
        limit *= 10;
    double scaled = std::isfinite(value) ? std::fabs(value) : 0;
    for (int i = 0; i < most; ++i)
        scaled *= 10;
    while (digits > 0 && scaled >= limit * 10) {
        scaled /= 10;
        --digits;
    }
    return digits;
}

}  // namespace tresse::text
