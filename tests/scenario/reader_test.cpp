#include <catch2/catch.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tresse/core/file.hpp"
#include "tresse/scenario/reader.hpp"

// Expected lines and words are counted by hand in the texts below.

using namespace tresse;
using namespace tresse::scenario;

namespace {

std::string all(const Problems& problems) {
    std::string out;
    for (const Problem& p : problems.list()) out += std::to_string(p.line) + " " + p.where + ": " + p.message + "\n";
    return out;
}

std::string complaint(const std::string& text) {
    Problems problems;
    Document document(text, "t.yaml", "test", problems);
    CHECK_FALSE(document.usable());
    CHECK(problems.any());
    return all(problems);
}

const std::string head = "format: 1\nkind: test\n";

struct Parsed {
    Problems problems;
    Document document;
    explicit Parsed(const std::string& body) : document(head + body, "t.yaml", "test", problems) {}
    Node operator[](std::string_view key) { return document.root().need(key); }
    std::string text() const { return all(problems); }
};

struct TemporaryFile {
    std::string path;
    explicit TemporaryFile(const std::string& name) : path((std::filesystem::temp_directory_path() / ("tresse-reader-" + name)).string()) { std::filesystem::remove_all(path); }
    ~TemporaryFile() { std::filesystem::remove_all(path); }
};

std::string complaint_of_file(const std::string& path) {
    Problems problems;
    Document document(path, "test", problems);
    CHECK_FALSE(document.usable());
    REQUIRE(problems.count() >= 1);
    CHECK(problems.list()[0].file == path);
    return all(problems);
}

}  // namespace

TEST_CASE("values of every kind are read from their keys") {
    Parsed p("n: 3.5\nw: 12\nyes: true\nm: 2026-01\ncolour: red\nlist: [a, b]\ntext: {en: house, nl: huis}\n");
    CHECK(p["n"].number(0, 10) == 3.5);
    CHECK(p["w"].whole(0, 100) == 12);
    CHECK(p["yes"].flag_or(false));
    CHECK(p["m"].month() == Month::of(2026, 1));
    CHECK(p["colour"].word({"green", "red"}) == 1);
    CHECK(p["list"].texts() == std::vector<std::string>{"a", "b"});
    CHECK(p["text"].local_text().in(Lang::nl) == "huis");
    CHECK(p["text"].local_text().in(Lang::fr) == "house");
    p.document.finish();
    CHECK(p.text() == "");
}

TEST_CASE("all problems of a file come at once, with line and key") {
    Parsed p("share: 3.1\nfounding: x\ncolour: rad\nn: twelve\n");
    p["share"].number(0, 1);
    p.document.root().maybe("funding");
    p["colour"].word({"green", "red"});
    p["n"].number(0, 5);
    p["gone"].number(0, 5);
    p.document.finish();
    CHECK(p.text() ==
          "3 share: found 3.1, wanted a share from 0 to 1.\n"
          "5 colour: found \"rad\", wanted one of: green, red. Nearest: red\n"
          "6 n: found \"twelve\", wanted a number from 0 to 5.\n"
          "1 gone: this key is missing.\n"
          "4 founding: unknown key. Nearest: funding\n");
}

TEST_CASE("a number with a unit, a comma, a percent sign or quotes is named with what to write") {
    Parsed p("a: 30 min\nb: 0,8\nc: 80 %\nd: \"5\"\ne: 4.5\n");
    p["a"].number(0, 100);
    p["b"].number(0, 1);
    p["c"].number(0, 1);
    p["d"].number(0, 10);
    p["e"].whole(0, 10);
    CHECK(p.text() ==
          "3 a: found \"30 min\", wanted a number from 0 to 100. Write the number alone, without unit or sign: 30.\n"
          "4 b: found \"0,8\", wanted a share from 0 to 1. Write 0.8, with a point.\n"
          "5 c: found \"80 %\", wanted a share from 0 to 1. Write the number alone, without unit or sign: 0.8.\n"
          "6 d: found the text \"5\", wanted a number from 0 to 10. Leave out the quotes.\n"
          "7 e: found 4.5, wanted a whole number from 0 to 10.\n");
}

TEST_CASE("an estimate is read with range and source and keyed by the ids on its way") {
    Parsed p("id: kit\nthings:\n  - {id: cup, weight: {value: 0.8, low: 0.6, high: 0.9, source: A-021}}\n");
    const Node thing = p["things"].at(0);
    const Uncertain u = thing.need("weight").uncertain(0, 1, Law::logit);
    CHECK(u.value == 0.8);
    CHECK(u.low == 0.6);
    CHECK(u.high == 0.9);
    CHECK(u.law == Law::logit);
    CHECK(u.source == "A-021");
    CHECK(u.is_assumption());
    CHECK(u.key == "test.kit.things.cup.weight");
    CHECK(p.text() == "");
}

