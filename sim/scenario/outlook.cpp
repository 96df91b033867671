#include <algorithm>
#include <map>

#include "compile_parts.hpp"
#include "tresse/core/csv.hpp"

namespace tresse::scenario {

namespace {

constexpr std::string_view region_words[] = {"flanders", "brussels", "wallonia"};

/// Inhabitants of a region by year, from the outlook's table. Missing: no rows.
std::map<int, double> outlook_of(const Region& region, std::size_t r) {
    std::map<int, double> out;
    const auto found = region.tables.find("projection");
    if (found == region.tables.end()) return out;
    const NamedTable& table = found->second;
    const auto column = [&](std::string_view name) { return static_cast<std::size_t>(std::find(table.columns.begin(), table.columns.end(), name) - table.columns.begin()); };
    const std::size_t where = column("region"), year = column("year"), people = column("population");
    for (const auto& row : table.rows) {
        if (where >= row.size() || year >= row.size() || people >= row.size() || row[where] != region_words[r]) continue;
        double y = 0, n = 0;
        if (parse_number(row[year], y) && parse_number(row[people], n)) out[static_cast<int>(y)] += n;
    }
    return out;
}

/// People of a region by sex and single age, carried from year to year by births, deaths, departures and arrivals.
struct Cohorts {
    using Ages = std::array<double, model::ages>;
    std::array<Ages, 2> people{};

    double all() const {
        double sum = 0;
        for (const Ages& sex : people)
            for (const double n : sex) sum += n;
        return sum;
    }
    void year_on(const model::Tables& t, std::size_t r, double arrivals, int year);
};

double survives(const model::MortalityTables& m, std::size_t r, std::size_t sex, std::size_t age, int year) {
    const double fall = static_cast<double>(age >= 95 ? 0.0f : age >= 85 ? m.improvement_85 : m.improvement_young);
    const double path = pow_d(1.0 - fall, static_cast<double>(std::max(0, year - m.base_year)));
    return exp_d(-12.0 * static_cast<double>(m.base_month[r][sex][age]) * path);
}

void Cohorts::year_on(const model::Tables& t, std::size_t r, double arrivals, int year) {
    const model::DemographyTables& d = t.demography;
    std::array<Ages, 2> next{};
    double born = 0, mobile = 0;
    for (const Ages& sex : people)
        for (std::size_t a = 0; a < model::ages; ++a) mobile += sex[a] * static_cast<double>(d.leaves_area[r][static_cast<std::size_t>(model::five_year_band(static_cast<int>(a)))]);
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t a = 0; a < model::ages; ++a) {
            const double leaves = static_cast<double>(d.leaves_area[r][static_cast<std::size_t>(model::five_year_band(static_cast<int>(a)))]);
            const double n = people[sex][a];
            if (sex == 0) born += n * static_cast<double>(d.births_per_woman_year[r][a]) * (1.0 + static_cast<double>(d.twins_share));
            // who comes has the ages of who goes
            const double comes = mobile > 0 ? arrivals * n * leaves / mobile : 0;
            next[sex][std::min<std::size_t>(a + 1, model::ages - 1)] += n * survives(t.mortality, r, sex, a, year) * exp_d(-leaves) + comes;
        }
    const double boys = static_cast<double>(d.boys_share);
    next[0][0] += born * (1 - boys), next[1][0] += born * boys;
    people = next;
}

Cohorts start_of(const Draws& draws, std::size_t r) {
    Cohorts c;
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t b = 0; b < model::five_year_bands; ++b)
            for (std::size_t k = 0; k < (b == 20 ? 1u : 5u); ++k) c.people[sex][b * 5 + k] += draws.inhabitants[r][sex][b] / (b == 20 ? 1.0 : 5.0);
    return c;
}

Cohorts carried(Cohorts c, const model::Tables& t, std::size_t r, double arrivals, int from, int to) {
    for (int y = from; y < to; ++y) c.year_on(t, r, arrivals, y);
    return c;
}

}  // namespace

void compile_outlook(const Draws& draws, model::Tables& tables) {
    model::DemographyTables& d = tables.demography;
    d.first_path_year = draws.region.counts_year;
    for (std::size_t r = 0; r < model::regions; ++r) {
        d.arrivals_path[r].fill(d.arrivals_per_100000[r]);
        const double people = draws.inhabitants_of(static_cast<int>(r));
        if (!(people > 0)) continue;
        const std::map<int, double> outlook = outlook_of(draws.region, r);
        const auto base = outlook.find(d.first_path_year);
        if (base == outlook.end()) continue;
        Cohorts now = start_of(draws, r);
        int year = d.first_path_year;
        double per_year = static_cast<double>(d.arrivals_per_100000[r]) / 1e5 * people;
        // the first year has the flow that is published; the years after bring what is missing to the outlook
        now = carried(now, tables, r, per_year, year, year + 1);
        ++year;
        for (const auto& [until, number] : outlook) {
            if (until <= year) continue;
            // linear in the arrivals: two paths give the one that meets the outlook
            const double wanted = people * number / base->second;
            const double none = carried(now, tables, r, 0, year, until).all(), some = carried(now, tables, r, per_year, year, until).all();
            if (some > none) per_year = std::max(0.0, per_year * (wanted - none) / (some - none));
            now = carried(now, tables, r, per_year, year, until);
            for (int y = year; y < until && y - d.first_path_year < model::path_years; ++y)
                d.arrivals_path[r][static_cast<std::size_t>(y - d.first_path_year)] = static_cast<std::int32_t>(per_year / people * 1e5 + 0.5);
            year = until;
        }
        for (int y = year; y - d.first_path_year < model::path_years; ++y) d.arrivals_path[r][static_cast<std::size_t>(y - d.first_path_year)] = static_cast<std::int32_t>(per_year / people * 1e5 + 0.5);
    }
}

}  // namespace tresse::scenario
