#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/problems.hpp"

/// Where a number comes from: the register of sources, and the places that name them.
namespace tresse::scenario {

/// A source id as a file names it, for the check against the register.
struct SourceUse {
    std::string id, where, file;
    int line = 0;
};

/// One row of the register. S-nnn is published (`where`, `address`), A-nnn is assumed by us (`why`, `would_settle_it`).
struct Source {
    std::string id, what, where, address, note, why, would_settle_it;
    std::string read;                        ///< true, false, partly, contents_only: how much of it was read by us
    std::vector<std::string> used_by;
    bool is_assumption() const { return !id.empty() && id[0] == 'A'; }
};

struct SourceRegister {
    std::map<std::string, Source> sources;
    std::uint64_t hash = 0;

    const Source* find(std::string_view id) const;
};

/// "S-104" or "A-021": three digits or more.
bool is_source_id(std::string_view id);

/// Reads scenarios/sources.yaml. A row needs `what`, and `where` (S) or `why` (A).
SourceRegister read_sources(const std::string& path, Problems& problems);

/// Every id that is used must stand in the register; the nearest id is named.
void check_sources(const SourceRegister& sources, const std::vector<SourceUse>& uses, Problems& problems);

}  // namespace tresse::scenario