TEST_CASE("an estimate without range or source is refused with the form to write") {
    Parsed p("accepts: 0.8\nb: {value: 0.8, low: 0.6, high: 0.7, source: S-001}\nc: {value: 1, low: 0, high: 2, source: S-001}\nd: {value: 1, low: 1, high: 2, source: me}\ne: {value: 1}\n");
    p["accepts"].uncertain(0, 1, Law::logit);
    p["b"].uncertain(0, 1, Law::logit);
    p["c"].uncertain(0, 9, Law::lognormal);
    p["d"].uncertain(0, 9, Law::lognormal);
    p["e"].uncertain(0, 9, Law::lognormal);
    const std::string text = p.text();
    CHECK_THAT(text, Catch::Contains("3 accepts: found 0.8. This is an estimate of the world, so it needs its range and source:\n  accepts: {value: 0.8, low: ..., high: ..., source: S-... or A-...}"));
    CHECK_THAT(text, Catch::Contains("4 b: the value 0.8 does not lie in its range 0.6 to 0.7."));
    CHECK_THAT(text, Catch::Contains("5 c: the range 0 to 2 of a factor must lie above 0"));
    CHECK_THAT(text, Catch::Contains("6 d.source: found \"me\", wanted an id of the register"));
    CHECK_THAT(text, Catch::Contains("7 e.low: this key is missing."));
    CHECK_THAT(text, Catch::Contains("7 e.source: this key is missing."));
}

TEST_CASE("a list of estimates takes one bound for all, a list of bounds, or none") {
    Parsed p("a: {value: [1, 2], low: [0.5, 1], high: 3, source: S-010}\nb: {value: [1, 2], low: ~, high: ~, source: S-010}\nc: {value: [1, 2], low: [1], high: 3, source: S-010}\n");
    const auto a = p["a"].uncertain_list(0, 9, Law::lognormal);
    REQUIRE(a.size() == 2);
    CHECK(a[1].low == 1);
    CHECK(a[1].high == 3);
    CHECK(a[1].key == "test.a[1]");
    const auto b = p["b"].uncertain_list(0, 9, Law::lognormal);
    REQUIRE(b.size() == 2);
    CHECK(b[1].law == Law::fixed);
    CHECK(p.text() == "");
    p["c"].uncertain_list(0, 9, Law::lognormal);
    CHECK(p.text() == "5 c.low: found 1 value, wanted 2 as in `value`.\n");
}

TEST_CASE("a tab that indents is named with its line") {
    CHECK_THAT(complaint(head + "a:\n\tb: 1\n"), Catch::Contains("4 : a tab before the text. YAML indents with spaces only"));
}

TEST_CASE("a tab inside a text is no problem") {
    Parsed p("a: \"x\ty\"\n");
    CHECK(p["a"].text() == "x\ty");
    CHECK(p.text() == "");
}

TEST_CASE("an empty text, a text of comments and a plain list are named") {
    CHECK(complaint("") == "0 : the file is empty.\n");
    CHECK(complaint("# nothing\n") == "0 : the file holds nothing but comments.\n");
    CHECK_THAT(complaint("- 1\n- 2\n"), Catch::Contains("found a list of 2 values, wanted a map that starts with format: 1 and kind."));
}

TEST_CASE("a wrong format, a wrong kind and missing ones are named") {
    CHECK_THAT(complaint("format: 2\nkind: test\n"), Catch::Contains("1 format: found 2, wanted 1"));
    CHECK_THAT(complaint("format: 1\nkind: tost\n"), Catch::Contains("2 kind: found \"tost\", wanted test. Is this the right file?"));
    Problems problems;
    Document document("knd: test\n", "t.yaml", "test", problems);
    CHECK(all(problems) == "1 format: this key is missing.\n1 kind: this key is missing. Nearest there: knd\n");
}

TEST_CASE("a key that stands twice is named with both lines") {
    Parsed p("a: 1\nb: 2\na: 3\n");
    CHECK(p.text() == "5 a: this key stands twice in the same place, first on line 3. Keep one.\n");
    CHECK(p["a"].number(0, 9) == 1);
    CHECK(p["b"].number(0, 9) == 2);
}

