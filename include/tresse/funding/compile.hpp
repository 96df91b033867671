#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tresse/core/month.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/funding/rule.hpp"
#include "tresse/funding/tariff.hpp"
#include "tresse/world/catalogue.hpp"

namespace tresse::funding {

/// Index id -> year -> factor to the price year of the pack (as Region::index_to_2025). Years beyond the last known one stand at its level.
using IndexTable = std::map<std::string, std::map<int, double>>;

/// Factor that takes an amount of `from` to the prices of `to`. Requires: the index has `from` or an earlier year; else 1 and `known` = false.
double index_factor(const IndexTable& table, const std::string& index, int from, int to, bool* known = nullptr);

/// Which federated accounts are competent, by entity, with the exceptions by matter.
struct Competence {
    struct Share {
        std::int32_t account;
        std::int64_t weight;                 ///< of 10,000
    };
    std::vector<std::string> matters;        ///< that some entity treats otherwise
    /// [1 + matter][entity]; row 0 = person matters.
    std::vector<std::vector<std::vector<Share>>> shares;

    int matter(const std::string& id) const; ///< -1 when no entity treats it otherwise
};

/// An arm asks for a rule: from when, for which organisation, with which design choices. Negative = as in the rule's file.
struct Use {
    std::string rule;
    Month from, to = Month::of(2200, 12);
    int organisation = 0;
    double share = -1, outliers_above_percentile = -1, reinvested = -1;
};

/// A grant written in an arm instead of in a rule file.
struct GrantUse {
    std::string rule;                        ///< under which name the ledger books it
    std::string payer;
    int purpose = 0, organisation = 0;
    double eur_per_year = 0;
    Month from, to;
};

struct CompileInput {
    std::vector<const RuleSpec*> rules;      ///< of the arm: every rule that is not `only_when_used`, and those it uses
    std::vector<Use> uses;
    std::vector<GrantUse> grants;
    std::vector<SplitSpec> arm_splits;       ///< who pays the arm's actions (`paid_by`): rows 0, 1, ... of Tariffs::splits, in this order
    const world::Catalogue* catalogue = nullptr;
    const Competence* competence = nullptr;
    const IndexTable* index = nullptr;
    std::uint64_t seed = 0;
    int draw = 0;                            ///< 0 = central values
    bool central = true;                     ///< values are those of the files: a share above its price is the author's problem; in a draw it is cut to the price
    int euros_of = 2025;                     ///< constant prices of this year; 0 = the prices of the month itself
};

/// Money tables of the rules in force in each of `months`, with one numbering of price rows, splits and tariff classes for all of them: a class
/// computed under one table is right under the others. Amounts go to the month's year by their own index, then (constant prices) back by the
/// health index, and are rounded once, half away from zero; a patient's share is never above the price.
/// Law: every price row has share + extra <= total; every split adds to 10,000.
/// Problems are named with file and line of the rule; the tables are usable only when none was added.
std::vector<Tariffs> compile(const CompileInput& input, const std::vector<Month>& months, Problems& problems);
Tariffs compile(const CompileInput& input, Month month, Problems& problems);
/// One table a calendar year, of its January.
std::vector<Tariffs> compile_years(const CompileInput& input, int first_year, int last_year, Problems& problems);

/// Whether a rule of the arm is in force: by its own dates and, when the arm uses it, by those too.
bool in_force(const CompileInput& input, const RuleSpec& rule, Month month);

/// Months in [first, last] at which tables may differ from the month before: `first`, every January and every start or month after an end of a rule or use.
std::vector<Month> tariff_changes(const CompileInput& input, Month first, Month last);

}  // namespace tresse::funding
