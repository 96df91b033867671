#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tresse/app/session.hpp"

/// A study: many futures of a scenario at drawn numbers, in stages, kept piece by piece; then what they answer.
namespace tresse::app {

/// Takes what a crew has finished. Calls come one at a time.
class StudyKeeper {
public:
    virtual ~StudyKeeper() = default;
    /// The pieces of one future as bytes.
    virtual void keep(const std::string& pieces) = 0;
    virtual bool stop_asked() = 0;
};

/// Who runs the futures of a study besides this process: ranks of a machine pool.
class StudyCrew {
public:
    virtual ~StudyCrew() = default;
    virtual int size() const = 0;
    /// Runs these futures of a stage, in any order. Returns those that nobody could finish.
    virtual std::vector<int> run(const std::string& design, const std::vector<int>& futures, StudyKeeper& keeper) = 0;
};

/// What one member of a crew does. Keeps the people of the stage it worked on last.
class StudyWorker {
public:
    /// Throws: BadInput.
    StudyWorker(const std::string& name, const Options& options, Session& session);
    ~StudyWorker();
    /// All arms of one future as bytes. Requires: a design made by the same program from the same files.
    std::string perform(const std::string& design, int future);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Runs a study into a run folder and writes its report. `crew` null: with the threads of this process.
/// Law: the result hash does not depend on the crew. Throws: BadInput, MachineRefused.
int study(const std::string& name, const Options& options, Session& session, StudyCrew* crew = nullptr);

}  // namespace tresse::app