TEST_CASE("thousands of double or unknown keys are told in few lines") {
    std::string twice, strange = "known: 1\n";
    for (int i = 0; i < 5000; ++i) twice += "a: 1\n", strange += "k" + std::to_string(i) + ": 1\n";
    Problems problems;
    Document document(head + twice, "t.yaml", "test", problems);
    CHECK(problems.count() == 22);  // twenty, the twenty-first and the end
    Parsed p(strange);
    p["known"].number(0, 1);
    p["k4999"].number(0, 1);        // found in a large map too
    p.document.finish();
    CHECK(p.problems.count() == 21);
    CHECK_THAT(p.text(), Catch::Contains("and 4979 more unknown keys here."));
}

TEST_CASE("broken YAML is named with its line") {
    CHECK_THAT(complaint(head + "a: [1, 2\nb: 3\n"), Catch::Contains("this is no valid YAML"));
    CHECK_THAT(complaint(head + "a: b: c\n"), Catch::Contains("3 : this is no valid YAML"));
    CHECK_THAT(complaint(head + "---\nformat: 1\n"), Catch::Contains("3 : a second document starts here"));
}

TEST_CASE("bytes that are not UTF-8 and control characters are named, at most twenty of them") {
    CHECK_THAT(complaint(head + "name: Li\xe8ge\n"), Catch::Contains("3 : a byte that is not UTF-8. Save the file as UTF-8."));
    CHECK_THAT(complaint(head + std::string("a: x\0y\n", 7)), Catch::Contains("3 : a control character"));
    CHECK_THAT(complaint(head + "a: x\x04y\n"), Catch::Contains("3 : a control character"));
    std::string many = head;
    for (int i = 0; i < 30; ++i) many += "\ta: 1\n";
    CHECK_THAT(complaint(many), Catch::Contains("and 10 more lines of this kind."));
}

TEST_CASE("a byte order mark is no problem") {
    Problems problems;
    Document document("\xef\xbb\xbf" + head + "a: 1\n", "t.yaml", "test", problems);
    CHECK(document.usable());
    CHECK(document.root().need("a").number(0, 2) == 1);
}

TEST_CASE("an alias bomb ends as a problem, quickly") {
    std::string bomb = head + "a: &a [x, x, x, x, x, x, x, x, x]\n";
    for (char c = 'b'; c <= 'k'; ++c) bomb += std::string(1, c) + ": &" + c + " [*" + char(c - 1) + ", *" + char(c - 1) + ", *" + char(c - 1) + ", *" + char(c - 1) + ", *" + char(c - 1) + ", *" + char(c - 1) + ", *" + char(c - 1) + ", *" + char(c - 1) + ", *" + char(c - 1) + "]\n";
    CHECK_THAT(complaint(bomb), Catch::Contains("more than 200,000 values"));
}

TEST_CASE("an alias inside its own anchor ends as a problem") {
    CHECK_THAT(complaint(head + "a: &a [1, *a]\n"), Catch::Contains("3 : an alias that stands inside what it names"));
    CHECK_THAT(complaint(head + "a: *nowhere\n"), Catch::Contains("3 : this is no valid YAML"));
}

TEST_CASE("a small alias is the same as the text it names") {
    Parsed p("a: &a {x: 1}\nb: *a\n");
    CHECK(p["b"].need("x").number(0, 2) == 1);
    CHECK(p.text() == "");
}

TEST_CASE("nesting without end is refused") {
    CHECK_THAT(complaint(head + "a: " + std::string(100, '[') + std::string(100, ']') + "\n"), Catch::Contains("nested deeper than 64 levels"));
    CHECK_FALSE(complaint(head + "a: " + std::string(100000, '[')).empty());
    CHECK_FALSE(complaint(head + "a: " + std::string(100000, '{')).empty());
}

TEST_CASE("a file that is not there is named with the nearest one beside it") {
    TemporaryFile folder("folder");
    make_folder(folder.path);
    write_file(folder.path + "/first-look.yaml", "x");
    CHECK_THAT(complaint_of_file(folder.path + "/first-loook.yaml"), Catch::Contains("Nearest beside it: first-look.yaml"));
    CHECK_THAT(complaint_of_file(folder.path), Catch::Contains("this is a folder"));
}

TEST_CASE("an empty file and an unreadable path are named") {
    TemporaryFile empty("empty.yaml"), loop("loop.yaml");
    std::ofstream(empty.path).close();
    CHECK_THAT(complaint_of_file(empty.path), Catch::Contains("the file is empty"));
    std::filesystem::create_symlink(loop.path, loop.path);  // refused by the system for every user, root too
    CHECK_THAT(complaint_of_file(loop.path), Catch::Contains("cannot be read"));
}

