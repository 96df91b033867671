#pragma once

#include <string>
#include <vector>

#include "tresse/viz/explorer/screen.hpp"

/// Pieces that views are made of, and the views themselves.
namespace tresse::viz::explorer {

/// Distances are multiples of 4.
inline constexpr double unit = 4;

/// A view: its question, its answer, its drawing. `picture` may stay empty.
struct ViewEntry {
    View view;
    const char* name;
    const char* question;
    std::string (*answer)(const Context&);
    void (*draw)(const Context&, const Box&, Scene&, Page&);
};
const std::vector<ViewEntry>& view_entries();

/// A white sheet with a fine edge; gives the box inside.
Box card(Scene& scene, const Box& box, double padding = 16);
/// A button in words; gives its right edge.
double button(const Context& context, Scene& scene, Point at, const std::string& words, const std::string& command,
              bool chosen = false);
/// A row of choices of which one holds.
double choices(const Context& context, Scene& scene, Point at,
               const std::vector<std::pair<std::string, std::string>>& words_and_commands, int chosen);
/// Nothing to show: what it would be, and the command that brings it.
void empty_state(const Context& context, Scene& scene, const Box& box, const std::string& why,
                 const std::string& command);
/// A colour scale with its ends.
void amount_legend(Scene& scene, const Box& box, const std::string& low, const std::string& high);
void difference_legend(Scene& scene, const Box& box, Theme theme, const std::vector<std::string>& low_middle_high);

/// A place in the drawing for a picture that can leave: the shapes drawn by `fill` are in the scene and in the picture.
template <class Fill> void take_picture(Scene& scene, const Box& box, Page& page, Fill&& fill) {
    Scene own;
    fill(own);
    scene.append(own, 0, 0);
    own.spots.clear();
    Scene moved;
    moved.append(own, -box.x0, -box.y0);
    moved.width = box.width();
    moved.height = box.height();
    page.picture.scene = std::move(moved);
}

/// Fills the words of a picture.
void name_picture(const Context& context, Page& page, const std::string& id, const std::string& how_to_read);

/// The arm of the scenario in `Work` whose levers are moved. Requires: a scenario.
int scenario_arm(const Context& context);
/// Row of the score table that the state means, or the first with this id.
int score_row(const Context& context, measure::ScoreId otherwise);
/// The scores as a list to choose from; gives the height used.
double score_list(const Context& context, Scene& scene, const Box& box, int chosen);
/// "Everybody" or "Linter" with a way back; gives the right edge.
double scope_chip(const Context& context, Scene& scene, Point at);

void draw_overview(const Context&, const Box&, Scene&, Page&);
void draw_compare(const Context&, const Box&, Scene&, Page&);
void draw_map(const Context&, const Box&, Scene&, Page&);
void draw_equity(const Context&, const Box&, Scene&, Page&);
void draw_money(const Context&, const Box&, Scene&, Page&);
void draw_network(const Context&, const Box&, Scene&, Page&);
void draw_why(const Context&, const Box&, Scene&, Page&);
void draw_uncertainty(const Context&, const Box&, Scene&, Page&);
void draw_person(const Context&, const Box&, Scene&, Page&);
void draw_scenario(const Context&, const Box&, Scene&, Page&);
void draw_jury(const Context&, const Box&, Scene&, Page&);
void draw_sources(const Context&, const Box&, Scene&, Page&);
void draw_lessons(const Context&, const Box&, Scene&, Page&);
std::string overview_answer(const Context&);
std::string compare_answer(const Context&);
std::string map_answer(const Context&);
std::string equity_answer(const Context&);
std::string money_answer(const Context&);
std::string network_answer(const Context&);
std::string why_answer(const Context&);
std::string uncertainty_answer(const Context&);
std::string person_answer(const Context&);
std::string scenario_answer(const Context&);
std::string jury_answer(const Context&);
std::string sources_answer(const Context&);
std::string lessons_answer(const Context&);

}  // namespace tresse::viz::explorer
