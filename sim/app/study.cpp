#include "tresse/app/study.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "parts.hpp"
#include "study_pages.hpp"
#include "study_stage.hpp"
#include "tresse/app/build_info.hpp"
#include "tresse/app/commands.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/decide/shapley.hpp"
#include "tresse/decide/stop_rule.hpp"
#include "tresse/scenario/arm.hpp"
#include "tresse/scenario/variant.hpp"
#include "tresse/store/run_folder.hpp"
#include "tresse/viz/figure/draw.hpp"

namespace tresse::app {

namespace {

using store::RunFolder;
using store::StudyPiece;
using store::StudyStore;
using text::fill;
using text::tr;

constexpr double person_matters_eur = 25;  // a year: below it nobody is called a winner or loser
constexpr std::size_t study_bytes = 8u << 20;

/// The user stopped it; what is finished is kept.
struct StoppedStudy {};

StudyPiece piece_of(const measure::RunRecord& record, const Stage& stage, PersonsProbe* persons) {
    StudyPiece p{record.arm, record.replicate, record.draw, record.hash, {}};
    const auto nobody = std::nan("");
    const auto own = persons ? persons->of(record.arm, record.replicate) : std::array<double, 4>{nobody, nobody, nobody, nobody};
    for (const auto& [name, value] : numbers_of(record, stage.scenario(), record.arm, own))
        p.numbers.push_back(value);
    return p;
}

class StageSink : public experiment::Sink {
public:
    StageSink(StudyStore& store, const Stage& stage, PersonsProbe* persons) : store_(store), stage_(stage), persons_(persons) {}
    void finished(const measure::RunRecord& record) override {
        store_.keep(stage_.design().id, {piece_of(record, stage_, persons_)});
    }
    bool has(int arm, int replicate, std::uint64_t& hash) const override {
        return store_.has(stage_.design().id, arm, replicate, hash);
    }

private:
    StudyStore& store_;
    const Stage& stage_;
    PersonsProbe* persons_;
};

/// Keeps the pieces of one future in memory.
class FutureSink : public experiment::Sink {
public:
    FutureSink(const Stage& stage, PersonsProbe* persons) : stage_(stage), persons_(persons) {}
    std::vector<StudyPiece> pieces;
    void finished(const measure::RunRecord& record) override { pieces.push_back(piece_of(record, stage_, persons_)); }

private:
    const Stage& stage_;
    PersonsProbe* persons_;
};

std::unique_ptr<PersonsProbe> probe_of(const Stage& stage) {
    if (!stage.design().persons)
        return nullptr;
    return std::make_unique<PersonsProbe>(stage.scenario().base_index(), static_cast<int>(stage.scenario().arms.size()), person_matters_eur);
}

/// All stages of a study, one after the other.
class StudyRun : public StudyKeeper {
public:
    StudyRun(const StudyPlan& plan, const std::string& folder, const Options& options, Session& session, StudyCrew* crew)
        : plan_(plan), store_(folder), session_(session), crew_(crew),
          threads_(options.threads > 0 ? options.threads : std::max(1, session.around().processors)), options_(options) {}

    StudyResults run();
    void keep(const std::string& bytes) override {
        const auto pieces = store::decode_pieces(bytes);
        store_.keep(stage_id_, pieces);
        done_ += work_of_one_;
        session_.progress(done_, all_, tr("study"));
    }
    bool stop_asked() override { return session_.stop_asked(); }

private:
    class Bar : public experiment::Progress {
    public:
        Bar(StudyRun& run, double work) : run_(run), work_(work) {}
        void at(std::int64_t done_months, std::int64_t total) override {
            const double share = total > 0 ? static_cast<double>(done_months) / static_cast<double>(total) : 1;
            run_.session_.progress(run_.done_ + share * work_, run_.all_, tr("study"));
        }
        bool stop() const override { return run_.session_.stop_asked(); }

    private:
        StudyRun& run_;
        const double work_;
    };

    void estimate();
    void run_stage(StageDesign design, int futures = -1);
    void with_crew(const Stage& stage, int futures);
    StageDesign design(const std::string& id) const;
    void futures();
    void structures();
    void why();
    void sensitivity();
    void lifetime();

