#pragma once

#include <string>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/scenario/reader.hpp"
#include "tresse/scenario/source.hpp"

/// A lesson: a question, a prediction, a run on a village, a comparison, a file of one's own, a question back; and the
/// answer sheet of the one who does it.
namespace tresse::scenario {

/// One number of a run that a lesson shows or asks for.
struct LessonFact {
    std::string id;
    LocalText label, unit;
    int digits = 1;
    std::string of, name;  ///< what is read: `score` and a row of the score table, `event` and what is counted ...
    std::string arm;       ///< empty: the base
    std::string take;      ///< value, difference, low, high, lowest, highest, margin, detectable
    int income_fifth = 0;  ///< 1 lowest to 5 highest; 0: everybody
};

/// Above, below or both; both limits stay outside.
struct LessonLimit {
    std::string fact;
    bool has_above = false, has_below = false;
    double above = 0, below = 0;
};

/// A possible prediction. It is what the run shows when all its limits hold; the first that holds counts.
struct LessonOption {
    LocalText text, says;  ///< `says`: what the run then teaches
    std::vector<LessonLimit> when;
};

/// What is asked of the file that a student writes, or of its run.
struct LessonCheck {
    std::string needs, is;
    double at_least = 0;
    LessonLimit limit;
    LocalText right, look;
};

/// A number known to be read by mistake, and where to look instead.
struct LessonMistake {
    std::string fact;
    LocalText look;
};

/// A number that the student writes on the answer sheet.
struct LessonNumber {
    std::string id, fact;
    LocalText ask, look;
    double tolerance = 0;
    std::vector<LessonMistake> mistakes;
};

struct LessonExercise {
    LocalText task;
    std::string starter;     ///< the arms of the file to finish, as YAML
    std::string rule_from;   ///< funding rule of the library that is copied beside it as a rule of one's own; empty: none
    std::vector<LessonFact> facts;
    std::vector<LessonCheck> checks;
    std::vector<LessonNumber> numbers;
};

struct Lesson {
    std::string id, file;
    int number = 0, minutes = 15;
    LocalText title, story, question;
    std::vector<LessonOption> options;
    std::string scenario;  ///< path of the scenario that is run
    std::vector<LessonFact> facts;
    LocalText explains, honest, question_back;
    LessonExercise exercise;
    std::vector<SourceUse> sources;
};

/// What `of` may be, and what `take` may be.
const std::vector<std::string>& lesson_fact_kinds();
const std::vector<std::string>& lesson_takes();

/// Ids of the shipped lessons, in the order of their numbers.
std::vector<std::string> shipped_lessons(const std::string& home);
/// Reads and checks a lesson. `name`: a path or the id of a shipped one. Throws: BadInput with all problems.
Lesson load_lesson(const std::string& name, const std::string& home);
Lesson parse_lesson(const std::string& text, const std::string& name, Problems& problems);
/// "a", "b" ... of an option.
std::string option_letter(std::size_t option);
/// Whether the lesson has an option of that letter.
bool is_option(const Lesson& lesson, const std::string& letter);

/// What a student entered. It holds no name.
struct AnswerNumber {
    std::string id;
    bool given = false;
    double value = 0;
};
struct AnswerSheet {
    std::string lesson, prediction, why, shown, run, file, reply;
    std::vector<AnswerNumber> numbers;
    int right = 0, of = 0;  ///< of the last check; of 0: never checked

    const AnswerNumber* number(const std::string& id) const;
};
/// A number as people write it: blanks, points or commas between thousands, a decimal comma, a plus, a printed minus. False: no number.
/// One comma or one point alone is the decimal mark.
bool read_written(const std::string& written, double& value);
/// Throws: BadInput with all problems.
AnswerSheet load_answers(const std::string& path);
AnswerSheet parse_answers(const std::string& text, const std::string& name, Problems& problems);
/// Law: reads back to the same sheet.
std::string answers_yaml(const AnswerSheet& sheet);

/// Keys of both files as the loader knows them.
std::vector<KeyDoc> lesson_keys();

}  // namespace tresse::scenario
