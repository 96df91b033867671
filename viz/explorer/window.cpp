#include "tresse/viz/explorer/window.hpp"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cmath>

#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/viz/explorer/worker.hpp"

#include "desk.hpp"
#include "exports.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

std::string glfw_reason() {
    const char* words = nullptr;
    glfwGetError(&words);
    return words ? words : "no reason given";
}

/// The name of a key as `command_of_key` knows it; empty: a letter, which comes as text.
std::string key_name(int key, int mods) {
    const bool control = (mods & GLFW_MOD_CONTROL) != 0, shift = (mods & GLFW_MOD_SHIFT) != 0;
    if (control && key >= GLFW_KEY_A && key <= GLFW_KEY_Z)
        return std::string("Ctrl+") + static_cast<char>('A' + key - GLFW_KEY_A);
    const std::string before = shift ? "Shift+" : "";
    switch (key) {
    case GLFW_KEY_LEFT:
        return before + "Left";
    case GLFW_KEY_RIGHT:
        return before + "Right";
    case GLFW_KEY_UP:
        return "Up";
    case GLFW_KEY_DOWN:
        return "Down";
    case GLFW_KEY_PAGE_UP:
        return "PageUp";
    case GLFW_KEY_PAGE_DOWN:
        return "PageDown";
    case GLFW_KEY_HOME:
        return "Home";
    case GLFW_KEY_TAB:
        return before + "Tab";
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER:
        return "Enter";
    case GLFW_KEY_ESCAPE:
        return "Escape";
    case GLFW_KEY_F1:
        return "F1";
    default:
        return "";
    }
}

/// UTF-8 of a letter typed.
std::string utf8(unsigned code) {
    std::string out;
    if (code < 0x80)
        out = {static_cast<char>(code)};
    else if (code < 0x800)
        out = {static_cast<char>(0xC0u | (code >> 6)), static_cast<char>(0x80u | (code & 0x3Fu))};
    else
        out = {static_cast<char>(0xE0u | (code >> 12)), static_cast<char>(0x80u | ((code >> 6) & 0x3Fu)),
               static_cast<char>(0x80u | (code & 0x3Fu))};
    return out;
}

class Window {
public:
    Window(const WindowOptions& options, app::Session& session)
        : options_(options), session_(session), desk_(options.state),
          worker_(session, {session.around().home, options.boundaries}, [](void*) { glfwPostEmptyEvent(); }, nullptr) {
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        window_ = glfwCreateWindow(options.width, options.height, "Tresse", nullptr, nullptr);
        if (!window_)
            throw MachineRefused(glfw_reason());
        glfwMakeContextCurrent(window_);
        glfwSwapInterval(1);
        glfwSetWindowSizeLimits(window_, 960, 600, GLFW_DONT_CARE, GLFW_DONT_CARE);
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        if (!ImGui_ImplOpenGL3_Init("#version 330"))
            throw MachineRefused("OpenGL 3.3 does not start.");
        listen();
        worker_.list_runs();
        worker_.open(options.word);
        worker_.read_lessons();
    }
    ~Window() {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui::DestroyContext();
        glfwDestroyWindow(window_);
    }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    /// Waits for events; draws only when something changed.
    void loop() {
        while (!glfwWindowShouldClose(window_) && !quit_) {
            if (again_ > 0)
                glfwPollEvents();
            else
                glfwWaitEventsTimeout(worker_.busy() ? 0.25 : 2.0);
            fetch();
            if (again_ <= 0 && !desk_.stale())
                continue;
            frame();
            --again_;
        }
    }

private:
    static Window& of(GLFWwindow* window) { return *static_cast<Window*>(glfwGetWindowUserPointer(window)); }
    void wake() { again_ = 2; }

    void fetch() {
        Work work;
        std::shared_ptr<const Snapshot> snapshot;
        if (worker_.fetch(work, snapshot)) {
            desk_.take(std::move(work), std::move(snapshot));
            wake();
        }
    }

    void note(const std::string& words) {
        Work with = desk_.work();
        with.message = words;
        with.failed = false;
        desk_.take(with, desk_.shared_snapshot());
        wake();
    }

    void frame() {
        int width = 0, height = 0;
        glfwGetFramebufferSize(window_, &width, &height);
        if (width <= 0 || height <= 0)
            return;
        ImGuiIO& io = ImGui::GetIO();
        io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
        io.DeltaTime = 1 / 60.F;
        if (desk_.new_letters()) {
            desk_.letters();
            ImGui_ImplOpenGL3_DestroyFontsTexture();
            ImGui_ImplOpenGL3_CreateFontsTexture();
        }
        ImGui_ImplOpenGL3_NewFrame();
        ImGui::NewFrame();
        desk_.resize(width, height);
        desk_.draw(*ImGui::GetBackgroundDrawList());
        ImGui::Render();
        glViewport(0, 0, width, height);
        const std::uint32_t page = colour_of(ink(Role::page), desk_.state().theme);
        glClearColor(static_cast<float>((page >> 16) & 255u) / 255, static_cast<float>((page >> 8) & 255u) / 255,
                     static_cast<float>(page & 255u) / 255, 1);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        glfwSwapBuffers(window_);
    }

    /// Pixels of the window to those of the scene.
    Point place(double x, double y) const {
        int window_width = 1, window_height = 1, width = 1, height = 1;
        glfwGetWindowSize(window_, &window_width, &window_height);
        glfwGetFramebufferSize(window_, &width, &height);
        const double scale = desk_.state().scale;
        return {x * width / std::max(1, window_width) / scale, y * height / std::max(1, window_height) / scale};
    }

