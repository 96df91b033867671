#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/measure/life_table.hpp"
#include "tresse/measure/record.hpp"
#include "tresse/world/catalogue.hpp"

/// The rows of the score table: what they are, and their values from a record. Pure.
namespace tresse::measure {

struct RankedGroup;  // equity.hpp

enum class Family : std::uint8_t { health, experience, cost, workers, equity };
inline constexpr int family_count = 5;

/// Which way is better. `none`: shown beside the others, without a verdict of its own.
enum class Direction : std::uint8_t { more, less, closer_to_zero, none };

enum class ScoreId : std::uint8_t {
    qaly_per_1000,
    deaths_before_75_per_10000,
    life_expectancy_last_year,
    went_without_care_percent,
    complex_with_plan_percent,
    avoidable_admissions_per_1000,
    readmitted_30_days_percent,
    cost_per_head_eur,
    account_per_head_eur,  ///< one row per account that pays
    benefits_per_head_eur,
    unpaid_hours_per_head,
    over_110_percent,
    leaving_per_100,
    gap_forgone_points,
    gap_qaly_per_1000,
    count
};

/// What a score is. Texts are English message ids of the catalogues.
struct Score {
    ScoreId which = ScoreId::count;
    std::string_view id;  ///< key in files: scores.yaml, scores.csv
    Family family = Family::health;
    std::string_view name, unit, how_to_read;
    Direction direction = Direction::none;
    int digits = 1;  ///< after the point
};
/// All of them in the order of the table.
std::span<const Score> scores();
const Score& score(ScoreId which);
/// nullptr when no score has this id.
const Score* find_score(std::string_view id);

/// A line of the table: a score, or the part of the cost that one account carries.
struct ScoreRow {
    std::string id;  ///< "cost_per_head_eur", "account_per_head_eur/flemish_community"
    ScoreId score = ScoreId::count;
    int account = -1;
};
/// Every score once, and account_per_head_eur once for every account that can pay. Order: of the table.
std::vector<ScoreRow> score_rows(const world::Catalogue& catalogue);

enum class By : std::uint8_t { all, quintile, bim, sex, age_band, place };

/// Whose value, and when.
struct Slice {
    By by = By::all;
    int index = 0;  ///< quintile 0-4, increased reimbursement 0-1, sex 0-1, age band 0-9, place of the catalogue
    int year = -1;  ///< row of RunRecord::years; -1 = the whole horizon
};
/// Number of slices of a kind: 5, 2, 2, 10, places; 1 for all.
int slices(By by, const world::Catalogue& catalogue);

/// The value of a row. Units: of the score. Yearly scores over the whole horizon are the sum of events over the sum of
/// person-years (of Decembers for what is asked once a year), not the mean of yearly values.
/// Missing: an empty group; a horizon without December for what is asked then; breakdowns that a score does not have:
/// QALYs by age (a cohort grows older); life expectancy by age or place; accounts, benefits and gaps by anything; care
/// workers by anything but place; deaths before 75 in older bands.
/// Cost by group is what was billed for persons of the group: fixed parts of closed budgets and programmes, which are
/// paid for nobody in particular, are only in the total.
Value score_value(const ScoreRow& row, const RunRecord& record, const world::Catalogue& catalogue,
                  const Slice& slice = {});

/// Sum of one count over a slice and its years.
std::int64_t count_of(const RunRecord& record, const Slice& slice, world::GroupCount what);

/// All rows at once. Shape: as `rows`.
std::vector<Value> score_values(std::span<const ScoreRow> rows, const RunRecord& record,
                                const world::Catalogue& catalogue, const Slice& slice = {});

/// Persons-years lived, whole area.
double person_years(const RunRecord& record, int year = -1);

/// Who carried the cost of health care, by account that can pay; transfers of income are kept apart.
struct CostByAccount {
    std::vector<Cents> care;  ///< by account below Catalogue::first_flow; adds to `total`
    Cents total = 0;          ///< account (a): what left the accounts of all payers for care
    Cents benefits = 0;       ///< paid to households in place of wages
};
/// Formula: what a payer paid minus what it received, postings of financing and benefits excepted. So a grant is the
/// payer's cost when it is paid, and the organisation's cost is what it spent minus what it received: the sum is what
/// was spent, and a refund moves cost from the household to the insurance.
CostByAccount cost_by_account(const RunRecord& record, const world::Catalogue& catalogue, int year = -1);

/// Lowest to highest income fifth with the size of each: input of the equity indices.
/// Size: persons at the policy date for QALYs, person-months else.
std::vector<RankedGroup> by_income(const ScoreRow& row, const RunRecord& record, const world::Catalogue& catalogue,
                                   int year = -1);

}  // namespace tresse::measure
