#include "tresse/world/book.hpp"

#include <algorithm>

#include "tresse/core/check.hpp"

namespace tresse::world {

BookShape BookShape::of(int services, int conditions, int causes, int mechanisms, int price_rows) {
    BookShape s;
    s.services = services, s.conditions = conditions, s.causes = causes, s.mechanisms = mechanisms, s.price_rows = price_rows;
    const auto rows = [](int n, auto kinds) { return static_cast<std::size_t>(n) * static_cast<std::size_t>(kinds); };
    std::size_t at = 0;
    s.group_at = at, at += rows(groups, GroupCount::count);
    s.service_at = at, at += rows(services, ServiceCount::count);
    s.condition_at = at, at += rows(conditions, ConditionCount::count);
    s.cause_at = at, at += rows(causes, CauseCount::count);
    s.mechanism_at = at, at += rows(mechanisms, MechanismCount::count);
    s.exposure_at = at, at += rows(2, oldest_age + 1);
    s.death_at = at, at += rows(2, oldest_age + 1);
    s.price_at = at, at += static_cast<std::size_t>(price_rows);
    s.size = at;
    return s;
}

void Book::clear() { std::fill(value_.begin(), value_.end(), 0); }

void Book::add(const Book& other) {
    TRESSE_CHECK(other.value_.size() == value_.size(), "books of one run have one shape");
    for (std::size_t i = 0; i < value_.size(); ++i) value_[i] += other.value_[i];
}

std::int64_t Book::group_sum(GroupCount what) const {
    std::int64_t sum = 0;
    for (int g = 0; g < groups; ++g) sum += group(what, g);
    return sum;
}

}  // namespace tresse::world
