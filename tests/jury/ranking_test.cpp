#include "tresse/jury/ranking.hpp"

#include <cmath>
#include <numeric>

#include "fixture.hpp"

using namespace tresse;
using namespace tresse::jury;
using namespace jury_fixture;

namespace {

RankingInput input_of(const Scores& scores, bool simulated) {
    RankingInput in;
    in.scores = &scores;
    in.draws = 1000;
    for (std::size_t p = 0; p < proposals().size(); ++p) {
        in.simulated.push_back({{simulated, 0.1, -0.2, 0.4}, {simulated, 1, 0.5, 1.5}});
        in.cost_eur.push_back(1);
    }
    return in;
}

}  // namespace

TEST_CASE("the shipped round is ranked whole, its shares add up, and it says the same twice", "[jury]") {
    const Scores scores(call(), round(), sheets(), proposals());
    const Ranking r = ranking(input_of(scores, true)), again = ranking(input_of(scores, true));
    CHECK(r.ranked.size() == 20);
    CHECK(r.not_scored.empty());
    for (std::size_t a = 0; a < 20; ++a)
        CHECK(r.between_benches.among_first(a, 20) == Approx(1));
    CHECK(r.between_benches.rank == again.between_benches.rank);
    std::size_t grouped = 0;
    for (const auto& g : r.groups)
        grouped += g.size();
    CHECK(grouped == 20);
    CHECK(std::accumulate(r.budget.inside.begin(), r.budget.inside.end(), 0.0) == Approx(12));
}

TEST_CASE("a missing bench has no rank and does not pull a dossier down", "[jury]") {
    const Scores scores(call(), round(), sheets(), proposals());
    const Ranking r = ranking(input_of(scores, true));
    for (const RankedDossier& d : r.dossiers) {
        const bool dendre = proposals()[d.proposal].id == "dendre-collines";
        CHECK(std::isnan(d.bench_share[3]) == dendre);
        CHECK((d.bench_rank[3] == 0) == dendre);
        CHECK(d.mean_share > 0.2);
    }
}

TEST_CASE("without simulation the jurors' criteria weigh alone", "[jury]") {
    const Scores scores(call(), round(), sheets(), proposals());
    const Ranking r = ranking(input_of(scores, false));
    CHECK(r.ranked.size() == 20);
    const std::size_t n = call().criteria.size();
    for (std::size_t a = 0; a < 20; ++a)
        if (!std::isnan(r.any_weights.central[a * n]))
            CHECK(r.any_weights.central[a * n + n - 1] == 0);
}

TEST_CASE("a dossier that was not simulated when others were is named and left out", "[jury]") {
    const Scores scores(call(), round(), sheets(), proposals());
    RankingInput in = input_of(scores, true);
    in.simulated[4][0].known = false;
    const Ranking r = ranking(in);
    CHECK(r.not_scored == std::vector<std::size_t>{4});
    CHECK(r.ranked.size() == 19);
}

TEST_CASE("weights of a bench are its swing points, its order, or the call's own", "[jury]") {
    const auto swing = weights_of_bench(call(), round(), 1), order = weights_of_bench(call(), round(), 3);
    // insurers: finance 100 of 670 points; patients: consortium first of twelve: (1 + 1/2 + ... + 1/12) / 12
    CHECK(swing[static_cast<std::size_t>(call().criterion("finance"))] == Approx(100.0 / 670));
    double harmonic = 0;
    for (int i = 1; i <= 12; ++i)
        harmonic += 1.0 / i;
    CHECK(order[static_cast<std::size_t>(call().criterion("consortium"))] == Approx(harmonic / 12));
    scenario::Round none;
    const auto own = weights_of_bench(call(), none, 0);
    CHECK(own[static_cast<std::size_t>(call().criterion("components"))] == Approx(15.0 / 110));
}

TEST_CASE("dossiers with the same scores everywhere stand in one group", "[jury]") {
    std::vector<Sheet> all;
    for (const auto& juror : round().jurors) {
        Sheet s;
        s.juror = juror.id, s.signed_before = "2017-10-20";
        for (const auto& p : proposals()) {
            DossierScores d;
            d.proposal = p.id;
            d.before.assign(10, 3), d.after.assign(10, NAN), d.why.assign(10, "");
            s.dossiers.push_back(d);
        }
        all.push_back(s);
    }
    const Scores scores(call(), round(), all, proposals());
    RankingInput in = input_of(scores, false);
    const Ranking r = ranking(in);
    CHECK(r.groups.size() == 1);
}

