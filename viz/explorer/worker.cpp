#include "tresse/viz/explorer/worker.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <new>
#include <thread>

#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/scenario/component.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

class MemorySink : public experiment::Sink {
public:
    std::vector<measure::RunRecord> records;
    void finished(const measure::RunRecord& record) override { records.push_back(record); }
};

}  // namespace

struct Worker::Inside {
    struct Job {
        enum class Kind : std::uint8_t { list, open, load, run, rehearse, save, follow, lessons, learn } kind = Kind::list;
        std::string word;
        Settings settings;
        int number = 0;
        std::string what = {};
    };

    /// What the use cases see: the main session's clock, and the window's progress.
    class Desk : public app::Session {
    public:
        Desk(Inside& inside, app::Surroundings around) : app::Session(std::move(around)), inside_(inside) {}
        void write(std::string_view) override {}  // the text of the command line is not shown in the window
        void remark(std::string_view words) override { warn(words); }
        void warn(std::string_view words) override { inside_.say(std::string(words), false); }
        void progress(double part, double all, std::string_view what) override { inside_.progress(part, all, what); }
        double seconds() override { return inside_.session.seconds(); }
        double memory() override { return inside_.session.memory(); }
        bool stop_asked() override { return inside_.stop.load(); }

    private:
        Inside& inside_;
    };

    app::Session& session;
    SnapshotInput input;
    News news;
    void* with;
    Desk desk;
    mutable std::mutex one;
    std::condition_variable wake;
    std::deque<Job> jobs;
    std::atomic<bool> stop{false}, halted{false};
    bool ending = false, at_work = false, changed = true;
    Work work;
    std::shared_ptr<const Snapshot> snapshot;
    double began = 0, told = -1;
    std::thread thread;

    Inside(app::Session& given, SnapshotInput in, News call, void* what)
        : session(given), input(std::move(in)), news(call), with(what), desk(*this, given.around()),
          thread([this] { loop(); }) {}

    template <class Change> void change(Change&& body) {
        {
            const std::lock_guard lock(one);
            body();
            changed = true;
        }
        news(with);
    }
    void say(const std::string& words, bool failed) {
        change([&] {
            work.message = words;
            work.failed = failed;
        });
    }
    void progress(double part, double all, std::string_view what) {
        while (halted.load() && !stop.load()) {
            std::unique_lock lock(one);
            wake.wait_for(lock, std::chrono::milliseconds(200));
        }
        const double now = session.seconds();
        if (what != work.what)
            began = now, told = -1;
        if (all > 0 && now - told < 0.1 && what == work.what)
            return;
        told = now;
        change([&] {
            work.what = std::string(what);
            work.share = all > 0 ? part / all : 0;
            work.left = work.share > 0.02 ? (now - began) * (1 - work.share) / work.share : -1;
        });
    }

    void loop() {
        for (;;) {
            Job job;
            {
                std::unique_lock lock(one);
                wake.wait(lock, [&] { return ending || !jobs.empty(); });
                if (ending)
                    return;
                job = std::move(jobs.front());
                jobs.pop_front();
                at_work = true;
                stop = false;
                halted = false;
            }
            const bool quiet = job.kind == Job::Kind::list || job.kind == Job::Kind::lessons;
            change([&] {
                work.busy = !quiet;
                work.paused = false;
                work.share = 0;
                work.left = -1;
                work.what = job.kind == Job::Kind::open ? tr("opening") : tr("loading");
                if (!quiet)
                    work.message.clear(), work.failed = false;
            });
            perform_guarded(job);
            change([&] {
                work.busy = false;
                at_work = false;
            });
        }
    }

    /// A job that fails leaves a message that names it; the thread goes on.
    void perform_guarded(const Job& job) {
        try {
            perform(job);
        } catch (const BadInput& bad) {
            change([&] {
                work.problems.clear();
                for (const Problem& p : bad.problems().list())
                    if (!p.note)  // remarks did not make it fail
                        work.problems.push_back(p);
                if (work.problems.empty())
                    work.problems.push_back(bad.problems().list().front());
                const Problem& first = work.problems.front();
                work.message = first.file + (first.line > 0 ? ":" + std::to_string(first.line) : "") +
                               (first.where.empty() ? "" : " " + first.where) + ": " + first.message;
                work.failed = true;
            });
        } catch (const MachineRefused& refused) {
            say(refused.what(), true);
        } catch (const std::bad_alloc&) {
            say(tr("The machine has no memory left. A smaller area, --sample 1/10 or --memory GB needs less."), true);
        } catch (const std::exception& error) {
            say(fill(tr("This failed and is a mistake of the program, not yours: {words}"), {{"words", error.what()}}),
                true);
        }
    }

