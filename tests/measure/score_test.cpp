#include "tresse/measure/score.hpp"

#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "measure/small_record.hpp"
#include "tresse/measure/equity.hpp"

using namespace tresse;
using namespace tresse::measure;
using namespace tresse::measure::test;
using world::GroupCount;

namespace {

Value value(ScoreId which, const RunRecord& record, const Slice& slice = {}, int account = -1) {
    return score_value({"", which, account}, record, small_catalogue(), slice);
}

}  // namespace

TEST_CASE("every score has its id, words and one row, accounts one row each", "[measure][score]") {
    std::set<std::string> ids;
    for (const Score& s : scores()) {
        CHECK(&score(s.which) == &s);
        CHECK(find_score(s.id) == &s);
        CHECK_FALSE(s.name.empty());
        CHECK_FALSE(s.unit.empty());
        CHECK_FALSE(s.how_to_read.empty());
        CHECK(ids.insert(std::string(s.id)).second);
    }
    CHECK(ids.size() == 15);
    CHECK(find_score("happiness") == nullptr);
    const auto rows = score_rows(small_catalogue());
    CHECK(rows.size() == 14 + 5);
    CHECK(rows[8].id == "account_per_head_eur/nihdi_health_care");
}

TEST_CASE("quality-adjusted years are those of the people of the start", "[measure][score]") {
    RunRecord r = empty_record(2);
    // 10 women at the start; each lives 24 months at quality 0.5 of 65535: 2 x 0.5 = 1 year each
    r.start.by_group[static_cast<std::size_t>(woman(2, 50))] = 10;
    for (auto& y : r.years)
        y.book.group(GroupCount::cohort_quality, woman(2, 50)) = 10 * 12 * 65535 / 2;
    CHECK(value(ScoreId::qaly_per_1000, r).value() == Approx(1000).epsilon(1e-6));
    CHECK(value(ScoreId::qaly_per_1000, r, {By::all, 0, 1}).value() == Approx(500).epsilon(1e-6));
    CHECK(value(ScoreId::qaly_per_1000, r, {By::quintile, 2}).value() == Approx(1000).epsilon(1e-6));
    CHECK_FALSE(value(ScoreId::qaly_per_1000, r, {By::quintile, 0}));  // nobody: missing, never 0
    CHECK_FALSE(value(ScoreId::qaly_per_1000, r, {By::age_band, 3}));
}

TEST_CASE("early deaths are counted among those under 75", "[measure][score]") {
    RunRecord r = empty_record(1);
    auto& book = r.years[0].book;
    book.group(GroupCount::person_months, woman(0, 60)) = 12 * 400;
    book.group(GroupCount::person_months, woman(0, 80)) = 12 * 600;
    book.group(GroupCount::deaths_before_75, woman(0, 60)) = 2;
    CHECK(value(ScoreId::deaths_before_75_per_10000, r).value() == Approx(50));  // 2 / 400 x 10,000
    CHECK_FALSE(value(ScoreId::deaths_before_75_per_10000, r, {By::age_band, world::age_band(80)}));
    r.years[0].place_months_under_75 = {12 * 100, 0};
    r.years[0].places[0].counts[static_cast<std::size_t>(GroupCount::deaths_before_75)] = 1;
    CHECK(value(ScoreId::deaths_before_75_per_10000, r, {By::place, 0}).value() == Approx(100));
    CHECK_FALSE(value(ScoreId::deaths_before_75_per_10000, r, {By::place, 1}));
}

TEST_CASE("life expectancy is that of the last full year", "[measure][score]") {
    RunRecord r = empty_record(3);
    const double hazard[3] = {0.10, 0.05, 0.02};
    for (std::size_t y = 0; y < 3; ++y) {
        for (int age = 0; age <= world::oldest_age; ++age) {
            r.years[y].book.exposure(0, age) = 12000;
            r.years[y].book.deaths_at(0, age) = static_cast<std::int64_t>(1000 * hazard[y] + 0.5);
        }
    }
    CHECK(value(ScoreId::life_expectancy_last_year, r).value() == Approx(50).epsilon(1e-9));
    CHECK(value(ScoreId::life_expectancy_last_year, r, {By::all, 0, 0}).value() == Approx(10).epsilon(1e-9));
    r.years[2].months = 6;
    CHECK(value(ScoreId::life_expectancy_last_year, r).value() == Approx(20).epsilon(1e-9));
    CHECK_FALSE(value(ScoreId::life_expectancy_last_year, r, {By::place, 0}));
}

