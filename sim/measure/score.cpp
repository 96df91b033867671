#include "tresse/measure/score.hpp"

#include <array>

#include "tresse/core/check.hpp"

namespace tresse::measure {

namespace {

constexpr std::array<Score, static_cast<std::size_t>(ScoreId::count)> table{{
    {ScoreId::qaly_per_1000, "qaly_per_1000", Family::health, "Quality-adjusted years per 1 000 people", "years",
     "Years lived by 1 000 people who lived here at the start, each year counted by its quality between 0 and 1. Who "
     "moves away counts until then.",
     Direction::more, 1},
    {ScoreId::deaths_before_75_per_10000, "deaths_before_75_per_10000", Family::health,
     "Deaths before age 75 per 10 000 a year", "deaths",
     "Of 10 000 people under 75, those who die in a year. One town sees few, so chance is large.", Direction::less, 1},
    {ScoreId::life_expectancy_last_year, "life_expectancy_last_year", Family::health,
     "Life expectancy at birth, last year", "years",
     "Years that a newborn would live if the death rates of the last full year held for life.", Direction::more, 1},
    {ScoreId::went_without_care_percent, "went_without_care_percent", Family::experience,
     "Went without needed care, % a year", "%",
     "People who in a year did not get care that they needed, because of money, distance or waiting.", Direction::less,
     1},
    {ScoreId::complex_with_plan_percent, "complex_with_plan_percent", Family::experience,
     "Complex need, with a plan of own goals, %", "%",
     "Of people with three conditions or more, or in need of daily help: those with a care plan that holds their own "
     "goals.",
     Direction::more, 1},
    {ScoreId::avoidable_admissions_per_1000, "avoidable_admissions_per_1000", Family::experience,
     "Avoidable admissions per 1 000 a year", "stays",
     "Hospital stays for causes that good care outside hospital can often prevent.", Direction::less, 1},
    {ScoreId::readmitted_30_days_percent, "readmitted_30_days_percent", Family::experience,
     "Back in hospital within 30 days, %", "%", "Of all who leave hospital, those who are admitted again in 30 days.",
     Direction::less, 1},
    {ScoreId::cost_per_head_eur, "cost_per_head_eur", Family::cost, "Health care, all payers together",
     "EUR per inhabitant a year",
     "What insurance, governments and patients pay for care. Less is better only where health is no worse.",
     Direction::less, 1},
    {ScoreId::account_per_head_eur, "account_per_head_eur", Family::cost, "Health care, of which",
     "EUR per inhabitant a year", "The part of the cost that this account carries, refunds and transfers counted.",
     Direction::none, 1},
    {ScoreId::benefits_per_head_eur, "benefits_per_head_eur", Family::cost, "Beside it, not added: sickness benefits",
     "EUR per inhabitant a year", "Money paid to people who cannot work. Not care, so never added to its cost.",
     Direction::none, 1},
    {ScoreId::unpaid_hours_per_head, "unpaid_hours_per_head", Family::cost, "Hours of unpaid care per inhabitant",
     "hours a year", "Care by partners, relatives and neighbours. In hours, not in euros.", Direction::none, 1},
    {ScoreId::over_110_percent, "over_110_percent", Family::workers, "GPs and home nurses over 110 % of time, %", "%",
     "Of the posts filled, those in practices and teams that work more than a tenth beyond their time.",
     Direction::less, 1},
    {ScoreId::leaving_per_100, "leaving_per_100", Family::workers, "Leaving the work, per 100 a year", "posts",
     "Of 100 GPs and home nurses, those who stop in a year, retirement included.", Direction::less, 1},
    {ScoreId::gap_forgone_points, "gap_forgone_points", Family::equity, "Went without needed care, points", "points",
     "Share in the lowest income fifth minus the share in the highest.", Direction::closer_to_zero, 1},
    {ScoreId::gap_qaly_per_1000, "gap_qaly_per_1000", Family::equity, "Quality-adjusted years per 1 000 people",
     "years", "Years per 1 000 people in the lowest income fifth minus those in the highest.",
     Direction::closer_to_zero, 1},
}};

}  // namespace

std::span<const Score> scores() {
    return table;
}

const Score& score(ScoreId which) {
    TRESSE_CHECK(which != ScoreId::count, "`count` is the number of scores, not one of them");
    return table[static_cast<std::size_t>(which)];
}

const Score* find_score(std::string_view id) {
    for (const Score& s : table)
        if (s.id == id)
            return &s;
    return nullptr;
}

std::vector<ScoreRow> score_rows(const world::Catalogue& catalogue) {
    std::vector<ScoreRow> rows;
    for (const Score& s : table) {
        if (s.which != ScoreId::account_per_head_eur) {
            rows.push_back({std::string(s.id), s.which, -1});
            continue;
        }
        for (int a = 0; a < catalogue.first_flow; ++a)
            rows.push_back({std::string(s.id) + "/" + catalogue.accounts[static_cast<std::size_t>(a)].id, s.which, a});
    }
    return rows;
}

int slices(By by, const world::Catalogue& catalogue) {
    switch (by) {
    case By::all:
        return 1;
    case By::quintile:
        return world::quintiles;
    case By::bim:
        return 2;
    case By::sex:
        return 2;
    case By::age_band:
        return world::age_bands;
    case By::place:
        return static_cast<int>(catalogue.places.size());
    }
    return 0;
}

}  // namespace tresse::measure