    const StudyPlan& plan_;
    StudyStore store_;
    Session& session_;
    StudyCrew* crew_;
    const int threads_;
    const Options& options_;
    std::shared_ptr<const Stage> last_;
    std::string stage_id_;
    double done_ = 0, all_ = 0, work_of_one_ = 0;
    std::vector<std::string> keys_;
    experiment::Points points_;
};

/// Keys that are drawn, and the points of the study.
void draw_points(const StudyPlan& plan, std::vector<std::string>& keys, experiment::Points& points) {
    const auto fits = [](const std::vector<std::string>& words, const std::string& key) {
        return std::any_of(words.begin(), words.end(), [&](const std::string& w) { return scenario::key_fits(w, key); });
    };
    // the arm's own numbers first: the first numbers of the sequence are spread best
    std::set<std::string> own;
    for (const scenario::ArmPart& part : scenario::parts_of(*plan.scenario, plan.target))
        own.insert(part.keys.begin(), part.keys.end());
    std::vector<std::string> others;
    for (const Uncertain* u : plan.scenario->uncertain())
        if (plan.study.vary.empty() || fits(plan.study.vary, u->key))
            (own.contains(u->key) ? keys : others).push_back(u->key);
    keys.insert(keys.end(), others.begin(), others.end());
    points = experiment::sobol_points(keys.size(), static_cast<std::size_t>(plan.study.draws), plan.scenario->seed);
    std::vector<experiment::Correlated> groups;
    for (const scenario::StudyCorrelation& c : plan.study.correlated) {
        experiment::Correlated group{{}, c.rank_correlation};
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (fits(c.of, keys[i]))
                group.of.push_back(i);
        groups.push_back(std::move(group));
    }
    experiment::correlate(points, groups);
}

StageDesign StudyRun::design(const std::string& id) const {
    StageDesign d;
    d.id = id;
    d.sample = plan_.study.sample;
    d.months = plan_.scenario->policy_months;
    d.repeats = plan_.study.repeats;
    d.keys = keys_;
    return d;
}

/// Work of all stages, for the time that is left.
void StudyRun::estimate() {
    const scenario::Study& s = plan_.study;
    const double settling = plan_.scenario->settling_months, months = plan_.scenario->policy_months;
    const double arms = static_cast<double>(plan_.scenario->arms.size());
    const auto add = [&](double futures, double arms_run, double length, double sample) {
        all_ += futures * (settling + arms_run * length) / sample;
    };
    add(static_cast<double>(s.draws) * s.repeats, arms, months, s.sample);
    add(static_cast<double>(s.structures.size()) * std::min(s.structure_draws, s.draws) * s.repeats, arms, months, s.sample);
    const double parts = static_cast<double>(scenario::parts_of(*plan_.scenario, plan_.target).size());
    if (s.why.draws > 0 && parts > 0)
        add(std::min(s.why.draws, s.draws), parts <= s.why.exact_up_to ? std::exp2(parts) : parts * 2 * s.why.orders, months, s.sample);
    if (const double k = s.sensitivity.inputs; k > 0)
        add(s.sensitivity.repeats * (1 + 2 * k + s.sensitivity.morris * (k + 1) + s.sensitivity.sobol * (k + 2)), 2, months, s.sample);
    if (s.economics.lifetime_draws > 0)
        add(std::min(s.economics.lifetime_draws, s.draws), arms, s.economics.lifetime_months, s.economics.lifetime_sample);
}

void StudyRun::with_crew(const Stage& stage, int futures) {
    std::vector<int> todo;
    const int arms = static_cast<int>(stage.scenario().arms.size());
    for (int r = 0; r < futures; ++r) {
        bool whole = true;
        std::uint64_t hash = 0;
        for (int arm = 0; arm < arms && whole; ++arm)
            whole = store_.has(stage_id_, arm, r, hash);
        if (whole)
            done_ += work_of_one_;
        else
            todo.push_back(r);
    }
    const std::vector<int> lost = crew_->run(text_of(stage.design()), todo, *this);
    if (session_.stop_asked())
        throw StoppedStudy{};
    if (!lost.empty())
        throw MachineRefused(fill(tr("{n} futures of {stage} could not be finished by any rank; the others are kept."),
                                  {{"n", static_cast<int>(lost.size())}, {"stage", stage_id_}}));
}

void StudyRun::run_stage(StageDesign wanted, int futures) {
    stage_id_ = wanted.id;
    auto stage = std::make_shared<const Stage>(plan_, std::move(wanted), threads_, std::move(last_));
    last_ = stage;
    const int n = futures < 0 ? stage->design().futures() : futures;
    session_.remark(fill(tr("{stage}: {n} futures of {arms} arms"),
                         {{"stage", stage_id_}, {"n", n}, {"arms", static_cast<int>(stage->scenario().arms.size())}}));
    store_.open_stage(stage_id_, text_of(stage->design()), stage->columns());
    work_of_one_ = stage->work_of_a_future();
    if (crew_) {
        with_crew(*stage, n);
        return;
    }
    const auto persons = probe_of(*stage);
    StageSink sink(store_, *stage, persons.get());
    experiment::Plan plan = stage->plan(threads_);
    plan.replicates = n;
    plan.memory_bytes = static_cast<std::uint64_t>(options_.memory_gb * 1e9);
    Bar bar(*this, work_of_one_ * n);
    const experiment::RunReport report = experiment::run(plan, stage->source(), sink, bar, persons.get());
    if (report.stopped)
        throw StoppedStudy{};
    done_ += work_of_one_ * n;
}

void StudyRun::futures() {
    StageDesign d = design("futures");
    d.points = points_;
    d.persons = true;
    if (!options_.until_decided) {
        run_stage(std::move(d));
        return;
    }
    const scenario::Scores scores = scores_of(session_);
    const int most = plan_.study.draws;
    int draws = std::min(most, 32);
    double before = done_;
    for (;;) {
        done_ = before;
        run_stage(d, draws * d.repeats);
        const StudyResults results = read_results(store_);
        const StudyText words{plan_, results, scores, ""};
        const decide::Look look = look_at(words, most);
        session_.remark(look_words(words, look));
        if (look.done || draws >= most)
            break;
        draws = look.draws_wanted;
    }
    points_.resize(static_cast<std::size_t>(draws));
}

void StudyRun::structures() {
    for (const scenario::StudyStructure& s : plan_.study.structures) {
        StageDesign d = design("structure:" + s.id);
        d.points = points_;
        d.points.resize(std::min(points_.size(), static_cast<std::size_t>(plan_.study.structure_draws)));
        d.set = s.set;
        run_stage(std::move(d));
    }
}

void StudyRun::why() {
    const scenario::StudyWhy& w = plan_.study.why;
    const int parts = static_cast<int>(scenario::parts_of(*plan_.scenario, plan_.target).size());
    const auto& base = *plan_.scenario->arms[static_cast<std::size_t>(plan_.base())].spec;
    if (w.draws == 0 || parts == 0 || parts > 20 || !base.adds_nothing())
        return;
    StageDesign d = design("why");
    d.arm = plan_.scenario->arms[static_cast<std::size_t>(plan_.target)].id;
    d.repeats = 1;
    d.points = points_;
    d.points.resize(std::min(points_.size(), static_cast<std::size_t>(w.draws)));
    for (const decide::Subset subset : why_subsets(plan_)) {
        if (subset == 0)
            continue;  // no part at all is the base
        std::vector<std::uint8_t> flags(static_cast<std::size_t>(parts));
        for (int i = 0; i < parts; ++i)
            flags[static_cast<std::size_t>(i)] = subset >> i & 1;
        d.kept.push_back(std::move(flags));
    }
    run_stage(std::move(d));
}

void StudyRun::sensitivity() {
    const scenario::StudySensitivity& s = plan_.study.sensitivity;
    if (s.inputs == 0)
        return;
    const StudyResults so_far = read_results(store_);
    StageDesign d = design("one-way");
    d.keys = telling_inputs(plan_, so_far.stage("futures"), s.inputs);
    if (d.keys.empty())
        return;
    d.arm = plan_.scenario->arms[static_cast<std::size_t>(plan_.target)].id;
    d.kept = {std::vector<std::uint8_t>(scenario::parts_of(*plan_.scenario, plan_.target).size(), 1)};
    d.repeats = s.repeats;
    d.same_luck = true;
    const std::size_t k = d.keys.size();
    d.points = experiment::one_way_points(k);
    run_stage(d);
    if (s.morris > 0) {
        d.id = "morris";
        d.points = experiment::morris_points(k, s.morris, plan_.scenario->seed);
        run_stage(d);
    }
    if (s.sobol > 0) {
        d.id = "sobol";
        d.points = experiment::saltelli_points(k, static_cast<std::size_t>(s.sobol), plan_.scenario->seed);
        run_stage(d);
    }
}

void StudyRun::lifetime() {
    const scenario::StudyEconomics& e = plan_.study.economics;
    if (e.lifetime_draws == 0)
        return;
    StageDesign d = design("lifetime");
    d.sample = e.lifetime_sample;
    d.months = e.lifetime_months;
    d.repeats = 1;
    d.points = points_;
    d.points.resize(std::min(points_.size(), static_cast<std::size_t>(e.lifetime_draws)));
    run_stage(std::move(d));
}

StudyResults StudyRun::run() {
    draw_points(plan_, keys_, points_);
    estimate();
    futures();
    structures();
    why();
    sensitivity();
    lifetime();
    session_.progress(0, 0, "");
    return read_results(store_);
}

std::uint64_t inputs_of(const StudyPlan& plan, const Options& options) {
    Hasher hasher;
    hasher.add(hash_text("study"));
    hasher.add(plan.study.hash);
    hasher.add(plan.scenario->hash);
    for (const int i : {plan.study.draws, plan.study.sample, plan.study.months, static_cast<int>(options.until_decided)})
        hasher.add(i);
    hasher.add(plan.scenario->seed);
    return hasher.value();
}

store::Manifest new_manifest(const std::string& name, const StudyPlan& plan, const Options& options, const Session& session) {
    store::Manifest m;
    m.scenario = plan.study.id;
    m.title = plan.study.title.in(Lang::en);
    m.command = session.around().command;
    m.version = build_info::version, m.commit = build_info::commit;
    m.compiler = build_info::compiler, m.flags = build_info::flags;
    m.program = session.around().program;
    m.inputs = inputs_of(plan, options);
    m.input_hashes = {{"study", plan.study.hash}, {"scenario", plan.scenario->hash}};
    m.scenario_name = name;
    m.options = {{"study", name}};
    if (options.draws > 0)
        m.options.emplace_back("draws", std::to_string(options.draws));
    if (options.sample > 0)
        m.options.emplace_back("sample", std::to_string(options.sample));
    if (options.months > 0)
        m.options.emplace_back("months", std::to_string(options.months));
    if (options.has_seed)
        m.options.emplace_back("seed", std::to_string(options.seed));
    if (options.until_decided)
        m.options.emplace_back("until_decided", "1");
    m.seed = plan.scenario->seed;
    m.replicates = plan.study.draws * plan.study.repeats;
    m.months = plan.scenario->policy_months;
    m.sample = plan.study.sample;
    for (const scenario::Arm& arm : plan.scenario->arms)
        m.arms.push_back(arm.id);
    m.started = session.around().started;
    return m;
}

/// A finished run with these inputs, else an unfinished one to go on with, else a new one.
std::string folder_for(const std::string& name, const StudyPlan& plan, const Options& options, Session& session, bool& finished) {
    const store::Manifest wanted = new_manifest(name, plan, options, session);
    std::string begun;
    finished = false;
    for (const store::Found& run : store::runs(session.around().results)) {
        if (run.manifest.inputs != wanted.inputs || run.manifest.program != wanted.program || !StudyStore::is_in(run.path))
            continue;
        if (run.manifest.state == store::State::complete) {
            session.remark(fill(tr("This was run before with the same inputs; its results are used: {run}"), {{"run", run.path}}));
            finished = true;
            return run.path;
        }
        begun = run.path;
    }
    if (!begun.empty() && options.resume)
        return begun;
    if (!begun.empty())
        session.remark(fill(tr("An unfinished run with the same inputs is there ({run}); --resume goes on with it."), {{"run", begun}}));
    RunFolder folder = RunFolder::create(session.around().results, session.around().stamp, wanted, plan.scenario->resolved, store::Names{});
    folder.keep_own_files(plan.scenario->own_files);
    folder.write("study.yaml", read_file(plan.study.file, study_bytes));
    return folder.path();
}

void write_answers(RunFolder& folder, const StudyText& text, const viz::StudyReport& report) {
    const PageNames names = page_names(folder.path());
    folder.write(names.page, viz::study_html(report));
    const auto figures = [&](const viz::StudyPage& page) {
        for (const viz::StudyBlock& block : page.blocks)
            if (!block.figure.panels.empty())
                folder.write(names.figures + block.figure.id + ".svg", viz::svg(block.figure));
    };
    for (const viz::StudyPage* page : {&report.sure, &report.why, &report.who})
        figures(*page);
    for (const viz::StudyPage& page : report.pages)
        figures(page);
    // one row per future and arm with the scores: for R, Python or a spreadsheet
    const StageResults& main = text.futures();
    store::Table table{"futures", {{"arm"}, {"replicate", store::Type::whole}, {"draw", store::Type::whole}}, {}};
    std::vector<int> shown;
    for (const std::string& name : main.columns())
        if (name.starts_with("score:") && !name.starts_with("score:account")) {
            table.columns.push_back({name.substr(6), store::Type::real});
            shown.push_back(main.column(name));
        }
    for (const StudyPiece& p : main.pieces()) {
        std::vector<std::string> row = {text.scenario().arms[static_cast<std::size_t>(p.arm)].id, std::to_string(p.replicate), std::to_string(p.draw)};
        for (const int c : shown)
            row.push_back(store::cell(p.numbers[static_cast<std::size_t>(c)]));
        table.rows.push_back(std::move(row));
    }
    folder.write_table(table, true);
}

std::string answer(RunFolder& folder, const StudyPlan& plan, const StudyResults& results, Session& session, bool write) {
    const scenario::Scores scores = scores_of(session);
    const StudyText text{plan, results, scores, folder.manifest().code()};
    const viz::StudyReport report = study_report(text, folder.manifest());
    const std::string page = write ? page_names(folder.path()).page : "report.html";
    if (write)
        write_answers(folder, text, report);
    return viz::study_text(report) + fill(tr("Report      {path}   (one file, can be sent by mail)"), {{"path", join_path(folder.path(), page)}}) + "\n";
}

std::uint64_t hash_of_part(const store::Manifest& m, const std::string& wanted) {
    for (const auto& [part, hash] : m.input_hashes)
        if (part == wanted)
            return hash;
    return 0;
}

}  // namespace

StudyPlan plan_of_run(const store::Found& run, Options& options, Session& session) {
    for (const auto& [name, value] : run.manifest.options) {
        long long whole = 0;
        parse_whole(value, whole);
        const int number = static_cast<int>(whole);
        if (name == "draws")
            options.draws = number;
        else if (name == "sample")
            options.sample = number;
        else if (name == "months")
            options.months = number;
        else if (name == "seed")
            options.has_seed = true, options.seed = static_cast<std::uint64_t>(whole);
        else if (name == "until_decided")
            options.until_decided = true;
    }
    return load_plan(run.manifest.option("study"), options, session.around().home);
}

struct StudyWorker::Inside {
    StudyPlan plan;
    Session& session;
    std::string design;
    std::shared_ptr<const Stage> stage;
};

StudyWorker::StudyWorker(const std::string& name, const Options& options, Session& session)
    : inside_(std::make_unique<Inside>(Inside{load_plan(name, options, session.around().home), session, "", nullptr})) {}
StudyWorker::~StudyWorker() = default;

std::string StudyWorker::perform(const std::string& design, int future) {
    if (!inside_->stage || inside_->design != design) {
        inside_->stage = std::make_shared<const Stage>(inside_->plan, design_of(design), 1, std::move(inside_->stage));
        inside_->design = design;
    }
    const Stage& stage = *inside_->stage;
    const auto persons = probe_of(stage);
    FutureSink sink(stage, persons.get());
    experiment::Plan plan = stage.plan(1);
    plan.first_replicate = future, plan.replicates = 1;
    experiment::Progress quiet;
    experiment::run(plan, stage.source(), sink, quiet, persons.get());
    return store::encode(sink.pieces);
}

int report_study(const store::Found& run, Session& session) {
    RunFolder folder = RunFolder::open(run.path);
    Options options;
    const StudyPlan plan = plan_of_run(run, options, session);
    const StudyResults results = read_results(StudyStore(run.path));
    if (results.stage("futures").empty()) {
        Problems problems;
        problems.add(run.path, 0, "", tr("no future of this run is finished, so there is nothing to report."));
        throw BadInput(std::move(problems));
    }
    session.write(answer(folder, plan, results, session, true));
    return done;
}

int rerun_study(const store::Found& run, const Options& given, Session& session) {
    Options options;
    const StudyPlan plan = plan_of_run(run, options, session);
    options.threads = given.threads;
    if (plan.study.hash != hash_of_part(run.manifest, "study") || plan.scenario->hash != hash_of_part(run.manifest, "scenario")) {
        session.write(fill(tr("Not the same inputs: {what} changed since the run {run}. Nothing was run again.\n"),
                           {{"what", plan.study.hash != hash_of_part(run.manifest, "study") ? "study" : "scenario"}, {"run", run.manifest.code()}}));
        return says_no;
    }
    const std::string folder = join_path(run.path, "rerun-" + session.around().stamp);
    make_folder(folder);
    StudyRun again(plan, folder, options, session, nullptr);
    const StudyResults results = again.run();
    if (results.hash == run.manifest.result) {
        session.write(fill(tr("identical: {n} pieces, result {hash}\n"), {{"n", results.futures}, {"hash", hex(results.hash, 8)}}));
        return done;
    }
    session.write(fill(tr("Not identical: the study has result {now}, the run had {then}.\n"), {{"now", hex(results.hash, 8)}, {"then", hex(run.manifest.result, 8)}}));
    return says_no;
}

int study(const std::string& name, const Options& options, Session& session, StudyCrew* crew) {
    const StudyPlan plan = load_plan(name, options, session.around().home);
    bool finished = false;
    RunFolder folder = RunFolder::open(folder_for(name, plan, options, session, finished));
    if (finished) {
        session.write(answer(folder, plan, read_results(StudyStore(folder.path())), session, false));
        return done;
    }
    const double begin = session.seconds();
    const auto mark = [&](store::State state) {
        store::Manifest m = folder.manifest();
        m.state = state;
        m.seconds += session.seconds() - begin;
        m.threads = crew ? crew->size() : options.threads > 0 ? options.threads : session.around().processors;
        m.megabytes = std::max(m.megabytes, session.memory() / 1e6);
        folder.write_manifest(m);
    };
    const auto go_on = [&] {
        return fill(tr("What is finished is kept in {run}. To go on: {command}"),
                    {{"run", folder.path()}, {"command", resuming(session)}});
    };
    StudyResults results;
    try {
        StudyRun run(plan, folder.path(), options, session, crew);
        results = run.run();
    } catch (const StoppedStudy&) {
        session.progress(0, 0, "");
        mark(store::State::incomplete);
        session.warn(tr("Stopped.") + " " + go_on());
        return machine_refused;
    } catch (const MachineRefused& refused) {
        session.progress(0, 0, "");
        mark(store::State::incomplete);
        throw MachineRefused(std::string(refused.what()) + "\n" + go_on());
    }
    mark(store::State::running);
    store::Manifest m = folder.manifest();
    m.result = results.hash;
    m.finished = results.futures;
    folder.write_manifest(m);
    const std::string text = answer(folder, plan, results, session, true);
    m.state = store::State::complete;
    folder.write_manifest(m);
    session.write(text);
    return done;
}

}  // namespace tresse::app
