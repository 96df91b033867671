#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>

#include "tresse/experiment/plan.hpp"
#include "tresse/measure/life_table.hpp"
#include "tresse/measure/person_year.hpp"
#include "tresse/model/tables_people.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/world/bits.hpp"
#include "tresse/world/catalogue.hpp"

/// What the base year shows of people beyond what a run keeps: counted from the running worlds, month by month.
namespace tresse::validate {

inline constexpr int regions = model::regions;  ///< Flanders, Brussels, Wallonia
inline constexpr int fives = measure::age_fives;

template <class T> using BySexFive = std::array<std::array<T, fives>, 2>;

/// Counts of one future. Units: persons and person-months as simulated, not scaled to the whole.
struct Census {
    std::array<BySexFive<std::int64_t>, regions> start{};      ///< on the policy date
    std::array<std::int64_t, regions> start_reimbursed{};      ///< of these, with increased reimbursement
    std::array<measure::LifeCounts, regions> life{};           ///< months lived and deaths of the year
    std::array<measure::LifeCounts, 3> by_education{};         ///< the same by diploma: low, middle, high
    std::array<measure::LifeCounts, 5> by_fifth{};             ///< by income
    BySexFive<std::int64_t> persons{};                         ///< on New Year's Eve, as all below
    BySexFive<std::int64_t> reports_illness{};                 ///< expected to answer yes when asked for a long illness, in `answer_unit`
    std::array<BySexFive<std::int64_t>, 3> of_education{}, good_health{};  ///< by diploma; in good health by its threshold
    std::array<BySexFive<std::int64_t>, 8> work{};             ///< by state of work
    BySexFive<std::int64_t> daily_smokers{};
    std::int64_t households = 0, alone = 0;                    ///< private households on the policy date; of one person
};

/// Persons that `Census::reports_illness` counts: answers are expected values, added as integers.
inline constexpr std::int64_t answer_unit = 65536;

/// The question of a health survey "have you a long illness or condition?", as a measurement of what a person has.
/// Formula: yes = 1 - (1 - other) x product over known conditions of (1 - named at the stage); named = 1 - exp(-slope x loss of quality of life).
/// Conditions that nobody has found are not named.
struct Survey {
    std::array<std::array<float, 8>, model::limit::conditions> named{};
    float other = 0;
    float yes(world::Conditions conditions) const;
};
/// With the central numbers of the library and the factors `survey.long_illness` and `survey.other_illness` of the region pack.
Survey survey_of(const scenario::Scenario& scenario);

/// Adds the persons of a world. Requires: the first month, any month, a December of the policy period was just computed.
void count_start(const world::World& world, const world::Catalogue& catalogue, Census& out);
void count_month(const world::World& world, const world::Catalogue& catalogue, Month month, Census& out);
void count_end(const world::World& world, const Survey& survey, Census& out);

/// Fills a census per replicate while an experiment runs one arm.
class CensusTaker : public experiment::Probe {
public:
    explicit CensusTaker(const scenario::Scenario& scenario) : catalogue_(*scenario.catalogue), survey_(survey_of(scenario)) {}
    void month(const world::World& world, Month month, int arm, int replicate) override;
    /// Requires: the replicate has run.
    const Census& of(int replicate) const { return by_replicate_.at(replicate); }

private:
    const world::Catalogue& catalogue_;
    Survey survey_;
    std::mutex mutex_;
    std::map<int, Census> by_replicate_;
};

}  // namespace tresse::validate
