// Every key that a shipped library file uses stands in the table of keys.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/scenario/keys.hpp"
#include "tresse/scenario/reader.hpp"

using namespace tresse;
using namespace tresse::scenario;

namespace {

bool has(const std::vector<std::string>& keys, const char* key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Paths as the table writes them: "services[].baseline.women". Estimates and texts in four languages are one key.
void collect(const Node& node, const std::string& path, std::set<std::string>& out) {
    if (node.is_map()) {
        const auto keys = node.keys();
        if (has(keys, "value") || has(keys, "en")) {
            out.insert(path);
            return;
        }
        for (const std::string& key : keys)
            collect(node.maybe(key), path.empty() ? key : path + "." + key, out);
        return;
    }
    if (node.is_list() && node.size() > 0 && node.at(0).is_map()) {
        for (std::size_t i = 0; i < node.size(); ++i)
            collect(node.at(i), path + "[]", out);
        return;
    }
    out.insert(path);
}

/// Whether a row of the table speaks of a path; "<role>" in a row stands for any word.
bool fits(const std::string& row, const std::string& path) {
    const std::size_t open = row.find('<');
    if (open == std::string::npos)
        return row == path || row == path + ".value";
    return path.starts_with(row.substr(0, open)) && path.find('.', open) == std::string::npos;
}

}  // namespace

TEST_CASE("every key of the shipped library files stands in the table of keys", "[docs]") {
    const std::string folder = join_path(TRESSE_SOURCE_DIR, "scenarios/library");
    const auto documented = all_keys();
    std::size_t seen = 0;
    for (const char* kind : {"conditions", "services", "providers", "behaviour", "population", "hospital", "dependence",
                             "work", "coordination", "organisations", "scores"}) {
        Problems problems;
        Document document(join_path(folder, std::string(kind) + ".yaml"), kind, problems);
        INFO(problems.text());
        REQUIRE(document.usable());
        std::set<std::string> paths;
        collect(document.root(), "", paths);
        for (const std::string& path : paths) {
            ++seen;
            INFO(kind << ".yaml: " << path);
            CHECK(std::any_of(documented.begin(), documented.end(),
                              [&](const KeyDoc& doc) { return doc.kind == kind && fits(doc.path, path); }));
        }
    }
    CHECK(seen > 200);
}

TEST_CASE("no key stands in the table twice", "[docs]") {
    std::set<std::string> seen;
    for (const KeyDoc& doc : all_keys()) {
        INFO(doc.kind << ": " << doc.path);
        CHECK(seen.insert(doc.kind + " " + doc.path).second);
        CHECK_FALSE(doc.unit.empty());
    }
}
