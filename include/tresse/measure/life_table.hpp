#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "tresse/world/book.hpp"
#include "tresse/world/limits.hpp"

namespace tresse::measure {

/// A number, or missing: an empty group has no value, never 0.
using Value = std::optional<double>;

/// One age interval of a period life table.
struct AgeInterval {
    double years = 1;  ///< width; ignored in the last interval, which is open
    double deaths = 0;
    double person_years = 0;
};

/// Life expectancy at the start of the first interval, with a constant hazard inside each interval.
/// Formula: m = deaths / person_years; l' = l exp(-m n); L = l (1 - exp(-m n)) / m, or l n where m = 0; open interval:
/// L = l / m. A constant hazard m at all ages gives 1 / m exactly.
/// Missing: an interval that people can reach without person-years. When nobody died in the open interval it is joined
/// with the one before, again and again; missing when nobody died at all.
/// Source: Preston, Heuveline & Guillot, Demography, 2001, ch. 3.
Value life_expectancy(std::span<const AgeInterval> intervals);

/// Person-months and deaths by sex and single age, added over books.
struct LifeCounts {
    std::array<std::array<std::int64_t, world::oldest_age + 1>, 2> months{}, deaths{};
    void add(const world::Book& book);
};

/// At birth, from single ages; the open interval starts at 95. `sex` 0 woman, 1 man, -1 both together.
Value life_expectancy_at_birth(const LifeCounts& counts, int sex = -1);

/// At birth, from the ten age bands of the groups that pass (quintile, sex, increased reimbursement; -1 = any). Coarser
/// than single ages: by up to half a year, so compare it only with its like.
Value life_expectancy_of_groups(std::span<const world::Book* const> books, int quintile, int sex, int bim);

}  // namespace tresse::measure
