#include <algorithm>
#include <span>

#include "tresse/core/check.hpp"
#include "tresse/measure/equity.hpp"
#include "tresse/measure/score.hpp"

namespace tresse::measure {

using world::GroupCount;

namespace {

constexpr double quality_unit = 65535.0;  // of GroupCount::quality: 65535 for a month in full health

/// The years of a record that a slice asks for.
std::span<const YearRecord> years_of(const RunRecord& record, int year) {
    const std::span<const YearRecord> all = record.years;
    if (year < 0)
        return all;
    TRESSE_CHECK(static_cast<std::size_t>(year) < all.size(), "a slice names a year of the record");
    return all.subspan(static_cast<std::size_t>(year), 1);
}

bool passes(const Slice& slice, const world::GroupParts& p) {
    switch (slice.by) {
    case By::all:
        return true;
    case By::quintile:
        return p.quintile == slice.index;
    case By::bim:
        return p.bim == slice.index;
    case By::sex:
        return p.sex == slice.index;
    case By::age_band:
        return p.band == slice.index;
    case By::place:
        return false;
    }
    return false;
}

constexpr int oldest_band = world::age_bands - 1;
constexpr int last_band_under_75 = world::age_band(74);

/// Sum of one count over the slice and its years, bands up to `last_band`.
std::int64_t counted(const RunRecord& record, const Slice& slice, GroupCount what, int last_band = oldest_band) {
    std::int64_t sum = 0;
    for (const YearRecord& y : years_of(record, slice.year)) {
        if (slice.by == By::place) {
            const auto place = static_cast<std::size_t>(slice.index);
            if (place < y.places.size() && static_cast<std::size_t>(what) < y.places[place].counts.size())
                sum += y.places[place].counts[static_cast<std::size_t>(what)];
            continue;
        }
        for (int g = 0; g < world::groups; ++g) {
            const world::GroupParts p = world::group_parts(g);
            if (p.band <= last_band && passes(slice, p))
                sum += y.book.group(what, g);
        }
    }
    return sum;
}

Value ratio(double scale, double above, double below) {
    if (!(below > 0))
        return {};
    return scale * above / below;
}

Value ratio(double scale, const RunRecord& r, const Slice& s, GroupCount above, GroupCount below) {
    return ratio(scale, static_cast<double>(counted(r, s, above)), static_cast<double>(counted(r, s, below)));
}

double persons_at_start(const RunRecord& record, const Slice& slice) {
    if (slice.by == By::place)
        return static_cast<double>(record.start.by_place[static_cast<std::size_t>(slice.index)]);
    std::int64_t sum = 0;
    for (int g = 0; g < world::groups; ++g)
        if (passes(slice, world::group_parts(g)))
            sum += record.start.by_group[static_cast<std::size_t>(g)];
    return static_cast<double>(sum);
}

Value qaly(const RunRecord& record, const Slice& slice) {
    if (slice.by == By::age_band)
        return {};
    const auto quality = static_cast<double>(counted(record, slice, GroupCount::cohort_quality));
    return ratio(1000.0, quality / quality_unit / 12, persons_at_start(record, slice));
}

Value deaths_before_75(const RunRecord& record, const Slice& slice) {
    std::int64_t months = 0;
    if (slice.by == By::place) {
        for (const YearRecord& y : years_of(record, slice.year))
            months += y.place_months_under_75[static_cast<std::size_t>(slice.index)];
    } else {
        months = counted(record, slice, GroupCount::person_months, last_band_under_75);
    }
    const auto deaths = static_cast<double>(counted(record, slice, GroupCount::deaths_before_75));
    return ratio(10000.0, deaths, static_cast<double>(months) / 12);
}

/// The year asked for, else the last of twelve months, else the last.
const YearRecord* year_of_life(const RunRecord& record, int year) {
    if (record.years.empty())
        return nullptr;
    if (year >= 0)
        return &years_of(record, year).front();
    for (auto y = record.years.rbegin(); y != record.years.rend(); ++y)
        if (y->months == 12)
            return &*y;
    return &record.years.back();
}

Value life_expectancy_of(const RunRecord& record, const Slice& slice) {
    const YearRecord* year = year_of_life(record, slice.year);
    if (year == nullptr || slice.by == By::age_band || slice.by == By::place)
        return {};
    if (slice.by == By::all || slice.by == By::sex) {
        LifeCounts counts;
        counts.add(year->book);
        return life_expectancy_at_birth(counts, slice.by == By::sex ? slice.index : -1);
    }
    const world::Book* book = &year->book;
    return life_expectancy_of_groups(std::span(&book, 1), slice.by == By::quintile ? slice.index : -1, -1,
                                     slice.by == By::bim ? slice.index : -1);
}

Value per_head_year(const RunRecord& record, const Slice& slice, double sum) {
    return ratio(12.0, sum, static_cast<double>(counted(record, slice, GroupCount::person_months)));
}

Value cost(const ScoreRow& row, const RunRecord& record, const world::Catalogue& catalogue, const Slice& slice) {
    if (slice.by != By::all) {
        if (row.score != ScoreId::cost_per_head_eur)
            return {};
        const auto cents = counted(record, slice, GroupCount::cents_public) +
                           counted(record, slice, GroupCount::cents_share) +
                           counted(record, slice, GroupCount::cents_extra);
        return per_head_year(record, slice, static_cast<double>(cents) / 100);
    }
    const CostByAccount sums = cost_by_account(record, catalogue, slice.year);
    const Cents cents = row.score == ScoreId::cost_per_head_eur ? sums.total
                        : row.score == ScoreId::benefits_per_head_eur
                            ? sums.benefits
                            : sums.care[static_cast<std::size_t>(row.account)];
    return per_head_year(record, slice, static_cast<double>(cents) / 100);
}

/// GP practices, medical houses and home-nursing teams: the kinds that staff these two desks.
bool counts_as_worker(const world::Catalogue& catalogue, std::size_t kind) {
    const int role = catalogue.kinds[kind].role;
    return role >= 0 && (role == catalogue.role("gp") || role == catalogue.role("home_nursing"));
}

Value workers(const ScoreRow& row, const RunRecord& record, const world::Catalogue& catalogue, const Slice& slice) {
    if (slice.by != By::all && slice.by != By::place)
        return {};
    KindYear sum;
    const std::size_t kinds = catalogue.kinds.size();
    for (const YearRecord& y : years_of(record, slice.year))
        for (std::size_t k = 0; k < kinds; ++k)
            if (counts_as_worker(catalogue, k))
                sum.add(slice.by == By::all ? y.kinds[k]
                                            : y.place_kinds[static_cast<std::size_t>(slice.index) * kinds + k]);
    const auto filled = static_cast<double>(sum.filled);
    if (row.score == ScoreId::over_110_percent)
        return ratio(100.0, static_cast<double>(sum.over_time), filled);
    return ratio(100.0, static_cast<double>(sum.exits), filled / 12);
}

Value gap(ScoreId of, const RunRecord& record, const world::Catalogue& catalogue, const Slice& slice) {
    if (slice.by != By::all)
        return {};
    const ScoreRow row{"", of, -1};
    const Value low = score_value(row, record, catalogue, {By::quintile, 0, slice.year});
    const Value high = score_value(row, record, catalogue, {By::quintile, world::quintiles - 1, slice.year});
    if (!low || !high)
        return {};
    return *low - *high;
}

}  // namespace

Value score_value(const ScoreRow& row, const RunRecord& record, const world::Catalogue& catalogue, const Slice& slice) {
    TRESSE_CHECK(slice.index >= 0 && slice.index < slices(slice.by, catalogue), "a slice names a group that exists");
    switch (row.score) {
    case ScoreId::qaly_per_1000:
        return qaly(record, slice);
    case ScoreId::deaths_before_75_per_10000:
        return deaths_before_75(record, slice);
    case ScoreId::life_expectancy_last_year:
        return life_expectancy_of(record, slice);
    case ScoreId::went_without_care_percent:
        return ratio(100, record, slice, GroupCount::census_without_care, GroupCount::census_persons);
    case ScoreId::complex_with_plan_percent:
        return ratio(100, record, slice, GroupCount::census_complex_plan, GroupCount::census_complex);
    case ScoreId::avoidable_admissions_per_1000:
        return ratio(12000, record, slice, GroupCount::avoidable, GroupCount::person_months);
    case ScoreId::readmitted_30_days_percent:
        return ratio(100, record, slice, GroupCount::readmissions, GroupCount::discharges);
    case ScoreId::cost_per_head_eur:
    case ScoreId::account_per_head_eur:
    case ScoreId::benefits_per_head_eur:
        return cost(row, record, catalogue, slice);
    case ScoreId::unpaid_hours_per_head:
        return ratio(12, record, slice, GroupCount::unpaid_hours, GroupCount::person_months);
    case ScoreId::over_110_percent:
    case ScoreId::leaving_per_100:
        return workers(row, record, catalogue, slice);
    case ScoreId::gap_forgone_points:
        return gap(ScoreId::went_without_care_percent, record, catalogue, slice);
    case ScoreId::gap_qaly_per_1000:
        return gap(ScoreId::qaly_per_1000, record, catalogue, slice);
    case ScoreId::count:
        break;
    }
    TRESSE_CHECK(false, "every score has a formula");
    return {};
}

std::int64_t count_of(const RunRecord& record, const Slice& slice, GroupCount what) {
    return counted(record, slice, what);
}

std::vector<Value> score_values(std::span<const ScoreRow> rows, const RunRecord& record,
                                const world::Catalogue& catalogue, const Slice& slice) {
    std::vector<Value> out;
    out.reserve(rows.size());
    for (const ScoreRow& row : rows)
        out.push_back(score_value(row, record, catalogue, slice));
    return out;
}

double person_years(const RunRecord& record, int year) {
    return static_cast<double>(counted(record, {By::all, 0, year}, GroupCount::person_months)) / 12;
}

CostByAccount cost_by_account(const RunRecord& record, const world::Catalogue& catalogue, int year) {
    const int payers = catalogue.first_flow;
    const int household = catalogue.account("household");
    const auto named = [&](int account, auto&& test) {
        return test(catalogue.accounts[static_cast<std::size_t>(account)].id);
    };
    const auto is_financing = [](const std::string& id) { return id.starts_with("financing_"); };
    CostByAccount out;
    out.care.assign(static_cast<std::size_t>(payers), 0);
    for (const YearRecord& y : years_of(record, year)) {
        for (const world::Posting& p : y.postings) {
            if (named(p.from, is_financing))
                continue;
            if (p.to == household &&
                catalogue.accounts[static_cast<std::size_t>(p.from)].use == world::AccountUse::income_replacement) {
                out.benefits += p.cents;
                continue;
            }
            if (p.from < payers)
                out.care[static_cast<std::size_t>(p.from)] += p.cents;
            if (p.to < payers)
                out.care[static_cast<std::size_t>(p.to)] -= p.cents;
        }
    }
    for (const Cents c : out.care)
        out.total += c;
    return out;
}

std::vector<RankedGroup> by_income(const ScoreRow& row, const RunRecord& record, const world::Catalogue& catalogue,
                                   int year) {
    std::vector<RankedGroup> out;
    for (int q = 0; q < world::quintiles; ++q) {
        const Slice slice{By::quintile, q, year};
        const double persons = row.score == ScoreId::qaly_per_1000
                                   ? persons_at_start(record, slice)
                                   : static_cast<double>(counted(record, slice, GroupCount::person_months));
        out.push_back({persons, score_value(row, record, catalogue, slice)});
    }
    return out;
}

}  // namespace tresse::measure
