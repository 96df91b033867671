#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/local_text.hpp"

/// Every string that a user sees, in the language chosen. English is the language of the sources: a message is its own
/// key. The catalogues are part of the program, so it needs no files beside it and no locales of the system.
namespace tresse::text {

/// The language of everything printed from now on; English at the start. One for the whole program: set it before work
/// begins, or between two pages.
void set_language(Lang lang);
Lang language();

/// The message in the language chosen, or itself when the catalogue lacks it.
std::string tr(std::string_view message);
/// The same for a thing counted: "{n} post", "{n} posts".
std::string tr_n(std::string_view singular, std::string_view plural, long long n);
/// A text of a scenario file in the language chosen.
const std::string& tr(const LocalText& text);

/// Whether a language has a translation of its own for a message; English has all.
bool translated(Lang lang, std::string_view message);
/// The languages whose catalogues are inside the program, English not counted.
std::vector<Lang> catalogues();

/// Another language for the length of a block: a page for other readers than the screen's.
class LanguageScope {
public:
    explicit LanguageScope(Lang lang) : before_(language()) { set_language(lang); }
    ~LanguageScope() { set_language(before_); }
    LanguageScope(const LanguageScope&) = delete;
    LanguageScope& operator=(const LanguageScope&) = delete;

private:
    Lang before_;
};

}  // namespace tresse::text
