#include "tresse/model/working_life.hpp"

#include <catch2/catch.hpp>

using namespace tresse;
using namespace tresse::model;
namespace st = world::status;
using world::WorkState;

namespace {

std::uint32_t status_with(WorkState work, int sex = 0) { return st::Sex::set(st::Work::set(0, static_cast<std::uint32_t>(work)), static_cast<std::uint32_t>(sex)); }

WorkTables tables_of() {
    WorkTables w;
    w.retires = {{{0.2f, 0.9f, 0.5f, 1.0f}, {0.3f, 0.8f, 0.5f, 1.0f}}};
    w.stops_at_60 = {0.1f, 0.05f};
    return w;
}

constexpr Block lowest{{0, 0, 0, 0}}, highest{{0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu}};

}  // namespace

TEST_CASE("a child goes to school at 15 and nobody is at school beyond 27", "[model][work]") {
    const WorkTables w = tables_of();
    CHECK(next_work(w, 65, status_with(WorkState::child), 14, lowest, false) == WorkState::child);
    CHECK(next_work(w, 65, status_with(WorkState::child), 15, lowest, false) == WorkState::student);
    CHECK(next_work(w, 65, status_with(WorkState::student), 17, lowest, false) == WorkState::student);
    CHECK(next_work(w, 65, status_with(WorkState::student), 18, lowest, false) == WorkState::employed);
    CHECK(next_work(w, 65, status_with(WorkState::student), 20, lowest, true) == WorkState::student);
    CHECK(next_work(w, 65, status_with(WorkState::student), 27, highest, true) != WorkState::student);
}

TEST_CASE("whoever is ill or seeks work retires at the retirement age; who is at home stays at home", "[model][work]") {
    const WorkTables w = tables_of();
    for (const WorkState s : {WorkState::sick_leave, WorkState::disabled, WorkState::unemployed}) {
        CHECK(next_work(w, 65, status_with(s), 64, highest, false) == s);
        CHECK(next_work(w, 65, status_with(s), 65, highest, false) == WorkState::retired);
    }
    CHECK(next_work(w, 65, status_with(WorkState::at_home), 80, lowest, false) == WorkState::at_home);
    CHECK(next_work(w, 65, status_with(WorkState::retired), 70, lowest, false) == WorkState::retired);
}

TEST_CASE("at 60, 65, 70 and 75 the declared share of the employed retires, between them nobody", "[model][work]") {
    const WorkTables w = tables_of();
    constexpr int n = 200000;
    for (int sex = 0; sex < 2; ++sex)
        for (int age = 58; age < 80; ++age) {
            int retired = 0, home = 0;
            for (int i = 0; i < n; ++i) {
                const Block b = draw(5, static_cast<std::uint64_t>(i), static_cast<std::uint32_t>(age), Purpose::work);
                const WorkState next = next_work(w, 65, status_with(WorkState::employed, sex), age, b, false);
                retired += next == WorkState::retired, home += next == WorkState::at_home;
            }
            const bool step = age % 5 == 0 && age >= 60 && age <= 75;
            const double wanted = step ? static_cast<double>(w.retires[static_cast<std::size_t>(sex)][static_cast<std::size_t>(age - 60) / 5]) : 0.0;
            CHECK(retired / static_cast<double>(n) == Approx(wanted).margin(0.004));
            CHECK(home / static_cast<double>(n) == Approx(age == 60 ? static_cast<double>(w.stops_at_60[static_cast<std::size_t>(sex)]) : 0.0).margin(0.004));
        }
}

TEST_CASE("final diplomas have the shares of the table and are the same whenever they are asked for", "[model][work]") {
    WorkTables w = tables_of();
    for (auto& region : w.diploma_until)
        for (auto& sex : region)
            for (auto& fifth : sex) fifth = {0.2f, 0.55f};
    std::array<int, 3> count{};
    constexpr int n = 100000;
    for (int i = 0; i < n; ++i) {
        const int d = final_diploma(w, 9, static_cast<PersonId>(i), 0, 0);
        REQUIRE(d == final_diploma(w, 9, static_cast<PersonId>(i), 0, 0));
        count[static_cast<std::size_t>(d)] += 1;
    }
    CHECK(count[0] / static_cast<double>(n) == Approx(0.20).margin(0.005));
    CHECK(count[1] / static_cast<double>(n) == Approx(0.35).margin(0.005));
    CHECK(count[2] / static_cast<double>(n) == Approx(0.45).margin(0.005));
}
