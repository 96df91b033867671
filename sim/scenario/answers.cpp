#include <algorithm>
#include <charconv>
#include <string_view>

#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/scenario/lesson.hpp"

namespace tresse::scenario {

namespace {

/// What stands between thousands for a blank: no-break, narrow no-break and thin blanks, the apostrophe of a calculator.
constexpr std::string_view blanks[] = {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "'", "\xE2\x80\x99"};
constexpr std::string_view minuses[] = {"\xE2\x88\x92", "\xE2\x80\x93"};

/// Every one of `list` in `text` becomes `by`.
template <std::size_t n> void become(std::string& text, const std::string_view (&list)[n], const char* by) {
    for (const std::string_view one : list)
        for (std::size_t at = text.find(one); at != std::string::npos; at = text.find(one, at + 1))
            text.replace(at, one.size(), by);
}

/// Takes the marks between thousands out. False: a group is not of three digits.
bool join_groups(std::string& text, char mark) {
    std::string out;
    std::size_t digits = 0;
    bool grouped = false;
    for (const char c : text + "\n") {
        const bool digit = c >= '0' && c <= '9';
        if (!digit && grouped && digits != 3)
            return false;
        if (c == mark && !grouped && (digits == 0 || digits > 3))
            return false;
        grouped = c == mark || (grouped && digit);
        digits = digit ? digits + 1 : 0;
        if (c != mark)
            out += c;
    }
    out.pop_back();
    text = std::move(out);
    return true;
}

AnswerSheet read_from(Document& document) {
    AnswerSheet sheet;
    if (!document.usable())
        return sheet;
    const Node root = document.root();
    sheet.lesson = root.need("lesson").text();
    sheet.prediction = root.maybe("prediction").text_or("");
    sheet.why = root.maybe("why").text_or("");
    sheet.shown = root.maybe("shown").text_or("");
    sheet.run = root.maybe("run").text_or("");
    sheet.file = root.maybe("file").text_or("");
    sheet.reply = root.maybe("reply").text_or("");
    if (const Node numbers = root.maybe("numbers"); numbers.present() && numbers.must_be_map())
        for (const std::string& key : numbers.keys()) {
            const Node node = numbers.maybe(key);
            AnswerNumber number{key, node.present(), 0};
            if (number.given && !read_written(node.text(), number.value)) {
                number.given = false;
                node.problem("found \"" + node.shown() + "\", wanted a number such as -2989, -2 989, +10 or 17,5.");
            }
            sheet.numbers.push_back(number);
        }
    if (const Node checked = root.maybe("checked"); checked.present() && checked.must_be_map()) {
        sheet.of = static_cast<int>(checked.need("of").whole(0, 1000));
        sheet.right = static_cast<int>(checked.need("right").whole(0, 1000));
        if (sheet.right > sheet.of)
            checked.problem("wanted no more right than there are.");
    }
    document.finish();
    return sheet;
}

/// One line of text in double quotes. Control characters become spaces: an answer is one line.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
    return out + "\"";
}

}  // namespace

const AnswerNumber* AnswerSheet::number(const std::string& id) const {
    const auto found = std::find_if(numbers.begin(), numbers.end(), [&](const AnswerNumber& n) { return n.id == id; });
    return found == numbers.end() ? nullptr : &*found;
}

bool read_written(const std::string& written, double& value) {
    std::string text = written;
    become(text, blanks, " "), become(text, minuses, "-");
    const std::size_t first = text.find_first_not_of(' '), last = text.find_last_not_of(' ');
    if (first == std::string::npos)
        return false;
    text = text.substr(first, last - first + 1);
    const bool minus = text.front() == '-';
    if (minus || text.front() == '+')
        text.erase(0, std::min(text.find_first_not_of(' ', 1), text.size()));
    if (!join_groups(text, ' '))
        return false;
    const std::size_t comma = text.rfind(','), point = text.rfind('.');
    const auto count = [&](char c) { return std::count(text.begin(), text.end(), c); };
    // Of two kinds of marks the last is the decimal one; a mark that stands twice is between thousands; one comma is decimal.
    const bool both = comma != std::string::npos && point != std::string::npos;
    const char between = both ? (comma < point ? ',' : '.') : count(',') > 1 ? ',' : count('.') > 1 ? '.' : '\0';
    if (between != '\0') {
        const std::size_t decimal = both ? std::max(comma, point) : text.size();
        std::string whole = text.substr(0, decimal);
        if (!join_groups(whole, between))
            return false;
        text = whole + text.substr(decimal);
    }
    std::replace(text.begin(), text.end(), ',', '.');
    if (text.empty() || text.front() < '0' || text.front() > '9')
        return false;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value > 1e12)
        return false;
    value = minus ? -value : value;
    return true;
}

AnswerSheet load_answers(const std::string& path) {
    Problems problems;
    Document document(path, "answers", problems);
    AnswerSheet sheet = read_from(document);
    if (problems.any())
        throw BadInput(std::move(problems));
    return sheet;
}

AnswerSheet parse_answers(const std::string& text, const std::string& name, Problems& problems) {
    Document document(text, name, "answers", problems);
    return read_from(document);
}

std::string answers_yaml(const AnswerSheet& sheet) {
    std::string out = "# Answer sheet of a lesson. No name stands in it, and none should.\nformat: 1\nkind: answers\n";
    const auto line = [&](const char* key, const std::string& text) {
        out += std::string(key) + ": " + (text.empty() ? "" : quoted(text)) + "\n";
    };
    line("lesson", sheet.lesson);
    line("prediction", sheet.prediction);
    line("why", sheet.why);
    line("shown", sheet.shown);
    line("file", sheet.file);
    line("run", sheet.run);
    out += sheet.numbers.empty() ? "numbers: {}\n" : "numbers:\n";
    for (const AnswerNumber& number : sheet.numbers)
        out += "  " + quoted(number.id) + ": " + (number.given ? number_text(number.value) : "") + "\n";
    line("reply", sheet.reply);
    if (sheet.of > 0)
        out += "checked: {right: " + std::to_string(sheet.right) + ", of: " + std::to_string(sheet.of) + "}\n";
    return out;
}

}  // namespace tresse::scenario
