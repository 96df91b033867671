#include "tresse/viz/report/study.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "tresse/core/text/layout.hpp"

using namespace tresse;
using namespace tresse::viz;
using Catch::Matchers::Contains;

TEST_CASE("the tables of a study on the screen cut nothing off and stay within the page", "[report]") {
    StudyReport r;
    r.title = "A study";
    r.sure.question = "How sure?";
    StudyBlock block;
    block.table.columns = {"Score", "Integrated", "Pilot money of 2018, as the pilots had it"};
    // two rows that begin alike: cut off, they would bear the same name
    block.table.rows = {{"gap between income fifths in: went without needed care", "-1.234 (-11.234 bis +11.234)  nicht zu sagen", "-1.234 (-11.234 bis +11.234)  verschlechtert"},
                        {"gap between income fifths in: quality-adjusted years", "+1.2 (+0.2 bis +2.2)  besser", "0.0 (0.0 bis 0.0)  gleich"}};
    r.sure.blocks = {block};
    const std::string text = study_text(r);
    CHECK_THAT(text, !Contains("..."));
    for (const char* word : {"needed care", "years", "verschlechtert", "nicht", "zu sagen"})
        CHECK_THAT(text, Contains(word));
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        CHECK(text::width(text.substr(at, end - at)) <= 100);
        at = end + 1;
    }
}
