#pragma once

#include <string>
#include <utility>

/// What main needs to know of the program and of its words.
namespace tresse::app {

struct ProgramInfo {
    std::string version, commit, compiler;
    std::string home;  ///< the folder that holds scenarios/, as it was when the program was built
};
ProgramInfo program_info();

/// The k of "--sample SHARE": 10, 1/10 or 0.1. Throws: BadInput for any other share.
int sample_of(const std::string& share);

/// A pair of "--set KEY=VALUE". Throws: BadInput.
std::pair<std::string, std::string> setting_of(const std::string& text);

}  // namespace tresse::app