TEST_CASE("a file of 2 GB is refused without reading it whole") {
    TemporaryFile large("large.yaml");
    std::ofstream(large.path).close();
    std::filesystem::resize_file(large.path, std::uintmax_t{2} << 30);  // sparse: takes no room
    CHECK_THAT(complaint_of_file(large.path), Catch::Contains("larger than 8388608 bytes"));
}

TEST_CASE("a setting from the command line replaces, adds and complains") {
    Parsed p("runs: {replicates: 12}\narms:\n  - {id: today}\n  - {id: more, share: 0.1}\n");
    p.document.set("runs.replicates", "3");
    p.document.set("arms.more.share", "0.4");
    p.document.set("arms[0].label", "{en: Now}");
    p.document.set("extra.deep", "1");
    CHECK(p.text() == "");
    CHECK(p["runs"].need("replicates").whole(1, 100) == 3);
    CHECK(p["arms"].at(1).need("share").number(0, 1) == 0.4);
    CHECK(p["arms"].at(0).need("label").local_text().in(Lang::en) == "Now");
    CHECK(p["extra"].need("deep").whole(0, 2) == 1);
    p.document.set("arms[2]", "{id: third}");  // the number after the last
    p.document.set("arms.today.components[0]", "{use: a/b}");
    p.document.set("arms.today.components[0].start", "2027-01");
    CHECK(p.text() == "");
    CHECK(p["arms"].size() == 3);
    CHECK(p["arms"].at(0).need("components").at(0).need("start").text() == "2027-01");
    p.document.set("arms.mroe.share", "0.4");
    p.document.set("runs.replicates.x", "1");
    p.document.set("a..b", "1");
    CHECK(p.text() ==
          "0 --set arms.mroe.share: there is no entry \"mroe\" in this list.\n"
          "0 --set runs.replicates.x: the way to \"x\" ends before it.\n"
          "0 --set a..b: this is no dotted key like runs.replicates or arms[1].label.\n");
}

TEST_CASE("what is written out reads back to the same") {
    const std::string body = "a: {x: 1, y: [1, {z: two}], empty: []}\nb: \"12\"\nc: \"a: b # c\"\nd:\n  - - 1\n    - 2\n  - {q: yes, r: {s: 'it''s'}}\ne: ~\nf: |\n  two\n  lines\n";
    Parsed p(body);
    const std::string once = p.document.root().dump();
    Problems problems;
    Document again(once, "again.yaml", "test", problems);
    CHECK(all(problems) == "");
    CHECK(again.root().dump() == once);
    CHECK(again.root().need("b").text() == "12");
    CHECK(again.root().need("b").shown() == "\"12\"");
    CHECK(again.root().need("c").text() == "a: b # c");
    CHECK(again.root().need("f").text() == "two\nlines\n");
    CHECK(again.root().need("d").at(0).at(1).whole(0, 9) == 2);
    CHECK(again.root().need("d").at(1).need("r").need("s").text() == "it's");
}

TEST_CASE("every source of a file is listed with its place") {
    Parsed p("a: {value: 1, low: 0, high: 2, source: S-104}\nb:\n  - {source: A-001}\n  - {source: [S-001, S-002]}\n");
    const auto found = p.document.sources();
    REQUIRE(found.size() == 4);
    CHECK(found[0].id == "S-104");
    CHECK(found[0].where == "a.source");
    CHECK(found[0].line == 3);
    CHECK(found[3].id == "S-002");
    CHECK(found[3].line == 6);
}

TEST_CASE("keys of a part that another reader owns are not unknown") {
    Parsed p("mine: 1\nother: {x: 1, y: {z: 2}}\n");
    p["mine"].number(0, 2);
    p["other"].need("x");
    p["other"].ignore();
    p.document.finish();
    CHECK(p.text() == "");
}

TEST_CASE("a known place that holds the wrong kind of thing is one problem") {
    Parsed p("a: 3\nb: {x: 1}\nc: [1]\n");
    p["a"].need("x");
    p["b"].text();
    p["c"].number(0, 9);
    CHECK(p.text() ==
          "3 a: found 3, wanted a map with the key x.\n"
          "4 b: found a map (x), wanted a text.\n"
          "5 c: found a list of 1 value, wanted a number from 0 to 9.\n");
}
