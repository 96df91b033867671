#pragma once

#include "tresse/measure/record.hpp"
#include "tresse/store/run_folder.hpp"

/// A run made by hand: two services, one condition, one cause, two mechanisms, three price rows, two places.
inline tresse::measure::RunRecord sample_record(int arm, int replicate) {
    using namespace tresse;
    measure::RunRecord run;
    run.arm = arm;
    run.replicate = replicate;
    run.draw = replicate;
    run.sample = 4;
    run.hash = 0xfedcba9876543210ull + static_cast<unsigned>(arm) * 7 + static_cast<unsigned>(replicate);
    run.start.by_group.assign(world::groups, 3);
    run.start.by_place = {700, 500};
    for (int y = 0; y < 2; ++y) {
        measure::YearRecord year;
        year.year = 2026 + y;
        year.months = 12;
        year.has_census = y == 0;
        year.persons_end = 1200 + y;
        year.book = world::Book(world::BookShape::of(2, 1, 1, 2, 3));
        std::int64_t i = 0;
        for (std::int64_t& value : year.book.values())
            value = ++i % 5 == 0 ? i * (arm + 1) : 0;
        year.book.values().front() = -9223372036854775807ll - 1;
        year.book.values().back() = 9223372036854775807ll;
        year.postings = {{0, 0, 1, 123456789012ll}, {1, 1, 2, -5}};
        year.kinds.resize(1);
        year.kinds[0].posts = 120000;
        year.kinds[0].income = -3;
        year.actions.resize(1);
        year.actions[0].reached = 111;
        year.places.resize(2);
        for (auto& place : year.places)
            place.counts.assign(static_cast<std::size_t>(world::GroupCount::count), 4);
        year.place_months_under_75 = {8000, 6000};
        year.place_kinds.resize(2);
        year.place_kinds[1].demand = 77;
        run.years.push_back(year);
    }
    return run;
}

inline tresse::store::Names sample_names() {
    return {.arms = {"today", "more"},
            .kinds = {"gp_practice"},
            .rules = {"fee", "refund"},
            .accounts = {"nihdi_health_care", "income_gp_practice", "wages"},
            .mechanisms = {"birth", "death"},
            .places = {"24107", "24016"},
            .conditions = {"copd"},
            .services = {"consultation", "visit"},
            .causes = {"copd"},
            .actions = {{"none"}, {"continuity/discharge-follow-up"}}};
}

inline tresse::store::Manifest sample_manifest() {
    tresse::store::Manifest m;
    m.scenario = "first-look";
    m.title = "Integrated care, \"as it is\"";
    m.command = "tresse compare first-look";
    m.version = "0.1.0";
    m.commit = "unknown";
    m.inputs = 0x1a2b3c4d5e6f7081ull;
    m.input_hashes = {{"scenario", 1}, {"library", 2}};
    m.scenario_name = "first-look";
    m.options = {{"seed", "7"}, {"set", "time.policy_months=12"}};
    m.seed = 18446744073709551615ull;
    m.threads = 2;
    m.replicates = 2;
    m.months = 24;
    m.arms = {"today", "more"};
    m.started = "2026-11-21T14:05:33Z";
    m.seconds = 44.25;
    return m;
}
