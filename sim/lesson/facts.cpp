#include "tresse/lesson/facts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "tresse/decide/difference.hpp"
#include "tresse/measure/flow.hpp"
#include "tresse/measure/score.hpp"

namespace tresse::lesson {

namespace {

using decide::Outcome;
using measure::RunRecord;
using measure::Value;
using scenario::LessonFact;

/// What `means` counts, over all actions of an arm.
constexpr auto means = std::to_array<const char*>(
    {"posts_wanted", "posts_filled", "posts_missing", "meant", "reached", "hours", "minutes_each", "eur_per_head"});

constexpr auto dearest = std::to_array<const char*>({"this_year", "next_year", "change"});

constexpr auto lives = std::to_array<const char*>({"same", "dearer", "cheaper", "one_arm"});

Value over(double part, double whole) {
    if (whole > 0)
        return part / whole;
    return {};
}

/// Events of a kind per 1,000 persons and year.
Value event_value(const RunRecord& record, const std::string& name) {
    for (const measure::Flow& flow : measure::flows())
        if (flow.event && name == flow.name) {
            std::int64_t sum = 0;
            for (const measure::YearRecord& year : record.years)
                sum += year.book.group_sum(flow.count);
            return over(1000.0 * static_cast<double>(sum), measure::person_years(record));
        }
    return {};
}

Value means_value(const RunRecord& record, const std::string& name) {
    measure::ActionYear all;
    int months = 0;
    for (const measure::YearRecord& year : record.years) {
        months += year.months;
        for (const measure::ActionYear& a : year.actions) {
            all.posts_wanted += a.posts_wanted, all.posts_filled += a.posts_filled, all.meant += a.meant;
            all.reached += a.reached, all.deci_minutes += a.deci_minutes, all.spent += a.spent;
        }
    }
    const double years = months / 12.0;
    if (name == "posts_wanted")
        return over(static_cast<double>(all.posts_wanted), 1000.0 * months);
    if (name == "posts_filled")
        return over(static_cast<double>(all.posts_filled), 1000.0 * months);
    if (name == "posts_missing")
        return over(static_cast<double>(all.posts_wanted - all.posts_filled), 1000.0 * months);
    if (name == "meant")
        return over(static_cast<double>(all.meant), years);
    if (name == "reached")
        return over(static_cast<double>(all.reached), years);
    if (name == "hours")
        return over(static_cast<double>(all.deci_minutes) / 600.0, years);
    if (name == "minutes_each")
        return over(static_cast<double>(all.deci_minutes) / 10.0, static_cast<double>(all.reached));
    return over(static_cast<double>(all.spent) / 100.0, measure::person_years(record));
}

Value dearest_value(const Material& material, const std::string& arm, int replicate, const std::string& name) {
    for (const Dearest& row : material.dearest)
        if (row.arm == arm && row.replicate == replicate && row.persons > 0) {
            const double each = 100.0 * static_cast<double>(row.persons);
            const double first = static_cast<double>(row.first_cents) / each, next = static_cast<double>(row.next_cents) / each;
            return name == "this_year" ? first : name == "next_year" ? next : next - first;
        }
    return {};
}

/// Percent of all persons of the two arms.
Value lives_value(const Material& material, const std::string& arm, int replicate, const std::string& name) {
    for (const Lives& row : material.lives)
        if (row.arm == arm && row.replicate == replicate) {
            const std::int64_t part = name == "same" ? row.same : name == "dearer" ? row.dearer : name == "cheaper" ? row.cheaper : row.one_arm;
            return over(100.0 * static_cast<double>(part), static_cast<double>(row.persons));
        }
    return {};
}

Value income_value(const RunRecord& record, const world::Catalogue& catalogue, const std::string& name) {
    const int kind = catalogue.kind(name);
    if (kind < 0)
        return {};
    double cents = 0;
    for (const measure::YearRecord& year : record.years)
        if (static_cast<std::size_t>(kind) < year.kinds.size())
            cents += static_cast<double>(year.kinds[static_cast<std::size_t>(kind)].income);
    return over(cents / 100.0, measure::person_years(record));
}

Value one_future(const LessonFact& fact, const Material& m, const ArmFutures& arm, const RunRecord& record) {
    if (fact.of == "score") {
        measure::Slice slice;
        if (fact.income_fifth > 0)
            slice.by = measure::By::quintile, slice.index = fact.income_fifth - 1;
        for (const measure::ScoreRow& row : measure::score_rows(*m.catalogue))
            if (row.id == fact.name)
                return measure::score_value(row, record, *m.catalogue, slice);
        return {};
    }
    if (fact.of == "event")
        return event_value(record, fact.name);
    if (fact.of == "means")
        return means_value(record, fact.name);
    if (fact.of == "dearest")
        return dearest_value(m, arm.id, record.replicate, fact.name);
    if (fact.of == "lives")
        return lives_value(m, arm.id, record.replicate, fact.name);
    return income_value(record, *m.catalogue, fact.name);
}

const ArmFutures* arm_of(const Material& m, const std::string& id) {
    const auto found = std::find_if(m.arms.begin(), m.arms.end(), [&](const ArmFutures& a) { return a.id == id; });
    return found == m.arms.end() ? nullptr : &*found;
}

std::vector<Outcome> outcomes_of(const LessonFact& fact, const Material& m, const ArmFutures& arm, const ArmFutures& base) {
    std::vector<Outcome> out;
    for (const RunRecord* one : arm.futures)
        for (const RunRecord* other : base.futures)
            if (one->replicate == other->replicate)
                out.push_back({one->replicate, one->draw, one_future(fact, m, base, *other), one_future(fact, m, arm, *one)});
    return out;
}

Value mean(const LessonFact& fact, const Material& m, const ArmFutures& arm) {
    double sum = 0;
    int count = 0;
    for (const RunRecord* one : arm.futures)
        if (const Value value = one_future(fact, m, arm, *one))
            sum += *value, ++count;
    return over(sum, count);
}

Value extreme(std::span<const Outcome> outcomes, bool highest) {
    Value out;
    for (const Outcome& o : outcomes)
        if (o.base && o.arm) {
            const double d = *o.arm - *o.base;
            if (!out || (highest ? d > *out : d < *out))
                out = d;
        }
    return out;
}

Value value_of(const LessonFact& fact, const Material& m) {
    const ArmFutures *base = arm_of(m, m.base), *arm = fact.arm.empty() ? base : arm_of(m, fact.arm);
    if (!arm || !base)
        return {};
    if (fact.take == "value")
        return mean(fact, m, *arm);
    const std::vector<Outcome> outcomes = outcomes_of(fact, m, *arm, *base);
    const decide::Difference difference = decide::difference(outcomes);
    if (!difference.defined())
        return {};
    if (fact.take == "difference")
        return difference.expected;
    if (fact.take == "low")
        return difference.uncertainty.low;
    if (fact.take == "high")
        return difference.uncertainty.high;
    if (fact.take == "lowest" || fact.take == "highest")
        return extreme(outcomes, fact.take == "highest");
    if (fact.take == "margin") {
        if (const Value lowest = extreme(outcomes, false))
            return *lowest - difference.uncertainty.low;
        return {};
    }
    const decide::Detectability seen = decide::detectability(outcomes, difference);
    if (seen.defined)
        return seen.smallest_seen;
    return {};
}

}  // namespace

namespace {

double largest_of(const LessonFact& fact, const Material& m) {
    const ArmFutures *base = arm_of(m, m.base), *arm = fact.arm.empty() ? base : arm_of(m, fact.arm);
    if (!arm || !base || (fact.take != "difference" && fact.take != "low" && fact.take != "high"))
        return 0;
    const std::vector<Outcome> outcomes = outcomes_of(fact, m, *arm, *base);
    const decide::Difference d = decide::difference(outcomes);
    return d.defined() ? std::max({std::fabs(d.expected), std::fabs(d.uncertainty.low), std::fabs(d.uncertainty.high)}) : 0;
}

}  // namespace

std::vector<std::string> fact_names(const std::string& of, const world::Catalogue& catalogue) {
    std::vector<std::string> out;
    if (of == "score")
        for (const measure::ScoreRow& row : measure::score_rows(catalogue))
            out.push_back(row.id);
    if (of == "event")
        for (const measure::Flow& flow : measure::flows())
            if (flow.event)
                out.emplace_back(flow.name);
    if (of == "means")
        out.assign(means.begin(), means.end());
    if (of == "dearest")
        out.assign(dearest.begin(), dearest.end());
    if (of == "lives")
        out.assign(lives.begin(), lives.end());
    if (of == "income")
        for (const world::ProviderKind& kind : catalogue.kinds)
            out.push_back(kind.id);
    return out;
}

std::vector<FactValue> facts(std::span<const LessonFact> wanted, const Material& material) {
    std::vector<FactValue> out;
    for (const LessonFact& fact : wanted) {
        const Value value = value_of(fact, material);
        out.push_back({fact.id, value.has_value(), value.value_or(0), largest_of(fact, material)});
    }
    return out;
}

void check_facts(std::span<const LessonFact> wanted, const std::string& file, const std::vector<std::string>& arms,
                 const world::Catalogue& catalogue, Problems& problems) {
    const auto look = [&](const LessonFact& fact, const std::string& word, const std::vector<std::string>& known, const char* what) {
        if (std::find(known.begin(), known.end(), word) != known.end())
            return;
        const std::string near = nearest(word, known);
        problems.add(file, 0, "facts." + fact.id, "\"" + word + "\" is no " + what + "." + (near.empty() ? "" : " Nearest: " + near));
    };
    for (const LessonFact& fact : wanted) {
        if (!fact.arm.empty())
            look(fact, fact.arm, arms, "arm of the scenario");
        look(fact, fact.name, fact_names(fact.of, catalogue), "number that can be read");
        if (fact.income_fifth > 0 && fact.of != "score")
            problems.add(file, 0, "facts." + fact.id + ".income_fifth", "only scores are kept by income.");
    }
}

const FactValue* find(std::span<const FactValue> values, const std::string& id) {
    for (const FactValue& one : values)
        if (one.id == id && one.there)
            return &one;
    return nullptr;
}

bool holds(const scenario::LessonLimit& limit, std::span<const FactValue> values) {
    const FactValue* fact = find(values, limit.fact);
    return fact && (!limit.has_above || fact->value > limit.above) && (!limit.has_below || fact->value < limit.below);
}

}  // namespace tresse::lesson
