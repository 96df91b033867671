#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tresse {

/// Whole euro cents. All money is integer; a rate is rounded once, at load.
using Cents = std::int64_t;

/// Rounds half away from zero, by the shortest decimal text of the number: 1.005, as an author writes it, is 1.01.
/// Units: `eur` euros. Throws: BrokenRule if not finite or beyond +-9e16 cents.
Cents cents_from_eur(double eur);

/// Splits `amount` by integer weights with the largest remainder; ties go to the earlier weight. Negative amounts split
/// as their mirror.
/// Shape: result has the size of `weights`; it adds to `amount` exactly. Requires: weights >= 0 with a sum below 2^63;
/// if all are 0 the amount must be 0.
std::vector<Cents> split_by_weight(Cents amount, std::span<const std::int64_t> weights);
/// The same without allocation. Requires: out.size() == weights.size() <= 64.
void split_by_weight(Cents amount, std::span<const std::int64_t> weights, std::span<Cents> out);

/// The part of a yearly sum that falls in month 0..11, so that the twelve parts add to it: floor(Y(m+1)/12) -
/// floor(Ym/12).
Cents month_part(Cents yearly, int month_of_year);

/// "1 234.56", grouped with plain spaces, for logs and tests; the user's form is made in core/text.
std::string plain_eur(Cents amount);

}  // namespace tresse
