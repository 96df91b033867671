#include "library_reader.hpp"
#include "tresse/core/csv.hpp"

namespace tresse::scenario {

Uncertain read_one(const Node& node, double low, double high, Law law) { return node.uncertain(low, high, law); }

std::vector<Uncertain> read_list(const Node& node, double low, double high, Law law, std::size_t wanted) {
    std::vector<Uncertain> out = node.uncertain_list(low, high, law);
    if (node.present() && out.size() != wanted)
        node.problem("found a list of " + std::to_string(out.size()) + ", wanted " + std::to_string(wanted) + (wanted == 1 ? " number." : " numbers."));
    out.resize(wanted);
    for (Uncertain& u : out) u.key = node.draw_key();
    return out;
}

namespace {

Node follow(const Node& map, std::string_view key, bool needed) {
    Node at = map;
    while (!key.empty()) {
        const std::size_t dot = key.find('.');
        const std::string_view word = key.substr(0, dot);
        at = needed ? at.need(word) : at.maybe(word);
        key = dot == std::string_view::npos ? std::string_view() : key.substr(dot + 1);
    }
    return at;
}

}  // namespace

void read_numbers(const Node& map, std::span<const Field> fields, std::size_t stages, const std::string& prefix, Numbers& out) {
    for (const Field& f : fields) {
        const Node node = follow(map, f.key, f.needed);
        if (!node.present()) continue;
        if (f.shape == single) {
            out.add(prefix + f.key, {read_one(node, f.low, f.high, f.law)});
        } else {
            const std::size_t wanted = f.shape == by_stage ? stages : static_cast<std::size_t>(f.shape);
            out.add(prefix + f.key, read_list(node, f.low, f.high, f.law, wanted));
        }
    }
}

}  // namespace tresse::scenario
