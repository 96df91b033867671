#pragma once

#include <string>
#include <vector>

/// The parts of READMEs that are made from the loaders' own lists, so that a page cannot disagree with the program.
namespace made {

/// A part of a file between "<!-- made: name -->" and "<!-- end: name -->".
struct Part {
    std::string file;  ///< from the top of the tree
    std::string name;
    std::string text;  ///< what must stand between the marks
};

std::vector<Part> parts(const std::string& home);

/// What stands between the marks of a part in `page`; false when the marks are not there.
bool find(const std::string& page, const std::string& name, std::string& text);
/// The page with the part replaced. Requires: the marks are there.
std::string with_part(std::string page, const Part& part);

}  // namespace made
