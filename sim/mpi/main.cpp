
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <thread>
#include <vector>

#include <boost/mpi/environment.hpp>

#include "crew.hpp"
#include "tresse/app/program.hpp"
#include "tresse/app/study.hpp"
#include "tresse/frame/frame.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

/// A study over ranks: `mpirun -n N tresse-mpi study STUDY [options of tresse study]`. Rank 0 hands out futures and keeps what comes
/// back; the others run them. The results, and their hash, are those of one process.
namespace {

using namespace tresse;
using text::fill;
using text::tr;

/// Rank 0 prints; the others are silent. No progress bar: the output of a batch job is a file.
class Screen : public app::Session {
public:
    Screen(app::Surroundings around, bool speaks) : app::Session(std::move(around)), speaks_(speaks) {}
    void write(std::string_view words) override { put(stdout, words); }
    void remark(std::string_view words) override { put(stderr, std::string(words) + "\n"); }
    void warn(std::string_view words) override { put(stderr, std::string(words) + "\n"); }
    void progress(double part, double all, std::string_view what) override {
        const int percent = all > 0 ? static_cast<int>(100 * part / all) : 0;
        if (all <= 0 || percent < last_ + 5)
            return;
        last_ = percent - percent % 5;
        const double now = seconds(), left = part > 0 ? now * (all - part) / part : 0;
        remark(std::string(what) + " " + text::percent(part / all) + "  " + fill(tr("{time} left"), {{"time", text::duration(left)}}));
    }
    double seconds() override { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }
    double memory() override {
        return frame::peak_memory();
    }
    bool stop_asked() override { return false; }

private:
    void put(FILE* file, std::string_view words) {
        if (!speaks_)
            return;
        std::fwrite(words.data(), 1, words.size(), file);
        std::fflush(file);
    }
    const bool speaks_;
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    int last_ = -5;
};

struct Line {
    std::string study, out, lang;
    app::Options options;
};

[[noreturn]] void wrong(const std::string& word) {
    Problems problems;
    problems.add("tresse-mpi", 0, word, tr("wanted: tresse-mpi study STUDY [--draws N] [--sample 1/K] [--months N] [--seed S] [--out DIR] [--lang L] [--until-decided] [--resume] [--quiet]"));
    throw BadInput(std::move(problems));
}

Line line_of(int argc, char** argv) {
    Line line;
    if (argc < 3 || std::string(argv[1]) != "study")
        wrong(argc > 1 ? argv[1] : "");
    line.study = argv[2];
    for (int i = 3; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--resume" || word == "--quiet" || word == "--until-decided") {
            (word == "--resume" ? line.options.resume : word == "--quiet" ? line.options.quiet : line.options.until_decided) = true;
            continue;
        }
        if (i + 1 >= argc)
            wrong(word);
        const std::string value = argv[++i];
        long long whole = 0;
        const bool number = parse_whole(value, whole) && whole >= 0 && whole < (1LL << 53);
        if (word == "--out")
            line.out = value;
        else if (word == "--lang")
            line.lang = value;
        else if (word == "--sample")
            line.options.sample = app::sample_of(value);
        else if (word == "--draws" && number)
            line.options.draws = static_cast<int>(whole);
        else if (word == "--months" && number)
            line.options.months = static_cast<int>(whole);
        else if (word == "--seed" && number)
            line.options.has_seed = true, line.options.seed = static_cast<std::uint64_t>(whole);
        else
            wrong(word + " " + value);
    }
    return line;
}

int perform(int argc, char** argv, mpi::Ranks& ranks) {
    Line line = line_of(argc, argv);
    Lang lang = Lang::en;
    if (!line.lang.empty() && parse_lang(line.lang, lang))
        text::set_language(lang);
    line.options.threads = 1;
    Screen screen(frame::surroundings(frame::command_text("mpirun tresse-mpi", argc, argv), line.out), ranks.is_first() && !line.options.quiet);
    if (!ranks.is_first()) {
        ranks.work(line.study, line.options, screen);
        return app::done;
    }
    if (ranks.size() < 2) {
        screen.remark(tr("There is one rank only: it runs the study itself."));
        return app::study(line.study, line.options, screen);
    }
    const int code = app::study(line.study, line.options, screen, &ranks);
    ranks.dismiss();
    return code;
}

void say(const std::string& words) {
    std::fputs((words + "\n").c_str(), stderr);
}

}  // namespace

int main(int argc, char** argv) {
    boost::mpi::environment environment(argc, argv, false);
    mpi::Ranks ranks;
    const int code = frame::exit_code_of([&] { return perform(argc, argv, ranks); },
                                         [&](const std::string& words, int why) {
                                             // wrong input is the same for all ranks; what a machine refuses is said by each
                                             if (why != app::bad_input || ranks.is_first()) say(words);
                                             return why;
                                         });
    // who waits for a rank that is gone would wait for ever
    if (ranks.lost_any() || (code != app::done && ranks.size() > 1)) {
        ranks.dismiss();
        std::fflush(nullptr);
        std::_Exit(code);
    }
    // a rank may also have died after it handed in its last piece, so that nobody misses it: at the end it is waited for so long and no longer
    if (ranks.size() > 1)
        std::thread([code] {
            std::this_thread::sleep_for(std::chrono::seconds(20));
            std::_Exit(code);
        }).detach();
    return code;
}
