#include "desk.hpp"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "tresse/app/answer.hpp"
#include "tresse/core/text/catalogue.hpp"

#include "parts.hpp"

namespace tresse::viz::explorer {

namespace {

/// Below this, words of the views run into each other. Units: pixels at 100 %.
constexpr double least_width = 1240, least_height = 690;

/// The part of a command that a drag keeps: "month", "lever KEY".
std::string kind_of(const std::string& command) {
    const std::size_t gap = command.rfind(' ');
    return gap == std::string::npos ? command : command.substr(0, gap);
}

bool can_be_dragged(const std::string& command) {
    return command.starts_with("month ") || command.starts_with("lever ");
}

}  // namespace

void Desk::take(Work work, std::shared_ptr<const Snapshot> snapshot) {
    work_ = std::move(work);
    if (snapshot != snapshot_) {
        snapshot_ = std::move(snapshot);
        brief_.reset();
        // a choice that the new run does not have is dropped
        const Limits limits = limits_of(snapshot_.get());
        if (state_.arm >= limits.arms)
            state_.arm = -1;
        if (state_.score >= limits.scores)
            state_.score = -1;
        if (state_.scope.by == measure::By::place && state_.scope.index >= limits.places)
            state_.scope = {};
        state_.month = std::min(state_.month, limits.months - 1);
        state_.kind = state_.kind < limits.kinds ? state_.kind : -1;
        state_.provider = -1;
    }
    stale_ = true;
}

void Desk::resize(double width, double height) {
    if (width == width_ && height == height_)
        return;
    width_ = width;
    height_ = height;
    stale_ = true;
}

double Desk::page_width() const {
    return std::max(width_ / state_.scale, least_width);
}

double Desk::page_height() const {
    return std::max(height_ / state_.scale, least_height);
}

Point Desk::corner() const {
    return {state_.look_x * (page_width() - width_ / state_.scale), state_.look_y * (page_height() - height_ / state_.scale)};
}

Point Desk::on_page(Point at) const {
    const Point c = corner();
    return {at.x + c.x, at.y + c.y};
}

void Desk::look_at(Point place) {
    const auto part = [](double at, double seen, double all) {
        return all - seen < 1 ? 0.0 : std::clamp((at - seen / 2) / (all - seen), 0.0, 1.0);
    };
    state_.look_x = part(place.x, width_ / state_.scale, page_width());
    state_.look_y = part(place.y, height_ / state_.scale, page_height());
}

Errand Desk::step_focus(int by) {
    std::vector<int> stops;
    for (std::size_t i = 0; i < screen_.scene.spots.size(); ++i)
        if (screen_.scene.spots[i].stop && !screen_.scene.spots[i].command.empty())
            stops.push_back(static_cast<int>(i));
    if (stops.empty())
        return {};
    const auto here = std::find(stops.begin(), stops.end(), state_.focus);
    const auto count = static_cast<int>(stops.size());
    const int at =
        here == stops.end() ? (by > 0 ? 0 : count - 1) : (static_cast<int>(here - stops.begin()) + by + count) % count;
    state_.focus = stops[static_cast<std::size_t>(at)];
    look_at(screen_.scene.spots[static_cast<std::size_t>(state_.focus)].box.middle());
    return {};
}

Errand Desk::tell(const std::string& command) {
    const State before = state_;
    const Applied applied = apply(state_, command, limits_of(snapshot_.get()));
    if (!(state_ == before))
        stale_ = true;
    switch (applied.errand.kind) {
    case Errand::Kind::next_focus:
        return step_focus(1);
    case Errand::Kind::previous_focus:
        return step_focus(-1);
    case Errand::Kind::activate:
        if (state_.focus >= 0 && state_.focus < static_cast<int>(screen_.scene.spots.size())) {
            const std::string words = screen_.scene.spots[static_cast<std::size_t>(state_.focus)].command;
            return words == "activate" ? Errand{} : tell(words);
        }
        return {};
    default:
        break;
    }
    // levers that moved call for a trial; a view of scenarios that comes up has none yet
    if (!(state_.levers == before.levers))
        return {Errand::Kind::rehearse, ""};
    return applied.errand;
}

const Spot* Desk::spot_at(Point at) const {
    for (auto spot = screen_.scene.spots.rbegin(); spot != screen_.scene.spots.rend(); ++spot)
        if (spot->contains(at))
            return &*spot;
    return nullptr;
}

bool Desk::hover(Point at) {
    const Spot* before = spot_at(pointer_);
    const Point corner_before = corner();
    // the part in sight follows the pointer; a tenth at each edge shows the edge
    const auto part = [](double place, double seen) { return std::clamp((place / seen - 0.1) / 0.8, 0.0, 1.0); };
    if (at.x >= 0 && at.y >= 0)
        state_.look_x = part(at.x, width_ / state_.scale), state_.look_y = part(at.y, height_ / state_.scale);
    pointer_ = on_page(at);
    const Spot* now = spot_at(pointer_);
    const Point c = corner();
    return before != now || now != nullptr || c.x != corner_before.x || c.y != corner_before.y;
}

Errand Desk::press(Point at) {
    pointer_ = on_page(at);
    const Spot* spot = spot_at(pointer_);
    if (!spot || spot->command.empty())
        return {};
    const std::string command = spot->command;
    held_ = can_be_dragged(command) ? kind_of(command) : "";
    state_.focus = -1;
    return tell(command);
}

Errand Desk::drag(Point at) {
    pointer_ = on_page(at);
    if (held_.empty())
        return {};
    const Spot* spot = spot_at(pointer_);
    if (!spot || kind_of(spot->command) != held_)
        return {};
    return tell(std::string(spot->command));
}

int Desk::scenario_arm() const {
    if (!work_.scenario)
        return 0;
    return explorer::scenario_arm({snapshot_.get(), brief_.get(), state_, work_, paper_measure()});
}

std::string Desk::lesson() const {
    if (work_.lessons.empty())
        return "";
    return work_.lessons[std::min(static_cast<std::size_t>(state_.lesson), work_.lessons.size() - 1)]->lesson.id;
}

void Desk::move_map(double dx, double dy) {
    state_.shift_x += dx;
    state_.shift_y += dy;
    stale_ = true;
}

const ScreenLetters& Desk::letters() {
    if (new_letters()) {
        letters_ = std::make_unique<ScreenLetters>(state_.scale);
        stale_ = true;
    }
    return *letters_;
}

void Desk::make() {
    text::set_language(state_.lang);
    const ScreenLetters& measure = letters();
    if (snapshot_ && (!brief_ || brief_lang_ != state_.lang || brief_of_ != snapshot_.get())) {
        brief_ =
            std::make_unique<Brief>(app::make_brief(snapshot_->compared, snapshot_->run.manifest, snapshot_->run.folder,
                                                    snapshot_->compared.scenario().sources.get()));
        brief_lang_ = state_.lang;
        brief_of_ = snapshot_.get();
    }
    const Context context{snapshot_.get(), snapshot_ ? brief_.get() : nullptr, state_, work_, measure};
    screen_ = screen_of(context, page_width(), page_height());
    stale_ = false;
}

void Desk::draw_tip(const Spot& spot, Scene& scene) const {
    const Measure& measure = *letters_;
    std::vector<std::string> lines;
    std::size_t first = 0;
    for (std::size_t at = 0; at <= spot.tip.size();) {
        const std::size_t end = std::min(spot.tip.find('\n', at), spot.tip.size());
        for (std::string& line : wrapped(std::string_view(spot.tip).substr(at, end - at), 300, Type::small, measure))
            lines.push_back(std::move(line));
        if (first == 0)
            first = lines.size();
        at = end + 1;
    }
    double width = 0;
    for (std::size_t i = 0; i < lines.size(); ++i)
        width = std::max(width, measure.width(lines[i], i < first && lines.size() > first ? Type::label : Type::small));
    const Point low = corner();
    const double height = 18.0 * static_cast<double>(lines.size()) + 16, right = low.x + width_ / state_.scale,
                 bottom = low.y + height_ / state_.scale;
    double x = pointer_.x + 16, y = pointer_.y + 18;
    if (x + width + 24 > right)
        x = pointer_.x - width - 36;
    if (y + height > bottom)
        y = pointer_.y - height - 8;
    x = std::max(x, low.x + 4), y = std::max(y, low.y + 4);
    scene.box({x + 2, y + 3, x + width + 26, y + height + 3}, plain(0x000000, 0.12), 7);
    scene.box({x, y, x + width + 24, y + height}, ink(Role::surface), 7);
    scene.frame({x, y, x + width + 24, y + height}, ink(Role::rule), 1, 7);
    for (std::size_t i = 0; i < lines.size(); ++i)
        scene.words({x + 12, y + 20 + 18.0 * static_cast<double>(i)}, lines[i],
                    i < first && lines.size() > first ? Type::label : Type::small,
                    ink(i < first ? Role::text : Role::muted));
}

void Desk::draw(ImDrawList& list) {
    if (stale_ || new_letters())
        make();
    const Point c = corner();
    const auto put = [&](const Scene& scene) {
        if (c.x == 0 && c.y == 0)
            return paint(scene, state_.theme, *letters_, list);
        Scene moved;
        moved.append(scene, -c.x, -c.y);
        paint(moved, state_.theme, *letters_, list);
    };
    put(screen_.scene);
    Scene over;
    if (state_.focus >= 0 && state_.focus < static_cast<int>(screen_.scene.spots.size())) {
        const Box& b = screen_.scene.spots[static_cast<std::size_t>(state_.focus)].box;
        over.frame({b.x0 - 2, b.y0 - 2, b.x1 + 2, b.y1 + 2}, ink(Role::accent), 2, 6);
    }
    if (const Spot* spot = spot_at(pointer_)) {
        if (!spot->outline.empty()) {
            std::vector<Point> around = spot->outline;
            around.push_back(around.front());
            over.line(std::move(around), ink(Role::text, 0.7), 2);
        } else if (!spot->command.empty() && !can_be_dragged(spot->command)) {
            over.box(spot->box, ink(Role::text, 0.05), 5);
        }
        if (!spot->tip.empty())
            draw_tip(*spot, over);
    }
    put(over);
}

}  // namespace tresse::viz::explorer
