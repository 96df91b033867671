#include "tresse/measure/further.hpp"

#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "measure/small_record.hpp"

using namespace tresse;
using namespace tresse::measure;
using namespace tresse::measure::test;
using world::GroupCount;

namespace {

Value value(const RunRecord& record, const world::Catalogue& c, const char* id, const Slice& slice = {}) {
    const auto all = further_scores();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].id == id)
            return further_value(i, record, c, slice);
    FAIL("no further score " << id);
    return {};
}

/// One year: two women of the lowest fifth at 40, one of the highest.
RunRecord three_women() {
    RunRecord r = empty_record(1);
    world::Book& book = r.years[0].book;
    const int low = woman(0, 40), high = woman(4, 40);
    const auto put = [&](GroupCount what, std::int64_t of_low, std::int64_t of_high) { book.group(what, low) = of_low, book.group(what, high) = of_high; };
    put(GroupCount::census_persons, 2, 1);
    put(GroupCount::census_without_money, 1, 0);
    put(GroupCount::census_gp_user, 2, 1);
    put(GroupCount::census_gp_loyal, 1, 1);
    // 3 with the own practice and 1 with another; 2 and 0; 1 and 0
    put(GroupCount::census_upc_own, 5, 1), put(GroupCount::census_upc_all, 6, 1);
    put(GroupCount::census_gp_same, 3 * 2 + 2 * 1, 0), put(GroupCount::census_gp_pairs, 4 * 3 + 2 * 1, 0);
    put(GroupCount::person_months, 24, 12), put(GroupCount::emergency_visits, 1, 0);
    put(GroupCount::last_month_months, 1, 1), put(GroupCount::last_month_home, 30, 10);
    put(GroupCount::tests, 10, 0), put(GroupCount::repeated_tests, 1, 0);
    return r;
}

}  // namespace

TEST_CASE("every further score has an id and a name of its own, and none is a row of the score table", "[measure][score]") {
    std::set<std::string> ids, names;
    for (const FurtherScore& s : further_scores()) {
        CHECK(ids.insert(std::string(s.id)).second);
        CHECK(names.insert(std::string(s.name)).second);
        CHECK(find_score(s.id) == nullptr);
        CHECK_FALSE(s.unit.empty());
    }
}

TEST_CASE("continuity, care gone without and the last month are what the counts say by hand", "[measure][score]") {
    const RunRecord r = three_women();
    const auto c = small_catalogue();
    CHECK(*value(r, c, "without_money_percent") == Approx(100.0 / 3));
    CHECK(*value(r, c, "without_money_percent", {By::quintile, 0, -1}) == Approx(50));
    CHECK(*value(r, c, "without_money_percent", {By::quintile, 4, -1}) == 0);
    CHECK_FALSE(value(r, c, "without_money_percent", {By::quintile, 2, -1}));
    CHECK(*value(r, c, "upc_percent") == Approx(100 * 6.0 / 7));
    CHECK(*value(r, c, "coc_percent") == Approx(100 * 8.0 / 14));
    CHECK_FALSE(value(r, c, "coc_percent", {By::quintile, 4, -1}));  // one contact makes no pair
    CHECK(*value(r, c, "loyal_percent") == Approx(100 * 2.0 / 3));
    CHECK(*value(r, c, "emergency_per_1000") == Approx(1000.0 / 3));
    CHECK(*value(r, c, "home_last_month_days") == Approx(20));
    CHECK(*value(r, c, "repeated_tests_percent") == Approx(10));
}

TEST_CASE("care workers are counted by role, vacancies as posts that nobody fills", "[measure][score]") {
    RunRecord r = empty_record(1);
    const auto c = small_catalogue();
    auto& gp = r.years[0].kinds[0];
    gp.posts = 20000, gp.filled = 18000, gp.burnt_out = 1800, gp.over_time = 9000;
    auto& nurse = r.years[0].kinds[1];
    nurse.posts = 10000, nurse.filled = 10000;
    CHECK(*value(r, c, "gp_vacant_percent") == Approx(10));
    CHECK(*value(r, c, "gp_burnt_out_percent") == Approx(10));
    CHECK(*value(r, c, "gp_over_time_percent") == Approx(50));
    CHECK(*value(r, c, "nurse_vacant_percent") == 0);
    CHECK_FALSE(value(r, c, "gp_vacant_percent", {By::quintile, 0, -1}));
    CHECK_FALSE(value(r, c, "gp_vacant_percent", {By::place, 0, -1}));  // no post stands there
    CHECK_FALSE(value(r, c, "record_percent"));                         // no providers at all
}

TEST_CASE("days waited are those of contacts delivered, GPs apart from specialists", "[measure][score]") {
    RunRecord r = empty_record(1);
    auto c = small_catalogue();
    c.services.resize(1);
    c.services[0].gp_contact = true;
    r.years[0].book.service(world::ServiceCount::days_waited, 0) = 90, r.years[0].book.service(world::ServiceCount::served, 0) = 30;
    CHECK(*value(r, c, "gp_days_waited") == Approx(3));
    CHECK_FALSE(value(r, c, "specialist_days_waited"));
    CHECK_FALSE(value(r, c, "gp_days_waited", {By::sex, 0, -1}));
}
