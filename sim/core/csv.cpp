#include "tresse/core/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"

namespace tresse {

namespace {

constexpr std::size_t most_named_rows = 20;
constexpr std::size_t most_shown_bytes = 60;

int line_at(std::string_view text, std::size_t offset) {
    return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

/// Where the text stops being UTF-8 (overlong forms, surrogates and numbers beyond Unicode included), or npos.
std::size_t first_bad_byte(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    for (std::size_t i = 0; i < text.size();) {
        const unsigned lead = byte(i);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        if (lead < 0xc2 || lead > 0xf4 || i + more >= text.size())
            return i;
        const unsigned second = byte(i + 1);
        const unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        const unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high)
            return i;
        for (std::size_t k = 2; k <= more; ++k) {
            if ((byte(i + k) & 0xc0u) != 0x80u)
                return i;
        }
        i += more + 1;
    }
    return std::string_view::npos;
}

[[noreturn]] void refuse(const std::string& file, int line, std::string message) {
    Problems problems;
    problems.add(file, line, "", std::move(message));
    throw BadInput(std::move(problems));
}

/// One row after the other, with what is wrong with it.
class RowScanner {
public:
    RowScanner(std::string_view text, char separator) : text_(text), separator_(separator) {}

    /// Reads the next row that is not an empty line. Answers false at the end of the text.
    bool next() {
        while (at_ < text_.size() && skip_line_end()) {
        }
        if (at_ >= text_.size())
            return false;
        fields.clear();
        wrong.clear();
        line = line_;
        while (true) {
            fields.push_back(text_[at_] == '"' ? quoted() : plain());
            if (at_ >= text_.size() || skip_line_end())
                return true;
            ++at_;  // the separator
            if (at_ >= text_.size()) {
                fields.emplace_back();
                return true;
            }
        }
    }

    std::vector<std::string> fields;
    std::string wrong;  // empty when the row is well formed
    int line = 0;

private:
    bool skip_line_end() {
        const bool crlf = text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
        if (!crlf && text_[at_] != '\n')
            return false;
        at_ += crlf ? 2 : 1;
        ++line_;
        return true;
    }

