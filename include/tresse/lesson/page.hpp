#pragma once

#include <string>

#include "tresse/scenario/lesson.hpp"

/// Pages that are printed: one A4 side, black on white, with room to write.
namespace tresse::lesson {

/// A lesson on one side: question, prediction, room for the numbers, the task, the question back. It shows no result.
std::string page(const scenario::Lesson& lesson);

/// The frame of a page for A4; `body` is HTML.
std::string a4(const std::string& title, const std::string& body);

}  // namespace tresse::lesson
