#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tresse/funding/compile.hpp"

/// Parts of `compile`, not for other modules.
namespace tresse::funding {

/// What every part needs: the input, its months grouped by the set of rules in force, drawn numbers, the splits.
class CompileContext {
public:
    CompileContext(const CompileInput& input, const std::vector<Month>& months, Problems& problems);

    const CompileInput& input;
    const std::vector<Month>& months;
    Problems& problems;
    std::vector<std::vector<bool>> epochs;      ///< [epoch][rule]: in force
    std::vector<std::size_t> epoch_of;          ///< by month

    /// The number of the draw, unrounded. Cost: computed once per number.
    double drawn(const Uncertain& number);
    /// Euros in the prices of month m, unrounded; never negative.
    double eur(const Uncertain& number, const MoneyYear& money, std::size_t m);
    Cents cents(const Uncertain& number, const MoneyYear& money, std::size_t m);
    Split made_split(const SplitSpec& spec, const std::string& matter, const RuleSpec& rule, int line);
    /// Cents that fit a price row; a problem, and 0, when they do not.
    std::uint32_t row_cents(double eur, const RuleSpec& rule, const Pay& pay);
    /// Row of a split, made when new.
    std::uint16_t split(const SplitSpec& spec, const std::string& matter, const RuleSpec& rule, int line);
    std::uint16_t rule_index(const RuleSpec& rule);
    int payee_role(const RuleSpec& rule, const Pay& pay);
    int contract(const std::string& id) const;
    const RuleSpec* find_rule(const std::string& id) const;
    void problem(const RuleSpec& rule, int line, const std::string& where, std::string message);

    std::vector<Split> splits;
    /// [split * entities + entity]
    std::vector<Split> resolved() const;

private:
    std::map<const Uncertain*, double> drawn_;
    std::set<std::string> said_;
};

/// Paid to the own provider per person and period: a record fee, a capitation.
bool is_person_payment(const Pay& pay);

/// One of those that ask a person's state, or that do not go to a provider: paid one by one instead of by tariff class alone.
bool is_state_payment(const RuleSpec& rule, const Pay& pay);

/// The indicators of all rules in the order of the file, into every table; their number in it by rule and id.
void compile_indicators(CompileContext& context, std::vector<Tariffs>& tables);
int indicator_index(const CompileInput& input, const RuleSpec& rule, const std::string& id);
/// What a rule, a pay and its gates ask of a person's state.
StateTest compile_state(CompileContext& context, const RuleSpec& rule, const Pay& pay, std::size_t month);

/// Whole cents of a product of amounts and factors: the noise of binary arithmetic is taken off first, so that 115 x 1.019 = 117.185 is 117.19.
Cents whole_cents(double eur);

/// The facts that the rules distinguish, into `tariffs` (age_cuts, used_*), and one Facts for each combination, in the order of `packed`.
/// Empty, with a problem, when there are more combinations than the limit.
std::vector<Facts> find_facts(CompileContext& context, Tariffs& tariffs);

/// Price rows, index, classes and person payments of all months. Shape: tables has one entry a month, facts fields filled.
void compile_prices(CompileContext& context, const std::vector<Facts>& facts, std::vector<Tariffs>& tables);

/// Everything without a tariff class: closed budgets, premiums, limits, ceiling, benefits, grants, savings share.
void compile_lump_sums(CompileContext& context, std::vector<Tariffs>& tables);

}  // namespace tresse::funding
