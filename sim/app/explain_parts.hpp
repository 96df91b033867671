#pragma once

#include <string>
#include <vector>

#include "tresse/app/session.hpp"
#include "tresse/funding/rule.hpp"
#include "tresse/scenario/component.hpp"
#include "tresse/scenario/funding_file.hpp"
#include "tresse/scenario/scenario.hpp"

/// What the files of `explain` and `check` share.
namespace tresse::app {

/// A file by path, or by the id of a shipped one; empty when there is none.
std::string find_file(const std::string& word, const Session& session);

/// "0.80 (0.60 to 0.90)" with as many figures as were written; the bare value when it is fixed.
std::string uncertain_text(const Uncertain& u, double factor = 1);
/// "A-021 assumption", "S-104".
std::string source_text(const std::string& id);
/// Why the author of a file chose a number, when `source` says that it is the author's own; else "".
std::string own_reason(const std::string& source);

/// One action of a component: who, what, time, money, effects, what was not found.
std::string explain_action(const scenario::ComponentSpec& component, const scenario::ActionSpec& action,
                           const scenario::Scenario& scenario);
/// The same in short, for the page of a scenario: for whom, by whom, with what money, acting on what, on which evidence, how sure.
std::string action_in_short(const scenario::ActionSpec& action, const std::string& use);
/// A funding rule: who pays whom for what, how much, what the patient pays.
std::string explain_rule(const funding::RuleSpec& rule, const scenario::FundingRules& rules,
                         const scenario::Scenario& scenario);
/// Its amounts that are more than two years older than `year`: "capitation 2015 (health_index)".
std::vector<std::string> old_amounts(const funding::RuleSpec& rule, int year);

/// Words after a head, wrapped at `indent`, with their source at the right as long as there is room.
std::string sourced_line(const std::string& head, const std::string& words, const std::string& source, std::size_t indent, std::size_t source_at);

}  // namespace tresse::app
