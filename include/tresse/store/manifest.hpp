#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tresse::store {

enum class State : std::uint8_t {
    running,  ///< being made, or its program was killed
    complete,
    incomplete,  ///< stopped; what is finished is kept and can be resumed
};

/// What is needed to repeat a run, and what came out.
struct Manifest {
    std::string scenario, title;
    std::string command;  ///< as typed
    std::string version, commit, compiler, flags;
    std::uint64_t program = 0;  ///< hash of the program file
    std::uint64_t inputs = 0;   ///< hash of all inputs; its first six digits are the short code
    std::vector<std::pair<std::string, std::uint64_t>> input_hashes;  ///< part (scenario, library, region) and its hash
    std::string scenario_name;                                        ///< as given: path or id, for `rerun`
    std::vector<std::pair<std::string, std::string>> options;         ///< what the command line changed, for `rerun`
    std::uint64_t seed = 0;
    int threads = 0, replicates = 0, finished = 0, months = 0, sample = 1;
    std::vector<std::string> arms;  ///< ids; the base first
    std::string started;            ///< "2026-11-21T14:05:33Z"
    double seconds = 0;             ///< of work, all sittings together
    double megabytes = 0;           ///< largest memory used
    State state = State::running;
    std::uint64_t result = 0;  ///< hash of all results; 0 while not complete

    std::string code() const;  ///< "1a2b3c"
    std::string option(const std::string& name) const;
};

std::string to_json(const Manifest& manifest);
/// Throws: BadInput, when the text is no manifest; `name` stands in the message.
Manifest manifest_from_json(const std::string& text, const std::string& name);

}  // namespace tresse::store
