#pragma once

#include <array>
#include <string_view>

namespace tresse::build {

/// Numbers of the synthetic population that no margin of the region pack gives. Each line: unit, range, source. They shape who lives with
/// whom and how facts go together; levels come from the pack's tables and are solved, not set here.
struct BuildParameters {
    // --- reference sample ---------------------------------------------------------------------------------------------
    double reference_persons = 115000;  ///< persons; 60,000-400,000; A-800
    int strata_per_million = 3;         ///< income strata of a region per million inhabitants; 2-10; A-800

    // --- households ---------------------------------------------------------------------------------------------------
    /// Share of those who are nobody's child, by five-year age from 15-19 to 100+: before fitting to the pack's household types; 0-1; A-801.
    std::array<double, 18> women_couple{0.10, 0.15, 0.52, 0.67, 0.70, 0.70, 0.69, 0.68, 0.69, 0.68, 0.65, 0.59, 0.49, 0.34, 0.19, 0.09, 0.04, 0.02};
    std::array<double, 18> men_couple{0.05, 0.09, 0.41, 0.61, 0.68, 0.69, 0.69, 0.69, 0.71, 0.73, 0.75, 0.74, 0.71, 0.63, 0.50, 0.36, 0.25, 0.20};
    std::array<double, 18> women_alone{0.40, 0.40, 0.27, 0.16, 0.11, 0.11, 0.13, 0.16, 0.20, 0.24, 0.29, 0.36, 0.46, 0.58, 0.67, 0.72, 0.74, 0.75};
    std::array<double, 18> men_alone{0.45, 0.47, 0.36, 0.25, 0.20, 0.19, 0.20, 0.21, 0.22, 0.22, 0.21, 0.21, 0.22, 0.27, 0.36, 0.48, 0.58, 0.60};
    std::array<double, 18> other_member{0.25, 0.22, 0.12, 0.07, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.06, 0.08, 0.10, 0.12, 0.13};
    double lone_father_odds = 0.22;         ///< lone fathers to lone mothers; 0.15-0.25; A-802
    double leaves_home_spread_years = 2.6;  ///< years; spread of the age of leaving home (logistic); 1.5-4; A-803
    double leaves_home_men_later_years = 1.2;  ///< years; 0.5-2; A-803
    double couple_age_noise_years = 3.0;    ///< years, of each partner's matching age; 2-5; A-804
    double mother_age_at_first_years = 28.8;   ///< years at the birth of the eldest child at home; 28-30; A-805
    double mother_age_spread_years = 4.8;   ///< years, standard deviation between mothers; 4-6; A-805
    double birth_interval_years = 2.9;      ///< years between brothers and sisters; 2-4; A-805
    double father_older_years = 2.6;        ///< years; 2-3.5; A-804
    /// Share of nursing-home residents that needs no, light, more, full help (Katz O, A, B, C); 0-1; adds to 1; A-806.
    std::array<double, 4> resident_katz{0.07, 0.12, 0.38, 0.43};
    double residents_share_65_plus = 0.056; ///< of persons of 65 and over; 0.053-0.059; the pack's item care_home_share_65_plus replaces it

    // --- income, education, work, increased reimbursement ---------------------------------------------------------------
    /// Mean equivalised income of a fifth over the median; S80/S20 about 3.3; A-807.
    std::array<double, 5> fifth_income_ratio{0.56, 0.80, 1.00, 1.23, 1.86};
    double income_elasticity = 0.7;         ///< of equivalised net income to taxable income per declaration, between municipalities; 0.5-1; A-808
    /// Shift of the household's place on the logistic income scale by type: alone, couple, couple with children, lone parent, other; -2 to 2; A-809.
    std::array<double, 5> income_by_type{-0.45, 0.40, 0.25, -0.80, -0.30};
    double income_head_65 = -0.45;          ///< shift when the eldest is 65 or over; -1 to 0; A-809
    double income_head_under_30 = -0.25;    ///< shift; -1 to 0; A-809
    double income_resident = -0.30;         ///< shift for a nursing-home resident; -1 to 0.5; A-809
    double education_per_fifth = 0.42;      ///< log odds of a diploma level per income fifth; 0.2-0.7; A-810
    double employed_per_fifth = 0.50;       ///< log odds of employment against no work, per income fifth; 0.3-0.8; A-811
    double employed_per_diploma = 0.35;     ///< log odds per diploma level, same fifth; 0.1-0.6; A-811
    double sick_leave_share = 0.029;        ///< of the employed, on sick leave of under a year on a day; 0.022-0.036; A-812
    std::array<double, 5> bim_by_fifth{0.58, 0.28, 0.11, 0.05, 0.03};  ///< share with increased reimbursement; 0-1; A-813
    double bim_lone_parent = 0.6;           ///< log odds beyond income; 0-1.2; A-813
    /// Income for the ceiling of patient shares: median net equivalised income and net-taxable over net by fifth. EUR a year; A-814.
    double median_income_eur = 32500;
    std::array<double, 5> taxable_over_net{1.05, 1.20, 1.35, 1.50, 1.75};
    std::array<double, 5> ceiling_bands_eur{13087, 23413, 35993, 48573, 60629};  ///< upper limits of bands 0-4 of 2025; A-814

