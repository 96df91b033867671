#include "thousands.hpp"

namespace tresse::scenario {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Takes quotes, spaces and a currency from both ends, and makes one mark of the spaces that offices write.
std::string bare(std::string_view text) {
    std::string out(text);
    for (const std::string_view space : {"\u00a0", "\u202f", "\u2009"})
        for (std::size_t at = out.find(space); at != std::string::npos; at = out.find(space))
            out.replace(at, space.size(), " ");
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view word : {" ", "\"", "\u20ac", "EUR", "euro", "Euro", "eur"}) {
            if (out.starts_with(word)) out.erase(0, word.size()), again = true;
            if (out.ends_with(word)) out.resize(out.size() - word.size()), again = true;
        }
    }
    return out;
}

}  // namespace

std::string without_thousands(std::string_view text) {
    const std::string word = bare(text);
    std::string digits;
    std::size_t at = 0;
    while (at < word.size() && digit(word[at])) digits += word[at++];
    if (digits.empty() || digits.size() > 3 || digits[0] == '0' || at >= word.size()) return "";
    const char mark = word[at];
    if (std::string_view(".,' ").find(mark) == std::string_view::npos) return "";
    std::size_t groups = 0;
    const auto group = [&] { return at + 3 < word.size() && word[at] == mark && digit(word[at + 1]) && digit(word[at + 2]) && digit(word[at + 3]); };
    for (; group(); at += 4, ++groups) digits += word.substr(at + 1, 3);
    if (groups == 0) return "";
    if (at == word.size()) return digits;
    const char point = word[at];
    if (point == mark || (point != '.' && point != ',')) return "";
    std::string cents = word.substr(at + 1);
    if (cents.empty() || cents.find_first_not_of("0123456789") != std::string::npos) return "";
    while (!cents.empty() && cents.back() == '0') cents.pop_back();
    return cents.empty() ? digits : digits + "." + cents;
}

}  // namespace tresse::scenario
