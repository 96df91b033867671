#pragma once

#include <array>
#include <cstdint>

#include "tresse/world/limits.hpp"

/// Laws of blood pressure, lipids, HbA1c, eGFR and BMI, and the published equations that read them. See tables.hpp and risk_laws.hpp.
namespace tresse::model {

/// Published equations that a condition's file may name. They give the shape inside a cell of sex and age, never the level.
enum class RiskEngine : std::uint8_t {
    none, score2_low, score2_moderate, score2_high, score2_very_high, ukpds_heart_failure, ukpds_renal_failure, ukpds_blindness, ukpds_infarction,
    count
};

inline constexpr int law_steps = 16;      ///< a person's place in a law, in sixteenths
inline constexpr int law_bands = 21;      ///< five-year ages, as everywhere
inline constexpr int kidney_states = 5;   ///< without kidney disease, then its stages (the last one for all beyond)
inline constexpr int weight_states = 5;   ///< below 25, 25-30, 30-35, 35-40, 40 and more kg/m2

/// Values of a law at the middles of its sixteen steps, with mean and variance.
struct Law {
    std::array<float, law_steps> value{};
    float mean = 0, variance = 0;
    float at(std::uint8_t place) const { return value[place >> 4]; }
};

/// What one unit adds to the log hazard: mmHg, mmol/L, mmol/L, %, and the logarithm of eGFR (less 4.5, over 0.15) with its square; smoking now.
struct Slopes {
    float pressure = 0, cholesterol = 0, hdl = 0, hba1c = 0, egfr = 0, egfr_square = 0, smoker = 0, bmi = 0, kidney_to_60 = 0, kidney_over_60 = 0;
};

struct RiskTables {
    // declared
    std::array<float, 2> pressure_at_55{127, 134}, pressure_per_year{0.45f, 0.35f};  ///< untreated, mmHg, women and men
    float pressure_sd = 17, pressure_fall = 9;            ///< mmHg; fall per step of treatment at today's adherence
    float cholesterol_mean = 5.5f, cholesterol_sd = 1, cholesterol_fall = 1.3f;      ///< untreated, mmol/L
    std::array<float, 2> hdl_mean{1.6f, 1.3f};
    float hdl_sd = 0.4f;
    float hba1c_mean = 7.1f, hba1c_sd = 1.2f, hba1c_fall = 1.0f;                     ///< of people with diabetes as treated today, %
    float egfr_at_40 = 98, egfr_fall_per_year = 0.9f, egfr_sd = 13;                  ///< mL/min/1.73 m2
    float redraw_per_year = 0.07f;                        ///< probability that a place in a law is drawn anew at a birthday
    std::array<float, 3> treated_share{0.87f, 0.55f, 0.85f};   ///< blood pressure, lipids, glucose: of those diagnosed, today
    std::array<float, 3> starts_per_year{0.5f, 0.2f, 0.8f};    ///< of those diagnosed and not treated yet
    float adherence_mean = 0.7f;                          ///< what the falls are at
    // set by `make_risk_laws`
    std::array<std::array<std::array<Law, 2>, law_bands>, 2> pressure{};   ///< [sex][band][has hypertension]
    std::array<std::array<Law, law_bands>, 2> cholesterol{};
    std::array<Law, 2> hdl{};
    Law hba1c;
    std::array<std::array<Law, kidney_states>, law_bands> egfr{};
    std::array<std::array<Law, kidney_states>, law_bands> egfr_log{};   ///< the same as (ln eGFR - 4.5) / 0.15; its mean is that of the mean eGFR
    std::array<Law, weight_states> bmi{};
    /// [engine][diabetes][sex][band]: slopes on the log hazard.
    std::array<std::array<std::array<std::array<Slopes, law_bands>, 2>, 2>, static_cast<std::size_t>(RiskEngine::count)> slope{};
    std::array<RiskEngine, world::limit::conditions> onset{};              ///< engine of a condition's onset
    std::array<std::array<RiskEngine, 8>, world::limit::conditions> progression{};  ///< of a step from a stage
    bool any_onset = false;
};

}  // namespace tresse::model
