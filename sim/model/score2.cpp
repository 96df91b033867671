#include "tresse/model/score2.hpp"

#include <array>
#include <cstddef>

#include "tresse/core/math.hpp"

namespace tresse::model {
namespace {

struct Calibration {
    double k1, k2;
};
// [region][0 women, 1 men]
constexpr std::array<std::array<Calibration, 2>, 4> score2_scale{{{{{-0.7380, 0.7019}, {-0.5699, 0.7476}}},
                                                                 {{{-0.3143, 0.7701}, {-0.1565, 0.8009}}},
                                                                 {{{0.5710, 0.9369}, {0.3207, 0.9360}}},
                                                                 {{{0.9412, 0.8329}, {0.5836, 0.8294}}}}};
constexpr std::array<std::array<Calibration, 2>, 4> score2_op_scale{{{{{-0.52, 1.01}, {-0.34, 1.19}}},
                                                                    {{{-0.10, 1.10}, {0.01, 1.25}}},
                                                                    {{{0.38, 1.09}, {0.08, 1.15}}},
                                                                    {{{0.38, 0.69}, {0.05, 0.70}}}}};
constexpr std::array<double, 2> score2_survival{0.9776, 0.9605}, score2_op_survival{0.8082, 0.7576};
constexpr std::array<double, 2> score2_op_mean{0.229, 0.0929};  // of the predictor, in the people it was made from

const Calibration& scale_of(const std::array<std::array<Calibration, 2>, 4>& table, bool man, RiskRegion region) {
    return table[static_cast<std::size_t>(region)][man ? 1 : 0];
}

/// risk = 1 - exp(-exp(k1 + k2 ln(-ln(1 - r0)))), with 1 - r0 = S0^exp(lp).
double calibrated(double survival, double predictor, const Calibration& to) {
    const double log_hazard = log_d(-log_d(survival)) + predictor;
    return 1.0 - exp_d(-exp_d(to.k1 + to.k2 * log_hazard));
}

}  // namespace

double score2_predictor(const Score2Person& p) {
    const double a = (p.age - 60) / 5, s = p.smoker ? 1 : 0, b = (p.sbp - 120) / 20, t = p.cholesterol - 6, h = (p.hdl - 1.3) / 0.5;
    if (p.man)
        return 0.3742 * a + 0.6012 * s + 0.2777 * b + 0.1458 * t - 0.2698 * h - 0.0755 * a * s - 0.0255 * a * b - 0.0281 * a * t + 0.0426 * a * h;
    return 0.4648 * a + 0.7744 * s + 0.3131 * b + 0.1002 * t - 0.2606 * h - 0.1088 * a * s - 0.0277 * a * b - 0.0226 * a * t + 0.0613 * a * h;
}

double score2_op_predictor(const Score2Person& p) {
    const double a = p.age - 73, d = p.diabetes ? 1 : 0, s = p.smoker ? 1 : 0, b = p.sbp - 150, t = p.cholesterol - 6, h = p.hdl - 1.4;
    if (p.man)
        return 0.0634 * a + 0.4245 * d + 0.3524 * s + 0.0094 * b + 0.0850 * t - 0.3564 * h - 0.0174 * a * d - 0.0247 * a * s - 0.0005 * a * b + 0.0073 * a * t +
               0.0091 * a * h;
    return 0.0789 * a + 0.6010 * d + 0.4921 * s + 0.0102 * b + 0.0605 * t - 0.3040 * h - 0.0107 * a * d - 0.0255 * a * s - 0.0004 * a * b - 0.0009 * a * t +
           0.0154 * a * h;
}

double score2_diabetes_predictor(const Score2Person& p) {
    const double a = (p.age - 60) / 5, s = p.smoker ? 1 : 0, b = (p.sbp - 120) / 20, t = p.cholesterol - 6, h = (p.hdl - 1.3) / 0.5;
    const double g = (p.hba1c - 31) / 9.34, e = (log_d(p.egfr) - 4.5) / 0.15, d = (p.age_at_diagnosis - 50) / 5;
    if (p.man)
        return 0.5368 * a + 0.4774 * s + 0.1322 * b + 0.6457 + 0.1102 * t - 0.1087 * h - 0.0672 * a * s - 0.0268 * a * b - 0.0983 * a - 0.0181 * a * t +
               0.0095 * a * h - 0.0998 * d + 0.0955 * g - 0.0591 * e + 0.0058 * e * e - 0.0134 * g * a + 0.0115 * e * a;
    return 0.6624 * a + 0.6139 * s + 0.1421 * b + 0.8096 + 0.1127 * t - 0.1568 * h - 0.1122 * a * s - 0.0167 * a * b - 0.1272 * a - 0.0200 * a * t +
           0.0186 * a * h - 0.1180 * d + 0.1173 * g - 0.0640 * e + 0.0062 * e * e - 0.0196 * g * a + 0.0169 * e * a;
}

double score2_slope(bool man, RiskRegion region) { return scale_of(score2_scale, man, region).k2; }
double score2_op_slope(bool man, RiskRegion region) { return scale_of(score2_op_scale, man, region).k2; }

double score2_risk(const Score2Person& p, RiskRegion region) {
    return calibrated(score2_survival[p.man ? 1 : 0], score2_predictor(p), scale_of(score2_scale, p.man, region));
}

double score2_op_risk(const Score2Person& p, RiskRegion region) {
    const std::size_t sex = p.man ? 1 : 0;
    return calibrated(score2_op_survival[sex], score2_op_predictor(p) - score2_op_mean[sex], scale_of(score2_op_scale, p.man, region));
}

double score2_diabetes_risk(const Score2Person& p, RiskRegion region) {
    return calibrated(score2_survival[p.man ? 1 : 0], score2_diabetes_predictor(p), scale_of(score2_scale, p.man, region));
}

}  // namespace tresse::model
