#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "tresse/app/session.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/viz/explorer/snapshot.hpp"
#include "tresse/viz/explorer/worker.hpp"

#include "../../temporary_folder.hpp"

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

/// A folder of its own for a test, empty at the start and gone at the end.
struct Folder {
    TemporaryFolder own;
    std::string path = own.path.string();
    explicit Folder(const std::string& name) : own("explorer-" + name) {}
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

/// What lies on the table when the worker has nothing more to do.
struct Table {
    viz::explorer::Work work;
    std::shared_ptr<const viz::explorer::Snapshot> snapshot;
};

inline Table wait_for(viz::explorer::Worker& worker) {
    Table out;
    while (worker.busy())
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    worker.fetch(out.work, out.snapshot);
    return out;
}

}  // namespace village
