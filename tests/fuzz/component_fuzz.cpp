#include <cstddef>
#include <cstdint>
#include <string>

#include "tresse/core/problems.hpp"
#include "tresse/scenario/component.hpp"
#include "tresse/scenario/scenario.hpp"

// Any text is a component whose actions can be compiled, or a list of problems.

using namespace tresse;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const scenario::Scenario village = scenario::load_scenario("village", TRESSE_SOURCE_DIR);
    const std::string text(reinterpret_cast<const char*>(data), size);
    Problems problems;
    const auto component = scenario::read_component_text(text, "fuzz.yaml", *village.catalogue, problems);
    if (component && !problems.any())
        for (const scenario::ActionSpec& action : component->actions)
            for (int draw = 0; draw < 3; ++draw)
                scenario::compile_action(action, *village.catalogue, 2026, draw);
    problems.text();
    return 0;
}
