#include "tresse/model/tell.hpp"

#include <map>

#include <catch2/catch.hpp>

#include "tiny_world.hpp"

using namespace tresse;
using namespace tresse::model;

namespace {

/// Notes what each person's month has in store, before it is decided.
class Notes : public Witness {
public:
    std::map<PersonId, std::vector<ToldEvent>> of;
    void before_events(const Here& here) override {
        for (int s = 0; s < here.cell.slots; ++s)
            if (!here.cell.persons.empty(s))
                if (auto told = told_events(here, s); !told.empty())
                    of[here.cell.persons.id[s]] = std::move(told);
    }
};

}  // namespace

TEST_CASE("what is told of a month is what happens in it, and telling changes nothing", "[model][laws]") {
    auto setup = tiny::make({.persons = 600, .capacity = 1024, .death_per_year = 0.2, .onset_per_year = 0.5});
    Rules rules = setup.rules();
    rules.log_events = true;
    // an arm that moves hazards, so that the factors are not all one
    rules.policy.hazards.push_back({LeverKind::onset, -1, -0.5f, setup.world.start_of_time});
    rules.policy.hazards.push_back({LeverKind::admission, -1, -0.3f, setup.world.start_of_time});
    Rules watched = rules;
    Notes notes;
    watched.witness = &notes;
    world::World plain = setup.world, seen_world = setup.world;
    Workers workers(1);
    Engine a(rules), b(watched);
    a.refresh_all(plain, workers), b.refresh_all(seen_world, workers);
    int single = 0, happened = 0;
    for (int m = 0; m < 24; ++m) {
        notes.of.clear();
        a.step(plain, workers), b.step(seen_world, workers);
        CHECK(a.seen() == b.seen());
        std::map<PersonId, std::vector<int>> truth;
        for (const Seen& e : b.seen())
            truth[e.person].push_back(e.mark);
        for (const auto& [person, marks] : truth)
            REQUIRE(notes.of.contains(person));  // nothing happens that was not told
        for (const auto& [person, told] : notes.of) {
            if (told.size() != 1)
                continue;
            ++single;
            const bool accepted = told[0].luck < told[0].chance;
            happened += accepted;
            INFO("person " << person << ", mark " << told[0].mark);
            CHECK(truth[person] == (accepted ? std::vector<int>{told[0].mark} : std::vector<int>{}));
        }
    }
    CHECK(state_hash(plain) == state_hash(seen_world));
    CHECK(single > 200);
    CHECK(happened > 50);
    CHECK(happened < single);
}
