#include <algorithm>
#include <filesystem>
#include <map>

#include "jury_parts.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"

namespace tresse::app {

namespace {

const std::vector<std::string> audit_columns = {"time", "who", "what", "id", "file", "hash"};

/// A file without a byte in it.
bool is_empty_file(const std::string& path) {
    std::error_code error;
    return std::filesystem::file_size(path, error) == 0 && !error;
}

}  // namespace

void write_new(const std::string& path, const std::string& bytes) {
    if (exists(path))
        throw MachineRefused(path + " is there already; nothing in a round is overwritten.");
    write_file(path, bytes);
}

RoundFolder::RoundFolder(std::string path, const Session& session) : path_(std::move(path)), time_(session.around().started) {
    make_folder(path_);
    make_folder(join_path(path_, "files"));
    const std::string list = join_path(path_, "audit.csv");
    if (!exists(list))
        return;
    const CsvTable table = read_csv(list);
    if (table.columns != audit_columns) {
        Problems problems;
        problems.add(list, 1, "", "this is no audit list of a round: wanted the columns time, who, what, id, file, hash. Choose another folder with --round.");
        throw BadInput(std::move(problems));
    }
    for (const auto& row : table.rows)
        lines_.push_back({row[0], row[1], row[2], row[3], row[4], row[5]});
}

void RoundFolder::add(const AuditLine& line) {
    lines_.push_back(line);
    std::string text = csv_line(audit_columns);
    for (const AuditLine& l : lines_)
        text += csv_line({l.time, l.who, l.what, l.id, l.file, l.hash});
    write_file(join_path(path_, "audit.csv"), text);
}

void RoundFolder::keep(const std::string& who, const std::string& what, const std::string& id, const std::string& file) {
    std::string bytes;
    try {
        bytes = read_file(file, 64u << 20);
    } catch (const BadInput&) {
        // an empty file is kept empty; one that cannot be opened, or is too large, is only noted: the dossier says why
        if (!is_empty_file(file))
            return note(who, what + " not kept", id);
    }
    const std::string hash = hex(hash_text(bytes));
    const AuditLine* last = nullptr;
    for (const AuditLine& l : lines_)
        if (l.what == what && l.id == id)
            last = &l;
    if (last && last->hash == hash)
        return;
    std::string name = name_of(file);
    if (name.size() > 9 && name[8] == '-' && name.substr(0, 8) == hash.substr(0, 8))
        name = name.substr(9);
    const std::string own = "files/" + hash.substr(0, 8) + "-" + name;
    if (!exists(join_path(path_, own)))
        write_new(join_path(path_, own), bytes);
    add({time_, who, what, id, own, hash});
}

void RoundFolder::note(const std::string& who, const std::string& what, const std::string& id) {
    add({time_, who, what, id, "", ""});
}

std::vector<std::string> RoundFolder::latest(const std::string& what) const {
    std::map<std::string, std::string> by_id;
    for (const AuditLine& l : lines_)
        if (l.what == what)
            by_id[l.id] = join_path(path_, l.file);
    std::vector<std::string> out;
    for (const auto& [id, file] : by_id)
        out.push_back(file);
    return out;
}

std::vector<std::string> RoundFolder::all(const std::string& what, const std::string& id) const {
    std::vector<std::string> out;
    for (const AuditLine& l : lines_)
        if (l.what == what && l.id == id)
            out.push_back(join_path(path_, l.file));
    return out;
}

std::string RoundFolder::new_sitting() {
    for (int n = 1;; ++n) {
        std::string name = std::to_string(n);
        name = "sitting-" + std::string(name.size() < 3 ? 3 - name.size() : 0, '0') + name;
        const std::string folder = join_path(path_, name);
        if (exists(folder))
            continue;
        make_folder(folder);
        return folder;
    }
}

}  // namespace tresse::app
