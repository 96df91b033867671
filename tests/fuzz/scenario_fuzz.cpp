#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/scenario/scenario.hpp"

// Any file is a scenario whose numbers can be compiled, or a list of problems; and what it was resolved to is a scenario again.

using namespace tresse;

namespace {

std::string desk() {
    char name[] = "/tmp/tresse-fuzz-XXXXXX";
    return mkdtemp(name);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string folder = desk();
    static const std::string file = join_path(folder, "fuzz.yaml"), again = join_path(folder, "again.yaml");
    write_file(file, std::string(reinterpret_cast<const char*>(data), size));
    try {
        const scenario::Scenario s = scenario::load_scenario(file, TRESSE_SOURCE_DIR);
        for (int arm = 0; arm < static_cast<int>(s.arms.size()) && arm < 3; ++arm)
            scenario::compile_policy(s, arm, 1);
        write_file(again, s.resolved);
        try {
            if (scenario::load_scenario(again, TRESSE_SOURCE_DIR).resolved != s.resolved)
                __builtin_trap();
        } catch (const BadInput& bad) {  // what we wrote ourselves must be readable
            write_file(join_path(folder, "why.txt"), bad.problems().text());
            __builtin_trap();
        }
    } catch (const BadInput& bad) {
        if (bad.problems().text().empty())
            __builtin_trap();
    }
    return 0;
}
