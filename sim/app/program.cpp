#include "tresse/app/program.hpp"

#include "tresse/app/build_info.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/scenario/scenario.hpp"

namespace tresse::app {

namespace {

[[noreturn]] void bad(const std::string& option, const std::string& message) {
    Problems problems;
    problems.add(text::tr("The command line"), 0, option, message);
    throw BadInput(std::move(problems));
}

}  // namespace

ProgramInfo program_info() {
    return {build_info::version, build_info::commit, build_info::compiler, build_info::source_dir};
}

int sample_of(const std::string& share) {
    int k = 0;
    if (!scenario::parse_sample(share, k))
        bad("--sample",
            text::fill(
                text::tr("found {share}, wanted a whole k for a share of 1/k of the households: 10, 1/10 or 0.1."),
                {{"share", share}}));
    return k;
}

std::pair<std::string, std::string> setting_of(const std::string& setting) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
        bad("--set", text::fill(text::tr("found {what}, wanted KEY=VALUE, such as runs.seed=7."), {{"what", setting}}));
    return {setting.substr(0, equals), setting.substr(equals + 1)};
}

}  // namespace tresse::app
