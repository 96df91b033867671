#include "tresse/model/hazards.hpp"

#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/draw.hpp"
#include "tresse/core/math.hpp"
#include "tresse/core/month.hpp"

using namespace tresse;
using namespace tresse::model;

namespace {

std::unique_ptr<Tables> three_ratios() {
    // diabetes, infarction, stroke: Canoy 2021, death hazard ratios 1.51, 1.52 and 1.84 (S-539)
    auto t = std::make_unique<Tables>();
    t->disease.conditions = 3;
    const double ratio[] = {1.51, 1.52, 1.84};
    for (std::size_t c = 0; c < 3; ++c) {
        t->disease.condition[c].stages = 1;
        t->disease.condition[c].log_mortality[1] = static_cast<float>(log_d(ratio[c]));
    }
    t->mortality.overlap = 0.75f;
    for (auto* power : {&t->frailty.power, &t->frailty.power_now})
        for (auto& row : *power)
            row.fill(1);
    return t;
}

PersonFacts with(std::initializer_list<int> conditions) {
    PersonFacts person;
    person.age = 70;
    for (const int c : conditions)
        person.conditions.set_stage(c, 1);
    return person;
}

/// Words spread evenly over [0, gate).
std::vector<std::uint32_t> words_below(std::uint32_t gate, int count) {
    std::vector<std::uint32_t> words;
    for (int i = 0; i < count; ++i)
        words.push_back(static_cast<std::uint32_t>((static_cast<double>(i) + 0.5) / count * static_cast<double>(gate)));
    return words;
}

}  // namespace

TEST_CASE("age counts completed years, and a birthday counts from its own month on", "[hazards]") {
    const auto born = [](int year, int month) { return Month::of(year, month).index - world::birth_month_zero; };
    const int june_1960 = born(1960, 6);
    CHECK(age_at(june_1960, Month::of(2026, 5).index) == 65);
    CHECK(age_at(june_1960, Month::of(2026, 6).index) == 66);
    CHECK(age_at(june_1960, Month::of(2027, 5).index) == 66);
    CHECK(age_at(born(2026, 6), Month::of(2026, 6).index) == 0);
    CHECK(age_at(born(2026, 8), Month::of(2026, 6).index) == 0);                        // not yet born: no negative age
    CHECK(age_at(0, Month::of(2026, 1).index) == static_cast<int>(world::oldest_age));  // born in 1900: the oldest row
}

TEST_CASE("the death ratios 1.52, 1.51 and 1.84 give 2.1, 2.5 and 2.5 in pairs and 3.4 together", "[hazards]") {
    // published in pairs and together (model.md 3); by hand with overlap 0.75: exp(ln 1.52 + 0.75 ln 1.51) = 2.07 ...
    const auto tables = three_ratios();
    const PreparedHazards prepared(*tables);
    const auto multiplier = [&](std::initializer_list<int> conditions) {
        return std::exp(static_cast<double>(log_death_multiplier(prepared, with(conditions))));
    };
    CHECK(multiplier({}) == Approx(1.0));
    CHECK(multiplier({0}) == Approx(1.51).epsilon(1e-5));
    CHECK(multiplier({2}) == Approx(1.84).epsilon(1e-5));
    CHECK(multiplier({0, 1}) == Approx(2.0705).epsilon(1e-3));
    CHECK(multiplier({0, 2}) == Approx(2.5064).epsilon(1e-3));
    CHECK(multiplier({1, 2}) == Approx(2.5188).epsilon(1e-3));
    CHECK(multiplier({0, 1, 2}) == Approx(3.4312).epsilon(1e-3));
    CHECK(std::round(multiplier({0, 1}) * 10) == 21);
    CHECK(std::round(multiplier({0, 2}) * 10) == 25);
    CHECK(std::round(multiplier({1, 2}) * 10) == 25);
    CHECK(std::round(multiplier({0, 1, 2}) * 10) == 34);
}

TEST_CASE("death multipliers are capped, but a single one above the cap stands", "[hazards]") {
    auto tables = three_ratios();
    for (std::size_t c = 0; c < 3; ++c)
        tables->disease.condition[c].log_mortality[1] = static_cast<float>(log_d(8.0));
    const PreparedHazards many(*tables);
    CHECK(log_death_multiplier(many, with({0, 1, 2})) == Approx(tables->mortality.log_cap));
    tables->disease.condition[1].log_mortality[1] = static_cast<float>(log_d(20.0));  // advanced cancer
    const PreparedHazards one(*tables);
    CHECK(log_death_multiplier(one, with({0, 1})) == Approx(log_d(20.0)).epsilon(1e-5));
}

TEST_CASE("the hazard of death is the table's times the multiplier, and nothing else moves with it", "[hazards]") {
    auto tables = three_ratios();
    for (auto& region : tables->mortality.base_month)
        for (auto& sex : region)
            sex.fill(0.001f);
    const PreparedHazards prepared(*tables);
    Hazards well, ill;
    natural_hazards(prepared, with({}), well);
    natural_hazards(prepared, with({2}), ill);
    CHECK(well.rate[mark_death] == Approx(0.001));
    CHECK(ill.rate[mark_death] == Approx(0.00184).epsilon(1e-5));
    for (int m = 0; m < mark_count; ++m)
        if (m != mark_death)
            CHECK(well.of(m) == ill.of(m));
    CHECK(well.envelope == Approx(0.001 * static_cast<double>(prepared.headroom[mark_death])));
}

