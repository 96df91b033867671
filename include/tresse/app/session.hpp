#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a main gives to the use cases: where to write, what time it is, where things are. Nothing below a main reads
/// the clock or the environment, prints or exits.
namespace tresse::app {

/// Exit codes of the program.
inline constexpr int done = 0, says_no = 1, bad_input = 2, machine_refused = 3, our_bug = 4;

/// Where things are and when it is; fixed for the length of a command.
struct Surroundings {
    std::string home;     ///< folder that holds scenarios/
    std::string results;  ///< folder of run folders
    std::string command;  ///< as typed, for the manifest
    std::string started;  ///< "2026-11-21T14:05:33Z"
    std::string stamp;    ///< "2026-11-21T1405", for the run folder
    int year = 2026, month = 1, day = 1;
    std::uint64_t program = 0;  ///< hash of the program file: a finished run is reused by the same program only
    bool colour = false;        ///< the screen shows colours
    int processors = 1;
};

class Session {
public:
    explicit Session(Surroundings around) : around_(std::move(around)) {}
    virtual ~Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    const Surroundings& around() const { return around_; }

    /// The answer: what a pipe takes.
    virtual void write(std::string_view text) = 0;
    /// A line beside the answer: what is going on.
    virtual void remark(std::string_view text) = 0;
    /// The same, also when the user wants quiet: what must be known to go on.
    virtual void warn(std::string_view text) = 0;
    /// A question to the user and the line typed after it. False: nobody is there to answer, or no line is left.
    virtual bool ask(std::string_view question, std::string& line) {
        (void)question, (void)line;
        return false;
    }
    /// How far the work is; drawn on a terminal, silent in a pipe. `all` 0 takes the bar away.
    virtual void progress(double done_pieces, double all, std::string_view what) = 0;
    /// Seconds since the start of the command.
    virtual double seconds() = 0;
    /// Largest memory used so far. Units: bytes.
    virtual double memory() = 0;
    /// The user asked to stop: finish what is begun.
    virtual bool stop_asked() = 0;

private:
    Surroundings around_;
};

enum class Format : std::uint8_t { text, json, csv };

/// Options that commands share. 0 and "" mean: as the scenario says.
struct Options {
    int replicates = 0, threads = 0, months = 0, sample = 0;  ///< sample k: one household in k
    int draws = 0;              ///< of a study
    int repeats = 0;            ///< futures of each draw of the uncertain numbers; 0 and 1: one
    bool until_decided = false; ///< more futures until chance no longer changes a word
    bool has_seed = false;
    std::uint64_t seed = 0;
    std::vector<std::pair<std::string, std::string>> set;  ///< KEY=VALUE
    std::string area;
    Format format = Format::text;
    bool resume = false;
    bool quiet = false;
    double memory_gb = 0;
};

}  // namespace tresse::app
