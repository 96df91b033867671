#include "tresse/lesson/grade.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/measure/score.hpp"
#include "tresse/scenario/arm.hpp"

namespace tresse::lesson {

namespace {

using scenario::ArmSpec;
using scenario::LessonCheck;
using text::fill;
using text::tr;

const ArmSpec* own_arm(const scenario::Scenario& s) {
    const ArmSpec* found = nullptr;
    for (const scenario::Arm& arm : s.arms) {
        if (arm.id == "mine")
            return arm.spec.get();
        if (arm.id != s.base)
            found = arm.spec.get();
    }
    return found;
}

/// "case-management" names every action of the component.
bool names(const std::string& word, const std::string& use) {
    return word == use || use.starts_with(word + "/");
}

std::vector<std::string> wanted(const Work& work, const char* needs) {
    std::vector<std::string> out;
    for (const LessonCheck& check : work.lesson->exercise.checks)
        if (check.needs == needs)
            out.push_back(check.is);
    return out;
}

/// Nothing in the arm but what other checks ask for.
bool alone(const Work& work, const ArmSpec& arm) {
    const auto asked = [&](const char* needs, const std::string& use) {
        const auto list = wanted(work, needs);
        return std::any_of(list.begin(), list.end(), [&](const std::string& one) { return names(one, use); });
    };
    const bool own_rule = !wanted(work, "own_rule").empty();
    for (const scenario::ComponentUse& c : arm.components)
        if (!asked("component", c.use))
            return false;
    for (const scenario::FundingUse& f : arm.funding)
        if (!own_rule && !asked("funding", f.use))
            return false;
    for (const scenario::CapacityUse& c : arm.capacities)
        if (!asked("capacity", c.role))
            return false;
    return arm.hazards.empty() && !(arm.components.empty() && arm.funding.empty() && arm.capacities.empty());
}

bool own_rule(const Work& work, const ArmSpec& arm) {
    std::set<std::string> known;
    for (const funding::RuleSpec& rule : work.given->rules->rules)
        known.insert(rule.id);
    return !work.own->own_files.empty() &&
           std::any_of(arm.funding.begin(), arm.funding.end(), [&](const scenario::FundingUse& f) { return !known.contains(f.use); });
}

bool same_ground(const scenario::Scenario& a, const scenario::Scenario& b) {
    return a.area.municipalities == b.area.municipalities && a.start == b.start && a.policy_months == b.policy_months &&
           a.seed == b.seed && a.sample == b.sample && a.base == b.base;
}

bool pays(const ArmSpec& arm, const std::string& payer) {
    return !arm.components.empty() && std::all_of(arm.components.begin(), arm.components.end(), [&](const scenario::ComponentUse& c) {
        return std::any_of(c.paid_by.begin(), c.paid_by.end(), [&](const auto& part) { return part.first == payer; });
    });
}

bool met(const LessonCheck& check, const Work& work, const ArmSpec& arm) {
    const auto count = [](const auto& list, const auto& fits) { return std::any_of(list.begin(), list.end(), fits); };
    if (check.needs == "component")
        return count(arm.components, [&](const auto& c) { return names(check.is, c.use); });
    if (check.needs == "funding")
        return count(arm.funding, [&](const auto& f) { return f.use == check.is; });
    if (check.needs == "capacity")
        return count(arm.capacities, [&](const auto& c) { return c.role == check.is; });
    if (check.needs == "own_rule")
        return own_rule(work, arm);
    if (check.needs == "start")
        return !arm.components.empty() && std::all_of(arm.components.begin(), arm.components.end(),
                                                      [&](const auto& c) { return c.start.text() == check.is; });
    if (check.needs == "paid_by")
        return pays(arm, check.is);
    if (check.needs == "alone")
        return alone(work, arm);
    if (check.needs == "same_ground")
        return same_ground(*work.given, *work.own);
    if (check.needs == "arms")
        return static_cast<double>(work.own->arms.size()) >= check.at_least;
    if (check.needs == "futures")
        return work.has_run && work.futures >= check.at_least;
    return holds(check.limit, work.facts);
}

std::string slip_words(Slip slip) {
    if (slip == Slip::turned_sign)
        return tr("The size is right, the sign is turned: a difference is the arm minus the base.");
    if (slip == Slip::thousands)
        return tr("It is a thousand times off: look at the unit.");
    if (slip == Slip::percent)
        return tr("It is a hundred times off: a share or a percentage? Look at the unit.");
    return "";
}

/// Digits with which the student sees a fact: as the table of the run prints its row (two figures of the largest of a difference and its range), else as
/// the lesson does.
int printed_digits(const scenario::LessonFact& fact, const FactValue& value, const world::Catalogue& catalogue) {
    if (fact.of == "score" && fact.income_fifth == 0)
        for (const measure::ScoreRow& row : measure::score_rows(catalogue))
            if (row.id == fact.name)
                return value.largest > 0 ? text::decimals_for(value.largest, 2, measure::score(row.score).digits) : std::min(fact.digits, measure::score(row.score).digits);
    return fact.digits;
}

/// The same once rounded as it is printed.
bool same_as_printed(double given, const FactValue& right, const Work& work) {
    for (const scenario::LessonFact& one : work.lesson->exercise.facts)
        if (one.id == right.id) {
            const double unit = std::pow(10.0, printed_digits(one, right, *work.own->catalogue));
            return std::round(given * unit) == std::round(right.value * unit);
        }
    return false;
}

Finding judged(const scenario::LessonNumber& number, const Work& work) {
    const std::string ask = tr(number.ask);
    const scenario::AnswerNumber* given = work.sheet->number(number.id);
    if (!given || !given->given)
        return {false, number.id, fill(tr("{what}: no number on the answer sheet. {look}"), {{"what", ask}, {"look", tr(number.look)}})};
    const FactValue* right = find(work.facts, number.fact);
    const std::string found = text::number(given->value, text::decimals_for(given->value, 6, 3));
    if (!right)
        return {false, number.id, fill(tr("{what}: {found} cannot be checked before the file has run."), {{"what", ask}, {"found", found}})};
    const auto near = [&](const FactValue& fact) { return std::abs(given->value - fact.value) <= number.tolerance; };
    if (near(*right) || same_as_printed(given->value, *right, work))
        return {true, number.id, fill(tr("{what}: {found}"), {{"what", ask}, {"found", found}})};
    std::string look;
    for (const scenario::LessonMistake& mistake : number.mistakes)
        if (const FactValue* other = find(work.facts, mistake.fact); other && look.empty() && near(*other))
            look = tr(mistake.look);
    if (look.empty())
        look = slip_words(slip_of(given->value, right->value, number.tolerance));
    return {false, number.id,
            fill(tr("{what}: {found} is not what the run says. {look}"), {{"what", ask}, {"found", found}, {"look", look.empty() ? tr(number.look) : look}})};
}

}  // namespace

Slip slip_of(double found, double right, double tolerance) {
    const auto near = [&](double value) { return std::abs(found - value) <= std::max(tolerance, 1e-9 * std::abs(value)); };
    if (std::abs(right) <= tolerance)
        return Slip::none;
    if (near(-right))
        return Slip::turned_sign;
    const auto times = [&](double factor) {
        return std::abs(found - right * factor) <= tolerance * factor || std::abs(found * factor - right) <= tolerance;
    };
    // a small number that misses by less than the tolerance over again says nothing about its unit
    if (std::abs(right) > 3 * tolerance && times(1000))
        return Slip::thousands;
    if (std::abs(right) > 3 * tolerance && times(100))
        return Slip::percent;
    return Slip::none;
}

std::vector<Finding> grade(const Work& work) {
    std::vector<Finding> out;
    const bool predicted = scenario::is_option(*work.lesson, work.sheet->prediction);
    out.push_back({predicted, "prediction",
                   predicted ? tr("A prediction was entered before the run.")
                             : fill(tr("No prediction is on the answer sheet. Enter one first: ./tresse lesson {name}"), {{"name", work.lesson->id}})});
    out.push_back({work.has_run, "run",
                   work.has_run ? tr("The file was run as it stands.")
                                : tr("No finished run of this file as it stands was found. Run it, and again after each change: ./tresse compare FILE")});
    const ArmSpec* arm = own_arm(*work.own);
    for (const LessonCheck& check : work.lesson->exercise.checks) {
        if (check.needs == "result" && !work.has_run)
            continue;  // said above, once
        const bool right = arm && met(check, work, *arm);
        out.push_back({right, check.needs, right ? tr(check.right) : tr(check.look)});
    }
    for (const scenario::LessonNumber& number : work.lesson->exercise.numbers)
        out.push_back(judged(number, work));
    return out;
}

int right_of(std::span<const Finding> findings) {
    return static_cast<int>(std::count_if(findings.begin(), findings.end(), [](const Finding& f) { return f.right; }));
}

}  // namespace tresse::lesson
