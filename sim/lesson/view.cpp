#include "tresse/lesson/view.hpp"

#include <algorithm>
#include <map>

#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"

namespace tresse::lesson {

namespace {

using scenario::Lesson;
using scenario::LessonFact;
using text::fill;
using text::tr;

FactView shown(const LessonFact& fact, const FactValue& value) {
    FactView out{tr(fact.label), value.there ? "" : tr("not in this run"), value.there ? tr(fact.unit) : ""};
    if (value.there) {
        const bool change = fact.take == "difference" || fact.take == "low" || fact.take == "high" || fact.take == "lowest" ||
                            fact.take == "highest" || fact.name == "change";
        out.number = change ? text::signed_number(value.value, fact.digits) : text::number(value.value, fact.digits);
    }
    return out;
}

std::string verdict(const Lesson& lesson, const std::string& prediction, int option) {
    if (option < 0)
        return tr("The run shows none of these answers. Read the numbers, and say what they show.");
    const std::string letter = scenario::option_letter(static_cast<std::size_t>(option));
    const std::string& says = tr(lesson.options[static_cast<std::size_t>(option)].text);
    return letter == prediction ? fill(tr("You said {letter}, and so says the run: {text}"), {{"letter", letter}, {"text", says}})
                                : fill(tr("You said {letter}; the run says {shown}: {text}"),
                                       {{"letter", prediction}, {"shown", letter}, {"text", says}});
}

std::string plain(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return out;
}

std::string numbers_of(const scenario::AnswerSheet& sheet) {
    std::string out;
    for (const scenario::AnswerNumber& n : sheet.numbers)
        out += (out.empty() ? "" : " ") + n.id + "=" + (n.given ? number_text(n.value) : "-");
    return out;
}

}  // namespace

int shown_option(const Lesson& lesson, std::span<const FactValue> facts) {
    for (std::size_t i = 0; i < lesson.options.size(); ++i) {
        const auto& when = lesson.options[i].when;
        if (!when.empty() && std::all_of(when.begin(), when.end(), [&](const auto& limit) { return holds(limit, facts); }))
            return static_cast<int>(i);
    }
    return -1;
}

View view(const Lesson& lesson, const scenario::AnswerSheet& sheet, std::span<const FactValue> facts) {
    View out;
    out.id = lesson.id, out.number = lesson.number, out.minutes = lesson.minutes;
    out.title = tr(lesson.title), out.story = tr(lesson.story), out.question = tr(lesson.question);
    for (std::size_t i = 0; i < lesson.options.size(); ++i)
        out.options.push_back({scenario::option_letter(i), tr(lesson.options[i].text)});
    if (sheet.prediction.empty())
        return out;  // nothing is shown before
    for (OptionView& option : out.options)
        option.chosen = option.letter == sheet.prediction;
    out.step = Step::run;
    if (facts.empty())
        return out;
    out.step = sheet.of > 0 ? Step::your_turn : Step::compare;
    for (const LessonFact& fact : lesson.facts)
        for (const FactValue& value : facts)
            if (value.id == fact.id)
                out.facts.push_back(shown(fact, value));
    const int option = shown_option(lesson, facts);
    out.verdict = verdict(lesson, sheet.prediction, option);
    if (option >= 0) {
        out.options[static_cast<std::size_t>(option)].shown = true;
        out.says = tr(lesson.options[static_cast<std::size_t>(option)].says);
    }
    out.explains = tr(lesson.explains), out.honest = tr(lesson.honest);
    out.task = tr(lesson.exercise.task), out.question_back = tr(lesson.question_back);
    for (const scenario::LessonNumber& number : lesson.exercise.numbers)
        out.asked.push_back(number.id + ": " + tr(number.ask));
    return out;
}

std::string class_table(std::span<const Row> rows, bool as_csv) {
    const std::vector<std::string> heading = {"sheet", "lesson", "prediction", "shown", "right", "of", "numbers", "why", "reply", "cannot_be_read"};
    std::vector<std::vector<std::string>> cells;
    for (const Row& row : rows)
        cells.push_back({row.where, row.sheet.lesson, row.sheet.prediction, row.sheet.shown,
                         row.sheet.of > 0 ? std::to_string(row.sheet.right) : "", row.sheet.of > 0 ? std::to_string(row.sheet.of) : "",
                         numbers_of(row.sheet), plain(row.sheet.why), plain(row.sheet.reply), plain(row.broken)});
    std::string out;
    if (as_csv) {
        out = csv_line(heading);
        for (const auto& one : cells)
            out += csv_line(one);
        return out;
    }
    out = fill(text::tr_n("{n} answer sheet\n", "{n} answer sheets\n", static_cast<long long>(rows.size())), {{"n", static_cast<long long>(rows.size())}});
    out += "\n" + text::pad_right(tr("sheet"), 28) + text::pad_right(tr("lesson"), 22) + text::pad_right(tr("said"), 6) +
           text::pad_right(tr("run"), 6) + text::pad_right(tr("checked"), 10) + tr("why") + "\n";
    std::map<std::string, std::map<std::string, int>> votes;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto& c = cells[i];
        if (!rows[i].broken.empty()) {
            out += text::hanging(text::pad_right(text::shorten(c[0], 27), 28), 28, tr("cannot be read") + ": " + c[9]);
            continue;
        }
        out += text::pad_right(text::shorten(c[0], 27), 28) + text::pad_right(text::shorten(c[1], 21), 22) + text::pad_right(c[2], 6) +
               text::pad_right(c[3], 6) + text::pad_right(c[5].empty() ? "" : c[4] + " / " + c[5], 10) + text::shorten(c[7], 40) + "\n";
        ++votes[c[1]][c[2].empty() ? "-" : c[2]];
    }
    out += "\n" + tr("What the class predicted") + "\n";
    for (const auto& [lesson, by] : votes) {
        out += "  " + text::pad_right(lesson, 28);
        for (const auto& [letter, count] : by)
            out += letter + ": " + std::to_string(count) + "   ";
        out += "\n";
    }
    return out;
}

}  // namespace tresse::lesson