TEST_CASE("rates are sums of events over sums of those concerned", "[measure][score]") {
    RunRecord r = empty_record(2);
    auto& a = r.years[0].book;
    auto& b = r.years[1].book;
    const int g = woman(1, 40);
    a.group(GroupCount::census_persons, g) = 100, a.group(GroupCount::census_without_care, g) = 10;
    b.group(GroupCount::census_persons, g) = 300, b.group(GroupCount::census_without_care, g) = 10;
    CHECK(value(ScoreId::went_without_care_percent, r).value() ==
          Approx(5));  // 20 / 400, not the mean of 10 % and 3.3 %
    a.group(GroupCount::census_complex, g) = 8, a.group(GroupCount::census_complex_plan, g) = 2;
    CHECK(value(ScoreId::complex_with_plan_percent, r).value() == Approx(25));
    CHECK_FALSE(value(ScoreId::complex_with_plan_percent, r, {By::all, 0, 1}));
    a.group(GroupCount::person_months, g) = 12 * 500, a.group(GroupCount::avoidable, g) = 4;
    CHECK(value(ScoreId::avoidable_admissions_per_1000, r).value() == Approx(8));
    a.group(GroupCount::discharges, g) = 20, a.group(GroupCount::readmissions, g) = 3;
    CHECK(value(ScoreId::readmitted_30_days_percent, r).value() == Approx(15));
    a.group(GroupCount::unpaid_hours, g) = 1000;
    CHECK(value(ScoreId::unpaid_hours_per_head, r).value() == Approx(2));
}

TEST_CASE("the cost of care is what left the payers' accounts, and its parts add to it", "[measure][score]") {
    RunRecord r = empty_record(1);
    auto& y = r.years[0];
    y.book.group(GroupCount::person_months, woman(0, 40)) = 12 * 100;
    enum { nihdi, benefits, community, household, organisation, gp, financing, wages, outside };
    y.postings = {
        {0, financing, nihdi, 100000},    // where public money starts: no cost
        {0, nihdi, gp, 60000},            // 600
        {0, household, gp, 20000},        // 200 charged to patients
        {1, nihdi, household, 5000},      // 50 of it refunded
        {2, benefits, household, 70000},  // sickness benefits: beside it
        {3, nihdi, organisation, 30000},  // a grant of 300
        {4, organisation, wages, 25000},  // of which 250 spent
        {5, community, outside, 10000},
    };
    const auto catalogue = small_catalogue();
    const CostByAccount c = cost_by_account(r, catalogue);
    // 600 + 50 + 300 for the insurance, 200 - 50 for households, 100 for the community, 250 - 300 for the organisation
    CHECK(c.care == std::vector<Cents>{95000, 0, 10000, 15000, -5000});
    CHECK(c.total == 60000 + 20000 + 25000 + 10000);  // what was spent on care, the unspent grant not
    CHECK(c.benefits == 70000);
    CHECK(value(ScoreId::cost_per_head_eur, r).value() == Approx(11.5));
    CHECK(value(ScoreId::account_per_head_eur, r, {}, household).value() == Approx(1.5));
    CHECK(value(ScoreId::benefits_per_head_eur, r).value() == Approx(7));
    double parts = 0;
    for (int a = 0; a < catalogue.first_flow; ++a)
        parts += value(ScoreId::account_per_head_eur, r, {}, a).value();
    CHECK(parts == Approx(value(ScoreId::cost_per_head_eur, r).value()));
}

TEST_CASE("cost by group is what was billed for its persons", "[measure][score]") {
    RunRecord r = empty_record(1);
    auto& book = r.years[0].book;
    book.group(GroupCount::person_months, woman(4, 40)) = 24;
    book.group(GroupCount::cents_public, woman(4, 40)) = 1000;
    book.group(GroupCount::cents_share, woman(4, 40)) = 300;
    book.group(GroupCount::cents_extra, woman(4, 40)) = 100;
    CHECK(value(ScoreId::cost_per_head_eur, r, {By::quintile, 4}).value() == Approx(7));  // 14 EUR, two person-years
    CHECK_FALSE(value(ScoreId::cost_per_head_eur, r, {By::quintile, 0}));
    CHECK_FALSE(value(ScoreId::benefits_per_head_eur, r, {By::quintile, 4}));
}

