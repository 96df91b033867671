#pragma once

#include <string>
#include <string_view>

/// Words on their way into a page or a drawing.
namespace tresse::text {

/// Text as HTML and SVG want it between tags and inside double quotes.
std::string escaped(std::string_view text);

}  // namespace tresse::text
