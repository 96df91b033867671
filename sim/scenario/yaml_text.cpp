#include <algorithm>
#include <istream>
#include <map>
#include <new>
#include <streambuf>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "node_table.hpp"

namespace tresse::scenario {

namespace {

/// Ends the parse: a problem was added already.
struct Refused {};

/// Reads from a text that already stands in memory.
class TextBuffer : public std::streambuf {
public:
    explicit TextBuffer(std::string_view text) {
        char* begin = const_cast<char*>(text.data());
        setg(begin, begin, begin + text.size());
    }
};

int line_of(const YAML::Mark& mark) { return mark.line + 1; }

/// Builds the table from the parser's events; never expands more than the limits allow.
class TableMaker : public YAML::EventHandler {
public:
    explicit TableMaker(Document::Impl& out) : out_(out) {}

    std::size_t top() const { return top_; }
    bool saw_document() const { return saw_document_; }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (saw_document_) refuse(line_of(mark), "a second document starts here (\"---\"); wanted one document a file.");
        saw_document_ = true;
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { leaf(mark, anchor, RawKind::null, false, {}); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
        leaf(mark, anchor, RawKind::scalar, tag != "?", value);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto found = anchors_.find(anchor);
        if (found == anchors_.end() || is_open(found->second)) refuse(line_of(mark), "an alias that stands inside what it names; the file would never end.");
        const std::size_t copied = copy(found->second, line_of(mark), static_cast<int>(open_.size()));
        place(copied, line_of(mark));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override { open(mark, anchor, RawKind::list); }
    void OnSequenceEnd() override { open_.pop_back(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override { open(mark, anchor, RawKind::map); }
    void OnMapEnd() override { open_.pop_back(); }

private:
    struct Open {
        std::size_t row = 0;
        bool waits_for_value = false;
        bool drops_value = false;   ///< of a key that stood there already
    };

    [[noreturn]] void refuse(int line, std::string message) {
        out_.problem(line, "", std::move(message));
        throw Refused{};
    }

    bool is_open(std::size_t row) const {
        return std::any_of(open_.begin(), open_.end(), [row](const Open& o) { return o.row == row; });
    }

    std::size_t add(int line, RawKind kind, bool quoted, std::string value) {
        if (out_.nodes.size() > most_nodes) refuse(line, "more than 200,000 values (aliases counted as often as they are used); that is no file for this tool.");
        RawNode node;
        node.kind = kind;
        node.quoted = quoted;
        node.line = line;
        node.scalar = std::move(value);
        out_.nodes.push_back(std::move(node));
        return out_.nodes.size() - 1;
    }

    std::size_t copy(std::size_t from, int line, int depth) {
        if (depth > most_depth) refuse(line, "nested deeper than 64 levels.");
        RawNode node = out_.nodes[from];
        const std::size_t row = add(line, node.kind, node.quoted, node.scalar);
        for (std::uint32_t& c : node.children) c = static_cast<std::uint32_t>(copy(c, line, depth + 1));
        out_.nodes[row].keys = std::move(node.keys);
        out_.nodes[row].children = std::move(node.children);
        return row;
    }

    void leaf(const YAML::Mark& mark, YAML::anchor_t anchor, RawKind kind, bool quoted, std::string value) {
        const std::size_t row = add(line_of(mark), kind, quoted, std::move(value));
        if (anchor != 0) anchors_[anchor] = row;
        place(row, line_of(mark));
    }

    void open(const YAML::Mark& mark, YAML::anchor_t anchor, RawKind kind) {
        if (open_.size() >= static_cast<std::size_t>(most_depth)) refuse(line_of(mark), "nested deeper than 64 levels.");
        const std::size_t row = add(line_of(mark), kind, false, {});
        if (anchor != 0) anchors_[anchor] = row;
        place(row, line_of(mark));
        open_.push_back({row, false, false});
    }

    /// Hands a finished or opened value to what it stands in.
    void place(std::size_t row, int line) {
        if (open_.empty()) {
            top_ = row;
            return;
        }
        Open& outer = open_.back();
        RawNode& parent = out_.nodes[outer.row];
        if (parent.kind == RawKind::list) {
            parent.children.push_back(static_cast<std::uint32_t>(row));
        } else if (!outer.waits_for_value) {
            key(outer, parent, out_.nodes[row], line);
        } else {
            if (!outer.drops_value) parent.children.push_back(static_cast<std::uint32_t>(row));
            outer.waits_for_value = outer.drops_value = false;
        }
    }

    void key(Open& outer, RawNode& parent, const RawNode& name, int line) {
        if (name.kind != RawKind::scalar) refuse(line, "a key that is no word (found a list, a map or nothing before the colon).");
        if (name.scalar.size() > 200) refuse(line, "a key of more than 200 letters.");
        if (!names_[outer.row].emplace(name.scalar, line).second) {
            out_.problem(line, name.scalar, "this key stands twice in the same place, first on line " + std::to_string(names_[outer.row][name.scalar]) + ". Keep one.");
            outer.drops_value = true;
            if (++doubled_ > most_doubled) refuse(line, "more keys that stand twice; the rest of the file was not read.");
        } else {
            parent.keys.push_back({name.scalar, line, false});
        }
        outer.waits_for_value = true;
    }

    Document::Impl& out_;
    std::size_t top_ = 0;
    bool saw_document_ = false;
    int doubled_ = 0;
    static constexpr int most_doubled = 20;   ///< named one by one
    std::vector<Open> open_;
    std::map<YAML::anchor_t, std::size_t> anchors_;
    std::map<std::size_t, std::map<std::string, int>> names_;   ///< keys of every map with their lines
};

/// Length of a UTF-8 sequence at `i`, 0 when there is none.
std::size_t utf8_length(std::string_view text, std::size_t i) {
    const auto byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0u; };
    const unsigned lead = byte(i);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    for (std::size_t k = 1; k < length; ++k)
        if ((byte(i + k) & 0xc0u) != 0x80u) return 0;
    if ((lead == 0xe0 && byte(i + 1) < 0xa0) || (lead == 0xed && byte(i + 1) > 0x9f) || (lead == 0xf0 && byte(i + 1) < 0x90) || (lead == 0xf4 && byte(i + 1) > 0x8f)) return 0;
    return length;
}

constexpr int most_named = 20;   ///< wrong lines named one by one

}  // namespace

bool text_is_clean(std::string_view text, Document::Impl& out) {
    int line = 1, wrong = 0;
    bool indent = true, told = false;
    const auto complain = [&](const char* message) {
        if (!told && ++wrong <= most_named) out.problem(line, "", message);
        told = true;
    };
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        const std::size_t length = utf8_length(text, i);
        if (length == 0) complain("a byte that is not UTF-8. Save the file as UTF-8.");
        else if (c == '\t' && indent) complain("a tab before the text. YAML indents with spaces only; replace it by spaces.");
        else if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f) complain("a control character that no text editor shows. Remove it.");
        if (c != ' ' && c != '\t') indent = false;
        if (c == '\n') ++line, indent = true, told = false;
        i += std::max<std::size_t>(length, 1);
    }
    if (wrong > most_named) out.problem(0, "", "and " + std::to_string(wrong - most_named) + " more lines of this kind.");
    return wrong == 0;
}

std::size_t parse_yaml(std::string_view text, Document::Impl& out) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    TextBuffer buffer(text);
    std::istream stream(&buffer);
    TableMaker maker(out);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(maker)) {
        }
        return maker.saw_document() ? maker.top() : 0;
    } catch (const Refused&) {
    } catch (const YAML::Exception& e) {
        out.problem(e.mark.is_null() ? 0 : line_of(e.mark), "", "this is no valid YAML: " + e.msg + ". A look at the indentation, a missing colon, quote or bracket helps most often.");
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& e) {
        out.problem(0, "", std::string("this is no valid YAML: ") + e.what());
    }
    return 0;
}

}  // namespace tresse::scenario
