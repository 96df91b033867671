#include <cmath>
#include <limits>
#include <string>

#include <catch2/catch.hpp>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/viz/figure/draw.hpp"
#include "tresse/viz/figure/make.hpp"

using namespace tresse;
using namespace tresse::viz;
using Catch::Matchers::Contains;

namespace {

ForestData sample_forest() {
    ForestData data;
    data.arms = {"Today", "Pilot <money>", "Integrated"};
    data.run = "1a2b3c";
    data.scores = {
        {"Health",
         "Quality-adjusted years",
         "years",
         2,
         1,
         {{{0.1, -0.8, 1.0}, Sign::same, "+0.1 (-0.8 to +1.0)"}, {{2.2, -1.1, 5.5}, Sign::cannot_tell, "+2.2"}}},
        {"Cost",
         "Health care",
         "EUR",
         15,
         -1,
         {{{2.2, 1.9, 2.5}, Sign::same, "+2.2"}, {{120, 60, 340}, Sign::worse, "+120 (+60 to +340)"}}},
    };
    return data;
}

std::size_t count(const std::string& text, const std::string& what) {
    std::size_t n = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++n;
    return n;
}

/// Every opened element is closed: enough to know that no text broke the markup.
bool well_formed(const std::string& xml) {
    std::vector<std::string> open;
    for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
        const std::size_t end = xml.find('>', at);
        if (end == std::string::npos)
            return false;
        const std::string tag = xml.substr(at + 1, end - at - 1);
        if (tag.find('<') != std::string::npos)
            return false;
        const std::string name = tag.substr(tag[0] == '/', tag.find_first_of(" \n/", 1) - (tag[0] == '/'));
        if (tag[0] == '/') {
            if (open.empty() || open.back() != name)
                return false;
            open.pop_back();
        } else if (tag.back() != '/') {
            open.push_back(name);
        }
    }
    return open.empty();
}

}  // namespace

TEST_CASE("ticks are round and cover the axis", "[figure]") {
    std::vector<std::string> labels;
    for (const Tick& tick : nice_ticks(-6, 6, 6))
        labels.push_back(tick.label);
    CHECK(labels == std::vector<std::string>{"-6", "-4", "-2", "0", "2", "4", "6"});
    CHECK(nice_ticks(0, 0.3, 3).front().label == "0.0");
    CHECK(nice_ticks(5, 5, 3).size() >= 2);
}

TEST_CASE("the forest turns each row so that right is better, in sizes that matter", "[figure]") {
    const Figure figure = forest(sample_forest());
    std::vector<Mark> marks;
    for (const Mark& mark : figure.panels.at(0).marks)
        if (mark.kind == Mark::Kind::interval)
            marks.push_back(mark);
    REQUIRE(marks.size() == 4);
    CHECK(marks[0].x[0] == Approx(0.05));  // 0.1 of 2
    CHECK(marks[3].x[0] == Approx(-8));    // 120 of 15, and less is better
    CHECK(marks[3].x[1] == Approx(-340.0 / 15));
    CHECK(marks[3].x[2] == Approx(-4));
    CHECK(figure.table.rows.size() == 4);
    CHECK_THAT(figure.alt, Contains("Integrated: 0 better, 1 worse, 0 the same, 1 cannot tell."));
}

TEST_CASE("a drawing is the same bytes each time, well formed, with words that can be read aloud", "[figure]") {
    const Figure figure = forest(sample_forest());
    const std::string once = svg(figure, "a-");
    CHECK(once == svg(figure, "a-"));
    CHECK(well_formed(once));
    CHECK_THAT(once,
               Contains("Pilot &lt;money&gt;") && Contains("<desc id=\"a-differences-alt\">") && Contains("1a2b3c"));
    CHECK_THAT(once, !Contains("nan") && !Contains("inf"));
    CHECK(png(figure, 1) == png(figure, 1));
    CHECK(png(figure, 1).substr(1, 3) == "PNG");
    CHECK(pdf(figure) == pdf(figure));
    CHECK(pdf(figure).substr(0, 5) == "%PDF-");
}

TEST_CASE("verdicts have shapes: what cannot be told is a grey ring, not a filled mark", "[figure]") {
    ForestData data = sample_forest();
    const std::size_t rings = count(svg(forest(data)), "fill=\"#ffffff\" stroke-width=\"1.5\" stroke=\"#888888\"");
    for (auto& score : data.scores)
        for (auto& arm : score.arms)
            arm.sign = Sign::better;
    CHECK(rings == 1 + count(svg(forest(data)), "fill=\"#ffffff\" stroke-width=\"1.5\" stroke=\"#888888\""));
}

TEST_CASE("ranges without end and values that miss are drawn without harm", "[figure]") {
    const double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
    ForestData data = sample_forest();
    data.scores[0].arms[0].range = {0.1, -inf, inf};
    data.scores[0].arms[1].range = {nan, -inf, inf};
    CHECK_THAT(svg(forest(data)), !Contains("nan") && !Contains("inf"));

    LinesData course;
    course.id = "course";
    course.title = "Course";
    course.years = {2026, 2027, 2028};
    course.arms = {{"Today", {{1, 0.5, 1.5}, {nan, nan, nan}, {2, 1.5, 2.5}}}, {"Other", {}}};
    const std::string drawn = svg(lines(course));
    CHECK_THAT(drawn, !Contains("nan") && !Contains("inf"));
    CHECK(well_formed(drawn));
    CHECK(lines(course).table.rows.size() == 3);
    CHECK(lines(course).table.rows[1][1] == "\u2013");

    BarsData payers;
    payers.id = "payers";
    payers.title = "Payers";
    payers.arms = {"Today", "Other"};
    payers.accounts = {{"NIHDI", {{1, -inf, inf}}}, {"Nobody", {{0, 0, 0}}}};
    CHECK_THAT(svg(bars(payers)), !Contains("nan") && !Contains("inf"));
    payers.accounts.push_back({"Household", {{0.4, -0.73, 1.31}}});
    const Figure drawn_bars = bars(payers);
    const Axis& axis = drawn_bars.panels.at(0).x;
    REQUIRE(axis.ticks.size() >= 2);
    for (const auto& account : payers.accounts)
        for (const Range& range : account.values)
            if (std::isfinite(range.low) && std::isfinite(range.high)) {  // every bar and its range lie between two ticks
                CHECK(axis.ticks.front().value <= range.low);
                CHECK(axis.ticks.back().value >= range.high);
            }
    CHECK(axis.low <= axis.ticks.front().value);
    CHECK(axis.high >= axis.ticks.back().value);
}

TEST_CASE("a figure speaks the reader's language", "[figure]") {
    const text::LanguageScope scope(Lang::fr);
    CHECK_THAT(svg(forest(sample_forest())), Contains("lang=\"fr\"") && Contains("on ne peut dire"));
}

TEST_CASE("colours of arms are those of Okabe and Ito, and none is grey", "[figure]") {
    CHECK(series_colour(0) == 0x0072B2);
    CHECK(series_colour(-1) == 0x888888);
    for (int i = 0; i < series_colours; ++i)
        for (int j = 0; j < i; ++j)
            CHECK(series_colour(i) != series_colour(j));
}
