#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tresse/core/month.hpp"
#include "tresse/world/limits.hpp"

/// Numbers that the stages use, one struct per subject, for one parameter draw. Equal in all arms. Rates are per year unless the name says month;
/// logs are natural. Compiled from the library files and the region pack by `scenario`, completed by `build` (the constants that need a population).
namespace tresse::model {

namespace limit = world::limit;
using world::age_bands;
using world::oldest_age;
using world::quintiles;

inline constexpr int ages = oldest_age + 1;
inline constexpr int regions = 3;          ///< 0 Flanders, 1 Brussels, 2 Wallonia
inline constexpr int five_year_bands = 21; ///< 0-4 .. 95-99, 100+
constexpr int five_year_band(int age) { return age >= 100 ? 20 : age / 5; }

/// Rows of log hazard ratios on the onset of every condition. A person's row is the sum of the rows that apply.
enum RiskRow : int {
    risk_condition = 0,                    ///< + condition: has it
    risk_daily_smoker = limit::conditions,
    risk_former_smoker,
    risk_inactive,
    risk_overweight,
    risk_quintile,                         ///< + quintile
    risk_rows = risk_quintile + quintiles,
};

struct ConditionTable {
    // levels, by sex and age
    std::array<std::array<float, ages>, 2> prevalence{};      ///< true share, repaired table
    std::array<std::array<float, ages>, 2> onset{};           ///< hazard a year at mean multiplier; set by `build` from prevalence and excess mortality
    std::array<std::array<float, five_year_bands>, 2> log_norm{};  ///< mean multiplier of the onset, log; set by `build`
    int stages = 1;                                           ///< number of stages; arrays below are indexed 1..stages
    std::array<float, 8> stage_share{};                       ///< among all who have it
    std::array<float, 8> start_share{};                       ///< among new cases
    std::array<float, 8> progression{};                       ///< to the next stage
    std::array<float, 8> remission{};                         ///< to absent
    std::array<float, 8> step_down{};                         ///< to the stage before
    std::array<float, 8> log_mortality{};
    std::array<float, 8> exacerbation{};                      ///< moderate, treated outside hospital
    std::array<float, 8> admission{};                         ///< primary cause this condition
    std::array<float, 8> utility_keep{};                      ///< 1 - proportional loss; [0] = 1
    std::array<float, 8> dependence{};                        ///< Katz classes at this stage; reaching it adds the difference to the stage before
    std::array<float, 8> work_log_ratio{};                    ///< on the start of long sick leave
    std::array<float, 8> medicines{};                         ///< number of medicines
    float remission_youngest = 0, remission_oldest = 200;     ///< ages between which remission applies
    float first_year_log_mortality = 0;
    float diagnosed_share = 1;                                ///< among all who have it, at the start
    float diagnosed_at_onset = 1;
    float found_per_year = 0;                                 ///< diagnosis of an undiagnosed case, a year, in ordinary care
    float trend_points_per_year = 0;                          ///< of prevalence, in shares
    int cause = -1;
    std::array<std::uint8_t, 8> mix{};                        ///< row of NeedTables::mix for the planned care of a stage
    float received_share = 1;                                 ///< of planned contacts really made today
    int always_diagnosed_from = 8;                            ///< stages from here on are always known (8 = none); `diagnosed_share` is over all stages
    float admission_at_onset = 0;                             ///< probability that a new case starts with a stay of this cause (infarction, stroke)
};

struct DiseaseTables {
    int conditions = 0;
    std::array<ConditionTable, limit::conditions> condition{};
    /// [row][condition]: log hazard ratio on onset.
    std::array<std::array<float, limit::conditions>, risk_rows> log_ratio{};
    int obesity = -1, hypertension = -1, diabetes = -1, dementia = -1, depression = -1, cancer = -1, heart_failure = -1, copd = -1;  ///< indices that stages name; -1 when absent
    float headroom = 1.3f;                                    ///< of all event hazards
    float frailty_loading_onset = 0.15f, frailty_loading_death = 0.3f, frailty_loading_admission = 1.2f;
    float exacerbation_prior_ratio = 1;
};

struct MortalityTables {
    /// Month hazard at mean multiplier in the base year, by region, sex, age.
    std::array<std::array<std::array<float, ages>, 2>, regions> base_month{};
    std::array<std::array<float, five_year_bands>, 2> log_norm{};  ///< mean of exp(log multiplier), log; set by `build`
    std::array<float, 4> log_katz{};
    float log_resident = 0;                                   ///< lives in a nursing home
    float log_daily_smoker = 0, log_former_smoker = 0;
    std::array<float, quintiles> log_quintile{};              ///< residual, beyond conditions and risk factors
    std::array<float, 3> log_education{};
    float overlap = 0.75f, log_cap = 2.4849066f;
    float improvement_young = 0.012f, improvement_85 = 0.006f;  ///< fall of the hazard a year; zero from 95
    std::array<float, 12> season{};                           ///< mean 1
    int base_year = 2025;
};

struct DemographyTables {
    std::array<std::array<float, ages>, regions> births_per_woman_year{};
    float boys_share = 0.512f, twins_share = 0.017f;
    std::array<std::array<float, five_year_bands>, regions> leaves_area{};       ///< a person's rate of leaving the country or the area, a year, by age
    std::array<float, five_year_bands> moves_inside{};
    std::array<float, five_year_bands> leaves_parents{};
    float separation_per_year = 0.01f;                        ///< of couples
    std::array<float, five_year_bands> union_per_year{};      ///< of single adults
    std::array<std::int32_t, regions> arrivals_per_100000{};  ///< persons a year
    float retirement_age = 66;
    std::array<float, 3> spare{};
};

struct RiskFactorTables {
    float smoking_start = 0.018f, smoking_quit = 0.025f;      ///< a year, ages 15-24 and all daily smokers
    std::array<float, 3> smoking_start_ratio_education{1, 1, 1};
    float becomes_inactive = 0.02f, becomes_active = 0.045f;
    float overweight_gain = 0.03f, overweight_loss = 0.02f;
    std::array<float, 8> relapse{};
};

struct FrailtyTables {
    std::array<float, 256> permanent{};   ///< gamma with mean 1
    std::array<float, 256> now{};         ///< lognormal with mean 1
    float year_correlation = 0.3f;        ///< of the underlying normal, from one birthday to the next
    std::array<std::array<float, 256>, 3> power{};  ///< permanent^loading for onset, death, admission, mean 1
    std::array<std::array<float, 256>, 3> power_now{};
};

/// One row of a service mix: what one source of need asks for. Alias method: a draw picks column x*64, then itself or its alias.
struct Mix {
    float total_month = 0;                                    ///< candidates a month: rates x headroom of each service
    std::array<float, limit::services> rate_month{};
    std::array<std::uint16_t, limit::services> count{};       ///< units per contact (a series, a month of packs)
    std::array<std::uint16_t, limit::services> threshold{};   ///< of 65536: below = own column
    std::array<std::uint8_t, limit::services> alias{};
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
    float distance_felt = 0.05f;                              ///< of contacts not made for distance, felt as care gone without (A-791)
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

struct DependenceTables {
    std::array<float, ages> worsening{};                      ///< one class a year
    std::array<float, 4> share_home{};                        ///< at 65+, at home, by class (for the start)
    std::array<std::array<float, 3>, 2> share_by_age{};       ///< resident share 65-74, 75-84, 85+ by sex
    float recovery = 0.12f;
    std::array<float, ages> home_entry{};                     ///< wish to enter a nursing home, a year, before odds
    float log_entry_katz3 = 1.18f, log_entry_dementia = 0.93f, log_entry_prior_stay = 1.24f, log_entry_alone = 0.59f, log_entry_strain = 0.41f;
    std::array<std::array<float, five_year_bands>, 2> log_norm_entry{};
    std::array<float, 4> nursing_prob{};                      ///< daily nursing at home by class, 65+
    std::array<float, 4> help_hours_week{};                   ///< for users
    std::array<float, 4> help_prob{};
    std::array<float, 4> carer_hours_week{};
    std::array<std::uint8_t, 4> nursing_service{};            ///< service of the daily care by class, 255 = none
    float carer_strain_step = 0.10f, carer_recovery = 0.05f;
    std::array<float, 3> carer_dropout{};                     ///< low, medium, high strain, a year
    float coresident_ratio = 1.7f, dementia_ratio = 1.6f;
};

struct UtilityTables {
    std::array<std::array<float, ages>, 2> norm{};            ///< population mean
    std::array<std::array<float, ages>, 2> without{};         ///< u0 of a person without conditions; set by `build`
};

struct WorkTables {
    std::array<float, 10> sick_start{};                       ///< long episodes a year by age band, employed
    std::array<float, 13> still_off{};                        ///< share still off after m months
    float invalid_return = 0.05f;
    std::array<std::int64_t, 2> benefit_month_cents{};        ///< primary incapacity, invalidity; a person-month
    std::array<float, quintiles> benefit_ratio{};
    float to_unemployed = 0.03f, to_employed = 0.3f;
    float leaves_school = 0.6f, leaves_higher_school = 0.35f; ///< a year from 18 (21 with higher education); all have left at 27
    float first_job = 0.82f, first_unemployed = 0.08f;        ///< of school leavers
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
    float posts_growth = 0.0175f;                             ///< of posts a year (S-556)
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

/// Shares that only `build` needs to give persons their state at the start.
struct StartTables {
    std::array<std::array<float, 4>, regions> global_record{};    ///< by age: under 25, 25-49, 50-74, 75+
    std::array<float, regions> record_consent{};                  ///< agrees that data are shared
    std::array<float, regions> medical_house{};                   ///< registered in one
    std::array<float, regions> usual_provider{};                  ///< share of contacts with the usual GP
    std::array<float, 3> main_carer{};                            ///< at 65+ with a carer: partner, other relative, neighbour
    std::array<float, 4> has_carer{};                             ///< at home at 65+, by Katz class
    float carer_strain_high = 0.23f;
    float activation_mean = 60, activation_sd = 14;               ///< 0-100
    float adherence_mean = 0.7f;
    std::array<float, 2> alone_75{};                              ///< women, men at home at 75+ in a household of one
    float resident_severe_share = 0.81f;                          ///< Katz B or C among residents of nursing homes
};

struct Tables {
    DiseaseTables disease;
    MortalityTables mortality;
    DemographyTables demography;
    RiskFactorTables risk_factor;
    FrailtyTables frailty;
    NeedTables need;
    BehaviourTables behaviour;
    HospitalTables hospital;
    DependenceTables dependence;
    UtilityTables utility;
    WorkTables work;
    ProviderTables provider;
    CoordinationTables coordination;
    StartTables start;
};

}  // namespace tresse::model
