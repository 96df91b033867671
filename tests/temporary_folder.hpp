#pragma once

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>

/// A folder of its own for a test: empty at the start, gone with everything in it at the end.
struct TemporaryFolder {
    std::filesystem::path path;

    /// `name` stands in the folder's name, so that one left behind by a killed test says whose it was.
    explicit TemporaryFolder(const std::string& name) {
        std::string wanted = (std::filesystem::temp_directory_path() / ("tresse-" + name + "-XXXXXX")).string();
        if (!mkdtemp(wanted.data()))
            throw std::runtime_error("no temporary folder can be made: " + wanted);
        path = wanted;
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
};
