#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/scenario/call.hpp"
#include "tresse/scenario/reader.hpp"

/// Who judges: jurors with their bench, their conflicts of interest, and what each bench weighs.
namespace tresse::scenario {

struct JurorConflict {
    std::string proposal, why;
    int line = 0;
};

struct Juror {
    std::string id, name, bench, organisation, language;
    std::vector<JurorConflict> conflicts;
    int line = 0;
};

/// How a bench weighs: points of swing (the criterion whose swing from worst to best counts most has 100), or only an
/// order of importance. `value`: worth of a score on the scale, as points of a broken line; empty = straight.
struct BenchWeights {
    std::string bench;
    std::vector<double> swing;             ///< by criterion of the call; empty = not given
    std::vector<int> order;                ///< criteria from most to least important; empty = not given
    std::vector<std::pair<double, double>> value;
    std::vector<int> left_out;             ///< criteria that are not named; a 0 that is written names one
    int line = 0;
};

struct Round {
    std::string id, file;
    LocalText title;
    bool invented = false;
    std::vector<Juror> jurors;
    std::vector<BenchWeights> weights;
    std::uint64_t hash = 0;

    int juror(std::string_view id) const;  ///< -1 when there is none
    const BenchWeights* weights_of(std::string_view bench) const;
};

/// Reads the file of a round against its call. Problems are added: two jurors of one name, weights that are all zero,
/// benches and criteria that the call has not.
Round read_round(const std::string& path, const Call& call, Problems& problems);
Round read_round_text(const std::string& text, const std::string& name, const Call& call, Problems& problems);

/// Keys of calls, proposals and rounds, for scenarios/README.md.
std::vector<KeyDoc> jury_keys();

}  // namespace tresse::scenario
