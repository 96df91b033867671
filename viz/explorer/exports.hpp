#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tresse/viz/explorer/state.hpp"
#include "tresse/viz/figure/scene.hpp"

namespace tresse::viz::explorer {

/// Writes a picture as files; `kind` svg, pdf, png, csv or all. Gives the paths.
std::vector<std::string> write_picture(const Picture& picture, const std::string& folder, const std::string& kind);

std::vector<std::pair<std::string, std::string>> settings_of_state(const State& state);
/// What was chosen and written in the lesson, as its answer sheet takes it.
std::vector<std::pair<std::string, std::string>> entries_of_state(const State& state);

}  // namespace tresse::viz::explorer
