#include <catch2/catch.hpp>

#include "tresse/scenario/region.hpp"

// Names and members as in scenarios/belgium/places.csv and zones.csv.

using namespace tresse;
using namespace tresse::scenario;

namespace {

const Region& belgium() {
    static const Region region = load_region(std::string(TRESSE_SOURCE_DIR) + "/scenarios/belgium");
    return region;
}

int nis_of(const std::string& word) {
    const int m = find_municipality(belgium(), word);
    return m < 0 ? 0 : belgium().municipalities[static_cast<std::size_t>(m)].nis;
}

std::string why_not(const std::string& kind, const std::string& word) {
    Area area;
    std::string why;
    CHECK_FALSE(find_area(belgium(), kind, word, area, &why));
    return why;
}

}  // namespace

TEST_CASE("a municipality is found by number and by its Dutch, French or German name") {
    CHECK(nis_of("24107") == 24107);
    CHECK(nis_of("Tienen") == 24107);
    CHECK(nis_of("tirlemont") == 24107);
    CHECK(nis_of("LIEGE") == 62063);
    CHECK(nis_of("Luik") == 62063);
    CHECK(nis_of("Lüttich") == 62063);
    CHECK(nis_of("la louviere") == 58001);
}

TEST_CASE("a misspelt municipality is answered with the nearest name") {
    std::string why;
    CHECK(find_municipality(belgium(), "Thienen", &why) == -1);
    CHECK(why == "\"Thienen\" is no municipality of 2025.\nNearest: Tienen (24107, FR Tirlemont). Write the number or the Dutch, French or German name.");
    CHECK(find_municipality(belgium(), "99999", &why) == -1);
    CHECK_THAT(why, Catch::Contains("99999 is no number of a municipality of 2025"));
    CHECK(find_municipality(belgium(), "", &why) == -1);
}

TEST_CASE("a name that two municipalities bear is refused with both numbers") {
    std::string why;
    CHECK(find_municipality(belgium(), "Saint-Nicolas", &why) == -1);
    CHECK_THAT(why, Catch::Contains("names more than one municipality") && Catch::Contains("62093") && Catch::Contains("Sint-Niklaas"));
}

TEST_CASE("areas of every kind are found") {
    Area area;
    REQUIRE(find_area(belgium(), "zone", "zuidoost-hageland", area));
    CHECK(area.municipalities.size() == 9);
    CHECK(area.remarks.empty());
    int people = 0;
    for (const int m : area.municipalities) people += belgium().municipalities[static_cast<std::size_t>(m)].inhabitants();
    CHECK(people == 105315);  // README of the pack
    REQUIRE(find_area(belgium(), "province", "liege", area));
    CHECK(area.municipalities.size() == 84);
    CHECK(area.name.in(Lang::nl) == "Provincie Luik");
    REQUIRE(find_area(belgium(), "arrondissement", "leuven", area));
    CHECK(area.municipalities.size() == 30);
    REQUIRE(find_area(belgium(), "region", "brussels", area));
    CHECK(area.municipalities.size() == 19);
    REQUIRE(find_area(belgium(), "", "belgium", area));
    CHECK(area.municipalities.size() == 565);
    CHECK(area.kind == "country");
    REQUIRE(find_area(belgium(), "basin", "nord", area));
    CHECK(area.kind == "basin");
}

TEST_CASE("without a kind a word is looked for everywhere, and an ambiguous one is refused with the choices") {
    Area area;
    REQUIRE(find_area(belgium(), "", "Glabbeek", area));
    CHECK(area.id == "glabbeek");
    CHECK(area.kind == "municipality");
    REQUIRE(find_area(belgium(), "", "24137,Tienen", area));
    CHECK(area.municipalities.size() == 2);
    CHECK(area.id == "tienen-and-1-more");
    CHECK(why_not("", "liege") == "\"liege\" can mean several areas. Write one of: municipality:liege, arrondissement:liege, province:liege");
    REQUIRE(find_area(belgium(), "", "province:liege", area));
    CHECK(area.kind == "province");
    REQUIRE(find_area(belgium(), "", "brussels", area));  // region, province and arrondissement of the same 19 places
    CHECK(area.municipalities.size() == 19);
}

TEST_CASE("a zone that has only a part of a municipality takes it whole and says so") {
    Area area;
    REQUIRE(find_area(belgium(), "zone", "zora", area));
    REQUIRE(area.remarks.size() == 1);
    CHECK(area.remarks[0] == "ZORA has only a part of Antwerpen (11002, FR Anvers); it is taken whole.");
}

TEST_CASE("an unknown area is answered with the nearest one") {
    CHECK(why_not("zone", "zuidoost-hagland") == "\"zuidoost-hagland\" is no zone of this region pack. Nearest: zuidoost-hageland");
    CHECK_THAT(why_not("", "zuidoost-hagland"), Catch::Contains("Nearest: zuidoost-hageland"));
    CHECK_THAT(why_not("canton", "x"), Catch::Contains("is no kind of area"));
    CHECK_FALSE(why_not("", "").empty());
    CHECK_FALSE(why_not("", ",,").empty());
}
