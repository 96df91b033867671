#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tresse/store/run_folder.hpp"

namespace tresse::store {

/// run.sqlite: all that a run found, in one file. Throws: MachineRefused with path and the system's words.
class Database {
public:
    /// `create`: a new file with empty tables; else the file must be there.
    Database(const std::string& path, bool create);
    ~Database();

    void write_names(const Names& names);
    Names names() const;
    void keep(const std::vector<measure::RunRecord>& pieces, const Names& names);
    std::vector<Piece> finished() const;
    bool has(int arm, int replicate, std::uint64_t& hash) const;
    measure::RunRecord record(int arm, int replicate) const;
    void write_table(const Table& table);
    Table read_table(const std::string& name) const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace tresse::store
