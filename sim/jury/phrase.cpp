#include "tresse/jury/phrase.hpp"

namespace tresse::jury {

PhraseArg arg(std::string name, std::string text) {
    PhraseArg a;
    a.name = std::move(name), a.text = std::move(text);
    return a;
}

PhraseArg arg(std::string name, LocalText text) {
    PhraseArg a;
    a.name = std::move(name), a.local = std::move(text), a.kind = PhraseArg::Kind::local;
    return a;
}

PhraseArg arg(std::string name, double number, int digits) {
    PhraseArg a;
    a.name = std::move(name), a.number = number, a.digits = digits, a.kind = PhraseArg::Kind::number;
    return a;
}

PhraseArg percent_arg(std::string name, double share, int digits) {
    PhraseArg a = arg(std::move(name), share, digits);
    a.kind = PhraseArg::Kind::percent;
    return a;
}

PhraseArg message_arg(std::string name, std::string_view message) {
    PhraseArg a = arg(std::move(name), std::string(message));
    a.kind = PhraseArg::Kind::message;
    return a;
}

PhraseArg list_arg(std::string name, std::vector<std::string> messages) {
    PhraseArg a;
    a.name = std::move(name), a.messages = std::move(messages), a.kind = PhraseArg::Kind::list;
    return a;
}

PhraseArg date_arg(std::string name, std::string day) {
    PhraseArg a = arg(std::move(name), std::move(day));
    a.kind = PhraseArg::Kind::date;
    return a;
}

}  // namespace tresse::jury
