#include <algorithm>
#include <cmath>

#include "tresse/core/math.hpp"
#include "tresse/measure/life_table.hpp"

#include "measures.hpp"

/// Measures of people, deaths and health.
namespace tresse::validate {

using measure::LifeCounts;
using measure::Value;
using scenario::Band;
using world::GroupCount;

Measured share_of(double above, double below, bool shared) {
    if (!(below > 0))
        return {};
    const double p = above / below;
    return {100 * p, 100 * std::sqrt(std::max(p * (1 - p), 0.25 / below) / below), shared};
}

Measured counted(double count, double scale, bool shared) {
    return {count * scale, std::sqrt(std::max(count, 1.0)) * scale, shared};
}

double life_expectancy_of_table(const std::array<double, 111>& death_prob, int from) {
    double alive = 1, years = 0;
    for (int a = from; a <= 110; ++a) {
        const double q = std::clamp(death_prob[static_cast<std::size_t>(a)], 0.0, a == 110 ? 0.98 : 0.999);
        const double m = -log_d(1 - q);
        if (a == 110)
            return years + alive / m;
        years += m > 0 ? alive * q / m : alive;
        alive *= 1 - q;
    }
    return years;
}

BySexFive<double> pack_people(const Evidence& e) {
    BySexFive<double> out{};
    for (const int m : e.scenario->area.municipalities) {
        const auto& place = e.scenario->region->municipalities[static_cast<std::size_t>(m)];
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t f = 0; f < fives; ++f)
                out[s][f] += place.population[s][f];
    }
    return out;
}