TEST_CASE("two dossiers are told apart when a range does not touch the other and the gap matters", "[jury]") {
    Impact a, b;
    a.simulated = b.simulated = true;
    ImpactRow row;
    row.id = "x", row.direction = measure::Direction::more, row.smallest = 1;
    row.plan = {{0, -1, 1}, decide::Verdict::same};
    a.during = {row};
    row.plan = {{5, 4, 6}, decide::Verdict::better};
    b.during = {row};
    CHECK(told_apart(a, b));
    CHECK(told_apart(b, a));
    CHECK_FALSE(told_apart(a, a));
    b.during[0].plan.difference = {1.9, 1.5, 2.3};
    a.during[0].plan.difference = {1.2, 1.0, 1.4};
    CHECK_FALSE(told_apart(a, b));  // the gap of 0.7 does not matter
    CHECK(groups_not_told_apart({a, b, Impact{}}).size() == 1);
}

TEST_CASE("an improvement turns a score that should fall, and what was not simulated is not known", "[jury]") {
    Impact i;
    i.simulated = true;
    ImpactRow row;
    row.id = "readmitted_30_days_percent", row.direction = measure::Direction::less;
    row.plan.difference = {-0.2, -0.5, 0.1};
    i.during = {row};
    const auto list = improvements(call(), i);
    REQUIRE(list.size() == 2);
    CHECK(list[0].known);
    CHECK(list[0].middle == Approx(0.2));
    CHECK(list[0].low == Approx(-0.1));
    CHECK(list[0].high == Approx(0.5));
    CHECK_FALSE(list[1].known);
}

TEST_CASE("the draft of a favourable advice is withheld while a condition that can refuse is not met or not read", "[jury]") {
    const Scores scores(call(), round(), sheets(), proposals());
    Room room;
    room.call = &call(), room.round = &round(), room.proposals = &proposals(), room.scores = &scores;
    for (const auto& p : proposals())
        room.findings.push_back(eligibility(call(), p, proposals(), *village().region));
    int withheld = 0;
    for (std::size_t p = 0; p < proposals().size(); ++p) {
        const Draft d = draft_of(room, p);
        const bool open = gravest(room.findings[p]) == State::refuse;
        CHECK(d.advice == draft_advice(scores, p));
        CHECK(d.withheld == (open && !d.advice.empty() && d.advice != "unfavourable"));
        CHECK(d.to_answer.empty() == !open);
        withheld += d.withheld;
    }
    CHECK(withheld > 0);  // the shipped sheets like dossiers with an unmet condition: Mons, Sambre
    Finding unread;
    unread.rule = call().rule("inhabitants"), unread.state = State::not_checked, unread.unread = true;
    CHECK(to_be_answered(std::vector<Finding>{unread}).size() == 1);
    unread.rule = call().rule("money_asked");  // for the jury to judge: it refuses nothing
    CHECK(to_be_answered(std::vector<Finding>{unread}).empty());
}

TEST_CASE("benches without a signed voice, or with one alone, make a caution", "[jury]") {
    Room room;
    room.call = &call(), room.round = &round();
    const Scores all(call(), round(), sheets(), proposals());
    room.scores = &all;
    CHECK(few_voices(room).empty());  // two jurors a bench
    auto few = sheets();
    few.erase(few.begin() + 1, few.end());
    const Scores one(call(), round(), few, proposals());
    room.scores = &one;
    const Phrase caution = few_voices(room);
    REQUIRE_FALSE(caution.empty());
    CHECK(caution.args[0].number == 1);  // jurors
    CHECK(caution.args[1].number == 3);  // silent benches
    CHECK(caution.args[2].number == 1);  // benches with one voice
}

TEST_CASE("a criterion that a bench does not name is told, one with a written 0 is not", "[jury]") {
    const std::string head = "format: 1\nkind: round\nid: r\ntitle: R\njurors: [{id: a, name: A, bench: insurers}]\nweights:\n  - bench: insurers\n    swing: ";
    std::string named;
    for (const auto& c : call().criteria)
        if (c.id != "finance")
            named += c.id + ": 50, ";
    Problems problems;
    const auto some = scenario::read_round_text(head + "{" + named + "}\n", "r.yaml", call(), problems);
    const auto whole = scenario::read_round_text(head + "{" + named + "finance: 0}\n", "r.yaml", call(), problems);
    INFO(problems.text());
    REQUIRE_FALSE(problems.any());
    REQUIRE(weights_left_out(call(), some).size() == 1);
    CHECK(weights_left_out(call(), some)[0].args[1].local.in(Lang::en) == call().criteria[static_cast<std::size_t>(call().criterion("finance"))].name.in(Lang::en));
    CHECK(weights_left_out(call(), whole).empty());
}
