#pragma once

#include "tresse/model/tables_care.hpp"
#include "tresse/model/tables_people.hpp"
#include "tresse/model/tables_risk.hpp"

/// Numbers that the stages use, one struct per subject, for one parameter draw. Equal in all arms. Rates are per year unless the name says month;
/// logs are natural. Compiled from the library files and the region pack by `scenario`, completed by `build` (the constants that need a population).
namespace tresse::model {

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
    RiskTables risk;
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
