#include "tresse/model/risk_laws.hpp"

#include <algorithm>

#include "tresse/core/math.hpp"
#include "tresse/model/score2.hpp"
#include "tresse/model/ukpds.hpp"

namespace tresse::model {

namespace st = world::status;

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(RiskEngine::count)> words{
    "none", "score2_low", "score2_moderate", "score2_high", "score2_very_high", "ukpds_heart_failure", "ukpds_renal_failure", "ukpds_blindness", "ukpds_infarction"};

constexpr float log_egfr_middle = 4.5f, log_egfr_unit = 0.15f;  // as SCORE2-Diabetes reads it
constexpr float mmol_per_point = 10.929f, mmol_at_zero = -23.5f;  // HbA1c: mmol/mol from %; IFCC
constexpr float most_missing = 0.3f;                             // of the fall at today's mean; below it half-taken treatments still act
constexpr int youngest = 30;                                     // the equations are not read below

void finish(Law& law) {
    double sum = 0, square = 0;
    for (const float v : law.value) sum += static_cast<double>(v), square += static_cast<double>(v) * static_cast<double>(v);
    law.mean = static_cast<float>(sum / law_steps);
    law.variance = static_cast<float>(square / law_steps - sum / law_steps * (sum / law_steps));
}

double middle(int step) { return (step + 0.5) / law_steps; }

/// Part [from, to] of a normal law, at the middles of its steps.
Law normal_part(double mean, double sd, double from, double to) {
    Law law;
    for (int k = 0; k < law_steps; ++k)
        law.value[static_cast<std::size_t>(k)] = static_cast<float>(mean + sd * normal_quantile(std::clamp(from + (to - from) * middle(k), 1e-6, 1 - 1e-6)));
    finish(law);
    return law;
}

/// Lognormal law with a mean and a standard deviation. Formula: variance of the log = ln(1 + (sd / mean)^2).
Law lognormal(double mean, double sd) {
    const double v = log_d(1 + sd / mean * (sd / mean)), s = pow_d(v, 0.5);
    Law law;
    for (int k = 0; k < law_steps; ++k) law.value[static_cast<std::size_t>(k)] = static_cast<float>(exp_d(log_d(mean) - v / 2 + s * normal_quantile(middle(k))));
    finish(law);
    return law;
}

Law even(double from, double to) {
    Law law;
    for (int k = 0; k < law_steps; ++k) law.value[static_cast<std::size_t>(k)] = static_cast<float>(from + (to - from) * middle(k));
    finish(law);
    return law;
}

Law in_log_units(const Law& egfr) {
    const auto unit_of = [](float e) { return (static_cast<float>(log_d(static_cast<double>(e))) - log_egfr_middle) / log_egfr_unit; };
    Law out;
    for (std::size_t k = 0; k < out.value.size(); ++k) out.value[k] = unit_of(egfr.value[k]);
    out.mean = unit_of(egfr.mean);
    return out;
}

double age_of(int band) { return band * 5 + 2.5; }

void make_values(Tables& t) {
    RiskTables& r = t.risk;
    const int hypertension = t.disease.hypertension;
    for (std::size_t sex = 0; sex < 2; ++sex) {
        for (int b = 0; b < law_bands; ++b) {
            const auto band = static_cast<std::size_t>(b);
            const double mean = static_cast<double>(r.pressure_at_55[sex]) + static_cast<double>(r.pressure_per_year[sex]) * (age_of(b) - 55);
            const auto age = static_cast<std::size_t>(std::min(b * 5 + 2, oldest_age));
            const double share = hypertension < 0 ? 0.0 : static_cast<double>(t.disease.condition[static_cast<std::size_t>(hypertension)].prevalence[sex][age]);
            r.pressure[sex][band][0] = normal_part(mean, static_cast<double>(r.pressure_sd), 0, 1 - share);
            r.pressure[sex][band][1] = normal_part(mean, static_cast<double>(r.pressure_sd), 1 - share, 1);
            r.cholesterol[sex][band] = lognormal(static_cast<double>(r.cholesterol_mean), static_cast<double>(r.cholesterol_sd));
        }
        r.hdl[sex] = lognormal(static_cast<double>(r.hdl_mean[sex]), static_cast<double>(r.hdl_sd));
    }
    r.hba1c = lognormal(static_cast<double>(r.hba1c_mean), static_cast<double>(r.hba1c_sd));
    for (int b = 0; b < law_bands; ++b) {
        auto& of = r.egfr[static_cast<std::size_t>(b)];
        const double mean = static_cast<double>(r.egfr_at_40) - static_cast<double>(r.egfr_fall_per_year) * (age_of(b) - 40), sd = static_cast<double>(r.egfr_sd);
        // without kidney disease: the law above 60
        of[0] = normal_part(mean, sd, normal_cdf((60 - mean) / sd), 1);
        of[1] = even(45, 60), of[2] = even(30, 45), of[3] = even(15, 30), of[4] = even(6, 15);
        for (std::size_t k = 0; k < kidney_states; ++k) r.egfr_log[static_cast<std::size_t>(b)][k] = in_log_units(of[k]);
    }
    r.bmi = {even(19, 25), even(25, 30), even(30, 35), even(35, 40), even(40, 48)};
}

/// Slopes of SCORE2 from differences of its predictor, which is linear but for the square of eGFR.
Slopes score2_slopes(RiskEngine engine, bool diabetes, bool man, double age) {
    const auto region = static_cast<RiskRegion>(static_cast<int>(engine) - static_cast<int>(RiskEngine::score2_low));
    const bool old = age >= 70;
    Score2Person p;
    p.man = man, p.egfr = exp_d(static_cast<double>(log_egfr_middle));
    const auto change = [&](auto predictor, double k2, double at, auto&& move) {
        Score2Person q = p;
        q.age = at;
        const double before = predictor(q);
        move(q);
        return static_cast<float>(k2 * (predictor(q) - before));
    };
    const double k2 = score2_slope(man, region), at = std::clamp(age, 40.0, 69.0);
    const auto of = [&](auto&& move) {
        if (old) return change(score2_op_predictor, score2_op_slope(man, region), std::min(age, 89.0), move);
        return diabetes ? change(score2_diabetes_predictor, k2, at, move) : change(score2_predictor, k2, at, move);
    };
    Slopes s;
    s.smoker = of([](Score2Person& q) { q.smoker = true; });
    s.pressure = of([](Score2Person& q) { q.sbp += 1; });
    s.cholesterol = of([](Score2Person& q) { q.cholesterol += 1; });
    s.hdl = of([](Score2Person& q) { q.hdl += 1; });
    if (!diabetes) return s;
    // beyond 69 SCORE2-OP reads neither HbA1c nor eGFR: the slopes of 69 are kept
    const auto of_diabetes = [&](auto&& move) { return change(score2_diabetes_predictor, k2, at, move); };
    s.hba1c = mmol_per_point * of_diabetes([](Score2Person& q) { q.hba1c += 1; });
    const float up = of_diabetes([](Score2Person& q) { q.egfr *= exp_d(static_cast<double>(log_egfr_unit)); });
    const float down = of_diabetes([](Score2Person& q) { q.egfr *= exp_d(-static_cast<double>(log_egfr_unit)); });
    s.egfr = (up - down) / 2, s.egfr_square = (up + down) / 2;
    return s;
}

/// Slopes of an equation of UKPDS-OM2 from differences of its log hazard.
Slopes ukpds_slopes(UkpdsOutcome outcome, bool man) {
    UkpdsPerson p;
    p.woman = !man, p.egfr = 60;
    const auto of = [&](auto&& move) {
        UkpdsPerson q = p;
        move(q);
        return static_cast<float>(ukpds_log_hazard(q, outcome) - ukpds_log_hazard(p, outcome));
    };
    Slopes s;
    s.smoker = of([](UkpdsPerson& q) { q.smoker = true; });
    s.pressure = of([](UkpdsPerson& q) { q.sbp += 1; });
    s.hdl = of([](UkpdsPerson& q) { q.hdl += 1; });
    // LDL = total - HDL - 0.6 (triglycerides of 1.3 mmol/L, A-907); women's infarction reads what lies above 3.5, which half of them reach
    const float half = outcome == UkpdsOutcome::first_infarction && !man ? 0.5f : 1.0f;
    p.ldl = 3.6;
    s.cholesterol = half * of([](UkpdsPerson& q) { q.ldl += 1; });
    s.hdl -= s.cholesterol;
    s.hba1c = of([](UkpdsPerson& q) { q.hba1c += 1; });
    s.bmi = of([](UkpdsPerson& q) { q.bmi += 1; });
    s.kidney_to_60 = -of([](UkpdsPerson& q) { q.egfr -= 1; });
    s.kidney_over_60 = of([](UkpdsPerson& q) { q.egfr += 1; });
    return s;
}

void make_slopes(RiskTables& r) {
    constexpr std::array<std::pair<RiskEngine, UkpdsOutcome>, 4> ukpds{{{RiskEngine::ukpds_heart_failure, UkpdsOutcome::heart_failure},
                                                                        {RiskEngine::ukpds_renal_failure, UkpdsOutcome::renal_failure},
                                                                        {RiskEngine::ukpds_blindness, UkpdsOutcome::blindness},
                                                                        {RiskEngine::ukpds_infarction, UkpdsOutcome::first_infarction}}};
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (int b = 0; b < law_bands; ++b) {
            const auto band = static_cast<std::size_t>(b);
            for (int e = static_cast<int>(RiskEngine::score2_low); e <= static_cast<int>(RiskEngine::score2_very_high); ++e)
                for (std::size_t diabetes = 0; diabetes < 2; ++diabetes)
                    r.slope[static_cast<std::size_t>(e)][diabetes][sex][band] = score2_slopes(static_cast<RiskEngine>(e), diabetes == 1, sex == 1, age_of(b));
            for (const auto& [engine, outcome] : ukpds) r.slope[static_cast<std::size_t>(engine)][1][sex][band] = ukpds_slopes(outcome, sex == 1);
        }
}

bool has(const PersonFacts& f, int condition) { return condition >= 0 && f.conditions.has(condition); }

std::size_t kidney_state(const Tables& t, const PersonFacts& f) {
    return t.disease.kidney < 0 ? 0 : static_cast<std::size_t>(std::min(kidney_states - 1, f.conditions.stage(t.disease.kidney)));
}

std::size_t weight_state(const Tables& t, const PersonFacts& f) {
    const int obese = t.disease.obesity < 0 ? 0 : f.conditions.stage(t.disease.obesity);
    if (obese > 0) return static_cast<std::size_t>(std::min(weight_states - 1, obese + 1));
    return st::Overweight::get(f.status) != 0 ? 1 : 0;
}

std::size_t band_of(const PersonFacts& f) { return static_cast<std::size_t>(five_year_band(f.age)); }
std::size_t sex_of(const PersonFacts& f) { return static_cast<std::size_t>(f.sex); }

const Slopes& slopes_of(const Tables& t, const PersonFacts& f, RiskEngine engine, bool diabetes) {
    return t.risk.slope[static_cast<std::size_t>(engine)][diabetes ? 1 : 0][sex_of(f)][band_of(f)];
}

float score2_ratio(const Tables& t, const PersonFacts& f, RiskEngine engine, const RiskValues& v) {
    const bool diabetes = has(f, t.disease.diabetes);
    const Slopes& s = slopes_of(t, f, engine, diabetes);
    const RiskTables& r = t.risk;
    float sum = s.pressure * (v.pressure - r.pressure_at_55[sex_of(f)]) + s.cholesterol * (v.cholesterol - r.cholesterol_mean) + s.hdl * (v.hdl - r.hdl_mean[sex_of(f)]);
    const std::array<float, 2> smoker{0.0f, s.smoker};
    sum += smoker[st::Smoking::get(f.status) == 2];
    if (!diabetes) return sum;
    const float e = v.egfr_log, usual = r.egfr_log[band_of(f)][kidney_state(t, f)].mean;
    return sum + s.hba1c * (v.hba1c - r.hba1c.mean) + s.egfr * (e - usual) + s.egfr_square * (e * e - usual * usual);
}

float ukpds_ratio(const Tables& t, const PersonFacts& f, RiskEngine engine, const RiskValues& v) {
    if (!has(f, t.disease.diabetes)) return 0;
    const Slopes& s = slopes_of(t, f, engine, true);
    const RiskTables& r = t.risk;
    const bool pressured = has(f, t.disease.hypertension);
    const Law& pressure = r.pressure[sex_of(f)][band_of(f)][pressured ? 1 : 0];
    const Law& kidney = r.egfr[band_of(f)][kidney_state(t, f)];
    const Law& weight = r.bmi[weight_state(t, f)];
    const float filter = kidney_state(t, f) == 0 ? s.kidney_over_60 : s.kidney_to_60;
    const auto centred = [](float slope, float value, float mean, float variance) { return slope * (value - mean) - 0.5f * slope * slope * variance; };
    float sum = centred(s.pressure, v.pressure, pressure.mean - (pressured ? r.pressure_fall : 0.0f), pressure.variance);
    sum += centred(s.cholesterol, v.cholesterol, r.cholesterol_mean, r.cholesterol[sex_of(f)][band_of(f)].variance);
    sum += centred(s.hdl, v.hdl, r.hdl_mean[sex_of(f)], r.hdl[sex_of(f)].variance);
    sum += centred(s.hba1c, v.hba1c, r.hba1c.mean, r.hba1c.variance);
    sum += centred(filter, v.egfr, kidney.mean, kidney.variance);
    sum += centred(s.bmi, v.bmi, weight.mean, weight.variance);
    return sum;
}

}  // namespace