namespace {

double scale_of(const Future& f) { return f.record->sample; }

const measure::YearRecord& year_of(const Future& f) { return f.record->years.front(); }

bool wants_region(const Row& row, std::size_t region) {
    return row.band.region < 0 || row.band.region == static_cast<int>(region);
}

bool wants_sex(const Row& row, std::size_t sex) { return row.band.sex < 0 || row.band.sex == static_cast<int>(sex); }

bool wants_age(const Row& row, std::size_t age) {
    return static_cast<int>(age) >= row.band.age_from && static_cast<int>(age) <= row.band.age_to;
}

std::int64_t start_people(const Row& row, const Future& f, bool all_ages) {
    Row ages = row;
    if (all_ages)
        ages.band.age_from = 0, ages.band.age_to = 120;
    std::int64_t sum = 0;
    for (std::size_t r = 0; r < regions; ++r)
        if (wants_region(row, r))
            sum += over(ages, f.census->start[r]);
    return sum;
}

Measured population(const Row& row, const Future& f, const Evidence&) {
    // drawn by households of whole municipalities: without a sample the counts are exact
    return {static_cast<double>(start_people(row, f, true)) * scale_of(f), f.record->sample > 1 ? scale_of(f) * std::sqrt(static_cast<double>(f.census->households)) : 0.0, true};
}
Value pack_population(const Row&, const Evidence& e) {
    double sum = 0;
    for (const auto& sex : pack_people(e))
        for (const double n : sex)
            sum += n;
    return sum;
}

Measured share_of_age(const Row& row, const Future& f, const Evidence&) {
    Measured m = share_of(static_cast<double>(start_people(row, f, false)), static_cast<double>(start_people(row, f, true)), true);
    if (f.record->sample == 1)
        m.error = 0;
    return m;
}
Value pack_share_of_age(const Row& row, const Evidence& e) {
    const auto people = pack_people(e);
    double above = 0, all = 0;
    for (const auto& sex : people)
        for (std::size_t i = 0; i < fives; ++i) {
            all += sex[i];
            above += static_cast<int>(i) * 5 >= row.band.age_from ? sex[i] : 0;
        }
    return all > 0 ? Value(100 * above / all) : Value();
}

/// The month after the base year, when it was simulated: a child is counted a month after its birth, and who arrives in a
/// year is counted in the January that ends it.
const measure::YearRecord* month_after(const Future& f) { return f.record->years.size() > 1 && f.record->years[1].months == 1 ? &f.record->years[1] : nullptr; }

Measured births(const Row&, const Future& f, const Evidence&) {
    const measure::YearRecord* after = month_after(f);
    if (after == nullptr)
        return {};
    return counted(static_cast<double>(year_of(f).book.group_sum(GroupCount::births) + after->book.group_sum(GroupCount::births)), scale_of(f));
}
Measured deaths(const Row&, const Future& f, const Evidence&) { return counted(static_cast<double>(year_of(f).book.group_sum(GroupCount::deaths)), scale_of(f)); }

Measured net_migration(const Row&, const Future& f, const Evidence& e) {
    const measure::YearRecord* after = month_after(f);
    if (after == nullptr)
        return {};
    const auto of = [&](const measure::YearRecord& year, const char* word) {
        return static_cast<double>(year.book.mechanism(world::MechanismCount::persons, e.scenario->catalogue->mechanism(word)));
    };
    const double in = of(year_of(f), "arrival") + of(*after, "arrival"), out = of(year_of(f), "departure");
    return {(in - out) * scale_of(f), std::sqrt(in + out) * scale_of(f), false};
}

Measured alone(const Row&, const Future& f, const Evidence&) { return share_of(static_cast<double>(f.census->alone), static_cast<double>(f.census->households), true); }

Measured work(const Row& row, const Future& f, const Evidence&) {
    static const std::vector<std::string> words = {"child", "student", "employed", "unemployed", "sick_leave", "disabled", "retired", "at_home"};
    const auto at = std::find(words.begin(), words.end(), row.band.of);
    if (at == words.end())
        return {};
    std::int64_t some = over(row, f.census->work[static_cast<std::size_t>(at - words.begin())]);
    if (row.band.of == "employed")  // who is off work for a short while has a job
        some += over(row, f.census->work[static_cast<std::size_t>(world::WorkState::sick_leave)]);
    return share_of(static_cast<double>(some), static_cast<double>(over(row, f.census->persons)), true);
}

Measured long_absent(const Row& row, const Future& f, const Evidence&) {
    return counted(static_cast<double>(over(row, f.census->work[static_cast<std::size_t>(world::WorkState::disabled)])), scale_of(f), true);
}

Measured daily_smoking(const Row& row, const Future& f, const Evidence&) {
    return share_of(static_cast<double>(over(row, f.census->daily_smokers)), static_cast<double>(over(row, f.census->persons)), true);
}

/// Life expectancy with single ages up to 94; `spread`: years around it that one death moves, so that the error falls with the deaths.
Measured expectancy(const LifeCounts& counts, int sex, int from) {
    std::vector<measure::AgeInterval> rows;
    double all = 0;
    for (int a = from; a <= world::oldest_age; ++a) {
        if (a <= 95)
            rows.push_back({1, 0, 0});
        for (int s = 0; s < 2; ++s)
            if (sex < 0 || s == sex) {
                rows.back().deaths += static_cast<double>(counts.deaths[static_cast<std::size_t>(s)][static_cast<std::size_t>(a)]);
                rows.back().person_years += static_cast<double>(counts.months[static_cast<std::size_t>(s)][static_cast<std::size_t>(a)]) / 12;
            }
    }
    for (const auto& r : rows)
        all += r.deaths;
    // Chiang: the variance is about the spread of ages at death over the number of deaths
    const double spread = from >= 65 ? 8.5 : 13.5;
    return {measure::life_expectancy(rows), spread / std::sqrt(std::max(1.0, all)), false};
}

LifeCounts life_of(const Row& row, const Future& f) {
    LifeCounts sum;
    for (std::size_t r = 0; r < regions; ++r)
        if (wants_region(row, r))
            for (std::size_t s = 0; s < 2; ++s)
                for (std::size_t a = 0; a < sum.months[s].size(); ++a) {
                    sum.months[s][a] += f.census->life[r].months[s][a];
                    sum.deaths[s][a] += f.census->life[r].deaths[s][a];
                }
    return sum;
}

Measured life_expectancy(const Row& row, const Future& f, const Evidence&) { return expectancy(life_of(row, f), row.band.sex, row.band.age_from); }
Value table_expectancy(const Row& row, const Evidence& e) {
    const int region = row.band.region >= 0 ? row.band.region : row.band.country && e.country() ? -1 : e.region();
    if (row.band.sex < 0)
        return {};
    return life_expectancy_of_table(e.scenario->region->death_prob[static_cast<std::size_t>(region + 1)][static_cast<std::size_t>(row.band.sex)], row.band.age_from);
}

/// Half of the 95 % range of a Poisson count around its mean, the wider side: of few cases it is far wider than 1.96 roots.
/// Formula: sums of the law from 0 on to 2.5 and 97.5 %; above 500 the normal law.
double poisson_reach(double mean) {
    if (mean > 500)
        return 1.96 * std::sqrt(mean);
    double term = exp_d(-mean), sum = term;
    int n = 0, low = 0;
    for (; sum < 0.975; ++n, sum += term) {
        if (sum < 0.025)
            low = n + 1;
        term *= mean / (n + 1);
    }
    return std::max(n - mean, mean - low);
}

Measured deaths_of_table(const Row& row, const Future& f, const Evidence& e) {
    double died = 0, expected = 0;
    for (std::size_t r = 0; r < regions; ++r)
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t a = 0; a <= world::oldest_age; ++a) {
                if (!wants_region(row, r) || !wants_sex(row, s) || !wants_age(row, a))
                    continue;
                const double q = std::min(0.98, e.scenario->region->death_prob[r + 1][s][a]);
                died += static_cast<double>(f.census->life[r].deaths[s][a]);
                expected += static_cast<double>(f.census->life[r].months[s][a]) / 12 * -log_d(1 - q);
            }
    if (!(expected > 0))
        return {};
    // the futures are judged together: the reach of their sum, given to each so that their mean has it
    const auto futures = static_cast<double>(e.futures.size());
    return {died / expected, poisson_reach(expected * futures) / (1.96 * expected * std::sqrt(futures)), false};
}

