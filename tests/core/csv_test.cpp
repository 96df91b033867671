#include "tresse/core/csv.hpp"

#include <fstream>
#include <limits>

#include <unistd.h>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"

using namespace tresse;
using Catch::Matchers::Contains;

namespace {

using Row = std::vector<std::string>;

std::string refusal(std::string_view text, char separator = ',') {
    try {
        parse_csv(text, "t.csv", separator);
    } catch (const BadInput& e) {
        return e.what();
    }
    return "accepted";
}

std::size_t refused_count(std::string_view text) {
    try {
        parse_csv(text, "t.csv");
    } catch (const BadInput& e) {
        return e.problems().count();
    }
    return 0;
}

}  // namespace

TEST_CASE("a plain table is read with its columns, rows and lines", "[core][csv]") {
    const CsvTable t = parse_csv("code,name,share\n1,Tienen,0.5\n2,Liège,\n", "t.csv");
    CHECK(t.file == "t.csv");
    CHECK(t.columns == Row{"code", "name", "share"});
    REQUIRE(t.rows.size() == 2);
    CHECK(t.rows[0] == Row{"1", "Tienen", "0.5"});
    CHECK(t.rows[1] == Row{"2", "Liège", ""});
    CHECK(t.lines == std::vector<int>{2, 3});
    CHECK(t.column("share") == 2);
    CHECK(t.column("Share") == -1);
}

TEST_CASE("line ends of Unix and Windows, a byte order mark and a missing last line end read the same", "[core][csv]") {
    const auto plain = parse_csv("a,b\n1,2\n3,4\n", "t").rows;
    CHECK(parse_csv("a,b\r\n1,2\r\n3,4\r\n", "t").rows == plain);
    CHECK(parse_csv("a,b\n1,2\n3,4", "t").rows == plain);
    CHECK(parse_csv("\xef\xbb\xbf"
                    "a,b\n1,2\n3,4\n",
                    "t")
              .rows == plain);
    CHECK(parse_csv("\xef\xbb\xbf"
                    "a,b\n1,2\n",
                    "t")
              .column("a") == 0);
    CHECK(parse_csv("a;b\n1;2\n3;4\n", "t", ';').rows == plain);
}

TEST_CASE("quotes keep separators, quotes and line ends", "[core][csv]") {
    const CsvTable t = parse_csv("a,b\n\"x, y\",\"say \"\"no\"\"\"\n\"two\nlines\",\"\"\nlast,\"\r\n\"\n", "t");
    REQUIRE(t.rows.size() == 3);
    CHECK(t.rows[0] == Row{"x, y", "say \"no\""});
    CHECK(t.rows[1] == Row{"two\nlines", ""});
    CHECK(t.rows[2] == Row{"last", "\r\n"});
    CHECK(t.lines == std::vector<int>{2, 3, 5});
}

TEST_CASE("empty lines hold no row, and an empty quoted field is one", "[core][csv]") {
    const CsvTable t = parse_csv("\na\n\n1\n\r\n\"\"\n\n", "t");
    REQUIRE(t.rows.size() == 2);
    CHECK(t.rows[0] == Row{"1"});
    CHECK(t.rows[1] == Row{""});
    CHECK(t.lines == std::vector<int>{4, 6});
}

TEST_CASE("a separator at the end opens one more, empty field", "[core][csv]") {
    CHECK(parse_csv("a,b\n1,\n", "t").rows[0] == Row{"1", ""});
    CHECK(parse_csv("a,b\n1,", "t").rows[0] == Row{"1", ""});
    CHECK(parse_csv("a,b\n,", "t").rows[0] == Row{"", ""});
}

TEST_CASE("spaces belong to the field", "[core][csv]") {
    CHECK(parse_csv("a,b\n 1 , x\n", "t").rows[0] == Row{" 1 ", " x"});
}

TEST_CASE("a header without rows is a table without rows", "[core][csv]") {
    CHECK(parse_csv("a,b\n", "t").rows.empty());
    CHECK(parse_csv("a,b", "t").columns.size() == 2);
}

TEST_CASE("a file without a header is refused", "[core][csv]") {
    for (const char* text : {"", "\n\n", "\r\n", "\xef\xbb\xbf"})
        CHECK_THAT(refusal(text), Contains("empty"));
}