    bool ends_field(std::size_t at) const {
        return text_[at] == separator_ || text_[at] == '\n' ||
               (text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n');
    }

    void blame(std::string sentence) {
        if (wrong.empty())
            wrong = std::move(sentence);
    }

    std::string plain() {
        const std::size_t from = at_;
        for (; at_ < text_.size() && !ends_field(at_); ++at_) {
            if (text_[at_] == '"')
                blame("a quote stands inside a field that does not start with one. Write the field in quotes and each "
                      "quote in it twice.");
            if (text_[at_] == '\r')
                blame("a carriage return without a line feed. Save the file with line ends of Unix or Windows.");
        }
        return std::string(text_.substr(from, at_ - from));
    }

    std::string quoted() {
        const int opened = line_;
        std::string out;
        std::size_t from = ++at_;
        while (true) {
            const std::size_t quote = text_.find('"', from);
            const std::string_view piece = text_.substr(from, quote == std::string_view::npos ? quote : quote - from);
            out += piece;
            line_ += static_cast<int>(std::count(piece.begin(), piece.end(), '\n'));
            if (quote == std::string_view::npos) {
                at_ = text_.size();
                blame(fmt::format("the quote opened in line {} is never closed.", opened));
                return out;
            }
            at_ = quote + 1;
            if (at_ >= text_.size() || text_[at_] != '"')
                break;
            out += '"';
            from = at_ + 1;
        }
        if (at_ < text_.size() && !ends_field(at_)) {
            blame("text follows a closing quote. Write a quote inside a field twice.");
            while (at_ < text_.size() && !ends_field(at_))
                ++at_;
        }
        return out;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    int line_ = 1;
};

void check_header(const RowScanner& header, const std::string& file, Problems& problems) {
    if (!header.wrong.empty())
        problems.add(file, header.line, "", header.wrong);
    std::vector<std::string> names = header.fields;
    std::sort(names.begin(), names.end());
    for (std::size_t i = 1; i < names.size(); ++i) {
        const bool first_repeat = names[i] == names[i - 1] && (i == 1 || names[i - 1] != names[i - 2]);
        if (first_repeat)
            problems.add(file, header.line, names[i],
                         names[i].empty() ? "two columns have no name." : "two columns have this name.");
    }
}

std::string shown(std::string_view found) {
    if (found.empty())
        return "nothing";
    if (found.size() <= most_shown_bytes)
        return fmt::format("\"{}\"", found);
    std::size_t end = most_shown_bytes;
    while (end > 0 && (static_cast<unsigned char>(found[end]) & 0xc0u) == 0x80u)
        --end;  // never half a letter
    return fmt::format("\"{}...\"", found.substr(0, end));
}

}  // namespace

int CsvTable::column(std::string_view name) const {
    const auto found = std::find(columns.begin(), columns.end(), name);
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

CsvTable parse_csv(std::string_view text, const std::string& name_in_messages, char separator) {
    TRESSE_CHECK(separator != '"' && separator != '\n' && separator != '\r' && separator != '\0',
                 "this separator could not be told from quotes or line ends");
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
        refuse(name_in_messages, line_at(text, nul),
               "a byte of value 0: this is no text file, or it was saved as UTF-16. Save it as UTF-8.");
    }
    if (const std::size_t bad = first_bad_byte(text); bad != std::string_view::npos) {
        refuse(name_in_messages, line_at(text, bad),
               fmt::format("the byte 0x{:02X} is no UTF-8. Save the file as UTF-8.",
                           static_cast<unsigned char>(text[bad])));
    }
    RowScanner scanner(text, separator);
    if (!scanner.next())
        refuse(name_in_messages, 0, "the file is empty; wanted a row of column names and rows of values.");

    CsvTable table;
    table.file = name_in_messages;
    Problems problems;
    check_header(scanner, name_in_messages, problems);
    table.columns = scanner.fields;
    std::size_t bad_rows = 0;
    while (scanner.next()) {
        if (scanner.wrong.empty() && scanner.fields.size() != table.columns.size()) {
            scanner.wrong = fmt::format("found {} field{}, wanted {} as in the first row.", scanner.fields.size(),
                                        scanner.fields.size() == 1 ? "" : "s", table.columns.size());
        }
        if (!scanner.wrong.empty()) {
            if (++bad_rows <= most_named_rows)
                problems.add(name_in_messages, scanner.line, "", scanner.wrong);
            continue;
        }
        table.rows.push_back(std::move(scanner.fields));
        scanner.fields = {};
        scanner.fields.reserve(table.columns.size());
        table.lines.push_back(scanner.line);
    }
    if (bad_rows > most_named_rows) {
        problems.add(name_in_messages, scanner.line, "",
                     fmt::format("{} rows are wrong in all; the first {} are named.", bad_rows, most_named_rows));
    }
    if (problems.any())
        throw BadInput(std::move(problems));
    return table;
}

CsvTable read_csv(const std::string& path, char separator, std::size_t most_bytes) {
    return parse_csv(read_file(path, most_bytes), path, separator);
}

int CsvReader::need(std::string_view column) {
    const int at = table_.column(column);
    if (at >= 0)
        return at;
    const std::string near = nearest(column, table_.columns);
    problems_.add(table_.file, 1, std::string(column),
                  near.empty() ? "this column is missing." : "this column is missing. Nearest: " + near);
    return -1;
}

std::string_view CsvReader::text(std::size_t row, int column) const {
    if (column < 0)
        return {};
    TRESSE_CHECK(row < table_.rows.size() && static_cast<std::size_t>(column) < table_.columns.size(),
                 "a cell is asked inside its table");
    return table_.rows[row][static_cast<std::size_t>(column)];
}

double CsvReader::number(std::size_t row, int column) {
    double out = 0;
    if (column < 0 || parse_number(text(row, column), out))
        return out;
    problem(row, column, fmt::format("found {}, wanted a number (decimals with a point).", shown(text(row, column))));
    return 0;
}

long long CsvReader::whole(std::size_t row, int column) {
    long long out = 0;
    if (column < 0 || parse_whole(text(row, column), out))
        return out;
    problem(row, column, fmt::format("found {}, wanted a whole number.", shown(text(row, column))));
    return 0;
}

void CsvReader::problem(std::size_t row, int column, std::string message) {
    TRESSE_CHECK(row < table_.lines.size() && column < static_cast<int>(table_.columns.size()),
                 "a problem is reported inside its table");
    problems_.add(table_.file, table_.lines[row],
                  column < 0 ? std::string() : table_.columns[static_cast<std::size_t>(column)], std::move(message));
}

bool parse_number(std::string_view text, double& out) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return false;
    out = value;
    return true;
}

bool parse_whole(std::string_view text, long long& out) {
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return false;
    out = value;
    return true;
}

std::string csv_line(const std::vector<std::string>& fields, char separator) {
    std::string out;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0)
            out += separator;
        const std::string& field = fields[i];
        const bool needs_quotes = field.find_first_of("\"\r\n") != std::string::npos ||
                                  field.find(separator) != std::string::npos || (field.empty() && fields.size() == 1);
        if (!needs_quotes) {
            out += field;
            continue;
        }
        out += '"';
        for (const char c : field) {
            if (c == '"')
                out += '"';
            out += c;
        }
        out += '"';
    }
    return out + '\n';
}

std::string number_text(double value) {
    if (value == 0)
        return "0";
    char text[32];
    return std::string(text, std::to_chars(text, text + sizeof text, value).ptr);
}

}  // namespace tresse
