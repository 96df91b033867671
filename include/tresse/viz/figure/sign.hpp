#pragma once

#include <cstdint>
#include <string>

#include "tresse/decide/verdict.hpp"

/// What is said of a difference: as a mark, a word, a letter.
namespace tresse::viz {

/// What a mark says of a difference: shape first, colour second, so that print in black and eyes that see no red and
/// green lose nothing.
enum class Sign : std::uint8_t { none, better, worse, same, cannot_tell };

Sign sign_of(decide::Verdict verdict);
/// better, worse, same, cannot tell, in the language chosen. Missing: none is "".
std::string sign_word(Sign sign);
/// The same as one letter. Missing: none is a space, so that columns of text keep their width.
std::string sign_letter(Sign sign);

}  // namespace tresse::viz
