#include "tresse/store/run_folder.hpp"

#include <algorithm>
#include <mutex>

#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"

#include "database.hpp"

namespace tresse::store {

namespace {

constexpr std::size_t most_bytes = 64u << 20;

[[noreturn]] void bad(const std::string& file, const std::string& message) {
    Problems problems;
    problems.add(file, 0, "", message);
    throw BadInput(std::move(problems));
}

std::string manifest_path(const std::string& folder) {
    return join_path(folder, "manifest.json");
}

bool is_code(const std::string& word) {
    return word.size() >= 4 && word.size() <= 16 && word.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// A code may also be given with its time before it, as the folder is called.
std::string without_slash(std::string path) {
    while (path.size() > 1 && path.ends_with('/'))
        path.pop_back();
    return path;
}

}  // namespace

struct RunFolder::Inside {
    std::string path;
    Manifest manifest;
    Names names;
    std::unique_ptr<Database> db;
    std::mutex one_writer;
};

RunFolder::RunFolder(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
RunFolder::~RunFolder() = default;
RunFolder::RunFolder(RunFolder&&) noexcept = default;
RunFolder& RunFolder::operator=(RunFolder&&) noexcept = default;

RunFolder RunFolder::create(const std::string& results, const std::string& stamp, const Manifest& manifest,
                            const std::string& resolved, const Names& names) {
    const std::string parent = join_path(results, manifest.scenario);
    make_folder(parent);
    const std::string wanted = join_path(parent, stamp + "-" + manifest.code());
    std::string path = wanted;
    for (int again = 2; exists(path); ++again)
        path = wanted + "-" + std::to_string(again);
    make_folder(path);
    auto inside = std::make_unique<Inside>();
    inside->path = path;
    inside->names = names;
    inside->db = std::make_unique<Database>(join_path(path, "run.sqlite"), true);
    inside->db->write_names(names);
    RunFolder out(std::move(inside));
    out.write("scenario.resolved.yaml", resolved);
    out.write_manifest(manifest);
    return out;
}

void RunFolder::keep_own_files(const std::vector<std::pair<std::string, std::string>>& files) {
    for (const auto& [name, text] : files) {
        const std::string path = join_path(inside_->path, name);
        make_folder(path.substr(0, path.rfind('/')));
        write(name, text);
    }
}

RunFolder RunFolder::open(const std::string& given) {
    const std::string path = without_slash(given);
    if (!exists(manifest_path(path)) || !exists(join_path(path, "run.sqlite")))
        bad(path, "is no run folder: it has no manifest.json or no run.sqlite.");
    auto inside = std::make_unique<Inside>();
    inside->path = path;
    inside->manifest = manifest_from_json(read_file(manifest_path(path), most_bytes), manifest_path(path));
    inside->db = std::make_unique<Database>(join_path(path, "run.sqlite"), false);
    inside->names = inside->db->names();
    return RunFolder(std::move(inside));
}

const std::string& RunFolder::path() const {
    return inside_->path;
}

const Manifest& RunFolder::manifest() const {
    return inside_->manifest;
}

std::string RunFolder::resolved() const {
    return read_file(join_path(inside_->path, "scenario.resolved.yaml"), most_bytes);
}

void RunFolder::keep(const std::vector<measure::RunRecord>& pieces) {
    const std::lock_guard lock(inside_->one_writer);
    inside_->db->keep(pieces, inside_->names);
}

std::vector<Piece> RunFolder::finished() const {
    const std::lock_guard lock(inside_->one_writer);
    return inside_->db->finished();
}

bool RunFolder::has(int arm, int replicate, std::uint64_t& hash) const {
    const std::lock_guard lock(inside_->one_writer);
    return inside_->db->has(arm, replicate, hash);
}

measure::RunRecord RunFolder::record(int arm, int replicate) const {
    const std::lock_guard lock(inside_->one_writer);
    return inside_->db->record(arm, replicate);
}

std::vector<measure::RunRecord> RunFolder::records() const {
    std::vector<measure::RunRecord> out;
    for (const Piece& piece : finished())
        out.push_back(record(piece.arm, piece.replicate));
    return out;
}

void RunFolder::write_table(const Table& table, bool as_csv) {
    const std::lock_guard lock(inside_->one_writer);
    inside_->db->write_table(table);
    if (as_csv)
        write(table.name + ".csv", csv(table));
}

void RunFolder::write(const std::string& name, const std::string& bytes) {
    const std::string path = join_path(inside_->path, name);
    make_folder(folder_of(path));
    write_file(path, bytes);
}

void RunFolder::write_manifest(const Manifest& manifest) {
    write("manifest.json", to_json(manifest));
    inside_->manifest = manifest;
}

std::vector<Found> runs(const std::string& results) {
    std::vector<Found> out;
    if (!is_folder(results))
        return out;
    for (const std::string& scenario : names_in(results)) {
        const std::string parent = join_path(results, scenario);
        if (!is_folder(parent))
            continue;
        for (const std::string& run : names_in(parent)) {
            const std::string path = join_path(parent, run);
            if (!is_folder(path) || !exists(manifest_path(path)))
                continue;
            try {
                out.push_back({path, manifest_from_json(read_file(manifest_path(path), most_bytes), path)});
            } catch (const BadInput&) {
                continue;  // a folder of another kind is no run
            }
        }
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Found& a, const Found& b) { return a.manifest.started < b.manifest.started; });
    return out;
}

Found find_run(const std::string& results, const std::string& word) {
    const std::string path = without_slash(word);
    if (is_folder(path) && exists(manifest_path(path)))
        return {path, manifest_from_json(read_file(manifest_path(path), most_bytes), manifest_path(path))};
    const std::vector<Found> all = runs(results);
    const Found* best = nullptr;
    std::vector<std::string> codes;
    for (const Found& run : all) {
        if (std::find(codes.begin(), codes.end(), run.manifest.code()) == codes.end())
            codes.push_back(run.manifest.code());
        if (!is_code(word) || !hex(run.manifest.inputs).starts_with(word))
            continue;
        if (!best || run.manifest.state == State::complete || best->manifest.state != State::complete)
            best = &run;
    }
    if (best)
        return *best;
    std::string message = "is no run: neither a run folder nor the code of a run under " + results + ".";
    if (const std::string near = nearest(word, codes); !near.empty())
        message += " Nearest: " + near + ".";
    else if (!codes.empty())
        message += " Newest: " + all.back().manifest.code() + " (" + all.back().manifest.scenario + ").";
    bad(word, message);
}

bool names_run(const std::string& results, const std::string& word) {
    const std::string path = without_slash(word);
    if (is_folder(path))
        return exists(manifest_path(path));
    if (!is_code(word))
        return false;
    for (const Found& run : runs(results))
        if (hex(run.manifest.inputs).starts_with(word))
            return true;
    return false;
}

}  // namespace tresse::store
