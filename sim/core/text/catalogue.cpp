#include "tresse/core/text/catalogue.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <locale>
#include <memory>
#include <string>

#include <boost/locale/gnu_gettext.hpp>

#include "catalogue_bytes.hpp"

namespace tresse::text {

namespace {

using Messages = boost::locale::message_format<char>;

std::atomic<int> chosen{0};

const CatalogueBytes* bytes_of(Lang lang) {
    for (std::size_t i = 0; i < catalogue_count; ++i)
        if (catalogue_bytes[i].language == lang_code(lang))
            return &catalogue_bytes[i];
    return nullptr;
}

/// One catalogue, read from the bytes in the program. A locale object keeps the facet alive.
struct Catalogue {
    std::locale keeper;
    const Messages* messages = nullptr;
};

Catalogue open(Lang lang) {
    Catalogue out;
    const CatalogueBytes* data = bytes_of(lang);
    if (!data)
        return out;
    boost::locale::gnu_gettext::messages_info info;
    info.language = data->language;
    info.encoding = "UTF-8";
    info.domains.emplace_back("tresse");
    info.paths.emplace_back("inside");
    info.callback = [data](const std::string&, const std::string&) {
        return std::vector<char>(data->bytes, data->bytes + data->size);
    };
    const Messages* messages = boost::locale::gnu_gettext::create_messages_facet<char>(info);
    out.keeper = std::locale(std::locale::classic(), const_cast<Messages*>(messages));
    out.messages = messages;
    return out;
}

const Messages* messages_of(Lang lang) {
    static const std::array<Catalogue, lang_count> all = [] {
        std::array<Catalogue, lang_count> made;
        for (int i = 1; i < lang_count; ++i)
            made[static_cast<std::size_t>(i)] = open(static_cast<Lang>(i));
        return made;
    }();
    return all[static_cast<std::size_t>(lang)].messages;
}

const char* look_up(Lang lang, std::string_view message) {
    const Messages* messages = messages_of(lang);
    return messages && !message.empty() ? messages->get(0, nullptr, std::string(message).c_str()) : nullptr;
}

}  // namespace

void set_language(Lang lang) {
    chosen.store(static_cast<int>(lang));
}

Lang language() {
    return static_cast<Lang>(chosen.load());
}

std::string tr(std::string_view message) {
    const char* found = look_up(language(), message);
    return found ? std::string(found) : std::string(message);
}

std::string tr_n(std::string_view singular, std::string_view plural, long long n) {
    const Messages* messages = messages_of(language());
    if (messages)
        if (const char* found =
                messages->get(0, nullptr, std::string(singular).c_str(), static_cast<int>(n > 1000000 ? 1000000 : n)))
            return found;
    return std::string(n == 1 ? singular : plural);
}

const std::string& tr(const LocalText& text) {
    return text.in(language());
}

bool translated(Lang lang, std::string_view message) {
    return lang == Lang::en || look_up(lang, message) != nullptr;
}

std::vector<Lang> catalogues() {
    std::vector<Lang> out;
    for (int i = 1; i < lang_count; ++i)
        if (bytes_of(static_cast<Lang>(i)))
            out.push_back(static_cast<Lang>(i));
    return out;
}

}  // namespace tresse::text
