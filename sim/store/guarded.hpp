#pragma once

#include <sqlite3.h>

#include <string>

#include <SQLiteCpp/Exception.h>

#include "tresse/core/check.hpp"
#include "tresse/core/problems.hpp"

namespace tresse::store {

/// Runs `body`; what the database refuses becomes an error with path and the system's words.
template <class Body>
auto guarded(const std::string& path, Body&& body) {
    try {
        return body();
    } catch (const SQLite::Exception& error) {
        const int code = error.getErrorCode();
        if (code == SQLITE_MISUSE || code == SQLITE_RANGE || code == SQLITE_ERROR)
            TRESSE_CHECK(false, error.what());
        throw MachineRefused((code == SQLITE_FULL ? "The disk is full: " : "Cannot write or read ") + path + " (\"" +
                             error.what() + "\").");
    }
}

}  // namespace tresse::store
