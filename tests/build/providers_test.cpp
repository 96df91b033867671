#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "build/fixture.hpp"

using namespace tresse;
using namespace tresse::build;

namespace {

int kind(const char* id) { return ThreeTowns::shared().catalogue.kind(id); }
int role(const char* id) { return ThreeTowns::shared().catalogue.role(id); }

double posts_of(const world::World& w, const char* id) {
    double posts = 0;
    for (const auto& p : w.providers)
        posts += p.kind == kind(id) ? p.posts_milli / 1000.0 : 0;
    return posts;
}

}  // namespace

TEST_CASE("posts of the whole region are its rate times its inhabitants", "[build]") {
    const auto& t = ThreeTowns::shared();
    const auto w = t.world({0, 1, 2});
    double people = 0;
    for (const auto& m : t.region.municipalities)
        people += m.inhabitants();
    // Over the whole region the weights by age have mean one, so the rate holds: 8.6 and 0.19 posts per 10,000 (the second may be absent and joins the first).
    CHECK(posts_of(w, "gp_practice") + posts_of(w, "medical_house") == Approx(8.79 * people / 10000).epsilon(0.001));
    CHECK(posts_of(w, "home_nursing_team") == Approx(20 * people / 10000).epsilon(0.001));
    CHECK(posts_of(w, "general_hospital") == Approx(36.7 * people / 10000).epsilon(0.001));
    CHECK(posts_of(w, "nursing_home") == Approx(120 * people / 10000).epsilon(0.001));
}

TEST_CASE("staff adds up by age, and nobody is employed beyond the posts", "[build]") {
    const auto w = ThreeTowns::shared().world({0, 1, 2});
    for (const auto& p : w.providers) {
        CHECK(p.by_age_milli[0] + p.by_age_milli[1] + p.by_age_milli[2] + p.by_age_milli[3] == p.filled_milli);
        CHECK(p.filled_milli <= p.posts_milli);
        CHECK(p.burnt_out_milli <= p.filled_milli);
    }
}

TEST_CASE("panels count the people who have the provider in their team", "[build]") {
    const auto& t = ThreeTowns::shared();
    const auto w = t.world({0, 1, 2});
    std::int64_t gp = 0, hospital = 0, with_gp = 0;
    for (const auto& p : w.providers) {
        gp += p.role == role("gp") ? p.panel : 0;
        hospital += p.kind == kind("general_hospital") ? p.panel : 0;
    }
    for (const auto& cell : w.cells)
        for (int s = 0; s < cell.slots; ++s)
            with_gp += world::team_rank(cell.persons.team[s], 0) > 0;
    CHECK(gp == with_gp);
    CHECK(hospital == w.persons());
    CHECK(static_cast<double>(with_gp) / static_cast<double>(w.persons()) > 0.85);
    CHECK(static_cast<double>(with_gp) / static_cast<double>(w.persons()) < 0.95);
}

TEST_CASE("panels follow the size of practices, not distance alone", "[build]") {
    const auto w = ThreeTowns::shared().world({0, 1, 2});
    double people = 0, posts = 0;
    for (const auto& p : w.providers)
        if (p.role == role("gp"))
            people += p.panel, posts += p.posts_milli;
    for (const auto& p : w.providers)
        if (p.role == role("gp")) {
            CHECK(p.panel / (p.posts_milli * people / posts) > 0.5);
            CHECK(p.panel / (p.posts_milli * people / posts) < 2.0);
        }
}

TEST_CASE("one social service stands in each municipality, hospitals where they are", "[build]") {
    const auto& t = ThreeTowns::shared();
    const auto w = t.world({0, 1, 2});
    std::multiset<std::uint32_t> places;
    for (const auto& p : w.providers) {
        if (p.kind == kind("social_service"))
            places.insert(p.municipality);
        if (p.kind == kind("general_hospital")) {
            CHECK_FALSE(p.outside);
            CHECK(p.lat == Approx(50.85).margin(1e-4));
            CHECK((p.municipality == 0 || p.municipality == 1));
        }
    }
    CHECK(places == std::multiset<std::uint32_t>{0, 1, 2});
}

TEST_CASE("an area without a hospital is served by those outside, with the beds that its people use", "[build]") {
    const auto& t = ThreeTowns::shared();
    Placement placement;
    const auto w = t.world({2}, 2048, 1, 1, &placement);
    CHECK(placement.outside_share == 1);
    int hospitals = 0;
    double beds = 0;
    for (const auto& p : w.providers)
        if (p.kind == kind("general_hospital")) {
            CHECK(p.outside);
            ++hospitals;
            beds += p.posts_milli / 1000.0;
        }
    CHECK(hospitals == 2);
    // All towns have the same ages, so the rate of the region holds for the smallest too.
    CHECK(beds == Approx(36.7 * t.region.municipalities[2].inhabitants() / 10000.0).epsilon(0.02));
}

TEST_CASE("departments follow their house in the lists", "[build]") {
    const auto w = ThreeTowns::shared().world({0, 1, 2});
    for (const auto& n : w.neighbourhoods)
        for (std::size_t k = 1; k < world::limit::ranks; ++k) {
            const auto beds = n.provider[static_cast<std::size_t>(role("hospital_beds"))][k], heart = n.provider[static_cast<std::size_t>(role("cardiology"))][k],
                       emergency = n.provider[static_cast<std::size_t>(role("emergency"))][k];
            if (beds == no_provider)
                continue;
            REQUIRE(heart != no_provider);
            CHECK(w.providers[heart].organisation == w.providers[beds].organisation);
            CHECK(w.providers[emergency].organisation == w.providers[beds].organisation);
            CHECK(n.by_slot[4][k] == emergency);  // emergency is the first role of the slot in this catalogue
        }
}