    app::Options options_of(const Settings& settings) const {
        app::Options options;
        options.set = settings;
        options.quiet = true;
        options.threads = std::max(1, session.around().processors - 1);
        return options;
    }

    void perform(const Job& job) {
        switch (job.kind) {
        case Job::Kind::list:
            return list();
        case Job::Kind::open:
            return open_word(job.word);
        case Job::Kind::load:
            return load(job.word, job.settings);
        case Job::Kind::run:
            return simulate(job);
        case Job::Kind::rehearse:
            return rehearse(job);
        case Job::Kind::save:
            return save(job);
        case Job::Kind::follow:
            return live_again(job);
        case Job::Kind::lessons:
            return read_lessons();
        case Job::Kind::learn:
            return learn(job);
        }
    }

    void list() {
        std::vector<RunEntry> entries;
        std::vector<store::Found> found = store::runs(session.around().results);
        for (auto run = found.rbegin(); run != found.rend(); ++run) {
            const store::Manifest& m = run->manifest;
            entries.push_back({run->path, m.code(), m.title.empty() ? m.scenario : m.title, app::date_words(m.started),
                               static_cast<int>(m.arms.size()), m.finished > 0 ? m.finished : m.replicates,
                               m.state == store::State::complete});
        }
        change([&] { work.runs = std::move(entries); });
    }

    void show(app::Simulated run) {
        const double start = session.seconds();
        auto made = make_snapshot(std::move(run), input);
        const double took = session.seconds() - start;
        change([&] {
            snapshot = made;
            work.life = nullptr;
            work.scenario = made->run.scenario;
            work.scenario_name = made->run.manifest.scenario_name.empty() ? made->compared.scenario().id
                                                                          : made->run.manifest.scenario_name;
            work.problems.clear();
            work.edited = nullptr;
            work.rehearsal = {};
            (void)took;
        });
        read_actions();
    }

    /// The newest finished run, of one scenario or of any; studies and dossiers of a jury are opened by name. "": none.
    std::string newest_run(const std::string& scenario) const {
        std::string path;
        for (const store::Found& run : store::runs(session.around().results))
            if (run.manifest.state == store::State::complete && !app::is_study(run.path) &&
                (scenario.empty() ? !run.manifest.scenario.starts_with("jury-") && !run.manifest.scenario.starts_with("lesson-") : run.manifest.scenario == scenario))
                path = run.path;
        return path;
    }

    /// The study and the round that belong beside what is open. What cannot be read is said, and the rest is shown.
    void attach(const std::string& round_folder) {
        std::shared_ptr<const app::StudyAnswer> study;
        std::shared_ptr<const app::JuryRound> round;
        std::string trouble;
        const auto guarded = [&](auto&& read) {
            try {
                read();
            } catch (const BadInput& bad) {
                trouble = bad.problems().text();
            } catch (const MachineRefused& refused) {
                trouble = refused.what();
            }
        };
        guarded([&] {
            if (work.scenario)
                study = app::newest_study(work.scenario->id, desk);
        });
        guarded([&] {
            if (const std::string folder = round_folder.empty() ? app::newest_round(desk) : round_folder;
                !folder.empty())
                round = app::read_round(folder);
        });
        change([&] { work.study = study, work.round = round; });
        if (!trouble.empty())
            say(trouble, true);
    }

    void open_study(const std::string& folder) {
        const auto study = app::read_study(folder, desk);
        if (const std::string path = newest_run(study->scenario->id); !path.empty())
            show(app::read_run(path, desk));
        else
            load(study->scenario->id, {});
        attach("");
        change([&] { work.study = study; });
    }

    void open_word(const std::string& word) {
        const std::string& results = session.around().results;
        std::string path;
        if (word.empty() || app::is_round(word)) {
            path = newest_run("");
            if (path.empty())
                load("first-look", {});
            else
                show(app::read_run(path, desk));
            return attach(word);
        } else if (store::names_run(results, word) || is_folder(word)) {
            path = store::find_run(results, word).path;
            if (app::is_study(path))
                return open_study(path);
        } else {
            // a scenario: what has been run of it, else the scenario alone
            load(word, {});
            const std::string id = work.scenario->id;
            path = newest_run(id);
            if (path.empty())
                return say(fill(tr("{scenario} has not been run here yet. Press R to run it."), {{"scenario", id}}),
                           false);
        }
        show(app::read_run(path, desk));
        attach("");
    }

