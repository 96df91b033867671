#include "tresse/core/check.hpp"

#include <fmt/format.h>

namespace tresse::detail {

void broken_rule(const char* condition, const char* why, const char* file, int line) {
    throw BrokenRule(fmt::format("Broken rule at {}:{}: {} (this does not hold: {})", file, line, why, condition));
}

}  // namespace tresse::detail
