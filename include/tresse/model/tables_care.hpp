#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tresse/model/tables_people.hpp"

/// Numbers of the stages that ask for, give and coordinate care. See tables.hpp.
namespace tresse::model {

/// One row of a service mix: what one source of need asks for. Alias method: a draw picks column x*64, then itself or its alias.
struct Mix {
    float total_month = 0;                                    ///< candidates a month: rates x headroom of each service
    std::array<float, limit::services> rate_month{};
    std::array<std::uint16_t, limit::services> count{};       ///< units per contact (a series, a month of packs)
    std::array<std::uint16_t, limit::services> again{};       ///< of 256: chance of one unit more in the same month (the check after a first visit)
    std::array<std::uint16_t, limit::services> threshold{};   ///< of 65536: below = own column
    std::array<std::uint8_t, limit::services> alias{};

    double mean_units(std::size_t service) const { return count[service] + again[service] / 256.0; }
};

struct NeedTables {
    std::vector<Mix> mix;                                     ///< [0, 2*age_bands*2): baseline by resident, sex, band; then dependence 1-3; then conditions
    int mix_dependence = 0;                                   ///< row of Katz class 1
    float headroom = 1.1f;                                    ///< of all contacts, beside what season and price can do
    std::array<float, limit::services> service_headroom{};    ///< headroom x highest season x highest answer to a price of zero
    float overlap = 0.5f;                                     ///< planned contacts of several conditions = max + overlap (sum - max)
    std::array<float, limit::services> service_overlap{};     ///< the same by service: 1 where treatments add (medicines, dialysis), else `overlap`
    float volume_drift = 0.01f;                               ///< a year, beyond ageing
    int drift_base_year = 2025;
    float bim_ratio = 1.1f;                                   ///< residual, all contacts
    int exacerbation_service = -1, emergency_service = -1, out_of_hours_service = -1;
    std::array<std::array<float, 12>, limit::services> season{};  ///< mean 1; 1 when a service has none
    constexpr static int baseline_row(int resident, int sex, int band) { return (resident * 2 + sex) * age_bands + band; }
};

struct BehaviourTables {
    std::array<float, limit::services> elasticity{};          ///< own price paid
    std::array<float, limit::services> discretionary{};       ///< share of demand that answers to price
    std::array<float, quintiles> income_ratio{};              ///< on the elasticity
    std::array<std::array<float, quintiles>, 2> forgone_money{};   ///< probability per request, [bim][quintile]
    std::array<float, limit::roles> decay_per_minute{};       ///< beyond 10 minutes of travel
    float free_share = 0.10f;                                 ///< of contacts today that are made above the household's ceiling (A-793)
    float distance_felt = 0.05f;                              ///< of contacts not made for distance, felt as care gone without (A-791)
    float choice_per_minute = 0.15f;                          ///< fall of the log odds to choose a provider (A-1440)
    float no_list_to_night_post = 0.5f;                       ///< of GP requests of people whom no practice takes
    std::array<float, 5> fate{};                              ///< of a cut-off request: later, other provider, out of hours, emergency, lost
    float gives_up_after_months = 6;
    float third_party_effect = 0.05f;
    float smallest_price_cents = 25;
};

struct HospitalTables {
    std::array<std::array<float, ages>, 2> baseline{};        ///< unplanned and planned stays a year not caused by the conditions
    float baseline_planned_share = 0.45f;
    float log_per_condition = 0.1989f, log_condition_cap = 1.03f;  ///< comorbidity on the baseline hazard
    std::array<std::array<float, five_year_bands>, 2> log_norm{};
    std::array<float, 7> post_discharge{1, 3, 2, 1.5f, 1.5f, 1.5f, 1.5f};  ///< factor by months since discharge 0 = none, 1.. 6
    std::array<float, 16> days{};                             ///< mean length of stay by cause (0 = by age)
    std::array<float, ages> days_by_age{};
    std::array<float, 16> weight{};                           ///< cost weight by cause
    std::array<float, 16> fatality{};                         ///< of an unplanned stay, part of the death hazard of the month (moved, not added)
    std::array<float, 16> planned_share{};                    ///< of the stays of a cause, planned (surgery, treatment): no emergency visit before, no post-discharge factor
    float readmission_planned_excluded = 1;
    float death_in_hospital = 0.467f;                         ///< share of deaths that end a stay
    float utility_loss_month = 0.1f;
    float decline_prob = 0.1f;                                ///< one Katz class after an unplanned stay at 75+
    int blocked_days = 20;                                    ///< of a bed that somebody cannot leave
    float blocks_bed_share = 0.15f;                           ///< of those who wait for a home
    std::array<float, quintiles> single_room{};
    float emergency_before_unplanned = 0.9f;                  ///< share of unplanned stays that come through the emergency department
    std::array<float, 12> season_respiratory{};
};

struct KindTable {
    float minutes_per_post_month = 7500;                      ///< for contacts; bed-days for houses
    float target_use = 0.9f;
    float overtime_max = 0.12f;
    float wait0_days = 1;                                     ///< w0 of the waiting formula
    std::array<float, 4> exit_per_year{};                     ///< under 55, 55-64, 65-69, 70+
    std::array<float, 4> age_share{1, 0, 0, 0};
    float entry_per_post_year = 0.03f;                        ///< newcomers to the labour market
    float vacancy_fill_month = 0.12f;
    float admin_share = 0.15f;
    float record_sharing_start = 0.5f;
    float guideline_start = 0.3f;
    float posts_growth = 0.025f;                              ///< of posts a year: volume drift and what ageing and inhabitants add (A-1242)
    float panel_full = 0;                                     ///< list closes above this many times the target use; 0 = the kind has no lists
    float wage_year_eur = 60000;                              ///< of a post
    bool workers = true;                                      ///< counted in the scores of care workers
    // read by `build` only
    std::array<float, regions> posts_per_10000{};             ///< posts (or beds) per 10,000 inhabitants
    float size_posts = 1;                                     ///< typical size of one provider
    float filled_share = 1;                                   ///< of posts, at the start
};

struct ProviderTables {
    std::vector<KindTable> kind;
    std::array<float, limit::services> minutes{};             ///< as published or assumed
    std::array<float, limit::roles> minutes_scale{};          ///< so that need and supply agree in the base year; set by `build`
    std::array<std::uint32_t, limit::services> deci_minutes{};///< minutes x scale x 10; set by `build`
    float burnout_base = 0.020f, burnout_slope = 2.5f, burnout_pivot = 0.95f, burnout_recovery = 0.09f, burnout_admin = 0.3f;
    float burnout_exit_ratio = 1.57f, burnout_effort_loss = 0.10f;
    float bass_p = 0.02f, bass_q = 0.35f, bass_p_supported = 0.20f, bass_q_supported = 0.90f;
    float hired_from_area = 0.7f;
    float load_smoothing = 0.3f;
    float fee_elasticity = 0.3f;
    float capitation_contact_ratio = 0.9f;
    float capitation_emergency_ratio = 1.0f;
    float selection_strength = 0;                             ///< fall of the log odds per unit of expected work beyond the payment; 0 = nobody is picked
    float savings_effort = 0, savings_effort_years = 3;       ///< share of discretionary contacts not made, a year; years that it grows
    float overload_from = 1.10f;                              ///< counts as over its time
};

struct CoordinationTables {
    float weight_ties = 0.4f, weight_record = 0.3f, weight_plan = 0.15f, weight_manager = 0.15f;
    float repeated_test_share = 0.12f;                        ///< of tests, without shared records
    float repeated_fall_when_shared = 0.25f;
    float continuity_causal = 0.3f, density_causal = 0.25f, activation_causal = 0.2f;
    float admission_log_ratio_coordination = 0;               ///< top against bottom of coordination, on unplanned admissions, before the causal share
    float plan_per_year_today = 0.02f;                        ///< complex patients who get a plan with goals in ordinary care
    float shared_tie_growth = 0.1f, tie_fade = 0.03f;
    float activation_admission_log_ratio = 0;
};

}  // namespace tresse::model
