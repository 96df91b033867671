#pragma once

#include <string>
#include <vector>

#include "tresse/core/problems.hpp"
#include "tresse/scenario/source.hpp"

/// What shipped scenarios must say again: published results that were not used to fit (scenarios/backtests.yaml).
namespace tresse::scenario {

struct Backtest {
    enum class Expect { same, better, worse, up, down };
    std::string id, scenario, arm, against, source;
    std::vector<std::string> scores;   ///< rows of the score table
    Expect expect = Expect::same;
    bool says_seen = false, seen = false;
};

struct Backtests {
    int months = 60, replicates = 8;
    std::vector<Backtest> rows;        ///< in the order of the file
    std::vector<SourceUse> sources;
};

Backtests read_backtests(const std::string& path, Problems& problems);

}  // namespace tresse::scenario
