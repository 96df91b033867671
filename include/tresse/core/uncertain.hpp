#pragma once

#include <cstdint>
#include <string>

namespace tresse {

/// How an uncertain number is drawn from (value, low, high).
enum class Law : std::uint8_t {
    fixed,      ///< no range: known by rule
    normal,     ///< any sign: low/high are the 2.5 % and 97.5 % points (split normal around value)
    lognormal,  ///< a positive factor or rate: split on the log scale
    logit,      ///< a probability or share in (0, 1): split on the logit scale
    uniform,    ///< between low and high
};

/// An estimate of the world: a value with range and source. A design choice of the user is a bare number, not this.
struct Uncertain {
    double value = 0, low = 0, high = 0;
    Law law = Law::fixed;
    double nil_prob = 0;  ///< probability that the truth is "nothing" (1 for ratios, 0 for additions)
    double nil_value = 0;
    std::string source;  ///< S-nnn or A-nnn; may be empty only for values that never leave a test
    std::string key;  ///< where it stands: "conditions.type2_diabetes.stages[0].mortality_ratio"; the key of its draw

    bool is_assumption() const { return !source.empty() && source[0] == 'A'; }
    /// The value at a quantile of its law. Law: at(0.5) == value for split laws; monotone in p; inside [low, high]
    /// between 2.5 % and 97.5 %.
    /// Requires: 0 < p < 1 (0 and 1 too when fixed or uniform), low <= value <= high within the bounds of the law.
    double at(double p) const;
    /// The draw of parameter set `draw_number` (0 = the central value everywhere), keyed by `key`.
    /// Random: one block of purpose `parameter` with the hash of `key` as entity and the draw number as month; word 0
    /// the quantile, word 1 nil or not.
    double drawn(std::uint64_t seed, int draw_number) const;
};

}  // namespace tresse
