#pragma once

#include <exception>
#include <new>
#include <string>

#include "tresse/app/session.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"

/// What the programs have in common around `app`: clock, environment, machine, exit codes. Only a main reads this room.
namespace tresse::frame {

/// A variable of the environment, empty when it is not set.
std::string environment(const char* name);

/// Largest memory of the program so far. Unit: bytes.
double peak_memory();

/// `command` and the words of the command line after it, quoted where a shell would ask for it.
std::string command_text(const std::string& command, int argc, char** argv);

/// Home, results, time and program. `out`: the folder of results, or empty for the usual one.
app::Surroundings surroundings(const std::string& command, const std::string& out);

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
