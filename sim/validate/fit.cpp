#include "tresse/validate/fit.hpp"

#include <algorithm>
#include <cmath>

#include <nlopt.hpp>

#include "tresse/core/check.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/math.hpp"
#include "tresse/core/problems.hpp"

namespace tresse::validate {

namespace {

using Vector = std::vector<double>;

/// Responses: [row][constant] percent a percent.
struct Responses {
    std::vector<Vector> by_row;

    explicit Responses(const std::vector<scenario::Factor>& constants) : by_row(constants.size(), Vector(constants.size(), 0)) {
        for (std::size_t i = 0; i < constants.size(); ++i)
            by_row[i][i] = constants[i].elasticity;
    }
    /// Broyden: the smallest change that explains what the last step did.
    void learn(const Vector& step, const Vector& change) {
        double length = 0;
        for (const double s : step)
            length += s * s;
        if (length < 1e-8)
            return;
        for (std::size_t r = 0; r < by_row.size(); ++r) {
            double foreseen = 0;
            for (std::size_t k = 0; k < step.size(); ++k)
                foreseen += by_row[r][k] * step[k];
            for (std::size_t k = 0; k < step.size(); ++k)
                by_row[r][k] += (change[r] - foreseen) * step[k] / length;
        }
    }
};

struct Surrogate {
    const Responses& responses;
    const Vector& from;      ///< logs of factors of the last base year
    const Vector& residual;  ///< log of simulated over target
    const Vector& band;      ///< relative
};

double foreseen_misfit(const Vector& x, Vector&, void* data) {
    const auto& s = *static_cast<const Surrogate*>(data);
    double sum = 0;
    for (std::size_t r = 0; r < s.residual.size(); ++r) {
        double left = s.residual[r];
        for (std::size_t k = 0; k < x.size(); ++k)
            left += s.responses.by_row[r][k] * (x[k] - s.from[k]);
        sum += left * left / (s.band[r] * s.band[r]);
    }
    return sum;
}

Vector next_factors(const Surrogate& surrogate, const std::vector<scenario::Factor>& constants) {
    Vector x = surrogate.from, low, high;
    for (const scenario::Factor& c : constants)
        low.push_back(log_d(c.low)), high.push_back(log_d(c.high));
    nlopt::opt optimiser(nlopt::LN_BOBYQA, static_cast<unsigned>(x.size()));
    optimiser.set_lower_bounds(low);
    optimiser.set_upper_bounds(high);
    optimiser.set_min_objective(foreseen_misfit, const_cast<Surrogate*>(&surrogate));
    optimiser.set_xtol_abs(1e-5);
    optimiser.set_maxeval(20000);
    optimiser.set_initial_step(Vector(x.size(), 0.02));
    double best = 0;
    try {
        optimiser.optimize(x, best);
    } catch (const nlopt::roundoff_limited&) {
        // the surrogate is as flat as numbers allow: x holds the best found
    }
    for (std::size_t k = 0; k < x.size(); ++k)
        x[k] = std::clamp(x[k], low[k], high[k]);
    return x;
}

const Finding& row_of(const Validation& v, const scenario::Factor& c, const std::string& file) {
    const auto found = std::find_if(v.rows.begin(), v.rows.end(), [&](const Finding& f) { return f.id == c.target && f.outcome != Outcome::not_modelled; });
    if (found != v.rows.end() && found->simulated.middle > 0 && found->target > 0)
        return *found;
    std::vector<std::string> ids;
    for (const Finding& f : v.rows)
        ids.push_back(f.id);
    const std::string near = nearest(c.target, ids);
    Problems problems;
    problems.add(file, c.line, "target", "\"" + c.target + "\" is no row that this base year can judge." + (near.empty() ? "" : " Nearest: " + near));
    throw BadInput(std::move(problems));
}

double root_mean(const Vector& residual, const Vector& band) {
    double sum = 0;
    for (std::size_t r = 0; r < residual.size(); ++r)
        sum += residual[r] * residual[r] / (band[r] * band[r]);
    return std::sqrt(sum / static_cast<double>(std::max<std::size_t>(1, residual.size())));
}

}  // namespace

FitResult fit(std::vector<scenario::Factor> constants, BaseYear& base_year, int rounds, const std::string& file) {
    TRESSE_CHECK(!constants.empty() && rounds >= 1, "there is something to fit");
    const std::size_t n = constants.size();
    FitResult out;
    Responses responses(constants);
    Vector at(n), band(n), last_at, last_residual;
    for (std::size_t k = 0; k < n; ++k)
        at[k] = log_d(constants[k].value);
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t k = 0; k < n; ++k)
            constants[k].value = std::clamp(exp_d(at[k]), constants[k].low, constants[k].high);
        const Validation v = base_year.judged_with(constants);
        ++out.runs;
        Vector residual(n);
        std::vector<Fitted> rows(n);
        for (std::size_t r = 0; r < n; ++r) {
            const Finding& f = row_of(v, constants[r], file);
            residual[r] = log_d(f.simulated.middle / f.target);
            band[r] = std::max(1e-3, f.band / f.target);
            rows[r].constant = constants[r];
            rows[r].target = f.target, rows[r].simulated = f.simulated.middle, rows[r].band = f.band;
            rows[r].at_bound = constants[r].value <= constants[r].low * 1.001 || constants[r].value >= constants[r].high * 0.999;
            rows[r].value_before = out.rows.empty() ? constants[r].value : out.rows[r].value_before;
            rows[r].simulated_before = out.rows.empty() ? f.simulated.middle : out.rows[r].simulated_before;
        }
        const double misfit = root_mean(residual, band);
        if (round == 0)
            out.misfit_before = misfit;
        if (round == 0 || misfit < out.misfit)
            out.misfit = misfit, out.rows = rows;
        if (!last_at.empty()) {
            Vector step(n), change(n);
            for (std::size_t k = 0; k < n; ++k)
                step[k] = at[k] - last_at[k], change[k] = residual[k] - last_residual[k];
            responses.learn(step, change);
        }
        last_at = at, last_residual = residual;
        at = next_factors(Surrogate{responses, last_at, last_residual, band}, constants);
    }
    return out;
}

std::string fit_report(const FitResult& result, const std::string& when, int sample, int replicates) {
    int reached = 0, bound = 0;
    for (const Fitted& f : result.rows) {
        reached += std::fabs(f.simulated - f.target) <= f.band;
        bound += f.at_bound;
    }
    return "fitted " + when + " on the arm today alone, 1/" + std::to_string(sample) + " of the households, " + std::to_string(replicates) + " futures, " + std::to_string(result.runs) + " base years: " + std::to_string(reached) + " of " + std::to_string(result.rows.size()) +
           " rows within their band, " + std::to_string(bound) + " constants at a bound; misfit " + number_text(std::round(result.misfit_before * 100) / 100) + " to " + number_text(std::round(result.misfit * 100) / 100) + " bands";
}

}  // namespace tresse::validate