RiskEngine parse_engine(std::string_view word) {
    for (std::size_t k = 1; k < words.size(); ++k)
        if (words[k] == word) return static_cast<RiskEngine>(k);
    return RiskEngine::none;
}

std::vector<std::string> engine_words() { return {words.begin(), words.end()}; }

void make_risk_laws(Tables& t) {
    make_values(t);
    make_slopes(t.risk);
    t.risk.any_onset = false;
    for (const RiskEngine e : t.risk.onset) t.risk.any_onset |= e != RiskEngine::none;
}

RiskValues risk_values(const Tables& t, const PersonFacts& f) {
    const RiskTables& r = t.risk;
    RiskValues v;
    if (f.age < youngest) return v;
    const std::size_t sex = sex_of(f), band = band_of(f);
    v.pressure = r.pressure[sex][band][has(f, t.disease.hypertension) ? 1 : 0].at(f.sbp) - r.pressure_fall * static_cast<float>(treatment::steps(f.treatment, treatment::pressure));
    v.cholesterol = r.cholesterol[sex][band].at(f.lipid) - r.cholesterol_fall * static_cast<float>(treatment::steps(f.treatment, treatment::lipids));
    v.hdl = r.hdl[sex].at(f.hdl);
    if (!has(f, t.disease.diabetes)) return v;
    v.hba1c = r.hba1c.at(f.hba1c);
    const std::size_t kidney = kidney_state(t, f);
    v.egfr = r.egfr[band][kidney].at(f.egfr), v.egfr_log = r.egfr_log[band][kidney].at(f.egfr);
    v.bmi = r.bmi[weight_state(t, f)].at(f.bmi);
    return v;
}

