#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tresse/app/session.hpp"
#include "tresse/viz/explorer/screen.hpp"

namespace tresse::viz::explorer {

/// The thread that reads runs and simulates, so that nothing on the screen waits. Jobs are done one after the other; what
/// fails becomes a message, and the next job begins.
class Worker {
public:
    /// `session` gives the clock, the memory and the places; it outlives the worker. `news` is called from the worker's
    /// thread when there is something to fetch.
    using News = void (*)(void* with);
    Worker(app::Session& session, SnapshotInput input, News news, void* with);
    /// Cancels what is going on and waits for it.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    using Settings = std::vector<std::pair<std::string, std::string>>;

    void list_runs();
    /// A run folder or code; a scenario: its newest run, or the scenario alone.
    void open(const std::string& word);
    void load_scenario(const std::string& name, const Settings& settings);
    /// The whole scenario into a run folder, as the command line does; then it is opened.
    void run(const std::string& scenario, const Settings& settings, int replicates = 0);
    /// The arm with moved levers against the base, on a small sample; a newer call ends an older one.
    void rehearse(const std::string& scenario, const Settings& settings, int arm);
    /// Writes the scenario with the settings as a file of its own; says where.
    void save(const std::string& scenario, const Settings& settings);
    /// Lives a person's life of a run again. `find`: conditions, "" for anybody; a larger key gives another person.
    void follow(const std::string& run, const std::string& find, int key);
    /// Reads the lessons and the answer sheets of this machine.
    void read_lessons();
    /// Puts what was entered on the sheet of a lesson, then: `keep` nothing more, `run` its village, `check` the file of one's own, `again` takes the prediction away.
    void learn(const std::string& lesson, const std::string& what, const Settings& entries);
    void cancel();
    /// Halts after the month at hand, or goes on.
    void pause();

    /// What has changed since the last call. False: nothing.
    bool fetch(Work& work, std::shared_ptr<const Snapshot>& snapshot);
    /// Whether a job is being done or waits.
    bool busy() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace tresse::viz::explorer
