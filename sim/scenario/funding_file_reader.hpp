#pragma once

#include <string>
#include <vector>

#include "tresse/funding/rule.hpp"
#include "tresse/scenario/funding_file.hpp"
#include "tresse/scenario/reader.hpp"

/// Parts of the reader of funding rules, not for other files.
namespace tresse::scenario {

/// Reads the parts of one rule file; what a rule says for all its pays stands here while they are read.
struct RuleReader {
    const FundingContext& context;
    funding::RuleSpec& rule;
    funding::SplitSpec split;
    std::string matter, payee;
    funding::MoneyYear money;

    void read(const Node& root);
    funding::When when(const Node& node) const;
    funding::MoneyYear money_year(const Node& node, const funding::MoneyYear& standard) const;
    /// `payer` or `split` of a rule or pay; the standard when neither is there.
    funding::SplitSpec split_of(const Node& node, const funding::SplitSpec& standard) const;
    std::string payee_of(const Node& node, const std::string& standard) const;
    std::string service_of(const Node& node) const;

    void head(const Node& root);
    void limits(const Node& list);
    void checks(const Node& list);
    void check(const Node& node);
    void facts(const Node& person, funding::Facts& out) const;
    /// State and history, in funding_file_state.cpp: of a test, of an example's person, of gates.
    void state_when(const Node& node, funding::StateWhen& out) const;
    void no_state(const Node& node, const funding::When& when) const;
    void state_of_example(const Node& node, funding::CheckSpec& out) const;
    void indicators(const Node& list);
    void gates(const Node& node, funding::Pay& out) const;
    void check_state(const Node& node, const funding::Pay& out) const;

    funding::Pay pay(const Node& node);
    void pay_services(const Node& node, funding::Pay& out);
    void pay_amounts(const Node& node, funding::Pay& out);
    void pay_special(const Node& node, funding::Pay& out);
    funding::PatientShare patient_share(const Node& node, const funding::Pay& pay) const;
    /// `eur` with `eur_when` (or the keys given) of a map.
    funding::Amount amount(const Node& map, const std::string& key, double most) const;
    funding::Amount bands(const Node& table, bool by_status) const;
    void closed_budget(const Node& node, funding::Pay& out) const;
    void steps(const Node& node, funding::Pay& out) const;
    void ceiling(const Node& node, funding::Pay& out) const;
    void paid(const Node& node, funding::Pay& out) const;
    void check_unit(const Node& node, const funding::Pay& out) const;
};

/// Euros: a split lognormal law when the range lies above zero, else a split normal one (draws below zero count as zero).
Uncertain read_eur(const Node& node, double most);
/// A share from 0 to 1, on the logit scale when its range allows.
Uncertain read_share(const Node& node);
/// Adds a problem when `word` is none of the list; the nearest is named. `thing` as in "no service".
bool known_word(const Node& node, const std::string& word, const std::vector<std::string>& words, const std::string& thing);

/// Runs the worked examples of the rules from index `first`.
void run_checks(const FundingRules& rules, std::size_t first, const FundingContext& context, Problems& problems);

}  // namespace tresse::scenario
