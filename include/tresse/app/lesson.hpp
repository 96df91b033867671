#pragma once

#include <string>
#include <vector>

#include "tresse/app/session.hpp"

/// Lessons, their exercises and the class game, on the command line.
namespace tresse::app {

struct Lesson {
    bool print = false;  ///< a page for A4 instead of a conversation
    bool again = false;  ///< forget the prediction on the answer sheet
};

/// `words`: nothing: the list; NAME: the lesson; check NAME FILE; collect FOLDER; game [MOVES].
/// Gives `says_no` when a check finds something wrong. Throws: BadInput, also when a prediction is needed and nobody gives one.
int lesson(const std::vector<std::string>& words, const Lesson& how, const Options& options, Session& session);

}  // namespace tresse::app
