#include "tresse/core/text/catalogue.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/file.hpp"

using namespace tresse;
using namespace tresse::text;

namespace {

namespace fs = std::filesystem;

/// The letter of a universal name, such as the 2192 of an arrow, in UTF-8.
std::string letter(const std::string& hex_digits) {
    const auto code = static_cast<unsigned>(std::stoul(hex_digits, nullptr, 16));
    if (code < 0x800)
        return {static_cast<char>(0xc0u | (code >> 6)), static_cast<char>(0x80u | (code & 0x3fu))};
    return {static_cast<char>(0xe0u | (code >> 12)), static_cast<char>(0x80u | ((code >> 6) & 0x3fu)),
            static_cast<char>(0x80u | (code & 0x3fu))};
}

/// The text of a string literal that begins at `at` (a quote), with those that follow it directly; moves `at` behind.
std::string literal(const std::string& code, std::size_t& at) {
    std::string out;
    while (at < code.size() && code[at] == '"') {
        for (++at; at < code.size() && code[at] != '"'; ++at) {
            if (code[at] == '\\') {
                ++at;
                if (code[at] == 'u') {
                    out += letter(code.substr(at + 1, 4));
                    at += 4;
                } else {
                    out += code[at] == 'n' ? '\n' : code[at];
                }
            } else {
                out += code[at];
            }
        }
        ++at;
        const std::size_t next = code.find_first_not_of(" \n\t", at);
        if (next == std::string::npos || code[next] != '"')
            break;
        at = next;
    }
    return out;
}

/// Messages that the sources hand to tr, tr_n and N_, in order.
std::set<std::string> messages_of_sources() {
    std::set<std::string> found;
    const fs::path root = TRESSE_SOURCE_DIR;
    for (const char* tree : {"sim", "viz"})
        for (const auto& entry : fs::recursive_directory_iterator(root / tree)) {
            if (entry.path().extension() != ".cpp")
                continue;
            const std::string code = read_file(entry.path().string(), 1u << 24);
            for (const std::string call : {"tr(\"", "tr_n(\"", "tr(\n"}) {
                for (std::size_t at = code.find(call); at != std::string::npos; at = code.find(call, at + 1)) {
                    if (at > 0 && (std::isalnum(static_cast<unsigned char>(code[at - 1])) || code[at - 1] == '_'))
                        continue;
                    std::size_t start = code.find_first_not_of(" \n", code.find('(', at) + 1);
                    if (code[start] == '"')
                        found.insert(literal(code, start));
                }
            }
        }
    return found;
}

}  // namespace

TEST_CASE("the catalogues of French, Dutch and German are inside the program", "[text]") {
    CHECK(catalogues() == std::vector<Lang>{Lang::fr, Lang::nl, Lang::de});
}

TEST_CASE("a message without translation is itself", "[text]") {
    const LanguageScope scope(Lang::fr);
    CHECK(tr("no such message") == "no such message");
    CHECK(tr("and") == "et");
    CHECK(tr_n("no {n} thing", "no {n} things", 1) == "no {n} thing");
    CHECK(tr_n("no {n} thing", "no {n} things", 2) == "no {n} things");
}

TEST_CASE("each language has its own plural: French counts zero as one", "[text]") {
    CHECK(tr_n("{n} post", "{n} posts", 0) == "{n} posts");
    {
        const LanguageScope scope(Lang::fr);
        CHECK(tr_n("{n} post", "{n} posts", 0) == "{n} poste");
        CHECK(tr_n("{n} post", "{n} posts", 2) == "{n} postes");
    }
    const LanguageScope scope(Lang::nl);
    CHECK(tr_n("{n} post", "{n} posts", 0) == "{n} posten");
}

TEST_CASE("the language chosen before is back after the block", "[text]") {
    set_language(Lang::en);
    {
        const LanguageScope scope(Lang::de);
        CHECK(language() == Lang::de);
    }
    CHECK(language() == Lang::en);
}

TEST_CASE("every message of the sources has a translation, but for those listed", "[text]") {
    const std::set<std::string> messages = messages_of_sources();
    CHECK(messages.size() > 50);  // the scan finds them at all
    std::string missing;
    for (const Lang lang : {Lang::fr, Lang::nl, Lang::de})
        for (const std::string& message : messages)
            if (!translated(lang, message))
                missing += std::string(lang_code(lang)) + ": " + message + "\n";
    const std::string allowed_path = std::string(TRESSE_SOURCE_DIR) + "/tests/core/text/untranslated.txt";
    const std::string allowed = exists(allowed_path) ? read_file(allowed_path, 1u << 20) : "";
    std::string unexpected;
    for (std::size_t at = 0; at < missing.size();) {
        const std::size_t end = missing.find('\n', at);
        const std::string line = missing.substr(at, end - at);
        if (("\n" + allowed).find("\n" + line + "\n") == std::string::npos)
            unexpected += line + "\n";
        at = end + 1;
    }
    INFO("Give these a translation in sim/core/text/<lang>.po, or list them in tests/core/text/untranslated.txt:\n"
         << unexpected);
    CHECK(unexpected.empty());
}
