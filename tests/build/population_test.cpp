#include <catch2/catch.hpp>
#include <set>
#include <tuple>

#include "build/fixture.hpp"
#include "tresse/core/file.hpp"
#include "tresse/model/step.hpp"

using namespace tresse;
using namespace tresse::build;

namespace {

/// Everything of a person that must not depend on cells or threads, by id.
std::vector<std::tuple<std::uint64_t, std::uint64_t, std::uint32_t, std::uint32_t, std::uint64_t, std::int16_t, std::uint16_t, std::uint64_t>> rows_of(const world::World& w) {
    std::vector<std::tuple<std::uint64_t, std::uint64_t, std::uint32_t, std::uint32_t, std::uint64_t, std::int16_t, std::uint16_t, std::uint64_t>> out;
    for (const auto& cell : w.cells)
        for (int s = 0; s < cell.slots; ++s) {
            const auto& p = cell.persons;
            out.emplace_back(p.id[s], p.conditions[s], p.status[s], p.status2[s], p.team[s], p.birth_month[s], p.utility[s], cell.households[p.household[s]].id);
        }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

TEST_CASE("an area has exactly the inhabitants of its margins, by municipality, sex and age at the policy date", "[build]") {
    const auto& t = ThreeTowns::shared();
    const auto w = t.world({0, 2});
    const auto fit = fit_of(w, t.region, {0, 2}, t.reference, t.catalogue, t.tables);
    int rows = 0;
    for (const auto& row : fit.rows)
        if (row.subject == "inhabitants") {
            CHECK(row.built == row.wanted);
            ++rows;
        }
    CHECK(rows == 2 * 2 * 21);
    CHECK(w.persons() == t.region.municipalities[0].inhabitants() + t.region.municipalities[2].inhabitants());
}

TEST_CASE("ids count from nought in the order of place, neighbourhood and household", "[build]") {
    const auto w = ThreeTowns::shared().world({0, 1});
    std::uint64_t next = 0;
    std::uint32_t place = 0, neighbourhood = 0;
    for (const auto& cell : w.cells) {
        CHECK(cell.municipality >= place);
        CHECK(cell.neighbourhood >= neighbourhood);
        place = cell.municipality, neighbourhood = cell.neighbourhood;
        for (int s = 0; s < cell.slots; ++s)
            REQUIRE(cell.persons.id[s] == next++);
    }
    CHECK(next == w.first_newcomer);
}

TEST_CASE("no household lies over two cells, and a cell keeps room for newborns", "[build]") {
    for (const int capacity : {64, 300, 2048}) {
        const auto w = ThreeTowns::shared().world({0}, capacity);
        std::set<std::uint64_t> seen;
        for (const auto& cell : w.cells) {
            CHECK(cell.slots < cell.persons.capacity());
            int members = 0;
            for (const auto& h : cell.households) {
                CHECK(seen.insert(h.id).second);
                CHECK(h.first_slot == members);
                for (int m = 0; m < h.members; ++m)
                    CHECK(&cell.households[cell.persons.household[h.first_slot + m]] == &h);
                members += h.members;
            }
            CHECK(members == cell.slots);
        }
    }
}

TEST_CASE("people, teams and neighbourhoods are the same in small cells, large cells and with two threads", "[build]") {
    const auto& t = ThreeTowns::shared();
    const auto one = t.world({0, 1, 2}, 2048, 1, 1), small = t.world({0, 1, 2}, 64, 1, 1), two = t.world({0, 1, 2}, 2048, 1, 2);
    CHECK(small.cells.size() > 4 * one.cells.size());
    const auto rows = rows_of(one);
    CHECK(rows == rows_of(small));
    CHECK(rows == rows_of(two));
    REQUIRE(one.neighbourhoods.size() == small.neighbourhoods.size());
    for (std::size_t n = 0; n < one.neighbourhoods.size(); ++n)
        CHECK(one.neighbourhoods[n].provider == small.neighbourhoods[n].provider);
    REQUIRE(one.ties.tie.size() == small.ties.tie.size());
    for (std::size_t i = 0; i < one.ties.tie.size(); ++i)
        CHECK(one.ties.tie[i].strength == small.ties.tie[i].strength);
    CHECK(model::state_hash(one) == model::state_hash(two));
}

TEST_CASE("the people of a town do not depend on the area around it", "[build]") {
    const auto& t = ThreeTowns::shared();
    const auto alone = t.world({2}), among = t.world({0, 1, 2});
    std::vector<std::uint64_t> a, b;
    for (const auto& cell : alone.cells)
        for (int s = 0; s < cell.slots; ++s)
            a.push_back(cell.persons.conditions[s]);
    for (const auto& cell : among.cells)
        if (cell.municipality == 2)
            for (int s = 0; s < cell.slots; ++s)
                b.push_back(cell.persons.conditions[s]);
    CHECK(a == b);
}

TEST_CASE("a sketch keeps one household in ten, whole, in the same neighbourhoods", "[build]") {
    const auto& t = ThreeTowns::shared();
    const auto full = t.world({0, 1}), tenth = t.world({0, 1}, 2048, 10);
    std::set<std::uint64_t> households;
    std::size_t all = 0, kept = 0;
    for (const auto& cell : full.cells)
        for (const auto& h : cell.households)
            households.insert(h.id), ++all;
    for (const auto& cell : tenth.cells)
        for (const auto& h : cell.households) {
            CHECK(households.count(h.id) == 1);
            ++kept;
        }
    CHECK(kept >= all / 10 - 2);
    CHECK(kept <= all / 10 + 2);
    CHECK(full.neighbourhoods.size() == tenth.neighbourhoods.size());
    CHECK(full.providers.size() == tenth.providers.size());
    std::int64_t posts = 0, tenth_posts = 0;
    for (std::size_t i = 0; i < full.providers.size(); ++i)
        posts += full.providers[i].posts_milli, tenth_posts += tenth.providers[i].posts_milli;
    CHECK(static_cast<double>(tenth_posts) == Approx(0.1 * static_cast<double>(posts)).epsilon(0.01));
}

TEST_CASE("packed facts follow the person: children do not smoke, residents have a bed and a row of standing care", "[build]") {
    namespace st = world::status;
    const auto& t = ThreeTowns::shared();
    const auto w = t.world({0});
    const int obesity = t.tables.disease.obesity;
    for (const auto& cell : w.cells) {
        std::set<int> standing;
        for (const auto& h : cell.home_care)
            standing.insert(h.slot);
        CHECK(standing.size() == cell.home_care.size());
        for (int s = 0; s < cell.slots; ++s) {
            const auto status = cell.persons.status[s];
            const int age = (w.policy_start.index - world::birth_month_zero - cell.persons.birth_month[s]) / 12;
            if (age < 15) {
                CHECK(st::Smoking::get(status) == 0);
                CHECK(static_cast<world::WorkState>(st::Work::get(status)) == world::WorkState::child);
            }
            if (st::NursingHome::get(status)) {
                CHECK(age >= 65);
                CHECK(standing.count(s) == 1);
                CHECK(world::team_rank(cell.persons.team[s], 6) > 0);
            }
            if (world::Conditions{cell.persons.conditions[s]}.has(obesity))
                CHECK(st::Overweight::get(status) == 0);
            if (st::Carer::get(status))
                CHECK((st::Dependence::get(status) > 0 || age >= 65));
            CHECK((st::AtHomeCare::get(status) != 0) == (standing.count(s) == 1 && !st::NursingHome::get(status)));
        }
    }
}

TEST_CASE("Glabbeek has exactly its inhabitants of the pack", "[build]") {
    const std::string folder = std::string(TRESSE_SOURCE_DIR) + "/scenarios/belgium";
    if (!exists(folder + "/region.yaml"))
        return;
    const auto region = scenario::load_region(folder);
    auto catalogue = small_library::catalogue();
    auto tables = small_library::tables(region, catalogue);
    const auto reference = make_reference(region, catalogue, tables, 1);
    const int m = region.municipality(24137);
    REQUIRE(m >= 0);
    const auto& town = region.municipalities[static_cast<std::size_t>(m)];
    world::Place place;
    place.nis = town.nis, place.region = town.region, place.lat = town.lat, place.lon = town.lon, place.area_km2 = town.area_km2;
    catalogue.places = {place};
    Workers workers(1);
    const auto w = make_area({region, catalogue, tables, reference, {m}, Month::of(2026, 1), 36, 1, 1, 1}, workers, {});
    const auto fit = fit_of(w, region, {m}, reference, catalogue, tables);
    for (const auto& row : fit.rows)
        if (row.subject == "inhabitants")
            CHECK(row.built == row.wanted);
    // The national sample: a fifth of the country in each fifth (sampling of 50,000 households: 0.2 points), conditions within 3 % of the table.
    for (const double share : reference.norms.social.fifth_share)
        CHECK(share == Approx(0.2).margin(0.004));
    CHECK(fit_of(reference, {}, catalogue, tables).misfits() <= 12);
}
