#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/viz/figure/make.hpp"
#include "tresse/viz/report/brief.hpp"

using namespace tresse;
using namespace tresse::viz;
using Catch::Matchers::Contains;

namespace {

Brief sample_brief() {
    Brief b;
    b.scenario = "first-look";
    b.title = "Integrated care & more";
    b.question = "What would <money> change?";
    b.area = "Zuidoost Hageland";
    b.run = b.run_word = "1a2b3c";
    b.date = "21 November 2026";
    b.municipalities = 9;
    b.people = 105315;
    b.months = 120;
    b.replicates = 12;
    b.start = b.rules_as_of = Month::of(2026, 1);
    b.euros_of = 2025;
    b.families = {"HEALTH", "EXPERIENCE", "COST", "WORKERS", "EQUITY"};
    b.arms.push_back({"A", "today", "Today", "nothing added", "", "", {}, {}});
    b.arms.push_back({"B", "more", "More", "one action", "Nothing that matters.", "no row.", {}, {}});
    b.arms.back().actions.push_back({"Follow-up", 1000, 2, 1, 300, 100, 20, 50, 10});
    b.rows = {{"qaly",
               "Quality-adjusted years",
               "years",
               "A year counts as 1.",
               0,
               '+',
               1,
               false,
               false,
               7777.7,
               2,
               {{{2.2, -1.1, 5.5}, Sign::cannot_tell, BriefCell::Seen::no}}},
              {"cost",
               "Health care",
               "EUR",
               "What it costs.",
               2,
               '-',
               1,
               false,
               false,
               3888.7,
               15,
               {{{20, 6, 34}, Sign::worse, BriefCell::Seen::no}}}};
    b.payers = {{"NIHDI", {{1.1, 0.2, {-0.9, -2.2, 0.3}}}}};
    b.assumptions = {{"A-021", "accepts_share", "0.8 (0.6 \u2013 0.9)", "trials report 60-90 %"}};
    b.uncertain = 111;
    b.assumed = 44;
    b.result = "9d8e7f60";
    ForestData forest_data;
    forest_data.arms = {"A Today", "B More"};
    forest_data.scores = {
        {"HEALTH", "Quality-adjusted years", "years", 2, 1, {{{2.2, -1.1, 5.5}, Sign::cannot_tell, "+2.2"}}}};
    b.figures = {forest(forest_data)};
    return b;
}

std::size_t place(const std::string& html, const std::string& what) {
    const std::size_t at = html.find(what);
    INFO(what);
    CHECK(at != std::string::npos);
    return at;
}

}  // namespace

TEST_CASE("a difference is written with its range and with figures that mean something", "[report]") {
    BriefRow row;
    row.digits = 1;
    CHECK(difference_text(row, {{2.2, -1.1, 5.5}, Sign::none}) == "+2.2 (-1.1 to +5.5)");
    CHECK(difference_text(row, {{22, 11, 33}, Sign::none}) == "+22 (+11 to +33)");
    CHECK(difference_text(row, {{-0.01, -0.04, 0.03}, Sign::none}) == "0.0 (0.0 to 0.0)");
    const double inf = std::numeric_limits<double>::infinity();
    CHECK(difference_text(row, {{0.5, -inf, inf}, Sign::none}) == "+0.5 (no range)");
    CHECK(difference_text(row, {{unknown, 0, 0}, Sign::none}) == "\u2013");
}

TEST_CASE("the report is one file with nothing from outside", "[report]") {
    const std::string html = report_html(sample_brief());
    for (const char* outside : {"http://www.w3.org/2000/svg"})
        CHECK_THAT(html, Contains(outside));  // the name of a language, not a resource
    for (const char* outside : {"src=", "href=", "@import", "url(", "<script", "<link", "https://"})
        CHECK_THAT(html, !Contains(outside));
    CHECK(html.size() < 5'000'000);
    CHECK_THAT(html, Contains("@page{size:A4"));
}

TEST_CASE("means come before effects, and every part is there", "[report]") {
    const std::string html = report_html(sample_brief());
    const std::size_t question = place(html, "What would &lt;money&gt; change?");
    const std::size_t means = place(html, "Money, posts, hours and people, a year on average");
    const std::size_t effects = place(html, "Difference from the base with its 95 % range");
    const std::size_t payers = place(html, "Who invests, who gains");
    const std::size_t seen = place(html, "Would a real evaluation have seen it?");
    const std::size_t rests = place(html, "A-021");
    const std::size_t repeat = place(html, "./tresse rerun 1a2b3c");
    CHECK((question < means && means < effects && effects < payers && payers < seen && seen < rests && rests < repeat));
    CHECK_THAT(html, Contains("Integrated care &amp; more") && Contains("+20 (+6 to +34)") && Contains("\u25bc worse"));
    CHECK_THAT(html, Contains("The numbers of this figure"));
}

TEST_CASE("a sentence of the report follows the numbers", "[report]") {
    Brief b = sample_brief();
    CHECK_THAT(report_html(b), Contains("111 numbers are uncertain") && Contains("44 of them"));
    b.assumed = 45;
    CHECK_THAT(report_html(b), Contains("45 of them"));
    b.warnings = {"Incomplete: 3 of 12 futures"};
    CHECK_THAT(report_html(b), Contains("Incomplete: 3 of 12 futures"));
}

TEST_CASE("the report says its language and speaks it", "[report]") {
    CHECK_THAT(report_html(sample_brief()), Contains("<html lang=\"en\">"));
    const text::LanguageScope scope(Lang::nl);
    const std::string html = report_html(sample_brief());
    CHECK_THAT(html,
               Contains("<html lang=\"nl\">") && Contains("Wie investeert, wie wint") && Contains("niet te zeggen"));
    CHECK_THAT(html, !Contains("Who invests"));
}

TEST_CASE("the same brief gives the same bytes", "[report]") {
    CHECK(report_html(sample_brief()) == report_html(sample_brief()));
}
