#include <algorithm>

#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/scenario/lesson.hpp"

namespace tresse::scenario {

namespace {

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
            if (number.given)
                number.value = node.number(-1e12, 1e12);
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
