#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tresse/measure/record.hpp"
#include "tresse/store/manifest.hpp"
#include "tresse/store/table.hpp"

/// Run folders: results/<scenario-id>/<time>-<code>/. What is finished is on the disk before the next piece begins;
/// nothing is ever overwritten by another run.
namespace tresse::store {

/// Names of what the records count by index, for tables that people read.
struct Names {
    std::vector<std::string> arms, kinds, rules, accounts, mechanisms, places, conditions, services, causes;
    std::vector<std::vector<std::string>> actions;  ///< by arm: each has its own list
};

/// A piece of a run: one arm in one replicate.
struct Piece {
    int arm = 0, replicate = 0;
    bool operator==(const Piece&) const = default;
    auto operator<=>(const Piece&) const = default;
};

class RunFolder {
public:
    /// Makes the folder of a new run. `stamp`: "2026-11-21T1405"; a number is added when the folder is there already.
    /// `resolved`: the scenario with every default. Throws: MachineRefused.
    static RunFolder create(const std::string& results, const std::string& stamp, const Manifest& manifest,
                            const std::string& resolved, const Names& names);
    /// Keeps the author's own files beside the resolved scenario, which names them. Shape: path in the folder, text. Throws: MachineRefused.
    void keep_own_files(const std::vector<std::pair<std::string, std::string>>& files);
    /// Opens what is there, to read it or to go on. Throws: BadInput when `path` is no run folder; MachineRefused.
    static RunFolder open(const std::string& path);

    ~RunFolder();
    RunFolder(RunFolder&&) noexcept;
    RunFolder& operator=(RunFolder&&) noexcept;

    const std::string& path() const;
    const Manifest& manifest() const;
    std::string resolved() const;

    /// Puts finished pieces on the disk, in one transaction: all of them or none. May be called from several threads. Throws: MachineRefused with path and the system's words; what was there stays.
    void keep(const std::vector<measure::RunRecord>& pieces);
    /// Pieces on the disk, by (replicate, arm).
    std::vector<Piece> finished() const;
    /// Whether a piece is there, and the hash of its record.
    bool has(int arm, int replicate, std::uint64_t& hash) const;
    /// A piece as it was kept. Throws: BrokenRule when it is not there.
    measure::RunRecord record(int arm, int replicate) const;
    /// All of them, in the order (replicate, arm).
    std::vector<measure::RunRecord> records() const;

    /// Writes a table into the database, in place of one with its name, and beside it as <name>.csv when `as_csv`.
    void write_table(const Table& table, bool as_csv);
    /// A file of the folder, "report.html" or "figures/who-pays.svg". Throws: MachineRefused.
    void write(const std::string& name, const std::string& bytes);
    /// Replaces the manifest.
    void write_manifest(const Manifest& manifest);

private:
    struct Inside;
    explicit RunFolder(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

struct Found {
    std::string path;
    Manifest manifest;
};

/// Every run under `results`, oldest first. A folder whose manifest cannot be read is left out.
std::vector<Found> runs(const std::string& results);
/// A run by its folder or by four or more digits of its code; the newest complete one when several fit.
/// Throws: BadInput, with the codes that are there.
Found find_run(const std::string& results, const std::string& word);
/// Whether a word looks like the name of a run rather than of a scenario: a folder with a manifest, or a code.
bool names_run(const std::string& results, const std::string& word);

}  // namespace tresse::store
