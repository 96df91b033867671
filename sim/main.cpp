#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>

#include "tresse/frame/frame.hpp"
#include "tresse/core/memory.hpp"
#include "tresse/app/commands.hpp"
#include "tresse/app/lesson.hpp"
#include "tresse/app/program.hpp"
#include "tresse/app/session.hpp"
#include "tresse/app/study.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"

/// The program on the command line: parses, gives the clock, the environment and the screen to `app`, and turns
/// exceptions into exit codes.
namespace {

using namespace tresse;
using text::fill;
using text::tr;

std::atomic<bool> stop_flag{false};

/// The first Ctrl-C asks to stop between two months; the second ends at once.
void on_interrupt(int signal_number) {
    if (stop_flag.exchange(true)) {
        std::signal(signal_number, SIG_DFL);
        std::raise(signal_number);
    }
}

class Terminal : public app::Session {
public:
    Terminal(app::Surroundings around, bool quiet)
        : app::Session(std::move(around)), bar_(!quiet && isatty(STDERR_FILENO) != 0), quiet_(quiet) {}

    void write(std::string_view words) override {
        clear();
        std::fwrite(words.data(), 1, words.size(), stdout);
        if (std::fflush(stdout) != 0)
            throw MachineRefused("Cannot write to the screen or pipe.");
    }
    void remark(std::string_view words) override {
        if (!quiet_)
            warn(words);
    }
    void warn(std::string_view words) override {
        clear();
        std::fwrite(words.data(), 1, words.size(), stderr);
        std::fputc('\n', stderr);
        std::fflush(stderr);
    }
    void progress(double part, double all, std::string_view what) override {
        if (!bar_) {
            if (!quiet_)
                tell(part, all, what);
            return;
        }
        if (all <= 0) {
            clear();
            return;
        }
        const double now = seconds(), share = std::clamp(part / all, 0.0, 1.0);
        if (what != what_) {
            what_ = what;
            began_ = now;
            drawn_at_ = -1;
        }
        if (now - drawn_at_ < 0.2 && share < 1)
            return;
        drawn_at_ = now;
        constexpr int columns = 30;
        const int full = static_cast<int>(share * columns);
        std::string line = "\r" + what_ + "  [" + std::string(static_cast<std::size_t>(full), '#') +
                           std::string(static_cast<std::size_t>(columns - full), '.') + "] " + text::percent(share);
        if (share > 0.02 && share < 1)
            line += "  " + fill(tr("{time} left"), {{"time", text::duration((now - began_) * (1 - share) / share)}});
        line += "\033[K";
        std::fwrite(line.data(), 1, line.size(), stderr);
        std::fflush(stderr);
        shown_ = true;
    }
    bool ask(std::string_view question, std::string& line) override {
        write(question);
        line.clear();
        for (int c = std::getc(stdin); c != EOF; c = std::getc(stdin)) {
            if (c == '\n') {
                if (isatty(STDIN_FILENO) == 0)
                    write("\n");
                return true;
            }
            if (line.size() < longest_answer)
                line += static_cast<char>(c);
        }
        write("\n");
        return !line.empty();
    }
    double seconds() override {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }
    double memory() override {
        return frame::peak_memory();
    }
    bool stop_asked() override { return stop_flag.load(); }

    void clear() {
        if (shown_)
            std::fwrite("\r\033[K", 1, 4, stderr);
        shown_ = false;
    }

private:
    static constexpr std::size_t longest_answer = 2000;  // bytes of a line that are kept

