#pragma once

/// SCORE2, SCORE2-OP and SCORE2-Diabetes: the ten-year risk of a first fatal or non-fatal cardiovascular event, as published.
/// Source: SCORE2 working group, Eur Heart J 2021;42:2439 (S-890); SCORE2-OP, Eur Heart J 2021;42:2455 (S-891); SCORE2-Diabetes, Eur Heart J 2023;44:2544 (S-892).
namespace tresse::model {

/// Levels of cardiovascular death of a country. Belgium is low.
enum class RiskRegion { low, moderate, high, very_high };

/// What the three scores read.
struct Score2Person {
    bool man = false;
    double age = 60;             ///< years; 40-69 for SCORE2 and SCORE2-Diabetes, 70-89 for SCORE2-OP
    bool smoker = false;         ///< smokes now
    double sbp = 120;            ///< mmHg; 80-220
    double cholesterol = 6;      ///< total, mmol/L; 2-12
    double hdl = 1.3;            ///< mmol/L; 0.5-3.5
    bool diabetes = false;       ///< read by SCORE2-OP only
    // SCORE2-Diabetes only
    double age_at_diagnosis = 50;///< years
    double hba1c = 31;           ///< mmol/mol; 20-140
    double egfr = 90;            ///< mL/min/1.73 m2; 5-140
};

/// The linear predictor before it is calibrated to a region: within a region the log hazard of a person rises by `score2_slope` times it.
double score2_predictor(const Score2Person& person);
double score2_op_predictor(const Score2Person& person);
double score2_diabetes_predictor(const Score2Person& person);

/// k2: what one unit of the predictor adds to the log hazard in a region. Formula: ln(-ln(1 - risk)) = k1 + k2 (ln(-ln S0) + predictor).
double score2_slope(bool man, RiskRegion region);
double score2_op_slope(bool man, RiskRegion region);

/// Ten-year risk, 0 to 1.
double score2_risk(const Score2Person& person, RiskRegion region);
double score2_op_risk(const Score2Person& person, RiskRegion region);
double score2_diabetes_risk(const Score2Person& person, RiskRegion region);

}  // namespace tresse::model
