#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/problems.hpp"
#include "tresse/scenario/reader.hpp"

/// The parsed file as a flat table, between the YAML library (yaml_text.cpp) and the readers (reader.cpp).
namespace tresse::scenario {

enum class RawKind : std::uint8_t { null, scalar, list, map };

struct RawKey {
    std::string name;
    int line = 0;
    bool known = false;
};

struct RawNode {
    RawKind kind = RawKind::null;
    bool quoted = false;
    int line = 0;
    std::string scalar;
    std::vector<RawKey> keys;                ///< of a map, beside `children`
    std::vector<std::uint32_t> children;
    std::vector<std::string> wanted;         ///< keys that readers asked for
    mutable std::vector<std::uint32_t> order;///< of the keys by name, made when a large map is first searched

    int find(std::string_view key) const;    ///< index of the key, or -1
};

struct Document::Impl {
    std::string name, prefix;
    Problems* problems = nullptr;
    std::vector<RawNode> nodes;              ///< row 0 is an absent node, row `root` the file
    std::size_t root = 0;
    std::uint64_t hash = 0;
    bool parsed = false, usable = false;

    void problem(int line, std::string where, std::string message) { problems->add(name, line, std::move(where), std::move(message)); }
};

inline constexpr std::size_t most_file_bytes = 8u << 20;
inline constexpr std::size_t most_nodes = 200000;
inline constexpr int most_depth = 64;

/// Text that YAML cannot hold or that we refuse: not UTF-8, control signs, tabs that indent. Adds problems; true when the text is clean.
bool text_is_clean(std::string_view text, Document::Impl& out);

/// Parses the text and appends its nodes to the table; answers the row of the top node, 0 when it failed (problems were added).
std::size_t parse_yaml(std::string_view text, Document::Impl& out);

/// The scalar as YAML that reads back to the same text: plain where that is safe, else in double quotes.
std::string yaml_scalar(std::string_view text, bool is_text);

}  // namespace tresse::scenario
