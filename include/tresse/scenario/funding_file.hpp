#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tresse/core/problems.hpp"
#include "tresse/funding/compile.hpp"
#include "tresse/funding/invoice.hpp"
#include "tresse/funding/rule.hpp"
#include "tresse/scenario/payers.hpp"
#include "tresse/scenario/source.hpp"
#include "tresse/world/catalogue.hpp"

namespace tresse::scenario {

/// What a rule may name. The catalogue gives services, conditions and provider kinds; its rules and contracts are not read.
struct FundingContext {
    const world::Catalogue* catalogue = nullptr;
    const Payers* payers = nullptr;
    const funding::IndexTable* index = nullptr;
};

/// Funding rules of a library, in order of their file names.
struct FundingRules {
    std::vector<funding::RuleSpec> rules;
    std::vector<SourceUse> sources;
    std::uint64_t hash = 0;

    int find(const std::string& id) const;      ///< index or -1
};

/// Reads one rule file, or every .yaml of a folder, and runs the worked examples. All problems of all files are added with file, line, key, what was
/// found and what was wanted: unknown words with the nearest, ages without or with two amounts, shares that do not make 1, a unit that does not
/// fit the service, an estimate without source, negative money, an example that does not hold.
FundingRules load_funding_rules(const std::string& folder_or_file, const FundingContext& context, Problems& problems);

/// Adds a user's own file or folder; a rule with the id of one that is there takes its place. Runs the examples of the new rules.
void add_funding_rules(FundingRules& rules, const std::string& folder_or_file, const FundingContext& context, Problems& problems);

/// The same from text, for tests and fuzzing.
void add_funding_rule_text(FundingRules& rules, const std::string& text, const std::string& name, const FundingContext& context, Problems& problems);

/// A catalogue in which the rules can be compiled alone: the context's names, the payers' accounts, the rules and contract classes.
world::Catalogue rules_catalogue(const FundingRules& rules, const FundingContext& context);

/// A worked example of a rule as the compiled tables answer it. Accounts as in `rules_catalogue`.
struct WorkedExample {
    std::string says, arithmetic;
    funding::Invoice invoice;
};
/// The examples of one rule that bill contacts or months (not those of a tariff), in file order.
std::vector<WorkedExample> worked_examples(const FundingRules& rules, int rule, const FundingContext& context);

/// The sentence of a rule of ages: "ages 45 to 49 have no amount: the rows are 18-44 and 50-120." and what to do; empty when the bands are in order.
std::string age_band_problem(const std::vector<funding::AgeBand>& bands);

}  // namespace tresse::scenario
