#include "tresse/scenario/study.hpp"

#include <algorithm>
#include <set>

#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/scenario/scores.hpp"
#include "tresse/scenario/variant.hpp"

namespace tresse::scenario {

namespace {

StudyCorrelation read_correlation(const Node& node) {
    StudyCorrelation c;
    c.line = node.line();
    const Node of = node.need("of");
    c.of = of.texts();
    if (of.present() && c.of.empty())
        of.problem("wanted at least one key.");
    c.rank_correlation = node.need("rank_correlation").number(0, 0.99);
    c.source = node.need("source").text();
    return c;
}

StudyStructure read_structure(const Node& node) {
    StudyStructure s;
    s.id = node.need("id").text();
    s.label = node.maybe("label").local_text();
    const Node set = node.need("set");
    if (set.must_be_map())
        for (const std::string& key : set.keys())
            s.set.emplace_back(key, set.need(key).text());
    if (set.present() && s.set.empty())
        set.problem("sets nothing: it is the same as the study itself.");
    return s;
}

void read_parts(const Node& root, Study& s) {
    if (const Node why = root.maybe("why"); why.present()) {
        s.why.draws = static_cast<int>(why.maybe("draws").whole_or(s.why.draws, 0, 4096));
        s.why.exact_up_to = static_cast<int>(why.maybe("exact_up_to").whole_or(s.why.exact_up_to, 1, 8));
        s.why.orders = static_cast<int>(why.maybe("orders").whole_or(s.why.orders, 1, 1000));
    }
    if (const Node node = root.maybe("sensitivity"); node.present()) {
        s.sensitivity.inputs = static_cast<int>(node.maybe("inputs").whole_or(s.sensitivity.inputs, 0, 40));
        s.sensitivity.repeats = static_cast<int>(node.maybe("repeats").whole_or(s.sensitivity.repeats, 1, 1000));
        s.sensitivity.morris = static_cast<int>(node.maybe("morris").whole_or(s.sensitivity.morris, 0, 1000));
        s.sensitivity.sobol = static_cast<int>(node.maybe("sobol").whole_or(s.sensitivity.sobol, 0, 65536));
    }
    if (const Node node = root.maybe("economics"); node.present()) {
        StudyEconomics& e = s.economics;
        e.threshold_to_eur = node.maybe("threshold_to_eur").number_or(e.threshold_to_eur, 1000, 1e7);
        e.threshold_step_eur = node.maybe("threshold_step_eur").number_or(e.threshold_step_eur, 100, 1e6);
        e.lifetime_draws = static_cast<int>(node.maybe("lifetime_draws").whole_or(e.lifetime_draws, 0, 4096));
        e.lifetime_sample = static_cast<int>(node.maybe("lifetime_sample").whole_or(e.lifetime_sample, 1, 10000));
        e.lifetime_months = static_cast<int>(node.maybe("lifetime_months").whole_or(e.lifetime_months, 12, 1200));
        if (e.threshold_to_eur / e.threshold_step_eur > 200)
            node.problem("wanted at most 200 steps of threshold_step_eur up to threshold_to_eur.");
    }
    const Node equity = root.need("equity");
    if (equity.must_be_map()) {
        s.equity.aversion_to = equity.maybe("aversion_to").number_or(s.equity.aversion_to, 0.5, 100);
        s.equity.aversion_step = equity.maybe("aversion_step").number_or(s.equity.aversion_step, 0.1, 100);
        s.equity.eur_per_qaly_forgone = equity.need("eur_per_qaly_forgone").uncertain(1, 1e7, Law::lognormal);
    }
    if (const Node node = root.maybe("robust"); node.present()) {
        const Node budgets = node.maybe("budgets_eur_per_head");
        for (std::size_t i = 0; i < budgets.size(); ++i)
            s.robust.budgets_eur_per_head.push_back(budgets.at(i).number(0, 1e5));
        s.robust.break_even_years =
            static_cast<int>(node.maybe("break_even_years").whole_or(s.robust.break_even_years, 1, 50));
    }
}

Study read_from(Document& document) {
    Study s;
    s.file = document.name();
    if (!document.usable())
        return s;
    const Node root = document.root();
    s.id = root.need("id").text();
    s.title = root.need("title").local_text();
    s.scenario = root.need("scenario").text();
    s.arm = root.maybe("arm").text_or("");
    s.score = root.maybe("score").text_or(s.score);
    const std::vector<std::string> known = score_ids();
    if (std::find(known.begin(), known.end(), s.score) == known.end()) {
        const std::string near = nearest(s.score, known);
        root.maybe("score").problem("\"" + s.score + "\" is no row of the score table." +
                                    (near.empty() ? "" : " Nearest: " + near));
    }
    s.draws = static_cast<int>(root.maybe("draws").whole_or(s.draws, 2, 65536));
    s.repeats = static_cast<int>(root.maybe("repeats").whole_or(s.repeats, 1, 1000));
    const Node sample = root.maybe("sample");
    if (sample.present() && !parse_sample(sample.text(), s.sample))
        sample.problem("found " + sample.shown() + ", wanted a whole k for a share of 1/k of the households.");
    s.months = static_cast<int>(root.maybe("months").whole_or(0, 0, 600));
    if (const Node vary = root.maybe("vary"); vary.present() && !(vary.is_scalar() && vary.text() == "all"))
        s.vary = vary.texts();
    const Node correlated = root.maybe("correlated"), structures = root.maybe("structures");
    for (std::size_t i = 0; correlated.present() && i < correlated.size(); ++i)
        s.correlated.push_back(read_correlation(correlated.at(i)));
    std::set<std::string> ids;
    for (std::size_t i = 0; structures.present() && i < structures.size(); ++i) {
        s.structures.push_back(read_structure(structures.at(i)));
        if (!ids.insert(s.structures.back().id).second)
            structures.at(i).problem_at("id", "stands twice.");
    }
    s.structure_draws = static_cast<int>(root.maybe("structure_draws").whole_or(s.structure_draws, 2, 65536));
    read_parts(root, s);
    s.sources = document.sources();
    s.hash = document.hash();
    document.finish();
    return s;
}

std::string studies_folder(const std::string& home) {
    return join_path(join_path(home, "scenarios"), "studies");
}

}  // namespace

std::vector<std::string> shipped_studies(const std::string& home) {
    std::vector<std::string> out;
    const std::string folder = studies_folder(home);
    if (!is_folder(folder))
        return out;
    for (const std::string& name : names_in(folder))
        if (name.ends_with(".yaml"))
            out.push_back(name.substr(0, name.size() - 5));
    return out;
}

Study load_study(const std::string& name, const std::string& home) {
    std::string path = name;
    Problems problems;
    const auto ids = shipped_studies(home);
    if (name.find('/') == std::string::npos && !name.ends_with(".yaml") && !exists(name)) {
        if (std::find(ids.begin(), ids.end(), name) == ids.end()) {
            std::string all;
            for (const std::string& id : ids)
                all += (all.empty() ? "" : ", ") + id;
            const std::string near = nearest(name, ids);
            problems.add(name, 0, "",
                         "this is neither a file nor the id of a shipped study." +
                             (near.empty() ? (all.empty() ? "" : " There are: " + all) : " Nearest: " + near));
            throw BadInput(std::move(problems));
        }
        path = join_path(studies_folder(home), name + ".yaml");
    }
    Document document(path, "study", problems);
    Study out = read_from(document);
    if (problems.any())
        throw BadInput(std::move(problems));
    return out;
}

Study parse_study(const std::string& text, const std::string& name, Problems& problems) {
    Document document(text, name, "study", problems);
    return read_from(document);
}

void check_study(const Study& s, const Scenario& scenario, Problems& problems) {
    std::vector<std::string> arms, keys;
    for (const Arm& arm : scenario.arms)
        arms.push_back(arm.id);
    const auto near = [](const std::string& word, const std::vector<std::string>& list) {
        const std::string found = nearest(word, list);
        return found.empty() ? std::string() : " Nearest: " + found;
    };
    if (scenario.arms.size() < 2)
        problems.add(s.file, 0, "scenario", scenario.id + " has one arm: there is nothing to compare.");
    if (!s.arm.empty() && std::find(arms.begin(), arms.end(), s.arm) == arms.end())
        problems.add(s.file, 0, "arm", "\"" + s.arm + "\" is no arm of " + scenario.id + "." + near(s.arm, arms));
    if (s.arm == scenario.base)
        problems.add(s.file, 0, "arm", "\"" + s.arm + "\" is the base: it differs from itself in nothing.");
    for (const Uncertain* u : scenario.uncertain())
        keys.push_back(u->key);
    const auto check_keys = [&](const std::vector<std::string>& words, const std::string& where, int line) {
        for (const std::string& word : words)
            if (std::none_of(keys.begin(), keys.end(), [&](const std::string& key) { return key_fits(word, key); }))
                problems.add(s.file, line, where, "no uncertain number is called \"" + word + "\"." + near(word, keys));
    };
    check_keys(s.vary, "vary", 0);
    std::set<std::string> seen;
    for (const StudyCorrelation& c : s.correlated) {
        check_keys(c.of, "correlated", c.line);
        int count = 0;
        for (const std::string& key : keys)
            if (std::any_of(c.of.begin(), c.of.end(), [&](const std::string& w) { return key_fits(w, key); })) {
                ++count;
                if (!seen.insert(key).second)
                    problems.add(s.file, c.line, "correlated", "\"" + key + "\" stands in two groups.");
            }
        if (count == 1)
            problems.add(s.file, c.line, "correlated", "one number is not correlated with anything.");
    }
    if (scenario.sources)
        check_sources(*scenario.sources, s.sources, problems);
}

}  // namespace tresse::scenario