void add_engine_ratios(const Tables& t, const PersonFacts& f, const RiskValues& v, std::array<float, limit::conditions>& log_ratio) {
    if (!t.risk.any_onset || f.age < youngest) return;
    RiskEngine last = RiskEngine::none;
    float ratio = 0;
    for (std::size_t c = 0; c < static_cast<std::size_t>(t.disease.conditions); ++c) {
        const RiskEngine e = t.risk.onset[c];
        if (e == RiskEngine::none) continue;
        if (e != last) ratio = is_score2(e) ? score2_ratio(t, f, e, v) : ukpds_ratio(t, f, e, v);
        last = e;
        log_ratio[c] += ratio;
    }
}

float progression_ratio(const Tables& t, const PersonFacts& f, const RiskValues& v, int condition) {
    const RiskEngine e = t.risk.progression[static_cast<std::size_t>(condition)][static_cast<std::size_t>(f.conditions.stage(condition))];
    if (e == RiskEngine::none || f.age < youngest) return 0;
    return is_score2(e) ? score2_ratio(t, f, e, v) : ukpds_ratio(t, f, e, v);
}

float risk_shift(const Tables& t, const PersonFacts& f, int condition, const RiskChange& change) {
    const auto c = static_cast<std::size_t>(condition);
    const int stage = f.conditions.stage(condition);
    const RiskEngine e = stage == 0 ? t.risk.onset[c] : t.risk.progression[c][static_cast<std::size_t>(stage)];
    if (e == RiskEngine::none || f.age < youngest) return 0;
    const bool diabetes = has(f, t.disease.diabetes);
    if (!is_score2(e) && !diabetes) return 0;
    const Slopes& s = slopes_of(t, f, e, diabetes);
    return s.pressure * change.pressure + s.cholesterol * change.cholesterol + s.hba1c * change.hba1c;
}

