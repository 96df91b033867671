// Scenes, cells and flows. Areas and widths are done by hand.
#include <cmath>

#include <catch2/catch.hpp>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/viz/figure/chart.hpp"

using namespace tresse;
using namespace tresse::viz;

TEST_CASE("cells around centroids have nearly the areas of the places", "[figure]") {
    // nine places on a grid of 6 km with areas between 20 and 50 square kilometres
    std::vector<MapSite> sites;
    for (int i = 0; i < 9; ++i)
        sites.push_back({50.8 + 0.054 * (i / 3), 4.9 + 0.085 * (i % 3), 24.0 + (i % 4) * 8});
    const auto cells = voronoi_cells(sites);
    REQUIRE(cells.size() == 9);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        REQUIRE(cells[i].rings.size() == 1);
        CHECK(cells[i].area == Approx(sites[i].area_km2).epsilon(0.2));
        CHECK(ring_area(cells[i].rings[0]) == Approx(cells[i].area));
    }
    CHECK(voronoi_cells({}).empty());
    CHECK(voronoi_cells({{50, 4, 10}}).size() == 1);
}

TEST_CASE("triangles of a hollow shape cover its area once", "[figure]") {
    // an L of three unit squares
    const std::vector<Point> ring = {{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}};
    const auto corners = triangulated(ring);
    double area = 0;
    for (std::size_t i = 0; i + 2 < corners.size(); i += 3)
        area += ring_area({ring[corners[i]], ring[corners[i + 1]], ring[corners[i + 2]]});
    CHECK(area == Approx(3));
    CHECK(triangulated({{0, 0}, {1, 1}, {1, 0}, {0, 1}}).empty());  // crosses itself
}

TEST_CASE("a wrapped text keeps its words and its width", "[figure]") {
    const std::string words = "people without needed care and a_very_long_key.of.a.file that must be broken";
    std::string again;
    for (const std::string& line : wrapped(words, 120, Type::small, paper_measure())) {
        CHECK(paper_measure().width(line, Type::small) <= 121);
        again += line;
    }
    std::string without = words, joined = again;
    std::erase(without, ' ');
    std::erase(joined, ' ');
    CHECK(joined == without);
    CHECK(wrapped("", 100, Type::body, paper_measure()).empty());
}

TEST_CASE("a text that does not fit is shortened and counted", "[figure]") {
    Scene scene;
    scene.words_in({0, 0}, "Überträger évaluées", Type::body, 60, paper_measure());
    CHECK(scene.shortened == 1);
    CHECK(scene.shapes[0].text.ends_with("\u2026"));
    CHECK(paper_measure().width(scene.shapes[0].text, Type::body) <= 60);
    scene.words_in({0, 0}, "ja", Type::body, 60, paper_measure());
    CHECK(scene.shortened == 1);
}

TEST_CASE("flows keep their amounts: what enters a node in the drawing is as high as what leaves it", "[figure]") {
    FlowChart chart;
    chart.nodes = {{"a", 0, {}}, {"b", 0, {}}, {"rule", 1, {}}, {"x", 2, {}}};
    chart.links = {{0, 2, 30, {}, ""}, {1, 2, 10, {}, ""}, {2, 3, 40, {}, ""}};
    Scene scene;
    flows(chart, {0, 0, 600, 300}, paper_measure(), scene);
    CHECK_FALSE(scene.shapes.empty());
    for (const Shape& shape : scene.shapes)
        for (const Point& p : shape.points) {
            CHECK(p.y >= -1);
            CHECK(p.y <= 301);
        }
    Scene nothing;
    flows({}, {0, 0, 600, 300}, paper_measure(), nothing);
    CHECK(nothing.spots.empty());
}

TEST_CASE("providers that work together come to stand together", "[figure]") {
    // two pairs with ties, none between the pairs
    const std::vector<Point> start = {{0, 0}, {1, 0.2}, {0.1, 0.9}, {1, 1}};
    const auto at = force_layout(4, {{0, 1}, {2, 3}}, {1, 1}, start);
    const auto far = [&](int a, int b) {
        return std::hypot(at[static_cast<std::size_t>(a)].x - at[static_cast<std::size_t>(b)].x,
                          at[static_cast<std::size_t>(a)].y - at[static_cast<std::size_t>(b)].y);
    };
    CHECK(far(0, 1) < far(0, 2));
    CHECK(far(2, 3) < far(1, 3));
    CHECK(at == force_layout(4, {{0, 1}, {2, 3}}, {1, 1}, start));
}

TEST_CASE("a picture leaves as SVG, PDF, PNG and CSV, the same bytes each time", "[figure]") {
    text::set_language(Lang::en);
    Picture picture;
    picture.id = "test";
    picture.title = "A question with œuvre & <signs>";
    picture.alt = "An answer.";
    picture.run = "1a2b3c";
    picture.scene.width = 300;
    picture.scene.height = 100;
    picture.scene.box({10, 10, 100, 60}, arm_ink(2), 6);
    picture.scene.words({10, 80}, "words", Type::body);
    picture.table = {{"a", "b"}, {{"1", "2,5"}}};
    CHECK(svg(picture) == svg(picture));
    CHECK(svg(picture).find("&amp; &lt;signs&gt;") != std::string::npos);
    CHECK(svg(picture).find("1a2b3c") != std::string::npos);
    CHECK(pdf(picture).starts_with("%PDF"));
    CHECK(pdf(picture) == pdf(picture));
    CHECK(png(picture).starts_with("\x89PNG"));
    CHECK(csv(picture) == "a,b\n1,\"2,5\"\n");
}

TEST_CASE("colours of amounts grow lighter, and equal is neither orange nor blue", "[figure]") {
    const auto light = [](std::uint32_t c) {
        return ((c >> 16) & 255u) * 0.299 + ((c >> 8) & 255u) * 0.587 + (c & 255u) * 0.114;
    };
    for (int i = 0; i < 10; ++i)
        CHECK(light(amount_colour(i / 10.0)) < light(amount_colour((i + 1) / 10.0)));
    for (const Theme theme : {Theme::light, Theme::dark}) {
        const std::uint32_t equal = difference_colour(0, theme);
        const int red = static_cast<int>((equal >> 16) & 255u), blue = static_cast<int>(equal & 255u);
        CHECK(std::abs(red - blue) < 30);
    }
}
