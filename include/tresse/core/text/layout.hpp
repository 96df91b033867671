#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Text in columns, for a terminal.
namespace tresse::text {

/// Columns that a text takes: letters, not bytes; accents that stand alone take none.
std::size_t width(std::string_view text);
std::string pad_right(std::string_view text, std::size_t columns);
std::string pad_left(std::string_view text, std::size_t columns);
/// At most `columns` wide, with "..." where something was left out.
std::string shorten(std::string_view text, std::size_t columns);
/// Lines no wider than `columns`; a longer word stands alone. Line breaks in the text stay.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);
/// The wrapped text; every line after the first starts with `indent` spaces, the first with `head`.
std::string hanging(std::string_view head, std::size_t indent, std::string_view text, std::size_t columns = 100);

}  // namespace tresse::text
