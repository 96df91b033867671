#pragma once

#include <span>
#include <string>
#include <vector>

#include "tresse/lesson/facts.hpp"
#include "tresse/scenario/scenario.hpp"

/// Whether an exercise is solved: the file, the run and the numbers, never the prose. Pure.
namespace tresse::lesson {

/// What a student hands in, read by somebody else.
struct Work {
    const scenario::Lesson* lesson = nullptr;
    const scenario::Scenario* given = nullptr;  ///< the scenario of the lesson
    const scenario::Scenario* own = nullptr;    ///< the student's
    const scenario::AnswerSheet* sheet = nullptr;
    bool has_run = false;                       ///< a finished run of this very file
    int futures = 0;
    std::vector<FactValue> facts;               ///< of that run; empty without one
};

struct Finding {
    bool right = false;
    std::string about;  ///< "prediction", "run", the word of a check, the id of a number
    std::string text;   ///< what is right, or where to look; in the language chosen
};

/// Order: prediction, run, checks of the file, numbers. The arm in question is the only one beside the base, or `mine`.
/// Law: a sheet with nothing on it is never right; every number left out is said.
std::vector<Finding> grade(const Work& work);

/// How many are right.
int right_of(std::span<const Finding> findings);

/// How a number that is wrong came about, when it can be told.
enum class Slip { none, turned_sign, thousands, percent };
Slip slip_of(double found, double wanted, double tolerance);

}  // namespace tresse::lesson
