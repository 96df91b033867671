#pragma once

#include <span>
#include <vector>

#include "tresse/scenario/keys.hpp"

namespace tresse::scenario {

/// One key of a file as the pages show it: the row of a table in code.
struct KeyRow {
    const char* path;
    const char* unit;
    const char* range;
    const char* standard;  ///< "must" when there is none
    const char* meaning;
};

/// Adds the rows of one kind of file.
inline void add_keys(const char* kind, std::span<const KeyRow> rows, std::vector<KeyDoc>& out) {
    for (const KeyRow& r : rows) out.push_back({kind, r.path, r.unit, r.range, r.standard, r.meaning});
}

}  // namespace tresse::scenario