Measured gap(const LifeCounts& high, const LifeCounts& low, int sex, int from) {
    const Measured a = expectancy(high, sex, from), b = expectancy(low, sex, from);
    if (!a.value || !b.value)
        return {};
    return {*a.value - *b.value, std::sqrt(a.error * a.error + b.error * b.error), false};
}
Measured education_gap(const Row& row, const Future& f, const Evidence&) { return gap(f.census->by_education[2], f.census->by_education[0], row.band.sex, row.band.age_from); }
Measured income_gap(const Row& row, const Future& f, const Evidence&) { return gap(f.census->by_fifth[4], f.census->by_fifth[0], row.band.sex, row.band.age_from); }

/// "dementia", "type2_diabetes/known": known cases, or all.
bool known_only(const Row& row, const Evidence& e) {
    if (row.band.of.ends_with("/known"))
        return true;
    return row.condition >= 0 && row.band.measure == "prevalence" && e.scenario->library->conditions[static_cast<std::size_t>(row.condition)].counts_diagnosed;
}

double cases(const Row& row, const Future& f, bool known) {
    const measure::PersonYear& p = year_of(f).persons;
    double sum = 0;
    for (int s = 0; s < 2; ++s)
        for (int k = 0; k < fives; ++k)
            if (wants_sex(row, static_cast<std::size_t>(s)) && k * 5 + 4 >= row.band.age_from && k * 5 <= row.band.age_to)
                sum += static_cast<double>(known ? p.known(row.condition, s, k) : p.with(row.condition, s, k));
    return sum;
}

Measured prevalent(const Row& row, const Future& f, const Evidence& e) { return counted(cases(row, f, known_only(row, e)), scale_of(f), true); }
Measured prevalent_share(const Row& row, const Future& f, const Evidence& e) {
    return share_of(cases(row, f, known_only(row, e)), static_cast<double>(over(row, f.census->persons)), true);
}

/// Cases over what the pack's table gives for the people who are there, in percent.
Measured prevalence(const Row& row, const Future& f, const Evidence& e) {
    const auto& table = e.scenario->region->prevalence.at(e.scenario->catalogue->conditions[static_cast<std::size_t>(row.condition)].id);
    const measure::PersonYear& p = year_of(f).persons;
    double expected = 0;
    for (int s = 0; s < 2; ++s)
        for (int k = 0; k < fives; ++k)
            if (wants_sex(row, static_cast<std::size_t>(s)) && k * 5 + 4 >= row.band.age_from && k * 5 <= row.band.age_to)
                expected += table[static_cast<std::size_t>(s)][static_cast<std::size_t>(k)] * static_cast<double>(p.year(measure::YearCount::persons, s, k));
    if (expected < 1)
        return {};
    return {100 * cases(row, f, known_only(row, e)) / expected, 100 / std::sqrt(expected), true};
}
Value whole(const Row&, const Evidence&) { return 100.0; }

Measured onsets(const Row& row, const Future& f, const Evidence&) {
    return counted(static_cast<double>(year_of(f).book.condition(world::ConditionCount::onsets, row.condition)), scale_of(f));
}

Measured reports_illness(const Row& row, const Future& f, const Evidence&) {
    return share_of(static_cast<double>(over(row, f.census->reports_illness)) / static_cast<double>(answer_unit), static_cast<double>(over(row, f.census->persons)), true);
}

Measured poor_health(const Row& row, const Future& f, const Evidence&) {
    const std::size_t diploma = row.band.of == "low" ? 0 : row.band.of == "middle" ? 1 : 2;
    const auto all = static_cast<double>(over(row, f.census->of_education[diploma]));
    return share_of(all - static_cast<double>(over(row, f.census->good_health[diploma])), all, true);
}

