#include <catch2/catch.hpp>

#include <filesystem>

#include "tresse/core/file.hpp"
#include "tresse/scenario/region.hpp"

// The shipped pack is the example; its totals are those of its README. Bad packs are copies of it with one thing broken.

using namespace tresse;
using namespace tresse::scenario;

namespace {

const std::string pack = std::string(TRESSE_SOURCE_DIR) + "/scenarios/belgium";

const Region& belgium() {
    static const Region region = load_region(pack);
    return region;
}

/// A copy of the pack in which files are broken.
struct Copy {
    std::string folder = (std::filesystem::temp_directory_path() / "tresse-region-copy").string();
    Copy() {
        std::filesystem::remove_all(folder);
        make_folder(folder);
        for (const std::string& name : names_in(pack))
            if (name.ends_with(".csv") || name.ends_with(".yaml")) std::filesystem::copy_file(join_path(pack, name), join_path(folder, name));
    }
    ~Copy() { std::filesystem::remove_all(folder); }

    void replace(const std::string& file, const std::string& found, const std::string& put) {
        const std::string path = join_path(folder, file);
        std::string text = read_file(path, 64u << 20);
        const std::size_t at = text.find(found);
        REQUIRE(at != std::string::npos);
        text.replace(at, found.size(), put);
        write_file(path, text);
    }
    std::string complaint() const {
        try {
            load_region(folder);
        } catch (const BadInput& bad) {
            std::string out;
            for (const Problem& p : bad.problems().list()) out += name_of(p.file) + " " + std::to_string(p.line) + " " + p.where + ": " + p.message + "\n";
            return out;
        }
        return "";
    }
};

}  // namespace

TEST_CASE("the Belgian pack has 565 municipalities and the inhabitants of 1 January 2025") {
    const Region& r = belgium();
    CHECK(r.id == "belgium");
    CHECK(r.counts_year == 2025);
    CHECK(r.start_years == std::vector<int>{2025, 2026, 2027});
    CHECK(r.municipalities.size() == 565);
    std::array<long long, region_count> sums{};
    for (const Municipality& m : r.municipalities) sums[static_cast<std::size_t>(m.region)] += m.inhabitants();
    CHECK(sums == std::array<long long, region_count>{6864766, 1255795, 3704990});  // Statbel, in the pack's README
    CHECK(r.hospital_sites.size() == 259);
    CHECK(r.neighbours.size() == 1597);
    CHECK(r.prevalence.size() == 13);
    CHECK(r.municipalities[static_cast<std::size_t>(r.municipality(24107))].name_fr == "Tirlemont");
    CHECK(r.municipality(1) == -1);
    CHECK(!r.sources.empty());
    CHECK(r.table("households").rows.size() == 28);
}

TEST_CASE("the life table of the pack gives the published life expectancies") {
    // S-411: men 80.2, women 84.3 in 2023; sum of survivors in mid-year
    for (int sex = 0; sex < 2; ++sex) {
        double alive = 1, years = 0;
        for (const double q : belgium().death_prob[0][static_cast<std::size_t>(sex)]) years += alive * (1 - q / 2), alive *= 1 - q;
        CHECK(years == Approx(sex == 0 ? 84.3 : 80.2).margin(0.1));
    }
}

TEST_CASE("rows by age band reach every age of the band and the open last one") {
    const Region& r = belgium();
    CHECK(r.births_per_woman_year[0][15] == Approx(0.0037));  // fertility.csv, first row
    CHECK(r.births_per_woman_year[0][19] == Approx(0.0037));
    CHECK(r.births_per_woman_year[0][14] == 0);
    CHECK(r.utility[0][0] == 0.95);
    CHECK(r.utility[0][110] > 0);
    const auto& diabetes = r.prevalence.at("type2_diabetes")[0];
    CHECK(diabetes[15] == 0.20437);
    CHECK(diabetes[20] > 0);
    CHECK(r.index_to_2025.at("health_index").at(2025) == 1);
}

TEST_CASE("all problems of all tables of a pack come at once, with file, line and column") {
    Copy copy;
    copy.replace("places.csv", "11001,Aartselaar,Aartselaar,Aartselaar,flanders", "11001,Aartselaar,Aartselaar,Aartselaar,flandern");
    copy.replace("population.csv", "11001,F,281", "11001,F,-281");
    copy.replace("prevalence.csv", "type2_diabetes,F,0,4,0.00001", "type2_diabetes,F,0,4,3.1");
    copy.replace("neighbours.csv", "11001,11002", "11001,99999");
    copy.replace("education.csv", "0.4764,0.443", "0.9764,0.443");
    copy.replace("region.yaml", "kind: region", "kind: region\nlicense: x");
    const std::string text = copy.complaint();
    CHECK_THAT(text, Catch::Contains("places.csv 2 region: found \"flandern\", wanted flanders, brussels or wallonia."));
    CHECK_THAT(text, Catch::Contains("population.csv 2 age_0_4: found -281, wanted a whole number from 0 to 1000000."));
    CHECK_THAT(text, Catch::Contains("prevalence.csv 2 prevalence: found 3.1, wanted a number from 0 to 1."));
    CHECK_THAT(text, Catch::Contains("neighbours.csv 2 nis_b: 99999 is no municipality of places.csv."));
    CHECK_THAT(text, Catch::Contains("education.csv 2 low: the shares of this row add to 1.5, wanted 1."));
    CHECK_THAT(text, Catch::Contains("license: unknown key."));
}

TEST_CASE("double rows and ages without a row are named") {
    Copy copy;
    copy.replace("places.csv", "\n11002,", "\n11001,");
    copy.replace("life_table.csv", "belgium,F,1,", "belgium,F,0,");
    copy.replace("zones.csv", "primary_care_zone,amalo,Amalo,23044,whole", "primary_care_zone,amalo,Amalo,23002,whole");
    const std::string text = copy.complaint();
    CHECK_THAT(text, Catch::Contains("places.csv 3 nis: 11001 stands twice."));
    CHECK_THAT(text, Catch::Contains("belgium F: age 0 stands in more than one row."));
    CHECK_THAT(text, Catch::Contains("this municipality stands twice in amalo."));
}

TEST_CASE("a missing table, a missing column and a path outside the folder are named") {
    Copy copy;
    copy.replace("region.yaml", "  bim: {file: bim.csv", "  bin: {file: ../bim.csv");
    copy.replace("utility.csv", "mean_utility", "mean_utlity");
    std::filesystem::remove(join_path(copy.folder, "zones.csv"));
    const std::string text = copy.complaint();
    CHECK_THAT(text, Catch::Contains("the table bim is missing."));
    CHECK_THAT(text, Catch::Contains("wanted the name of a file in this folder."));
    CHECK_THAT(text, Catch::Contains("mean_utlity"));
    CHECK_THAT(text, Catch::Contains("zones.csv 0 : there is no such file."));
}

TEST_CASE("a folder that is no pack is named") {
    CHECK_THROWS_AS(load_region("/nowhere/at/all"), BadInput);
    CHECK_THROWS_AS(load_region(std::string(TRESSE_SOURCE_DIR) + "/tests"), BadInput);
}

TEST_CASE("the hash of a pack changes with one byte of one table") {
    Copy copy;
    const std::uint64_t before = load_region(copy.folder).hash;
    CHECK(before == belgium().hash);
    copy.replace("spending.csv", "3491.4", "3491.5");
    CHECK(load_region(copy.folder).hash != before);
}
