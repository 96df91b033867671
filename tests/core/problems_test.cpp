#include "tresse/core/problems.hpp"

#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>

using namespace tresse;
using Catch::Matchers::Contains;

namespace {
std::string find(std::string_view word, const std::vector<std::string>& candidates) {
    return nearest(word, candidates);
}

std::size_t longest_line(const std::string& text) {
    std::size_t longest = 0, current = 0;
    for (const char c : text) {
        if (c == '\n')
            current = 0;
        else if ((static_cast<unsigned char>(c) & 0xc0u) != 0x80u)
            longest = std::max(longest, ++current);
    }
    return longest;
}
}  // namespace

TEST_CASE("all problems of a file are listed in columns, in the order of its lines", "[core][problems]") {
    Problems problems;
    problems.add("mine.yaml", 30, "arms[1].founding", "unknown key. Nearest: funding");
    problems.add("mine.yaml", 9, "area.municipalities[3]",
                 "\"Thienen\" is no municipality of 2025.\nNearest: Tienen (24107, FR Tirlemont). Write the number or "
                 "the Dutch, French or German name.");
    problems.add("mine.yaml", 21, "arms[1].components[0].reach.share_of_target",
                 "found 3.1, wanted a share from 0 to 1. Did you mean 0.31?");
    problems.add("mine.yaml", 24, "arms[1].components[1].accepts_share",
                 "found 0.8. This is an estimate of the world, so it needs its range and source:\n  accepts_share: "
                 "{value: 0.8, low: ..., high: ..., source: S-... or A-...}");
    CHECK(problems.text() ==
          "mine.yaml has 4 problems. Nothing was run, nothing was written.\n"
          "\n"
          "  line  9  area.municipalities[3]   \"Thienen\" is no municipality of 2025.\n"
          "                                    Nearest: Tienen (24107, FR Tirlemont). Write the number or the\n"
          "                                    Dutch, French or German name.\n"
          "  line 21  arms[1].components[0].reach.share_of_target\n"
          "                                    found 3.1, wanted a share from 0 to 1. Did you mean 0.31?\n"
          "  line 24  arms[1].components[1].accepts_share\n"
          "                                    found 0.8. This is an estimate of the world, so it needs its\n"
          "                                    range and source:\n"
          "                                      accepts_share: {value: 0.8, low: ..., high: ..., source: S-...\n"
          "                                      or A-...}\n"
          "  line 30  arms[1].founding         unknown key. Nearest: funding\n");
}

TEST_CASE("remarks come last and do not make an input wrong", "[core][problems]") {
    Problems problems;
    CHECK_FALSE(problems.any());
    problems.note("rule.yaml", 9, "", "payer flemish_community also for Namur.");
    CHECK_FALSE(problems.any());
    CHECK(problems.count() == 0);
    CHECK(problems.text() == "rule.yaml has 1 note.\n"
                             "\n"
                             "  note     line 9: payer flemish_community also for Namur.\n");
    problems.note("rule.yaml", 0, "pays[0]", "long ago.");
    problems.add("rule.yaml", 12, "pays[0].eur", "no amount.");
    CHECK(problems.any());
    CHECK(problems.count() == 1);
    CHECK(problems.list().size() == 3);
    CHECK(problems.text() == "rule.yaml has 1 problem. Nothing was run, nothing was written.\n"
                             "\n"
                             "  line 12  pays[0].eur              no amount.\n"
                             "  note     pays[0]: long ago.\n"
                             "  note     line 9: payer flemish_community also for Namur.\n");
}

TEST_CASE("each file has its own heading, and a problem of the whole file names no line", "[core][problems]") {
    Problems problems;
    problems.add("b.yaml", 3, "x", "wrong.");
    problems.add("a.csv", 0, "", "the file is empty.");
    CHECK(problems.text() == "a.csv has 1 problem. Nothing was run, nothing was written.\n"
                             "\n"
                             "  file                              the file is empty.\n"
                             "\n"
                             "b.yaml has 1 problem. Nothing was run, nothing was written.\n"
                             "\n"
                             "  line  3  x                        wrong.\n");
}