TEST_CASE("every wrong row is named with its line and what is wrong", "[core][csv]") {
    const std::string words = refusal("a,b\n1\n1,2\n1,2,3\nx\"y,2\n\"x\"y,2\n");
    CHECK_THAT(words, Contains("has 4 problems"));
    CHECK_THAT(words, Contains("line  2") && Contains("found 1 field, wanted 2"));
    CHECK_THAT(words, Contains("line  4") && Contains("found 3 fields, wanted 2"));
    CHECK_THAT(words, Contains("line  5") && Contains("a quote stands inside a field"));
    CHECK_THAT(words, Contains("line  6") && Contains("follows a closing quote"));
    CHECK_THAT(words, !Contains("line  3"));
}

TEST_CASE("of many wrong rows twenty are named and all are counted", "[core][csv]") {
    std::string text = "a,b\n";
    for (int i = 0; i < 20; ++i)
        text += "1\n";
    CHECK(refused_count(text) == 20);
    for (int i = 0; i < 980; ++i)
        text += "1\n";
    CHECK(refused_count(text) == 21);
    CHECK_THAT(refusal(text), Contains("1000 rows are wrong"));
}

TEST_CASE("a quote that is never closed names the line where it was opened", "[core][csv]") {
    const std::string words = refusal("a,b\n1,2\n\"x\ny,\"no\n1,2\n");
    CHECK_THAT(words, Contains("line  3") && Contains("follows a closing quote"));
    CHECK_THAT(refusal("a,b\n1,\"two\nlines\n"), Contains("the quote opened in line 2 is never closed"));
    CHECK_THAT(refusal("a,\""), Contains("the quote opened in line 1 is never closed"));
}

TEST_CASE("repeated column names are refused, once each", "[core][csv]") {
    CHECK_THAT(refusal("a,b,a,a\n"), Contains("has 1 problem.") && Contains("two columns have this name"));
    CHECK_THAT(refusal("a,,\n"), Contains("have no name"));
    CHECK(refusal("a,\n1,2\n") == "accepted");
}

TEST_CASE("bytes that are no UTF-8 text are refused with their line", "[core][csv]") {
    using namespace std::string_view_literals;
    CHECK_THAT(refusal("a,b\n1,Li\xe8ge\n"), Contains("line  2") && Contains("0xE8") && Contains("UTF-8"));
    CHECK_THAT(refusal("a,b\n1,\0\n"sv), Contains("line  2") && Contains("value 0"));
    for (const char* bad : {"\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80",
                            "\xc3", "\xe2\x82", "\x80"})
        CHECK_THAT(refusal(std::string("a\n") + bad), Contains("UTF-8"));
    for (const char* good : {"\u00e9", "\u20ac", "\ud7ff", "\ue000", "\U0001f642", "\U0010ffff"})
        CHECK(refusal(std::string("a\n") + good) == "accepted");
}

TEST_CASE("a carriage return alone is no line end", "[core][csv]") {
    CHECK_THAT(refusal("a,b\r1,2\r"), Contains("carriage return"));
}

TEST_CASE("a separator that could not be told from quotes is a broken rule", "[core][csv]") {
    for (char separator : {'"', '\n', '\r', '\0'})
        CHECK_THROWS_AS(parse_csv("a\n", "t", separator), BrokenRule);
}

TEST_CASE("numbers are read whole, with a point, and must be finite", "[core][csv]") {
    double x = -7;
    CHECK((parse_number("1e308", x) && x == 1e308));
    CHECK((parse_number("-0.25", x) && x == -0.25));
    CHECK((parse_number("5e-324", x) && x == 5e-324));
    CHECK((parse_number(".5", x) && x == 0.5));
    x = -7;
    for (const char* text :
         {"", " 1", "1 ", "+1", "1,5", "1.5x", "0x10", "nan", "NaN", "-nan", "inf", "Infinity", "1e309", "--1", "1e"}) {
        INFO(text);
        CHECK_FALSE(parse_number(text, x));
        CHECK(x == -7);
    }
}

TEST_CASE("whole numbers are whole and fit", "[core][csv]") {
    long long n = -7;
    CHECK((parse_whole("9223372036854775807", n) && n == std::numeric_limits<long long>::max()));
    CHECK((parse_whole("-12", n) && n == -12));
    CHECK((parse_whole("007", n) && n == 7));
    n = -7;
    for (const char* text : {"", "1.0", "1e3", " 1", "1 ", "+1", "9223372036854775808", "x"}) {
        INFO(text);
        CHECK_FALSE(parse_whole(text, n));
        CHECK(n == -7);
    }
}

