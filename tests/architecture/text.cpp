#include "rules.hpp"

namespace architecture {

namespace {

/// Length of the raw string that starts at the quote `at`, quotes included.
std::size_t raw_string_length(std::string_view text, std::size_t at) {
    const std::size_t open = text.find('(', at);
    if (open == std::string_view::npos)
        return text.size() - at;
    std::string close = ")";
    close += text.substr(at + 1, open - at - 1);
    close += '"';
    const std::size_t end = text.find(close, open);
    return end == std::string_view::npos ? text.size() - at : end + close.size() - at;
}

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

std::string without_comments(std::string_view text, bool blank_strings) {
    std::string out(text);
    const auto blank = [&](std::size_t from, std::size_t to) {
        for (std::size_t k = from; k < to && k < out.size(); ++k)
            if (out[k] != '\n')
                out[k] = ' ';
    };
    std::size_t i = 0;
    while (i < text.size()) {
        const char c = text[i];
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        std::size_t end = i + 1;
        if (c == '/' && next == '/') {
            end = text.find('\n', i);
            end = end == std::string_view::npos ? text.size() : end;
            blank(i, end);
        } else if (c == '/' && next == '*') {
            end = text.find("*/", i + 2);
            end = end == std::string_view::npos ? text.size() : end + 2;
            blank(i, end);
        } else if (c == '"' && i > 0 && text[i - 1] == 'R') {
            end = i + raw_string_length(text, i);
            if (blank_strings)
                blank(i + 1, end - 1);
        } else if (c == '"' || (c == '\'' && (i == 0 || !is_word(text[i - 1])))) {  // 1'000 is no character
            while (end < text.size() && text[end] != c && text[end] != '\n')
                end += text[end] == '\\' ? 2 : 1;
            if (blank_strings)
                blank(i + 1, end);
            ++end;
        }
        i = end;
    }
    return out;
}

}  // namespace architecture
