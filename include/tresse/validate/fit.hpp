#pragma once

#include <string>
#include <vector>

#include "tresse/scenario/factors.hpp"
#include "tresse/validate/judge.hpp"

/// Finding the constants of the base year.
namespace tresse::validate {

/// One constant before and after, with the row that it is fitted to.
struct Fitted {
    scenario::Factor constant;      ///< with the new value
    double value_before = 1;
    double target = 0, simulated_before = 0, simulated = 0;
    double band = 0;                  ///< of the target, in its unit
    bool at_bound = false;            ///< the optimum lies at a bound: the row is not reached by this constant alone
};

struct FitResult {
    std::vector<Fitted> rows;
    int runs = 0;                     ///< base years simulated
    double misfit_before = 0, misfit = 0;  ///< root of the mean square of distances in bands
};

/// A base year simulated with given factors, judged. The same luck every time.
class BaseYear {
public:
    virtual ~BaseYear() = default;
    virtual Validation judged_with(const std::vector<scenario::Factor>& constants) = 0;
};

/// Finds factors within their bounds that bring the rows to their targets.
/// Formula: rounds of (1) a base year is simulated; (2) the response of the log of each row to the log of each factor, at first the
/// declared elasticity, is corrected by Broyden's rule with what the last round did; (3) BOBYQA of NLopt minimises the sum of squared
/// distances in bands that these responses foresee, within bounds. The best factors simulated are kept.
/// Random: none of its own. Requires: every constant names a row that the base year judges (else BadInput names it).
FitResult fit(std::vector<scenario::Factor> constants, BaseYear& base_year, int rounds, const std::string& file);

/// One sentence for the constants file.
std::string fit_report(const FitResult& result, const std::string& when, int sample, int replicates);

}  // namespace tresse::validate