constexpr std::array<int, world::age_bands> band_from = {0, 5, 15, 25, 45, 55, 65, 75, 85, 95};

/// Quality weight by band of the groups, of the sexes and bands that a row wants.
Measured utility(const Row& row, const Future& f, const Evidence&) {
    double quality = 0, months = 0;
    for (int g = 0; g < world::groups; ++g) {
        const world::GroupParts p = world::group_parts(g);
        const int from = band_from[static_cast<std::size_t>(p.band)];
        if (!wants_sex(row, static_cast<std::size_t>(p.sex)) || from < row.band.age_from || from > row.band.age_to)
            continue;
        quality += static_cast<double>(year_of(f).book.group(GroupCount::quality, g)) / 65535;
        months += static_cast<double>(year_of(f).book.group(GroupCount::person_months, g));
    }
    if (!(months > 0))
        return {};
    return {quality / months, 0.2 / std::sqrt(months / 12), true};
}
Value pack_utility(const Row& row, const Evidence& e) {
    const auto people = pack_people(e);
    double sum = 0, all = 0;
    for (std::size_t s = 0; s < 2; ++s)
        for (std::size_t k = 0; k < fives; ++k)
            if (wants_sex(row, s) && static_cast<int>(k) * 5 >= row.band.age_from && static_cast<int>(k) * 5 <= row.band.age_to) {
                sum += people[s][k] * e.scenario->region->utility[s][k * 5 + 2];
                all += people[s][k];
            }
    return all > 0 ? Value(sum / all) : Value();
}

Measured quality_life_expectancy(const Row& row, const Future& f, const Evidence& e) {
    const LifeCounts life = life_of(row, f);
    const auto s = static_cast<std::size_t>(std::max(0, row.band.sex));
    double alive = 1, years = 0;
    for (int a = row.band.age_from; a <= 100; ++a) {
        Row here = row;
        const int band = world::age_band(a);
        here.band.age_from = here.band.age_to = band_from[static_cast<std::size_t>(band)];
        const Value weight = utility(here, f, e).value;
        double died = 0, lived = 0;
        for (int b = a; b <= (a == 100 ? world::oldest_age : a); ++b)
            died += static_cast<double>(life.deaths[s][static_cast<std::size_t>(b)]), lived += static_cast<double>(life.months[s][static_cast<std::size_t>(b)]) / 12;
        if (!weight || !(lived > 0))
            return {};
        const double m = died / lived;
        years += *weight * (a == 100 ? (m > 0 ? alive / m : 0) : m > 0 ? alive * (1 - exp_d(-m)) / m : alive);
        alive *= exp_d(-m);
    }
    return {years, 11 / std::sqrt(5000.0), false};
}

Measured reimbursed(const Row& row, const Future& f, const Evidence&) {
    double some = 0;
    for (std::size_t r = 0; r < regions; ++r)
        if (wants_region(row, r))
            some += static_cast<double>(f.census->start_reimbursed[r]);
    return share_of(some, static_cast<double>(start_people(row, f, true)), true);
}
Value pack_reimbursed(const Row&, const Evidence& e) {
    double sum = 0, all = 0;
    for (const int m : e.scenario->area.municipalities) {
        const auto& place = e.scenario->region->municipalities[static_cast<std::size_t>(m)];
        sum += place.bim_share * place.inhabitants(), all += place.inhabitants();
    }
    return all > 0 ? Value(100 * sum / all) : Value();
}

}  // namespace

std::vector<MeasureWord> people_measures() {
    return {{"population", population, pack_population},
            {"share_of_age", share_of_age, pack_share_of_age},
            {"births", births, nullptr},
            {"deaths", deaths, nullptr},
            {"net_migration", net_migration, nullptr},
            {"alone", alone, nullptr},
            {"work", work, nullptr},
            {"long_absent", long_absent, nullptr},
            {"daily_smoking", daily_smoking, nullptr},
            {"life_expectancy", life_expectancy, table_expectancy},
            {"deaths_of_table", deaths_of_table, nullptr},
            {"education_gap", education_gap, nullptr},
            {"income_gap", income_gap, nullptr},
            {"prevalent", prevalent, nullptr},
            {"prevalent_share", prevalent_share, nullptr},
            {"prevalence", prevalence, whole},
            {"onsets", onsets, nullptr},
            {"reports_illness", reports_illness, nullptr},
            {"poor_health_by_diploma", poor_health, nullptr},
            {"utility", utility, pack_utility},
            {"quality_life_expectancy", quality_life_expectancy, nullptr},
            {"reimbursed", reimbursed, pack_reimbursed}};
}

}  // namespace tresse::validate
