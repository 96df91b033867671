#include <algorithm>
#include <utility>

#include "node_table.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"

namespace tresse::scenario {

namespace {

/// "arms[1].label" as arms, 1, label. An empty list when the text is no dotted key.
struct Step {
    std::string key;      ///< empty: `number` counts
    std::size_t number = 0;
};

std::vector<Step> steps_of(std::string_view text) {
    std::vector<Step> out;
    while (!text.empty()) {
        if (text.front() == '[') {
            const std::size_t end = text.find(']');
            long long number = 0;
            if (end == std::string_view::npos || !parse_whole(text.substr(1, end - 1), number) || number < 0) return {};
            out.push_back({"", static_cast<std::size_t>(number)});
            text.remove_prefix(end + 1);
        } else {
            const std::size_t end = std::min(text.find_first_of(".["), text.size());
            if (end == 0) return {};
            out.push_back({std::string(text.substr(0, end)), 0});
            text.remove_prefix(end);
        }
        if (!text.empty() && text.front() == '.') {
            text.remove_prefix(1);
            if (text.empty()) return {};
        }
    }
    return out;
}

std::string scalar_at(const Document::Impl& impl, const RawNode& map, std::string_view key) {
    const int k = map.find(key);
    return k < 0 ? "" : impl.nodes[map.children[static_cast<std::size_t>(k)]].scalar;
}

/// Row of the entry of a list that is meant by a number or by its `id` or `use`; -1 when none.
int entry_of(const Document::Impl& impl, const RawNode& list, const Step& step) {
    if (step.key.empty()) return step.number < list.children.size() ? static_cast<int>(step.number) : -1;
    for (std::size_t i = 0; i < list.children.size(); ++i) {
        const RawNode& entry = impl.nodes[list.children[i]];
        if (entry.kind == RawKind::map && (scalar_at(impl, entry, "id") == step.key || scalar_at(impl, entry, "use") == step.key)) return static_cast<int>(i);
    }
    return -1;
}

/// The author's reason beside `source: own`.
std::string reason_in(const Document::Impl& impl, const RawNode& raw) {
    for (std::size_t i = 0; i < raw.children.size(); ++i)
        if (raw.keys[i].name == "reason") return impl.nodes[raw.children[i]].scalar;
    return "";
}

void collect_sources(const Document::Impl& impl, std::size_t row, const std::string& path, std::vector<SourceUse>& out) {
    const RawNode& raw = impl.nodes[row];
    for (std::size_t i = 0; i < raw.children.size(); ++i) {
        const RawNode& next = impl.nodes[raw.children[i]];
        const std::string where = raw.kind == RawKind::list ? path + "[" + std::to_string(i) + "]" : path.empty() ? raw.keys[i].name : path + "." + raw.keys[i].name;
        if (raw.kind == RawKind::map && (raw.keys[i].name == "source" || raw.keys[i].name == "sources")) {
            if (next.kind == RawKind::scalar) out.push_back({next.scalar == "own" ? "own: " + reason_in(impl, raw) : next.scalar, where, impl.name, next.line});
            for (const std::uint32_t c : next.children)
                if (impl.nodes[c].kind == RawKind::scalar) out.push_back({impl.nodes[c].scalar, where, impl.name, impl.nodes[c].line});
        } else {
            collect_sources(impl, raw.children[i], where, out);
        }
    }
}

constexpr int most_unknown = 20;   ///< unknown keys named one by one in a place

void report_unknown(Document::Impl& impl, std::size_t row, const std::string& path) {
    const RawNode& raw = impl.nodes[row];
    int unknown = 0;
    for (std::size_t i = 0; i < raw.children.size(); ++i) {
        const std::string where = raw.kind == RawKind::list ? path + "[" + std::to_string(i) + "]" : path.empty() ? raw.keys[i].name : path + "." + raw.keys[i].name;
        if (raw.kind == RawKind::map && !raw.wanted.empty() && !raw.keys[i].known) {
            if (++unknown > most_unknown) continue;
            const std::string near = nearest(raw.keys[i].name, raw.wanted);
            std::string all;
            for (const std::string& w : raw.wanted) all += (all.empty() ? "" : ", ") + w;
            impl.problem(raw.keys[i].line, where, near.empty() ? "unknown key. Known here: " + all : "unknown key. Nearest: " + near);
            continue;
        }
        report_unknown(impl, raw.children[i], where);
    }
    if (unknown > most_unknown) impl.problem(raw.line, path, "and " + std::to_string(unknown - most_unknown) + " more unknown keys here.");
}

}  // namespace

int RawNode::find(std::string_view key) const {
    constexpr std::size_t few = 32;
    if (keys.size() <= few) {
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (keys[i].name == key) return static_cast<int>(i);
        return -1;
    }
    if (order.size() != keys.size()) {
        order.resize(keys.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
        std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) { return keys[a].name < keys[b].name; });   // names are unique
    }
    const auto at = std::lower_bound(order.begin(), order.end(), key, [this](std::uint32_t a, std::string_view k) { return keys[a].name < k; });
    return at != order.end() && keys[*at].name == key ? static_cast<int>(*at) : -1;
}

Document::Document(const std::string& path, std::string_view kind, Problems& problems) : impl_(std::make_unique<Impl>()) {
    impl_->name = path;
    impl_->problems = &problems;
    impl_->nodes.resize(1);
    std::string bytes;
    try {
        bytes = read_file(path, most_file_bytes);
    } catch (const BadInput& bad) {
        for (const Problem& p : bad.problems().list()) problems.add(p);
        return;
    }
    open(bytes, kind);
}

