// Negative controls and closed-form twins: what must come out when nothing acts, and when the answer is known by hand.
#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include <catch2/catch.hpp>

#include "model/tiny_world.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/stages.hpp"

using namespace tresse;

namespace {

/// A world in which people die at one constant rate and get the first condition at another, and nothing else happens to them.
tiny::Setup constant_world(int persons, double death_per_year, double onset_per_year) {
    auto setup = tiny::make({.persons = persons, .capacity = 2048, .death_per_year = death_per_year, .onset_per_year = onset_per_year});
    model::Tables& t = *setup.tables;
    for (auto& c : t.disease.condition) {
        c.log_mortality.fill(0), c.progression.fill(0), c.remission.fill(0), c.exacerbation.fill(0), c.admission.fill(0);
        c.found_per_year = 0;
    }
    for (auto& sex : t.disease.condition[1].onset) sex.fill(0);
    for (auto* power : {&t.frailty.power, &t.frailty.power_now})
        for (auto& row : *power) row.fill(1);
    t.frailty.permanent.fill(1), t.frailty.now.fill(1);
    for (auto& sex : t.hospital.baseline) sex.fill(0);
    t.dependence.worsening.fill(0), t.dependence.home_entry.fill(0), t.dependence.carer_dropout.fill(0);
    t.work.sick_start.fill(0), t.work.to_unemployed = t.work.to_employed = 0;
    for (auto& region : t.demography.births_per_woman_year) region.fill(0);
    for (auto& region : t.demography.leaves_area) region.fill(0);
    t.demography.arrivals_per_100000 = {0, 0, 0};
    return setup;
}

struct Outcome {
    std::int64_t deaths = 0, onsets = 0, contacts = 0;
    std::vector<PersonId> dead;
};

Outcome run(const tiny::Setup& setup, const model::Rules& rules, int months) {
    world::World w = setup.world;
    w.now = w.policy_start;
    Workers workers(1);
    model::Rules logged = rules;
    logged.log_events = true, logged.unlimited_capacity = true;
    model::Engine engine(logged);
    engine.refresh_all(w, workers);
    Outcome out;
    for (int m = 0; m < months; ++m) {
        engine.step(w, workers);
        out.deaths += w.month_book.group_sum(world::GroupCount::deaths);
        out.onsets += w.month_book.condition(world::ConditionCount::onsets, 0);
        out.contacts += w.month_book.group_sum(world::GroupCount::gp_contacts);
        for (const auto& e : engine.seen())
            if (e.mark == model::mark_death) out.dead.push_back(e.person);
    }
    std::sort(out.dead.begin(), out.dead.end());
    return out;
}

std::int64_t without_condition(const world::World& w) {
    std::int64_t n = 0;
    for (const auto& cell : w.cells)
        for (int s = 0; s < cell.slots; ++s) n += !cell.persons.empty(s) && !world::Conditions{cell.persons.conditions[s]}.has(0);
    return n;
}

}  // namespace

TEST_CASE("at a constant hazard as many die in two years as the exponential law says", "[laws][twins]") {
    // closed form: n (1 - exp(-2 h)); four standard deviations of the binomial law
    constexpr int persons = 40000;
    for (const double h : {0.02, 0.15}) {
        const auto setup = constant_world(persons, h, 0);
        const double p = 1 - std::exp(-2 * h);
        const double deaths = static_cast<double>(run(setup, setup.rules(), 24).deaths);
        INFO("hazard " << h << ": " << deaths << " deaths");
        CHECK(std::abs(deaths - persons * p) < 4 * std::sqrt(persons * p * (1 - p)));
    }
}

TEST_CASE("many other events in a month take nobody's death away", "[laws][twins]") {
    // onset of the first condition six times a year, remission as often: most months hold an event before the death, the deaths stay those of the table
    constexpr int persons = 40000;
    auto setup = constant_world(persons, 0.15, 6);
    setup.tables->disease.condition[0].remission = {0, 6, 6, 0, 0, 0, 0, 0};
    const double p = 1 - std::exp(-0.15);
    const Outcome o = run(setup, setup.rules(), 12);
    CHECK(o.onsets > persons);
    CHECK(std::abs(static_cast<double>(o.deaths) - persons * p) < 4 * std::sqrt(persons * p * (1 - p)));
}

TEST_CASE("new cases at a constant hazard follow the closed form with deaths beside them", "[laws][twins]") {
    // of n without the condition: n i / (i + d) (1 - exp(-(i + d))) in a year
    const auto setup = constant_world(40000, 0.05, 0.3);
    const double n = static_cast<double>(without_condition(setup.world)), i = 0.3, d = 0.05;
    const double p = i / (i + d) * (1 - std::exp(-(i + d)));
    const double onsets = static_cast<double>(run(setup, setup.rules(), 12).onsets);
    INFO(onsets << " onsets of " << n * p);
    CHECK(std::abs(onsets - n * p) < 4 * std::sqrt(n * p * (1 - p)));
}

TEST_CASE("a lever whose effect is nil changes nothing, and the same people die", "[laws][controls]") {
    const auto setup = constant_world(20000, 0.1, 0.2);
    const Outcome base = run(setup, setup.rules(), 12);
    model::Rules nil = setup.rules();
    nil.policy.hazards.push_back({model::LeverKind::onset, 0, 0.0f, Month::of(2026, 1)});
    const Outcome arm = run(setup, nil, 12);
    CHECK(arm.deaths == base.deaths);
    CHECK(arm.onsets == base.onsets);
    CHECK(arm.contacts == base.contacts);
    CHECK((arm.dead == base.dead));
}

TEST_CASE("fewer onsets of an illness that kills nobody leave every death of the month where it was", "[laws][controls]") {
    // exactly so in the first month; later the same number in expectation, since other people are at risk of an onset
    const auto setup = constant_world(20000, 0.5, 1.0);
    const Outcome base = run(setup, setup.rules(), 1);
    model::Rules fewer = setup.rules();
    fewer.policy.hazards.push_back({model::LeverKind::onset, 0, static_cast<float>(log_d(0.5)), Month::of(2026, 1)});
    const Outcome arm = run(setup, fewer, 1);
    CHECK(arm.onsets < base.onsets * 6 / 10);
    CHECK(base.deaths > 500);
    CHECK((arm.dead == base.dead));
}

TEST_CASE("frailty leaves the deaths of the first month where the table puts them", "[laws][controls]") {
    // powers of mean one: half of the people at 0.5, half at 1.5 times the hazard
    auto setup = constant_world(60000, 0.6, 0);
    for (std::size_t q = 0; q < 256; ++q) setup.tables->frailty.power[1][q] = q < 128 ? 0.5f : 1.5f;
    const double h = 0.6 / 12, p = 0.5 * (1 - std::exp(-0.5 * h)) + 0.5 * (1 - std::exp(-1.5 * h));
    const double deaths = static_cast<double>(run(setup, setup.rules(), 1).deaths);
    CHECK(std::abs(deaths - 60000 * p) < 4 * std::sqrt(60000 * p * (1 - p)));
}
