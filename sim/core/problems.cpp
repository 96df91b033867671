#include "tresse/core/problems.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

namespace tresse {

namespace {

constexpr std::size_t page_width = 100;
constexpr std::size_t message_column = 36;

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u;
}

/// Width in letters, not bytes.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

std::string spaces(std::size_t count) {
    return std::string(count, ' ');
}

/// Lines of a message no wider than `room`. The author's own line breaks and indents stay; a word longer than the room
/// stands alone.
std::vector<std::string> wrapped(std::string_view message, std::size_t room) {
    std::vector<std::string> out;
    while (true) {
        const std::size_t end = message.find('\n');
        std::string_view line = message.substr(0, end);
        const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
        std::string current = spaces(indent);
        bool empty = true;
        for (line.remove_prefix(indent); !line.empty();) {
            const std::string_view word = line.substr(0, line.find(' '));
            line.remove_prefix(std::min(word.size() + 1, line.size()));
            if (!empty && width(current) + 1 + width(word) > room) {
                out.push_back(std::exchange(current, spaces(indent)));
                empty = true;
            }
            if (!empty)
                current += ' ';
            current += word;
            empty = false;
        }
        if (empty)
            current.clear();
        out.push_back(std::move(current));
        if (end == std::string_view::npos)
            return out;
        message.remove_prefix(end + 1);
    }
}

/// Puts `head` and then the message, all of whose lines start at `column`.
void put(std::string& out, std::string head, std::size_t column, std::string_view message) {
    if (width(head) + 2 > column) {
        out += head + '\n';
        head.clear();
    }
    head += spaces(column - width(head));
    for (const std::string& line : wrapped(message, page_width - column)) {
        std::string full = head + line;
        while (!full.empty() && full.back() == ' ')
            full.pop_back();
        out += full + '\n';
        head = spaces(column);
    }
}

std::string counted(std::size_t count, std::string_view thing) {
    return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

/// All of one file: heading, problems, remarks. Shape: `of_file` holds one file's problems, in their final order.
void put_file(std::string& out, std::span<const Problem* const> of_file) {
    const auto notes = static_cast<std::size_t>(
        std::count_if(of_file.begin(), of_file.end(), [](const Problem* p) { return p->note; }));
    const std::size_t wrong = of_file.size() - notes;
    int last_line = 0;
    for (const Problem* p : of_file)
        last_line = std::max(last_line, p->line);
    const std::size_t digits = std::max<std::size_t>(2, std::to_string(last_line).size());
    const std::size_t indent = 9 + digits;  // "  line 12  "

    const std::string& file = of_file.front()->file;
    out += fmt::format("{} has {}.{}\n\n", file.empty() ? "The input" : file,
                       wrong > 0 ? counted(wrong, "problem") : counted(notes, "note"),
                       wrong > 0 ? " Nothing was run, nothing was written." : "");
    for (const Problem* p : of_file) {
        if (p->note) {
            std::string place = p->line > 0 ? fmt::format("line {}", p->line) : "";
            if (!p->where.empty())
                place += (place.empty() ? "" : ", ") + p->where;
            put(out, "  note", indent, place.empty() ? p->message : place + ": " + p->message);
        } else {
            const std::string line = p->line > 0 ? fmt::format("  line {:>{}}", p->line, digits) : "  file";
            const std::string head = p->where.empty() ? line : line + spaces(indent - line.size()) + p->where;
            put(out, head, std::max(message_column, indent + 2), p->message);
        }
    }
}

/// The letter without case and accent, as one or two plain letters. Missing: empty for an accent that stands alone.
std::u32string folded_letter(char32_t c) {
    if (c >= U'A' && c <= U'Z')
        return {c + 32};
    if (c >= 0x300 && c <= 0x36f)
        return {};
    switch (c) {
    case 0xc6:
    case 0xe6:
        return U"ae";
    case 0xdf:
        return U"ss";
    case 0x132:
    case 0x133:
        return U"ij";
    case 0x152:
    case 0x153:
        return U"oe";
    case 0x178:
    case 0xff:
        return U"y";
    default:
        break;
    }
    // Latin-1 from 0xc0: capital letters, then the same 32 places further the small ones. '*' is a sign or has no plain
    // letter.
    static constexpr char plain[] = "aaaaaa*ceeeeiiii*nooooo*ouuuuy**";
    if (c >= 0xc0 && c <= 0xfe) {
        const char letter = plain[(c - 0xc0) % 32];
        if (letter != '*')
            return {static_cast<char32_t>(letter)};
        return {c < 0xe0 && c != 0xd7 ? c + 32 : c};
    }
    return {c};
}

/// Bytes that are no UTF-8 pass as they are: a name in a foreign encoding still finds its neighbour.
std::u32string folded(std::string_view text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
        bool whole = more > 0 && i + more < text.size();
        char32_t c = whole ? lead & (0x3fu >> more) : lead;
        for (std::size_t k = 1; whole && k <= more; ++k) {
            whole = is_continuation(text[i + k]);
            c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3fu);
        }
        out += folded_letter(whole ? c : lead);
        i += whole ? more + 1 : 1;
    }
    return out;
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
std::size_t distance(const std::u32string& a, const std::u32string& b) {
    std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), current(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                current[j] = std::min(current[j], before_last[j - 2] + 1);
        }
        before_last.swap(last);
        last.swap(current);
    }
    return last[b.size()];
}

}  // namespace

std::size_t Problems::count() const {
    return static_cast<std::size_t>(
        std::count_if(list_.begin(), list_.end(), [](const Problem& p) { return !p.note; }));
}

bool Problems::any() const {
    return count() > 0;
}

std::string Problems::text() const {
    std::vector<const Problem*> order;
    order.reserve(list_.size());
    for (const Problem& p : list_)
        order.push_back(&p);
    std::sort(order.begin(), order.end(), [](const Problem* a, const Problem* b) {
        if (a->file != b->file)
            return a->file < b->file;
        if (a->note != b->note)
            return b->note;
        if (a->line != b->line)
            return a->line < b->line;
        return a < b;  // both stand in list_: in the order in which they were found
    });
    std::string out;
    for (auto from = order.begin(); from != order.end();) {
        const auto to = std::find_if(from, order.end(), [&](const Problem* p) { return p->file != (*from)->file; });
        if (!out.empty())
            out += '\n';
        put_file(out, std::span<const Problem* const>(from, to));
        from = to;
    }
    return out;
}

BadInput::BadInput(Problems problems) : std::runtime_error(problems.text()), problems_(std::move(problems)) {}

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
    const std::u32string wanted = folded(word);
    const std::string* best = nullptr;
    std::size_t best_distance = wanted.size() / 3 + 1;
    for (const std::string& candidate : candidates) {
        const std::u32string other = folded(candidate);
        const std::size_t gap =
            other.size() > wanted.size() ? other.size() - wanted.size() : wanted.size() - other.size();
        if (gap >= best_distance)
            continue;
        if (const std::size_t d = distance(wanted, other); d < best_distance) {
            best = &candidate;
            best_distance = d;
        }
    }
    return best == nullptr ? std::string() : *best;
}

}  // namespace tresse
