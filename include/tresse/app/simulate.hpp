#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tresse/app/session.hpp"
#include "tresse/experiment/plan.hpp"
#include "tresse/experiment/run.hpp"
#include "tresse/measure/record.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/store/manifest.hpp"
#include "tresse/store/run_folder.hpp"

/// Joins scenario, build, experiment and store: from the name of a scenario to records on the disk.
namespace tresse::app {

/// A run as it stands: new, continued, found or read.
struct Simulated {
    std::shared_ptr<const scenario::Scenario> scenario;
    std::string folder;
    store::Manifest manifest;
    std::vector<measure::RunRecord> records;  ///< of finished pieces, by (replicate, arm)
    bool reused = false;                      ///< a finished run with the same inputs was there
    bool stopped = false;                     ///< on request, before the end
};

/// Loads a scenario with what the command line changes. Throws: BadInput.
std::shared_ptr<const scenario::Scenario> load(const std::string& name, const Options& options, const Session& session);

/// The command as typed, to be typed again to go on with an unfinished run.
std::string resuming(const Session& session);
/// What a command takes for a run: its short code, or its folder when that does not stand under the usual results.
std::string run_word(const Session& session, const store::Manifest& manifest, const std::string& folder);

/// Hash of all inputs of a run: scenario, library, pack, arms, futures of each draw.
std::uint64_t hash_of_inputs(const scenario::Scenario& scenario, const std::vector<int>& arms, int repeats = 0);

/// The plan of a scenario. `arms` empty: all.
experiment::Plan plan_of(const scenario::Scenario& scenario, const std::vector<int>& arms, const Options& options,
                         const Session& session);

/// Runs a plan from the start into any sink, with the progress bar. The people are made here.
experiment::RunReport run_plan(const scenario::Scenario& scenario, const experiment::Plan& plan, experiment::Sink& sink,
                               Session& session, experiment::Probe* probe = nullptr);

/// Runs a scenario into a run folder, or finds it done. The manifest stays `running` until `finish`.
/// Throws: MachineRefused; what was finished is kept, and how to go on is said.
Simulated simulate(const std::string& name, std::shared_ptr<const scenario::Scenario> scenario,
                   const std::vector<int>& arms, const Options& options, Session& session,
                   experiment::Probe* probe = nullptr);

/// Reads a run folder with its scenario as it was resolved.
Simulated read_run(const std::string& word, const Session& session);

/// Tables, figures and report into the folder; the manifest becomes complete when all pieces are there. Gives the text
/// of what the screen shows.
std::string finish(Simulated& run, const Options& options, Session& session);

}  // namespace tresse::app
