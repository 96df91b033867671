#include <sys/resource.h>

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>

#include "tresse/app/program.hpp"
#include "tresse/app/session.hpp"
#include "tresse/frame/frame.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/viz/explorer/window.hpp"

/// The window: parses, gives the clock and the environment to the explorer, and turns exceptions into exit codes.
namespace {

using namespace tresse;
using text::fill;
using text::tr;
namespace ui = viz::explorer;

/// The window speaks for itself: nothing is printed but what a picture or a refusal needs.
class Quiet : public app::Session {
public:
    using app::Session::Session;
    void write(std::string_view words) override { std::fwrite(words.data(), 1, words.size(), stdout); }
    void remark(std::string_view) override {}
    void warn(std::string_view words) override {
        std::fprintf(stderr, "%.*s\n", static_cast<int>(words.size()), words.data());
    }
    void progress(double, double, std::string_view) override {}
    double seconds() override {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }
    double memory() override {
        return frame::peak_memory();
    }
    bool stop_asked() override { return false; }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

struct Line {
    ui::WindowOptions window;
    ui::ShotOptions shots;
    std::vector<std::string> views;
    std::string size, lang, theme, out;
    int text_percent = 100;
};

[[noreturn]] void wrong(const std::string& option, const std::string& message) {
    Problems problems;
    problems.add(tr("The command line"), 0, option, message);
    throw BadInput(std::move(problems));
}

void build_parser(CLI::App& parser, Line& line) {
    parser.add_option("name", line.window.word, "SCENARIO or RUN (default: the newest run)");
    parser.add_option("--shot", line.shots.folder,
                      "Writes pictures of the views into this folder instead of opening a window");
    parser
        .add_option("--view", line.views,
                    "Only these views: overview, compare, map, equity, money, network, why, uncertainty, person, "
                    "scenario, jury, sources, lessons")
        ->allow_extra_args(false);
    parser.add_option("--size", line.size, "WIDTHxHEIGHT (default: 1280x800)");
    parser.add_option("--lang", line.lang, "en, fr, nl or de");
    parser.add_option("--theme", line.theme, "light or dark")->check(CLI::IsMember({"light", "dark"}));
    parser.add_option("--text", line.text_percent, "Size of everything, in percent")->check(CLI::Range(100, 200));
    parser.add_option("--boundaries", line.window.boundaries, "GeoJSON file with the borders of municipalities");
    parser.add_option("--replicates", line.window.replicates, "Futures of runs started in the window")
        ->check(CLI::Range(1, 10000));
    parser.add_option("--out", line.out, "Folder of run folders (default: results/)");
    parser
        .add_option("--do", line.shots.commands,
                    "Commands before each picture: \"arm 1\", \"month 30\", \"scope place 2\"")
        ->allow_extra_args(false);
    parser.add_option("--frames", line.shots.frames, "Draws each view so often and tells the time of a frame")
        ->check(CLI::Range(1, 10000));
    parser.add_flag("--figures", line.shots.figures,
                    "With --shot: also the figure of each view as SVG, PDF, PNG and CSV");
}

void read_choices(Line& line) {
    Lang lang = Lang::en;
    if (!line.lang.empty() && !parse_lang(line.lang, lang))
        wrong("--lang", fill(tr("found {word}, wanted en, fr, nl or de."), {{"word", line.lang}}));
    if (line.lang.empty())
        for (const char* name : {"TRESSE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"})
            if (const std::string value = frame::environment(name); !value.empty()) {
                parse_lang(value.substr(0, 2), lang);
                break;
            }
    text::set_language(lang);
    line.window.state.lang = lang;
    line.window.state.theme = line.theme == "dark" ? viz::Theme::dark : viz::Theme::light;
    line.window.state.scale = line.text_percent / 100.0;
    if (!line.size.empty()) {
        int width = 0, height = 0;
        char rest = 0;
        if (std::sscanf(line.size.c_str(), "%dx%d%c", &width, &height, &rest) != 2 || width < 640 || height < 480 ||
            width > 8192 || height > 8192)
            wrong("--size",
                  fill(tr("found {word}, wanted WIDTHxHEIGHT between 640x480 and 8192x8192."), {{"word", line.size}}));
        line.window.width = width, line.window.height = height;
    }
    std::vector<std::string> known;
    for (int i = 0; i < ui::view_count; ++i)
        known.emplace_back(ui::view_word(static_cast<ui::View>(i)));
    for (const std::string& word : line.views) {
        ui::View view = ui::View::overview;
        if (!ui::parse_view(word, view))
            wrong("--view",
                  fill(tr("found {word}; there are: {list}."), {{"word", word}, {"list", text::list(known)}}));
        line.shots.views.push_back(view);
        line.window.state.view = view;
    }
}

double processor_seconds() {
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
    return seconds(use.ru_utime) + seconds(use.ru_stime);
}

std::string times(const ui::ShotResult::Times& t) {
    return text::number(t.middle, 1) + " (" + text::number(t.late, 1) + ")";
}

int perform(int argc, char** argv) {
    Line line;
    CLI::App parser("The explorer of Tresse: a window on a run.", "tresse explore");
    build_parser(parser, line);
    try {
        parser.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return parser.exit(error) == 0 ? app::done : app::bad_input;
    }
    read_choices(line);
    Quiet session(frame::surroundings("tresse explore", line.out));
    if (!line.shots.folder.empty()) {
        line.shots.processor_seconds = processor_seconds;
        for (const ui::ShotResult& shot : ui::shoot(line.window, line.shots, session)) {
            std::string words = shot.file;
            if (line.shots.frames > 0)
                words += fill(tr("  milliseconds a frame (95 % below): {paint}; with a new page {page}, processor time "
                                 "{processor}"),
                              {{"page", times(shot.page)},
                               {"paint", times(shot.paint)},
                               {"processor", times(shot.processor)}});
            session.write(words + "\n");
        }
        return app::done;
    }
    try {
        ui::run_window(line.window, session);
    } catch (const MachineRefused& refused) {
        throw MachineRefused(
            fill(tr("No window can open here: {reason}\nThe same results as pages: ./tresse report {run}\nPictures "
                    "without a window: ./tresse explore {run} --shot FOLDER"),
                 {{"reason", refused.what()}, {"run", line.window.word.empty() ? "RUN" : line.window.word}}));
    }
    return app::done;
}

int say(const std::string& words, int code) {
    std::fputs(words.c_str(), stderr);
    if (!words.ends_with('\n'))
        std::fputc('\n', stderr);
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    return frame::exit_code_of([&] { return perform(argc, argv); }, say);
}
