#pragma once

#include <string>
#include <vector>

#include "tresse/app/answer.hpp"
#include "tresse/app/session.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/lesson/facts.hpp"
#include "tresse/lesson/grade.hpp"
#include "tresse/scenario/lesson.hpp"

/// What the use cases of a lesson share.
namespace tresse::app {

/// A run with what facts are read from. Requires: stays where it is while the material is used.
struct LessonRun {
    Simulated run;
    std::vector<lesson::FactValue> facts;
};

/// Numbers of a finished run.
std::vector<lesson::FactValue> lesson_facts(const std::vector<scenario::LessonFact>& wanted, const Simulated& run);

/// Runs the scenario of a lesson, or finds it done.
LessonRun run_lesson(const scenario::Lesson& lesson, const Options& options, Session& session);

/// The student's own folder of a lesson, under the results: results/lessons/<lesson>/.
std::string lesson_folder(const std::string& lesson, const Session& session);
/// The answer sheet in that folder; an empty one when there is none. Throws: BadInput.
scenario::AnswerSheet sheet_of(const scenario::Lesson& lesson, const std::string& path);
/// Puts it there, and makes the folder. Throws: MachineRefused.
void keep_sheet(const scenario::AnswerSheet& sheet, const std::string& path);

/// Writes the file to finish and the rule of one's own, where they are not there yet. Gives the path of the file.
std::string keep_starter(const scenario::Lesson& lesson, const Session& session);
/// The text of that file.
std::string starter_text(const scenario::Lesson& lesson);

/// A sheet with the marks of its check.
struct Checked {
    scenario::AnswerSheet sheet;
    std::vector<lesson::Finding> findings;
};
/// `word`: the student's file, or a sheet that names it. Keeps the marks on the sheet when it is there. Throws: BadInput.
Checked checked_lesson(const scenario::Lesson& lesson, const std::string& word, const Options& options, Session& session);

/// The lesson, the scenario it runs and the file to finish: all that they name is there. Adds problems. Throws: BadInput.
void check_lesson(const std::string& path, Session& session, Problems& problems);
/// The shipped game.
std::string game_path(const Session& session);

int lesson_check(const std::string& name, const std::string& file, const Options& options, Session& session);
/// What each arm of the student's run has: levels only, since differences are what is asked for.
int lesson_numbers(const std::string& name, const std::string& file, const Options& options, Session& session);
int lesson_collect(const std::string& folder, const Options& options, Session& session);
int lesson_game(const std::vector<std::string>& files, bool print, const Options& options, Session& session);

/// Lines of at most 100 columns, each with an indent.
std::string paragraph(const std::string& text, std::size_t indent = 2);

}  // namespace tresse::app
