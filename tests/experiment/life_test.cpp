#include "tresse/experiment/life.hpp"

#include <catch2/catch.hpp>

#include "experiment/tiny_source.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/model/hazards.hpp"

using namespace tresse;
using namespace tresse::experiment;
using namespace tresse::experiment::test;
using Catch::Matchers::Contains;

namespace {

LifeAnswer asked(const Source& source, const Plan& plan, const LifeQuestion& question) {
    Progress progress;
    return live_again(plan, source, question, progress);
}

LifeQuestion one(PersonId person) {
    LifeQuestion q;
    q.by_id = true, q.person = person;
    return q;
}

}  // namespace

TEST_CASE("a life that is lived again is that of the run, bit for bit", "[experiment][life][laws]") {
    const TinySource source(tiny::Options{.persons = 400, .capacity = 256, .death_per_year = 0.1});
    const Plan plan = tiny_plan(4, 2, 30);
    MemorySink sink;
    Progress progress;
    run(plan, source, sink, progress);
    for (int replicate = 0; replicate < 2; ++replicate) {
        LifeQuestion q = one(11);
        q.replicate = replicate;
        const LifeAnswer answer = asked(source, plan, q);
        REQUIRE(answer.found);
        for (const auto& life : answer.lives.arms)
            CHECK(life.hash == sink.records.at({replicate, life.arm}).hash);
    }
    LifeQuestion many;
    many.find = parse_find("dies", source.catalogue(), plan.arms);
    const LifeAnswer found = asked(source, plan, many);  // many people under observation change nothing either
    REQUIRE(found.found);
    for (const auto& life : found.lives.arms)
        CHECK(life.hash == sink.records.at({0, life.arm}).hash);
}

TEST_CASE("an arm that says nothing gives everybody the same life", "[experiment][life]") {
    const TinySource source(tiny::Options{.persons = 200, .capacity = 256, .death_per_year = 0.1});
    const Plan plan = tiny_plan(2, 1, 36);
    for (const PersonId person : {PersonId{0}, PersonId{17}, PersonId{101}}) {
        const LifeAnswer answer = asked(source, plan, one(person));
        REQUIRE(answer.found);
        REQUIRE(answer.lives.alike_known);
        CHECK(answer.lives.alike[1].persons >= 1);
        CHECK(answer.lives.alike[1].same == answer.lives.alike[1].persons);
        CHECK_FALSE(answer.lives.partings[1].differs);
        CHECK(answer.lives.arms[0].quality == answer.lives.arms[1].quality);
    }
    LifeQuestion worse;
    worse.find.all.push_back({FindTest::Kind::worse, 1, 1, 1});
    const LifeAnswer answer = asked(source, plan, worse);
    CHECK_FALSE(answer.found);
    CHECK(answer.fit == 0);
    LifeQuestion same;
    same.find = parse_find("same under arm-1", source.catalogue(), plan.arms);
    CHECK(asked(source, plan, same).fit == answer.persons);
}

TEST_CASE("the same key gives the same person, and who is found fits", "[experiment][life]") {
    const TinySource source(tiny::Options{.persons = 400, .capacity = 256, .death_per_year = 0.2});
    const Plan plan = tiny_plan(1, 1, 30);
    LifeQuestion q;
    q.find = parse_find("dies, woman", source.catalogue(), plan.arms);
    q.key = 3;
    const LifeAnswer a = asked(source, plan, q), b = asked(source, plan, q);
    REQUIRE(a.found);
    CHECK(a.lives.person == b.lives.person);
    CHECK(a.lives.arms[0].end == measure::LifeEnd::died);
    CHECK(a.lives.arms[0].months.back().events.back() == model::mark_death);
    CHECK(world::status::Sex::get(a.lives.arms[0].months[0].row.status) == 0);
    q.most_followed = 1;  // the first under observation does not fit: the future is run once more for the one who does
    const LifeAnswer few = asked(source, plan, q);
    REQUIRE(few.found);
    CHECK(few.lives.person == a.lives.person);
    CHECK(few.fit == a.fit);
}

TEST_CASE("nobody has a number that was never given", "[experiment][life]") {
    const TinySource source;
    const LifeAnswer answer = asked(source, tiny_plan(2, 1, 6), one(123456));
    CHECK_FALSE(answer.found);
    CHECK(answer.persons == 60);
}

TEST_CASE("months follow each other without a gap, and their money adds to the columns of the person", "[experiment][life]") {
    const TinySource source(tiny::Options{.persons = 200, .capacity = 256});
    LifeQuestion q;
    q.find = parse_find("survives", source.catalogue(), {"arm-0"});
    const LifeAnswer answer = asked(source, tiny_plan(1, 1, 24), q);
    REQUIRE(answer.found);
    const auto& months = answer.lives.arms[0].months;
    REQUIRE(months.size() > 12);
    CHECK((answer.lives.arms[0].end == measure::LifeEnd::here) == (months.size() == 24));
    Cents year = 0;
    for (std::size_t i = 0; i < months.size(); ++i) {
        CHECK(months[i].month == answer.lives.policy_start + static_cast<int>(i));
        year = months[i].month.is_january() ? months[i].own_cents : year + months[i].own_cents;
        if (months[i].month.is_december() && i >= 11)
            CHECK(year == static_cast<Cents>(months[i].row.share_last_year));
    }
}

TEST_CASE("conditions on a life are read in words, with numbers, names and arms", "[experiment][life]") {
    const TinySource source;
    const std::vector<std::string> arms = {"today", "integrated"};
    const auto find = [&](const char* words) { return parse_find(words, source.catalogue(), arms).all; };
    using Kind = FindTest::Kind;
    auto t = find("two admissions, lives alone, no carer, at most 3 GP contacts");
    REQUIRE(t.size() == 4);
    CHECK((t[0].kind == Kind::stays && t[0].from == 2 && t[0].to > 1000));
    CHECK((t[1].kind == Kind::lives_alone && t[1].from == 1));
    CHECK((t[2].kind == Kind::has_carer && t[2].to == 0));
    CHECK((t[3].kind == Kind::gp_contacts && t[3].from == 0 && t[3].to == 3));
    t = find("No Admissions, exactly 2 conditions, age 70-79, age 80+, income fifth 1");
    CHECK((t[0].from == 0 && t[0].to == 0));
    CHECK((t[1].kind == Kind::conditions && t[1].from == 2 && t[1].to == 2));
    CHECK((t[2].kind == Kind::age && t[2].from == 70 && t[2].to == 79));
    CHECK((t[3].from == 80 && t[3].to > 1000));
    CHECK((t[4].kind == Kind::fifth && t[4].from == 1 && t[4].to == 1));
    t = find("worse under integrated");
    CHECK((t[0].kind == Kind::worse && t[0].what == 1));
    const std::string id = source.catalogue().conditions[0].id;
    t = find(id.c_str());
    CHECK((t[0].kind == Kind::condition && t[0].what == 0 && t[0].from == 1));
    t = find(("without " + id).c_str());
    CHECK((t[0].what == 0 && t[0].to == 0));
}

TEST_CASE("words that are no condition are all named, each with the nearest", "[experiment][life]") {
    const TinySource source;
    try {
        parse_find("two admisions, lives alnoe, worse under integratd, age old", source.catalogue(), {"today", "integrated"});
        FAIL("four wrong parts");
    } catch (const BadInput& bad) {
        CHECK(bad.problems().count() == 4);
        CHECK_THAT(bad.problems().text(), Contains("2 admissions.") && Contains("lives alone.") && Contains("worse under integrated"));
    }
}