RiskChange adherence_change(const RiskTables& r, const PersonFacts& f, std::uint8_t adherence) {
    const float missing = std::min(most_missing, 1.0f - static_cast<float>(adherence) / 255.0f / r.adherence_mean);
    const auto steps = [&](int what) { return static_cast<float>(treatment::steps(f.treatment, what)); };
    return {r.pressure_fall * steps(treatment::pressure) * missing, r.cholesterol_fall * steps(treatment::lipids) * missing, r.hba1c_fall * steps(treatment::glucose) * missing};
}

bool treatment_meant(const Tables& t, const world::Conditions& conditions, int age, int what) {
    const auto known = [&](int c) { return c >= 0 && conditions.has(c) && conditions.diagnosed(c); };
    const DiseaseTables& d = t.disease;
    if (what == treatment::pressure) return known(d.hypertension);
    if (what == treatment::glucose) return known(d.diabetes);
    return known(d.coronary) || known(d.stroke) || (known(d.diabetes) && age >= 50);
}

namespace {

bool controlled(const Tables& t, const world::Conditions& conditions) { return t.disease.hypertension >= 0 && conditions.stage(t.disease.hypertension) == 1; }

int steps_of(const Tables& t, const world::Conditions& conditions, int what) { return what == treatment::pressure && controlled(t, conditions) ? 2 : 1; }

double byte_of(std::uint32_t luck, int what) { return ((luck >> (8 * what)) & 255u) / 256.0; }

}  // namespace

