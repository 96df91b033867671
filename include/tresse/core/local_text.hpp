#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tresse {

enum class Lang : std::uint8_t { en, fr, nl, de };
inline constexpr int lang_count = 4;

/// A text of a scenario file in up to four languages.
struct LocalText {
    std::string text[lang_count];

    LocalText() = default;
    explicit LocalText(std::string english) { text[0] = std::move(english); }
    /// The text in `lang`; English, then any other, when it is missing.
    const std::string& in(Lang lang) const {
        if (!text[static_cast<int>(lang)].empty()) return text[static_cast<int>(lang)];
        for (const auto& t : text)
            if (!t.empty()) return t;
        return text[0];
    }
    std::string& operator[](Lang lang) { return text[static_cast<int>(lang)]; }
    bool empty() const { return text[0].empty() && text[1].empty() && text[2].empty() && text[3].empty(); }
};

/// "fr" etc. Returns false for a code that is none of the four.
bool parse_lang(std::string_view code, Lang& out);
std::string_view lang_code(Lang lang);

}  // namespace tresse
