#include "tresse/app/study.hpp"

#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "../temporary_folder.hpp"
#include "tresse/app/commands.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/store/run_folder.hpp"
#include "tresse/store/study_store.hpp"

using namespace tresse;
using namespace tresse::app;
using Catch::Matchers::Contains;

namespace {

/// Keeps what is said; stops after so many questions whether to stop.
class Listener : public Session {
public:
    using Session::Session;
    std::string answer, remarks;
    int stop_after = -1;
    mutable int asked = 0;
    double last = 0, most = 0;
    bool forward = true;
    void write(std::string_view text) override { answer += text; }
    void remark(std::string_view text) override { remarks += std::string(text) + "\n"; }
    void warn(std::string_view text) override { remarks += std::string(text) + "\n"; }
    void progress(double part, double all, std::string_view) override {
        if (all > 0)
            forward = forward && part >= last - 1e-6, last = part, most = all;
    }
    double seconds() override { return 1; }
    double memory() override { return 1e6; }
    bool stop_asked() override { return stop_after >= 0 && ++asked > stop_after; }
};

struct Scratch : TemporaryFolder {
    Scratch() : TemporaryFolder("study") {}
    std::string study() const {
        const std::string file = (path / "small.yaml").string();
        std::ofstream(file) << "format: 1\nkind: study\nid: small\ntitle: Small\nscenario: village\narm: integrated\ndraws: 4\nrepeats: 2\nsample: 10\nmonths: 13\n"
                               "why: {draws: 1, exact_up_to: 2, orders: 1}\nsensitivity: {inputs: 2, repeats: 1, morris: 1, sobol: 2}\n"
                               "economics: {lifetime_draws: 1, lifetime_sample: 40, lifetime_months: 24}\n"
                               "structures:\n  - {id: other, set: {parameters: '{coordination.density_causal: 0}'}}\nstructure_draws: 2\n"
                               "equity: {eur_per_qaly_forgone: {value: 40000, low: 20000, high: 80000, source: A-971}}\nrobust: {budgets_eur_per_head: [5]}\n";
        return file;
    }
};

Surroundings around(const Scratch& scratch, const std::string& stamp = "2026-11-21T1405") {
    Surroundings a;
    a.home = TRESSE_SOURCE_DIR;
    a.results = (scratch.path / "results").string();
    a.command = "tresse study small.yaml";
    a.started = stamp + ":33Z";
    a.stamp = stamp;
    a.program = 42;
    a.processors = 2;
    return a;
}

/// Runs the futures in this process, in reverse, as ranks would; one of them fails the first time.
class PretendCrew : public StudyCrew {
public:
    PretendCrew(const std::string& name, Session& session) : worker(name, Options{}, session) {}
    StudyWorker worker;
    int futures = 0;
    int size() const override { return 2; }
    std::vector<int> run(const std::string& design, const std::vector<int>& todo, StudyKeeper& keeper) override {
        for (auto f = todo.rbegin(); f != todo.rend(); ++f, ++futures)
            keeper.keep(worker.perform(design, *f));
        return {};
    }
};

store::Manifest manifest_of(const Scratch& scratch) {
    const auto runs = store::runs((scratch.path / "results").string());
    REQUIRE(runs.size() == 1);
    return runs[0].manifest;
}

}  // namespace

