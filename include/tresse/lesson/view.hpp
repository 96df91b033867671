#pragma once

#include <span>
#include <string>
#include <vector>

#include "tresse/lesson/facts.hpp"

/// A lesson as it stands for one student: what may be shown now, in the language chosen. The terminal, the printed page
/// and the explorer draw the same view.
namespace tresse::lesson {

enum class Step { predict, run, compare, your_turn };

struct OptionView {
    std::string letter, text;
    bool chosen = false, shown = false;  ///< what the student said; what the run shows
};

struct FactView {
    std::string label, number, unit;
};

/// Law: before a prediction is on the sheet `facts`, `verdict`, `says` and `explains` are empty, whatever is known.
struct View {
    std::string id, title, story, question;
    int number = 0, minutes = 15;
    Step step = Step::predict;
    std::vector<OptionView> options;
    std::vector<FactView> facts;
    std::string verdict;   ///< prediction against result, in one sentence
    std::string says;      ///< what this result teaches
    std::string explains, honest;
    std::string task, question_back;
    std::vector<std::string> asked;  ///< numbers of the answer sheet: "id: what is asked"
};

/// The option that the run shows; -1 when none of them fits.
int shown_option(const scenario::Lesson& lesson, std::span<const FactValue> facts);

/// `facts` empty: not run yet.
View view(const scenario::Lesson& lesson, const scenario::AnswerSheet& sheet, std::span<const FactValue> facts);

/// A line of the teacher's table.
struct Row {
    std::string where;  ///< the folder or file of the sheet, never a name that the student wrote
    scenario::AnswerSheet sheet;
    std::string broken;  ///< why it cannot be read, with file and line; empty: it can
};
/// One row per sheet, then per lesson how many predicted what; a sheet that cannot be read is a row that says so and counts nowhere. `as_csv`: rows alone.
std::string class_table(std::span<const Row> rows, bool as_csv);

}  // namespace tresse::lesson
