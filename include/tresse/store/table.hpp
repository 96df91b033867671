#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tresse::store {

enum class Type : std::uint8_t { text, whole, real };

struct Column {
    std::string name;
    Type type = Type::text;
};

/// Rows for a file and for the database alike. Cells are plain text: numbers with a point, as `number_text` writes them.
/// Missing: an empty cell, which is NULL in the database; never 0.
struct Table {
    std::string name;  ///< scores, series, groups, ledger ...
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;
};

/// RFC 4180 with a heading.
std::string csv(const Table& table);

/// A cell of a real number; NaN and infinities are missing.
std::string cell(double value);

}  // namespace tresse::store
