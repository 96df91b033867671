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
        s.juror = juror.id;
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