TEST_CASE("care workers are GPs and home nurses, weighed by posts", "[measure][score]") {
    RunRecord r = empty_record(1);
    auto& kinds = r.years[0].kinds;
    kinds[0].filled = 12 * 4000, kinds[0].over_time = 12 * 1000, kinds[0].exits = 200;
    kinds[1].filled = 12 * 6000, kinds[1].over_time = 12 * 4000, kinds[1].exits = 300;
    kinds[2].filled = 12 * 9000, kinds[2].over_time = 12 * 9000, kinds[2].exits = 9000;  // pharmacists: not meant
    CHECK(value(ScoreId::over_110_percent, r).value() == Approx(50));                    // 5 of 10 posts
    CHECK(value(ScoreId::leaving_per_100, r).value() == Approx(5));                      // 0.5 of 10 posts
    CHECK_FALSE(value(ScoreId::over_110_percent, r, {By::quintile, 0}));
    r.years[0].place_kinds[3 + 1] = kinds[1];
    CHECK(value(ScoreId::over_110_percent, r, {By::place, 1}).value() == Approx(100.0 * 4 / 6));
    CHECK_FALSE(value(ScoreId::over_110_percent, r, {By::place, 0}));
}

TEST_CASE("gaps are lowest minus highest income fifth, and missing when one of them is empty", "[measure][score]") {
    RunRecord r = empty_record(1);
    auto& book = r.years[0].book;
    book.group(GroupCount::census_persons, woman(0, 40)) = 100,
                                                    book.group(GroupCount::census_without_care, woman(0, 40)) = 12;
    CHECK_FALSE(value(ScoreId::gap_forgone_points, r));
    book.group(GroupCount::census_persons, woman(4, 40)) = 200,
                                                    book.group(GroupCount::census_without_care, woman(4, 40)) = 8;
    CHECK(value(ScoreId::gap_forgone_points, r).value() == Approx(8));  // 12 % minus 4 %
    CHECK_FALSE(value(ScoreId::gap_qaly_per_1000, r));
    r.start.by_group[static_cast<std::size_t>(woman(0, 40))] = 1;
    r.start.by_group[static_cast<std::size_t>(woman(4, 40))] = 1;
    book.group(GroupCount::cohort_quality, woman(0, 40)) = 12 * 65535 / 2;
    book.group(GroupCount::cohort_quality, woman(4, 40)) = 12 * 65535;
    CHECK(value(ScoreId::gap_qaly_per_1000, r).value() == Approx(-500).epsilon(1e-4));
    const auto groups = by_income({"", ScoreId::qaly_per_1000, -1}, r, small_catalogue());
    CHECK(groups.size() == 5);
    CHECK(concentration_index(groups).value() > 0);  // empty fifths have no persons and do not count
}

TEST_CASE("a record without people has no scores", "[measure][score]") {
    const RunRecord r = empty_record(1);
    const auto catalogue = small_catalogue();
    for (const auto& row : score_rows(catalogue))
        CHECK_FALSE(score_value(row, r, catalogue));
    const RunRecord none = empty_record(0);
    for (const auto& row : score_rows(catalogue))
        CHECK_FALSE(score_value(row, none, catalogue));
}

TEST_CASE("groups of a kind add to the whole", "[measure][score]") {
    RunRecord r = empty_record(1);
    for (int g = 0; g < world::groups; ++g) {
        r.years[0].book.group(GroupCount::person_months, g) = 12 * (g % 7 + 1);
        r.years[0].book.group(GroupCount::avoidable, g) = g % 5;
    }
    const auto catalogue = small_catalogue();
    for (const By by : {By::quintile, By::bim, By::sex, By::age_band}) {
        double events = 0;
        for (int i = 0; i < slices(by, catalogue); ++i) {
            std::int64_t months = 0;
            for (int g = 0; g < world::groups; ++g) {
                const auto p = world::group_parts(g);
                const int mine = by == By::quintile ? p.quintile
                                 : by == By::bim    ? p.bim
                                 : by == By::sex    ? p.sex
                                                    : p.band;
                months += mine == i ? r.years[0].book.group(GroupCount::person_months, g) : 0;
            }
            events +=
                value(ScoreId::avoidable_admissions_per_1000, r, {by, i}).value() * static_cast<double>(months) / 12000;
        }
        CHECK(events == Approx(static_cast<double>(r.years[0].book.group_sum(GroupCount::avoidable))));
    }
}
