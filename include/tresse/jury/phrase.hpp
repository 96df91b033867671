#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tresse/core/local_text.hpp"

/// What the jury room has to say, before anybody chose a language: a message of the catalogues and what stands in it. The
/// page puts it into words, so that one finding is read in four languages.
namespace tresse::jury {

struct PhraseArg {
    std::string name;
    std::string text;                      ///< when it is no number and no text in languages
    LocalText local;
    std::vector<std::string> messages;     ///< of a list
    double number = std::numeric_limits<double>::quiet_NaN();
    int digits = 0;
    enum class Kind { text, local, number, percent, message, list, date } kind = Kind::text;
};

struct Phrase {
    std::string_view message;              ///< English, with places {name}; the key of the catalogues
    std::vector<PhraseArg> args;
    bool empty() const { return message.empty(); }
};

/// Marks a message for the catalogues; the words are made where the page is written.
constexpr std::string_view tr(std::string_view message) { return message; }

PhraseArg arg(std::string name, std::string text);
PhraseArg arg(std::string name, LocalText text);
/// Units: as the message says.
PhraseArg arg(std::string name, double number, int digits = 0);
/// A share, shown as per cent.
PhraseArg percent_arg(std::string name, double share, int digits = 0);
/// A word that the catalogues know.
PhraseArg message_arg(std::string name, std::string_view message);
/// Several words that the catalogues know: "a, b and c".
PhraseArg list_arg(std::string name, std::vector<std::string> messages);
/// A day as "2017-09-18".
PhraseArg date_arg(std::string name, std::string day);

}  // namespace tresse::jury
