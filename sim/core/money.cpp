#include "tresse/core/money.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "tresse/core/check.hpp"

namespace tresse {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::size_t most_parts_without_allocation = 64;

/// What one split needs besides its result. Shape: both have the size of the weights.
struct Scratch {
    std::span<std::uint64_t> remainder;
    std::span<std::uint32_t> order;
};

struct Weights {
    std::span<const std::int64_t> each;
    std::uint64_t total = 0;
};

Weights checked(Cents amount, std::span<const std::int64_t> weights) {
    std::uint64_t total = 0;
    for (const std::int64_t weight : weights) {
        TRESSE_CHECK(weight >= 0, "a share of money cannot have a negative weight");
        total += static_cast<std::uint64_t>(weight);
        TRESSE_CHECK(total <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()),
                     "the weights of a split must add up within 63 bits");
    }
    TRESSE_CHECK(total > 0 || amount == 0, "money cannot be split when every weight is zero: it would be lost");
    return {weights, total};
}

/// Whole shares rounded down, and what each lost by that. Product is the integer type that holds magnitude * weight.
template <class Product>
std::uint64_t floor_shares(std::uint64_t magnitude, const Weights& weights, std::span<Cents> out,
                           std::span<std::uint64_t> remainder) {
    std::uint64_t given = 0;
    const Product total = weights.total;
    for (std::size_t i = 0; i < weights.each.size(); ++i) {
        const Product product = static_cast<Product>(magnitude) * static_cast<std::uint64_t>(weights.each[i]);
        const auto share = static_cast<std::uint64_t>(product / total);
        remainder[i] = static_cast<std::uint64_t>(product % total);
        out[i] = static_cast<Cents>(share);
        given += share;
    }
    return given;
}

void split(Cents amount, const Weights& weights, std::span<Cents> out, const Scratch& scratch) {
    if (weights.total == 0) {
        std::fill(out.begin(), out.end(), Cents{0});
        return;
    }
    const bool negative = amount < 0;
    const std::uint64_t magnitude =
        negative ? 0 - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
    TRESSE_CHECK(magnitude <= static_cast<std::uint64_t>(std::numeric_limits<Cents>::max()),
                 "the mirror of this amount does not exist in 64 bits");

    // A division of 128 bits costs several times one of 64, and nearly every amount and sum of weights is small.
    const bool narrow = (magnitude >> 32) == 0 && (weights.total >> 32) == 0;
    const std::uint64_t given = narrow ? floor_shares<std::uint64_t>(magnitude, weights, out, scratch.remainder)
                                       : floor_shares<Wide>(magnitude, weights, out, scratch.remainder);
    const auto left = static_cast<std::size_t>(magnitude - given);
    if (left > 0) {
        std::iota(scratch.order.begin(), scratch.order.end(), 0u);
        const auto& remainder = scratch.remainder;
        std::sort(scratch.order.begin(), scratch.order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return remainder[a] != remainder[b] ? remainder[a] > remainder[b] : a < b;
        });
        for (std::size_t k = 0; k < left; ++k)
            ++out[scratch.order[k]];
    }
    if (negative) {
        for (Cents& part : out)
            part = -part;
    }
}

}  // namespace

Cents cents_from_eur(double eur) {
    TRESSE_CHECK(std::isfinite(eur), "an amount of money must be a finite number");
    TRESSE_CHECK(std::fabs(eur) <= 9e14, "an amount beyond 9e16 cents would lose cents");
    // The author wrote decimals: 1.005 must become 1.01, though the nearest double lies below 1.005. So round the text,
    // not the double.
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, std::fabs(eur), std::chars_format::fixed).ptr;
    Cents cents = 0;
    const char* at = text;
    for (; at < end && *at != '.'; ++at)
        cents = cents * 10 + (*at - '0');
    if (at < end)
        ++at;
    for (int place = 0; place < 2; ++place) {
        cents = cents * 10 + (at < end ? *at - '0' : 0);
        if (at < end)
            ++at;
    }
    if (at < end && *at >= '5')
        ++cents;
    return eur < 0 ? -cents : cents;
}

std::vector<Cents> split_by_weight(Cents amount, std::span<const std::int64_t> weights) {
    std::vector<Cents> out(weights.size());
    std::vector<std::uint64_t> remainder(weights.size());
    std::vector<std::uint32_t> order(weights.size());
    split(amount, checked(amount, weights), out, {remainder, order});
    return out;
}

void split_by_weight(Cents amount, std::span<const std::int64_t> weights, std::span<Cents> out) {
    TRESSE_CHECK(out.size() == weights.size(), "each weight needs one place for its part");
    TRESSE_CHECK(weights.size() <= most_parts_without_allocation,
                 "more than 64 parts need the form that returns a vector");
    std::array<std::uint64_t, most_parts_without_allocation> remainder;
    std::array<std::uint32_t, most_parts_without_allocation> order;
    const std::size_t parts = weights.size();
    split(amount, checked(amount, weights), out, {std::span(remainder).first(parts), std::span(order).first(parts)});
}

Cents month_part(Cents yearly, int month_of_year) {
    TRESSE_CHECK(month_of_year >= 0 && month_of_year < 12, "a year has months 0 to 11");
    // With yearly = 12 whole + rest and 0 <= rest < 12 nothing can overflow, and floors of negative sums come out
    // right.
    Cents whole = yearly / 12;
    Cents rest = yearly % 12;
    if (rest < 0) {
        rest += 12;
        --whole;
    }
    return whole + rest * (month_of_year + 1) / 12 - rest * month_of_year / 12;
}

std::string plain_eur(Cents amount) {
    const std::uint64_t magnitude =
        amount < 0 ? 0 - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
    const std::string euros = fmt::format("{}", magnitude / 100);
    std::string out = amount < 0 ? "-" : "";
    for (std::size_t i = 0; i < euros.size(); ++i) {
        if (i > 0 && (euros.size() - i) % 3 == 0)
            out += ' ';
        out += euros[i];
    }
    return out + fmt::format(".{:02}", magnitude % 100);
}

}  // namespace tresse