TEST_CASE("a wrong cell is a problem with its line and column, and yields nothing", "[core][csv]") {
    const CsvTable t = parse_csv("name,age\nAn,12\nBo,many\nCy,\nDé,3.5\n", "people.csv");
    Problems problems;
    CsvReader reader(t, problems);
    const int name = reader.need("name"), age = reader.need("age");
    CHECK(reader.text(3, name) == "Dé");
    CHECK(reader.whole(0, age) == 12);
    CHECK(reader.number(3, age) == 3.5);
    CHECK_FALSE(problems.any());
    CHECK(reader.whole(1, age) == 0);
    CHECK(reader.number(2, age) == 0.0);
    CHECK(reader.whole(3, age) == 0);
    CHECK(reader.empty(2, age));
    REQUIRE(problems.count() == 3);
    CHECK(problems.list()[0].file == "people.csv");
    CHECK(problems.list()[0].line == 3);
    CHECK(problems.list()[0].where == "age");
    CHECK(problems.list()[0].message == "found \"many\", wanted a whole number.");
    CHECK_THAT(problems.list()[1].message, Contains("found nothing, wanted a number"));
    CHECK_THAT(problems.list()[2].message, Contains("\"3.5\""));
    CHECK_THROWS_AS(reader.text(4, name), BrokenRule);
    CHECK_THROWS_AS(reader.text(0, 2), BrokenRule);
}

TEST_CASE("a missing column is one problem with the nearest name, not one per row", "[core][csv]") {
    const CsvTable t = parse_csv("municipality,share\n1,2\n3,4\n", "t.csv");
    Problems problems;
    CsvReader reader(t, problems);
    const int column = reader.need("municipalty");
    CHECK(column == -1);
    for (std::size_t row = 0; row < t.rows.size(); ++row) {
        CHECK(reader.text(row, column).empty());
        CHECK(reader.number(row, column) == 0.0);
        CHECK(reader.whole(row, column) == 0);
    }
    REQUIRE(problems.count() == 1);
    CHECK_THAT(problems.list()[0].message, Contains("Nearest: municipality"));
}

TEST_CASE("a long wrong cell is shown shortened, never in the middle of a letter", "[core][csv]") {
    std::string cell;
    for (int i = 0; i < 100; ++i)
        cell += "€";
    const CsvTable t = parse_csv("a\nx" + cell + "\n", "t");
    Problems problems;
    CsvReader reader(t, problems);
    reader.number(0, 0);
    // 1 byte and 19 letters of 3 bytes fit in 60.
    std::string wanted = "found \"x";
    for (int i = 0; i < 19; ++i)
        wanted += "€";
    CHECK_THAT(problems.list()[0].message, Catch::Matchers::StartsWith(wanted + "...\""));
}

TEST_CASE("what is written reads back", "[core][csv]") {
    const std::vector<Row> rows = {{"a", "b", "c"}, {"x,y", "say \"no\"", ""}, {"two\nlines", "\r", " é "}};
    std::string text;
    for (const Row& row : rows)
        text += csv_line(row);
    CHECK(text == "a,b,c\n\"x,y\",\"say \"\"no\"\"\",\n\"two\nlines\",\"\r\", é \n");
    const CsvTable t = parse_csv(text, "t");
    CHECK(t.columns == rows[0]);
    CHECK(t.rows == std::vector<Row>{rows[1], rows[2]});
    CHECK(parse_csv("a\n" + csv_line({""}), "t").rows == std::vector<Row>{{""}});
    CHECK(csv_line({"1,5", "x;y"}, ';') == "1,5;\"x;y\"\n");
}

TEST_CASE("a number is written in the shortest form that reads back to the same bits", "[core][csv]") {
    CHECK(number_text(0.1) == "0.1");
    CHECK(number_text(-0.0) == "0");
    CHECK(number_text(100) == "100");
    CHECK(number_text(-2.5) == "-2.5");
    for (double x : {1.0 / 3, 1e308, 5e-324, -123456.789, 6.02214076e23}) {
        double back = 0;
        REQUIRE(parse_number(number_text(x), back));
        CHECK(back == x);
    }
}

TEST_CASE("a file is read like its text, and its name stands in the problems", "[core][csv]") {
    const std::string path = "/tmp/tresse-csv-test-" + std::to_string(::getpid()) + ".csv";
    std::ofstream(path) << "a,b\n1,2\n3\n";
    CHECK_THROWS_WITH(read_csv(path), Contains(path) && Contains("line  3"));
    CHECK_THROWS_WITH(read_csv(path, ',', 5), Contains("larger than 5 bytes"));
    std::ofstream(path) << "a,b\n1,2\n";
    CHECK(read_csv(path).rows.size() == 1);
    ::unlink(path.c_str());
    CHECK_THROWS_AS(read_csv(path), BadInput);
}
