#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// The rules of the house, each a function from source text to findings, so that each can be tried on a bad snippet.
namespace architecture {

/// A source file: path from the top of the tree, with '/', and its text.
struct Source {
    std::string path;
    std::string text;
};

struct Finding {
    std::string path;
    std::size_t line;  ///< from 1
    std::string rule;
};

using Sources = std::vector<Source>;
using Findings = std::vector<Finding>;

/// The text with comments blanked and, on request, the insides of strings too; every line keeps its number and length.
std::string without_comments(std::string_view text, bool blank_strings);

/// Path of the room a file belongs to; empty when no row of the table has it.
std::string_view room_of(std::string_view path);

Findings check_rooms_exist(const Sources& sources);
Findings check_room_includes(const Sources& sources);
Findings check_libraries(const Sources& sources);
Findings check_confined(const Sources& sources);
Findings check_slow_headers(const Sources& sources);
Findings check_program_only(const Sources& sources);
Findings check_stages(const Sources& sources);
/// The table's stages and exceptions are files that exist, and no stage is an exception.
Findings check_stage_table(const Sources& sources);
Findings check_readers(const Sources& sources);
Findings check_unfinished(const Sources& sources);

/// `exceptions`: path to reason, from over_budget.txt. One that is no longer needed is a finding too.
Findings check_budget(const Sources& sources, const std::map<std::string, std::string>& exceptions);

/// Reads "path: reason" lines; '#' starts a comment.
std::map<std::string, std::string> read_exceptions(std::string_view text);

/// Compares the tresse_module and tresse_program lines of CMakeLists.txt with the table.
Findings check_cmake(const Source& cmake);

/// One line per finding: "path:line: rule".
std::string listing(const Findings& findings);

}  // namespace architecture
