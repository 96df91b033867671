#include "tresse/frame/frame.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <thread>

#include "tresse/app/program.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"

namespace tresse::frame {

namespace {

/// "2026-11-21T14:05:33".
std::string time_text(const std::tm& time) {
    char buffer[64];
    return std::string(buffer, std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%S", &time));
}

}  // namespace

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

double peak_memory() {
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    return static_cast<double>(use.ru_maxrss) * 1024;
}

std::string command_text(const std::string& command, int argc, char** argv) {
    std::string out = command;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool plain = !word.empty() && word.find_first_of(" \t\"'$\\*?&|;<>()") == std::string::npos;
        out += plain ? " " + word : " '" + word + "'";
    }
    return out;
}

app::Surroundings surroundings(const std::string& command, const std::string& out) {
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

}  // namespace tresse::frame
