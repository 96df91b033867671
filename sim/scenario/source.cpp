#include "tresse/scenario/source.hpp"

#include <algorithm>
#include <set>

#include "tresse/scenario/reader.hpp"

namespace tresse::scenario {

const Source* SourceRegister::find(std::string_view id) const {
    const auto found = sources.find(std::string(id));
    return found == sources.end() ? nullptr : &found->second;
}

bool is_source_id(std::string_view id) {
    if (id.size() < 5 || (id[0] != 'S' && id[0] != 'A') || id[1] != '-') return false;
    return std::all_of(id.begin() + 2, id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

SourceRegister read_sources(const std::string& path, Problems& problems) {
    SourceRegister out;
    Document document(path, "sources", problems);
    out.hash = document.hash();
    if (!document.usable()) return out;
    const Node root = document.root();
    for (const std::string& id : root.keys()) {
        if (id == "format" || id == "kind" || id == "about") continue;
        const Node row = root.need(id);
        if (!is_source_id(id)) root.problem_at(id, "wanted an id like S-104 (published) or A-021 (assumed by us).");
        if (!row.must_be_map()) continue;
        Source s;
        s.id = id;
        s.what = row.need("what").text();
        s.where = row.maybe("where").text_or("");
        s.address = row.maybe("address").text_or("");
        s.note = row.maybe("note").text_or("");
        s.read = row.maybe("read").text_or("");
        s.why = row.maybe("why").text_or("");
        s.would_settle_it = row.maybe("would_settle_it").text_or("");
        s.used_by = row.maybe("used_by").texts();
        if (s.is_assumption() ? s.why.empty() : s.where.empty()) row.problem(s.is_assumption() ? "an assumption needs its reason: why." : "a published source needs its place: where.");
        out.sources.emplace(id, std::move(s));
    }
    document.finish();
    return out;
}

namespace {

int words_in(std::string_view text) {
    int words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n';
        words += !blank && !inside ? 1 : 0;
        inside = !blank;
    }
    return words;
}

}  // namespace

void check_sources(const SourceRegister& sources, const std::vector<SourceUse>& uses, Problems& problems) {
    std::vector<std::string> ids;
    for (const auto& [id, source] : sources.sources) ids.push_back(id);
    std::set<std::string> told;
    for (const SourceUse& use : uses) {
        if (use.id.empty() || sources.find(use.id) || !told.insert(use.file + "\n" + use.id).second) continue;
        if (use.id.starts_with("own:")) {
            if (words_in(use.id.substr(4)) < 3)
                problems.add(use.file, use.line, use.where, "a number of your own needs its reason beside it, in three words or more: source: own, reason: \"...\"");
            continue;
        }
        if (!is_source_id(use.id)) {
            problems.add(use.file, use.line, use.where, "found \"" + use.id + "\", wanted an id of the register: S-nnn (published) or A-nnn (assumed by us), or own with a reason.");
            continue;
        }
        const std::string near = nearest(use.id, ids);
        problems.add(use.file, use.line, use.where, use.id + " does not stand in scenarios/sources.yaml. Add it there with what and " + (use.id[0] == 'A' ? "why" : "where") + "." + (near.empty() ? "" : " Nearest: " + near));
    }
}

}  // namespace tresse::scenario
