#include "tresse/scenario/region.hpp"

#include <algorithm>
#include <set>

#include "region_tables.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/scenario/reader.hpp"

namespace tresse::scenario {

namespace {

constexpr std::size_t most_table_bytes = 64u << 20;

using ReadTable = void (*)(const CsvTable&, Region&, Problems&);

/// The tables that a pack must have, in the order in which they are read: places first, since others name municipalities.
struct Wanted {
    const char* name;
    ReadTable read;   ///< null: kept as text
};
constexpr Wanted wanted[] = {
    {"places", read_places}, {"population", read_population}, {"zones", read_zones}, {"neighbours", read_neighbours}, {"hospital_sites", read_hospital_sites},
    {"life_table", read_life_table}, {"prevalence", read_prevalence}, {"fertility", read_fertility}, {"utility", read_utility}, {"indices", read_indices},
    {"households", nullptr}, {"education", nullptr}, {"employment", nullptr}, {"bim", nullptr}, {"lifestyle", nullptr}, {"migration", nullptr},
    {"projection", nullptr}, {"supply", nullptr}, {"spending", nullptr}, {"validation", nullptr},
};

/// Ids of sources in cells of columns named `source` or `note`.
void collect_sources(const CsvTable& table, std::vector<SourceUse>& out) {
    for (const char* name : {"source", "note"}) {
        const int c = table.column(name);
        if (c < 0) continue;
        std::set<std::string> seen;
        for (std::size_t r = 0; r < table.rows.size(); ++r) {
            const std::string& cell = table.rows[r][static_cast<std::size_t>(c)];
            for (std::size_t i = 0; i < cell.size();) {
                const std::size_t end = std::min(cell.find_first_of(" ;/", i), cell.size());
                const std::string word = cell.substr(i, end - i);
                if (is_source_id(word) && seen.insert(word).second) out.push_back({word, name, table.file, table.lines[r]});
                i = end + 1;
            }
        }
    }
}

/// "2025-01-01" or 2025.
int year_of_counts(const Node& node) {
    const std::string text = node.text();
    long long year = 0;
    if (parse_whole(text.substr(0, 4), year) && year >= 2000 && year <= 2100 && (text.size() == 4 || text.substr(4) == "-01-01")) return static_cast<int>(year);
    if (node.present()) node.problem("found " + node.shown() + ", wanted the day of the counts, a first of January like 2025-01-01.");
    return 2025;
}

/// Heading of the pack: everything but the tables themselves.
void read_heading(const Node& root, Region& region) {
    region.id = root.need("id").text();
    region.name = root.need("name").local_text();
    region.counts_year = year_of_counts(root.need("counts_of"));
    const Node years = root.need("valid_start_years");
    for (std::size_t i = 0; i < years.size(); ++i) region.start_years.push_back(static_cast<int>(years.at(i).whole(2000, 2100)));
    root.maybe("about");
}

/// Reads one file as a table and adds its bytes to the hash. Answers false when it could not be read; the problems say why.
bool read_table(const std::string& path, Hasher& hasher, CsvTable& out, Problems& problems) {
    try {
        const std::string bytes = read_file(path, most_table_bytes);
        hasher.add(static_cast<std::uint64_t>(bytes.size()));
        hasher.add(bytes);
        out = parse_csv(bytes, path);
        return true;
    } catch (const BadInput& bad) {
        for (const Problem& p : bad.problems().list()) problems.add(p);
        return false;
    }
}

/// Tables of region.yaml by name, with the file beside it.
std::map<std::string, std::string> table_files(const Node& root, const std::string& folder) {
    std::map<std::string, std::string> files;
    const Node tables = root.need("tables");
    for (const std::string& name : tables.keys()) {
        const Node row = tables.need(name);
        const std::string file = row.need("file").text();
        row.need("licence").text();
        row.maybe("sources").texts();
        row.maybe("note");
        if (file.find('/') != std::string::npos || file == ".." || file.empty()) {
            if (!file.empty()) row.need("file").problem("found \"" + file + "\", wanted the name of a file in this folder.");
            continue;
        }
        files[name] = join_path(folder, file);
    }
    for (const Wanted& w : wanted)
        if (tables.present() && !files.contains(w.name)) tables.problem(std::string("the table ") + w.name + " is missing.");
    return files;
}

}  // namespace

int region_index(std::string_view word) {
    constexpr std::string_view words[region_count] = {"flanders", "brussels", "wallonia"};
    for (int i = 0; i < region_count; ++i)
        if (words[i] == word) return i;
    return -1;
}

std::int32_t Municipality::inhabitants() const {
    std::int32_t sum = 0;
    for (const auto& sex : population)
        for (const std::int32_t n : sex) sum += n;
    return sum;
}

int Region::municipality(int nis) const {
    const auto at = std::lower_bound(municipalities.begin(), municipalities.end(), nis, [](const Municipality& m, int n) { return m.nis < n; });
    return at != municipalities.end() && at->nis == nis ? static_cast<int>(at - municipalities.begin()) : -1;
}

const NamedTable& Region::table(const std::string& table_name) const {
    const auto found = tables.find(table_name);
    TRESSE_CHECK(found != tables.end(), "a table is asked for that load_region does not demand");
    return found->second;
}

Region load_region(const std::string& folder) {
    Region region;
    Problems problems;
    region.folder = folder;
    if (!is_folder(folder)) {
        problems.add(folder, 0, "", "there is no such folder; wanted a region pack with region.yaml and its tables.");
        throw BadInput(std::move(problems));
    }
    Document document(join_path(folder, "region.yaml"), "region", problems);
    if (!document.usable()) throw BadInput(std::move(problems));
    read_heading(document.root(), region);
    const auto files = table_files(document.root(), folder);
    document.finish();
    region.sources = document.sources();

    Hasher hasher;
    hasher.add(document.hash());
    for (const Wanted& w : wanted) {
        const auto found = files.find(w.name);
        CsvTable table;
        if (found == files.end() || !read_table(found->second, hasher, table, problems)) continue;
        collect_sources(table, region.sources);
        if (w.read) w.read(table, region, problems);
        else read_named(w.name, table, region, problems);
    }
    for (const auto& [name, path] : files) {
        CsvTable table;
        const bool is_wanted = std::any_of(std::begin(wanted), std::end(wanted), [&](const Wanted& w) { return w.name == name; });
        if (is_wanted || !read_table(path, hasher, table, problems)) continue;
        collect_sources(table, region.sources);
        read_named(name, table, region, problems);
    }
    region.constants = read_constants(join_path(folder, "constants.yaml"), problems);
    for (const auto& [condition, factor] : region.constants.onset)
        if (!region.prevalence.contains(condition)) problems.add(region.constants.file, 0, "onset", "\"" + condition + "\" has no table of prevalence in this pack.");
    hasher.add(region.constants.hash);
    if (const std::string path = join_path(folder, "factors.yaml"); exists(path)) {
        region.factors = load_factors(path, problems);
        region.sources.insert(region.sources.end(), region.factors.sources.begin(), region.factors.sources.end());
        hasher.add(region.factors.hash);
    }
    region.hash = hasher.value();
    if (problems.any()) throw BadInput(std::move(problems));
    return region;
}

}  // namespace tresse::scenario
