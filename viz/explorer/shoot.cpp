#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/viz/explorer/window.hpp"
#include "tresse/viz/explorer/worker.hpp"
#include "tresse/viz/report/views.hpp"

#include <imgui.h>

#include "desk.hpp"
#include "exports.hpp"

namespace tresse::viz::explorer {

namespace {

/// Waits for the worker without a loop of its own.
class Bell {
public:
    void ring() {
        {
            const std::lock_guard lock(one_);
            rung_ = true;
        }
        wake_.notify_all();
    }
    void wait() {
        std::unique_lock lock(one_);
        wake_.wait_for(lock, std::chrono::milliseconds(100), [&] { return rung_; });
        rung_ = false;
    }

private:
    std::mutex one_;
    std::condition_variable wake_;
    bool rung_ = false;
};

void wait_for(Worker& worker, Bell& bell, Desk& desk) {
    Work work;
    std::shared_ptr<const Snapshot> snapshot;
    do {
        bell.wait();
        if (worker.fetch(work, snapshot))
            desk.take(work, snapshot);
    } while (worker.busy());
    if (worker.fetch(work, snapshot))
        desk.take(work, snapshot);
}

/// Time of a frame over many, by the clock of the session or another.
template <class Frame>
ShotResult::Times times_of(int frames, app::Session& session, double (*ticks)(), Frame&& frame) {
    std::vector<double> took;
    for (int i = 0; i < frames; ++i) {
        const double start = ticks ? ticks() : session.seconds();
        frame();
        took.push_back(((ticks ? ticks() : session.seconds()) - start) * 1000);
    }
    std::sort(took.begin(), took.end());
    const auto at = [&](double share) { return took[static_cast<std::size_t>(share * static_cast<double>(took.size() - 1))]; };
    return {at(0.5), at(0.95)};
}

ShotResult shot(Desk& desk, Offscreen& off, View view, const ShotOptions& shots, app::Session& session) {
    ShotResult result;
    result.view = view;
    off.frame(desk);
    off.finish();
    if (shots.frames > 0) {
        result.paint = times_of(shots.frames, session, nullptr, [&] { off.frame(desk), off.finish(); });
        const auto page = [&] { desk.refresh(), off.frame(desk), off.finish(); };
        result.page = times_of(shots.frames, session, nullptr, page);
        if (shots.processor_seconds)
            result.processor = times_of(shots.frames, session, shots.processor_seconds, page);
    }
    result.file = join_path(shots.folder, std::string(view_word(view)) + ".png");
    off.write_png(result.file);
    result.is_empty = desk.screen().page.is_empty;
    result.shortened = desk.screen().scene.shortened;
    if (shots.figures && !desk.screen().page.picture.empty())
        write_picture(desk.screen().page.picture, join_path(shots.folder, "figures"), "all");
    return result;
}

}  // namespace

std::vector<ShotResult> shoot(const WindowOptions& options, const ShotOptions& shots, app::Session& session) {
    Bell bell;
    Worker worker(
        session, {session.around().home, options.boundaries}, [](void* with) { static_cast<Bell*>(with)->ring(); },
        &bell);
    Desk desk(options.state);
    Offscreen off(options.width, options.height);
    worker.list_runs();
    worker.open(options.word);
    worker.read_lessons();
    wait_for(worker, bell, desk);
    if (desk.work().failed && !desk.snapshot() && !desk.work().scenario) {
        Problems problems;
        for (const Problem& p : desk.work().problems)
            problems.add(p);
        if (problems.any())
            throw BadInput(std::move(problems));
        throw MachineRefused(desk.work().message);
    }
    std::vector<View> views = shots.views;
    for (int i = 0; views.empty() || (shots.views.empty() && i < view_count); ++i)
        views.push_back(static_cast<View>(i));
    std::vector<ShotResult> out;
    std::vector<ViewTwin> twins;
    for (const View view : views) {
        desk.tell("view " + std::string(view_word(view)));
        for (const std::string& command : shots.commands) {
            off.frame(desk);
            const Errand errand = desk.tell(command);
            if (errand.kind == Errand::Kind::rehearse && desk.work().scenario) {
                worker.rehearse(desk.work().scenario_name, settings_of_state(desk.state()), desk.scenario_arm());
                wait_for(worker, bell, desk);
            }
            if (const std::string lesson = desk.lesson(); errand.kind == Errand::Kind::lesson && !lesson.empty()) {
                worker.learn(lesson, errand.argument, entries_of_state(desk.state()));
                wait_for(worker, bell, desk);
            }
            if (errand.kind == Errand::Kind::follow && desk.snapshot()) {
                worker.follow(desk.snapshot()->run.folder, errand.argument == "admissions" ? "two admissions" : "", 1);
                wait_for(worker, bell, desk);
            }
        }
        if (view == View::person && shots.commands.empty() && desk.snapshot()) {  // a picture of nobody would answer nothing
            worker.follow(desk.snapshot()->run.folder, "two admissions, lives alone", 1);
            wait_for(worker, bell, desk);
        }
        out.push_back(shot(desk, off, view, shots, session));
        const Page& page = desk.screen().page;
        twins.push_back({std::string(view_word(view)), page.title, page.answer, page.picture});
    }
    const std::string title = desk.snapshot() ? text::tr(desk.snapshot()->compared.scenario().title) : "Tresse";
    write_file(join_path(shots.folder, "views.html"), views_html(title, twins));
    return out;
}

namespace {

/// Letters need a context of Dear ImGui, graphics they do not.
struct Gui {
    Gui() { ImGui::CreateContext(); }
    ~Gui() { ImGui::DestroyContext(); }
    Gui(const Gui&) = delete;
    Gui& operator=(const Gui&) = delete;
};

}  // namespace

Screen laid_out(const Snapshot* snapshot, const State& state, const Work& work, int width, int height) {
    const Gui gui;
    Desk desk(state);
    desk.take(work, std::shared_ptr<const Snapshot>(snapshot, [](const Snapshot*) {}));
    desk.resize(width, height);
    desk.make();
    return desk.screen();
}

std::vector<std::string> cut_texts(const Snapshot* snapshot, const State& state, const Work& work, int width,
                                   int height) {
    const Gui gui;
    Desk desk(state);
    desk.take(work, std::shared_ptr<const Snapshot>(snapshot, [](const Snapshot*) {}));
    desk.resize(width, height);
    desk.make();
    const double right = desk.page_width() + 0.5, bottom = desk.page_height() + 0.5;
    std::vector<std::string> out;
    for (const Shape& shape : desk.screen().scene.shapes) {
        if (shape.kind != Shape::Kind::words)
            continue;
        const double wide = desk.letters().width(shape.text, shape.type);
        const double x = shape.points.front().x - (shape.anchor == Anchor::start    ? 0
                                                   : shape.anchor == Anchor::middle ? wide / 2
                                                                                    : wide);
        const bool outside =
            x < -0.5 || x + wide > right || shape.points.front().y > bottom || shape.points.front().y < 8;
        if (outside || (shape.room > 0 && shape.text.ends_with("\u2026")))
            out.push_back(shape.text);
    }
    return out;
}

ShotResult shoot_screen(const Snapshot* snapshot, const State& state, const Work& work, int width, int height,
                        const std::string& file) {
    Desk desk(state);
    // the snapshot is the caller's: shared without owning
    desk.take(work, std::shared_ptr<const Snapshot>(snapshot, [](const Snapshot*) {}));
    Offscreen off(width, height);
    off.frame(desk);
    off.finish();
    off.write_png(file);
    return {state.view, file, desk.screen().page.is_empty, desk.screen().scene.shortened, {}, {}, {}};
}

}  // namespace tresse::viz::explorer
