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
    double number = std::numeric_limits<double>::quiet_NaN();
    int digits = 0;
    enum class Kind { text, local, number, percent, message } kind = Kind::text;
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

}  // namespace tresse::jury
