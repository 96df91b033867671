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
        {"invited shared-record/team-record", "acts on providers; whom it reached is counted as record_adopted"},
        {"enrolled shared-record/team-record", "acts on providers; whom it reached is counted as record_adopted"},
        {"delivered shared-record/team-record", "acts on providers; whom it reached is counted as record_adopted"},
    };
    return list;
}

/// Parts that only a rule which first-look does not use can move; everything-at-once must move them.
const std::vector<Exempt>& not_in_first_look() {
    static const std::vector<Exempt> list = {
        {"person_payment", "a payment that follows what is done for a person stands in no rule of first-look"},
        {"gate_closed", "the same: the gate of such a payment"},
        {"act_for_payment", "the same: the act that opens it"},
    };
    return list;
}

/// Levers that no stage reads: whoever gives a stage to one of them takes its line away.
const std::vector<Exempt>& levers_without_stage() {
    static const std::vector<Exempt> list = {
        {"risk_factor_change", "yearly changes of risk factors do not ask for levers"},
        {"contact_time", "minutes of a contact are a number of the service"},
        {"record_sharing", "the pace of sharing is one number for all providers with support"},
        {"tie_formation", "ties follow shared records alone"},
        {"adoption", "the pace of adoption is one number for all providers with support"},
        {"guideline_use", "the pace of guidelines is one number for all providers with support"},
        {"access", "care gone without follows price, distance and waiting alone"},
        {"adverse_drug_event", "stays caused by medicines are not told apart from other stays"},
        {"start_delay", "an action starts in the month of its file"},
    };
    return list;
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
        out[s.catalogue->mechanisms[m]] = sum.events[m];
    return out;
}

void check_all_touched(const std::map<std::string, std::int64_t>& events, const std::vector<Exempt>& exempt_here) {
    REQUIRE(events.size() > 80);  // 68 verbs of the stages, 27 roles of teams, the actions of the file
    for (const auto& [name, count] : events) {
        if (is_exempt(exempt_everywhere(), name) || is_exempt(exempt_here, name))
            continue;
        const std::size_t colon = name.find(": ");
        const std::string word = colon == std::string::npos ? "" : name.substr(colon + 2, name.find(' ', colon + 2) - colon - 2);
        if (colon != std::string::npos && is_exempt(levers_without_stage(), word))
            continue;
        INFO(name << " touched nobody");
        CHECK(count > 0);
    }
}

}  // namespace

TEST_CASE("every mechanism touches somebody in everything at once", "[laws][slow]") {
    check_all_touched(events_of("every-mechanism", 2, 36), {});
}

TEST_CASE("every mechanism touches somebody in first-look", "[laws][slow]") {
    check_all_touched(events_of("first-look", 4, 60), not_in_first_look());
}

TEST_CASE("every lever that a file may name is read by a stage of the month, or stands among those without one", "[laws]") {
    const std::string folder = join_path(TRESSE_SOURCE_DIR, "sim/model");
    std::string stages;
    for (const std::string& file : names_in(folder))
        if (file.ends_with(".cpp") && file != "policy.cpp")  // where the words themselves stand
            stages += read_file(join_path(folder, file), 1u << 22);
    for (const std::string& word : model::lever_words()) {
        const bool read = stages.find("LeverKind::" + word) != std::string::npos;
        INFO(word);
        CHECK((read || is_exempt(levers_without_stage(), word)));
        if (read && is_exempt(levers_without_stage(), word))
            WARN(word << " has a stage now: its exemption can go");
    }
    for (const Exempt& one : levers_without_stage()) {
        model::LeverKind kind{};
        INFO(one.name);
        CHECK(model::parse_lever(one.name, kind));
        CHECK_FALSE(one.reason.empty());
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