Document::Document(std::string_view text, const std::string& name, std::string_view kind, Problems& problems) : impl_(std::make_unique<Impl>()) {
    impl_->name = name;
    impl_->problems = &problems;
    impl_->nodes.resize(1);
    if (text.empty()) impl_->problem(0, "", "the file is empty.");
    else if (text.size() > most_file_bytes) impl_->problem(0, "", "the text is larger than " + std::to_string(most_file_bytes) + " bytes, the most that is read here.");
    else open(text, kind);
}

Document::~Document() = default;

void Document::open(std::string_view text, std::string_view kind) {
    impl_->hash = hash_text(text);
    if (!text_is_clean(text, *impl_)) return;
    const std::size_t before = impl_->problems->count();
    impl_->root = parse_yaml(text, *impl_);
    impl_->parsed = impl_->root != 0;
    if (!impl_->parsed || impl_->nodes[impl_->root].kind == RawKind::null) {
        impl_->parsed = false;
        if (impl_->problems->count() == before) impl_->problem(0, "", "the file holds nothing but comments.");
        return;
    }
    Node top = root();
    if (!top.is_map()) {
        top.problem("found " + top.shown() + ", wanted a map that starts with format: 1 and kind.");
        return;
    }
    const RawNode& raw = impl_->nodes[impl_->root];
    const std::string id = scalar_at(*impl_, raw, "id"), own_kind = scalar_at(*impl_, raw, "kind");
    impl_->prefix = id.empty() ? own_kind : own_kind + "." + id;
    bool right = true;
    const Node format = top.need("format");
    if (format.present() && format.shown() != "1") {
        format.problem("found " + format.shown() + ", wanted 1, the only format there is.");
        right = false;
    }
    const Node stated = top.need("kind");
    if (!kind.empty() && stated.present() && stated.text() != kind) {
        stated.problem("found " + stated.shown() + ", wanted " + std::string(kind) + ". Is this the right file?");
        right = false;
    }
    impl_->usable = right;
}

bool Document::usable() const { return impl_->usable; }
const std::string& Document::name() const { return impl_->name; }
std::uint64_t Document::hash() const { return impl_->hash; }
const std::string& Document::draw_prefix() const { return impl_->prefix; }

Node Document::root() {
    Node out;
    if (!impl_->parsed) return out;
    out.document_ = this;
    out.index_ = impl_->root;
    return out;
}

void Document::set(std::string_view dotted_key, std::string_view text) {
    if (!impl_->usable) return;
    const std::string label = "--set " + std::string(dotted_key);
    const std::vector<Step> steps = steps_of(dotted_key);
    if (steps.empty()) return impl_->problem(0, label, "this is no dotted key like runs.replicates or arms[1].label.");
    const std::string lines(text);
    if (!text_is_clean(lines, *impl_)) return;
    std::size_t value = parse_yaml(lines, *impl_);
    if (value == 0) return impl_->problem(0, label, "found \"" + lines + "\", wanted a value.");
    std::size_t row = impl_->root;
    for (std::size_t s = 0; s < steps.size(); ++s) {
        const bool last = s + 1 == steps.size();
        if (impl_->nodes[row].kind == RawKind::null && steps[s].key.empty()) impl_->nodes[row].kind = RawKind::list;
        if (impl_->nodes[row].kind == RawKind::list) {
            const int i = entry_of(*impl_, impl_->nodes[row], steps[s]);
            if (last && steps[s].key.empty() && steps[s].number == impl_->nodes[row].children.size()) return impl_->nodes[row].children.push_back(static_cast<std::uint32_t>(value));
            if (i < 0) return impl_->problem(0, label, "there is no entry " + (steps[s].key.empty() ? std::to_string(steps[s].number) : "\"" + steps[s].key + "\"") + " in this list.");
            if (last) impl_->nodes[row].children[static_cast<std::size_t>(i)] = static_cast<std::uint32_t>(value);
            row = impl_->nodes[row].children[static_cast<std::size_t>(i)];
            continue;
        }
        if (impl_->nodes[row].kind == RawKind::null) impl_->nodes[row].kind = RawKind::map;
        if (impl_->nodes[row].kind != RawKind::map || steps[s].key.empty()) return impl_->problem(0, label, "the way to \"" + (steps[s].key.empty() ? "[" + std::to_string(steps[s].number) + "]" : steps[s].key) + "\" ends before it.");
        int k = impl_->nodes[row].find(steps[s].key);
        if (k < 0) {
            impl_->nodes.emplace_back();
            impl_->nodes[row].keys.push_back({steps[s].key, 0, false});
            impl_->nodes[row].children.push_back(static_cast<std::uint32_t>(impl_->nodes.size() - 1));
            k = static_cast<int>(impl_->nodes[row].keys.size()) - 1;
        }
        if (last) impl_->nodes[row].children[static_cast<std::size_t>(k)] = static_cast<std::uint32_t>(value);
        row = impl_->nodes[row].children[static_cast<std::size_t>(k)];
    }
}

std::vector<SourceUse> Document::sources() const {
    std::vector<SourceUse> out;
    if (impl_->parsed) collect_sources(*impl_, impl_->root, "", out);
    return out;
}

void Document::finish() {
    if (impl_->usable) report_unknown(*impl_, impl_->root, "");
}

}  // namespace tresse::scenario