    void load(const std::string& name, const Settings& settings) {
        auto scenario = app::load(name, options_of(settings), desk);
        change([&] {
            work.scenario = scenario;
            work.scenario_name = name;
            work.problems.clear();
            work.edited = nullptr;
        });
        read_actions();
    }

    /// What an arm may take up: read once. A component that cannot be read is told, and the others are there.
    void read_actions() {
        if (!work.actions.empty())
            return;
        const std::string folder = join_path(session.around().home, "scenarios/library/components");
        std::vector<ActionEntry> actions;
        Problems problems;
        for (const std::string& name : is_folder(folder) ? names_in(folder) : std::vector<std::string>())
            if (name.ends_with(".yaml"))
                if (const auto component = scenario::read_component(join_path(folder, name), *work.scenario->catalogue, problems))
                    for (const scenario::ActionSpec& action : component->actions)
                        actions.push_back({component->id + "/" + action.id, component->name, action.name, action.service.empty()});
        change([&] { work.actions = std::move(actions); });
        if (problems.any())
            say(problems.text(), true);
    }

    void simulate(const Job& job) {
        app::Options options = options_of(job.settings);
        options.replicates = job.number;
        options.resume = true;
        auto scenario = app::load(job.word, options, desk);
        app::Simulated run = app::simulate(job.word, scenario, {}, options, desk);
        if (run.records.empty())
            return say(tr("Cancelled before the first future was finished; nothing to show."), false);
        app::finish(run, options, desk);
        const std::string folder = run.folder;
        show(std::move(run));
        if (!stop.load())
            say(fill(tr("Done: {folder}"), {{"folder", folder}}), false);
        list();
    }

    bool newer_waits() {
        const std::lock_guard lock(one);
        return !jobs.empty();
    }

    void rehearse(const Job& job) {
        app::Options probe = options_of(job.settings);
        auto checked = app::load(job.word, probe, desk);
        change([&] { work.problems.clear(), work.edited = checked, work.rehearsal = {}; });
        double people = 0;
        for (const int nis : checked->area.municipalities)
            (void)nis, people += 12000;  // near the mean of a Belgian municipality; only to size the sample
        int sample = std::clamp(static_cast<int>(people / 2500), 1, 400);
        const double start = session.seconds();
        for (const int futures : {1, 3, 6}) {
            app::Options options = probe;
            options.sample = sample;
            options.replicates = futures;
            auto scenario = app::load(job.word, options, desk);
            const int base = scenario->base_index(),
                      arm = std::clamp(job.number, 0, static_cast<int>(scenario->arms.size()) - 1);
            MemorySink sink;
            experiment::Plan plan = app::plan_of(*scenario, {base, arm}, options, desk);
            plan.arms.clear();
            for (const scenario::Arm& one_arm : scenario->arms)
                plan.arms.push_back(one_arm.id);
            if (base == arm)
                plan.run_arms = {base};
            app::run_plan(*scenario, plan, sink, desk);
            if (stop.load() || newer_waits() || sink.records.empty())
                return;
            app::Simulated made;
            made.scenario = scenario;
            made.manifest.state = store::State::complete;
            made.records = std::move(sink.records);
            const auto shown = make_snapshot(std::move(made), {input.home, ""});
            Rehearsal result{true, sample, futures, session.seconds() - start, score_lines(*shown, {}, -1)};
            change([&] { work.rehearsal = std::move(result); });
            sample = std::max(1, sample / 2);
        }
    }

    void live_again(const Job& job) {
        app::Person how;
        how.find = job.settings.front().first;
        how.random = how.find.empty();
        how.has_key = true, how.key = static_cast<std::uint64_t>(job.number);
        auto life = app::follow(job.word, how, desk);
        change([&] { work.life = life ? life : work.life; });
    }

    /// Lessons that cannot be read are told; the others are there.
    void read_lessons() {
        Problems problems;
        std::vector<std::shared_ptr<const app::LessonDesk>> desks;
        for (app::LessonDesk& lesson : app::lesson_desks(desk, problems))
            desks.push_back(std::make_shared<const app::LessonDesk>(std::move(lesson)));
        change([&] { work.lessons = std::move(desks); });
        if (problems.any())
            say(problems.text(), true);
    }

