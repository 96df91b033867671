#pragma once

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <string>

#include <catch2/catch.hpp>

/// What a program said and how it ended, for tests that use programs as a user does.
struct Said {
    int code = -1;     ///< exit code; 128 when a signal ended it
    std::string text;  ///< both its outputs
};

/// Runs lines of shell without input and keeps both outputs.
inline Said said_by(const std::string& lines) {
    Said said;
    FILE* pipe = popen(("{ " + lines + "\n} 2>&1 </dev/null").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        said.text.append(buffer.data(), n);
    const int status = pclose(pipe);
    said.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    return said;
}
