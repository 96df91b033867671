#pragma once

#include <memory>
#include <string>

#include "tresse/viz/explorer/screen.hpp"

#include "letters.hpp"

struct ImDrawList;

namespace tresse::viz::explorer {

/// What is on the table: the state, the screen made from it, and what the pointer does. Knows no window.
class Desk {
public:
    explicit Desk(State first) : state_(std::move(first)) {}

    const State& state() const { return state_; }
    const Screen& screen() const { return screen_; }
    const Work& work() const { return work_; }
    const Snapshot* snapshot() const { return snapshot_.get(); }
    std::shared_ptr<const Snapshot> shared_snapshot() const { return snapshot_; }
    /// The arm of the scenario whose levers are moved.
    int scenario_arm() const;
    /// Id of the lesson that is open; empty: there is none.
    std::string lesson() const;

    void take(Work work, std::shared_ptr<const Snapshot> snapshot);
    void resize(double width, double height);
    /// Size of the page: as the window, but never so small that words run into each other. What does not fit is looked at in parts.
    double page_width() const;
    double page_height() const;
    /// Applies a command; what the window or the worker must do comes back.
    Errand tell(const std::string& command);
    /// Pointer at a place of the screen; true when the picture changes.
    bool hover(Point at);
    /// A press; moving on while the button is held drags what is of the same kind.
    Errand press(Point at);
    Errand drag(Point at);
    void release() { held_.clear(); }
    void move_map(double dx, double dy);

    /// Makes the page when something changed, and draws. An ImGui frame must be open.
    void draw(ImDrawList& list);
    /// Makes the page without drawing.
    void make();
    /// Makes the page anew at the next draw.
    void refresh() { stale_ = true; }
    const ScreenLetters& letters();
    bool stale() const { return stale_; }
    /// True when the letters must be sent to the graphics card again.
    bool new_letters() const { return !letters_ || letters_->scale() != state_.scale; }

private:
    /// Left upper corner of the part in sight.
    Point corner() const;
    /// Where on the page a place of the window is.
    Point on_page(Point at) const;
    /// Brings a place of the page into sight.
    void look_at(Point place);
    const Spot* spot_at(Point at) const;
    void draw_tip(const Spot& spot, Scene& scene) const;
    Errand step_focus(int by);

    State state_;
    Work work_;
    std::shared_ptr<const Snapshot> snapshot_;
    std::unique_ptr<Brief> brief_;
    Lang brief_lang_ = Lang::en;
    const Snapshot* brief_of_ = nullptr;
    std::unique_ptr<ScreenLetters> letters_;
    Screen screen_;
    double width_ = 1280, height_ = 800;
    Point pointer_{-1, -1};
    std::string held_;
    bool stale_ = true;
};

/// Draws a desk into memory, without a window: EGL without a surface, software rendering where there is no card.
class Offscreen {
public:
    /// Throws: MachineRefused, naming what is missing.
    Offscreen(int width, int height);
    ~Offscreen();
    Offscreen(const Offscreen&) = delete;
    Offscreen& operator=(const Offscreen&) = delete;

    void frame(Desk& desk);
    /// Waits until the picture is there.
    void finish();
    void write_png(const std::string& file);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace tresse::viz::explorer
