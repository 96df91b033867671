#pragma once

#include <array>
#include <span>
#include <vector>

#include "tresse/build/draft.hpp"
#include "tresse/build/margins.hpp"
#include "tresse/build/parameters.hpp"
#include "tresse/model/tables.hpp"

/// Solved once for the country, used for every place: so that the nation meets its margins and a place differs from it as its people do.
namespace tresse::build {

/// Who lives with whom.
struct LivingNorms {
    std::array<std::array<std::array<std::array<double, 11>, bands>, 2>, regions> age_weight{};  ///< share of each single age in its band
    std::array<std::array<std::array<double, 111>, 2>, regions> at_home{};  ///< share that lives as a child with parents
    std::array<BySexBand<double>, regions> resident{};                      ///< share in a nursing home
    std::array<double, regions> children_per_couple{}, children_per_lone{};  ///< of families
    std::array<double, regions> lone_share{};                               ///< of families
    std::array<double, regions> other_per_person{}, other_size{};           ///< households of other kind per private inhabitant
    std::array<double, regions> one_person_shift{};                         ///< log odds on the places' share of one-person households
};

/// Income, diploma, work, increased reimbursement, habits.
struct SocialNorms {
    double income_slope = 1;                                    ///< logistic units per unit of log income index
    std::array<double, 4> income_cut{};                         ///< logistic units: upper limits of fifths 0-3
    std::array<double, 5> fifth_share{};                        ///< reached in the reference sample
    /// P(diploma <= d | fifth) at [region][sex][band][fifth][d], d = 0, 1.
    std::array<BySexBand<std::array<std::array<float, 2>, 5>>, regions> education{};
    /// P(work kind <= w | fifth, diploma), w = 0..4.
    std::array<BySexBand<std::array<std::array<std::array<float, 5>, 3>, 5>>, regions> work{};
    std::array<double, 5> bim_fifth{};                          ///< log odds
    std::array<std::array<double, bands>, regions> bim_age{};   ///< log odds, mean over the members of a household
    std::array<double, regions> bim_shift{};                    ///< log odds on the places' modelled share, so that the region agrees
    /// Habits at [diploma][sex][band][fifth]: daily smoker, former smoker, inactive, BMI 25-30.
    std::array<BySexBand<std::array<float, 5>>, 3> daily_smoker{}, former_smoker{}, inactive{}, overweight{};
};

/// Conditions and dependence.
struct HealthNorms {
    std::vector<int> order;                                     ///< conditions, causes first
    int stroke = -1;                                            ///< its index; the tables name none
    std::array<BySexBand<double>, model::limit::conditions> intercept{};  ///< log odds: makes the nation's mean equal the table
    std::array<double, model::limit::conditions> mean_age{};    ///< of those who have it; years
    std::array<double, 3> dependence_home{}, dependence_resident{};  ///< logistic units: limits of classes 1, 2, 3
    double carer_hours_scale = 1;                               ///< so that living together and dementia move hours between carers, not their sum
};

struct Norms {
    LivingNorms living;
    SocialNorms social;
    HealthNorms health;
};

/// Solves what needs no people: ages inside bands, children at home, residents, one-person households.
LivingNorms solve_living(const Margins& margins, std::span<const PlaceInput> places, const model::DependenceTables& dependence, const BuildParameters& parameters);

/// Slope of the income logit between municipalities. Formula: the slope at which the log of the mean income ratio of a place, regressed on the
/// log of its income index, has the declared elasticity, while the cuts keep a fifth of the country in each fifth.
double solve_income_slope(std::span<const PlaceInput> places, const BuildParameters& parameters);

}  // namespace tresse::build
