#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tresse/app/follow.hpp"
#include "tresse/app/jury_round.hpp"
#include "tresse/app/lesson_desk.hpp"
#include "tresse/app/study_answer.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/viz/explorer/snapshot.hpp"
#include "tresse/viz/explorer/state.hpp"
#include "tresse/viz/report/brief.hpp"

/// The whole window as a scene, from const data: no window is needed to make or test it.
namespace tresse::viz::explorer {

/// A run folder that can be opened.
struct RunEntry {
    std::string path, code, title, date;
    int arms = 0, futures = 0;
    bool complete = false;
};

/// A quick trial of moved levers: one household in `sample`, few futures; sharpens while the user waits.
struct Rehearsal {
    bool ready = false;
    int sample = 1, futures = 0;
    double seconds = 0;
    std::vector<ScoreLine> lines;  ///< arm 1 of each line: the moved arm against the base
};

/// An action of the library that an arm may take up.
struct ActionEntry {
    std::string use;              ///< "case-management/complex-needs"
    LocalText component, name;
    bool on_providers = false;    ///< it changes how providers work; else it is for persons
};

/// What the worker is doing and what it brought.
struct Work {
    bool busy = false, paused = false;
    double share = 0;     ///< of the work done
    double left = -1;     ///< seconds; below 0: not known
    std::string what;     ///< "simulating"
    std::string message;  ///< last thing worth saying, or an error
    bool failed = false;  ///< `message` is an error
    std::vector<RunEntry> runs;
    std::shared_ptr<const scenario::Scenario> scenario;  ///< that the Scenario view edits
    std::string scenario_name;
    std::shared_ptr<const scenario::Scenario> edited;  ///< the same with the levers as last tried; null: as it is
    std::vector<ActionEntry> actions;  ///< of the library, in the order of its files
    std::vector<Problem> problems;  ///< of the scenario as edited
    Rehearsal rehearsal;
    std::shared_ptr<const app::StudyAnswer> study;  ///< newest of the scenario that is open; null: none
    std::shared_ptr<const app::FollowedLife> life;  ///< the person followed; null: none yet
    std::shared_ptr<const app::JuryRound> round;    ///< newest of the results, or the one opened
    std::vector<std::shared_ptr<const app::LessonDesk>> lessons;  ///< in the order of their numbers
};

struct Context {
    const Snapshot* snapshot = nullptr;  ///< null: nothing is open
    const Brief* brief = nullptr;        ///< of the snapshot, in the language of the state
    const State& state;
    const Work& work;
    const Measure& measure;
};

/// A view's answer and drawing.
struct Page {
    std::string title;      ///< the question
    std::string answer;     ///< in a sentence made from the numbers
    Picture picture;        ///< the figure that leaves as SVG, PDF, PNG and CSV; empty: nothing to take
    bool is_empty = false;  ///< an honest empty state: says what would bring data
};

/// The arm that is looked at: a row of the snapshot's arms, 1 or more where there are any.
int arm_of(const Context& context);

/// Everything on the screen. Units: pixels at 100 %.
struct Screen {
    Scene scene;
    Page page;
    Box body;  ///< where the view stands
};
Screen screen_of(const Context& context, double width, double height);

}  // namespace tresse::viz::explorer
