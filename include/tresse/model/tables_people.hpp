#pragma once

#include <array>
#include <cstdint>

#include "tresse/world/limits.hpp"

/// Numbers of the stages that change people: illness, death, family, risk factors, frailty, dependence, work. See tables.hpp.
namespace tresse::model {

namespace limit = world::limit;
using world::age_bands;
using world::oldest_age;
using world::quintiles;

inline constexpr int ages = oldest_age + 1;
inline constexpr int regions = 3;          ///< 0 Flanders, 1 Brussels, 2 Wallonia
inline constexpr int five_year_bands = 21; ///< 0-4 .. 95-99, 100+
inline constexpr int path_years = 26;      ///< of yearly paths: 2025 to 2050 in the pack of Belgium
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

/// A condition without a number of its own for the age of its stages: `build` has one for all.
inline constexpr float build_decides = -1000;

struct ConditionTable {
    // levels, by sex and age
    std::array<std::array<float, ages>, 2> prevalence{};      ///< true share, repaired table
    std::array<std::array<float, ages>, 2> onset{};           ///< hazard a year at mean multiplier; set by `build` from prevalence and excess mortality
    std::array<std::array<float, five_year_bands>, 2> log_norm{};  ///< mean multiplier of the onset, log; set by `build`
    std::array<std::array<float, five_year_bands>, 2> onset_log_constant{};  ///< normalising constant of the region pack, log; 0 where it has none
    int stages = 1;                                           ///< number of stages; arrays below are indexed 1..stages
    std::array<float, 8> stage_share{};                       ///< among all who have it
    float stage_log_odds_per_decade = build_decides;          ///< of each later stage among all who have it, per ten years of age
    std::array<float, 8> start_share{};                       ///< among new cases
    std::array<float, 8> progression{};                       ///< to the next stage
    float worse_log_ratio_per_decade = 0;                     ///< of starting late and of progression, a person ten years older; `worse_at`
    float start_late_scale = 1;                               ///< makes the mean of late starts what `start_share` says; set by `build`
    std::array<float, 8> remission{};                         ///< to absent; in a lethal stage: deaths
    std::array<bool, 8> lethal{};                             ///< who leaves the condition from this stage by `remission` dies of it
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
    int obesity = -1, hypertension = -1, diabetes = -1, dementia = -1, depression = -1, cancer = -1, heart_failure = -1, copd = -1, kidney = -1, coronary = -1, stroke = -1;  ///< indices that stages name; -1 when absent
    float headroom = 1.3f;                                    ///< of all event hazards
    float frailty_loading_onset = 0.15f, frailty_loading_death = 0.3f, frailty_loading_admission = 1.2f;
    float exacerbation_prior_ratio = 1;
};

struct MortalityTables {
    /// Month hazard at mean multiplier in the base year, by region, sex, age.
    std::array<std::array<std::array<float, ages>, 2>, regions> base_month{};
    std::array<std::array<float, five_year_bands>, 2> log_norm{};  ///< mean of exp(log multiplier), log; set by `build`
    /// The same by region and sex beside it: the regions' tables already hold that their people differ, so a region's mean is one, too.
    std::array<std::array<float, 2>, regions> region_log_norm{};
    std::array<float, 4> log_katz{};
    float log_resident = 0;                                   ///< lives in a nursing home
    float log_daily_smoker = 0, log_former_smoker = 0;
    std::array<std::array<float, quintiles>, 2> log_quintile{};  ///< [sex]: residual, beyond conditions and risk factors
    std::array<std::array<float, 3>, 2> log_education{};
    float overlap = 0.75f, log_cap = 2.4849066f;
    float improvement_young = 0.012f, improvement_85 = 0.006f;  ///< fall of the hazard a year; zero from 95
    std::array<float, 12> season{};                           ///< mean 1
    int base_year = 2025;
    /// Normalising constants of the region pack by region, sex, five-year age and year from `base_year` on: the mean hazard of `today` in a year is that of the
    /// table times its improvement, so that ageing and changing illness do not count twice. One where the pack has none.
    std::array<std::array<std::array<std::array<float, path_years>, five_year_bands>, 2>, regions> year_factor{};

    float constant(int region, int sex, int age, int year) const {
        const int i = year - base_year;
        return year_factor[static_cast<std::size_t>(region)][static_cast<std::size_t>(sex)][static_cast<std::size_t>(five_year_band(age))][static_cast<std::size_t>(i < 0 ? 0 : i >= path_years ? path_years - 1 : i)];
    }
    MortalityTables() {
        for (auto& region : year_factor)
            for (auto& sex : region)
                for (auto& band : sex) band.fill(1.0f);
    }
};

struct DemographyTables {
    std::array<std::array<float, ages>, regions> births_per_woman_year{};
    float boys_share = 0.512f, twins_share = 0.017f;
    std::array<std::array<float, five_year_bands>, regions> leaves_area{};       ///< a person's rate of leaving the country or the area, a year, by age
    std::array<float, five_year_bands> moves_inside{};
    std::array<float, five_year_bands> leaves_parents{};
    float separation_per_year = 0.01f;                        ///< of couples
    std::array<float, five_year_bands> union_per_year{};      ///< of single adults
    std::array<std::int32_t, regions> arrivals_per_100000{};  ///< persons a year, by the flows of the last year known
    /// Persons a year and 100,000 inhabitants of the start, from `first_path_year` on; the last year holds on. Such that the region follows its outlook.
    std::array<std::array<std::int32_t, path_years>, regions> arrivals_path{};
    int first_path_year = 0;                                  ///< 0: no path, the flows of the last year known hold
    float retirement_age = 66;
    float move_reach_km = 8;                                  ///< distance at which a place draws 37 % of the movers that it would draw next door

    /// Arrivals of a calendar year.
    std::int32_t arrivals(int region, int year) const {
        if (first_path_year == 0) return arrivals_per_100000[static_cast<std::size_t>(region)];
        const int i = year - first_path_year;
        return arrivals_path[static_cast<std::size_t>(region)][static_cast<std::size_t>(i < 0 ? 0 : i >= path_years ? path_years - 1 : i)];
    }
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

struct DependenceTables {
    std::array<float, ages> worsening{};                      ///< one class a year
    std::array<float, 4> worsening_class{1, 1, 1, 0};         ///< factor on it by present class; set by `build` so that the classes keep their shares
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
    std::array<float, 10> sick_start_mean{};                  ///< long episodes a year by age band, mean of the employed
    std::array<float, 10> sick_start{};                       ///< the same without conditions that raise it; set by `build`
    std::array<float, 13> still_off{};                        ///< share still off after m months
    float invalid_return = 0.05f;
    float to_unemployed = 0.03f, to_employed = 0.3f;
    float leaves_school = 0.42f, leaves_higher_school = 0.15f; ///< a year from 18 (21 with higher education); all have left at 27
    float first_job = 0.82f, first_unemployed = 0.08f;        ///< of school leavers
    /// P(final diploma <= d), d = 0 low, 1 middle, by region, sex, income fifth; set by `build` from the margins at 25-34.
    std::array<std::array<std::array<std::array<float, 2>, quintiles>, 2>, regions> diploma_until{};
    std::array<std::array<float, 4>, 2> retires{};            ///< [sex]: probability that an employed person retires at the birthdays 60, 65, 70, 75
    std::array<float, 2> stops_at_60{};                       ///< [sex]: probability that work or search ends at home at 60
};

}  // namespace tresse::model
