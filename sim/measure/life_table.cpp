#include "tresse/measure/life_table.hpp"

#include <algorithm>
#include <vector>

#include "tresse/core/math.hpp"

namespace tresse::measure {

using world::GroupCount;

Value life_expectancy(std::span<const AgeInterval> intervals) {
    std::size_t n = intervals.size();
    if (n == 0)
        return {};
    AgeInterval open = intervals[n - 1];
    while (!(open.deaths > 0) && n > 1) {
        --n;
        open.deaths += intervals[n - 1].deaths;
        open.person_years += intervals[n - 1].person_years;
    }
    if (!(open.deaths > 0) || !(open.person_years > 0))
        return {};
    double alive = 1, years = 0;
    for (std::size_t i = 0; i + 1 < n; ++i) {
        const AgeInterval& a = intervals[i];
        if (!(a.person_years > 0))
            return {};
        const double hazard = a.deaths / a.person_years;
        const double left = alive * exp_d(-hazard * a.years);
        // for tiny hazards (1 - exp(-x)) / x loses digits; its series does not
        const double x = hazard * a.years;
        years += x < 1e-6 ? alive * a.years * (1 - x / 2) : (alive - left) / hazard;
        alive = left;
    }
    return years + alive * open.person_years / open.deaths;
}

void LifeCounts::add(const world::Book& book) {
    for (int sex = 0; sex < 2; ++sex) {
        for (int age = 0; age <= world::oldest_age; ++age) {
            months[static_cast<std::size_t>(sex)][static_cast<std::size_t>(age)] += book.exposure(sex, age);
            deaths[static_cast<std::size_t>(sex)][static_cast<std::size_t>(age)] += book.deaths_at(sex, age);
        }
    }
}

Value life_expectancy_at_birth(const LifeCounts& counts, int sex) {
    constexpr int open_from = 95;
    std::vector<AgeInterval> list(open_from + 1);
    for (std::size_t s = 0; s < 2; ++s) {
        if (sex >= 0 && s != static_cast<std::size_t>(sex))
            continue;
        for (std::size_t age = 0; age <= world::oldest_age; ++age) {
            AgeInterval& a = list[std::min<std::size_t>(age, open_from)];
            a.deaths += static_cast<double>(counts.deaths[s][age]);
            a.person_years += static_cast<double>(counts.months[s][age]) / 12;
        }
    }
    return life_expectancy(list);
}

Value life_expectancy_of_groups(std::span<const world::Book* const> books, int quintile, int sex, int bim) {
    constexpr std::array<double, world::age_bands> width{5, 10, 10, 20, 10, 10, 10, 10, 10, 1};
    std::vector<AgeInterval> list(world::age_bands);
    for (std::size_t band = 0; band < list.size(); ++band)
        list[band].years = width[band];
    for (const world::Book* book : books) {
        for (int g = 0; g < world::groups; ++g) {
            const world::GroupParts p = world::group_parts(g);
            if ((quintile >= 0 && p.quintile != quintile) || (sex >= 0 && p.sex != sex) || (bim >= 0 && p.bim != bim))
                continue;
            AgeInterval& a = list[static_cast<std::size_t>(p.band)];
            a.deaths += static_cast<double>(book->group(GroupCount::deaths, g));
            a.person_years += static_cast<double>(book->group(GroupCount::person_months, g)) / 12;
        }
    }
    return life_expectancy(list);
}

}  // namespace tresse::measure