TEST_CASE("a study leaves a complete folder, answers three questions, is found again and repeats itself", "[app][study][slow]") {
    const Scratch scratch;
    Listener first(around(scratch));
    CHECK(study(scratch.study(), Options{}, first) == done);
    CHECK_THAT(first.answer, Contains("How sure are you?") && Contains("Why is it so?") && Contains("Who gains, who loses?") && Contains("report.html"));
    CHECK(first.forward);
    CHECK(first.most > 0);
    const auto runs = store::runs((scratch.path / "results").string());
    REQUIRE(runs.size() == 1);
    CHECK(runs[0].manifest.state == store::State::complete);
    CHECK(runs[0].manifest.result != 0);
    for (const char* file : {"manifest.json", "study.yaml", "study.sqlite", "scenario.resolved.yaml", "futures.csv", "report.html", "figures/acceptability.svg", "figures/equity-impact-plane.svg"})
        CHECK(exists(join_path(runs[0].path, file)));
    const store::StudyStore kept(runs[0].path);
    CHECK(kept.stages() == std::vector<std::string>{"futures", "structure:other", "why", "one-way", "morris", "sobol", "lifetime"});
    CHECK(kept.pieces("futures").size() == 4 * 2 * 3);
    const std::string page = read_file(join_path(runs[0].path, "report.html"), 1u << 24);
    for (const char* words : {"How to read this", "best set of parts under a budget", "Winners and losers", "Would more futures help?", "What must be true"})
        CHECK_THAT(page, Contains(words));
    CHECK(page.find("src=") == std::string::npos);  // nothing from outside the file

    Listener again(around(scratch, "2026-11-22T0000"));
    CHECK(study(scratch.study(), Options{}, again) == done);
    CHECK(store::runs((scratch.path / "results").string()).size() == 1);
    CHECK(again.answer == first.answer);

    Listener repeat(around(scratch, "2026-11-23T0000"));
    CHECK(rerun(runs[0].path, Options{}, repeat) == done);
    CHECK_THAT(repeat.answer, Contains("identical"));
    Listener anew(around(scratch, "2026-11-24T0000"));
    CHECK(report(runs[0].path, Options{}, anew) == done);
    CHECK(anew.answer == first.answer);
}

TEST_CASE("the result of a study does not depend on threads, on a crew, or on being stopped and resumed", "[app][study][slow][laws]") {
    const Scratch one, crew, stopped;
    Options single;
    single.threads = 1;
    Listener a(around(one)), b(around(crew)), c(around(stopped));
    REQUIRE(study(one.study(), single, a) == done);
    PretendCrew ranks(crew.study(), b);
    REQUIRE(study(crew.study(), Options{}, b, &ranks) == done);
    CHECK(ranks.futures > 20);
    c.stop_after = 400;
    CHECK(study(stopped.study(), single, c) == machine_refused);
    CHECK_THAT(c.remarks, Contains("--resume"));
    CHECK(manifest_of(stopped).state == store::State::incomplete);
    Options resume = single;
    resume.resume = true;
    Listener d(around(stopped, "2026-11-22T0000"));
    REQUIRE(study(stopped.study(), resume, d) == done);
    CHECK(manifest_of(one).result == manifest_of(crew).result);
    CHECK(manifest_of(one).result == manifest_of(stopped).result);
}

TEST_CASE("a study of two draws ends, with too few of them to say which input matters", "[app][study][slow]") {
    const Scratch scratch;
    Listener listener(around(scratch));
    Options options;
    options.draws = 2, options.threads = 2;
    CHECK(study(scratch.study(), options, listener) == done);
    CHECK(store::runs(around(scratch).results).size() == 1);
}

TEST_CASE("a study that is wrong runs nothing and writes nothing", "[app][study]") {
    const Scratch scratch;
    const std::string file = (scratch.path / "bad.yaml").string();
    std::ofstream(file) << "format: 1\nkind: study\nid: bad\ntitle: Bad\nscenario: village\narm: nobody\nequity: {eur_per_qaly_forgone: {value: 1, low: 1, high: 1, source: A-971}}\n";
    Listener l(around(scratch));
    CHECK_THROWS_AS(study(file, Options{}, l), BadInput);
    CHECK_FALSE(is_folder((scratch.path / "results").string()));
    CHECK_THROWS_AS(study("no-such-study", Options{}, l), BadInput);
}

TEST_CASE("compare runs more futures until no word can change, and says what stays open", "[app][study][slow]") {
    const Scratch scratch;
    Options o;
    o.until_decided = true;
    o.months = 2;
    o.replicates = 36;
    Listener l(around(scratch));
    CHECK(compare({"village"}, o, l) == done);
    const auto runs = store::runs((scratch.path / "results").string());
    REQUIRE_FALSE(runs.empty());
    CHECK(runs.back().manifest.option("repeats") == "2");
    CHECK(runs.back().manifest.finished <= 36);
    CHECK(runs.back().manifest.finished >= 24);
    CHECK_THROWS_AS(compare({"village", "first-look"}, o, l), BadInput);
}