    void learn(const Job& job) {
        std::size_t at = 0;
        while (at < work.lessons.size() && work.lessons[at]->lesson.id != job.word)
            ++at;
        if (at == work.lessons.size())
            return say(fill(tr("there is no lesson {name}."), {{"name", job.word}}), true);
        app::LessonDesk mine = *work.lessons[at];
        // what was entered is kept, also when what comes next fails
        const auto keep = [&] { change([&] { work.lessons[at] = std::make_shared<const app::LessonDesk>(mine); }); };
        if (!job.settings.empty())
            app::enter(mine, job.settings);
        keep();
        if (job.what == "again")
            app::predict_anew(mine);
        else if (job.what == "run" && !app::run_lesson(mine, options_of({}), desk))
            return say(tr("Cancelled before the first future was finished; nothing to show."), false);
        else if (job.what == "check")
            app::check_lesson(mine, options_of({}), desk);
        keep();
        if (job.what == "run") {
            say(fill(tr("Done: {folder}"), {{"folder", mine.run}}), false);
            list();
        } else if (job.what == "keep" || job.what == "check") {
            say(fill(tr("Written: {file}"), {{"file", mine.sheet_file}}), false);
        }
    }

    void save(const Job& job) {
        auto scenario = app::load(job.word, options_of(job.settings), desk);
        const std::string folder = join_path(session.around().results, "scenarios");
        make_folder(folder);
        const std::string path =
            join_path(folder, scenario->id + "-" + hex(hash_text(scenario->resolved), 6) + ".yaml");
        write_file(path, scenario->resolved);
        say(fill(tr("Written: {file}"), {{"file", path}}), false);
    }

    void push(Job job) {
        {
            const std::lock_guard lock(one);
            if (job.kind == Job::Kind::rehearse) {
                std::erase_if(jobs, [](const Job& j) { return j.kind == Job::Kind::rehearse; });
                stop = true;  // an older trial ends; a job of another kind is not begun while levers move
            }
            jobs.push_back(std::move(job));
        }
        wake.notify_all();
    }
};

Worker::Worker(app::Session& session, SnapshotInput input, News news, void* with)
    : inside_(std::make_unique<Inside>(session, std::move(input), news, with)) {}

Worker::~Worker() {
    {
        const std::lock_guard lock(inside_->one);
        inside_->ending = true;
        inside_->stop = true;
    }
    inside_->wake.notify_all();
    inside_->thread.join();
}

void Worker::list_runs() {
    inside_->push({Inside::Job::Kind::list, "", {}, 0});
}

void Worker::open(const std::string& word) {
    inside_->push({Inside::Job::Kind::open, word, {}, 0});
}

void Worker::load_scenario(const std::string& name, const Settings& settings) {
    inside_->push({Inside::Job::Kind::load, name, settings, 0});
}

void Worker::run(const std::string& scenario, const Settings& settings, int replicates) {
    inside_->push({Inside::Job::Kind::run, scenario, settings, replicates});
}

void Worker::rehearse(const std::string& scenario, const Settings& settings, int arm) {
    inside_->push({Inside::Job::Kind::rehearse, scenario, settings, arm});
}

void Worker::save(const std::string& scenario, const Settings& settings) {
    inside_->push({Inside::Job::Kind::save, scenario, settings, 0});
}

void Worker::follow(const std::string& run, const std::string& find, int key) {
    inside_->push({Inside::Job::Kind::follow, run, {{find, ""}}, key});
}

void Worker::read_lessons() {
    inside_->push({Inside::Job::Kind::lessons, "", {}, 0});
}

void Worker::learn(const std::string& lesson, const std::string& what, const Settings& entries) {
    inside_->push({Inside::Job::Kind::learn, lesson, entries, 0, what});
}

void Worker::cancel() {
    inside_->stop = true;
    inside_->wake.notify_all();
}

void Worker::pause() {
    inside_->halted = !inside_->halted.load();
    inside_->change([&] { inside_->work.paused = inside_->halted.load(); });
    inside_->wake.notify_all();
}

bool Worker::fetch(Work& work, std::shared_ptr<const Snapshot>& snapshot) {
    const std::lock_guard lock(inside_->one);
    if (!inside_->changed)
        return false;
    inside_->changed = false;
    work = inside_->work;
    snapshot = inside_->snapshot;
    return true;
}

bool Worker::busy() const {
    const std::lock_guard lock(inside_->one);
    return inside_->at_work || !inside_->jobs.empty();
}

}  // namespace tresse::viz::explorer
