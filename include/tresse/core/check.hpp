#pragma once

#include <stdexcept>
#include <string>

namespace tresse {

/// A broken rule of our own: a bug, never the user's fault. Carries file and line; exit code 4.
class BrokenRule : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// The machine refused (disk, permission, memory); exit code 3. `what()` names the path and the system's words.
class MachineRefused : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

namespace detail {
[[noreturn]] void broken_rule(const char* condition, const char* why, const char* file, int line);
}

}  // namespace tresse

/// Holds in every build. `why` says why it must hold, for the one who reads the report.
#define TRESSE_CHECK(condition, why)                                                                                   \
    do {                                                                                                               \
        if (!(condition)) [[unlikely]]                                                                                 \
            ::tresse::detail::broken_rule(#condition, (why), __FILE__, __LINE__);                                      \
    } while (false)