TEST_CASE("what has not begun progresses nowhere, and the last stage has no next", "[hazards]") {
    auto tables = three_ratios();
    auto& c = tables->disease.condition[0];
    c.stages = 2;
    c.progression = {0, 0.12f, 0.24f};
    for (auto& sex : c.onset)
        sex.fill(0.06f);
    const PreparedHazards prepared(*tables);
    Hazards h;
    PersonFacts person = with({});
    natural_hazards(prepared, person, h);
    CHECK(h.rate[mark_up] == Approx(0.06 / 12).epsilon(1e-5));
    person.conditions.set_stage(0, 1);
    natural_hazards(prepared, person, h);
    CHECK(h.rate[mark_up] == Approx(0.12 / 12).epsilon(1e-5));
    person.conditions.set_stage(0, 2);
    natural_hazards(prepared, person, h);
    CHECK(h.rate[mark_up] == 0);
}

TEST_CASE("the gate is the probability of at least one candidate, rounded up", "[hazards][candidates]") {
    CHECK(gate_of(0) == 0);
    CHECK(gate_of(-1) == 0);
    for (const double rate : {1e-7, 0.003, 0.03, 0.2, 1.0, 4.0}) {
        const double p = -std::expm1(-rate) * 0x1p32;  // libm here, in the test alone
        const double gate = static_cast<double>(gate_of(static_cast<float>(rate)));
        INFO("rate " << rate);
        CHECK(std::abs(gate - p) < p * 1e-5 + 300);  // a float near 1 has 24 bits
    }
    CHECK(gate_of(100.0f) == 0xffffffffu);
    std::uint32_t before = 0;
    for (float rate = 0.001f; rate < 20; rate *= 1.1f) {
        CHECK(gate_of(rate) >= before);
        before = gate_of(rate);
    }
}

TEST_CASE("below the gate there is a candidate at least, and a smaller word never gives fewer",
          "[hazards][candidates]") {
    for (const float rate : {0.01f, 0.3f, 2.0f, 6.0f}) {
        const std::uint32_t gate = gate_of(rate);
        int before = 1000;
        for (const std::uint32_t word : words_below(gate, 5000)) {
            const int n = candidates(word, gate, rate);
            REQUIRE(n >= 1);
            REQUIRE(n <= before);
            before = n;
        }
        CHECK(before == 1);
        CHECK(candidates(gate - 1, gate, rate) == 1);
    }
}

TEST_CASE("four persons side by side have the candidates of each alone", "[hazards][candidates]") {
    const std::array<float, 4> rate{0.01f, 0.7f, 2.5f, 9.0f};
    std::array<std::uint32_t, 4> gate{}, word{};
    for (std::size_t k = 0; k < 4; ++k) gate[k] = gate_of(rate[k]);
    for (std::uint32_t i = 0; i < 20000; ++i) {
        const Block luck = draw(7, i, 3, Purpose::month);
        for (std::size_t k = 0; k < 4; ++k) word[k] = luck.word[k] % gate[k];
        std::array<std::uint16_t, 4> n{};
        candidates_4(word.data(), gate.data(), rate.data(), n.data());
        for (std::size_t k = 0; k < 4; ++k) REQUIRE(n[k] == candidates(word[k], gate[k], rate[k]));
    }
}

TEST_CASE("numbers of candidates follow the law of Poisson", "[hazards][candidates]") {
    constexpr int persons = 200000;
    for (const double rate : {0.05, 0.5, 1.5, 4.0}) {
        const std::uint32_t gate = gate_of(static_cast<float>(rate));
        std::array<int, 41> counted{};
        for (int i = 0; i < persons; ++i) {
            const std::uint32_t word = draw(11, static_cast<std::uint64_t>(i), 5, Purpose::month).word[0];
            const int n = word < gate ? candidates(word, gate, static_cast<float>(rate)) : 0;
            counted[static_cast<std::size_t>(n)] += 1;
        }
        double p = std::exp(-rate);
        for (int n = 0; n < 20; ++n) {
            const double expected = persons * p;
            INFO("rate " << rate << ", " << n << " candidates: " << counted[static_cast<std::size_t>(n)] << " of "
                         << expected);
            CHECK(std::abs(counted[static_cast<std::size_t>(n)] - expected) < 4 * std::sqrt(expected * (1 - p)) + 1);
            p *= rate / (n + 1);
        }
    }
}

TEST_CASE("the mean number of candidates is the rate, exactly enough for thinning", "[hazards][candidates]") {
    // over words spread evenly the mean is the integral of the inversion, so only rounding is left
    for (const double rate : {0.02, 0.4, 2.0, 5.0}) {
        const std::uint32_t gate = gate_of(static_cast<float>(rate));
        double sum = 0;
        constexpr int steps = 200000;
        for (const std::uint32_t word : words_below(gate, steps))
            sum += candidates(word, gate, static_cast<float>(rate));
        const double mean = sum / steps * static_cast<double>(gate) * 0x1p-32;
        INFO("rate " << rate);
        CHECK(mean == Approx(rate).epsilon(1e-3));
    }
}
