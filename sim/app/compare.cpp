#include <algorithm>
#include <array>

#include "tresse/app/answer.hpp"
#include "tresse/app/commands.hpp"
#include "tresse/app/score_table.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

namespace tresse::app {

namespace {

using scenario::Scenario;
using text::fill;
using text::tr;

/// Arms can be paired only when people, time and prices are the same.
void check_alike(const std::vector<std::shared_ptr<const Scenario>>& scenarios) {
    Problems problems;
    const Scenario& first = *scenarios.front();
    for (const auto& other : scenarios) {
        const auto differs = [&](const std::string& key, const std::string& a, const std::string& b) {
            if (a != b)
                problems.add(other->file, 0, key,
                             fill(tr("found {b}, but {first} has {a}. Arms are compared only over the same area, time "
                                     "and prices."),
                                  {{"b", b}, {"first", first.file}, {"a", a}}));
        };
        differs("area", first.area.name.in(Lang::en), other->area.name.in(Lang::en));
        if (first.area.municipalities != other->area.municipalities)
            differs("area.municipalities", std::to_string(first.area.municipalities.size()),
                    std::to_string(other->area.municipalities.size()) + " (others)");
        differs("time.start", first.start.text(), other->start.text());
        differs("time.policy_months", std::to_string(first.policy_months), std::to_string(other->policy_months));
        differs("time.settling_months", std::to_string(first.settling_months), std::to_string(other->settling_months));
        differs("money.euros_of", std::to_string(first.euros_of), std::to_string(other->euros_of));
        differs("money.rules_as_of", first.rules_as_of.text(), other->rules_as_of.text());
        differs("runs.replicates", std::to_string(first.replicates), std::to_string(other->replicates));
        differs("runs.seed", std::to_string(first.seed), std::to_string(other->seed));
        differs("runs.sample", std::to_string(first.sample), std::to_string(other->sample));
    }
    if (problems.any())
        throw BadInput(std::move(problems));
}

/// Whether an arm gave the same futures as the base: then it is the base under another name.
bool same_futures(const ArmRun& a, const ArmRun& b) {
    return std::equal(a.futures.begin(), a.futures.end(), b.futures.begin(), b.futures.end(),
                      [](const auto* x, const auto* y) { return x->replicate == y->replicate && x->hash == y->hash; });
}

std::string together(const std::vector<Simulated>& runs, const Options& options, Session& session) {
    std::vector<ArmRun> arms = arms_of(*runs.front().scenario, runs.front().records);
    for (std::size_t i = 1; i < runs.size(); ++i)
        for (ArmRun& arm : arms_of(*runs[i].scenario, runs[i].records)) {
            const bool is_base = arm.arm == runs[i].scenario->base_index();
            if (is_base && runs[i].scenario->arms[static_cast<std::size_t>(arm.arm)].id == arms.front().id &&
                same_futures(arm, arms.front()))
                continue;
            arm.id = runs[i].scenario->id + "/" + arm.id;
            arms.push_back(std::move(arm));
        }
    const Compared c = compared(std::move(arms), scores_of(session));
    viz::Brief brief =
        make_brief(c, runs.front().manifest, runs.front().folder, runs.front().scenario->sources.get());
    brief.run_word = run_word(session, runs.front().manifest, runs.front().folder);
    return shown(c, brief, options, session);
}

}  // namespace

int compare(const std::vector<std::string>& names, const Options& options, Session& session) {
    if (options.until_decided) {
        if (names.size() == 1)
            return compare_until_decided(names.front(), options, session);
        Problems several;
        several.add(names[1], 0, "--until-decided", tr("wanted one scenario: arms of several files are paired only at the same number of futures."));
        throw BadInput(std::move(several));
    }
    std::vector<std::shared_ptr<const Scenario>> scenarios;
    Problems problems;
    for (const std::string& name : names) {
        try {
            scenarios.push_back(load(name, options, session));
        } catch (const BadInput& bad) {
            for (const Problem& p : bad.problems().list())
                problems.add(p);
        }
    }
    if (problems.any())
        throw BadInput(std::move(problems));
    check_alike(scenarios);
    std::vector<Simulated> runs;
    std::string text;
    bool stopped = false;
    for (std::size_t i = 0; i < scenarios.size() && !stopped; ++i) {
        Simulated run = simulate(names[i], scenarios[i], {}, options, session);
        stopped = run.stopped;
        if (!run.records.empty())
            text = finish(run, options, session);
        runs.push_back(std::move(run));
    }
    if (stopped)
        return machine_refused;
    session.write(runs.size() == 1 ? text : together(runs, options, session));
    return done;
}

int report(const std::string& word, const Options& options, Session& session) {
    if (const store::Found found = store::find_run(session.around().results, word); !found.manifest.option("study").empty())
        return report_study(found, session);
    Simulated run = read_run(word, session);
    if (run.records.empty()) {
        Problems problems;
        problems.add(run.folder, 0, "", tr("no future of this run is finished, so there is nothing to report."));
        throw BadInput(std::move(problems));
    }
    session.write(finish(run, options, session));
    return done;
}

}  // namespace tresse::app
