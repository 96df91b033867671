#include "tresse/decide/parts.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "tresse/core/draw.hpp"
#include "tresse/core/math.hpp"

using namespace tresse;
using namespace tresse::decide;

namespace {

double normal(int i, int purpose) {
    return normal_quantile(unit_open(draw(77, static_cast<std::uint64_t>(purpose), static_cast<std::uint32_t>(i), Purpose::parameter).word[0]));
}

Difference around(double mean, double noise, int purpose) {
    std::vector<Outcome> f;
    for (int r = 0; r < 200; ++r)
        f.push_back({r, 0, 0.0, mean + noise * normal(r, purpose)});
    return difference(f);
}

}  // namespace

TEST_CASE("chance and parameters are told apart by repeats", "[decide][parts]") {
    std::vector<Outcome> f;
    for (int d = 0; d < 400; ++d)
        for (int r = 0; r < 3; ++r)
            f.push_back({d * 3 + r, d + 1, 0.0, 5 + 2 * normal(d, 1) + 4 * normal(d * 3 + r, 2)});
    const Spread s = spread_of(difference(f), {}, {});
    CHECK(s.chance_known);
    CHECK(s.chance == Approx(4).epsilon(0.06));
    CHECK(s.parameters == Approx(2).epsilon(0.15));
    CHECK_FALSE(s.heterogeneity_known);
    CHECK_FALSE(s.structure_known);
}

TEST_CASE("heterogeneity is the spread between groups, without what chance adds", "[decide][parts]") {
    // groups of 100 and 300 with expected differences 1 and 5: weighted SD = sqrt(0.25 x 9 + 0.75 x 1) = 1.732
    const GroupDifference apart[] = {{100, around(1, 0.01, 5)}, {300, around(5, 0.01, 6)}};
    CHECK(spread_of(around(4, 1, 4), apart, {}).heterogeneity == Approx(std::sqrt(3.0)).epsilon(0.01));
    // equal groups with much noise: almost nothing is left
    const GroupDifference same[] = {{100, around(2, 3, 7)}, {100, around(2, 3, 8)}};
    CHECK(spread_of(around(2, 1, 4), same, {}).heterogeneity < 0.35);
}

TEST_CASE("structure is the spread over sub-models, the study's own counted as no change", "[decide][parts]") {
    // one other structure that adds 2: values 0 and 2, SD 1
    const Difference other[] = {around(2, 0.01, 3)};
    const Spread s = spread_of(around(4, 1, 4), {}, other);
    CHECK(s.structure_known);
    CHECK(s.structure == Approx(1).epsilon(0.01));
}
