#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tresse/app/session.hpp"
#include "tresse/lesson/facts.hpp"
#include "tresse/lesson/grade.hpp"
#include "tresse/scenario/lesson.hpp"

/// Lessons for a window: the same files, answer sheets and runs as `tresse lesson` on the command line.
namespace tresse::app {

/// A lesson with what the one at this machine did of it.
struct LessonDesk {
    scenario::Lesson lesson;
    scenario::AnswerSheet sheet;
    std::string sheet_file;                         ///< results/lessons/<lesson>/answers.yaml
    std::string own_file;                           ///< the file to finish, beside it
    std::string run;                                ///< folder of the lesson's run; empty: not run in this sitting
    std::vector<tresse::lesson::FactValue> facts;   ///< of that run; empty: not run in this sitting
    std::vector<tresse::lesson::Finding> findings;  ///< of the last check in this sitting
};

/// The shipped lessons in the order of their numbers, with their sheets. What cannot be read is a problem and is left out.
std::vector<LessonDesk> lesson_desks(const Session& session, Problems& problems);

/// What was entered, by the keys of the sheet: "prediction", "why", "reply", and an id for each number.
using Entries = std::vector<std::pair<std::string, std::string>>;

/// Writes what was entered on the sheet. An empty number is taken away.
/// Throws: BadInput with every entry that is no number or no answer; nothing is written then.
void enter(LessonDesk& desk, const Entries& entries);
/// Takes the prediction from the sheet; what the run showed is hidden again.
void predict_anew(LessonDesk& desk);
/// Runs the scenario of the lesson, or finds it done, and puts the file to finish in its place. False: stopped on request.
/// Throws: BadInput when there is no prediction: nothing is shown before one.
bool run_lesson(LessonDesk& desk, const Options& options, Session& session);
/// Checks the file, its run and the numbers, and keeps the marks on the sheet. Throws: BadInput.
void check_lesson(LessonDesk& desk, const Options& options, Session& session);

}  // namespace tresse::app
