#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tresse/app/session.hpp"
#include "tresse/viz/explorer/screen.hpp"

namespace tresse::viz::explorer {

/// What to open and how.
struct WindowOptions {
    std::string word;        ///< scenario or run; empty: the newest run
    std::string boundaries;  ///< GeoJSON file
    State state;             ///< language, theme, scale, first view
    int width = 1280, height = 800;
    int replicates = 0;  ///< of runs started inside; 0: as the scenario says
};

/// A real window until the user closes it. Throws: MachineRefused with the reason when none can open.
void run_window(const WindowOptions& options, app::Session& session);

/// Pictures of views without a window. `frames` > 0: each view is drawn that often and its time per frame told.
struct ShotOptions {
    std::string folder;
    std::vector<View> views;            ///< empty: all
    std::vector<std::string> commands;  ///< done before each picture
    int frames = 0;
    double (*processor_seconds)() = nullptr;  ///< clock of processor time, for `frames`
    bool figures = false;  ///< also the figure of each view as SVG, PDF, PNG and CSV
};
struct ShotResult {
    View view = View::overview;
    std::string file;
    bool is_empty = false;
    int shortened = 0;    ///< texts that did not fit
    struct Times {
        double middle = 0, late = 0;  ///< median, and what 95 % of frames stay below. Units: milliseconds
    };
    Times paint;      ///< a frame of the page at hand: the pointer moves
    Times page;       ///< a frame with the page made anew: something was chosen
    Times processor;  ///< as `page`, but processor time of all threads together: other work on the machine does not count
};
/// Throws: BadInput when the run cannot be shown; MachineRefused when nothing can be drawn here.
std::vector<ShotResult> shoot(const WindowOptions& options, const ShotOptions& shots, app::Session& session);

/// The screen with the letters of the window: where its spots are. No graphics are needed.
Screen laid_out(const Snapshot* snapshot, const State& state, const Work& work, int width, int height);

/// Texts that are cut or stand outside the window, with the letters of the screen. No graphics are needed.
std::vector<std::string> cut_texts(const Snapshot* snapshot, const State& state, const Work& work, int width,
                                   int height);

/// Draws what is given, without a run folder or worker: for tests. Writes a PNG.
ShotResult shoot_screen(const Snapshot* snapshot, const State& state, const Work& work, int width, int height,
                        const std::string& file);

}  // namespace tresse::viz::explorer
