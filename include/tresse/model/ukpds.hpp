#pragma once

/// UKPDS Outcomes Model 2: complications and death of people with type 2 diabetes, a year at a time, as published.
/// Source: Hayes et al., Diabetologia 2013;56:1925, ESM tables 4 to 6 (S-893).
namespace tresse::model {

/// What the equations read. Histories (`had_`) are before this year, events (`now_`) of this year.
struct UkpdsPerson {
    bool woman = false, afro_caribbean = false, indian = false;
    double age_at_diagnosis = 55;   ///< years
    double duration = 0;            ///< years since the diagnosis; the age now is their sum
    bool smoker = false;
    double hba1c = 7;               ///< %
    double sbp = 135;               ///< mmHg
    double hdl = 1.2, ldl = 3.0;    ///< mmol/L
    double egfr = 80;               ///< mL/min/1.73 m2
    double bmi = 29;                ///< kg/m2
    double heart_rate = 72;         ///< beats a minute
    double haemoglobin = 14.5;      ///< g/dL
    double white_cells = 7;         ///< 10^6 per mL
    bool albuminuria = false;       ///< 50 mg/L or more
    bool vessel_disease = false;    ///< peripheral
    bool fibrillation = false;
    bool had_heart_failure = false, had_ischaemia = false, had_infarction = false, had_stroke = false, had_amputation = false, had_ulcer = false, had_blindness = false,
         had_renal_failure = false;
    bool now_ischaemia = false, now_infarction = false, now_stroke = false, now_renal_failure = false, now_first_amputation = false, now_second_amputation = false;
};

enum class UkpdsOutcome {
    heart_failure, ischaemia, first_infarction, second_infarction, first_stroke, second_stroke, blindness, ulcer, first_amputation_no_ulcer, first_amputation_ulcer,
    second_amputation, renal_failure, death_no_history, death_first_event, death_history, death_later_event,
    count
};

/// lambda + the linear predictor: for all but the logistic equations the log of a person's hazard up to a function of time, so differences between two
/// persons of the same time are log hazard ratios.
double ukpds_log_hazard(const UkpdsPerson& person, UkpdsOutcome outcome);

/// Probability of the event in the coming year, 0 to 1. Formula: Weibull in the duration, Gompertz in the age, or logistic, by outcome.
double ukpds_year_probability(const UkpdsPerson& person, UkpdsOutcome outcome);

}  // namespace tresse::model
