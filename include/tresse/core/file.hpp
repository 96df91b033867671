#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tresse {

/// Reads a whole file as bytes. Throws: BadInput with a sentence for its author: missing (with the nearest name beside
/// it), a directory, not readable, empty, or larger than `most_bytes`; MachineRefused when the machine fails while
/// reading.
std::string read_file(const std::string& path, std::size_t most_bytes);

/// Writes by a temporary file beside it and a rename, so that a half-written file is never seen; a link keeps pointing
/// to the file it names.
/// Never over a folder, device or pipe. Throws: MachineRefused with path and system's words.
void write_file(const std::string& path, std::string_view bytes);

void make_folder(const std::string& path);
bool exists(const std::string& path);
bool is_folder(const std::string& path);
/// Names in a folder, sorted. Throws: MachineRefused.
std::vector<std::string> names_in(const std::string& folder);
std::string join_path(std::string_view folder, std::string_view name);
/// "." when the path names no folder.
std::string folder_of(std::string_view path);
std::string name_of(std::string_view path);
/// Bytes free where `path` would be written; 0 when unknown.
std::uint64_t free_bytes(const std::string& path);

}  // namespace tresse
