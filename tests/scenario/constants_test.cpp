#include "tresse/scenario/constants.hpp"

#include <catch2/catch.hpp>

#include "tresse/core/file.hpp"

using namespace tresse;
using namespace tresse::scenario;

namespace {

std::string text_of(const Problems& problems) {
    std::string out;
    for (const Problem& p : problems.list()) out += p.where + ": " + p.message + "\n";
    return out;
}

}  // namespace

TEST_CASE("a pack without constants has factors of one", "[scenario][constants]") {
    Problems problems;
    const Constants c = read_constants("/nowhere/constants.yaml", problems);
    CHECK_FALSE(problems.any());
    CHECK_FALSE(c.given);
    CHECK(c.mortality_factor(0, 1, 17, 2031) == 1);
    CHECK(c.education[0] == 1);
}

TEST_CASE("constants that are written read back to the same", "[scenario][constants]") {
    Constants c;
    for (std::size_t r = 0; r < 3; ++r)
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < constant_bands; ++b) c.mortality[r][s][b] = {2026, {1.01 + 0.01 * static_cast<double>(r), b >= 17 ? 1.1 : 1.02}};
    c.onset["stroke"][0].fill(1.05);
    c.onset["stroke"][1].fill(0.97);
    c.onset["stroke"][1][13] = 0.9;
    c.education = {1.3, 1.6};
    const std::string path = "/tmp/tresse-constants-test.yaml";
    write_file(path, constants_text(c, "made by hand"));
    Problems problems;
    const Constants back = read_constants(path, problems);
    INFO(text_of(problems));
    REQUIRE_FALSE(problems.any());
    CHECK(back.given);
    CHECK(back.education[1] == Approx(1.6));
    CHECK(back.income[0] == Approx(1.0));
    for (int b : {0, 5, 16, 17, 20}) {
        CHECK(back.mortality_factor(2, 1, b, 2026) == Approx(1.03));
        CHECK(back.mortality_factor(2, 1, b, 2027) == Approx(b >= 17 ? 1.1 : 1.02));
        CHECK(back.mortality_factor(2, 1, b, 2060) == Approx(b >= 17 ? 1.1 : 1.02));  // the last year holds on
        CHECK(back.mortality_factor(2, 1, b, 2020) == Approx(1.03));                  // before the first, the first
    }
    CHECK(back.onset.at("stroke")[1][13] == Approx(0.9));
    CHECK(back.onset.at("stroke")[1][12] == Approx(0.97));
    CHECK(back.onset.at("stroke")[0][13] == Approx(1.05));
    // written again it is the same text
    CHECK(constants_text(back, "made by hand") == constants_text(c, "made by hand"));
}

TEST_CASE("ages that split a band and regions that do not exist are told with their line", "[scenario][constants]") {
    const std::string path = "/tmp/tresse-constants-bad.yaml";
    write_file(path, "format: 1\nkind: constants\nmortality:\n  - {region: flandres, sex: women, ages: [62, 71], first_year: 2026, factor: [1, 9]}\n");
    Problems problems;
    read_constants(path, problems);
    const std::string told = text_of(problems);
    CHECK(told.find("five-year ages") != std::string::npos);
    CHECK(told.find("flanders") != std::string::npos);
    CHECK(told.find("mortality[0].factor") != std::string::npos);
}
