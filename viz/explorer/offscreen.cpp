#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <GL/glext.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <stb_image_write.h>

#include <vector>

#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"

#include "desk.hpp"

namespace tresse::viz::explorer {

namespace {

template <class Function> Function gl_function(const char* name) {
    auto* found = reinterpret_cast<Function>(eglGetProcAddress(name));
    if (!found)
        throw MachineRefused(std::string("Graphics cannot draw into memory here: ") + name + " is missing.");
    return found;
}

void append(void* to, void* data, int size) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

}  // namespace

struct Offscreen::Inside {
    int width, height;
    EGLDisplay display = EGL_NO_DISPLAY;
    EGLContext context = EGL_NO_CONTEXT;
    GLuint frame_buffer = 0, colour = 0;
    bool gui = false, backend = false;

    void open() {
        const auto get =
            reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
        display = get ? get(EGL_PLATFORM_SURFACELESS_MESA, nullptr, nullptr) : eglGetDisplay(EGL_DEFAULT_DISPLAY);
        EGLint major = 0, minor = 0;
        if (display == EGL_NO_DISPLAY || !eglInitialize(display, &major, &minor))
            throw MachineRefused("Nothing can be drawn without a window here: EGL does not start. On Debian: apt-get "
                                 "install libegl1 libgl1-mesa-dri.");
        eglBindAPI(EGL_OPENGL_API);
        const EGLint attributes[] = {
            EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
            EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
        context = eglCreateContext(display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, attributes);
        if (context == EGL_NO_CONTEXT || !eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context))
            throw MachineRefused("Nothing can be drawn without a window here: OpenGL 3.3 is missing. On Debian: "
                                 "apt-get install libgl1-mesa-dri.");
        gl_function<PFNGLGENFRAMEBUFFERSPROC>("glGenFramebuffers")(1, &frame_buffer);
        gl_function<PFNGLBINDFRAMEBUFFERPROC>("glBindFramebuffer")(GL_FRAMEBUFFER, frame_buffer);
        gl_function<PFNGLGENRENDERBUFFERSPROC>("glGenRenderbuffers")(1, &colour);
        gl_function<PFNGLBINDRENDERBUFFERPROC>("glBindRenderbuffer")(GL_RENDERBUFFER, colour);
        gl_function<PFNGLRENDERBUFFERSTORAGEPROC>("glRenderbufferStorage")(GL_RENDERBUFFER, GL_RGBA8, width, height);
        gl_function<PFNGLFRAMEBUFFERRENDERBUFFERPROC>("glFramebufferRenderbuffer")(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0,
                                                                                   GL_RENDERBUFFER, colour);
        ImGui::CreateContext();
        gui = true;
        ImGui::GetIO().IniFilename = nullptr;
        backend = ImGui_ImplOpenGL3_Init("#version 330");
        if (!backend)
            throw MachineRefused("OpenGL does not start.");
    }
    void close() {
        if (backend)
            ImGui_ImplOpenGL3_Shutdown();
        if (gui)
            ImGui::DestroyContext();
        if (context != EGL_NO_CONTEXT) {
            eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
            eglDestroyContext(display, context);
        }
        if (display != EGL_NO_DISPLAY)
            eglTerminate(display);
    }
};

Offscreen::Offscreen(int width, int height) : inside_(std::make_unique<Inside>()) {
    inside_->width = width;
    inside_->height = height;
    try {
        inside_->open();
    } catch (...) {
        inside_->close();
        throw;
    }
}

Offscreen::~Offscreen() {
    inside_->close();
}

void Offscreen::frame(Desk& desk) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(inside_->width), static_cast<float>(inside_->height)};
    io.DeltaTime = 1 / 60.F;
    if (desk.new_letters()) {
        desk.letters();
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        ImGui_ImplOpenGL3_CreateFontsTexture();
    }
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    desk.resize(inside_->width, inside_->height);
    desk.draw(*ImGui::GetBackgroundDrawList());
    ImGui::Render();
    glViewport(0, 0, inside_->width, inside_->height);
    const std::uint32_t page = colour_of(ink(Role::page), desk.state().theme);
    glClearColor(static_cast<float>((page >> 16) & 255u) / 255, static_cast<float>((page >> 8) & 255u) / 255,
                 static_cast<float>(page & 255u) / 255, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Offscreen::finish() {
    glFinish();
}

void Offscreen::write_png(const std::string& file) {
    const auto w = static_cast<std::size_t>(inside_->width), h = static_cast<std::size_t>(inside_->height);
    std::vector<unsigned char> dots(w * h * 4), upright(w * h * 3);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, inside_->width, inside_->height, GL_RGBA, GL_UNSIGNED_BYTE, dots.data());
    for (std::size_t y = 0; y < h; ++y)
        for (std::size_t x = 0; x < w; ++x)
            for (std::size_t k = 0; k < 3; ++k)
                upright[(y * w + x) * 3 + k] = dots[((h - 1 - y) * w + x) * 4 + k];
    std::string bytes;
    if (stbi_write_png_to_func(append, &bytes, inside_->width, inside_->height, 3, upright.data(),
                               inside_->width * 3) == 0)
        throw MachineRefused("The picture could not be written.");
    make_folder(folder_of(file));
    write_file(file, bytes);
}

}  // namespace tresse::viz::explorer