    /// Without a terminal: how long it will take once two hundredths are done, then a line every tenth. Work that is done
    /// within seconds says nothing.
    void tell(double part, double all, std::string_view what) {
        if (all <= 0)
            return;
        const double now = seconds(), share = std::clamp(part / all, 0.0, 1.0);
        if (what != what_) {
            what_ = what;
            began_ = drawn_at_ = now;
            tenths_ = -1;
        }
        const int tenths = static_cast<int>(share * 10);
        if (share < 0.02 || share >= 1 || tenths <= tenths_ || now - drawn_at_ < 3)
            return;
        tenths_ = tenths;
        drawn_at_ = now;
        warn(what_ + "  " + text::percent(share) + "  " +
             fill(tr("{time} left"), {{"time", text::duration((now - began_) * (1 - share) / share)}}));
    }

    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    bool bar_, quiet_, shown_ = false;
    std::string what_;
    double began_ = 0, drawn_at_ = -1;
    int tenths_ = -1;
};

/// `--lang`, else the language of the environment when it is one of ours, else English.
Lang language_of(const std::string& option) {
    Lang lang = Lang::en;
    if (!option.empty()) {
        if (parse_lang(option, lang))
            return lang;
        Problems problems;
        problems.add(tr("The command line"), 0, "--lang",
                     fill(tr("found {word}, wanted en, fr, nl or de."), {{"word", option}}));
        throw BadInput(std::move(problems));
    }
    for (const char* name : {"TRESSE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"})
        if (const std::string value = frame::environment(name); !value.empty()) {
            parse_lang(value.substr(0, 2), lang);
            return lang;
        }
    return lang;
}

/// What the command line says.
struct Line {
    app::Options options;
    std::vector<std::string> names, settings;
    std::string out, lang, sample, format = "text", arm;
    app::Explain explain;
    app::Jury jury;
    app::Lesson lesson;
    app::Person person;
    bool fit = false;
};

/// What a command does with the common options; one that it does not use is not offered. Every command has --lang and --quiet.
enum Uses : unsigned {
    futures = 1,    ///< how many and with which luck
    machine = 2,    ///< processors and memory
    time_ = 4,      ///< months and sample
    file_keys = 8,  ///< --set and --area
    folder = 16,    ///< where run folders are
    format = 32,
    resume = 64,
    everything = 127
};

void add_common(CLI::App& command, Line& line, unsigned uses) {
    if (uses & futures) {
        command.add_option("--replicates", line.options.replicates, "Number of futures")->check(CLI::Range(1, 10000));
        command.add_option_function<std::uint64_t>(
            "--seed", [&line](const std::uint64_t& seed) { line.options.has_seed = true, line.options.seed = seed; },
            "Seed of all luck");
    }
    if (uses & machine) {
        command.add_option("--threads", line.options.threads, "Processors to use (default: all)")
            ->check(CLI::Range(1, 1024));
        command.add_option("--memory", line.options.memory_gb, "GB that worlds may take together")
            ->check(CLI::PositiveNumber);
    }
    if (uses & time_) {
        command.add_option("--months", line.options.months, "Months of the policy period")->check(CLI::Range(1, 600));
        command.add_option("--sample", line.sample,
                           "Share of the households: 10, 1/10 or 0.1; a sketch, not to be quoted");
    }
    if (uses & file_keys) {
        command.add_option("--set", line.settings, "KEY=VALUE: changes a key of the scenario file")
            ->allow_extra_args(false);
        command.add_option("--area", line.options.area,
                           "Another area: a municipality, zone, arrondissement, province or region");
    }
    if (uses & folder)
        command.add_option("--out", line.out, "Folder of run folders (default: results/)");
    if (uses & format)
        command.add_option("--format", line.format, "text, json or csv")
            ->check(CLI::IsMember({"text", "json", "csv"}));
    if (uses & resume)
        command.add_flag("--resume", line.options.resume, "Go on with an unfinished run");
    command.add_option("--lang", line.lang, "en, fr, nl or de");
    command.add_flag("--quiet", line.options.quiet, "No remarks and no progress bar");
}

/// Commands by name. Order: of the help text.
struct Command {
    const char* name;
    const char* arguments;
    const char* about;
    unsigned uses;
};
constexpr Command commands[] = {
    {"compare", "SCENARIO...", "Arms of one or several scenarios, paired: score table, run folder, report", everything},
    {"run", "SCENARIO", "One arm (default: the base): supply, need and waiting by municipality", everything},
    {"study", "STUDY", "Many futures at drawn numbers: how sure, why, for whom; resumable, with a report", everything},
    {"check", "FILE|REGION...", "Any file of ours, all problems at once; a region pack with its fit", file_keys | time_},
    {"explain", "SCENARIO|RUN|FILE", "In plain words: what differs from the base, a rule, a component",
     file_keys | folder},
    {"jury", "CALL [PROPOSAL...]", "A round: eligibility, simulated impact, scoring sheets, analysis, minutes",
     everything},
    {"person", "RUN [ID]", "One simulated life, month by month, in every arm of a run",
     folder | machine | format | time_},
    {"report", "RUN", "The report again, from a run folder", folder | format},
    {"rerun", "RUN", "Repeats a run and ends with \"identical\"", folder | machine},
    {"validate", "[AREA...]", "The base year against published figures: pass, near or fail, with the band", everything},
    {"lesson", "[NAME]", "Predict, run, compare, explain: lessons with exercises; lesson check, lesson collect, lesson game", everything},
    {"explore", "[SCENARIO|RUN]", "Opens the explorer", everything},
};

void add_person(CLI::App& command, app::Person& person) {
    command.add_option("--find", person.find, "Conditions, with commas: \"two admissions, lives alone\"");
    command.add_option("--worse", person.worse, "Id of an arm in which the life is worse");
    command.add_flag("--random", person.random, "Anybody");
    command.add_option_function<std::uint64_t>(
        "--key", [&person](const std::uint64_t& key) { person.has_key = true, person.key = key; },
        "Which of those who fit; the same number gives the same person");
    command.add_option("--replicate", person.replicate, "Which future of the run (default: 0, the first)");
    command.add_option("--arm", person.arms, "Arms beside the base (default: all of the run)");
}

void build_parser(CLI::App& parser, Line& line) {
    parser.require_subcommand(1);
    parser.set_version_flag("--version", app::program_info().version + " (" + app::program_info().commit + ")");
    for (const Command& c : commands) {
        CLI::App* sub = parser.add_subcommand(c.name, c.about);
        const std::string name = c.name;
        const bool many = name == "compare" || name == "check" || name == "person" || name == "jury" || name == "validate" || name == "lesson",
                   optional = name == "explore" || name == "jury" || name == "validate" || name == "lesson";
        CLI::Option* names = sub->add_option("names", line.names, c.arguments)->type_name("");
        if (!optional)
            names->required();
        names->expected(optional ? 0 : 1, many ? 100 : 1);
        if (name == "compare")
            sub->add_option("--repeats", line.options.repeats,
                            "Futures of each draw of the uncertain numbers (default: 1); 2 tell chance from them")
                ->check(CLI::Range(1, 1000));
        if (name == "run")
            sub->add_option("--arm", line.arm, "Id of the arm (default: the base)");
        if (name == "study")
            sub->add_option("--draws", line.options.draws, "Points of the uncertain numbers (default: as the study says)")
                ->check(CLI::Range(2, 65536));
        if (name == "study" || name == "compare")
            sub->add_flag("--until-decided", line.options.until_decided,
                          "More futures until chance no longer changes a verdict or a rank");
        if (name == "validate")
            sub->add_flag("--fit", line.fit, "First find the free constants of the region pack, and write them");
        if (name == "lesson") {
            sub->add_flag("--print", line.lesson.print, "A page for A4 instead of a conversation");
            sub->add_flag("--again", line.lesson.again, "Ask for a new prediction");
        }
        if (name == "explain") {
            sub->add_flag("--assumptions", line.explain.assumptions,
                          "Every number that is our assumption, with its reason");
            sub->add_flag("--mechanisms", line.explain.mechanisms, "What happened by which mechanism (needs a RUN)");
            sub->add_flag("--scores", line.explain.scores, "All scores, those beside the score table too (needs a RUN)");
            sub->add_option("--component", line.explain.component, "ID/ACTION: one action of a component");
        }
        if (name == "jury") {
            sub->add_option("--round", line.jury.round, "Folder that keeps the round between sittings");
            sub->add_option("--pack", line.jury.pack, "New folder for one pack of papers per juror");
            sub->add_option("--scores", line.jury.scores, "Filled scoring sheets (CSV)");
            sub->add_option("--by", line.jury.by, "Who hands these files in, for the audit list");
            sub->add_flag("--no-simulation", line.jury.no_simulation, "Findings, means and scores alone");
        }
        if (name == "person")
            add_person(*sub, line.person);
        add_common(*sub, line, c.uses);
    }
}

/// The explorer that was built beside this program.
std::string explorer_path() {
    char own[4096];
    const ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    return join_path(folder_of(std::string(own, length > 0 ? static_cast<std::size_t>(length) : 0)), "tresse-explorer");
}

/// Replaces this program by the explorer, which reads its own options.
int explore(char** argv) {
    const std::string path = explorer_path();
    if (exists(path)) {
        argv[1] = const_cast<char*>(path.c_str());
        execv(path.c_str(), argv + 1);
    }
    throw MachineRefused("The explorer is not built here (" + path +
                         "). It needs the window libraries; see ./tresse --launcher-help.");
}

int unknown_command(const std::string& word) {
    std::vector<std::string> known;
    for (const Command& c : commands)
        known.emplace_back(c.name);
    const std::string near = nearest(word, known);
    std::string all;
    for (const std::string& one : known)
        all += (all.empty() ? "" : ", ") + one;
    const std::string words = fill(tr("\"{word}\" is no command."), {{"word", word}}) + " " +
                              (near.empty() ? fill(tr("There are: {list}."), {{"list", all}})
                                            : fill(tr("Nearest: {word}."), {{"word", near}})) +
                              " " + tr("`tresse --help` lists them all.") + "\n";
    std::fputs(words.c_str(), stderr);
    return app::bad_input;
}

int person(const Line& line, app::Session& session) {
    app::Person how = line.person;
    if (line.names.size() > 1)
        how.id = line.names[1];
    return app::person(line.names.front(), how, line.options, session);
}

int dispatch(const std::string& command, const Line& line, app::Session& session, char** argv) {
    if (command == "compare")
        return app::compare(line.names, line.options, session);
    if (command == "run")
        return app::run(line.names.front(), line.arm, line.options, session);
    if (command == "study")
        return app::study(line.names.front(), line.options, session);
    if (command == "check")
        return app::check(line.names, line.options, session);
    if (command == "explain")
        return app::explain(line.names.front(), line.explain, line.options, session);
    if (command == "jury")
        return app::jury(line.names, line.jury, line.options, session);
    if (command == "lesson")
        return app::lesson(line.names, line.lesson, line.options, session);
    if (command == "person")
        return person(line, session);
    if (command == "report")
        return app::report(line.names.front(), line.options, session);
    if (command == "rerun")
        return app::rerun(line.names.front(), line.options, session);
    if (command == "validate")
        return app::validate(line.names, line.fit, line.options, session);
    return explore(argv);
}

int perform(int argc, char** argv) {
    Line line;
    CLI::App parser("Tresse: an agent-based simulator of integrated care of people with chronic illness in Belgium.",
                    "tresse");
    build_parser(parser, line);
    const auto known = [](const std::string& word) {
        return std::any_of(std::begin(commands), std::end(commands), [&](const Command& c) { return word == c.name; });
    };
    const bool asks_help = std::any_of(argv + 1, argv + argc, [](const char* word) {
        return std::string_view(word) == "--help" || std::string_view(word) == "-h";
    });
    if (argc > 1 && std::string_view(argv[1]) == "explore" && (!asks_help || exists(explorer_path())))
        return explore(argv);
    if (argc > 1 && argv[1][0] != '-' && !known(argv[1]))
        return unknown_command(argv[1]);
    try {
        parser.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return parser.exit(error) == 0 ? app::done : app::bad_input;
    }
    text::set_language(language_of(line.lang));
    if (!line.sample.empty())
        line.options.sample = app::sample_of(line.sample);
    for (const std::string& setting : line.settings)
        line.options.set.push_back(app::setting_of(setting));
    line.options.format = line.format == "csv"    ? app::Format::csv
                          : line.format == "json" ? app::Format::json
                                                  : app::Format::text;

    struct sigaction action{};
    action.sa_handler = on_interrupt;
    sigaction(SIGINT, &action, nullptr);
    app::Surroundings around = frame::surroundings(frame::command_text("tresse", argc, argv), line.out);
    around.colour = isatty(STDOUT_FILENO) != 0 && frame::environment("NO_COLOR").empty() && frame::environment("TERM") != "dumb";
    Terminal terminal(std::move(around), line.options.quiet);
    try {
        const int code = dispatch(parser.get_subcommands().front()->get_name(), line, terminal, argv);
        terminal.clear();
        return code;
    } catch (...) {
        terminal.clear();
        throw;
    }
}

int say(const std::string& words, int code) {
    std::fputs(words.c_str(), stderr);
    if (!words.ends_with('\n'))
        std::fputc('\n', stderr);
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    tresse::return_large_blocks();
    return frame::exit_code_of([&] { return perform(argc, argv); }, say);
}
