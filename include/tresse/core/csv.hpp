#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/problems.hpp"

namespace tresse {

/// A table of text with named columns, read from RFC 4180 CSV: UTF-8, comma (or the given separator), quotes, CRLF or
/// LF, one header row.
/// Empty lines are skipped (a row of one empty field is written ""); a byte order mark is dropped.
class CsvTable {
public:
    std::string file;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    std::vector<int> lines;  ///< line in the file where row i starts

    /// Index of a column, or -1.
    int column(std::string_view name) const;
};

/// Reads a file whole. Throws: BadInput (not there, a directory, not readable, empty, over `most_bytes`, a row with
/// another number of fields, an unclosed quote, a quote in the middle of a plain field, a repeated column name, a NUL
/// byte, not UTF-8); all rows that are wrong are named at once (at most 20, then their count).
CsvTable read_csv(const std::string& path, char separator = ',', std::size_t most_bytes = 256u << 20);
CsvTable parse_csv(std::string_view text, const std::string& name_in_messages, char separator = ',');

/// Typed access with collected problems: a wrong cell adds a problem with line and column, and yields 0 / "".
class CsvReader {
public:
    CsvReader(const CsvTable& table, Problems& problems) : table_(table), problems_(problems) {}
    /// Column index; a missing one adds a problem with the nearest name and yields -1 (then all its cells are empty
    /// without further problems).
    int need(std::string_view column);
    std::string_view text(std::size_t row, int column) const;
    double number(std::size_t row, int column);
    long long whole(std::size_t row, int column);
    bool empty(std::size_t row, int column) const { return text(row, column).empty(); }
    void problem(std::size_t row, int column, std::string message);

private:
    const CsvTable& table_;
    Problems& problems_;
};

/// Numbers by from_chars, never through a locale. The whole text must be the number; nan and inf are none.
bool parse_number(std::string_view text, double& out);
bool parse_whole(std::string_view text, long long& out);

/// Writes rows with quotes where needed; '\n' ends. Numbers by the caller.
std::string csv_line(const std::vector<std::string>& fields, char separator = ',');
/// Shortest decimal text that reads back to the same number (to_chars); -0 is written 0.
std::string number_text(double value);

}  // namespace tresse
