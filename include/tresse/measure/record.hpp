#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "tresse/measure/person_year.hpp"
#include "tresse/world/world.hpp"

/// What is kept of a run: integers of each calendar year, from which all scores follow. Pure data; made by `experiment`
/// from a world.
namespace tresse::measure {

/// A smoothed load above this counts as over the time that the staff has: a definition, the 110 % of the score's name.
/// Units: 1/1000 of all minutes.
inline constexpr std::uint32_t over_time_permille = 1100;

/// The workforce of one provider kind over a year. Milli posts summed over months (so divide by 12,000 for posts).
/// Providers outside the area are not counted.
struct KindYear {
    std::int64_t posts = 0, filled = 0, burnt_out = 0;
    std::int64_t over_time = 0;                                           ///< filled, in months with a load over 110 %
    std::int64_t exits = 0, hired = 0;                                    ///< milli posts in the year
    std::int64_t demand = 0, served = 0, capacity = 0, admin = 0;         ///< tenths of a minute (bed-days x 10)
    std::int64_t sharing_record = 0, using_guideline = 0, providers = 0;  ///< provider-months
    Cents income = 0;

    void add(const KindYear& other);
};

/// What an action did in a year.
struct ActionYear {
    std::int64_t posts_wanted = 0, posts_filled = 0;  ///< milli posts summed over months
    std::int64_t meant = 0, invited = 0, refused = 0, reached = 0, left = 0, enrolled_months = 0;
    std::int64_t deci_minutes = 0;
    Cents spent = 0;
};

/// Everything of one calendar year of one arm in one replicate.
struct YearRecord {
    int year = 0;
    int months = 0;           ///< 12, less in the first and last year of a horizon that cuts them
    bool has_census = false;  ///< December was simulated: the census rows of the book are filled
    std::int64_t persons_end = 0;
    world::Book book;                      ///< sum of the months
    std::vector<world::Posting> postings;  ///< by rule, from, to: sum of the months
    std::vector<KindYear> kinds;           ///< by provider kind of the catalogue
    std::vector<ActionYear> actions;
    world::GuaranteeYear guarantee;                   ///< of an arm with a savings share, else zeros
    std::vector<world::PlaceYear> places;             ///< by place: group counts summed over groups
    std::vector<std::int64_t> place_months_under_75;  ///< by place: person-months lived under 75
    std::vector<KindYear> place_kinds;                ///< [place * kinds + kind]
    PersonYear persons;                               ///< how the year was spread over persons; empty without December
};

/// Who was there at the policy date: the denominators of what is counted for the closed cohort.
struct StartCount {
    std::vector<std::int64_t> by_group;  ///< world::groups rows
    std::vector<std::int64_t> by_place;
    std::int64_t persons() const;
};

/// One arm in one replicate.
struct RunRecord {
    int arm = 0, replicate = 0, draw = 0;
    int sample = 1;  ///< 1/sample of the households were simulated: absolute counts stand for so many times more
    StartCount start;
    std::vector<YearRecord> years;
    std::uint64_t hash = 0;  ///< of the final state and all years' integers
};

/// Hash of everything in a record but its `hash`, begun from the hash of the final state.
std::uint64_t record_hash(const RunRecord& record, std::uint64_t state_hash);

/// Counts persons by group and place of the home.
StartCount count_start(const world::World& world, std::size_t places);

/// Accumulates months into years. Make it at the fork, call after every step, in the order of the months.
/// Requires: whoever steps the world empties World::place_year after each December (`experiment::open_year`).
class Recorder {
public:
    /// Requires: `world` stands at the policy date; `kinds` and `places` are the sizes of the catalogue's lists.
    Recorder(const world::World& world, std::size_t kinds, std::size_t places, int arm, int replicate, int draw);
    /// `month` is the month just computed (World::now - 1).
    void after_step(const world::World& world, Month month);
    /// Adds person-months that were still open when the horizon ended, by piece (`experiment::close_open_months`).
    void add_open_months(const world::World& world, const std::vector<world::Book>& by_piece);
    /// Call after the `after_step` of a December, when the top tenth of the year is marked in decile_history.
    /// `stay_cents` is what a stay carries of the hospitals' fixed budget.
    void after_year(const world::World& world, int conditions, std::int64_t stay_cents);
    RunRecord finish(std::uint64_t state_hash);

private:
    void open_year(const world::World& world, int year);
    void count_providers(const world::World& world, YearRecord& year) const;
    void count_actions(const world::World& world, YearRecord& year);
    static void count_young(const world::World& world, const std::vector<world::Book>& books, YearRecord& year);
    void close_postings();

    std::size_t kinds_, places_;
    RunRecord record_;
    std::map<std::array<std::int32_t, 3>, Cents> postings_;
    std::vector<world::ActionState> before_;  ///< actions at the last month's end
    PersonYear late_{0};                      ///< who died since October of this year
    std::vector<LastMonth> last_month_;       ///< of those who died this year, by place
};

}  // namespace tresse::measure