    void tell(const std::string& command) {
        if (!command.empty())
            run_errand(desk_.tell(command));
        wake();
    }

    void run_errand(const Errand& errand) {
        using Kind = Errand::Kind;
        const Work& work = desk_.work();
        switch (errand.kind) {
        case Kind::open:
            worker_.open(errand.argument);
            break;
        case Kind::run:
            if (!errand.argument.empty())
                worker_.run(errand.argument, {}, options_.replicates);  // the file of one's own in a lesson
            else
                worker_.run(work.scenario_name.empty() ? "first-look" : work.scenario_name,
                            settings_of_state(desk_.state()), options_.replicates);
            break;
        case Kind::rehearse:
            if (work.scenario)
                worker_.rehearse(work.scenario_name, settings_of_state(desk_.state()), desk_.scenario_arm());
            break;
        case Kind::cancel:
            worker_.cancel();
            break;
        case Kind::pause:
            worker_.pause();
            break;
        case Kind::save_scenario:
            if (work.scenario)
                worker_.save(work.scenario_name, settings_of_state(desk_.state()));
            break;
        case Kind::export_figure:
            take_figure(errand.argument);
            break;
        case Kind::follow:
            if (desk_.snapshot())
                worker_.follow(desk_.snapshot()->run.folder, errand.argument == "admissions" ? "two admissions" : "",
                               ++followed_);
            break;
        case Kind::lesson:
            if (const std::string lesson = desk_.lesson(); !lesson.empty())
                worker_.learn(lesson, errand.argument, entries_of_state(desk_.state()));
            break;
        case Kind::quit:
            quit_ = true;
            break;
        default:
            break;
        }
    }

    void take_figure(const std::string& kind) {
        const Picture& picture = desk_.screen().page.picture;
        if (picture.empty() && picture.table.empty())
            return note(tr("This view has no figure to take along."));
        if (kind == "copy") {
            glfwSetClipboardString(window_, csv(picture).c_str());
            return note(tr("The numbers of this figure are on the clipboard."));
        }
        try {
            const auto files =
                write_picture(picture, join_path(session_.around().results, "figures"), kind.empty() ? "all" : kind);
            note(fill(tr("Written: {file}"),
                      {{"file", files.front() + (files.size() > 1 ? ", .pdf, .png, .csv" : "")}}));
        } catch (const MachineRefused& refused) {
            note(refused.what());
        }
    }

    void listen() {
        glfwSetWindowUserPointer(window_, this);
        glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int, int action, int mods) {
            if (action != GLFW_RELEASE)
                of(w).key(key, mods);
        });
        glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned code) { of(w).letter(code); });
        glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int button, int action, int) {
            if (button == GLFW_MOUSE_BUTTON_LEFT)
                of(w).click(action == GLFW_PRESS);
        });
        glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double x, double y) { of(w).move(x, y); });
        glfwSetScrollCallback(window_, [](GLFWwindow* w, double, double y) { of(w).wheel(y); });
        glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) { of(w).wake(); });
        glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { of(w).wake(); });
    }
    void key(int code, int mods) {
        if (desk_.state().typing && code == GLFW_KEY_BACKSPACE) {
            std::string words = written(desk_.state());
            while (!words.empty() && (static_cast<unsigned char>(words.back()) & 0xC0u) == 0x80u)
                words.pop_back();
            if (!words.empty())
                words.pop_back();
            return tell("write " + words);
        }
        if (const std::string name = key_name(code, mods); !name.empty())
            tell(command_of_key(name, desk_.state()));
    }
    void letter(unsigned code) {
        if (desk_.state().typing)
            return tell("write " + written(desk_.state()) + utf8(code));
        const std::string name = code == ' ' ? "Space"
                                 : code >= 'A' && code <= 'Z'
                                     ? (code == 'S' ? "Shift+S" : std::string(1, static_cast<char>(code - 'A' + 'a')))
                                     : utf8(code);
        tell(command_of_key(name, desk_.state()));
    }
    void click(bool down) {
        double x = 0, y = 0;
        glfwGetCursorPos(window_, &x, &y);
        held_ = down;
        if (down)
            run_errand(desk_.press(place(x, y)));
        else
            desk_.release();
        wake();
    }
    void move(double x, double y) {
        const Point at = place(x, y);
        if (held_)
            run_errand(desk_.drag(at));
        if (desk_.hover(at) || held_)
            wake();
    }
    void wheel(double by) {
        const bool zooms = desk_.state().view == View::map && !desk_.state().browser;
        tell(zooms ? (by > 0 ? "zoom in" : "zoom out") : "scroll " + std::to_string(static_cast<int>(by > 0 ? -3 : 3)));
    }

    WindowOptions options_;
    app::Session& session_;
    Desk desk_;
    Worker worker_;
    GLFWwindow* window_ = nullptr;
    int again_ = 2;
    int followed_ = 0;  ///< lives asked for so far: the next is another person
    bool quit_ = false, held_ = false;
};

}  // namespace

void run_window(const WindowOptions& options, app::Session& session) {
    if (!glfwInit())
        throw MachineRefused(glfw_reason());
    struct Ender {
        ~Ender() { glfwTerminate(); }
    } ender;
    Window window(options, session);
    window.loop();
}

}  // namespace tresse::viz::explorer
