#include "tresse/app/study_answer.hpp"

#include <algorithm>

#include "parts.hpp"
#include "study_pages.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/decide/sensitivity.hpp"
#include "tresse/scenario/scores.hpp"
#include "tresse/store/run_folder.hpp"

namespace tresse::app {

namespace {

StudyScore score_of(const StudyText& text, const std::string& id, StudyAnswer& study) {
    StudyScore out;
    out.id = id;
    const std::string number = "score:" + id;
    const PartShares shares = part_shares(text, number);
    if (shares.defined()) {
        out.total = shares.total;
        study.share_draws = shares.draws, study.exact = shares.exact;
        for (std::size_t i = 0; i < shares.parts.size(); ++i)
            out.shares.push_back({static_cast<int>(i), shares.share[i], shares.alone[i]});
    }
    const decide::Tornado t = tornado_of(text, number);
    out.centre = t.centre;
    for (const decide::TornadoBar& bar : t.bars) {
        const std::string& key = text.results.stage("one-way").design().keys[bar.input];
        out.inputs.push_back({key, bar.low - t.centre, bar.high - t.centre, input_value(text.plan, key, 0.025),
                              input_value(text.plan, key, 0.975), bar.clear()});
    }
    return out;
}

}  // namespace

bool is_study(const std::string& folder) {
    return store::StudyStore::is_in(folder);
}

std::shared_ptr<const StudyAnswer> read_study(const std::string& folder, Session& session) {
    const store::Found run{folder, store::RunFolder::open(folder).manifest()};
    if (!is_study(folder) || run.manifest.state != store::State::complete) {
        Problems problems;
        problems.add(folder, 0, "", text::tr("this folder holds no finished study."));
        throw BadInput(std::move(problems));
    }
    Options options;
    const StudyPlan plan = plan_of_run(run, options, session);
    const StudyResults results = read_results(store::StudyStore(folder));
    const scenario::Scores scores;
    const StudyText words{plan, results, scores, run.manifest.code()};
    auto out = std::make_shared<StudyAnswer>();
    out->run = run.manifest.code(), out->folder = folder;
    out->scenario = plan.scenario, out->arm = plan.target;
    out->draws = static_cast<int>(words.futures().draws(plan.base(), plan.target).size());
    for (const auto& [part, hash] : run.manifest.input_hashes)
        out->same_inputs = out->same_inputs && (part == "study"      ? hash == plan.study.hash
                                                : part == "scenario" ? hash == plan.scenario->hash
                                                                     : true);
    for (const std::string& id : {plan.study.score, std::string("cost_per_head_eur")})
        out->scores.push_back(score_of(words, id, *out));
    return out;
}

std::shared_ptr<const StudyAnswer> newest_study(const std::string& scenario_id, Session& session) {
    std::vector<store::Found> runs = store::runs(session.around().results);
    std::reverse(runs.begin(), runs.end());
    for (const store::Found& run : runs) {
        if (run.manifest.state != store::State::complete || !is_study(run.path))
            continue;
        try {
            auto study = read_study(run.path, session);
            if (study->scenario->id == scenario_id)
                return study;
        } catch (const BadInput& bad) {
            session.warn(bad.problems().text());  // said, and an older one may serve
        }
    }
    return nullptr;
}

std::string share_name(const StudyAnswer& study, const StudyShare& share) {
    return part_name(scenario::parts_of(*study.scenario, study.arm).at(static_cast<std::size_t>(share.part)));
}

std::string input_name(const StudyAnswer& study, const StudyInput& input) {
    return input_name(*study.scenario, study.arm, input.key);
}

}  // namespace tresse::app
