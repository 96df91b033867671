#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <thread>

#include "tresse/app/program.hpp"
#include "tresse/app/session.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

/// What the programs have in common around `app`: clock, environment, machine, exit codes. Only files with a main read this.
namespace tresse::frame {

inline std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// "2026-11-21T14:05:33".
inline std::string time_text(const std::tm& time) {
    char buffer[64];
    return std::string(buffer, std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%S", &time));
}

/// Largest memory of the program so far. Unit: bytes.
inline double peak_memory() {
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    return static_cast<double>(use.ru_maxrss) * 1024;
}

/// `command` and the words of the command line after it, quoted where a shell would ask for it.
inline std::string command_text(const std::string& command, int argc, char** argv) {
    std::string out = command;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool plain = !word.empty() && word.find_first_of(" \t\"'$\\*?&|;<>()") == std::string::npos;
        out += plain ? " " + word : " '" + word + "'";
    }
    return out;
}

/// Home, results, time and program. `out`: the folder of results, or empty for the usual one.
inline app::Surroundings surroundings(const std::string& command, const std::string& out) {
    app::Surroundings a;
    const std::string own = environment("TRESSE_HOME");
    a.home = own.empty() ? app::program_info().home : own;
    a.results = out.empty() ? join_path(a.home, "results") : out;
    a.command = command;
    const std::time_t now = std::time(nullptr);
    std::tm utc{}, local{};
    gmtime_r(&now, &utc);
    localtime_r(&now, &local);
    a.started = time_text(utc) + "Z";
    const std::string here = time_text(local);
    a.stamp = here.substr(0, 13) + here.substr(14, 2);
    a.year = local.tm_year + 1900, a.month = local.tm_mon + 1, a.day = local.tm_mday;
    a.processors = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    a.program = hash_text(read_file("/proc/self/exe", std::size_t{4} << 30));
    return a;
}

/// Runs a program and turns what it throws into words and an exit code; `say(words, code)` prints and gives the code back.
template <class Perform, class Say>
int exit_code_of(Perform&& perform, Say&& say) {
    using text::tr;
    try {
        return perform();
    } catch (const BadInput& bad) {
        return say(bad.problems().text(), app::bad_input);
    } catch (const MachineRefused& refused) {
        return say(refused.what(), app::machine_refused);
    } catch (const std::bad_alloc&) {
        return say(tr("The machine has no memory left. A smaller area, --sample 1/10 or --memory GB needs less."), app::machine_refused);
    } catch (const std::exception& error) {
        return say(std::string(error.what()) + "\n" +
                       tr("This is a mistake of the program, not yours. Please report it with the command and the files you "
                          "used."),
                   app::our_bug);
    }
}

}  // namespace tresse::frame
