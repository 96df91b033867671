#include "tresse/validate/fit.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "tresse/core/problems.hpp"

using namespace tresse;
using namespace tresse::validate;

namespace {

/// Three rows that answer to three factors, also across: a closed form in place of a simulation.
class ThreeRows : public BaseYear {
public:
    Validation judged_with(const std::vector<scenario::Factor>& c) override {
        Validation v;
        const double a = c[0].value, b = c[1].value, d = c[2].value;
        v.rows.push_back(row("deaths", 90 * a, 100, 2));
        v.rows.push_back(row("stays", 130 * std::pow(b, 0.8) * std::pow(a, 0.1), 100, 5));
        v.rows.push_back(row("money", 1000 * (0.7 * b + 0.3 * d), 1000, 10));
        return v;
    }

private:
    static Finding row(const std::string& id, double simulated, double target, double band) {
        Finding f;
        f.id = id, f.simulated.middle = simulated, f.target = target, f.band = band, f.outcome = Outcome::fail;
        return f;
    }
};

scenario::Factor constant(const char* id, const char* target, double low, double high) {
    scenario::Factor c;
    c.id = id, c.target = target, c.low = low, c.high = high;
    return c;
}

}  // namespace

TEST_CASE("factors are found that bring rows to their targets, also where rows answer to several") {
    ThreeRows rows;
    const FitResult r = fit({constant("a", "deaths", 0.8, 1.3), constant("b", "stays", 0.5, 1.5), constant("c", "money", 0.5, 3)}, rows, 8, "factors.yaml");
    REQUIRE(r.rows.size() == 3);
    CHECK(r.misfit < 0.2);
    CHECK(r.misfit_before > 3);
    CHECK(r.rows[0].constant.value == Approx(100.0 / 90).epsilon(0.01));
    // b from 130 b^0.8 a^0.1 = 100, then c from 0.7 b + 0.3 c = 1
    const double b = std::pow(100 / (130 * std::pow(100.0 / 90, 0.1)), 1.25);
    CHECK(r.rows[1].constant.value == Approx(b).epsilon(0.01));
    CHECK(r.rows[2].constant.value == Approx((1 - 0.7 * b) / 0.3).epsilon(0.03));
}

TEST_CASE("a factor stays within its bounds, and the report says that it stands at one") {
    ThreeRows rows;
    const FitResult r = fit({constant("a", "deaths", 0.8, 1.02), constant("b", "stays", 0.5, 1.5), constant("c", "money", 0.5, 3)}, rows, 6, "factors.yaml");
    CHECK(r.rows[0].constant.value <= 1.02);
    CHECK(r.rows[0].at_bound);
    CHECK(fit_report(r, "today", 10, 1).find("1 constants at a bound") != std::string::npos);
}

TEST_CASE("a constant that names no row is a mistake of the file, with the nearest row") {
    ThreeRows rows;
    try {
        fit({constant("a", "death", 0.8, 1.3), constant("b", "stays", 0.5, 1.5), constant("c", "money", 0.5, 3)}, rows, 2, "factors.yaml");
        FAIL("was accepted");
    } catch (const BadInput& bad) {
        CHECK(bad.problems().text().find("Nearest: deaths") != std::string::npos);
    }
}
