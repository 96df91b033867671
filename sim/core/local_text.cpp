#include "tresse/core/local_text.hpp"

namespace tresse {

bool parse_lang(std::string_view code, Lang& out) {
    for (int i = 0; i < lang_count; ++i)
        if (code == lang_code(static_cast<Lang>(i))) {
            out = static_cast<Lang>(i);
            return true;
        }
    return false;
}

std::string_view lang_code(Lang lang) {
    constexpr std::string_view codes[lang_count] = {"en", "fr", "nl", "de"};
    return codes[static_cast<int>(lang)];
}

}  // namespace tresse
