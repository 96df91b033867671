#include <catch2/catch.hpp>

#include "tresse/core/file.hpp"
#include "tresse/scenario/scores.hpp"

using namespace tresse;
using namespace tresse::scenario;

namespace {

const std::string path = std::string(TRESSE_SOURCE_DIR) + "/scenarios/library/scores.yaml";

std::string replaced(std::string text, const std::string& found, const std::string& put) {
    text.replace(text.find(found), found.size(), put);
    return text;
}

}  // namespace

TEST_CASE("every row of the score table has a size that matters, its reason, and words in four languages") {
    Problems problems;
    const Scores scores = load_scores(path, problems);
    INFO(problems.text());
    CHECK_FALSE(problems.any());
    CHECK(scores.rows.size() == 12);  // the rows of the score table
    for (const ScoreSpec& s : scores.rows) {
        INFO(s.id);
        CHECK(s.smallest_that_matters > 0);
        CHECK(is_source_id(s.source));
        for (int l = 0; l < lang_count; ++l) {
            CHECK_FALSE(s.name.text[l].empty());
            CHECK_FALSE(s.how_to_read.text[l].empty());
        }
    }
    REQUIRE(scores.find("gap_forgone_points"));
    CHECK(scores.find("gap_forgone_points")->better == Better::closer_to_zero);
    CHECK_FALSE(scores.find("gap_forgone_points")->relative);
    CHECK(scores.find("cost_per_head_eur")->better == Better::less);
    CHECK(scores.find("nothing") == nullptr);
}

TEST_CASE("a missing, misspelt or sizeless score is a problem") {
    const std::string text = read_file(path, 1u << 20);
    Problems problems;
    parse_scores(replaced(text, "id: leaving_per_100", "id: leaving_per_10"), "s.yaml", problems);
    CHECK_THAT(problems.text(), Catch::Contains("is no row of the score table. Nearest:") && Catch::Contains("the row leaving_per_100 of the score table"));
    Problems zero;
    parse_scores(replaced(text, "value: 0.5", "value: 0"), "s.yaml", zero);
    CHECK(zero.count() == 1);
    Problems gap;
    parse_scores(replaced(text, "direction: closer_to_zero\n    smallest_that_matters: {value: 0.5, source: A-060}   # half a person in a hundred: smaller differences between fifths lie within what a survey of a region can tell\n    differences: [points]", "direction: closer_to_zero\n    smallest_that_matters: {value: 0.5, source: A-060}\n    differences: [relative]"), "s.yaml", gap);
    CHECK_THAT(gap.text(), Catch::Contains("a gap has no relative difference"));
}
