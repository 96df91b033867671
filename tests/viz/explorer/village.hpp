#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tresse/app/session.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/viz/explorer/snapshot.hpp"

/// A small run for the tests of this room, made once: the village, two futures, two years.
namespace village {

using namespace tresse;

inline const std::string home = TRESSE_SOURCE_DIR;

class Still : public app::Session {
public:
    explicit Still(const std::string& results) : app::Session(around(results)) {}
    void write(std::string_view) override {}
    void remark(std::string_view) override {}
    void warn(std::string_view) override {}
    void progress(double, double, std::string_view) override {}
    double seconds() override { return 0; }
    double memory() override { return 0; }
    bool stop_asked() override { return false; }

private:
    static app::Surroundings around(const std::string& results) {
        app::Surroundings a;
        a.home = home;
        a.results = results;
        a.command = "test";
        a.started = "2026-11-21T14:05:33Z";
        a.stamp = "2026-11-21T1405";
        return a;
    }
};

/// A folder of its own for this process, empty at the start and gone at the end.
struct Folder {
    std::string path;
    explicit Folder(const std::string& name)
        : path((std::filesystem::temp_directory_path() /
                ("tresse-explorer-" + name + "-" +
                 std::to_string(std::filesystem::hash_value(std::filesystem::current_path()) % 100000)))
                   .string()) {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
};

struct Made {
    Folder folder{"village"};
    Still session{folder.path};
    app::Options options;
    std::string run;
    std::shared_ptr<const viz::explorer::Snapshot> snapshot;

    Made() {
        options.replicates = 2;
        options.months = 24;
        options.threads = 1;
        auto made = app::simulate("village", app::load("village", options, session), {}, options, session);
        app::finish(made, options, session);
        run = made.folder;
        snapshot = viz::explorer::make_snapshot(std::move(made), {home, ""});
    }
};

inline const Made& run() {
    static const Made made;
    return made;
}

}  // namespace village
