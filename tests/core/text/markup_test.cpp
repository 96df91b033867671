#include "tresse/core/text/markup.hpp"

#include <catch2/catch.hpp>

using namespace tresse;

TEST_CASE("the four characters that mean something in a page are written as names, and all others stay", "[text]") {
    CHECK(text::escaped("a < b & c > \"d\"") == "a &lt; b &amp; c &gt; &quot;d&quot;");
    CHECK(text::escaped("&amp;") == "&amp;amp;");  // what looks escaped is text like any other
    CHECK(text::escaped("d'été\n\t\u202f") == "d'été\n\t\u202f");
    CHECK(text::escaped("").empty());
}
