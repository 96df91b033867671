#include "tresse/core/text/layout.hpp"

namespace tresse::text {

namespace {

bool starts_letter(char c) {
    return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u;
}

/// Accents that sit on the letter before (U+0300 to U+036F) begin with 0xCC or 0xCD.
bool is_lone_accent(std::string_view text, std::size_t i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead == 0xcc)
        return true;
    return lead == 0xcd && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xb0;
}

}  // namespace

std::size_t width(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (starts_letter(text[i]) && !is_lone_accent(text, i))
            ++columns;
    return columns;
}

std::string pad_right(std::string_view text, std::size_t columns) {
    const std::size_t taken = width(text);
    return std::string(text) + std::string(taken < columns ? columns - taken : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t columns) {
    const std::size_t taken = width(text);
    return std::string(taken < columns ? columns - taken : 0, ' ') + std::string(text);
}

std::string shorten(std::string_view text, std::size_t columns) {
    if (width(text) <= columns)
        return std::string(text);
    const std::size_t room = columns > 3 ? columns - 3 : 0;
    std::size_t taken = 0, i = 0;
    for (; i < text.size(); ++i) {
        if (starts_letter(text[i]) && !is_lone_accent(text, i) && ++taken > room)
            break;
    }
    while (i > 0 && text[i - 1] == ' ')
        --i;
    return std::string(text.substr(0, i)) + std::string(columns < 3 ? columns : 3, '.');
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines;
    while (true) {
        const std::size_t end = text.find('\n');
        std::string_view paragraph = text.substr(0, end);
        std::string line;
        while (!paragraph.empty()) {
            const std::string_view word = paragraph.substr(0, paragraph.find(' '));
            paragraph.remove_prefix(word.size() < paragraph.size() ? word.size() + 1 : word.size());
            if (word.empty())
                continue;
            if (!line.empty() && width(line) + 1 + width(word) > columns) {
                lines.push_back(line);
                line.clear();
            }
            line += (line.empty() ? "" : " ") + std::string(word);
        }
        lines.push_back(line);
        if (end == std::string_view::npos)
            return lines;
        text.remove_prefix(end + 1);
    }
}

std::string hanging(std::string_view head, std::size_t indent, std::string_view text, std::size_t columns) {
    std::string out;
    std::string start = pad_right(head, indent);
    for (const std::string& line : wrap(text, columns - indent)) {
        std::string full = start + line;
        while (full.ends_with(' '))
            full.pop_back();
        out += full + "\n";
        start = std::string(indent, ' ');
    }
    return out;
}

}  // namespace tresse::text
