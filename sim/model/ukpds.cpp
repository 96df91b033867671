#include "tresse/model/ukpds.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "tresse/core/math.hpp"

namespace tresse::model {
namespace {

enum class Form { weibull, gompertz, logistic };

struct Equation {
    Form form;
    double lambda, shape;   ///< shape: rho of Weibull, phi of Gompertz
};

constexpr std::array<Equation, static_cast<std::size_t>(UkpdsOutcome::count)> equations{{
    {Form::weibull, -12.332, 1.514},   // heart failure
    {Form::weibull, -6.709, 1.276},    // ischaemic heart disease
    {Form::weibull, -8.791, 1},        // first infarction, men; women below
    {Form::weibull, -4.179, 1},        // second infarction
    {Form::weibull, -13.053, 1.466},   // first stroke
    {Form::weibull, -9.431, 1.956},    // second stroke
    {Form::weibull, -11.607, 1},       // blindness
    {Form::logistic, -11.295, 0},      // ulcer
    {Form::weibull, -14.844, 2.067},   // first amputation without an ulcer before
    {Form::weibull, -0.811, 1},        // first amputation after an ulcer
    {Form::weibull, -3.455, 1},        // second amputation
    {Form::weibull, 3.549, 1},         // renal failure
    {Form::gompertz, -10.908, 0.098},  // death, no history, no event
    {Form::logistic, -6.916, 0},       // death in the year of the first event
    {Form::gompertz, -9.207, 0.073},   // death, history, no event
    {Form::logistic, -4.868, 0},       // death in the year of a later event
}};
constexpr Equation first_infarction_women{Form::weibull, -8.708, 1.376};

const Equation& equation_of(const UkpdsPerson& p, UkpdsOutcome outcome) {
    return outcome == UkpdsOutcome::first_infarction && p.woman ? first_infarction_women : equations[static_cast<std::size_t>(outcome)];
}

/// The person in the units of the equations.
struct Units {
    double woman, smoker, sbp, hdl, ldl, ldl_over_35, egfr, egfr_to_60, egfr_over_60, heart_rate, albuminuria, vessel, fibrillation;
    explicit Units(const UkpdsPerson& p)
        : woman(p.woman), smoker(p.smoker), sbp(p.sbp / 10), hdl(p.hdl * 10), ldl(p.ldl * 10), ldl_over_35(std::max(p.ldl * 10 - 35, 0.0)), egfr(p.egfr / 10),
          egfr_to_60(std::min(p.egfr, 60.0) / 10), egfr_over_60(std::max(p.egfr - 60, 0.0) / 10), heart_rate(p.heart_rate / 10), albuminuria(p.albuminuria),
          vessel(p.vessel_disease), fibrillation(p.fibrillation) {}
};

double heart(const UkpdsPerson& p, const Units& u, UkpdsOutcome outcome) {
    const double d = p.age_at_diagnosis;
    switch (outcome) {
        case UkpdsOutcome::heart_failure:
            return 0.068 * d + 1.562 * u.fibrillation + 0.072 * p.bmi - 0.22 * u.egfr_to_60 + 0.012 * u.ldl + 0.771 * u.albuminuria + 0.479 * u.vessel +
                   0.658 * p.had_amputation + 0.654 * p.had_ulcer;
        case UkpdsOutcome::ischaemia:
            return 0.016 * d - 0.532 * u.woman - 0.053 * u.egfr - 0.065 * u.hdl + 0.023 * u.ldl + 0.486 * u.vessel + 0.058 * u.sbp + 0.526 * p.had_amputation +
                   0.824 * p.had_heart_failure;
        case UkpdsOutcome::first_infarction:
            if (p.woman)
                return -1.684 * p.afro_caribbean + 0.041 * d - 0.28 * u.egfr_to_60 + 0.078 * p.hba1c + 0.035 * u.ldl_over_35 + 0.277 * u.albuminuria + 0.469 * u.vessel +
                       0.056 * u.sbp + 0.344 * u.smoker + 0.07 * p.white_cells + 0.853 * p.had_heart_failure + 0.876 * p.had_ischaemia;
            return -0.83 * p.afro_caribbean + 0.045 * d + 0.279 * p.indian + 0.108 * p.hba1c - 0.049 * u.hdl + 0.023 * u.ldl + 0.203 * u.albuminuria + 0.34 * u.vessel +
                   0.046 * u.sbp + 0.277 * u.smoker + 0.026 * p.white_cells + 0.743 * p.had_amputation + 0.814 * p.had_heart_failure + 0.846 * p.had_ischaemia +
                   0.448 * p.had_stroke;
        default: return 0.021 * u.ldl + 0.344 * u.albuminuria;  // second infarction
    }
}

double brain_and_eye(const UkpdsPerson& p, const Units& u, UkpdsOutcome outcome) {
    const double d = p.age_at_diagnosis;
    switch (outcome) {
        case UkpdsOutcome::first_stroke:
            return 0.066 * d - 0.42 * u.woman + 1.476 * u.fibrillation - 0.19 * u.egfr_to_60 + 0.092 * p.hba1c + 0.016 * u.ldl + 0.42 * u.albuminuria + 0.17 * u.sbp +
                   0.331 * u.smoker + 0.04 * p.white_cells + 1.09 * p.had_amputation + 0.481 * p.had_ischaemia;
        case UkpdsOutcome::second_stroke: return 0.046 * d + 0.537 * u.albuminuria + 0.656 * u.smoker;
        default:  // blindness
            return 0.047 * d + 0.171 * p.hba1c + 0.08 * u.heart_rate + 0.068 * u.sbp + 0.052 * p.white_cells + 0.841 * p.had_heart_failure + 0.61 * p.had_ischaemia;
    }
}

double foot_and_kidney(const UkpdsPerson& p, const Units& u, UkpdsOutcome outcome) {
    const double d = p.age_at_diagnosis;
    switch (outcome) {
        case UkpdsOutcome::ulcer: return 0.043 * d - 0.962 * u.woman + 0.053 * p.bmi + 0.16 * p.hba1c + 0.968 * u.vessel;
        case UkpdsOutcome::first_amputation_no_ulcer:
            return 0.023 * d - 0.445 * u.woman + 1.088 * u.fibrillation + 0.248 * p.hba1c - 0.059 * u.hdl + 0.098 * u.heart_rate + 0.602 * u.albuminuria + 1.01 * u.vessel +
                   0.086 * u.sbp + 0.04 * p.white_cells + 1.299 * p.had_stroke;
        case UkpdsOutcome::first_amputation_ulcer: return -0.065 * d + 1.769 * u.vessel;
        case UkpdsOutcome::second_amputation: return 0.127 * p.hba1c;
        default:  // renal failure
            return 0.686 * p.afro_caribbean - 0.029 * d - 0.869 * u.woman - 0.054 * p.bmi - 1.031 * u.egfr_to_60 - 0.487 * u.egfr_over_60 - 0.268 * p.haemoglobin +
                   0.027 * u.ldl + 1.373 * u.albuminuria + 0.085 * u.sbp + 0.029 * p.white_cells + 1.108 * p.had_amputation + 0.732 * p.had_blindness;
    }
}

double death(const UkpdsPerson& p, const Units& u, UkpdsOutcome outcome) {
    const double age = p.age_at_diagnosis + p.duration;
    switch (outcome) {
        case UkpdsOutcome::death_no_history: return -0.229 * u.woman + 0.379 * u.smoker;
        case UkpdsOutcome::death_first_event:
            return -0.54 * p.indian + 0.042 * p.duration + 0.058 * age + 0.124 * u.heart_rate + 0.367 * u.vessel + 0.444 * u.smoker - 0.734 * p.now_first_amputation +
                   0.423 * p.now_ischaemia + 1.309 * p.now_infarction + 0.584 * p.now_renal_failure + 0.547 * p.now_stroke;
        case UkpdsOutcome::death_history:
            return (p.bmi < 18.5 ? 1.083 : 0.0) - (p.bmi >= 25 ? 0.293 : 0.0) + 0.348 * u.albuminuria + 0.374 * u.smoker + 0.048 * p.white_cells + 0.539 * p.had_amputation +
                   0.632 * p.had_heart_failure + 1.15 * p.had_renal_failure + 0.473 * p.had_stroke;
        default:  // in the year of a later event
            return 1.081 * u.fibrillation + 0.05 * age + 0.068 * u.hdl + 0.352 * u.vessel + 0.089 * p.white_cells - 1.267 * p.now_first_amputation + 0.753 * p.had_amputation -
                   1.727 * p.now_second_amputation + 0.583 * p.now_ischaemia - 0.507 * p.had_ischaemia + 0.982 * p.now_infarction + 0.44 * p.had_infarction +
                   0.961 * p.had_renal_failure - 0.619 * p.now_stroke;
    }
}

double predictor(const UkpdsPerson& p, UkpdsOutcome outcome) {
    const Units u(p);
    if (outcome <= UkpdsOutcome::second_infarction) return heart(p, u, outcome);
    if (outcome <= UkpdsOutcome::blindness) return brain_and_eye(p, u, outcome);
    if (outcome <= UkpdsOutcome::renal_failure) return foot_and_kidney(p, u, outcome);
    return death(p, u, outcome);
}

}  // namespace

double ukpds_log_hazard(const UkpdsPerson& p, UkpdsOutcome outcome) { return equation_of(p, outcome).lambda + predictor(p, outcome); }

double ukpds_year_probability(const UkpdsPerson& p, UkpdsOutcome outcome) {
    const Equation& e = equation_of(p, outcome);
    const double x = ukpds_log_hazard(p, outcome);
    if (e.form == Form::logistic) return logistic(x);
    if (e.form == Form::gompertz) {
        const double age = p.age_at_diagnosis + p.duration;
        return 1.0 - exp_d(exp_d(x) / e.shape * (exp_d(e.shape * age) - exp_d(e.shape * (age + 1))));
    }
    const double before = p.duration > 0 ? pow_d(p.duration, e.shape) : 0.0;
    return 1.0 - exp_d(exp_d(x) * (before - pow_d(p.duration + 1, e.shape)));
}

}  // namespace tresse::model
