#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/month.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/uncertain.hpp"
#include "tresse/scenario/source.hpp"

/// Reading YAML with the manners of the tool: every problem of a file at once, with line, key, found, wanted and nearest name; unknown keys are
/// errors; a tab, an alias bomb, a huge or empty file are named. yaml-cpp stays behind this header.
namespace tresse::scenario {

/// A key as the loader knows it, for scenarios/README.md: where, unit, range, default, meaning.
struct KeyDoc {
    std::string kind, path, unit, range, standard, meaning;
};

class Document;

/// A place in a YAML file. Cheap to copy; valid as long as its document. All readers add a problem and return a harmless value when the text is
/// wrong; on an absent node they return the harmless value alone, since whoever needed it has complained already.
class Node {
public:
    Node() = default;
    /// There, and not empty ("key:" alone and "~" count as absent).
    bool present() const;
    bool is_map() const;
    bool is_list() const;
    bool is_scalar() const;
    int line() const;
    const std::string& path() const { return path_; }

    /// A key of a map. Marks it as known; `need` adds a problem when it is missing, with the nearest key that is there.
    Node need(std::string_view key) const;
    Node maybe(std::string_view key) const;
    /// Adds a problem when this is present and no map (or list); for readers that would otherwise see an empty one.
    bool must_be_map() const;
    bool must_be_list() const;
    /// Entries of a list or map; a single value that stands where a list may stand counts as a list of one.
    std::size_t size() const;
    Node at(std::size_t i) const;
    /// Keys of a map in file order (marks all as known).
    std::vector<std::string> keys() const;
    /// Marks everything below as known: for parts that another reader owns.
    void ignore() const;

    std::string text() const;
    std::string text_or(std::string_view standard) const;
    /// The words of a list of plain values, or of one value.
    std::vector<std::string> texts() const;
    /// Bare number in [low, high].
    double number(double low, double high) const;
    double number_or(double standard, double low, double high) const;
    long long whole(long long low, long long high) const;
    long long whole_or(long long standard, long long low, long long high) const;
    bool flag_or(bool standard) const;
    Month month() const;
    /// One of a closed list of words; returns its index; a problem with the nearest word, and -1, otherwise.
    int word(const std::vector<std::string>& words) const;
    LocalText local_text() const;        ///< {en, fr, nl, de} or a bare text (English)
    /// {value, low, high, source} (and a free `note`): an estimate. A bare number is a problem ("needs its range and source") unless `bare_allowed`.
    /// The law becomes `fixed` when low equals high. A logit law needs its range inside (0, 1), a lognormal one above 0.
    Uncertain uncertain(double low_bound, double high_bound, Law law, bool bare_allowed = false) const;
    /// {value: [..], low: [..], high: [..], source}: low/high lists of the same length, or one number for all, or null (then: fixed at the value).
    std::vector<Uncertain> uncertain_list(double low_bound, double high_bound, Law law) const;
    /// The key of draws below this place: the document's prefix and the path, in which entries with an `id` go by it and not by their number.
    std::string draw_key() const;
    /// Adds a problem here; with `key`, at that key of this map.
    void problem(std::string message) const;
    void problem_at(std::string_view key, std::string message) const;
    void note(std::string message) const;
    /// The value as written, shortened, for "found ..." in messages.
    std::string shown() const;
    /// A text form of the subtree as block YAML that reads back to the same (for resolved files).
    std::string dump(int indent = 0) const;

private:
    friend class Document;
    Node child(std::string_view key, bool must) const;
    bool in_text(std::string_view wanted, std::string& out) const;
    bool in_number(std::string_view wanted, double low, double high, double& out) const;
    void check_range(Uncertain& u, Law law) const;

    Document* document_ = nullptr;
    std::size_t index_ = 0;              ///< of the parsed node table in the document
    std::string path_, id_path_;         ///< with numbers; with ids where entries have one
};

/// A file that was read and parsed. Problems collect in `problems`; `finish` adds those of unknown keys.
class Document {
public:
    /// Reads `path` (at most 8 MB, at most 200,000 nodes after aliases, depth 64) and checks `format: 1` and `kind` (when one is given).
    /// Problems are added, nothing is thrown for the author's mistakes.
    Document(const std::string& path, std::string_view kind, Problems& problems);
    Document(std::string_view text, const std::string& name, std::string_view kind, Problems& problems);
    ~Document();
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    /// It was parsed, and is a map with the right format and kind.
    bool usable() const;
    Node root();
    const std::string& name() const;
    /// Of the bytes as read; 0 when they could not be read.
    std::uint64_t hash() const;
    /// Replaces or adds the value at a dotted key ("runs.replicates", "arms[1].label", "arms.integrated.funding"); entries of lists by number or by
    /// their `id`; the number after the last one adds an entry. Adds a problem when the way to it is not there. `text` is read as YAML.
    void set(std::string_view dotted_key, std::string_view text);
    /// Every id under a `source` or `sources` of the file, in order.
    std::vector<SourceUse> sources() const;
    /// What stands before the path in keys of draws: "<kind>.<id>" when the root has an id, else the kind.
    const std::string& draw_prefix() const;
    /// Unknown keys become problems with the nearest known key beside them: of all maps that were asked for a key.
    void finish();

    struct Impl;
    Impl& impl() { return *impl_; }
    const Impl& impl() const { return *impl_; }

private:
    friend class Node;
    void open(std::string_view text, std::string_view kind);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tresse::scenario