std::uint16_t treatment_today(const Tables& t, const world::Conditions& conditions, int age, std::uint32_t luck) {
    std::uint16_t word = 0;
    for (int what = 0; what < 3; ++what) {
        if (!treatment_meant(t, conditions, age, what)) continue;
        const bool sure = what == treatment::pressure && controlled(t, conditions);
        if (sure || byte_of(luck, what) < static_cast<double>(t.risk.treated_share[static_cast<std::size_t>(what)])) word = treatment::with(word, what, steps_of(t, conditions, what));
    }
    return word;
}

std::uint16_t recent_today(const Tables& t, const world::Conditions& conditions, int sex, int age, std::uint16_t now, std::uint32_t luck) {
    std::uint16_t word = treatment::with(now, treatment::recent, 0);
    for (int c = 0; c < t.disease.conditions; ++c) {
        const ConditionTable& table = t.disease.condition[static_cast<std::size_t>(c)];
        if (!conditions.has(c) || !(table.first_year_log_mortality > 0)) continue;
        const auto s = static_cast<std::size_t>(sex), a = static_cast<std::size_t>(age);
        const double p = static_cast<double>(table.prevalence[s][a]), i = static_cast<double>(table.onset[s][a]);
        const double new_share = p > 0 ? i * (1 - p) / p : 0;   // of the cases, new in the last year
        const double u = (luck >> 8) * 0x1p-24;
        if (u < new_share) word = treatment::with(word, treatment::recent, 1 + static_cast<int>(u / new_share * treatment::recent_quarters));
    }
    return word;
}

std::uint16_t treatment_next(const Tables& t, const world::Conditions& conditions, int age, std::uint16_t now, std::uint32_t luck) {
    std::uint16_t word = now;
    for (int what = 0; what < 3; ++what) {
        const bool meant = treatment_meant(t, conditions, age, what);
        const bool on = treatment::steps(now, what) > 0;
        const bool starts = byte_of(luck, what) < static_cast<double>(t.risk.starts_per_year[static_cast<std::size_t>(what)]);
        word = treatment::with(word, what, meant && (on || starts || steps_of(t, conditions, what) == 2) ? steps_of(t, conditions, what) : 0);
    }
    return word;
}

}  // namespace tresse::model
