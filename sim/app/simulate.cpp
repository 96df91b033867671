#include "tresse/app/simulate.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "tresse/app/answer.hpp"
#include "tresse/app/build_info.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/experiment/scenario_source.hpp"

#include "watch.hpp"

namespace tresse::app {

namespace {

using scenario::Scenario;
using store::RunFolder;
using text::fill;
using text::tr;

class FolderSink : public experiment::Sink {
public:
    explicit FolderSink(RunFolder& folder) : folder_(folder) {}
    void finished(const measure::RunRecord& record) override { folder_.keep({record}); }
    bool has(int arm, int replicate, std::uint64_t& hash) const override { return folder_.has(arm, replicate, hash); }

private:
    RunFolder& folder_;
};

class Bar : public experiment::Progress {
public:
    explicit Bar(Session& session) : session_(session) {}
    void at(std::int64_t done_months, std::int64_t total) override {
        session_.progress(static_cast<double>(done_months), static_cast<double>(total), tr("simulating"));
    }
    bool stop() const override { return session_.stop_asked(); }

private:
    Session& session_;
};

/// Replicates of which every arm is there.
int whole_replicates(const RunFolder& folder, std::size_t arms) {
    std::map<int, std::size_t> count;
    for (const store::Piece& piece : folder.finished())
        ++count[piece.replicate];
    return static_cast<int>(
        std::count_if(count.begin(), count.end(), [&](const auto& one) { return one.second >= arms; }));
}

std::vector<std::pair<std::string, std::string>> options_of(const Options& o, const std::vector<int>& arms,
                                                            const Scenario& s) {
    std::vector<std::pair<std::string, std::string>> out;
    if (o.replicates > 0)
        out.emplace_back("replicates", std::to_string(o.replicates));
    if (o.months > 0)
        out.emplace_back("months", std::to_string(o.months));
    if (o.sample > 0)
        out.emplace_back("sample", std::to_string(o.sample));
    if (o.has_seed)
        out.emplace_back("seed", std::to_string(o.seed));
    if (!o.area.empty())
        out.emplace_back("area", o.area);
    if (o.repeats > 1)
        out.emplace_back("repeats", std::to_string(o.repeats));
    for (const auto& [key, value] : o.set)
        out.emplace_back("set", key + "=" + value);
    if (arms.size() == 1)
        out.emplace_back("arm", s.arms.at(static_cast<std::size_t>(arms[0])).id);
    return out;
}

/// Hash of all that a future depends on, but not of how many there are: the same future of a longer run is the same.
std::uint64_t hash_of_futures(const std::string& name, const std::vector<int>& arms, Options options, const Session& session) {
    options.replicates = 1;
    return hash_of_inputs(*load(name, options, session), arms, options.repeats);
}

/// Takes over the futures of shorter runs of the same program and inputs.
void take_over(RunFolder& folder, const std::vector<store::Found>& all) {
    const auto futures_of = [](const store::Manifest& m) {
        for (const auto& [part, hash] : m.input_hashes)
            if (part == "futures")
                return hash;
        return std::uint64_t{0};
    };
    const store::Manifest& own = folder.manifest();
    for (const store::Found& run : all) {
        if (futures_of(run.manifest) == 0 || futures_of(run.manifest) != futures_of(own) || run.manifest.program != own.program)
            continue;
        const RunFolder other = RunFolder::open(run.path);
        std::vector<measure::RunRecord> pieces;
        std::uint64_t hash = 0;
        for (const store::Piece& piece : other.finished())
            if (piece.replicate < own.replicates && !folder.has(piece.arm, piece.replicate, hash))
                pieces.push_back(other.record(piece.arm, piece.replicate));
        if (!pieces.empty())
            folder.keep(pieces);
    }
}

store::Manifest new_manifest(const std::string& name, const Scenario& s, const std::vector<int>& arms,
                             const Options& options, const experiment::Plan& plan, const Session& session) {
    store::Manifest m;
    m.scenario = s.id;
    m.title = s.title.in(Lang::en);
    m.command = session.around().command;
    m.version = build_info::version;
    m.commit = build_info::commit;
    m.compiler = build_info::compiler;
    m.flags = build_info::flags;
    m.program = session.around().program;
    m.inputs = hash_of_inputs(s, arms, options.repeats);
    m.input_hashes = {
        {"scenario", hash_text(s.resolved)}, {"library", s.library->hash}, {"region", s.region->hash}, {"all", s.hash}};
    if (options.until_decided)
        m.input_hashes.emplace_back("futures", hash_of_futures(name, arms, options, session));
    m.scenario_name = name;
    m.options = options_of(options, arms, s);
    m.seed = s.seed;
    m.threads = plan.threads;
    m.replicates = plan.replicates;
    m.months = s.policy_months;
    m.sample = s.sample;
    for (const scenario::Arm& arm : s.arms)
        m.arms.push_back(arm.id);
    m.started = session.around().started;
    return m;
}

/// The newest run with these inputs in one of the states asked for, by this program.
const store::Found* newest(const std::vector<store::Found>& all, std::uint64_t inputs, bool complete,
                           std::uint64_t program) {
    const store::Found* found = nullptr;
    for (const store::Found& run : all)
        if (run.manifest.inputs == inputs && (run.manifest.state == store::State::complete) == complete &&
            run.manifest.program == program)
            found = &run;
    return found;
}

std::string how_to_go_on(const Session& session, const RunFolder& folder, std::size_t arms, int replicates) {
    const int whole = whole_replicates(folder, arms);
    std::string out = fill(tr("{done} of {all} futures are complete and kept; the run is marked incomplete."),
                           {{"done", whole}, {"all", replicates}}) +
                      "\n" + fill(tr("To go on: {command}"), {{"command", resuming(session)}});
    if (whole > 0)
        out += "\n" + fill(text::tr_n("A table of the {n} future: {command}", "A table of the {n} futures: {command}", whole),
                           {{"n", whole}, {"command", "./tresse report " + folder.path()}});
    return out;
}

void mark(RunFolder& folder, store::State state, std::size_t arms, double seconds) {
    store::Manifest m = folder.manifest();
    m.state = state;
    m.seconds += seconds;
    m.finished = whole_replicates(folder, arms);
    folder.write_manifest(m);
}

}  // namespace

std::string resuming(const Session& session) {
    const std::string& typed = session.around().command;
    const std::string command = (typed.starts_with("tresse ") ? "./" : "") + typed;
    return typed.find("--resume") == std::string::npos ? command + " --resume" : command;
}

std::string run_word(const Session& session, const store::Manifest& manifest, const std::string& folder) {
    const std::string usual = join_path(join_path(session.around().home, "results"), "");
    return folder.starts_with(usual) ? manifest.code() : folder;
}

std::shared_ptr<const Scenario> load(const std::string& name, const Options& options, const Session& session) {
    scenario::Overrides overrides;
    overrides.set = options.set;
    overrides.replicates = options.replicates;
    overrides.months = options.months;
    overrides.sample = options.sample;
    overrides.has_seed = options.has_seed;
    overrides.seed = options.seed;
    overrides.area = options.area;
    return std::make_shared<const Scenario>(scenario::load_scenario(name, session.around().home, overrides));
}

std::uint64_t hash_of_inputs(const Scenario& s, const std::vector<int>& arms, int repeats) {
    Hasher hasher;
    if (repeats > 1)
        hasher.add(repeats);
    hasher.add(s.hash);
    hasher.add(static_cast<std::int64_t>(s.replicates));
    hasher.add(static_cast<std::int64_t>(s.policy_months));
    hasher.add(static_cast<std::int64_t>(s.sample));
    hasher.add(s.seed);
    hasher.add(s.area.id);
    for (const int m : s.area.municipalities)
        hasher.add(static_cast<std::int64_t>(m));
    for (const int arm : arms)
        hasher.add(static_cast<std::int64_t>(arm));
    return hasher.value();
}

experiment::Plan plan_of(const Scenario& s, const std::vector<int>& arms, const Options& options,
                         const Session& session) {
    experiment::Plan plan =
        experiment::plan_of(s, options.threads > 0 ? options.threads : std::max(1, session.around().processors));
    plan.run_arms = arms;
    plan.replicates_per_draw = std::max(1, options.repeats);
    plan.memory_bytes = static_cast<std::uint64_t>(options.memory_gb * 1e9);
    plan.last_of_source = true;  // run_plan makes a source for this run alone
    return plan;
}

experiment::RunReport run_plan(const Scenario& s, const experiment::Plan& plan, experiment::Sink& sink,
                               Session& session, experiment::Probe* probe) {
    session.progress(0, 1, tr("making people and providers"));
    Workers workers(plan.threads);
    const experiment::ScenarioSource source(s, workers);
    Bar bar(session);
    const experiment::RunReport done_report = experiment::run(plan, source, sink, bar, probe);
    session.progress(0, 0, "");
    return done_report;
}

Simulated simulate(const std::string& name, std::shared_ptr<const Scenario> s, const std::vector<int>& arms,
                   const Options& options, Session& session, experiment::Probe* probe) {
    Simulated out;
    out.scenario = s;
    const experiment::Plan plan = plan_of(*s, arms, options, session);
    const std::size_t arms_run = arms.empty() ? s->arms.size() : arms.size();
    const std::uint64_t inputs = hash_of_inputs(*s, arms, options.repeats);
    const auto all = store::runs(session.around().results);
    if (const store::Found* found = newest(all, inputs, true, session.around().program)) {
        session.remark(
            fill(tr("This was run before with the same inputs; its results are used: {run}"), {{"run", found->path}}));
        const RunFolder folder = RunFolder::open(found->path);
        out.folder = found->path;
        out.manifest = folder.manifest();
        out.records = folder.records();
        out.reused = true;
        return out;
    }
    const store::Found* begun = newest(all, inputs, false, session.around().program);
    if (begun && !options.resume)
        session.remark(fill(tr("An unfinished run with the same inputs is there ({run}); --resume goes on with it."),
                            {{"run", begun->path}}));
    if (!begun && options.resume)
        session.remark(tr("There is no unfinished run of this program with these inputs; a new one is begun."));
    RunFolder folder = begun && options.resume ? RunFolder::open(begun->path)
                                               : RunFolder::create(session.around().results, session.around().stamp,
                                                                   new_manifest(name, *s, arms, options, plan, session),
                                                                   s->resolved, names_of(*s));
    if (!(begun && options.resume))
        folder.keep_own_files(s->own_files);
    if (options.until_decided)
        take_over(folder, all);
    session.remark(fill(tr("Begun: {futures} of {arms} in {area}; how long it takes follows."),
                        {{"futures", text::futures(plan.replicates)},
                         {"arms", fill(text::tr_n("{n} arm", "{n} arms", static_cast<long long>(arms_run)), {{"n", static_cast<long long>(arms_run)}})},
                         {"area", text::tr(s->area.name)}}));
    const double begin = session.seconds();
    FolderSink sink(folder);
    experiment::RunReport made;
    Watch watch(*s, probe);
    const auto keep_state = [&] {
        session.progress(0, 0, "");
        try {
            mark(folder, store::State::incomplete, arms_run, session.seconds() - begin);
        } catch (const MachineRefused&) {
            // a full disk keeps the state `running`, which is read as unfinished too
        }
    };
    try {
        made = run_plan(*s, plan, sink, session, &watch);
        watch.write(folder);
    } catch (const MachineRefused& refused) {
        keep_state();
        throw MachineRefused(std::string(refused.what()) + "\n" +
                             how_to_go_on(session, folder, arms_run, plan.replicates));
    } catch (...) {
        keep_state();
        throw;
    }
    session.progress(0, 0, "");
    mark(folder, made.complete() ? store::State::running : store::State::incomplete, arms_run,
         session.seconds() - begin);
    out.stopped = !made.complete();
    if (out.stopped)
        session.warn(tr("Stopped.") + " " + how_to_go_on(session, folder, arms_run, plan.replicates));
    store::Manifest m = folder.manifest();
    m.result = made.complete() ? made.hash : 0;
    m.threads = plan.threads;
    m.megabytes = std::max(m.megabytes, session.memory() / 1e6);
    folder.write_manifest(m);
    out.folder = folder.path();
    out.manifest = m;
    out.records = folder.records();
    return out;
}

Simulated read_run(const std::string& word, const Session& session) {
    const store::Found found = store::find_run(session.around().results, word);
    const RunFolder folder = RunFolder::open(found.path);
    Simulated out;
    out.folder = found.path;
    out.manifest = folder.manifest();
    out.scenario = std::make_shared<const Scenario>(
        scenario::load_scenario(join_path(found.path, "scenario.resolved.yaml"), session.around().home));
    out.records = folder.records();
    return out;
}

}  // namespace tresse::app
