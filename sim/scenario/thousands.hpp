#pragma once

#include <string>
#include <string_view>

/// Numbers as offices write them, with marks between thousands.
namespace tresse::scenario {

/// "150000" for 150.000, 150 000, 150,000 or EUR 150.000,00: digits in groups of three behind the first one to three. Quotes and a
/// currency around it do not matter. Missing: "" when the text is no such writing.
std::string without_thousands(std::string_view text);

}  // namespace tresse::scenario
