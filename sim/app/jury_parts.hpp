#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tresse/app/commands.hpp"
#include "tresse/jury/room.hpp"
#include "tresse/scenario/scenario.hpp"

/// Pieces of the use case `jury`.
namespace tresse::app {

/// The library against which dossiers are read.
struct JuryLibrary {
    std::shared_ptr<const scenario::Scenario> reference;   ///< any shipped scenario: its catalogue, pack and sources
    std::vector<std::shared_ptr<const scenario::ComponentSpec>> components;
    jury::Actions actions;
    std::vector<std::string> uses;
};
JuryLibrary jury_library(const Session& session);

/// Simulates one dossier in its own area: today, the plan, the same money without action, the same money on the
/// benchmark. Finds an earlier run with the same inputs. `folder`: where its scenario file is kept.
jury::Impact simulate_dossier(const scenario::Call& call, const scenario::Proposal& proposal, const JuryLibrary& library,
                              const std::string& folder, const Options& options, Session& session);

/// A dossier as a scenario, as YAML.
std::string scenario_of(const scenario::Call& call, const scenario::Proposal& proposal, const scenario::Region& region);

/// A line of the audit list.
struct AuditLine {
    std::string time, who, what, id, file, hash;
};

/// The folder of a round: inputs as they were handed in, each under a name with its hash, and the list of who entered what
/// and when. It only grows: no file in it is ever written twice.
class RoundFolder {
public:
    /// Opens or makes it. Throws: MachineRefused; BadInput when the list cannot be read.
    RoundFolder(std::string path, const Session& session);
    const std::string& path() const { return path_; }
    const std::vector<AuditLine>& lines() const { return lines_; }
    /// Keeps a copy of a file and a line about it, unless the very same is the latest of its kind and id.
    void keep(const std::string& who, const std::string& what, const std::string& id, const std::string& file);
    /// A line without a file.
    void note(const std::string& who, const std::string& what, const std::string& id);
    /// Files kept for a kind, the latest of each id, in the order of their ids.
    std::vector<std::string> latest(const std::string& what) const;
    /// All files ever kept for a kind and id, oldest first.
    std::vector<std::string> all(const std::string& what, const std::string& id) const;
    /// A new folder for the papers of this sitting: sitting-001, sitting-002 ...
    std::string new_sitting();

private:
    void add(const AuditLine& line);
    std::string path_, time_;
    std::vector<AuditLine> lines_;
};

/// Writes a file that must not be there yet. Throws: MachineRefused.
void write_new(const std::string& path, const std::string& bytes);

}  // namespace tresse::app
