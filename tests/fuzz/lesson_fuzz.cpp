#include <cstddef>
#include <cstdint>
#include <string>

#include "tresse/core/problems.hpp"
#include "tresse/scenario/game.hpp"
#include "tresse/scenario/lesson.hpp"

// Any text is a lesson, an answer sheet, a game or moves with problems: never a crash. The first byte says which. A sheet without problems reads
// back to itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tresse;
    if (size == 0)
        return 0;
    const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
    Problems problems;
    if (data[0] % 4 == 0) {
        scenario::parse_lesson(text, "fuzz.yaml", problems);
    } else if (data[0] % 4 == 1) {
        const scenario::AnswerSheet sheet = scenario::parse_answers(text, "fuzz.yaml", problems);
        if (problems.any())
            return 0;
        const std::string once = scenario::answers_yaml(sheet);
        Problems again;
        const scenario::AnswerSheet back = scenario::parse_answers(once, "again.yaml", again);
        if (again.any() || scenario::answers_yaml(back) != once)
            __builtin_trap();
    } else if (data[0] % 4 == 2) {
        scenario::parse_game(text, "fuzz.yaml", problems);
    } else {
        scenario::parse_moves(text, "fuzz.yaml", scenario::Game{}, problems);
    }
    return 0;
}
