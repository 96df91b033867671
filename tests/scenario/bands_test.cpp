#include <catch2/catch.hpp>

#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/scenario/bands.hpp"
#include "tresse/scenario/factors.hpp"

using namespace tresse;
using namespace tresse::scenario;

namespace {

const std::string pack = std::string(TRESSE_SOURCE_DIR) + "/scenarios/belgium";
constexpr const char* heading = "id,group,measure,of,region,sex,age_from,age_to,value,unit,year,factor,band,band_is,must,where,source,why\n";

}  // namespace

TEST_CASE("the bands of the Belgian pack are read without a problem, and every row has source and band or reason") {
    Problems problems;
    const Bands bands = load_bands(pack + "/bands.csv", problems);
    INFO(problems.text());
    CHECK_FALSE(problems.any());
    CHECK(bands.rows.size() > 150);
    for (const Band& b : bands.rows) {
        INFO(b.id);
        CHECK_FALSE(b.source.empty());
        CHECK((b.measure == "none" ? !b.why.empty() : b.band > 0));
    }
}

TEST_CASE("the published totals of the pack and the bands say the same") {
    // validation.csv is the pack's own list of totals; rows that bear the same name carry the same figure
    Problems problems;
    const Bands bands = load_bands(pack + "/bands.csv", problems);
    const CsvTable totals = read_csv(pack + "/validation.csv");
    const auto id = static_cast<std::size_t>(totals.column("id")), value = static_cast<std::size_t>(totals.column("value"));
    int same = 0;
    for (const auto& row : totals.rows)
        if (const Band* b = bands.find(row[id]); b != nullptr && b->value) {
            double published = 0;
            REQUIRE(parse_number(row[value], published));
            INFO(row[id]);
            CHECK(*b->value == Approx(published));
            ++same;
        }
    CHECK(same >= 15);
}

TEST_CASE("a wrong bands file tells all its problems at once, with the nearest word") {
    Problems problems;
    parse_bands(std::string(heading) + "a,peple,births,,belgium,all,0,120,1,a_year,2024,1,3,percent,yes,country,S-435,\n"
                                       "a,people,births,,belgium,all,0,120,1,a_year,2024,1,,percent,yes,country,S-435,\n"
                                       "b,people,none,,belgium,all,0,120,,a_year,2024,1,,,no,country,sixty,\n",
                "bands.csv", problems);
    const std::string text = problems.text();
    CHECK(text.find("Nearest: people") != std::string::npos);
    CHECK(text.find("stands twice") != std::string::npos);
    CHECK(text.find("band above 0") != std::string::npos);
    CHECK(text.find("needs the reason") != std::string::npos);
    CHECK(text.find("sixty") != std::string::npos);
}

TEST_CASE("constants are 1 where the pack has none, and written text reads back to the same") {
    Factors none;
    CHECK(none.factor("deaths.flanders.women") == 1);
    Problems problems;
    Factors all = load_factors(pack + "/factors.yaml", problems);
    INFO(problems.text());
    REQUIRE_FALSE(problems.any());
    REQUIRE(all.rows.size() > 10);
    all.rows[0].value = 1.0625;
    all.report = "a test";
    const Factors back = parse_factors(factors_text(all), "factors.yaml", problems);
    CHECK_FALSE(problems.any());
    CHECK(back.rows.size() == all.rows.size());
    CHECK(back.factor(all.rows[0].id) == 1.0625);
    CHECK(back.report == "a test");
}

TEST_CASE("a constant outside its bounds and one that stands twice are problems") {
    Problems problems;
    parse_factors("format: 1\nkind: factors\nfactors:\n"
                    "  - {id: stays.75, value: 3, low: 0.6, high: 1.5, target: stays_75, source: A-886}\n"
                    "  - {id: stays.75, value: 1, low: 0.6, high: 1.5, target: stays_75, source: A-886}\n",
                    "factors.yaml", problems);
    CHECK(problems.count() == 2);
}
