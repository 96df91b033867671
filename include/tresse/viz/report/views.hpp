#pragma once

#include <string>
#include <vector>

#include "tresse/viz/figure/scene.hpp"

namespace tresse::viz {

/// A view of the explorer as it stood: its question, its answer and what was drawn.
struct ViewTwin {
    std::string id, question, answer;
    Picture picture;  ///< empty: the view had nothing to draw
};

/// One page with all of them, for those who read, listen or print: figure inside, numbers behind a fold, no outside resources.
std::string views_html(const std::string& title, const std::vector<ViewTwin>& views);

}  // namespace tresse::viz