TEST_CASE("a neighbourhood's lists hold different providers, the most usual first, and ranks from one", "[build]") {
    Placement placement;
    const auto w = ThreeTowns::shared().world({0, 1, 2}, 2048, 1, 1, &placement);
    for (std::size_t i = 0; i < w.neighbourhoods.size(); ++i)
        for (std::size_t slot = 0; slot < world::limit::team_slots; ++slot) {
            std::set<ProviderIndex> seen;
            float sum = 0;
            CHECK(w.neighbourhoods[i].by_slot[slot][0] == no_provider);
            for (std::size_t k = 1; k < world::limit::ranks; ++k) {
                const auto p = w.neighbourhoods[i].by_slot[slot][k];
                if (p == no_provider)
                    continue;
                CHECK(seen.insert(p).second);
                sum += placement.share[i][slot][k];
            }
            if (!seen.empty())
                CHECK(sum == Approx(1.0).epsilon(1e-4));
        }
}

TEST_CASE("residents of nursing homes fill beds, not more than there are while any is free", "[build]") {
    const auto w = ThreeTowns::shared().world({0, 1, 2});
    std::int64_t beds = 0, residents = 0;
    std::vector<std::int64_t> taken(w.providers.size(), 0);
    for (const auto& cell : w.cells)
        for (int s = 0; s < cell.slots; ++s)
            if (world::status::NursingHome::get(cell.persons.status[s])) {
                ++residents;
                taken[w.neighbourhoods[cell.neighbourhood].by_slot[6][static_cast<std::size_t>(world::team_rank(cell.persons.team[s], 6))]] += 1;
            }
    for (std::size_t i = 0; i < w.providers.size(); ++i)
        if (w.providers[i].kind == kind("nursing_home")) {
            beds += w.providers[i].filled_milli / 1000;
            CHECK(taken[i] <= w.providers[i].filled_milli / 1000 + (residents > beds ? residents : 0));
        }
    CHECK(residents > 0);
    CHECK(residents < beds + 3);
}

TEST_CASE("ties are sorted, few, never to oneself, and stronger under one roof", "[build]") {
    const auto w = ThreeTowns::shared().world({0, 1, 2});
    REQUIRE(w.ties.first.size() == w.providers.size() + 1);
    double roof = 0, roofs = 0, other = 0, others = 0;
    for (std::uint32_t i = 0; i < w.providers.size(); ++i) {
        CHECK(w.ties.first[i + 1] - w.ties.first[i] <= 64);
        for (std::uint32_t k = w.ties.first[i]; k < w.ties.first[i + 1]; ++k) {
            const auto& tie = w.ties.tie[k];
            CHECK(tie.to != i);
            CHECK(tie.strength > 0);
            if (k > w.ties.first[i])
                CHECK(w.ties.tie[k - 1].to < tie.to);
            const bool same = w.providers[i].organisation != no_provider && w.providers[i].organisation == w.providers[tie.to].organisation;
            (same ? roof : other) += tie.strength;
            (same ? roofs : others) += 1;
        }
    }
    REQUIRE(roofs > 0);
    REQUIRE(others > 0);
    CHECK(roof / roofs > 1.5 * other / others);
}

TEST_CASE("a sketch keeps one provider in k, but eight where there are as many", "[build]") {
    // by hand: 80 / 10 = 8, 200 / 10 = 20; below eight all stay; 30 / 10 would be 3
    CHECK(kept_of_sketch(80, 10) == 8);
    CHECK(kept_of_sketch(200, 10) == 20);
    CHECK(kept_of_sketch(5, 10) == 5);
    CHECK(kept_of_sketch(30, 10) == 8);
    CHECK(kept_of_sketch(30, 1) == 30);
}

TEST_CASE("the practices of a sketch have the posts of the area divided by k, on fewer practices, each nearer than it stands", "[build]") {
    const auto& t = ThreeTowns::shared();
    Placement of_whole, of_sketch;
    const auto whole = t.world({0, 1, 2}, 2048, 1, 1, &of_whole), sketch = t.world({0, 1, 2}, 2048, 10, 1, &of_sketch);
    const auto count = [](const world::World& w, const char* id) {
        int n = 0;
        for (const auto& p : w.providers)
            n += p.kind == kind(id);
        return n;
    };
    // milli posts are rounded per provider
    CHECK(posts_of(sketch, "gp_practice") * 10 == Approx(posts_of(whole, "gp_practice")).epsilon(0.01));
    CHECK(posts_of(sketch, "home_nursing_team") * 10 == Approx(posts_of(whole, "home_nursing_team")).epsilon(0.01));
    const int all = count(whole, "gp_practice"), kept = count(sketch, "gp_practice");
    REQUIRE(all > 8);
    CHECK(kept == std::max(8, static_cast<int>(all / 10.0 + 0.5)));
    REQUIRE(of_sketch.way.size() == sketch.providers.size());
    for (const float way : of_whole.way)
        CHECK(way == 1.0f);
    for (std::size_t i = 0; i < sketch.providers.size(); ++i) {
        if (sketch.providers[i].kind == kind("gp_practice"))
            CHECK(of_sketch.way[i] == Approx(std::sqrt(kept / static_cast<double>(all))).epsilon(0.05));  // the number before rounding is what is meant
        if (sketch.providers[i].kind == kind("social_service"))
            CHECK(of_sketch.way[i] == 1.0f);
    }
}
