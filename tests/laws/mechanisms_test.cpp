// Every mechanism that the catalogue names touches somebody. A name that nothing counts is a promise that the month does not keep.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/file.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/experiment/run.hpp"
#include "tresse/experiment/scenario_source.hpp"
#include "tresse/model/policy.hpp"
#include "tresse/scenario/arm.hpp"
#include "tresse/scenario/scenario.hpp"

using namespace tresse;

namespace {

/// A name that may be zero, and why. Nothing else may.
struct Exempt {
    std::string name, reason;
};

const std::vector<Exempt>& exempt_everywhere() {
    static const std::vector<Exempt> list = {
        {"tie_faded", "ties only move towards a base strength that never falls: nobody stops sharing a record"},
    };
    return list;
}

/// Parts that only a rule which first-look does not use can move; everything-at-once must move them.
const std::vector<Exempt>& not_in_first_look() {
    static const std::vector<Exempt> list = {
        {"person_payment", "a payment that follows what is done for a person stands in no rule of first-look"},
        {"gate_closed", "the same: the gate of such a payment"},
        {"act_for_payment", "the same: the act that opens it"},
        {"gave_up", "six months in a queue: where need and supply agree hardly a request waits so long"},
        {"limit_exceeded", "a quarter of contacts with people enrolled elsewhere, the limit of the New Deal: most people keep their practice"},
    };
    return list;
}

/// Nobody is invited to an action on providers, and it has no contacts: whom it reached are the practices that adopted it.
bool of_persons_only(const scenario::Scenario& s, const std::string& name) {
    for (const scenario::Arm& arm : s.arms)
        for (const auto& use : arm.spec->components)
            if (use.reach == model::Reach::share_of_providers)
                for (const char* word : {"invited ", "enrolled ", "delivered "})
                    if (name == word + use.use) return true;
    return false;
}

bool is_exempt(const std::vector<Exempt>& list, const std::string& name) {
    return std::any_of(list.begin(), list.end(), [&](const Exempt& e) { return e.name == name; });
}

/// Events of every mechanism, summed over arms, futures and years.
std::map<std::string, std::int64_t> events_of(const std::string& id, int replicates, int months) {
    struct Sum : experiment::Sink {
        std::vector<std::int64_t> events;
        void finished(const measure::RunRecord& record) override {
            for (const measure::YearRecord& year : record.years) {
                events.resize(std::max(events.size(), static_cast<std::size_t>(year.book.shape().mechanisms)));
                for (std::size_t m = 0; m < events.size(); ++m)
                    events[m] += year.book.mechanism(world::MechanismCount::events, static_cast<int>(m));
            }
        }
    } sum;
    scenario::Overrides overrides;
    overrides.replicates = replicates, overrides.months = months;
    const scenario::Scenario s = scenario::load_scenario(id, TRESSE_SOURCE_DIR, overrides);
    Workers workers(2);
    const experiment::ScenarioSource source(s, workers);
    experiment::Progress progress;
    REQUIRE(experiment::run(experiment::plan_of(s, 2), source, sum, progress).complete());
    REQUIRE(sum.events.size() == s.catalogue->mechanisms.size());
    std::map<std::string, std::int64_t> out;
    for (std::size_t m = 0; m < sum.events.size(); ++m)
        if (sum.events[m] > 0 || !of_persons_only(s, s.catalogue->mechanisms[m]))
            out[s.catalogue->mechanisms[m]] = sum.events[m];
    return out;
}

void check_all_touched(const std::map<std::string, std::int64_t>& events, const std::vector<Exempt>& exempt_here) {
    REQUIRE(events.size() > 80);  // 68 verbs of the stages, 27 roles of teams, the actions of the file
    for (const auto& [name, count] : events) {
        if (is_exempt(exempt_everywhere(), name) || is_exempt(exempt_here, name))
            continue;
        INFO(name << " touched nobody");
        CHECK(count > 0);
    }
}

}  // namespace

TEST_CASE("every mechanism touches somebody in everything at once", "[laws][slow]") {
    check_all_touched(events_of("every-mechanism", 64, 36), {});
}

TEST_CASE("every mechanism touches somebody in first-look", "[laws][slow]") {
    check_all_touched(events_of("first-look", 4, 60), not_in_first_look());
}

TEST_CASE("every lever that a file may name is read by a stage of the month", "[laws]") {
    const std::string folder = join_path(TRESSE_SOURCE_DIR, "sim/model");
    std::string stages;
    for (const std::string& file : names_in(folder))
        if (file.ends_with(".cpp") && file != "policy.cpp")  // where the words themselves stand
            stages += read_file(join_path(folder, file), 1u << 22);
    for (const std::string& word : model::lever_words()) {
        INFO(word);
        CHECK(stages.find("LeverKind::" + word) != std::string::npos);
    }
}

TEST_CASE("everything at once uses every action of the library and every hazard that a file may change", "[laws]") {
    const scenario::Scenario s = scenario::load_scenario("every-mechanism", TRESSE_SOURCE_DIR);
    const std::string folder = join_path(TRESSE_SOURCE_DIR, "scenarios/library/components");
    int components = 0;
    for (const std::string& file : names_in(folder)) {
        if (!file.ends_with(".yaml"))
            continue;
        ++components;
        const std::string component = file.substr(0, file.size() - 5);
        INFO(component);
        CHECK(std::any_of(s.catalogue->actions.begin(), s.catalogue->actions.end(),
                          [&](const auto& action) { return action.component == component; }));
    }
    CHECK(components > 0);
    std::vector<std::string> changed;
    for (const scenario::Arm& arm : s.arms)
        for (const auto& hazard : arm.spec->hazards)
            changed.emplace_back(model::lever_word(hazard.kind));
    for (const char* word : {"onset", "progression", "exacerbation", "admission", "readmission", "nursing_home_entry",
                             "diagnosis", "return_to_work"}) {
        INFO(word);
        CHECK(std::find(changed.begin(), changed.end(), word) != changed.end());
    }
}
