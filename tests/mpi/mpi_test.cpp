// Ranks: the same result hash as one process, and a rank that dies costs only its piece.
#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "../said.hpp"
#include "../temporary_folder.hpp"
#include "tresse/store/run_folder.hpp"

using namespace tresse;

namespace {

struct Scratch : TemporaryFolder {
    Scratch() : TemporaryFolder("mpi") {
        std::ofstream(path / "small.yaml") << "format: 1\nkind: study\nid: small\ntitle: Small\nscenario: village\narm: integrated\ndraws: 4\nrepeats: 2\nsample: 10\nmonths: 13\n"
                                              "why: {draws: 1, exact_up_to: 2, orders: 1}\nsensitivity: {inputs: 2, repeats: 1, morris: 1}\neconomics: {lifetime_draws: 0}\n"
                                              "equity: {eur_per_qaly_forgone: {value: 40000, low: 20000, high: 80000, source: A-971}}\n";
    }
    std::string study() const { return (path / "small.yaml").string(); }
};

const std::string binary = TRESSE_BINARY_DIR;
const std::string mpirun = "env OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 TRESSE_HOME=" + std::string(TRESSE_SOURCE_DIR) + " mpirun --oversubscribe ";

std::uint64_t result_in(const std::string& folder) {
    const auto runs = store::runs(folder);
    REQUIRE(runs.size() == 1);
    CHECK(runs[0].manifest.state == store::State::complete);
    return runs[0].manifest.result;
}

}  // namespace

TEST_CASE("two ranks and three ranks give the result hash of one process", "[mpi][slow][laws]") {
    const Scratch s;
    const auto out = [&](const char* name) { return (s.path / name).string(); };
    const Said one = said_by("TRESSE_HOME=" + std::string(TRESSE_SOURCE_DIR) + " " + binary + "/tresse study " + s.study() + " --threads 1 --out " + out("one"));
    INFO(one.text);
    REQUIRE(one.code == 0);
    for (const char* n : {"2", "3"}) {
        const Said ranks = said_by(mpirun + "-n " + n + " " + binary + "/tresse-mpi study " + s.study() + " --out " + out(n));
        INFO(ranks.text);
        REQUIRE(ranks.code == 0);
        CHECK(result_in(out(n)) == result_in(out("one")));
    }
}

TEST_CASE("a rank that is killed costs only what it was working on", "[mpi][slow]") {
    const Scratch s;
    const auto out = [&](const char* name) { return (s.path / name).string(); };
    const Said one = said_by("TRESSE_HOME=" + std::string(TRESSE_SOURCE_DIR) + " " + binary + "/tresse study " + s.study() + " --draws 64 --threads 1 --out " + out("one"));
    INFO(one.text);
    REQUIRE(one.code == 0);
    // The last rank of four dies when progress is told, so when the first futures are kept (until then nobody knows how long one takes, and a
    // silent rank is given a quarter of an hour); the others go on. Which process is that rank stands in its environment.
    const std::string log = out("log");
    const std::string killer = "until grep -q 'study .*%' " + log + " 2>/dev/null; do sleep 0.1; done; for p in $(pgrep -f 'tresse-mpi study " + s.study() + "'); do "
                               "tr '\\0' '\\n' </proc/$p/environ | grep -qx OMPI_COMM_WORLD_RANK=3 && kill -9 $p && echo killed >>" + log + "; done";
    const Said ranks = said_by("(" + killer + ") 2>/dev/null & timeout -k 5 800 " + mpirun + "--enable-recovery -n 4 " + binary + "/tresse-mpi study " + s.study() + " --draws 64 --out " + out("four") +
                               " >>" + log + " 2>&1; cat " + log);
    CHECK(ranks.text.find("killed") != std::string::npos);
    INFO(ranks.text);
    CHECK(result_in(out("four")) == result_in(out("one")));
}

TEST_CASE("wrong words end all ranks with the exit code of bad input", "[mpi][slow]") {
    const Said said = said_by(mpirun + "-n 2 " + binary + "/tresse-mpi study no-such-study");
    CHECK(said.code == 2);
    CHECK(said.text.find("no-such-study") != std::string::npos);
}
