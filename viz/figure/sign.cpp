#include "tresse/viz/figure/sign.hpp"

#include "tresse/core/text/catalogue.hpp"

namespace tresse::viz {

using decide::Verdict;
using text::tr;

Sign sign_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::better:
        return Sign::better;
    case Verdict::worse:
        return Sign::worse;
    case Verdict::same:
        return Sign::same;
    case Verdict::cannot_tell:
        return Sign::cannot_tell;
    case Verdict::none:
        break;
    }
    return Sign::none;
}

std::string sign_word(Sign sign) {
    switch (sign) {
    case Sign::better:
        return tr("better");
    case Sign::worse:
        return tr("worse");
    case Sign::same:
        return tr("same");
    case Sign::cannot_tell:
        return tr("cannot tell");
    case Sign::none:
        break;
    }
    return "";
}

std::string sign_letter(Sign sign) {
    switch (sign) {
    case Sign::better:
        return "\u25b2";
    case Sign::worse:
        return "\u25bc";
    case Sign::same:
        return "=";
    case Sign::cannot_tell:
        return "?";
    case Sign::none:
        break;
    }
    return " ";
}

}  // namespace tresse::viz
