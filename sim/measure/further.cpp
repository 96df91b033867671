#include "tresse/measure/further.hpp"

#include <array>

#include "tresse/core/check.hpp"

namespace tresse::measure {

using world::GroupCount;

namespace {

enum class How : std::uint8_t { share, days_waited, workers };
enum class Who : std::uint8_t { gp, home_nursing, specialists, everybody };

struct Row {
    FurtherScore score;
    How how = How::share;
    GroupCount above = GroupCount::count, below = GroupCount::count;  ///< of a share
    double scale = 100;
    Who who = Who::everybody;
    std::int64_t KindYear::*part = nullptr;   ///< of what workers are counted
    std::int64_t KindYear::*whole = nullptr;
};

constexpr Row share(FurtherScore score, GroupCount above, GroupCount below, double scale = 100) { return {score, How::share, above, below, scale, Who::everybody, nullptr, nullptr}; }
constexpr Row waited(FurtherScore score, Who who) { return {score, How::days_waited, GroupCount::count, GroupCount::count, 1, who, nullptr, nullptr}; }
constexpr Row workers(FurtherScore score, Who who, std::int64_t KindYear::*part, std::int64_t KindYear::*whole) { return {score, How::workers, GroupCount::count, GroupCount::count, 100, who, part, whole}; }

constexpr auto rows = std::to_array<Row>({
    share({"good_health_percent", Family::health, "In good health, %", "%"}, GroupCount::census_good_health, GroupCount::census_persons),
    share({"home_last_month_days", Family::health, "Days at home in the last month of life, of 30", "days"}, GroupCount::last_month_home, GroupCount::last_month_months, 1),
    share({"died_in_hospital_percent", Family::health, "Deaths that ended a stay in hospital, %", "%"}, GroupCount::deaths_in_hospital, GroupCount::deaths),
    share({"without_money_percent", Family::experience, "Went without care for money, %", "%"}, GroupCount::census_without_money, GroupCount::census_persons),
    share({"without_distance_percent", Family::experience, "Went without care for distance, %", "%"}, GroupCount::census_without_distance, GroupCount::census_persons),
    share({"without_waiting_percent", Family::experience, "Went without care for waiting, %", "%"}, GroupCount::census_without_waiting, GroupCount::census_persons),
    waited({"gp_days_waited", Family::experience, "Days waited for a GP", "days"}, Who::gp),
    waited({"specialist_days_waited", Family::experience, "Days waited for a specialist", "days"}, Who::specialists),
    share({"upc_percent", Family::experience, "GP contacts with the own practice (UPC), %", "%"}, GroupCount::census_upc_own, GroupCount::census_upc_all),
    share({"coc_percent", Family::experience, "Two GP contacts of a year with one practice (COC), %", "%"}, GroupCount::census_gp_same, GroupCount::census_gp_pairs),
    share({"loyal_percent", Family::experience, "Three GP contacts in four with one practice, %", "%"}, GroupCount::census_gp_loyal, GroupCount::census_gp_user),
    share({"emergency_per_1000", Family::experience, "Emergency visits per 1 000 a year", "visits"}, GroupCount::emergency_visits, GroupCount::person_months, 12000),
    share({"admissions_per_1000", Family::experience, "Stays in hospital per 1 000 a year", "stays"}, GroupCount::admissions, GroupCount::person_months, 12000),
    share({"repeated_tests_percent", Family::experience, "Tests that repeat another, %", "%"}, GroupCount::repeated_tests, GroupCount::tests),
    workers({"gp_over_time_percent", Family::workers, "GPs over 110 % of time, %", "%"}, Who::gp, &KindYear::over_time, &KindYear::filled),
    workers({"nurse_over_time_percent", Family::workers, "Home nurses over 110 % of time, %", "%"}, Who::home_nursing, &KindYear::over_time, &KindYear::filled),
    workers({"gp_burnt_out_percent", Family::workers, "GPs burnt out, %", "%"}, Who::gp, &KindYear::burnt_out, &KindYear::filled),
    workers({"nurse_burnt_out_percent", Family::workers, "Home nurses burnt out, %", "%"}, Who::home_nursing, &KindYear::burnt_out, &KindYear::filled),
    workers({"gp_vacant_percent", Family::workers, "Posts of GPs vacant, %", "%"}, Who::gp, nullptr, &KindYear::posts),
    workers({"nurse_vacant_percent", Family::workers, "Posts of home nurses vacant, %", "%"}, Who::home_nursing, nullptr, &KindYear::posts),
    workers({"gp_admin_percent", Family::workers, "Time of GPs for programmes' paperwork, %", "%", 2}, Who::gp, &KindYear::admin, &KindYear::capacity),
    workers({"record_percent", Family::workers, "Providers that share the record, %", "%"}, Who::everybody, &KindYear::sharing_record, &KindYear::providers),
    workers({"guideline_percent", Family::workers, "Providers that follow the guideline, %", "%"}, Who::everybody, &KindYear::using_guideline, &KindYear::providers),
});

constexpr auto made = [] {
    std::array<FurtherScore, rows.size()> out{};
    for (std::size_t i = 0; i < rows.size(); ++i)
        out[i] = rows[i].score;
    return out;
}();

Value over(double scale, double above, double below) {
    if (!(below > 0))
        return {};
    return scale * above / below;
}

bool meant(const Row& row, const world::Catalogue& c, std::size_t kind) {
    const int role = c.kinds[kind].role;
    if (row.who == Who::everybody)
        return true;
    return role >= 0 && role == c.role(row.who == Who::gp ? "gp" : "home_nursing");
}

Value of_workers(const Row& row, const RunRecord& record, const world::Catalogue& c, const Slice& slice) {
    if (slice.by != By::all && slice.by != By::place)
        return {};
    KindYear sum;
    const std::size_t kinds = c.kinds.size();
    for (std::size_t y = 0; y < record.years.size(); ++y) {
        if (slice.year >= 0 && static_cast<std::size_t>(slice.year) != y)
            continue;
        for (std::size_t k = 0; k < kinds; ++k)
            if (meant(row, c, k))
                sum.add(slice.by == By::all ? record.years[y].kinds[k] : record.years[y].place_kinds[static_cast<std::size_t>(slice.index) * kinds + k]);
    }
    const std::int64_t part = row.part == nullptr ? sum.posts - sum.filled : sum.*row.part;
    return over(row.scale, static_cast<double>(part), static_cast<double>(sum.*row.whole));
}

Value of_waiting(const Row& row, const RunRecord& record, const world::Catalogue& c, const Slice& slice) {
    if (slice.by != By::all)
        return {};
    double days = 0, served = 0;
    for (std::size_t y = 0; y < record.years.size(); ++y) {
        const world::Book& book = record.years[y].book;
        if (slice.year >= 0 && static_cast<std::size_t>(slice.year) != y)
            continue;
        for (std::size_t s = 0; s < c.services.size() && static_cast<int>(s) < book.shape().services; ++s) {
            const world::Service& service = c.services[s];
            if (service.queue != world::QueueLaw::queue || !(row.who == Who::gp ? service.gp_contact : service.specialist_contact))
                continue;
            days += static_cast<double>(book.service(world::ServiceCount::days_waited, static_cast<int>(s)));
            served += static_cast<double>(book.service(world::ServiceCount::served, static_cast<int>(s)));
        }
    }
    return over(row.scale, days, served);
}

}  // namespace

std::span<const FurtherScore> further_scores() { return made; }

Value further_value(std::size_t which, const RunRecord& record, const world::Catalogue& catalogue, const Slice& slice) {
    TRESSE_CHECK(which < rows.size(), "a further score is one of the list");
    TRESSE_CHECK(slice.index >= 0 && slice.index < slices(slice.by, catalogue), "a slice names a group that exists");
    const Row& row = rows[which];
    switch (row.how) {
    case How::share:
        return over(row.scale, static_cast<double>(count_of(record, slice, row.above)), static_cast<double>(count_of(record, slice, row.below)));
    case How::days_waited:
        return of_waiting(row, record, catalogue, slice);
    case How::workers:
        return of_workers(row, record, catalogue, slice);
    }
    return {};
}

}  // namespace tresse::measure