TEST_CASE("problems of one line keep the order in which they were found", "[core][problems]") {
    Problems problems;
    for (const char* key : {"zeta", "alpha", "mid"})
        problems.add("f", 5, key, ".");
    const std::string text = problems.text();
    CHECK(text.find("zeta") < text.find("alpha"));
    CHECK(text.find("alpha") < text.find("mid"));
}

TEST_CASE("long line numbers move the columns together", "[core][problems]") {
    Problems problems;
    problems.add("f.csv", 123456, "share", "wrong.");
    problems.add("f.csv", 7, "share", "wrong.");
    CHECK_THAT(problems.text(),
               Contains("  line      7  share                wrong.\n  line 123456  share                wrong.\n"));
}

TEST_CASE("no line is wider than 100 letters, counted as letters and not as bytes", "[core][problems]") {
    Problems problems;
    std::string words, accents;
    for (int i = 0; i < 60; ++i)
        words += "seven77 ", accents += "éééééé ";
    problems.add("f", 1, "a", words);
    problems.add("f", 2, "a", accents);
    problems.note("f", 3, "a", words);
    CHECK(longest_line(problems.text()) <= 100);
    CHECK(longest_line(problems.text()) > 90);
}

TEST_CASE("a word longer than the page stands alone and whole", "[core][problems]") {
    Problems problems;
    const std::string path(150, 'x');
    problems.add("f", 1, "a", "see " + path + " for more");
    CHECK_THAT(problems.text(), Contains("see\n") && Contains(path + "\n") && Contains("for more\n"));
}

TEST_CASE("an empty list of problems says nothing", "[core][problems]") {
    CHECK(Problems().text().empty());
}

TEST_CASE("a wrong input carries every problem, and its text", "[core][problems]") {
    Problems problems;
    problems.add("f", 1, "a", "first.");
    problems.add("f", 2, "b", "second.");
    const BadInput error(problems);
    CHECK(error.problems().count() == 2);
    CHECK(error.what() == problems.text());
}

TEST_CASE("the nearest candidate is the one a slip of the finger away", "[core][problems]") {
    const std::vector<std::string> keys = {"components", "funding", "population", "months"};
    CHECK(find("founding", keys) == "funding");
    CHECK(find("fudning", keys) == "funding");
    CHECK(find("acb", {"abc"}) == "abc");  // swapped neighbours are one slip, and three letters allow one
    CHECK(find("component", keys) == "components");
    CHECK(find("month", keys) == "months");
    CHECK(find("funding", keys) == "funding");
}

TEST_CASE("letter case and accents do not count", "[core][problems]") {
    CHECK(find("LIEGE", {"Luik", "Liège"}) == "Liège");
    CHECK(find("liège", {"Luik", "Liege"}) == "Liege");
    CHECK(find("FRANÇOIS", {"francois"}) == "francois");
    CHECK(find("Sint-Genesius-Rode", {"SINT-GENESIUS-RODE"}) == "SINT-GENESIUS-RODE");
    CHECK(find("oe", {"œ"}) == "œ");  // two letters allow no slip: only the folding can find it
    CHECK(find("ij", {"Ĳ"}) == "Ĳ");
    CHECK(find("ÿ", {"y"}) == "y");
    CHECK(find("ÀÖ", {"ao"}) == "ao");
    CHECK(find("e\u0301a", {"ÉA"}) == "ÉA");  // an accent that stands alone
    CHECK(find("×", {"x"}).empty());
}

TEST_CASE("what is too far away is not proposed", "[core][problems]") {
    CHECK(find("xyz", {"funding"}).empty());
    CHECK(find("ab", {"ac"}).empty());     // a third of two letters is none
    CHECK(find("abc", {"abd"}) == "abd");  // a third of three is one
    CHECK(find("abcdef", {"abcxyz"}).empty());
    CHECK(find("", {"a"}).empty());
    CHECK(find("funding", {}).empty());
}

TEST_CASE("of two equally near candidates the first wins, and a nearer one beats both", "[core][problems]") {
    CHECK(find("abcx", {"abcy", "abcz"}) == "abcy");
    CHECK(find("abcx", {"abcy", "abcx"}) == "abcx");
}

TEST_CASE("bytes that are no UTF-8 are compared as they are", "[core][problems]") {
    CHECK(find("Li\xe8ge", {"Liège"}) == "Liège");
    CHECK(find("abc\xc3", {"abcd"}) == "abcd");
}