    // --- risk factors ---------------------------------------------------------------------------------------------------
    double smoking_per_fifth = -0.20;       ///< log odds of daily smoking per fifth, same diploma; -0.35 to 0; A-815
    double inactive_per_fifth = -0.12;      ///< log odds; -0.25 to 0; A-815
    double activity_high_share = 0.30, activity_middle_share = 0.35;  ///< of the active: levels 3 and 2, the rest 1; 0-1; A-816

    // --- health -----------------------------------------------------------------------------------------------------------
    double stage_per_decade = 0.15;         ///< log odds of each later stage per ten years of age; 0-0.3; A-817
    /// Log odds of living in a nursing home among those who have it, beyond age and sex; used at the start only; 0.5-2; A-818.
    double resident_dementia = 1.7, resident_stroke = 0.7, resident_heart_failure = 0.3, resident_depression = 0.5;
    double dependence_per_year = 0.11;      ///< log odds of a class of dependence per year of age; 0.08-0.14; A-819
    double dependence_per_class = 1.0;      ///< log odds per class that a condition's stage adds; 0.6-1.5; A-819
    double carer_partner = 0.78, carer_relative_with_partner = 0.12;  ///< who cares for a dependent person with a partner; shares; A-820
    double carer_relative = 0.64, carer_neighbour = 0.12;             ///< and without; the rest has nobody; A-820
    double carer_high_strain = 0.23;        ///< share of carers; 0.18-0.30; A-821
    std::array<double, 4> record_share{0.62, 0.66, 0.78, 0.90};  ///< global medical record under 25, 25-49, 50-74, 75+; 0.55-0.98; A-822
    std::array<double, 3> record_region{0.04, -0.12, -0.02};     ///< points by region; -0.15 to 0.1; A-822
    double activation_mean = 61, activation_spread = 14;         ///< 0-100; 55-66, 10-17; A-823
    double activation_per_diploma = 3.0, activation_75_plus = -4.0;  ///< points; 0-6, -8 to 0; A-823
    double adherence_mean = 66, adherence_spread = 18;           ///< 0-100; 50-80; A-824
    double trust_mean = 72, trust_spread = 15;                   ///< 0-100; 60-85; A-824
    double years_with_gp = 9;               ///< years, mean, limited by age; 6-13; A-825

    // --- places and providers -----------------------------------------------------------------------------------------------
    double minutes_per_km = 1.5;            ///< door to door over the distance between middles of neighbouring municipalities: 40 km an hour; 1.1-2.2; A-829
    double inside_km_per_root_area = 0.4;   ///< km per square root of km2: way inside a neighbourhood; 0.3-0.5; A-829
    double hospital_decay_per_minute = 0.15;  ///< log odds of choosing a hospital per minute, beside its beds; 0.085-0.20; A-830
    double density_spread = 0.10;           ///< spread of the log supply between municipalities; 0.05-0.2; A-831
    std::array<double, 4> no_gp{0.10, 0.14, 0.06, 0.02};  ///< share without a GP under 25, 25-49, 50-74, 75+; 0.01-0.25; A-832
    double no_gp_brussels = 0.07;           ///< more without a GP in Brussels; 0-0.12; A-832
    double same_gp_in_household = 0.8;      ///< share of members who choose as the household does; 0.6-0.95; A-833
    double panel_balance = 0.7;             ///< how far patients spread with the size of providers rather than by distance alone; 0-1; A-834
    double tie_half_patients = 60;          ///< shared patients at which the shared part of a tie is half; 30-120; A-835
    double tie_shared = 0.55, tie_near = 0.25, tie_house = 0.20;  ///< parts of a tie's strength: shared patients, nearness, one roof; add to 1; A-835
    double tie_near_km = 5;                 ///< km at which nearness has fallen to 37 %; 3-10; A-835
};

/// Fall of the log odds of choosing a provider per km, by role. Source: -0.75 for GPs (S-801, England); others A-836.
double choice_per_km(std::string_view role);
/// Share of patients with a chronic condition who see the role in a year: weighs shared patients between roles. 0-1; A-835.
double patients_of_role(std::string_view role);

}  // namespace tresse::build
